"""The app's name, label, and the words for what is done in it."""

import re
from typing import Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

# A wish as rules.wishes.in_words keeps it: how much, when, for how many slots.
WISH = re.compile(r"(\d)(?: (\w+))?(?: ×(\d+))?")
# A half-day among others as actions.legs keeps it.
HALF_DAY = re.compile(r"(\d{4}-\d\d-\d\d) (morning|afternoon)\b")


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.trade"
    label = "trade"
    verbs: ClassVar[dict[str, object]] = {
        "campaign.added": _("Promotion added"),
        "campaign.changed": _("Promotion changed"),
        "campaign.voided": _("Promotion taken back"),
        "centre.opened": _("Centre opened"),
        "centre.changed": _("Centre changed"),
        "centre.closed": _("Centre closed"),
        "centre.post_added": _("Somebody began at the centre"),
        "centre.post_ended": _("Somebody left the centre"),
        "centre.costs_noted": _("Running costs noted"),
        "channel.added": _("Online mall added"),
        "channel.changed": _("Online mall changed"),
        "channel.ended": _("Online mall no longer used"),
        "consultation.logged": _("Consultation noted"),
        "consultation.entered": _("Consultation taken from a file"),
        "consultation.changed": _("Consultation corrected"),
        "consultation.voided": _("Consultation taken back"),
        "consultation.step_done": _("Next step done"),
        "cost.entered": _("Cost entered"),
        "cost.changed": _("Cost changed"),
        "cost.voided": _("Cost taken back"),
        "deal.begun": _("Deal begun"),
        "deal.entered": _("Deal taken over"),
        "deal.changed": _("Deal changed"),
        "deal.next_planned": _("Next step planned"),
        "deal.step_told": _("Step told"),
        "deal.said_unproven": _("Company says more than papers show"),
        "deal.step_verified": _("Shipment verified"),
        "deal.step_struck": _("Step struck"),
        "deal.lost": _("Deal lost"),
        "deal.reopened": _("Deal reopened"),
        "deal.finished": _("Deal finished"),
        "deal.voided": _("Deal voided"),
        "deal.buyer_asked": _("Buyer asked to confirm"),
        "deal.buyer_confirmed": _("Buyer has confirmed"),
        "deal.buyer_disagreed": _("Buyer says it was not so"),
        "enquiry.came_in": _("Enquiry came in"),
        "enquiry.changed": _("Enquiry corrected"),
        "enquiry.answered": _("Enquiry answered"),
        "enquiry.matched": _("Enquiry matched with a lead"),
        "enquiry.closed": _("Enquiry closed"),
        "enquiry.voided": _("Enquiry taken back"),
        "enquiry.asker_forgotten": _("Who asked was forgotten"),
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
        "event.results_confirmed": _("Results of the event confirmed"),
        "event.results_opened": _("Results of the event opened again"),
        "event.place_added": _("Place added to an event"),
        "event.place_removed": _("Place taken away from an event"),
        "event.half_days_added": _("Half-days laid out"),
        "event.half_day_changed": _("Half-day changed"),
        "event.half_day_removed": _("Half-day taken away"),
        "event.interpreter_added": _("Interpreter added"),
        "event.interpreter_changed": _("Interpreter changed"),
        "event.interpreter_removed": _("Interpreter taken away"),
        "follow_up.asked": _("Exhibitor asked"),
        "follow_up.chased": _("Exhibitor reminded"),
        "follow_up.silent": _("Exhibitor did not answer"),
        "follow_up.answered": _("Exhibitor answered"),
        "lead.added": _("Buyer lead added"),
        "lead.changed": _("Buyer lead changed"),
        "lead.moved": _("Buyer lead took a step"),
        "lead.matched": _("Buyer lead matched"),
        "lead.voided": _("Buyer lead taken back"),
        "leg.added": _("Place of an event added"),
        "leg.changed": _("Place of an event changed"),
        "listing.proposed": _("Product proposed"),
        "listing.changed": _("Listing changed"),
        "listing.moved": _("Listing took a step"),
        "listing.voided": _("Listing taken back"),
        "meeting.set": _("Meeting arranged"),
        "meeting.moved": _("Meeting moved"),
        "meeting.cancelled": _("Meeting cancelled"),
        "meeting.held": _("Meeting took place"),
        "meeting.missed": _("Meeting did not take place"),
        "participant.walked_in": _("Buyer came without being expected"),
        "participant.voided": _("Participant taken back"),
        "participant.added": _("Participant added"),
        "participant.changed": _("Participant changed"),
        "participant.invited": _("Buyer invited"),
        "participant.registered": _("Registered"),
        "participant.confirmed": _("Participation confirmed"),
        "participant.declined": _("Invitation declined"),
        "participant.withdrawn": _("Withdrawn from the event"),
        "participant.absences_set": _("Times of absence changed"),
        "participant.link_shown": _("Personal link looked at"),
        "participant.link_renewed": _("Personal link made anew"),
        "participant.product_added": _("Product shown"),
        "participant.product_changed": _("Product shown changed"),
        "participant.product_removed": _("Product no longer shown"),
        "participant.wished": _("Wishes for meetings changed"),
        "participant.ordered": _("Order of meetings changed"),
        "participant.came": _("Checked in"),
        "published.noted": _("Published figures noted"),
        "published.voided": _("Published figures taken back"),
        "sale.entered": _("Sale entered"),
        "sale.voided": _("Sale taken back"),
        "timetable.asked": _("Plan of meetings asked for"),
        "timetable.planned": _("Meetings planned"),
        "timetable.failed": _("Meetings could not be planned"),
        "timetable.stopped": _("Search for a plan stopped"),
        "timetable.changed": _("Plan changed by hand"),
        "timetable.published": _("Timetable published"),
        "timetable.put_away": _("Draft of a timetable put away"),
        "window.added": _("Shop window laid out"),
        "window.changed": _("Shop window changed"),
        "window.opened": _("Shop window opened"),
        "window.closed": _("Shop window closed"),
    }
    # Words for what the history says changed where no field of a model has that name.
    words: ClassVar[dict[str, object]] = {
        "state": _("State"),
        "catalogue_since": _("Catalogue open since"),
        "results_since": _("Results confirmed since"),
        "register_until": _("Buyers register until"),
        "starts_on": _("Begins on"),
        "ends_on": _("Ends on"),
        "host": _("Organised by"),
        "cost": _("Cost"),
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
        "most": _("Meetings at most"),
        "most_a_day": _("Meetings a day at most"),
        "meeting_slots": _("Slots of a meeting"),
        "contact_name": _("Contact person"),
        "contact_email": _("E-mail of the contact person"),
        "language": _("Letters are written in"),
        "in_catalogue": _("Shown in the catalogue"),
        "answered_at": _("Answered"),
        "consented_at": _("Consent given"),
        "step": _("Step"),
        "amount": _("Amount"),
        "on": _("Day"),
        "proof": _("Proof"),
        "declaration": _("Export declaration"),
        "consulted": _("Amount consulted"),
        "pursued": _("Amount pursued"),
        "signed": _("Amount signed"),
        "verified": _("Verified exports"),
        "graded_on": _("Grade since"),
        "version": _("Version"),
        "next_step": _("Next step"),
        "next_due": _("Due"),
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
        "post": _("Position"),
        "since": _("Works there since"),
        "running_cost": _("Running cost"),
        "until": _("Until"),
        "answers_in": _("Answers within, in working days"),
        "asked_by_all": _("Has a form that is open to the public"),
        "services": _("What it does for companies"),
        "operator": _("Run by"),
        "opened_on": _("Opened on"),
        "closed_on": _("Closed since"),
        "answered_on": _("Answered on"),
        "due_on": _("Due"),
        "hs_code": _("HS code"),
        "hs_codes": _("HS codes"),
        "interests": _("What it looks for"),
        "found_on": _("Found on"),
        "state_since": _("Since"),
        "state_reason": _("Reason"),
        "code": _("The mall's number for it"),
        "price": _("Price"),
        "spend": _("Spent"),
        "impressions": _("Times shown"),
        "clicks": _("Clicks"),
        "orders": _("Number of orders"),
        "listings": _("Goods"),
        "channels": _("Online malls"),
        "open_since": _("Open since"),
        "slug": _("Address"),
        "grade": _("Grade"),
    }
    choices: ClassVar[dict[str, Any]] = {}
    tellings: ClassVar[dict[str, Any]] = {}
    kinds: ClassVar[dict[str, object]] = {
        "event": _("Event"),
        "leg": _("Place of an event"),
        "timetable": _("Timetable"),
        "meeting": _("Business meeting"),
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
        "centre": _("Business centre"),
        "runningcost": _("Running cost"),
        "sale": _("Sale"),
    }

    def ready(self) -> None:
        """Give the history its words for what is no field of a deal, nor of a participant."""
        step: Any = self.get_model("DealStep")
        for name, field in (("proof", "proof"), ("step", "grade")):
            self.choices[name] = dict(step._meta.get_field(field).flatchoices)
        self.tellings["participant.wished"] = self.wish
        for verb in ("event.half_days_added", "event.half_day_removed"):
            self.tellings[verb] = self.half_days

    def wish(self, kept: str) -> str:
        """Tell a wish that the history keeps in the reader's words."""
        found = WISH.fullmatch(kept)
        if not found:
            return kept
        worth, part, slots = found[1], found[2], int(found[3] or 0)
        parts: Any = self.get_model("Wish")._meta.get_field("part")
        told = [f"{worth} / 5" if int(worth) else gettext("Never")]
        if part:
            told.append(str(dict(parts.flatchoices).get(part, part)))
        if slots:
            told.append(ngettext("%(n)d slot", "%(n)d slots", slots) % {"n": slots})
        return " · ".join(told)

    def half_days(self, kept: str) -> str:
        """Tell half-days that the history keeps in the reader's words."""
        parts: Any = self.get_model("HalfDay")._meta.get_field("part")
        words = dict(parts.flatchoices)
        return HALF_DAY.sub(lambda found: f"{found[1]} {words[found[2]]}", kept)
