"""Who interprets where: everybody who can be served is, by somebody who can."""

from itertools import product

from hypothesis import given
from meeting_makers import every_plan, shows

from gyoryu.trade.timetable import auditing, interpreting


def served(show, pairs):
    """The most meetings of one slot that can have an interpreter: by trying everybody."""
    desks = [number for number, some in enumerate(show.interpreters) for _ in range(some.count)]
    best = 0
    for chosen in product([None, *range(len(desks))], repeat=len(pairs)):
        used = [desk for desk in chosen if desk is not None]
        able = all(
            desk is None or desks[desk] in show.needs[pair]
            for pair, desk in zip(pairs, chosen, strict=True)
        )
        if able and len(set(used)) == len(used):
            best = max(best, len(used))
    return best


@given(shows())
def test_nobody_goes_without_who_can_be_served(show):
    plans = (plan for plan in every_plan(show) if not auditing.faults(show, plan))
    for plan in list(plans)[-3:]:
        slots = {}
        for one in plan:
            if show.needs[one.pair] and show.pairs[one.pair].length == 1:
                slots.setdefault((one.half_day, one.slot), []).append(one.pair)
        short = [one for one in plan if show.pairs[one.pair].length == 1]
        found = interpreting.staff(show, short, {one.pair: 0 for one in short})
        assert all(number in show.needs[pair] for pair, number in found.items())
        for pairs in slots.values():
            assert sum(pair in found for pair in pairs) == served(show, pairs)
