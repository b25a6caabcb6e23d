"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.newsroom"
    label = "newsroom"
    verbs: ClassVar = {
        "source.added": _("Source added"),
        "source.changed": _("Source changed"),
        "source.paused": _("Source paused"),
        "source.resumed": _("Source visited again"),
        "article.taken_in": _("Article taken in"),
        "article.updated": _("Article updated at its source"),
        "candidate.accepted": _("Fact accepted from an article"),
        "candidate.refused": _("Fact from an article turned down"),
        "candidate.undone": _("Decision on a fact undone"),
        "conflict.settled": _("Conflict in an article settled"),
        "trust.set": _("Rule for accepting in bulk set"),
    }
