"""What the meeting engine answers about a place, and how good a plan is.

Nothing here asks the database: a plan is searched for in a thread of its own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from gyoryu.trade.queries.floors import Floor, PairOf, Seat
from gyoryu.trade.timetable import first_come, planning, replanning, seating, selection
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
    found = {one.place: one for one in seats}
    places = {one.pair: one.place for one in seats}
    for pair, table in wanted.items():
        if pair not in places or places[pair][2] == table:
            continue
        now = found.pop(places[pair])
        moved = replace(now, table=table)
        if other := found.get(moved.place):
            back = replace(other, table=now.table)
            found[back.place], places[other.pair] = back, back.place
        found[moved.place], places[pair] = moved, moved.place
    return sorted(found.values(), key=lambda one: one.place)


def _placed(
    floor: Floor, held: Iterable[Held], staying: dict[int, int], sat: dict[int, int]
) -> dict[int, int]:
    """Return everybody's table: who stays keeps it, others take a free one, their host's first."""
    tables = dict(staying)
    rows = list(held)
    taken = {(one.half_day, one.slot, tables[one.pair]) for one in rows if one.pair in tables}
    homes: dict[tuple[int, int], int] = {}
    for one in rows:
        if one.pair in staying:
            for party in floor.show.pairs[one.pair].both:
                if floor.show.parties[party].stays:
                    homes[party, one.half_day] = staying[one.pair]
    for one in rows:
        if one.pair in tables:
            continue
        both = floor.show.pairs[one.pair].both
        liked = [homes.get((party, one.half_day)) for party in both] + [sat.get(one.pair)]
        order = [table for table in liked if table is not None] + list(range(floor.show.tables))
        free = (t for t in order if (one.half_day, one.slot, t) not in taken)
        tables[one.pair] = next(free)
        taken.add((one.half_day, one.slot, tables[one.pair]))
    return tables
