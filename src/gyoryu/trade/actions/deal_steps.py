"""Steps of deals: told with what proves them, shipments verified, wrong ones struck."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import check_texts, day_of
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.history import actions as history
from gyoryu.programmes.queries import rates
from gyoryu.trade.actions import reckoning
from gyoryu.trade.actions.reckoning import Held
from gyoryu.trade.models import Deal, DealStep
from gyoryu.trade.queries import deals as queries
from gyoryu.trade.rules import deals as rules
from gyoryu.trade.rules.deals import Rate, Step

WON = "KRW"


@transaction.atomic
def tell(deal: Deal, step: Step, *, by: User | None, at: datetime) -> DealStep:
    """Tell a step of a deal, with the paper that proves it.

    A shipment waits until somebody else has verified its declaration. An officer tells steps, or
    somebody who is confirmed to act for the company.
    """
    held = reckoning.hold(deal, by=by)
    rules.check_may_tell(held.deal, by)
    rules.check_open(held.deal)
    made = noted(held, step, by=by, at=at)
    changes = reckoning.settle(held, by=by, at=at)
    told = {"step": [None, made.grade], "proof": [None, made.proof], "on": [None, made.on]}
    told |= {"amount": [None, made.amount]} if made.amount is not None else {}
    history.record(
        "deal.step_told", held.deal, by=by, at=at, changes=told | changes, reason=made.note
    )
    return made


def noted(held: Held, step: Step, *, by: User | None, at: datetime) -> DealStep:
    """Check a step and write it down beside those of a deal that is held; settling is left."""
    rules.check_step(step, day_of(at))
    rules.check_order(step, held.steps)
    made = DealStep(
        deal=held.deal,
        grade=step.grade,
        on=step.on,
        proof=step.proof,
        amount=step.amount,
        note=step.note,
        noted_by=by,
        noted_at=at,
    )
    if step.proof == DealStep.Proof.DECLARATION:
        made.declaration = _declaration(step, by)
    if step.foreign:
        _convert(made, step, held.deal.currency)
    check_texts(made)
    _write(made)
    if step.file is not None:
        made.document = _paper(held.deal, made, step, by, at)
        made.save(update_fields=["document"])
    held.steps.append(made)
    return made


def _declaration(step: Step, by: User | None) -> str:
    number = rules.declaration(step.declaration, step.on).number
    _check_unused(number, by)
    return number


def _check_unused(number: str, by: User | None) -> None:
    holder = queries.holder_of(number)
    # Whose deal it is that uses it is a secret of its company.
    seen = by is None or (holder is not None and queries.sees(by, holder.deal))
    rules.check_unused(number, holder, named=seen)


def _write(step: DealStep) -> None:
    try:
        with transaction.atomic():
            step.save()
    except IntegrityError:
        # Somebody has used the declaration in this very moment.
        _check_unused(step.declaration, step.noted_by)
        raise


def _convert(made: DealStep, step: Step, currency: str) -> None:
    rules.check_paper_currency(step, currency)
    assert step.paper_amount is not None
    found = _rate(step, currency)
    made.paper_amount, made.paper_currency = step.paper_amount, step.paper_currency
    made.rate, made.rate_on, made.rate_source = found.rate, found.on, found.source
    made.amount = rules.converted(step.paper_amount, found.rate, currency)


def _rate(step: Step, currency: str) -> Rate:
    """Return the rate of the stated day, both currencies by the same source."""
    day, source = step.rate_on or step.on, step.rate_source
    in_won: dict[str, Decimal] = {WON: Decimal(1)}
    for one in (step.paper_currency, currency):
        if one not in in_won:
            found = rates.of_day(one, day, source)
            in_won[one], source = found.rate, found.source
    return Rate(rules.cross(in_won[step.paper_currency], in_won[currency]), day, source)


def _paper(deal: Deal, made: DealStep, step: Step, by: User | None, at: datetime) -> Document:
    assert step.file is not None
    kind = rules.PAPERS.get(DealStep.Proof(step.proof), Document.Kind.OTHER)
    title = f"{deal.number} {made.get_proof_display()}"
    return evidence.hold(
        deal, kind=kind, title=title[:200], file=step.file, dated=step.on, handed_in=True,
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def verify(step: DealStep, *, by: User | None, at: datetime) -> DealStep:
    """Verify a shipment after its declaration was looked up, by somebody else than entered it."""
    held = reckoning.hold(step.deal, by=by)
    row = next(one for one in held.steps if one.pk == step.pk)
    row.deal = held.deal
    rules.check_verify(row, by)
    row.verified_at, row.verified_by = at, by
    row.save(update_fields=["verified_at", "verified_by"])
    changes = reckoning.settle(held, by=by, at=at)
    told: dict[str, Any] = {"declaration": [None, row.declaration], "amount": [None, row.amount]}
    history.record("deal.step_verified", held.deal, by=by, at=at, changes=told | changes)
    return row


@transaction.atomic
def strike(step: DealStep, reason: str, *, by: User | None, at: datetime) -> DealStep:
    """Strike a step that was wrong; it stays, with the reason, and counts no more."""
    held = reckoning.hold(step.deal, by=by)
    row = next(one for one in held.steps if one.pk == step.pk)
    row.deal = held.deal
    rules.check_strike(row, reason, by)
    row.struck_at, row.struck_reason = at, reason
    row.save(update_fields=["struck_at", "struck_reason"])
    if row.proof == DealStep.Proof.BUYER:
        held.deal.confirmed_version = None
    changes = reckoning.settle(held, by=by, at=at)
    told = {"step": [row.grade, None], "on": [row.on, None], "amount": [row.amount, None]}
    history.record(
        "deal.step_struck", held.deal, by=by, at=at, changes=told | changes, reason=reason
    )
    return row
