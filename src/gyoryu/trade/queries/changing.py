"""What a change of a plan by hand would come to: asked before it is made, and while it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from gyoryu.trade.models import HalfDay, Meeting
from gyoryu.trade.queries import faults
from gyoryu.trade.queries.floors import Floor, PairOf, Seat
from gyoryu.trade.timetable import moving

# A half-day's number, a slot and a table.
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Asked:
    """The plan after a move; ``reasons`` say why it cannot be, ``other`` is who sits there now.

    ``swappable`` says that the two can change places.
    """

    seats: list[Seat]
    reasons: list[str]
    other: Seat | None = None
    swappable: bool = False


def seat_of(seats: Iterable[Seat], pair: PairOf) -> Seat | None:
    """Return where a pair meets."""
    return next((one for one in seats if one.pair == pair), None)


def reasons(floor: Floor, seats: Iterable[Seat], seat: Seat) -> list[str]:
    """Say all that a meeting in a place would break; nothing when it can be there."""
    if seat.pair not in floor.pairs:
        return [_("They do not both take part here.")]
    found = faults.broken(floor, seats, seat)
    return [faults.told(floor, seat.pair, one) for one in found]


def asked(
    floor: Floor, seats: list[Seat], moved: Seat, place: Place, *, swap: bool = False
) -> Asked:
    """Say what it would break to move a meeting, and whether it could change places instead.

    The meeting is as long as the ``floor`` knows it.
    """
    slots = floor.slots(moved.pair)
    target = replace(moved, half_day=place[0], slot=place[1], table=place[2], slots=slots)
    there = (one for one in seats if place in one.taken and one.pair != moved.pair)
    other = next(there, None)
    if other and other.pair in floor.pairs and moved.pair in floor.pairs:
        exchanged = _exchanged(seats, moved, other)
        wrong = _wrong_of_swap(floor, exchanged, moved, other)
        if swap:
            return Asked(exchanged, wrong, other, not wrong)
        told = reasons(floor, seats, target)
        return Asked(seats, told, other, not wrong)
    told = reasons(floor, seats, target)
    return Asked([target if one.pair == moved.pair else one for one in seats], told, other)


def _exchanged(seats: list[Seat], one: Seat, other: Seat) -> list[Seat]:
    to = {
        one.pair: replace(one, half_day=other.half_day, slot=other.slot, table=other.table),
        other.pair: replace(other, half_day=one.half_day, slot=one.slot, table=one.table),
    }
    return [to.get(seat.pair, seat) for seat in seats]


def _wrong_of_swap(floor: Floor, exchanged: list[Seat], one: Seat, other: Seat) -> list[str]:
    found = []
    for pair in (one.pair, other.pair):
        seat = seat_of(exchanged, pair)
        if seat is not None:
            found += reasons(floor, exchanged, seat)
    return list(dict.fromkeys(found))


def free_places(floor: Floor, seats: list[Seat], pair: PairOf) -> list[tuple[int, int, list[int]]]:
    """Return where a meeting could be without breaking anything: half-day, slot, free tables."""
    if pair not in floor.pairs:
        return []
    taken = {place for one in seats if one.pair != pair for place in one.taken}
    found = []
    held = floor.held(seats)
    for half_day, slot in moving.free_places(floor.show, held, floor.pairs[pair]):
        pk = floor.half_days[half_day].pk
        tables = [
            table
            for table in range(1, floor.show.tables + 1)
            if taken.isdisjoint((pk, slot + 1 + one, table) for one in range(floor.slots(pair)))
        ]
        found.append((pk, slot + 1, tables))
    return found


def told(floor: Floor, before: Iterable[Seat], after: Iterable[Seat]) -> dict[str, Any]:
    """Say what has changed from one plan to another as the history keeps it."""
    days = {one.pk: one for one in floor.half_days}
    old, new = ({one.pair: one for one in seats} for seats in (before, after))
    found = {}
    for pair in sorted(old.keys() | new.keys()):
        was, now = (_place(days, rows.get(pair)) for rows in (old, new))
        if was != now:
            found[" × ".join(str(floor.people[pk]) for pk in pair)] = [was, now]
    return found


def _place(days: dict[int, HalfDay], seat: Seat | None) -> str | None:
    if seat is None:
        return None
    row = Meeting(half_day=days[seat.half_day], slot=seat.slot, slots=seat.slots)
    fixed = " ●" if seat.fixed else ""
    return f"{row.begins:%Y-%m-%d %H:%M}–{row.ends:%H:%M} #{seat.table}{fixed}"
