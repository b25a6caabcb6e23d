"""How an entry of the history is told."""

from typing import Any

from django import template
from django.apps import apps
from django.utils.translation import gettext

from gyoryu.history.models import Entry

register = template.Library()


@register.filter
def told(entry: Entry) -> str:
    """Say what was done, in the reader's language: each app's config lists its verbs."""
    for config in apps.get_app_configs():
        words: dict[str, Any] = getattr(config, "verbs", {})
        if entry.verb in words:
            return str(words[entry.verb])
    return gettext(entry.verb)
