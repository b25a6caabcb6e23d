"""Gives each meeting of a plan a table, so that few have to change tables.

Parties that have a place of their own stay at it, where there are tables enough; the others go from
one to the next. Where nobody has one, each slot in turn takes the tables over from the last so that
as many as possible sit where they sat: an assignment with the greatest sum. A change is counted for
each party and each two meetings of its that follow each other in a half-day at different tables.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from ortools.graph.python import linear_sum_assignment, max_flow

from gyoryu.trade.timetable.show import Held, Show


def seat(show: Show, held: Iterable[Held]) -> dict[int, int]:
    """Return the table of each pair that meets, counting from 0."""
    tables: dict[int, int] = {}
    for half_day in _half_days(show, held):
        own = _own(show, half_day)
        sat: dict[int, int] = {}
        for slot in half_day:
            tables |= own or _assigned(show, slot, sat, tables)
            for one in slot:
                sat |= dict.fromkeys(show.pairs[one.pair].both, tables[one.pair])
    return tables


def changes(show: Show, held: Iterable[Held], tables: Mapping[int, int]) -> int:
    """Count how often a party sits at another table than at its meeting before."""
    return sum(
        tables[one.pair] != tables[other.pair]
        for half_day in _half_days(show, held)
        for one, other in _following(show, half_day)
    )


def least_changes(show: Show, held: Iterable[Held]) -> int:
    """Return how many changes any seating has at least.

    Two meetings in one slot cannot both hand their table to the same next meeting, nor take it over
    from the same last one; how many hand on at best is a flow.
    """
    return sum(
        len(links) - _most_kept(links)
        for half_day in _half_days(show, held)
        if (links := _following(show, half_day))
    )


def _half_days(show: Show, held: Iterable[Held]) -> list[list[list[Held]]]:
    """Return the meetings by half-day and slot, in order, each in all its slots."""
    found: dict[int, dict[int, list[Held]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(held):
        for slot in show.taken(one.pair, one.slot):
            found[one.half_day][slot].append(one)
    return [[slots[slot] for slot in sorted(slots)] for slots in found.values()]


def _own(show: Show, half_day: list[list[Held]]) -> dict[int, int]:
    """Return the tables if everybody meets at somebody's own; nothing where there are too few."""
    pairs = [one.pair for slot in half_day for one in slot]
    hosts = [
        [party for party in show.pairs[pair].both if show.parties[party].stays] for pair in pairs
    ]
    places = sorted({host for some in hosts for host in some})
    if len(places) > show.tables or any(len(some) != 1 for some in hosts):
        return {}
    number = {host: place for place, host in enumerate(places)}
    return {pair: number[some[0]] for pair, some in zip(pairs, hosts, strict=True)}


def _assigned(
    show: Show, slot: list[Held], sat: Mapping[int, int], tables: Mapping[int, int]
) -> dict[int, int]:
    """Return the tables of one slot, given where everybody sat last.

    Who goes on from the slot before stays: worth more than all others together.
    """
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    for row in range(show.tables):
        both = (
            Counter(sat[party] for party in show.pairs[slot[row].pair].both if party in sat)
            if row < len(slot)
            else Counter()
        )
        if row < len(slot) and slot[row].pair in tables:
            both[tables[slot[row].pair]] += 2 * show.tables
        for table in range(show.tables):
            solver.add_arc_with_cost(row, table, -both[table])
    solver.solve()
    return {one.pair: solver.right_mate(row) for row, one in enumerate(slot)}


def _following(show: Show, half_day: list[list[Held]]) -> list[tuple[Held, Held]]:
    """Return each party's meetings that follow each other, also after a break."""
    agendas: dict[int, list[Held]] = defaultdict(list)
    for slot in half_day:
        for one in slot:
            for party in show.pairs[one.pair].both:
                if one not in agendas[party][-1:]:
                    agendas[party].append(one)
    return [both for agenda in agendas.values() for both in pairwise(agenda)]


def _most_kept(links: list[tuple[Held, Held]]) -> int:
    """Return for how many of these the table can stay: of several in one slot, for one only."""
    flow = max_flow.SimpleMaxFlow()
    numbers: dict[tuple[str, int, int], int] = {}
    for one, other in links:
        left = numbers.setdefault(("hands on", one.pair, other.slot), len(numbers) + 2)
        right = numbers.setdefault(("takes over", other.pair, one.slot), len(numbers) + 2)
        flow.add_arc_with_capacity(left, right, 1)
    for (side, _, _), number in numbers.items():
        ends = (0, number) if side == "hands on" else (number, 1)
        flow.add_arc_with_capacity(*ends, 1)
    flow.solve(0, 1)
    return int(flow.optimal_flow())
