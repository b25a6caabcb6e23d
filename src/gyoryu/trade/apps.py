"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.trade"
    label = "trade"
    verbs: ClassVar[dict[str, object]] = {
        "event.added": _("Event added"),
        "consultation.logged": _("Consultation noted"),
        "consultation.entered": _("Consultation taken from a file"),
        "consultation.changed": _("Consultation corrected"),
        "consultation.voided": _("Consultation taken back"),
        "consultation.step_done": _("Next step done"),
        "participant.walked_in": _("Buyer came without being expected"),
        "participant.voided": _("Participant taken back"),
        "published.noted": _("Published figures noted"),
        "published.voided": _("Published figures taken back"),
    }
    # Words for what the history says changed where no field of a model has that name.
    words: ClassVar[dict[str, object]] = {}
    kinds: ClassVar[dict[str, object]] = {
        "event": _("Event"),
        "leg": _("Place of an event"),
        "timetable": _("Timetable"),
        "deal": _("Deal"),
        "consultation": _("Consultation"),
        "published": _("Published figures"),
        "followup": _("Follow-up"),
        "lead": _("Buyer lead"),
        "enquiry": _("Enquiry"),
        "channel": _("Online mall"),
        "listing": _("Listing"),
        "campaign": _("Campaign"),
        "shopwindow": _("Shop window"),
    }
