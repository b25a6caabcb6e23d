"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.trade"
    label = "trade"
    verbs: ClassVar[dict[str, object]] = {
        "event.added": _("Event planned"),
        "event.changed": _("Event changed"),
        "event.copied": _("Event planned from an earlier edition"),
        "event.open": _("Event opened to register"),
        "event.running": _("Event begun"),
        "event.held": _("Event held"),
        "event.cancelled": _("Event cancelled"),
        "event.taken_back": _("Step of an event taken back"),
        "event.voided": _("Event taken out"),
        "event.catalogue_opened": _("Catalogue opened"),
        "event.catalogue_closed": _("Catalogue closed"),
        "event.place_added": _("Place added to an event"),
        "event.place_removed": _("Place taken away from an event"),
        "event.half_days_added": _("Half-days laid out"),
        "event.half_day_changed": _("Half-day changed"),
        "event.half_day_removed": _("Half-day taken away"),
        "event.interpreter_added": _("Interpreter added"),
        "event.interpreter_changed": _("Interpreter changed"),
        "event.interpreter_removed": _("Interpreter taken away"),
        "leg.added": _("Place of an event added"),
        "leg.changed": _("Place of an event changed"),
        "participant.added": _("Participant added"),
        "participant.changed": _("Participant changed"),
        "participant.invited": _("Buyer invited"),
        "participant.registered": _("Registered"),
        "participant.confirmed": _("Participation confirmed"),
        "participant.declined": _("Invitation declined"),
        "participant.withdrawn": _("Withdrawn from the event"),
        "participant.voided": _("Participant taken out"),
        "participant.absences_set": _("Times of absence changed"),
        "participant.link_shown": _("Personal link looked at"),
        "participant.link_renewed": _("Personal link made anew"),
        "participant.product_added": _("Product shown"),
        "participant.product_changed": _("Product shown changed"),
        "participant.product_removed": _("Product no longer shown"),
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
        "place": _("Place"),
        "half_days": _("Half-days"),
        "interpreter": _("Interpreter"),
        "absences": _("Absences"),
        "product": _("Product"),
        "copy_of": _("Earlier edition"),
        "seat": _("Place of the meeting"),
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
