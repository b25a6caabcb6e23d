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
        "centre.opened": _("Centre opened"),
        "centre.changed": _("Centre changed"),
        "centre.closed": _("Centre closed"),
        "centre.post_added": _("Somebody began at the centre"),
        "centre.post_ended": _("Somebody left the centre"),
        "centre.costs_noted": _("Running costs noted"),
        "cost.entered": _("Cost entered"),
        "cost.changed": _("Cost changed"),
        "cost.voided": _("Cost taken back"),
        "enquiry.came_in": _("Enquiry came in"),
        "enquiry.changed": _("Enquiry corrected"),
        "enquiry.answered": _("Enquiry answered"),
        "enquiry.matched": _("Enquiry matched with a lead"),
        "enquiry.closed": _("Enquiry closed"),
        "enquiry.voided": _("Enquiry taken back"),
        "enquiry.asker_forgotten": _("Who asked was forgotten"),
        "lead.added": _("Buyer lead added"),
        "lead.changed": _("Buyer lead changed"),
        "lead.moved": _("Buyer lead took a step"),
        "lead.matched": _("Buyer lead matched"),
        "lead.voided": _("Buyer lead taken back"),
        "channel.added": _("Online mall added"),
        "channel.changed": _("Online mall changed"),
        "channel.ended": _("Online mall no longer used"),
        "listing.proposed": _("Product proposed"),
        "listing.changed": _("Listing changed"),
        "listing.moved": _("Listing took a step"),
        "listing.voided": _("Listing taken back"),
        "campaign.added": _("Promotion added"),
        "campaign.changed": _("Promotion changed"),
        "campaign.voided": _("Promotion taken back"),
        "sale.entered": _("Sale entered"),
        "sale.voided": _("Sale taken back"),
        "window.added": _("Shop window laid out"),
        "window.changed": _("Shop window changed"),
        "window.opened": _("Shop window opened"),
        "window.closed": _("Shop window closed"),
    }
    # Words for what the history says changed where no field of a model has that name.
    words: ClassVar[dict[str, object]] = {
        # centres and malls
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
        "centre": _("Business centre"),
        "runningcost": _("Running cost"),
        "sale": _("Sale"),
    }
