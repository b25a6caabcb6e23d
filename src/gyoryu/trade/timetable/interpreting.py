"""Says who interprets at each meeting of a plan whose parties have no language in common.

In each slot as many as possible are served; then whoever interprets already for a meeting stays
with it, and else stays at the table where it was in the slot before.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ortools.graph.python import linear_sum_assignment

from gyoryu.trade.timetable.show import Held, Show

# What it is worth to stay with the meeting, and to stay at the table.
MEETING, TABLE = 5, 2


def staff(
    show: Show,
    held: Iterable[Held],
    tables: Mapping[int, int],
    now: Mapping[int, int] | None = None,
) -> dict[int, int]:
    """Return the interpreters' number of each pair that has one; ``now`` is who does it so far."""
    desks = [number for number, some in enumerate(show.interpreters) for _ in range(some.count)]
    slots: dict[tuple[int, int], list[int]] = defaultdict(list)
    for one in sorted(held):
        for slot in show.taken(one.pair, one.slot):
            if show.needs[one.pair]:
                slots[one.half_day, slot].append(one.pair)
    found: dict[int, int] = {}
    sat: dict[int, int] = {}
    before = -1
    for (half_day, _slot), pairs in sorted(slots.items()):
        sat = sat if half_day == before else {}
        before = half_day
        chosen = _assigned(show, desks, pairs, {**(now or {}), **found}, tables, sat)
        found |= {pair: desks[desk] for pair, desk in chosen.items()}
        sat |= {desk: tables[pair] for pair, desk in chosen.items() if pair in tables}
    return found


def _assigned(
    show: Show,
    desks: list[int],
    pairs: list[int],
    now: Mapping[int, int],
    tables: Mapping[int, int],
    sat: Mapping[int, int],
) -> dict[int, int]:
    """Return the desk of each pair in one slot that gets one."""
    size = max(len(desks), len(pairs))
    # More than all preferences together, so that nobody goes without for their sake.
    served = (MEETING + TABLE) * size + 1
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    for row in range(size):
        for desk in range(size):
            worth = 0
            if row < len(pairs) and desk < len(desks) and desks[desk] in _able(show, pairs[row]):
                pair = pairs[row]
                stays = MEETING * (now.get(pair) == desks[desk])
                worth = served + stays + TABLE * (desk in sat and sat[desk] == tables.get(pair))
            solver.add_arc_with_cost(row, desk, -worth)
    solver.solve()
    mates = {pair: solver.right_mate(row) for row, pair in enumerate(pairs)}
    return {
        pair: desk
        for pair, desk in mates.items()
        if desk < len(desks) and desks[desk] in _able(show, pair)
    }


def _able(show: Show, pair: int) -> frozenset[int]:
    return show.needs[pair] or frozenset()
