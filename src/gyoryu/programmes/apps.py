"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.programmes"
    label = "programmes"
    verbs: ClassVar[dict[str, object]] = {
        "announcement.noted": _("Announcement noted"),
        "announcement.voided": _("Announcement taken back"),
        "seat.taken": _("Asked onto the panel"),
        "seat.left": _("Taken off the panel"),
        "seat.reminded": _("Panel member reminded"),
        "review.assigned": _("Application given to a panel member"),
        "review.taken_back": _("Application taken back from a panel member"),
        "review.declared": _("Conflict of interest declared"),
        "review.submitted": _("Review handed in"),
        "review.reopened": _("Review opened again"),
        "sheet.frozen": _("Score sheet frozen"),
        "call.decided": _("Call decided"),
        "activity.planned": _("Activity planned"),
        "activity.changed": _("Activity changed"),
        "activity.cancelled": _("Activity cancelled"),
        "activity.invited": _("Participants entered for an activity"),
        "activity.attendance_noted": _("Attendance noted"),
        "activity.feedback_given": _("Feedback given"),
        "outcome.noted": _("Outcome noted"),
        "outcome.voided": _("Outcome taken back"),
        "award.granted": _("Award granted"),
        "award.signed": _("Grant agreement signed"),
        "award.cancelled": _("Award cancelled"),
        "award.amendment_asked": _("Amendment asked for"),
        "award.amendment_refused": _("Amendment not approved"),
        "award.amended": _("Award amended"),
        "call.ceiling_raised": _("Ceiling of the call raised"),
        "advance.approved": _("Advance approved"),
        "advance.paid": _("Advance paid"),
        "advance.reversed": _("Payment of an advance taken back"),
        "advance.cancelled": _("Advance cancelled"),
        "claim.drafted": _("Claim begun"),
        "claim.changed": _("Claim changed"),
        "claim.submitted": _("Claim submitted"),
        "claim.returned": _("Claim returned for completion"),
        "claim.rejected": _("Claim rejected"),
        "claim.approved": _("Claim approved"),
        "claim.reopened": _("Approval of a claim taken back"),
        "claim.paid": _("Claim paid"),
        "claim.payment_reversed": _("Payment of a claim taken back"),
        "claim.dropped": _("Claim thrown away"),
        "claim.evidence_added": _("Evidence handed in with a claim"),
        "account.told": _("Bank account given"),
        "account.read": _("Bank account numbers read for payment"),
    }
    kinds: ClassVar[dict[str, object]] = {
        "seat": _("Seat on a panel"),
        "review": _("Review"),
        "sheet": _("Score sheet"),
        "activity": _("Activity"),
        "attendance": _("Attendance"),
        "outcome": _("Outcome"),
    }
