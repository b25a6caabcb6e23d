"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.programmes"
    label = "programmes"
    verbs: ClassVar[dict[str, object]] = {
        "application.begun": _("Application begun"),
        "application.submitted": _("Application submitted"),
        "application.completed": _("Application completed"),
        "application.entered": _("Application on paper entered"),
        "application.returned": _("Application returned for completion"),
        "application.eligible": _("Found eligible"),
        "application.ineligible": _("Found not eligible"),
        "application.in_review": _("Given to the panel"),
        "application.interview": _("Invited to present"),
        "application.selected": _("Selected"),
        "application.reserve": _("Put on the reserve list"),
        "application.rejected": _("Not selected"),
        "application.moved_up": _("Moved up from the reserve list"),
        "application.ranked": _("Rank changed"),
        "application.withdrawn": _("Application withdrawn"),
        "application.running": _("Support begun"),
        "application.reported": _("Report handed in"),
        "application.closed": _("Application closed"),
        "application.screened": _("Conditions examined"),
        "application.overruled": _("Condition decided by an officer"),
        "representative.added": _("Representative added"),
        "representative.confirmed": _("Representative confirmed"),
        "representative.ended": _("Representative ended"),
        "admission.asked": _("Asked to act for a company"),
        "admission.let_in": _("Let in to act for a company"),
        "admission.refused": _("Turned away"),
        "call.decided": _("Call decided"),
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
        "claim.taken_back": _("Claim taken back"),
        "claim.returned": _("Claim returned for completion"),
        "claim.rejected": _("Claim rejected"),
        "claim.approved": _("Claim approved"),
        "claim.reopened": _("Approval of a claim taken back"),
        "claim.paid": _("Claim paid"),
        "claim.payment_reversed": _("Payment of a claim taken back"),
        "claim.dropped": _("Claim thrown away"),
        "account.told": _("Bank account given"),
        "account.read": _("Bank account numbers read for payment"),
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
