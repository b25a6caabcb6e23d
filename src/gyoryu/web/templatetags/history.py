"""How an entry of the history is told."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext, ngettext

from gyoryu.history.models import Entry
from gyoryu.web import records
from gyoryu.web.templatetags.web import moment_in_words

register = template.Library()
# A day and a time of day as the history keeps them.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")
# From here on a number is an amount that nobody reads without its commas; years are shorter.
LONG = 10_000


@dataclass(frozen=True)
class Change:
    """A field that changed, in the reader's words; ``told`` is false when only its name is kept."""

    field: str
    before: str
    after: str
    told: bool = True


@register.filter
def told(entry: Entry) -> str:
    """Say what was done, in the reader's language: each app's config lists its verbs."""
    return str(verbs().get(entry.verb) or gettext(entry.verb))


@register.filter
def changed(entry: Entry) -> list[Change]:
    """Say which fields changed, from what to what, in the reader's words.

    Where a verb keeps values that are no field's, its app's config says how they are told.
    """
    model = _model(entry.model_id)
    tell = _tables("tellings").get(entry.verb)
    return [_change(model, name, pair, tell) for name, pair in entry.changes.items()]


@register.filter
def kind(row: Model | Entry) -> str:
    """Name the kind of a record, or of the record an entry is about."""
    model = _model(row.model_id) if isinstance(row, Entry) else type(row)
    return kind_of(model) if model else ""


@register.filter
def has_page(entry: Entry) -> bool:
    """Tell whether the record an entry is about has a page of its own."""
    model = _model(entry.model_id)
    return model is not None and hasattr(model, "get_absolute_url")


@register.filter
def page(row: Model) -> str:
    """Return the address of a record's page, or nothing."""
    return records.page_of(row)


@cache
def verbs() -> dict[str, Any]:
    """Return the words of every verb of every app."""
    return _tables("verbs")


def kind_of(model: type[Model]) -> str:
    """Name a kind of records in the reader's language."""
    name = model._meta.model_name or ""
    return str(
        _own(model, "kinds").get(name) or _tables("kinds").get(name, model._meta.verbose_name)
    )


@cache
def _tables(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        found.update(getattr(config, name, {}))
    return found


def _own(model: type[Model] | None, name: str) -> dict[str, Any]:
    config = apps.get_app_config(model._meta.app_label) if model else None
    return getattr(config, name, {})


def _model(pk: int) -> type[Model] | None:
    return ContentType.objects.get_for_id(pk).model_class()


def _change(
    model: type[Model] | None, name: str, pair: list[Any], tell: Callable[[str], str] | None
) -> Change:
    field = _field(model, name)
    label = _own(model, "words").get(name) or _tables("words").get(name)
    label = str(label or getattr(field, "verbose_name", name))
    if len(pair) != 2:
        return Change(label, "", "", told=False)
    choices = dict(getattr(field, "flatchoices", None) or _tables("choices").get(name, {}))
    before, after = (_words(value, choices) for value in pair)
    if tell:
        before, after = tell(before), tell(after)
    return Change(label, before, after)


def _field(model: type[Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _words(value: Any, choices: dict[Any, Any]) -> str:
    """Write a kept value: a choice or a moment in words, a long text by its length."""
    if isinstance(value, dict):
        letters = value.get("letters", 0)
        return ngettext("%d letter long", "%d letters long", letters) % letters if letters else ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value is None or value == "":
        return ""
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return moment_in_words(datetime.fromisoformat(value))
    if isinstance(value, int) and abs(value) >= LONG and value not in choices:
        return f"{value:,}"
    return str(choices.get(value, value))
