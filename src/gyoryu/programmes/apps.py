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
        "strategy.added": _("Strategy added"),
        "strategy.changed": _("Strategy changed"),
        "strategy.voided": _("Strategy taken back"),
        "programme.added": _("Programme added"),
        "programme.changed": _("Programme changed"),
        "programme.ended": _("Programme ended"),
        "programme.voided": _("Programme taken back"),
        "line.opened": _("Budget appropriated"),
        "line.changed": _("Budget line corrected"),
        "line.supplemented": _("Supplementary budget entered"),
        "line.allotted": _("Allotment to a call changed"),
        "line.voided": _("Budget line taken back"),
        "call.allotted": _("Allotment changed"),
        "account.told": _("Bank account given"),
        "account.read": _("Bank account numbers read for payment"),
    }
