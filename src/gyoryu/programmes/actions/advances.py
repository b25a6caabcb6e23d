"""Payments in advance: approved by one, paid by another, taken back when they were wrong."""

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, day_of
from gyoryu.history import actions as history
from gyoryu.programmes.actions import ledger
from gyoryu.programmes.models import Advance, Award, Ceiling, LedgerEntry
from gyoryu.programmes.rules import awards as rules
from gyoryu.programmes.rules.money import Movement

State = Advance.State


@transaction.atomic
def approve(
    award: Award, *, amount: int, reason: str, by: User | None, at: datetime, key: str = ""
) -> Advance:
    """Approve a payment in advance, in won; somebody else pays it."""
    check_may(by, "programmes.approve_money", award.unit)
    key = key or str(uuid4())
    Ceiling.objects.select_for_update().get(pk=award.ceiling_id)
    if earlier := Advance.objects.filter(award=award, key=key).first():
        return earlier
    award = Award.objects.select_related("ceiling").get(pk=award.pk)
    rules.check_can_advance(award, amount, reason)
    made = Advance.objects.create(
        award=award, amount=amount, reason=reason.strip(), approved_by=by, approved_at=at, key=key
    )
    changes = {"advance": [None, amount]}
    history.record("advance.approved", award, by=by, at=at, changes=changes, reason=reason)
    return made


@transaction.atomic
def pay(advance: Advance, *, on: date, by: User | None, at: datetime) -> Advance:
    """Note that an advance was paid out on a day, by somebody other than who approved it."""
    award = advance.award
    check_may(by, "programmes.pay", award.unit)
    advance = Advance.objects.select_for_update().get(pk=advance.pk)
    rules.check_can_pay_advance(advance, on, by, today=day_of(at))
    ledger.move(
        Movement(award.ceiling, LedgerEntry.Kind.ADVANCED, advance.amount, _key(advance), on),
        by=by,
        at=at,
    )
    advance.state, advance.paid_by, advance.paid_on = State.PAID, by, on
    advance.save()
    changes = {"advance": [None, advance.amount]}
    history.record("advance.paid", award, by=by, at=at, changes=changes)
    return advance


@transaction.atomic
def reverse(advance: Advance, *, reason: str, by: User | None, at: datetime) -> Advance:
    """Take back the payment of an advance that did not go out; it is cancelled with its reason."""
    award = advance.award
    check_may(by, "programmes.approve_money", award.unit)
    advance = Advance.objects.select_for_update().get(pk=advance.pk)
    rules.check_can_reverse_advance(advance, reason)
    entry = LedgerEntry.objects.get(key=_key(advance))
    ledger.reverse(entry, key=f"{_key(advance)}/back", on=day_of(at), by=by, at=at, note=reason)
    return _cancelled(advance, "advance.reversed", reason, by=by, at=at)


@transaction.atomic
def cancel(advance: Advance, *, reason: str, by: User | None, at: datetime) -> Advance:
    """Withdraw the approval of an advance that was not paid yet."""
    check_may(by, "programmes.approve_money", advance.award.unit)
    check_reason(reason)
    advance = Advance.objects.select_for_update().get(pk=advance.pk)
    rules.check_waits(advance)
    return _cancelled(advance, "advance.cancelled", reason, by=by, at=at)


def _cancelled(
    advance: Advance, verb: str, reason: str, *, by: User | None, at: datetime
) -> Advance:
    advance.state, advance.state_reason = State.CANCELLED, reason.strip()
    advance.save(update_fields=["state", "state_reason"])
    changes = {"advance": [advance.amount, None]}
    history.record(verb, advance.award, by=by, at=at, changes=changes, reason=reason)
    return advance


def _key(advance: Advance) -> str:
    return f"advance/{advance.pk}"
