"""What is done to deals: begun, changed, lost, reopened, finished, voided."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_texts, day_of
from gyoryu.history import actions as history
from gyoryu.trade.actions import deal_steps, reckoning
from gyoryu.trade.actions.reckoning import Held
from gyoryu.trade.models import Deal
from gyoryu.trade.queries import deals as queries
from gyoryu.trade.rules import deals as rules
from gyoryu.trade.rules import proofs
from gyoryu.trade.rules.deals import Step

State = Deal.State


@transaction.atomic
def begin(
    unit: Unit, values: dict[str, Any], first: Step, *, by: User | None, at: datetime
) -> Deal:
    """Begin a deal with its first step.

    ``values`` are the fields of a deal by name: ``company``, ``buyer`` and ``currency`` at least.
    """
    check_may(by, rules.CHANGE, unit)
    rules.check_values(values)
    number = values.get("number") or next_number(unit, "DE", first.on.year, by=by)
    own = {**values, "number": number}
    deal = Deal(unit=unit, graded_on=first.on, **own)
    deal.country = deal.country or queries.country_of(deal.buyer)
    check_texts(deal)
    deal.save()
    held = Held(deal, [], ())
    step = deal_steps.noted(held, first, by=by, at=at)
    changes = reckoning.settle(held, by=by, at=at)
    told = {"grade": [None, deal.grade], "proof": [None, step.proof], "amount": [None, step.amount]}
    history.record("deal.begun", deal, by=by, at=at, changes=changes | told, reason=step.note)
    return deal


@transaction.atomic
def change(deal: Deal, values: dict[str, Any], *, by: User | None, at: datetime) -> Deal:
    """Change what is known of a deal; amounts and grades are changed by steps alone."""
    held = reckoning.hold(deal, by=by)
    row = held.deal
    check_may(by, rules.CHANGE, row.unit)
    rules.check_open(row)
    rules.check_values({**{name: getattr(row, name) for name in WHOLE}, **values})
    if "currency" in values:
        standing = [one for one in held.steps if one.struck_at is None]
        rules.check_currency_stays(row, values["currency"], standing)
    found = history.changes(row, values)
    check_texts(row)
    if found:
        found |= reckoning.settle(held, by=by, at=at)
        history.record("deal.changed", row, by=by, at=at, changes=found)
    return row


WHOLE = (
    "company", "buyer", "currency", "probability", "next_step", "next_due", "event", "leg",
)  # fmt: skip


@transaction.atomic
def plan_next(
    deal: Deal, next_step: str, next_due: date | None, *, by: User | None, at: datetime
) -> Deal:
    """Say what is to be done next and by when; an officer does, or who acts for the company."""
    held = reckoning.hold(deal, by=by)
    row = held.deal
    rules.check_may_tell(row, by)
    rules.check_open(row)
    values = {"next_step": next_step, "next_due": next_due}
    rules.check_values({**{name: getattr(row, name) for name in WHOLE}, **values})
    found = history.changes(row, values)
    check_texts(row)
    if found:
        row.save(update_fields=list(found))
        history.record("deal.next_planned", row, by=by, at=at, changes=found)
    return row


@transaction.atomic
def lose(deal: Deal, on: date, reason: str, *, by: User | None, at: datetime) -> Deal:
    """Note that nothing will come of a deal, and why; an officer does, or the company itself."""
    held = reckoning.hold(deal, by=by)
    rules.check_may_tell(held.deal, by)
    rules.check_lose(held.deal, on, reason, day_of(at))
    values = {"state": State.LOST, "lost_on": on, "lost_reason": reason}
    return _moved(held, "deal.lost", values, reason, by, at)


@transaction.atomic
def reopen(deal: Deal, reason: str, *, by: User | None, at: datetime) -> Deal:
    """Go on with a deal that was lost or finished."""
    held = reckoning.hold(deal, by=by)
    check_may(by, rules.CHANGE, held.deal.unit)
    rules.check_reopen(held.deal, reason)
    values = {"state": State.OPEN, "lost_on": None, "lost_reason": ""}
    return _moved(held, "deal.reopened", values, reason, by, at)


@transaction.atomic
def finish(deal: Deal, *, by: User | None, at: datetime) -> Deal:
    """Note that all that was agreed has been done."""
    held = reckoning.hold(deal, by=by)
    check_may(by, rules.CHANGE, held.deal.unit)
    rules.check_finish(held.deal, any(proofs.waits(one) for one in held.steps))
    return _moved(held, "deal.finished", {"state": State.DONE}, "", by, at)


@transaction.atomic
def void(deal: Deal, reason: str, *, by: User | None, at: datetime) -> Deal:
    """Void a deal that was entered by mistake; it stays with the reason, and counts nowhere."""
    held = reckoning.hold(deal, by=by)
    check_may(by, rules.VERIFY, held.deal.unit)
    rules.check_void(held.deal, reason)
    values = {"voided_at": at, "voided_reason": reason}
    return _moved(held, "deal.voided", values, reason, by, at)


def _moved(
    held: Held, verb: str, values: dict[str, Any], reason: str, by: User | None, at: datetime
) -> Deal:
    found = history.changes(held.deal, values)
    reckoning.settle(held, by=by, at=at)
    history.record(verb, held.deal, by=by, at=at, changes=found, reason=reason)
    return held.deal
