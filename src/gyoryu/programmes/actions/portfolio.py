"""What is done to the portfolio: strategies, programmes, their budgets, and what calls get of them.

Money moves through the ledger; a budget that changes is another entry, never another number.
"""

from copy import copy
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import uuid4

from django.db import transaction

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, day_of
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.programmes.actions import ledger
from gyoryu.programmes.models import Allotment, BudgetLine, Call, Ceiling, Programme, Strategy
from gyoryu.programmes.models.ledger import LedgerEntry
from gyoryu.programmes.rules import portfolio as rules
from gyoryu.programmes.rules.money import Movement

CHANGE, APPROVE = "programmes.change", "programmes.approve"
Kind, Level = LedgerEntry.Kind, Ceiling.Level
Row = TypeVar("Row", Strategy, Programme, BudgetLine)


@transaction.atomic
def add_strategy(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Strategy:
    """Add a strategy; ``values`` are its fields."""
    check_may(by, APPROVE, unit)
    made = Strategy(unit=unit, **_tidied(values))
    rules.check_named(made)
    made.save()
    history.record("strategy.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_strategy(
    row: Strategy, values: dict[str, Any], *, by: User | None, at: datetime
) -> Strategy:
    """Change a strategy's fields."""
    check_may(by, APPROVE, row.unit)
    check_stands(row)
    rules.check_named(_as_it_would_stand(row, values))
    return _changed(row, values, "strategy.changed", by, at)


@transaction.atomic
def void_strategy(row: Strategy, *, reason: str, by: User | None, at: datetime) -> Strategy:
    """Take back a strategy entered by mistake."""
    check_may(by, APPROVE, row.unit)
    rules.check_void_strategy(row, reason)
    return _void(row, "strategy.voided", reason, by, at)


@transaction.atomic
def add_programme(
    unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime
) -> Programme:
    """Add a programme under the government's next number; ``values`` are its fields."""
    check_may(by, CHANGE, unit)
    made = Programme(unit=unit, **_tidied(values))
    rules.check_programme(made)
    made.number = next_number(unit, "PR", made.first_year, by=by)
    made.save()
    history.record("programme.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_programme(
    row: Programme, values: dict[str, Any], *, by: User | None, at: datetime
) -> Programme:
    """Change a programme's fields."""
    check_may(by, CHANGE, row.unit)
    rules.check_runs(row)
    rules.check_programme(_as_it_would_stand(row, values))
    return _changed(row, values, "programme.changed", by, at)


@transaction.atomic
def end_programme(
    row: Programme, *, on: date, reason: str, by: User | None, at: datetime
) -> Programme:
    """End a programme on a day and for a reason; what it granted goes on to its settlement."""
    check_may(by, APPROVE, row.unit)
    rules.check_end(row, on=on, reason=reason, today=day_of(at))
    changes = history.changes(row, {"ended_on": on, "ended_reason": reason})
    row.save(update_fields=[*changes])
    history.record("programme.ended", row, by=by, at=at, changes=changes, reason=reason)
    return row


@transaction.atomic
def void_programme(row: Programme, *, reason: str, by: User | None, at: datetime) -> Programme:
    """Take back a programme entered by mistake."""
    check_may(by, APPROVE, row.unit)
    rules.check_void_programme(row, reason)
    return _void(row, "programme.voided", reason, by, at)


@transaction.atomic
def open_line(
    programme: Programme,
    values: dict[str, Any],
    *,
    by: User | None,
    at: datetime,
    key: str = "",
) -> BudgetLine:
    """Enter a year's budget of a programme under one account code and fund.

    ``values`` are its fields, ``amount`` in won, and ``on``, the day it was passed.
    """
    check_may(by, APPROVE, programme.unit)
    rules.check_runs(programme)
    fields = _tidied(values)
    amount, on = int(fields.pop("amount")), fields.pop("on", None) or day_of(at)
    made = BudgetLine(unit_id=programme.unit_id, programme=programme, **fields)
    rules.check_line(made)
    rules.check_appropriates(amount)
    made.ceiling = Ceiling.objects.create(level=Level.LINE)
    made.save()
    _move(made.ceiling, Kind.APPROPRIATED, amount, on, key, "", by, at)
    history.record("line.opened", made, by=by, at=at, changes={"amount": [None, amount]})
    return made


@transaction.atomic
def change_line(
    row: BudgetLine, values: dict[str, Any], *, by: User | None, at: datetime
) -> BudgetLine:
    """Correct a line's year, account or fund; its amount changes by ``supplement`` alone."""
    check_may(by, APPROVE, row.unit)
    check_stands(row)
    rules.check_line(_as_it_would_stand(row, values))
    return _changed(row, values, "line.changed", by, at)


@transaction.atomic
def supplement(
    row: BudgetLine,
    *,
    amount: int,
    on: date,
    reason: str,
    by: User | None,
    at: datetime,
    key: str = "",
) -> BudgetLine:
    """Enter a supplementary budget: what a line gets more, or below zero, what is taken off it."""
    check_may(by, APPROVE, row.unit)
    check_stands(row)
    check_reason(reason, most=300)
    _move(row.ceiling, Kind.APPROPRIATED, amount, on, key, reason, by, at)
    changes = {"amount": _limits(row.ceiling, amount)}
    history.record("line.supplemented", row, by=by, at=at, changes=changes, reason=reason)
    return row


@transaction.atomic
def void_line(row: BudgetLine, *, reason: str, by: User | None, at: datetime) -> BudgetLine:
    """Take back a line entered by mistake: its budget is reversed and it is voided."""
    check_may(by, APPROVE, row.unit)
    row.ceiling.refresh_from_db()
    rules.check_void_line(row, reason)
    if row.ceiling.limit:
        _move(
            row.ceiling, Kind.APPROPRIATED, -row.ceiling.limit, day_of(at), f"line-{row.pk}/voided",
            reason[:300], by, at,
        )  # fmt: skip
    return _void(row, "line.voided", reason, by, at)


@transaction.atomic
def allot(  # noqa: PLR0913 (who, what, when and why, and the key of the call)
    line: BudgetLine,
    *,
    call: Call,
    amount: int,
    on: date,
    reason: str,
    by: User | None,
    at: datetime,
    key: str = "",
) -> Allotment:
    """Set part of a line apart for a call; below zero takes back what no award has yet."""
    check_may(by, APPROVE, line.unit)
    rules.check_allot(line, call, {"reason": reason})
    made = _allotment(line, call)
    _move(made.ceiling, Kind.ALLOTTED, amount, on, key, reason, by, at)
    changes = {"allotted": _limits(made.ceiling, amount)}
    done = [
        Done("line.allotted", line, changes={**changes, "call": [None, call]}, reason=reason),
        Done("call.allotted", call, changes={**changes, "line": [None, line]}, reason=reason),
    ]
    history.record_many(done, by=by, at=at)
    return made


def _allotment(line: BudgetLine, call: Call) -> Allotment:
    # The line is taken first, so that two officers at once do not make two of one.
    rows = BudgetLine.objects.select_for_update(of=("self",), no_key=True)
    rows.get(pk=line.pk)
    found = Allotment.objects.select_related("ceiling").filter(line=line, call=call).first()
    if found:
        return found
    ceiling = Ceiling.objects.create(level=Level.ALLOTMENT, parent=line.ceiling)
    return Allotment.objects.create(line=line, call=call, ceiling=ceiling)


def _limits(ceiling: Ceiling, amount: int) -> list[int]:
    """Return a limit before and after it was moved."""
    ceiling.refresh_from_db()
    return [ceiling.limit - amount, ceiling.limit]


def _move(  # noqa: PLR0913 (a movement is these things)
    ceiling: Ceiling, kind: str, amount: int, on: date, key: str, note: str, by: User | None,
    at: datetime,
) -> LedgerEntry:  # fmt: skip
    key = key or f"{kind}/{uuid4()}"
    return ledger.move(Movement(ceiling, kind, amount, key, on, note=note), by=by, at=at)


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    named = {"name_ko", "name_en", "name", "account_code"} & values.keys()
    return {**values, **{name: names.nfc(values[name] or "") for name in named}}


def _as_it_would_stand(row: Row, values: dict[str, Any]) -> Row:
    proposed = copy(row)
    for name, value in _tidied(values).items():
        setattr(proposed, name, value)
    return proposed


def _changed(row: Row, values: dict[str, Any], verb: str, by: User | None, at: datetime) -> Row:
    changes: dict[str, Any] = history.changes(row, _tidied(values))
    if changes:
        row.save(update_fields=[*changes])
        history.record(verb, row, by=by, at=at, changes=changes)
    return row


def _void(row: Row, verb: str, reason: str, by: User | None, at: datetime) -> Row:
    row.voided_at, row.voided_reason = at, reason
    row.save(update_fields=["voided_at", "voided_reason"])
    history.record(verb, row, by=by, at=at, reason=reason)
    return row
