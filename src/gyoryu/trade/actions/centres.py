"""Business centres: opened, changed, closed; who works there, and what they cost."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Record, Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts, day_of
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.history.inserting import insert_all
from gyoryu.trade.models import Centre, Post, RunningCost
from gyoryu.trade.rules import centres as rules

CHANGE = "trade.change"


@transaction.atomic
def open_centre(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Centre:
    """Enter a centre."""
    check_may(by, CHANGE, unit)
    row = Centre(unit=unit, **values)
    check_texts(row)
    rules.check_centre(row)
    row.save()
    history.record("centre.opened", row, by=by, at=at)
    return row


@transaction.atomic
def change(row: Centre, values: dict[str, Any], *, by: User | None, at: datetime) -> Centre:
    """Change a centre's facts. What it promised before keeps the day that was promised."""
    check_may(by, CHANGE, row.unit)
    rules.check_open(row)
    changes = history.changes(row, values)
    check_texts(row)
    rules.check_centre(row)
    if changes:
        row.save(update_fields=list(changes))
        history.record("centre.changed", row, by=by, at=at, changes=changes)
    return row


@transaction.atomic
def close(row: Centre, on: date, reason: str, *, by: User | None, at: datetime) -> Centre:
    """Close a centre; who works there has left on that day."""
    check_may(by, CHANGE, row.unit)
    rules.check_close(row, on, reason, day_of(at))
    changes = history.changes(row, {"closed_on": on, "closed_reason": reason})
    row.save(update_fields=list(changes))
    for post in row.posts.filter(until=None):
        post.until = max(on, post.since)
        post.save(update_fields=["until"])
    history.record("centre.closed", row, by=by, at=at, changes=changes, reason=reason)
    return row


@transaction.atomic
def add_post(row: Centre, values: dict[str, Any], *, by: User | None, at: datetime) -> Post:
    """Enter somebody who works at a centre from a day on."""
    check_may(by, CHANGE, row.unit)
    rules.check_open(row)
    rules.check_post(values)
    post = Post.objects.create(centre=row, **values)
    told = {"post": [None, str(post)], "since": [None, post.since]}
    history.record("centre.post_added", row, by=by, at=at, changes=told)
    return post


@transaction.atomic
def end_post(post: Post, until: date, *, by: User | None, at: datetime) -> Post:
    """Note the last day of somebody at a centre."""
    check_may(by, CHANGE, post.centre.unit)
    rules.check_end_post(post, until)
    post.until = until
    post.save(update_fields=["until"])
    told = {"post": [str(post), str(post)], "until": [None, until]}
    history.record("centre.post_ended", post.centre, by=by, at=at, changes=told)
    return post


@transaction.atomic
def note_costs(
    row: Centre, amounts: dict[tuple[date, str], int | None], *, by: User | None, at: datetime
) -> int:
    """Note a year's grid: (first of the month, kind) -> won; return how many cells changed.

    None means that nothing is said: what stood there is voided. Zero is a statement.
    """
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    held = RunningCost.objects.select_for_update().filter(
        centre=row, voided_at=None, month__in={month for month, _kind in amounts}
    )
    there = {(one.month, one.kind): one for one in held}
    before_all = f"{sum(one.amount for one in there.values()):,}"
    told, new = [], []
    for (month, kind), amount in amounts.items():
        before = there.get((month, kind))
        if (before.amount if before else None) == amount:
            continue
        if amount is not None:
            rules.check_cost(row, month, amount, rules.cell(month.month, kind))
        if before is None and amount is not None:
            before = RunningCost(unit=row.unit, centre=row, month=month, kind=kind, amount=amount)
            new.append(before)
            told.append(Done("cost.entered", before, changes={"amount": [None, amount]}))
        elif before is not None:
            told.append(_put(before, amount, at))
    insert_all(new)
    if told:
        after = [one for one in (*there.values(), *new) if one.voided_at is None]
        sums = {"running_cost": [before_all, f"{sum(one.amount for one in after):,}"]}
        history.record_many(told, by=by, at=at)
        history.record("centre.costs_noted", row, by=by, at=at, changes=sums)
    return len(told)


def _put(row: RunningCost, amount: int | None, at: datetime) -> Done:
    if amount is None:
        row.voided_at, row.voided_reason = at, "–"
        row.save(update_fields=["voided_at", "voided_reason"])
        return Done("cost.voided", row, changes={"amount": [row.amount, None]})
    before, row.amount = row.amount, amount
    row.save(update_fields=["amount"])
    return Done("cost.changed", row, changes={"amount": [before, amount]})


@transaction.atomic
def enter_costs(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[RunningCost]:
    """Take costs over from a file; ``rows`` have centre, month, kind, amount, source_note."""
    made = []
    for values in rows:
        centre = values["centre"]
        check_may(by, CHANGE, centre.unit)
        rules.check_cost(centre, values["month"], values["amount"])
        made.append(RunningCost(unit=centre.unit, source=Record.Source.IMPORTED, **values))
    insert_all(made)
    told = [Done("cost.entered", row, reason=row.source_note) for row in made]
    history.record_many(told, by=by, at=at)
    return made


@transaction.atomic
def change_costs(
    changes: Sequence[tuple[RunningCost, dict[str, Any]]],
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> list[dict[str, Any]]:
    """Change costs as a file says; return what each had before."""

    def may(row: RunningCost, _values: dict[str, Any]) -> None:
        check_may(by, CHANGE, row.unit)
        check_stands(row)

    return history.change_together(
        "cost.changed", changes, may, check_texts, by=by, at=at, reason=reason
    )


@transaction.atomic
def put_costs_back(
    verb: str,
    changes: Sequence[tuple[RunningCost, dict[str, Any]]],
    *,
    by: User | None,
    at: datetime,
    reason: str,
) -> None:
    """Give costs the amounts they had before a file."""
    change_costs(changes, by=by, at=at, reason=reason)


@transaction.atomic
def void_costs(
    verb: str, rows: Sequence[RunningCost], *, reason: str, by: User | None, at: datetime
) -> None:
    """Void costs that a file made."""
    check_reason(reason)
    for row in rows:
        check_may(by, CHANGE, row.unit)
        check_stands(row)
    history.void_together(verb, rows, by=by, at=at, reason=reason)
