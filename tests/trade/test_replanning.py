"""A change moves as few published meetings as can be: as few as by trying everything."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from meeting_makers import ONE, every_plan, fair_of, shows

from gyoryu.doors.benches import timetables
from gyoryu.trade.timetable import auditing, planning, replanning, selection
from gyoryu.trade.timetable.placing import as_held
from gyoryu.trade.timetable.show import Held


def places(plan):
    return {one.pair: (one.half_day, one.slot) for one in plan}


def worth(show, plan):
    return sum(show.pairs[one.pair].value for one in plan)


@settings(max_examples=40, deadline=None)
@given(shows(most_pairs=5), st.integers(0, 3), st.data())
def test_moves_as_few_as_by_trying_everything(show, party, data):
    published = places(planning.plan(show, ONE).held)
    lost = data.draw(st.sampled_from([(0, 0), (0, 1), (1, 0)]))
    parties = list(show.parties)
    parties[party] = replace(parties[party], away=parties[party].away | {lost})
    changed = replace(show, parties=tuple(parties))
    gone = {
        pair
        for pair, place in published.items()
        if place[0] == lost[0]
        and lost[1] in show.taken(pair, place[1])
        and party in show.pairs[pair].both
    }
    gone |= {later for earlier, later in show.before if earlier in gone and later in published}
    staying = published.keys() - gone
    good = [
        places(plan)
        for plan in every_plan(changed)
        if not auditing.faults(changed, plan) and staying <= places(plan).keys()
    ]
    best = max(
        (len(gone & plan.keys()), -sum(plan[pair] != published[pair] for pair in staying))
        for plan in good
    )
    change = replanning.replan(changed, as_held(published), ONE)
    after = places(change.held)
    assert auditing.faults(changed, change.held) == []
    assert (len(gone & after.keys()), -len(change.moved)) == best
    assert change.proven
    promised = {pair: after[pair] for pair in after.keys() - set(change.added)}
    most = max(
        sum(show.pairs[pair].value for pair in plan)
        for plan in good
        if {pair: plan.get(pair) for pair in promised} == promised
    )
    assert worth(changed, change.held) == most


@settings(max_examples=40, deadline=None)
@given(shows(most_pairs=5), st.integers(0, 3), st.integers(1, 3))
def test_who_arrives_late_gets_its_least_with_the_fewest_moves(show, late, least):
    parties = list(show.parties)
    parties[late] = replace(parties[late], least=least)
    show = replace(show, parties=tuple(parties))
    published = places(planning.plan(timetables.without(show, late), ONE).held)
    asked = {number for number, pair in enumerate(show.pairs) if late in pair.both}
    best = max(
        (min(least, len(asked & plan.keys())), -sum(plan[n] != published[n] for n in published))
        for plan in map(places, every_plan(show))
        if published.keys() <= plan.keys() and not auditing.faults(show, as_held(plan))
    )
    change = replanning.replan(show, as_held(published), ONE, [late])
    met = len(asked & places(change.held).keys())
    assert auditing.faults(show, change.held) == []
    assert (change.displaced, change.proven) == ((), True)
    assert (min(least, met), -len(change.moved)) == best


def test_one_makes_room_for_who_arrives_late_unless_its_meeting_is_fixed():
    show = fair_of([(0, 2, 5), (0, 3, 4)])
    only = replace(show.parties[3], away=frozenset({(0, 1), (1, 0), (1, 1)}))
    show = replace(show, parties=(*show.parties[:3], only))
    published = (Held(0, 0, 0),)
    change = replanning.replan(show, published, ONE, [3])
    assert change.held == (Held(0, 0, 1), Held(0, 1, 0))
    assert (change.moved, change.added) == ((0,), (1,))
    assert replanning.replan(show, published, ONE).held == published
    fixed = replace(show, fixed=published)
    assert replanning.replan(fixed, published, ONE, [3]).held == published


SHOW = timetables.made(8, 30, 4, 4)
PLAN = planning.plan(SHOW, ONE)


def test_a_cancellation_moves_nobody_and_fills_the_gaps():
    for gone in (0, 12):
        changed = timetables.without(SHOW, gone)
        left = tuple(one for one in PLAN.held if gone not in SHOW.pairs[one.pair].both)
        change = replanning.replan(changed, left, ONE)
        assert change.moved == change.displaced == ()
        assert set(left) <= set(change.held)
        assert auditing.faults(changed, change.held) == []
        value = selection.worth(changed, (one.pair for one in change.held))
        assert value >= 0.98 * selection.bound_of(changed)


def test_a_plan_is_carried_over_by_names():
    fewer = replace(SHOW, pairs=SHOW.pairs[3:])
    carried = replanning.carried(SHOW, fewer, PLAN.held)
    assert carried == tuple(
        sorted(replace(one, pair=one.pair - 3) for one in PLAN.held if one.pair >= 3)
    )


def test_a_new_fixed_meeting_makes_room():
    free = next(number for number in range(len(SHOW.pairs)) if number not in places(PLAN.held))
    one, other = SHOW.pairs[free].both
    half_day, slot = next(
        (half_day, slot)
        for half_day in range(4)
        for slot in sorted(SHOW.free[one][half_day] & SHOW.free[other][half_day])
    )
    changed = replace(SHOW, fixed=(Held(half_day, slot, free),))
    change = replanning.replan(changed, PLAN.held, ONE)
    assert auditing.faults(changed, change.held) == []
    assert Held(half_day, slot, free) in change.held
