"""Deals taken over from lists by the thousand, changed by them, and taken back together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.actions.typed import keep_ahead, next_numbers
from gyoryu.accounts.models import Record, Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules import given
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.history.inserting import insert_all
from gyoryu.trade.actions import deals, tallies
from gyoryu.trade.actions.reckoning import COPIES
from gyoryu.trade.models import Deal, DealStep
from gyoryu.trade.queries import deals as queries
from gyoryu.trade.rules import deals as rules
from gyoryu.trade.rules import proofs
from gyoryu.trade.rules.deals import Step

TOGETHER = 500
Change = tuple[Deal, dict[str, Any]]
# What a row says of the deal's first step.
STEP = ("grade", "on", "amount")


@transaction.atomic
def enter_deals(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Deal]:
    """Take deals over, each with its first step by the company's word.

    ``rows`` are as for one deal, with ``organisation`` for the buyer, ``source_note``, and of the
    step ``grade``, ``on`` and ``amount``. They belong to the unit of their event, where they have
    one.
    """
    made, steps = [], []
    for values in rows:
        deal, step = _row(unit, values, by, at)
        made.append(deal)
        steps.append(step)
    for one in {deal.unit.pk: deal.unit for deal in made}.values():
        check_may(by, rules.CHANGE, one)
        check_may(by, rules.SEE, one)
        _number(one, [deal for deal in made if deal.unit_id == one.pk], by)
    insert_all(made)
    for deal, step in zip(made, steps, strict=True):
        step.deal = deal
    insert_all(steps)
    tallies.moved([], [one for deal in made for one in tallies.of_deal(deal)])
    told = [Done("deal.entered", deal, reason=deal.source_note) for deal in made]
    history.record_many(told, by=by, at=at)
    return made


def _row(
    unit: Unit, values: dict[str, Any], by: User | None, at: datetime
) -> tuple[Deal, DealStep]:
    """Make a deal and its step of a row, checked as typed ones are."""
    own = {name: value for name, value in values.items() if name not in {*STEP, "organisation"}}
    own["buyer"] = values["organisation"]
    rules.check_values(own)
    told = Step(
        grade=values["grade"], on=values["on"], proof=proofs.Proof.WORD, amount=values.get("amount")
    )
    rules.check_step(told, given.day_of(at))
    event = own.get("event")
    deal = Deal(unit=event.unit if event else unit, source=Record.Source.IMPORTED, owner=by, **own)
    deal.country = deal.country or queries.country_of(deal.buyer)
    step = DealStep(
        grade=told.grade, on=told.on, amount=told.amount, proof=told.proof, noted_by=by,
        noted_at=at, note=deal.source_note[:500],
    )  # fmt: skip
    now = proofs.reckoned([step], deal.currency, step.on)
    for name in COPIES:
        setattr(deal, name, getattr(now, name))
    given.check_texts(deal)
    return deal, step


def _number(unit: Unit, made: Sequence[Deal], by: User | None) -> None:
    keep_ahead(unit, "DE", [row.number for row in made if row.number], by=by)
    for year in sorted({row.graded_on.year for row in made}):
        waiting = [row for row in made if row.graded_on.year == year and not row.number]
        numbers = next_numbers(unit, "DE", year, len(waiting), by=by)
        for row, number in zip(waiting, numbers, strict=True):
            row.number = number


@transaction.atomic
def change_deals(
    changes: Sequence[Change], *, by: User | None, at: datetime, reason: str = ""
) -> list[dict[str, Any]]:
    """Change fields of deals; return what each had before. What was confirmed is asked anew."""
    before = []
    for row, values in changes:
        before.append({name: getattr(row, name) for name in values})
        deals.change(row, values, by=by, at=at)
    return before


@transaction.atomic
def put_back(
    verb: str, changes: Sequence[Change], *, by: User | None, at: datetime, reason: str
) -> None:
    """Give deals the values they had before an import; who undoes it has asked what stands."""
    change_deals(changes, by=by, at=at, reason=reason)


@transaction.atomic
def void_many(
    verb: str, rows: Sequence[Deal], *, reason: str, by: User | None, at: datetime
) -> None:
    """Void deals that an import made, together and for one reason; they count nowhere any more."""
    given.check_reason(reason)
    for row in rows:
        check_may(by, rules.CHANGE, row.unit)
        given.check_stands(row)
    for start in range(0, len(rows), TOGETHER):
        keys = [row.pk for row in rows[start : start + TOGETHER]]
        held = Deal.objects.filter(pk__in=keys).select_related("event")
        tallies.moved([one for deal in held for one in tallies.of_deal(deal)], [])
    history.void_together(verb, rows, by=by, at=at, reason=reason)
