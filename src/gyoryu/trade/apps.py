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
        "participant.wished": _("Wishes for meetings changed"),
        "participant.ordered": _("Order of meetings changed"),
        "participant.came": _("Checked in"),
        "timetable.asked": _("Plan of meetings asked for"),
        "timetable.planned": _("Meetings planned"),
        "timetable.failed": _("Meetings could not be planned"),
        "timetable.stopped": _("Search for a plan stopped"),
        "timetable.changed": _("Plan changed by hand"),
        "timetable.published": _("Timetable published"),
        "timetable.put_away": _("Draft of a timetable put away"),
        "meeting.set": _("Meeting arranged"),
        "meeting.moved": _("Meeting moved"),
        "meeting.cancelled": _("Meeting cancelled"),
        "meeting.held": _("Meeting took place"),
        "meeting.missed": _("Meeting did not take place"),
    }
    # Words for what the history says changed where no field of a model has that name.
    words: ClassVar[dict[str, object]] = {
        "place": _("Place of the meeting"),
        "order": _("Order of meetings"),
        "came": _("Has come"),
        "mends": _("Mends what was published"),
        "seed": _("Seed"),
        "meetings": _("Meetings"),
        "value": _("Points of wishes"),
        "set": _("New meetings"),
        "moved": _("Moved meetings"),
        "cancelled": _("Cancelled meetings"),
    }
    kinds: ClassVar[dict[str, object]] = {
        "event": _("Event"),
        "leg": _("Place of an event"),
        "timetable": _("Timetable"),
        "meeting": _("Business meeting"),
        "deal": _("Deal"),
        "consultation": _("Consultation"),
        "followup": _("Follow-up"),
        "lead": _("Buyer lead"),
        "enquiry": _("Enquiry"),
        "channel": _("Online mall"),
        "listing": _("Listing"),
        "campaign": _("Campaign"),
        "shopwindow": _("Shop window"),
    }
