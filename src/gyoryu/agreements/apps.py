"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.agreements"
    label = "agreements"
    verbs: ClassVar = {
        "commitment.promised": _("Commitment recorded"),
        "commitment.changed": _("Commitment changed"),
        "commitment.started": _("Begun"),
        "commitment.done": _("Marked as done"),
        "commitment.dropped": _("Commitment dropped"),
        "commitment.superseded": _("Replaced by another commitment"),
        "commitment.reopened": _("Commitment reopened"),
        "commitment.due_asked": _("Another due date asked for"),
        "commitment.due_approved": _("New due date approved"),
        "commitment.due_refused": _("New due date refused"),
        "commitment.milestone_met": _("Step on the way done"),
        "commitment.voided": _("Entry taken back"),
        "calendar.rotated": _("Calendar address renewed"),
    }
