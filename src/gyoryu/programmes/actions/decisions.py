"""What the office decides of claims: returned, rejected, approved with cuts, reopened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, day_of
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.history.inserting import update_one
from gyoryu.programmes.actions import claim_letters, ledger, orders
from gyoryu.programmes.models import Claim, Cut, LedgerEntry
from gyoryu.programmes.queries import claims as queries
from gyoryu.programmes.rules import claims as rules
from gyoryu.programmes.rules.claims import Cutting
from gyoryu.programmes.rules.money import Movement

Status, Kind = Claim.Status, LedgerEntry.Kind


@transaction.atomic
def send_back(claim: Claim, *, reason: str, by: User | None, at: datetime) -> Claim:
    """Return a claim for completion, saying what is missing."""
    check_may(by, "programmes.change", claim.unit)
    claim = queries.locked(claim)
    rules.check_submitted(claim)
    check_reason(reason, most=1000)
    return _decided(claim, "claim.returned", {"status": Status.RETURNED}, reason, by=by, at=at)


@transaction.atomic
def reject(claim: Claim, *, reason: str, by: User | None, at: datetime) -> Claim:
    """Reject a claim for good; its invoice can be claimed anew."""
    check_may(by, "programmes.approve_money", claim.unit)
    claim = queries.locked(claim)
    rules.check_submitted(claim)
    check_reason(reason, most=1000)
    return _decided(claim, "claim.rejected", {"status": Status.REJECTED}, reason, by=by, at=at)


@transaction.atomic
def approve(
    claim: Claim,
    cuts: Sequence[Cutting] = (),
    *,
    by: User | None,
    at: datetime,
    key: str = "",
) -> Claim:
    """Approve what counts of a claim, less cuts, under the ceilings of its heading and award.

    The same key twice is one approval. Raises ``Refused`` with what is left, and when the same
    invoice was approved anywhere else, be it a moment ago.
    """
    check_may(by, "programmes.approve_money", claim.unit)
    claim, same = queries.held(claim)
    own = queries.ledger_key(claim, "approved", key)
    if key and LedgerEntry.objects.filter(key=own).exists():
        return claim
    rules.check_can_approve(claim, by)
    rules.check_not_approved(same)
    amount = rules.approved_of(claim, cuts)
    if cuts:
        Cut.objects.bulk_create(
            Cut(claim=claim, code=cut.code, amount=cut.amount, reason=cut.reason.strip()[:300])
            for cut in cuts
        )
    values = {"status": Status.APPROVED, "approved": amount, "approved_by": by}
    try:
        claim = _decided(claim, "claim.approved", values, _told(cuts), by=by, at=at)
    except IntegrityError as clash:
        # The database keeps that an invoice is approved once, whoever is first.
        raise Refused(_("This invoice was approved elsewhere a moment ago.")) from clash
    if claim.order:
        orders.release(claim.order, by=by, at=at)
    movement = Movement(
        claim.heading.ceiling, Kind.APPROVED, amount, own, day_of(at), note=claim.number
    )
    # Last, so that others wait for the award's ceilings as shortly as can be.
    ledger.move_along(movement, by=by, at=at)
    return claim


def _told(cuts: Sequence[Cutting]) -> str:
    """Write cuts into the reason, for the history and the letter."""
    labels = dict(Cut.Code.choices)
    return "; ".join(
        f"{labels[Cut.Code(cut.code)]} {cut.amount:,}{f' ({cut.reason})' if cut.reason else ''}"
        for cut in cuts
    )


@transaction.atomic
def reopen(claim: Claim, *, reason: str, by: User | None, at: datetime) -> Claim:
    """Take an approval back: the ceilings open again by exactly what it had taken."""
    check_may(by, "programmes.approve_money", claim.unit)
    claim = queries.locked(claim)
    rules.check_can_reopen(claim, reason)
    entry = queries.entry(claim, Kind.APPROVED)
    ledger.reverse(entry, key=f"{entry.key}/back", on=day_of(at), by=by, at=at, note=reason[:300])
    if claim.order:
        orders.hold_again(claim.order, key=str(entry.pk), by=by, at=at)
    claim.cuts.all().delete()
    values = {"status": Status.SUBMITTED, "approved": None, "approved_by": None}
    return _decided(claim, "claim.reopened", values, reason, by=by, at=at)


def _decided(
    claim: Claim,
    verb: str,
    values: dict[str, Any],
    reason: str,
    *,
    by: User | None,
    at: datetime,
) -> Claim:
    changes = history.changes(
        claim, {**values, "status_since": day_of(at), "status_reason": reason.strip()[:1000]}
    )
    update_one(claim, changes)
    told: dict[str, Any] = {n: changes[n] for n in ("status", "approved") if n in changes}
    often = verb == "claim.approved"
    history.record(verb, claim, by=by, at=at, changes=told, reason=reason[:500], often=often)
    claim_letters.tell(claim, verb, reason, by=by, at=at)
    return claim
