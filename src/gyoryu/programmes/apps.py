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
    }
