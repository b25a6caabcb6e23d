"""A plan keeps every promise, shows what no plan can pass, and needs each of its breaks."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from meeting_makers import ONE, every_plan, fair_of, shows

from gyoryu.doors.benches import timetables
from gyoryu.trade.timetable import auditing, first_come, planning, seating, selection
from gyoryu.trade.timetable.programme import Impossible
from gyoryu.trade.timetable.show import Held, Interpreters
from gyoryu.trade.timetable.values import Limits


def worth(show, plan):
    return sum(show.pairs[one.pair].value for one in plan)


def halves(plan):
    return {one.pair: one.half_day for one in plan}


@settings(max_examples=60, deadline=None)
@given(shows())
def test_a_plan_keeps_all_and_its_bounds_are_true(show):
    found = planning.plan(show, ONE)
    every = [plan for plan in every_plan(show) if not auditing.faults(show, plan)]
    same = [plan for plan in every if halves(plan) == halves(found.held)]
    assert auditing.faults(show, found.held) == []
    assert found.value == worth(show, found.held) <= found.bound + 1e-6
    assert max(worth(show, plan) for plan in every) <= found.bound + 1e-6
    fewest = min(planning.waits(show, plan)[0] for plan in same)
    assert found.breaks == found.least_breaks == fewest


ROUND = [(0, 2, 5), (0, 3, 4), (1, 2, 3), (1, 3, 2)]


def test_half_days_free_as_a_whole_reach_the_bound():
    found = planning.plan(fair_of(ROUND), ONE)
    assert (found.value, found.bound, found.breaks, found.short) == (14, pytest.approx(14), 0, {})


def test_everybodys_first_meeting_comes_before_the_dearest():
    show = fair_of(ROUND, slots=1, tables=1)
    assert planning.plan(show, ONE).value == 4 + 3
    careless = tuple(replace(party, least=0) for party in show.parties)
    found = planning.plan(replace(show, parties=careless), ONE)
    assert (found.value, found.bound) == (5 + 4, pytest.approx(9))


def test_fewer_half_days_are_opened_where_it_costs_nothing():
    found = planning.plan(fair_of([(0, 2, 5), (0, 3, 5)], slots=2), ONE)
    assert found.half_days == 3


def test_fixed_meetings_and_precedences_are_kept():
    show = fair_of(ROUND, fixed=(Held(1, 1, 0),), before=((0, 3),))
    found = planning.plan(show, ONE)
    assert auditing.faults(show, found.held) == []
    assert Held(1, 1, 0) in found.held
    assert 3 not in halves(found.held)


def test_fixed_meetings_that_contradict_limits_are_refused():
    show = fair_of(ROUND, fixed=(Held(0, 0, 0), Held(0, 1, 1)))
    one = replace(show.parties[0], most=1)
    with pytest.raises(Impossible):
        planning.plan(replace(show, parties=(one, *show.parties[1:])), ONE)


def test_fixed_meetings_against_their_order_are_refused():
    show = fair_of(ROUND, fixed=(Held(0, 0, 0), Held(0, 1, 3)), before=((3, 0),))
    with pytest.raises(Impossible):
        planning.plan(show, ONE)


def test_interpreters_are_shared():
    korean, english = frozenset({"ko"}), frozenset({"en"})
    show = fair_of(ROUND, interpreters=(Interpreters(korean | english, 1),))
    parties = [
        replace(party, languages=korean if number < 2 else english)
        for number, party in enumerate(show.parties)
    ]
    show = replace(show, parties=tuple(parties))
    found = planning.plan(show, ONE)
    assert auditing.faults(show, found.held) == []
    assert found.value == 14
    alone = replace(show, interpreters=())
    assert planning.plan(alone, ONE).held == ()


def test_who_has_no_room_is_left_out_and_others_meet():
    # Both can be there in the same half-day but never at once with the third.
    show = fair_of([(0, 2, 5), (1, 2, 5)], parties=3, slots=1)
    away = frozenset({(1, 0)})
    show = replace(show, parties=tuple(replace(party, away=away) for party in show.parties))
    found = planning.plan(show, ONE)
    assert (found.value, found.bound) == (5, pytest.approx(5))


SHOW = timetables.made(8, 30, 4, 4)


def test_the_same_seed_gives_the_same_plan_with_any_number_of_workers():
    plans = [planning.plan(SHOW, Limits(60, workers=workers)) for workers in (1, 1, 3)]
    assert plans[0] == plans[1] == plans[2]
    assert auditing.faults(SHOW, plans[0].held) == []
    assert plans[0].value >= 0.995 * plans[0].bound
    assert plans[0].breaks == plans[0].least_breaks


def test_long_and_short_meetings_share_a_half_day_and_its_tables():
    pairs = [(0, 2, 9), (0, 3, 4), (1, 2, 3), (1, 3, 8)]
    show = fair_of(pairs, slots=3, tables=2)
    long = [replace(pair, length=2, half_days=frozenset({0})) for pair in show.pairs[::3]]
    short = [replace(pair, half_days=frozenset({0})) for pair in show.pairs[1:3]]
    show = replace(show, pairs=(long[0], *short, long[1]), before=((0, 1),))
    found = planning.plan(show, ONE)
    assert (found.value, found.breaks, auditing.faults(show, found.held)) == (24, 0, [])
    assert halves(found.held) == dict.fromkeys(range(4), 0)
    tables = seating.seat(show, found.held)
    at = [
        (slot, tables[one.pair])
        for one in found.held
        for slot in range(one.slot, one.slot + show.pairs[one.pair].length)
    ]
    assert sorted(at) == [(slot, table) for slot in range(3) for table in range(2)]


def test_a_stopped_plan_keeps_all_and_claims_no_more_than_is_proven():
    found = planning.plan(SHOW, Limits(60, workers=2, stop=lambda: True))
    assert auditing.faults(SHOW, found.held) == []
    assert 0 < found.value <= found.bound
    assert found.least_breaks <= found.breaks


@settings(max_examples=60, deadline=None)
@given(shows())
def test_without_any_time_everything_asked_for_is_still_kept(show):
    found = planning.plan(show, replace(ONE, seconds=0))
    same = [
        planning.waits(show, plan)[0]
        for plan in every_plan(show)
        if halves(plan) == halves(found.held) and not auditing.faults(show, plan)
    ]
    assert auditing.faults(show, found.held) == []
    assert found.value == worth(show, found.held) <= found.bound + 1e-6
    assert found.least_breaks <= min(same)


def test_a_plan_tells_of_all_half_days_together():
    heard = []
    limits = Limits(60, tell=lambda value, bound: heard.append((value, bound)))
    found = planning.plan(SHOW, limits)
    assert heard[-1] == (found.breaks, found.least_breaks)
    assert heard[0][0] is None


def test_first_come_books_what_is_free_and_nothing_that_clashes():
    held = first_come.book(SHOW)
    assert auditing.faults(SHOW, held) == []
    assert held == first_come.book(SHOW)
    assert 0 < worth(SHOW, held) < selection.bound_of(SHOW)


def test_those_with_a_place_of_their_own_stay_there():
    held = planning.plan(SHOW, ONE).held
    tables = seating.seat(SHOW, held)
    at = {(SHOW.pairs[one.pair].first, one.half_day, tables[one.pair]) for one in held}
    assert len(at) == len({(host, half_day) for host, half_day, _ in at})
    assert seating.least_changes(SHOW, held) <= seating.changes(SHOW, held, tables)


def test_a_table_is_handed_on_where_nobody_has_a_place():
    show = fair_of([(0, 1, 1), (1, 2, 1), (2, 3, 1)], slots=3, tables=2)
    held = (Held(0, 0, 0), Held(0, 1, 1), Held(0, 2, 2))
    tables = seating.seat(show, held)
    assert len(set(tables.values())) == 1
    assert (seating.changes(show, held, tables), seating.least_changes(show, held)) == (0, 0)


def test_nobody_can_sit_where_two_sat():
    show = fair_of([(0, 1, 1), (2, 3, 1), (0, 2, 1)], slots=2, tables=2)
    held = (Held(0, 0, 0), Held(0, 0, 1), Held(0, 1, 2))
    tables = seating.seat(show, held)
    assert tables[0] != tables[1]
    assert (seating.changes(show, held, tables), seating.least_changes(show, held)) == (1, 1)


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        ([Held(0, 0, 0), Held(0, 0, 1)], "P0 and P3: P0 has another meeting then"),
        ([Held(0, 0, 0), Held(1, 0, 0)], "P0 and P2 meet 2 times"),
        ([Held(0, 0, 2)], "P1 and P2: P1 is away then"),
        ([Held(0, 1, 2), Held(1, 0, 3)], "P1 has 2 meetings where it wants 1"),
        ([Held(0, 1, 0), Held(0, 1, 3)], "half-day 1, slot 2: 2 meetings"),
        ([Held(0, 1, 1)], "P0 and P3 do not meet after P0 and P2"),
    ],
)
def test_the_auditor_names_each_fault(held, fault):
    show = fair_of(ROUND, tables=1, before=((0, 1),))
    away = replace(show.parties[1], away=frozenset({(0, 0)}), most=1)
    show = replace(show, parties=(show.parties[0], away, *show.parties[2:]))
    assert fault in auditing.faults(show, held)
