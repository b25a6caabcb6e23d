"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.programmes"
    label = "programmes"
    verbs: ClassVar[dict[str, object]] = {
        "call.prepared": _("Call prepared"),
        "call.copied": _("Call prepared from an earlier one"),
        "call.changed": _("Call changed"),
        "call.published": _("Call announced"),
        "call.extended": _("Window extended"),
        "call.cancelled": _("Call cancelled"),
        "call.part_added": _("Part of the call added"),
        "call.part_changed": _("Part of the call changed"),
        "call.part_removed": _("Part of the call taken away"),
        "call.part_moved": _("Order of a part changed"),
        "call.form_changed": _("Questions of the form changed"),
    }
    # Words for what the history says changed where no field of a model has that name.
    words: ClassVar[dict[str, object]] = {
        "tracks": _("Tracks"),
        "categories": _("Categories of cost"),
        "criteria": _("Criteria"),
        "papers": _("Required papers"),
        "rules": _("Conditions of eligibility"),
        "form": _("Questions of the form"),
        "copy_of": _("Prepared from"),
    }
