"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.agreements"
    label = "agreements"
    verbs: ClassVar = {
        "engagement.planned": _("Engagement planned"),
        "engagement.recorded": _("Engagement recorded"),
        "engagement.changed": _("Engagement changed"),
        "engagement.held": _("Noted as held"),
        "engagement.cancelled": _("Engagement cancelled"),
        "engagement.voided": _("Record voided"),
        "engagement.untied": _("Agreement loosened"),
        "engagement.delegation_added": _("Delegation added"),
        "engagement.delegation_changed": _("Delegation changed"),
        "engagement.participant_added": _("Participant named"),
        "engagement.stop_added": _("Stop added"),
        "engagement.stop_changed": _("Stop changed"),
        "engagement.feedback_given": _("Feedback noted"),
        "engagement.part_removed": _("Taken out"),
        "request.asked": _("Request noted"),
        "request.answered": _("Answer noted"),
        "request.reopened": _("Answer taken back"),
        "body.founded": _("Body founded"),
        "body.changed": _("Body changed"),
        "body.session_held": _("Session held"),
        "body.ended": _("Body ended"),
    }
