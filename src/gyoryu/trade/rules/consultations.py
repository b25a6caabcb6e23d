"""What is allowed about consultations: who logs them, of which event, and what they must say."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.rules import given
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Consultation, Event, Leg, Participant

CHANGE, SEE = "trade.change", "trade.dealings"
MOST_AMOUNT = Decimal(10) ** 15
LONGEST_NOTE = 4_000
# Who declined or withdrew and came all the same was there; who was voided never took part.
SIDE = Participant.Side


class SentBefore(Refused):
    """The same key came with another content: which of the two is meant, nobody can tell."""


def officer_for(event: Event, user: User) -> bool:
    """Tell whether somebody writes down consultations of an event for any company."""
    path = event.unit.path
    return user.access.may(CHANGE, path) and user.access.may(SEE, path)


def check_may_log(exhibitor: Participant, by: User | None) -> None:
    """Refuse who is neither an officer there nor confirmed to act for the exhibiting company."""
    if by is None or officer_for(exhibitor.event, by):
        return
    if exhibitor.organisation_id not in representatives.sure_of(by):
        raise NotAllowed(_("You are not confirmed to act for this company."))


def check_may_change(row: Consultation, by: User | None) -> None:
    """Refuse to change what was logged unless an officer does, at the desk."""
    if by is not None and not officer_for(row.event, by):
        raise NotAllowed(_("What was sent is changed by the organiser's officers."))


def check_may_correct(row: Consultation, by: User | None) -> None:
    """Refuse a company's people to correct what others wrote, or after results were confirmed.

    What they sent from the booth is theirs until then; officers correct it at the desk.
    """
    check_may_log(row.exhibitor, by)
    given.check_stands(row)
    check_event(row.event)
    if not row.sent:
        raise NotAllowed(_("The organiser's officers wrote this down. They correct it."))
    if row.event.results_since:
        raise Refused(
            _("The organiser has confirmed the results of this event. Ask there for a correction.")
        )


def check_event(event: Event) -> None:
    """Refuse consultations of an event that was called off or voided."""
    given.check_stands(event)
    if event.state == Event.State.CANCELLED:
        raise Refused(_("This event was cancelled."))


def check_exhibitor(exhibitor: Participant) -> None:
    """Refuse a talk of who does not exhibit."""
    given.check_stands(exhibitor)
    if exhibitor.side != SIDE.EXHIBITOR:
        raise Refused(_("%(name)s does not exhibit here.") % {"name": exhibitor})


def check_sides(exhibitor: Participant, values: dict[str, Any]) -> None:
    """Refuse a buyer, a place or a meeting of another event or of another company."""
    buyer, leg, meeting = values["buyer"], values["leg"], values.get("meeting")
    if buyer.event_id != exhibitor.event_id or buyer.side != SIDE.BUYER or buyer.voided_at:
        raise Refused(_("This buyer is not at this event."), field="with_whom")
    if leg.event_id != exhibitor.event_id:
        raise Refused(_("This place belongs to another event."), field="leg")
    if meeting is None:
        return
    if (meeting.exhibitor_id, meeting.buyer_id) != (exhibitor.pk, buyer.pk):
        raise Refused(_("This meeting is of somebody else."), field="with_whom")
    if meeting.leg_id != leg.pk:
        raise Refused(_("This meeting is at another place."), field="leg")


def clock_at(leg: Leg, at: datetime) -> datetime:
    """Return a moment by the clock of a place."""
    return at.astimezone(ZoneInfo(leg.timezone))


def day_at(leg: Leg, at: datetime) -> date:
    """Return the day at a place at a moment."""
    return clock_at(leg, at).date()


def check_when(leg: Leg, said_at: datetime, at: datetime) -> None:
    """Refuse a talk in the future, or before the event began at this place."""
    if said_at > at:
        raise Refused(_("This time lies in the future."), field="day")
    if day_at(leg, said_at) < leg.starts_on:
        told = {"day": given.told(leg.starts_on)}
        raise Refused(_("The event begins here on %(day)s.") % told, field="day")


def check_amount(amount: Decimal | None, currency: str) -> None:
    """Refuse an amount without its currency, a currency without one, and what nobody spoke of."""
    if amount is None:
        if currency:
            raise Refused(_("Give the amount, or say that none was spoken of."), field="amount")
        return
    if not currency:
        raise Refused(_("Say in which currency."), field="currency")
    if not 0 <= amount < MOST_AMOUNT:
        raise Refused(_("This cannot be right. Check the amount."), field="amount")


def check_content(exhibitor: Participant, values: dict[str, Any]) -> None:
    """Refuse a product of another company, unknown next steps, and texts that do not fit."""
    product = values.get("product")
    if product is not None and product.organisation_id != exhibitor.organisation_id:
        raise Refused(_("This product is another company's."), field="product")
    check_amount(values.get("amount"), values.get("currency", ""))
    if set(values.get("next_steps") or []) - set(Consultation.Step.values):
        raise Refused(_("This next step is not known."), field="next_steps")
    if len(values.get("note") or "") > LONGEST_NOTE:
        told = {"long": len(values["note"]), "most": LONGEST_NOTE}
        raise Refused(
            _("This is %(long)d characters long; at most %(most)d fit.") % told, field="note"
        )


def check_due(row: Consultation) -> None:
    """Refuse a next step that was due before the talk, and a day for nothing."""
    if row.next_due is None:
        return
    if not row.next_steps:
        raise Refused(_("Say what is due then."), field="next_steps")
    if row.next_due < day_at(row.leg, row.at):
        raise Refused(_("This day lies before the talk."), field="next_due")


def check_same(row: Consultation, sent: str, by: User | None) -> None:
    """Refuse a key that came before with another content, or from another person."""
    if row.sent != sent or row.logged_by_id != (by.pk if by else None):
        raise SentBefore(
            _(
                "This was sent before with another content. What came first stands; an officer "
                "can correct it."
            )
        )


def check_change(row: Consultation, by: User | None) -> None:
    """Refuse to change what was taken back, or what others keep."""
    check_may_change(row, by)
    given.check_stands(row)


def check_void(row: Consultation, reason: str, *, deals: Iterable[object]) -> None:
    """Refuse to take back without a reason, and while a deal rests on it."""
    given.check_stands(row)
    if named := ", ".join(str(one) for one in deals):
        raise Refused(
            _("A deal began from it: %(deals)s. Take that back first.") % {"deals": named}
        )
    given.check_reason(reason)


def check_step_done(row: Consultation, on: date, today: date) -> None:
    """Refuse to note what was never to follow, is noted already, or lies in the future."""
    given.check_stands(row)
    if not row.next_steps:
        raise Refused(_("Nothing was to follow this talk."))
    if row.next_done_on:
        raise Refused(_("This is noted as done already."))
    if on > today:
        raise Refused(_("This day lies in the future."), field="on")
    if on < day_at(row.leg, row.at):
        raise Refused(_("This day lies before the talk."), field="on")


def check_walk_in(name: str, country: object) -> None:
    """Refuse a buyer from nowhere or without a name."""
    if not name.strip():
        raise Refused(_("Give the buyer's name."), field="buyer_name")
    if country is None:
        raise Refused(_("Say from which country the buyer is."), field="buyer_country")


def check_card(content_type: str) -> None:
    """Refuse a business card that is no picture."""
    if not content_type.startswith("image/"):
        raise Refused(_("Take a photo of the card: a JPG or PNG."), field="card")
