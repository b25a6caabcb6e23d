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
        "deal.begun": _("Deal begun"),
        "deal.entered": _("Deal taken over"),
        "deal.changed": _("Deal changed"),
        "deal.next_planned": _("Next step planned"),
        "deal.step_told": _("Step told"),
        "deal.step_verified": _("Shipment verified"),
        "deal.step_struck": _("Step struck"),
        "deal.lost": _("Deal lost"),
        "deal.reopened": _("Deal reopened"),
        "deal.finished": _("Deal finished"),
        "deal.voided": _("Deal voided"),
        "deal.buyer_asked": _("Buyer asked to confirm"),
        "deal.buyer_confirmed": _("Buyer has confirmed"),
        "deal.buyer_disagreed": _("Buyer says it was not so"),
        "follow_up.asked": _("Exhibitor asked"),
        "follow_up.chased": _("Exhibitor reminded"),
        "follow_up.silent": _("Exhibitor did not answer"),
        "follow_up.answered": _("Exhibitor answered"),
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
    words: ClassVar[dict[str, object]] = {
        "step": _("Grade of the step"),
        "grade": _("Grade"),
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
    }
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
