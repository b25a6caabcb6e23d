"""How money moves: an entry, and the ceilings it goes over, in one transaction or not at all.

These are called by the actions of budgets, awards, claims and vouchers, which ask who may and write
the history. Each movement has a key; the same key twice is one movement. Ceilings are changed by
UPDATEs under their own condition, from the lowest up, so that nobody passes one and no two wait
for each other in a circle. Who moves money under several ceilings in one transaction does it by
``move_all``, which takes them in that order first.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache

from django.db import connection, transaction
from django.db.models import Case, Value, When

from gyoryu.accounts.models import User
from gyoryu.history.inserting import insert_one
from gyoryu.programmes.models import Ceiling, LedgerEntry
from gyoryu.programmes.rules import money as rules
from gyoryu.programmes.rules.money import Delta, Movement, Undoing

Kind = LedgerEntry.Kind
# From the lowest up: the order in which ceilings are taken.
UPWARDS = ("category", "award", "allotment", "line")


@transaction.atomic
def move(movement: Movement, *, by: User | None, at: datetime) -> LedgerEntry:
    """Move money under a ceiling; return the entry, the earlier one if the key was used before.

    Raises ``Refused`` with the number that is left when a ceiling is in the way.
    """
    return move_along(movement, by=by, at=at)


@transaction.atomic(savepoint=False)
def move_along(movement: Movement, *, by: User | None, at: datetime) -> LedgerEntry:
    """Move money as ``move`` does, in an action that is undone itself when this is refused."""
    rules.check_amount(movement.kind, movement.amount)
    rules.check_levels(movement.kind, movement.ceiling.level)
    return _enter(
        LedgerEntry(
            ceiling=movement.ceiling,
            kind=movement.kind,
            amount=movement.amount,
            drawn=_drawn(movement),
            key=movement.key,
            on=movement.on,
            note=movement.note,
            by=by,
            at=at,
        )
    )


@transaction.atomic
def reverse(
    entry: LedgerEntry, *, key: str, on: date, by: User | None, at: datetime, note: str = ""
) -> LedgerEntry:
    """Undo a movement by one of its own that reopens exactly what it had taken."""
    rules.check_can_reverse(entry)
    return _enter(
        LedgerEntry(
            ceiling=entry.ceiling,
            kind=entry.kind,
            amount=-entry.amount,
            drawn=-entry.drawn,
            key=key,
            reverses=entry,
            on=on,
            at=at,
            by=by,
            note=note,
        )
    )


@transaction.atomic
def move_all(
    movements: Sequence[Movement | Undoing], *, by: User | None, at: datetime
) -> list[LedgerEntry]:
    """Carry out several movements and reversals in their order, all of them or none.

    All their ceilings are taken first, from the lowest up, so that two such transactions over the
    same ceilings in another order wait for each other in a line and not in a circle.
    """
    _take(one.ceiling for one in movements)
    return [_one(movement, by, at) for movement in movements]


def _one(movement: Movement | Undoing, by: User | None, at: datetime) -> LedgerEntry:
    if isinstance(movement, Movement):
        return move_along(movement, by=by, at=at)
    undone, key = movement.entry, movement.key
    return reverse(undone, key=key, on=movement.on, note=movement.note, by=by, at=at)


def _take(ceilings: Iterable[Ceiling]) -> None:
    if not connection.features.has_select_for_update:
        return  # SQLite lets one transaction write at a time.
    wanted = {pk for one in ceilings for pk in (one.pk, one.parent_id) if pk}
    height = Case(*(When(level=level, then=Value(n)) for n, level in enumerate(UPWARDS)))
    rows = Ceiling.objects.filter(pk__in=wanted).order_by(height, "pk")
    # Not against new entries, which point at them: those only have to find them there.
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _drawn(movement: Movement) -> int:
    if movement.kind not in {Kind.ALLOTTED, Kind.AWARDED}:
        return 0
    return movement.amount if movement.drawn is None else movement.drawn


def _enter(entry: LedgerEntry) -> LedgerEntry:
    """Write the entry and change the ceilings, or return what the key stands for already."""
    # Unless its key stands, or what it reverses is reversed already.
    if not insert_one(entry, unless_there=True):
        return rules.check_same(LedgerEntry.objects.filter(key=entry.key).first(), entry)
    own, above = rules.effects(entry.kind, entry.amount, entry.drawn, entry.ceiling.level)
    _change(entry.ceiling_id, own)
    if above:
        assert entry.ceiling.parent_id, "only a budget line has nothing above it"
        _change(entry.ceiling.parent_id, above)
    return entry


def _change(pk: int, delta: Delta) -> None:
    """Change a ceiling if it is still whole afterwards; refuse with the reason if it is not."""
    moved = delta.moved()
    statement, whole = _statement(tuple(moved))
    needed = [sum(signs.get(name, 0) * by for name, by in moved.items()) for signs in whole]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*moved.values(), pk, *needed])
        if cursor.rowcount:
            return
    raise rules.why_not(Ceiling.objects.get(pk=pk), delta)


@cache
def _statement(names: tuple[str, ...]) -> tuple[str, list[dict[str, int]]]:
    """Return the UPDATE that moves these columns, and the rules of a whole ceiling it asks for.

    Those about columns that stay as they are hold before and after.
    """
    whole = [signs for signs in rules.WHOLE if signs.keys() & set(names)]
    moves = ", ".join(f'"{name}" = "{name}" + %s' for name in names)
    held = "".join(f" AND {_sum(signs)} + %s >= 0" for signs in whole)
    return f"UPDATE programmes_ceiling SET {moves} WHERE id = %s{held}", whole  # noqa: S608


def _sum(signs: dict[str, int]) -> str:
    return " ".join(f'{"+" if sign > 0 else "-"} "{name}"' for name, sign in signs.items())
