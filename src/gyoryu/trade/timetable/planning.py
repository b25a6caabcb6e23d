"""Plans a show: chooses the meetings, then gives each half-day the timetable with fewest breaks.

Half-days are independent once the meetings are chosen, so that each is solved on its own, as many
at a time as there are workers; each by one worker, so that the plan is the same however many there
are. Where absences leave no room for a pair that was chosen, the least valuable are left out, and
whoever still has time together afterwards meets.
"""

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

from gyoryu.trade.timetable import placing, replanning, selection, solving
from gyoryu.trade.timetable.blocks import Block, block_of
from gyoryu.trade.timetable.clock import Clock
from gyoryu.trade.timetable.placing import Place, Placing, Taken
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
    """Return the plan; raises `Impossible` where the fixed meetings contradict each other.

    Stopped or out of time, it returns the best so far, with the bounds known by then; a half-day
    without any plan by then is booked first come, first served. ``limits.tell`` hears of all
    half-days together: None until each has a plan.
    """
    clock = Clock(limits, len(show.half_days))
    chosen = selection.choose(show)
    solved = _solved(show, chosen.choice, clock)
    if sum(len(one.held) for one in solved) < len(chosen.choice) and not clock.over():
        solved = _with_the_rest(show, solved, clock)
    held = placing.in_order(show, _places(solved))
    told = assess(show, list(placing.as_held(held)), chosen.bound)
    whole = len(held) == sum(len(one.held) for one in solved)
    least = sum(one.least for one in solved) if whole else 0
    return replace(told, least_breaks=least, seconds=clock.spent())


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


def _solved(show: Show, choice: Choice, clock: Clock) -> list[Solved]:
    def solve(at: int) -> Solved:
        return _half_day(show, block_of(show, at, choice), clock)

    with ThreadPoolExecutor(max(1, clock.limits.workers)) as pool:
        return list(pool.map(solve, range(len(show.half_days))))


def _half_day(
    show: Show, block: Block, clock: Clock, known: Mapping[int, Place] | None = None
) -> Solved:
    """Return the best places; ``known`` are taken where the search has found none in its time."""
    limits = clock.limits_of(block.half_day)
    found = solving.solve(block.problem, limits)
    if found.status == Status.INFEASIBLE:
        fitting = _fitting(show, block, limits)
        choice = dict.fromkeys(fitting, block.half_day)
        return _half_day(show, block_of(show, block.half_day, choice), clock, fitting)
    if found.status != Status.UNKNOWN:
        return Solved(block.half_day, tuple(block.held(found.slots)), found.bound)
    places = known or _booked(show, block)
    # Of fewer meetings than were asked for nothing is proven.
    least = found.bound if len(places) == len(block.first) else 0
    return Solved(block.half_day, placing.as_held(places), least)


def _booked(show: Show, block: Block) -> dict[int, Place]:
    """Return places as they come, the most valuable first: what is fixed, then beside others."""
    taken = Taken(show, {pair: at for pair, at in _fixed(show).items() if pair in block.first})
    for pair in sorted(block.first, key=lambda one: (-show.pairs[one].value, one)):
        free = [at for at in taken.open_places(pair) if at[0] == block.half_day]
        if pair not in taken.staying and free:
            taken.take(pair, max(free, key=lambda at: (taken.beside(pair, at), -at[1])))
    return placing.in_order(show, taken.staying, block.first)


def _fixed(show: Show) -> dict[int, Place]:
    return placing.as_places(show.fixed)


def _fitting(show: Show, block: Block, limits: Limits) -> dict[int, Place]:
    """Return places for the most valuable pairs for which there is room in a half-day."""
    fixed = _fixed(show)
    model = Placing(
        show,
        {},
        {
            pair: [fixed[pair]]
            if pair in fixed
            else [(block.half_day, slot) for slot in sorted(show.open_slots(pair, block.half_day))]
            for pair in block.first
        },
    )
    for pair in fixed.keys() & block.first.keys():
        model.cp.add(model.placed(pair) == 1)
    worth = sum(show.pairs[pair].value * model.placed(pair) for pair in block.first)
    found = model.best([worth], limits)
    if found is None and model.proven:
        raise Impossible(f"the fixed meetings of {show.half_days[block.half_day].name} clash")
    return _booked(show, block) if found is None else found


def _with_the_rest(show: Show, solved: list[Solved], clock: Clock) -> list[Solved]:
    """Let those meet who still can, and solve anew the half-days in which something changes."""
    before = _places(solved)
    held = placing.in_order(show, before)
    more = replanning.inserted(show, held, clock.limits_of(0))
    after = {**held, **more}
    changed = {place[0] for place in more.values()}
    changed |= {place[0] for pair, place in before.items() if pair not in held}
    choice = {pair: half_day for pair, (half_day, _) in after.items()}
    return [
        _half_day(
            show,
            block_of(show, one.half_day, choice),
            clock,
            {pair: place for pair, place in after.items() if place[0] == one.half_day},
        )
        if one.half_day in changed
        else one
        for one in solved
    ]


def _places(solved: list[Solved]) -> dict[int, Place]:
    return placing.as_places(one for half_day in solved for one in half_day.held)
