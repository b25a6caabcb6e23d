"""Plans a show: chooses the meetings, then gives each half-day the timetable with fewest breaks.

Half-days are independent once the meetings are chosen, so that each is solved on its own, as many
at a time as there are workers; each by one worker, so that the plan is the same however many there
are. Where absences leave no room for a pair that was chosen, the least valuable are left out, and
whoever still has time together afterwards meets.
"""

import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

from gyoryu.trade.timetable import replanning, selection, solving
from gyoryu.trade.timetable.blocks import Block, block_of
from gyoryu.trade.timetable.placing import Placing, as_places
from gyoryu.trade.timetable.programme import Impossible
from gyoryu.trade.timetable.show import Held, Plan, Show
from gyoryu.trade.timetable.values import Limits, Status

Choice = Mapping[int, int]


@dataclass(frozen=True)
class Solved:
    """The places in a half-day, and how few breaks the same meetings could have."""

    half_day: int
    held: tuple[Held, ...]
    least: int


def plan(show: Show, limits: Limits) -> Plan:
    """Return the plan; raises `Impossible` where the fixed meetings contradict each other."""
    started = time.monotonic()
    chosen = selection.choose(show)
    solved = _solved(show, chosen.choice, limits, range(len(show.half_days)))
    held = {one.pair: one.half_day for half_day in solved for one in half_day.held}
    if len(held) < len(chosen.choice):
        solved = _with_the_rest(show, solved, limits)
    told = assess(show, [one for half_day in solved for one in half_day.held], chosen.bound)
    least = sum(one.least for one in solved)
    return replace(told, least_breaks=least, seconds=time.monotonic() - started)


def assess(show: Show, held: list[Held], bound: float) -> Plan:
    """Return a plan of these meetings with its figures; its least breaks are not known."""
    breaks, idle = waits(show, held)
    met = Counter(party for one in held for party in show.pairs[one.pair].both)
    asked = Counter(party for pair in show.pairs for party in pair.both)
    lacking = {
        number: min(party.least, asked[number]) - met[number]
        for number, party in enumerate(show.parties)
    }
    return Plan(
        tuple(sorted(held)),
        selection.worth(show, (one.pair for one in held)),
        bound,
        breaks,
        0,
        idle,
        selection.opened(show, {one.pair: one.half_day for one in held}),
        {number: count for number, count in lacking.items() if count > 0},
    )


def waits(show: Show, held: list[Held]) -> tuple[int, int]:
    """Count the breaks of all parties, and the idle slots in them; a lunch is no break."""
    taken: dict[tuple[int, int], list[int]] = {}
    for one in held:
        for party in show.pairs[one.pair].both:
            taken.setdefault((party, one.half_day), []).extend(show.taken(one.pair, one.slot))
    gaps = [
        later - earlier - 1
        for slots in map(sorted, taken.values())
        for earlier, later in pairwise(slots)
        if later - earlier > 1
    ]
    return len(gaps), sum(gaps)


def _solved(show: Show, choice: Choice, limits: Limits, half_days: range) -> list[Solved]:
    one = replace(limits, workers=1)

    def solve(at: int) -> Solved:
        return _half_day(show, block_of(show, at, choice), one)

    with ThreadPoolExecutor(max(1, limits.workers)) as pool:
        return list(pool.map(solve, half_days))


def _half_day(show: Show, block: Block, limits: Limits) -> Solved:
    found = solving.solve(block.problem, limits)
    if found.status == Status.UNKNOWN:
        raise solving.NoTime
    if found.status == Status.INFEASIBLE:
        fitting = _fitting(show, block, limits)
        return _half_day(show, block_of(show, block.half_day, fitting), limits)
    return Solved(block.half_day, tuple(block.held(found.slots)), found.bound)


def _fitting(show: Show, block: Block, limits: Limits) -> dict[int, int]:
    """Return the most valuable pairs for which there is room in a half-day."""
    fixed = as_places(show.fixed)
    places = {
        pair: [fixed[pair]]
        if pair in fixed
        else [(block.half_day, slot) for slot in sorted(show.open_slots(pair, block.half_day))]
        for pair in block.first
    }
    placing = Placing(show, {}, places)
    for pair in fixed.keys() & places.keys():
        placing.cp.add(placing.placed(pair) == 1)
    worth = sum(show.pairs[pair].value * placing.placed(pair) for pair in places)
    found = placing.best([worth], limits)
    if found is None:
        raise Impossible(f"the fixed meetings of {show.half_days[block.half_day].name} clash")
    return dict.fromkeys(found, block.half_day)


def _with_the_rest(show: Show, solved: list[Solved], limits: Limits) -> list[Solved]:
    """Let those meet who still can, and solve anew the half-days in which they do."""
    held = as_places(one for half_day in solved for one in half_day.held)
    more = replanning.inserted(show, held, limits)
    choice = {pair: half_day for pair, (half_day, _) in {**held, **more}.items()}
    touched = {half_day for half_day, _ in more.values()}
    return [
        _half_day(show, block_of(show, one.half_day, choice), replace(limits, workers=1))
        if one.half_day in touched
        else one
        for one in solved
    ]
