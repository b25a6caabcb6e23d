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
    }
    # Words for what the history says changed where no field of a model has that name.
    words: ClassVar[dict[str, object]] = {
        "state": _("State"),
        "state_reason": _("Reason"),
        "catalogue_since": _("Catalogue open since"),
        "register_until": _("Buyers register until"),
        "starts_on": _("Begins on"),
        "ends_on": _("Ends on"),
        "host": _("Organised by"),
        "cost": _("Cost of the event"),
        "follows": _("Edition before"),
        "about_ko": _("About it in Korean"),
        "about_en": _("About it in English"),
        "tables": _("Tables"),
        "hall": _("Hall"),
        "timezone": _("Zone of time"),
        "minutes": _("Minutes of a slot"),
        "slots": _("Slots"),
        "begins": _("Begins at"),
        "side": _("Side"),
        "booth": _("Booth"),
        "languages": _("Languages spoken"),
        "interests": _("Interests"),
        "hs_codes": _("HS codes"),
        "most": _("Meetings at most"),
        "most_a_day": _("Meetings a day at most"),
        "contact_name": _("Contact person"),
        "contact_email": _("E-mail of the contact person"),
        "language": _("Letters are written in"),
        "in_catalogue": _("Shown in the catalogue"),
        "answered_at": _("Answered"),
        "consented_at": _("Consent given"),
        "price": _("Price"),
        "place": _("Place"),
        "half_days": _("Half-days"),
        "interpreter": _("Interpreter"),
        "absences": _("Absences"),
        "product": _("Product"),
        "copy_of": _("Earlier edition"),
    }
    kinds: ClassVar[dict[str, object]] = {
        "event": _("Event"),
        "leg": _("Place of an event"),
        "timetable": _("Timetable"),
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
