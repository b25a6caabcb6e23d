"""Wishes taken in from a spreadsheet, changed and taken back together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.trade.models import Participant, Wish
from gyoryu.trade.rules import wishes as rules

CHANGE = "trade.change"
FIELDS = ("worth", "part", "slots")
Change = tuple[Wish, dict[str, Any]]
# A participant with what changed of its wishes, by whom they are for: what it was, what it is.
Told = tuple[Participant, str, list[object]]


@transaction.atomic
def enter_wishes(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Wish]:
    """Keep wishes taken from a file; ``rows`` are their fields. They belong to their event."""
    made = []
    for row in rows:
        fields = {name: value for name, value in row.items() if name != "source_note"}
        one = Wish(at=at, **fields)
        _check(one, by)
        made.append(one)
    Wish.objects.bulk_create(made, batch_size=500)
    changed: list[Told] = [(one.by, str(one.to), [None, _told(one)]) for one in made]
    _record(changed, rows[0]["source_note"] if rows else "", by=by, at=at)
    return made


@transaction.atomic
def change_wishes(
    changes: Sequence[Change], *, by: User | None, at: datetime, reason: str = ""
) -> list[dict[str, Any]]:
    """Change wishes; return what each was before, by field."""
    before, changed = [], list[Told]()
    for row, values in changes:
        was, held = _told(row), {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.at = at
        _check(row, by)
        before.append(held)
        changed.append((row.by, str(row.to), [was, _told(row)]))
    rows = [row for row, _values in changes]
    Wish.objects.bulk_update(rows, [*FIELDS, "at"], batch_size=200)
    _record(changed, reason, by=by, at=at)
    return before


@transaction.atomic
def put_back(
    verb: str, changes: Sequence[Change], *, reason: str, by: User | None, at: datetime
) -> None:
    """Give wishes the values they had before an import."""
    change_wishes(changes, by=by, at=at, reason=reason)


@transaction.atomic
def take_out(
    verb: str, rows: Sequence[Wish], *, reason: str, by: User | None, at: datetime
) -> None:
    """Take back wishes that an import has said."""
    for row in rows:
        check_may(by, CHANGE, row.unit)
        rules.check_event_lives(row.by.event)
    changed: list[Told] = [(row.by, str(row.to), [_told(row), None]) for row in rows]
    Wish.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _record(changed, reason, by=by, at=at)


def _told(row: Wish) -> str:
    return rules.in_words(row.worth, row.part, row.slots)


def _check(row: Wish, by: User | None) -> None:
    check_may(by, CHANGE, row.unit)
    rules.check_open(row.by, own=False)
    rules.check_to(row.by, row.to)
    rules.check_worth(row.worth)
    rules.check_length(row.slots, row.worth)


def _record(changed: Iterable[Told], reason: str, *, by: User | None, at: datetime) -> None:
    """Note in one entry for each participant what has changed of its wishes."""
    own: dict[int, dict[str, Any]] = defaultdict(dict)
    people: dict[int, Participant] = {}
    for participant, to, change in changed:
        people[participant.pk] = participant
        own[participant.pk][to] = change
    done = [
        Done("participant.wished", people[pk], changes=changes, reason=reason)
        for pk, changes in own.items()
    ]
    if done:
        history.record_many(done, by=by, at=at)
