"""How approved claims are paid: one or many, by somebody else than who approved, taken back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import ngettext_lazy

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.history.inserting import update_one
from gyoryu.programmes.actions import claim_letters, ledger, orders
from gyoryu.programmes.models import Claim, LedgerEntry
from gyoryu.programmes.queries import claims as queries
from gyoryu.programmes.rules import claims as rules
from gyoryu.programmes.rules.money import Movement

Status, Kind = Claim.Status, LedgerEntry.Kind
# How many claims that cannot be paid are told one by one.
TOLD = 30


@transaction.atomic
def pay(claim: Claim, *, on: date, by: User | None, at: datetime, key: str = "") -> Claim:
    """Note that a claim was paid out on a day. The same key twice is one payment."""
    check_may(by, "programmes.pay", claim.unit)
    claim, _same = queries.held(claim)
    own = queries.ledger_key(claim, "paid", key)
    if key and LedgerEntry.objects.filter(key=own).exists():
        return claim
    rules.check_can_pay(claim, on, by, today=day_of(at))
    amount = claim.approved
    assert amount is not None, "an approved claim has its amount"
    ledger.move_along(
        Movement(claim.heading.ceiling, Kind.PAID, amount, own, on, note=claim.number),
        by=by,
        at=at,
    )
    if claim.order:
        orders.settle(claim.order, by=by, at=at)
    values = {"status": Status.PAID, "paid_by": by, "paid_on": on}
    return _step(claim, "claim.paid", values, "", by=by, at=at)


@transaction.atomic
def pay_all(
    claims: Iterable[Claim], *, on: date, by: User | None, at: datetime, key: str = ""
) -> list[Claim]:
    """Note that several claims were paid out on a day: all of them, or none with each reason."""
    paid, refused = [], []
    for claim in sorted(claims, key=lambda one: one.pk):
        try:
            with transaction.atomic():
                own = f"{key}/{claim.pk}" if key else ""
                paid.append(pay(claim, on=on, by=by, at=at, key=own))
        except Refused as refusal:
            refused.append(f"{claim}: {refusal}")
    if refused:
        head = ngettext_lazy(
            "Nothing was noted as paid, because of %(count)d claim:",
            "Nothing was noted as paid, because of %(count)d claims:",
            len(refused),
        ) % {"count": len(refused)}
        more = ["…"] if len(refused) > TOLD else []
        raise Refused("\n".join([str(head), *refused[:TOLD], *more]))
    return paid


@transaction.atomic
def reverse(claim: Claim, *, reason: str, by: User | None, at: datetime) -> Claim:
    """Take back a payment that did not go out; the claim waits to be paid again."""
    check_may(by, "programmes.approve_money", claim.unit)
    claim = queries.locked(claim)
    rules.check_can_reverse_payment(claim, reason)
    entry = queries.entry(claim, Kind.PAID)
    ledger.reverse(entry, key=f"{entry.key}/back", on=day_of(at), by=by, at=at, note=reason[:300])
    if claim.order:
        orders.unsettle(claim.order, by=by, at=at)
    values = {"status": Status.APPROVED, "paid_by": None, "paid_on": None}
    return _step(claim, "claim.payment_reversed", values, reason, by=by, at=at)


def _step(
    claim: Claim,
    verb: str,
    values: dict[str, Any],
    reason: str,
    *,
    by: User | None,
    at: datetime,
) -> Claim:
    changes = history.changes(claim, {**values, "status_since": day_of(at)})
    update_one(claim, changes)
    told: dict[str, Any] = {n: changes[n] for n in ("status", "paid_on") if n in changes}
    told["amount"] = [None, claim.approved] if verb == "claim.paid" else [claim.approved, None]
    often = verb == "claim.paid"
    history.record(verb, claim, by=by, at=at, changes=told, reason=reason[:500], often=often)
    claim_letters.tell(claim, verb, reason, by=by, at=at)
    return claim
