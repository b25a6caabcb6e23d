"""What the meeting engine answers about a place, and how good a plan is.

Nothing here asks the database: a plan is searched for in a thread of its own.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gyoryu.trade.queries.floors import Floor, PairOf, Seat
from gyoryu.trade.timetable import first_come, placing, planning, replanning, seating, selection
from gyoryu.trade.timetable.show import Held
from gyoryu.trade.timetable.values import Limits


@dataclass(frozen=True)
class Answer:
    """A plan as seats, and its figures as a timetable keeps them."""

    seats: list[Seat]
    figures: dict[str, Any]


def planned(floor: Floor, limits: Limits, fixed: Iterable[Seat] = ()) -> Answer:
    """Plan a place from the beginning; ``fixed`` seats keep their tables where they can."""
    plan = planning.plan(floor.show, limits)
    tables = seating.seat(floor.show, plan.held)
    sure = [one for one in fixed if one.fixed]
    seats = floor.seats(plan.held, tables, {one.pair for one in sure})
    seats = _at_their_tables(seats, {one.pair: one.table for one in sure})
    told = {
        **figures(floor, seats),
        "bound": plan.bound,
        "least_breaks": plan.least_breaks,
        "first_come": _booked(floor, limits),
        "seconds": plan.seconds,
        "proven": None,
    }
    return Answer(floor.staffed(seats), told)


def mended(
    floor: Floor, published: Iterable[Seat], limits: Limits, arrived: Collection[int] = ()
) -> Answer:
    """Change a published plan by as few moves as can be; who ``arrived`` late gets its least."""
    rows = list(published)
    newcomers = [floor.parties[pk] for pk in arrived if pk in floor.parties]
    change = replanning.replan(floor.show, floor.held(rows), limits, newcomers)
    before = {one.pair: one for one in rows}
    sat = {floor.pairs[pair]: one.table - 1 for pair, one in before.items() if pair in floor.pairs}
    stood = set(floor.held(rows))
    staying = {one.pair: sat[one.pair] for one in change.held if one in stood}
    tables = _placed(floor, change.held, staying, sat)
    seats = floor.seats(change.held, tables, {one.pair for one in rows if one.fixed})
    told = {
        **figures(floor, seats),
        "bound": selection.bound_of(floor.show),
        "least_breaks": None,
        "first_come": None,
        "seconds": change.seconds,
        "proven": change.proven,
    }
    kept = {one.pair: one.interpreter for one in rows}
    again = [replace(one, interpreter=kept.get(one.pair)) for one in seats]
    return Answer(floor.staffed(again), told)


def figures(floor: Floor, seats: Iterable[Seat]) -> dict[str, Any]:
    """Return how good these seats are: what can be said of any plan, however it came about."""
    rows = list(seats)
    held, tables = floor.held(rows), floor.tables(rows)
    plan = planning.assess(floor.show, list(held), 0.0)
    return {
        "value": plan.value,
        "breaks": plan.breaks,
        "table_changes": seating.changes(floor.show, held, tables),
        "least_table_changes": seating.least_changes(floor.show, held),
        "short": sorted(floor.participant(party) for party in plan.short),
    }


def _booked(floor: Floor, limits: Limits) -> int:
    booked = first_come.book(floor.show, limits.seed)
    return selection.worth(floor.show, (one.pair for one in booked))


def _at_their_tables(seats: list[Seat], wanted: dict[PairOf, int]) -> list[Seat]:
    """Put fixed meetings back to their tables, changing places with who sits there."""
    placed = {one.pair: one for one in seats}
    for pair, table in wanted.items():
        now = placed.get(pair)
        if now is None or now.table == table:
            continue
        other = {now.table: table, table: now.table}
        group = _together(placed.values(), now, other)
        # Another fixed meeting that sits where it belongs is not sent away for this one.
        if not any(one.table == wanted.get(one.pair) for one in group):
            placed |= {one.pair: replace(one, table=other[one.table]) for one in group}
    return sorted(placed.values(), key=lambda one: one.place)


def _together(seats: Collection[Seat], first: Seat, tables: Collection[int]) -> list[Seat]:
    """Return the meetings that change between two tables with one: all that overlap, in turn."""
    near = [one for one in seats if one.half_day == first.half_day and one.table in tables]
    group, slots = [first], {place[1] for place in first.taken}
    while more := [
        one for one in near if one not in group and slots & {place[1] for place in one.taken}
    ]:
        group += more
        slots |= {place[1] for one in more for place in one.taken}
    return group


def _placed(
    floor: Floor, held: Iterable[Held], staying: dict[int, int], sat: dict[int, int]
) -> dict[int, int]:
    """Return everybody's table: who stays keeps it, others take a free one, their host's first.

    Where no table is free for the whole of a long meeting, its half-day is seated anew.
    """
    tables = dict(staying)
    rows = list(held)
    taken = {
        (place, tables[one.pair])
        for one in rows
        if one.pair in tables
        for place in placing.taken(floor.show, one.pair, (one.half_day, one.slot))
    }
    homes, again = _homes(floor, rows, staying), set[int]()
    for one in rows:
        if one.pair in tables:
            continue
        both = floor.show.pairs[one.pair].both
        liked = [homes.get((party, one.half_day)) for party in both] + [sat.get(one.pair)]
        order = [table for table in liked if table is not None] + list(range(floor.show.tables))
        places = placing.taken(floor.show, one.pair, (one.half_day, one.slot))
        free = (t for t in order if all((place, t) not in taken for place in places))
        table = next(free, None)
        if table is None:
            again.add(one.half_day)
            continue
        tables[one.pair] = table
        taken |= {(place, table) for place in places}
    for half_day in again:
        tables |= seating.seat(floor.show, [one for one in rows if one.half_day == half_day])
    return tables


def _homes(
    floor: Floor, rows: Iterable[Held], tables: Mapping[int, int]
) -> dict[tuple[int, int], int]:
    """Return where those who stay at a place of their own sit, by party and half-day."""
    return {
        (party, one.half_day): tables[one.pair]
        for one in rows
        if one.pair in tables
        for party in floor.show.pairs[one.pair].both
        if floor.show.parties[party].stays
    }
