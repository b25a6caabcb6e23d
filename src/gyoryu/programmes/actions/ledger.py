"""How money moves: an entry, and the ceilings it goes over, in one transaction or not at all.

These are called by the actions of budgets, awards, claims and vouchers, which ask who may and write
the history. Each movement has a key; the same key twice is one movement. Ceilings are changed by
UPDATEs under their own condition, from the lowest up, so that nobody passes one and no two wait
for each other in a circle.
"""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F

from gyoryu.accounts.models import User
from gyoryu.programmes.models import Ceiling, LedgerEntry
from gyoryu.programmes.rules import money as rules
from gyoryu.programmes.rules.money import Delta, Movement

Kind = LedgerEntry.Kind


@transaction.atomic
def move(movement: Movement, *, by: User | None, at: datetime) -> LedgerEntry:
    """Move money under a ceiling; return the entry, the earlier one if the key was used before.

    Raises ``Refused`` with the number that is left when a ceiling is in the way.
    """
    rules.check_amount(movement.kind, movement.amount)
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
    earlier = LedgerEntry.objects.filter(key=key).first()
    if earlier is None:
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


def _drawn(movement: Movement) -> int:
    if movement.kind not in {Kind.ALLOTTED, Kind.AWARDED}:
        return 0
    return movement.amount if movement.drawn is None else movement.drawn


def _enter(entry: LedgerEntry) -> LedgerEntry:
    """Write the entry and change the ceilings, or return what the key stands for already."""
    if not _written(entry):
        earlier = LedgerEntry.objects.get(key=entry.key)
        rules.check_same(earlier, entry.ceiling, entry.kind, entry.amount)
        return earlier
    own, above = rules.effects(entry.kind, entry.amount, entry.drawn, entry.ceiling.level)
    _change(entry.ceiling_id, own)
    if above:
        assert entry.ceiling.parent_id, "only a budget line has nothing above it"
        _change(entry.ceiling.parent_id, above)
    return entry


def _written(entry: LedgerEntry) -> bool:
    """Insert the entry unless its key stands; whoever comes second with a key waits for the first.

    In SQL, because only so does one statement both insert and tell whether it did.
    """
    columns = [field for field in LedgerEntry._meta.local_concrete_fields if not field.primary_key]
    values = [
        field.get_db_prep_save(getattr(entry, field.attname), connection) for field in columns
    ]
    names = ", ".join(f'"{field.column}"' for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO programmes_ledgerentry ({names}) VALUES ({marks})"  # noqa: S608
            " ON CONFLICT (key) DO NOTHING RETURNING id",
            values,
        )
        row = cursor.fetchone()
    if row is None:
        return False
    entry.pk, entry._state.adding, entry._state.db = row[0], False, connection.alias
    return True


def _change(pk: int, delta: Delta) -> None:
    """Change a ceiling if it is still whole afterwards; refuse with the reason if it is not."""
    moved = {name: F(name) + by_how_much for name, by_how_much in delta.moved().items()}
    if Ceiling.objects.filter(rules.holds(delta), pk=pk).update(**moved):
        return
    raise rules.why_not(Ceiling.objects.get(pk=pk), delta)
