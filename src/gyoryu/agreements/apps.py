"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.agreements"
    label = "agreements"
    verbs: ClassVar = {
        "agreement.drafted": _("Agreement drafted"),
        "agreement.entered": _("Agreement taken over from a file"),
        "agreement.changed": _("Agreement changed"),
        "agreement.signed": _("Agreement signed"),
        "agreement.moved": _("Status changed"),
        "agreement.renewed": _("Agreement renewed"),
        "agreement.shared": _("Sharing changed"),
        "agreement.voided": _("Agreement voided"),
        "party.added": _("Party added"),
        "party.removed": _("Party taken away"),
        "signatory.added": _("Signatory added"),
        "signatory.removed": _("Signatory taken away"),
        "duty.planned": _("Duty planned"),
        "duty.dated": _("Duty moved to another day"),
        "duty.done": _("Duty done"),
        "duty.waived": _("Duty waived"),
        "duty.lapsed": _("Duty lapsed"),
        "duty.assigned": _("Responsible officer of a duty changed"),
        "policy.added": _("Rule added"),
        "policy.changed": _("Rule changed"),
        "area.added": _("Area added"),
        "area.renamed": _("Area renamed"),
        "area.retired": _("Area retired"),
        "area.restored": _("Area taken up again"),
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
        "engagement.participant_changed": _("Participant corrected"),
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
    # Words for what the history says changed where no field of a model has that name.
    words: ClassVar = {
        "milestone": _("Step on the way"),
        "milestones": _("Steps on the way"),
        "asked_for": _("Date asked for"),
        "delegation": _("Delegation"),
        "participant": _("Participant"),
        "stop": _("Stop"),
        "request": _("Request"),
        "session": _("Session"),
        "carried": _("Carried over"),
    }
