"""The solver finds the fewest breaks there are, and says so when there can be no plan."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from meeting_makers import ONE, fewest, kept, problems, waits

from gyoryu.trade.timetable import checking, relaxing, solving, swapping
from gyoryu.trade.timetable.domains import domains
from gyoryu.trade.timetable.values import Limits, Meeting, Problem, Session, Status


@settings(max_examples=100, deadline=None)
@given(problems())
@example(Problem.plain(2, 3, 1, [(0, 1), (0, 1)]))
def test_finds_the_fewest_breaks_that_any_plan_has(problem):
    found, truth = solving.solve(problem, ONE), fewest(problem)
    if truth is None:
        assert (found.status, found.slots, found.value) == (Status.INFEASIBLE, (), None)
    else:
        assert (found.status, found.value, found.bound) == (Status.OPTIMAL, truth, truth)
        assert kept(problem, found.slots)
        assert sum(waits(problem, found.slots)) == truth


@settings(max_examples=100, deadline=None)
@given(problems())
def test_the_checker_agrees_with_the_definition(problem):
    for plan in ([0] * len(problem.meetings), list(range(len(problem.meetings)))):
        inside = all(slot < problem.slots for slot in plan)
        if not inside:
            assert "there is no slot" in checking.faults(problem, plan)[0]
        else:
            assert (checking.faults(problem, plan) == []) == kept(problem, plan)
            assert checking.breaks(problem, plan) == waits(problem, plan)


@settings(max_examples=100, deadline=None)
@given(problems())
def test_no_relaxation_asks_for_more_than_the_truth(problem):
    free = replace(problem, fairness=None)
    truth, open_slots = fewest(free), domains(free)
    if open_slots is None:
        assert truth is None
        return
    for bound in (relaxing.grouped(free, open_slots, ONE), relaxing.linear(free, open_slots, 20)):
        assert truth is None if bound is None else (truth is None or bound <= truth)


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 9))
def test_chains_keep_all_and_find_no_more_breaks(problem, seed):
    none = (frozenset(),) * len(problem.meetings)
    free = replace(problem, fairness=None, before=none, shared=(), joined=())
    plans = product(range(free.slots), repeat=len(free.meetings))
    start = next((plan for plan in plans if kept(free, plan)), None)
    assert swapping.applies(free)
    if start is not None:
        found, value = swapping.improved(free, domains(free), start, 0, seed, lambda: False)
        assert kept(free, found)
        assert fewest(free) <= value == sum(waits(free, found)) <= sum(waits(free, start))


def test_chains_close_a_gap():
    problem = Problem.plain(5, 3, 2, [(0, 1), (0, 2), (3, 4)])
    found = swapping.improved(problem, domains(problem), (0, 2, 2), 0, 1, lambda: False)
    assert found[1] == 0
    assert not swapping.applies(_one([(0, 1), (0, 2)], before=(frozenset({1}), frozenset())))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_the_first_look_does_not_settle_is_settled_later(monkeypatch, workers):
    monkeypatch.setattr(solving, "LOOK", 1e-6)
    gaps = (frozenset({1}), frozenset(), frozenset(), frozenset({2}))
    pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]
    problem = replace(Problem.plain(4, 5, 2, pairs), forbidden=gaps)
    found = solving.solve(problem, Limits(20, workers=workers))
    assert (found.status, found.value, found.bound) == (Status.OPTIMAL, *[fewest(problem)] * 2)


def fair(people=10, slots=6, tables=5):
    """A round of meetings, every one with its five neighbours, that needs no break."""
    pairs = [(a, (a + step) % people) for a in range(people) for step in (1, 2)]
    return Problem.plain(people, slots, tables, pairs)


def _one(pairs, slots=3, **asked):
    return replace(Problem.plain(4, slots, 2, pairs), **asked)


@pytest.mark.parametrize(
    ("problem", "value"),
    [
        (_one([(0, 1), (0, 2)], forbidden=({1}, set(), {0}, set()), tables=1), 1),
        (_one([(0, 1), (0, 2)], fixed=(0, 2)), 1),
        (_one([(0, 1), (0, 2)], before=(frozenset({1}), frozenset())), 0),
        (_one([(0, 1), (0, 1)], before=(frozenset({1}), frozenset({0}))), None),
        (_one([(0, 1), (0, 2)], 1), None),
        (_one([(0, 1), (2, 3)], 1, tables=1), None),
        (_one([(0, 1), (2, 3)], 1, shared=((frozenset({0, 1}), 1),)), None),
        (replace(Problem.plain(3, 3, 2, [(0, 1), (0, 2)]), mornings=1), 0),
    ],
    ids=["away", "fixed", "before", "circle", "full", "tables", "shared", "noon"],
)
def test_each_constraint_alone(problem, value):
    assert solving.solve(problem, ONE).value == value == fewest(problem)


def test_sessions_divide_the_day():
    meetings = (Meeting(0, 1, Session.AFTERNOON), Meeting(0, 2, Session.MORNING))
    problem = replace(Problem.plain(3, 4, 2, [(0, 1), (0, 2)]), mornings=2, meetings=meetings)
    assert solving.solve(problem, ONE).slots == (2, 1)


def test_fairness_costs_breaks_and_can_be_impossible():
    # The first must wait once; nobody else can wait as often without a second meeting.
    problem = _one([(0, 1), (0, 2)], fixed=(0, 2))
    answers = [solving.solve(replace(problem, fairness=d), ONE).value for d in (None, 1, 0)]
    assert answers == [1, 1, None]


def test_one_worker_and_one_seed_give_the_same_plan():
    plans = {solving.solve(fair(), ONE).slots for _ in range(3)}
    assert len(plans) == 1


def test_more_workers_and_other_seeds_give_the_same_value():
    values = {
        solving.solve(fair(slots=5), Limits(20, workers=workers, seed=seed)).value
        for workers, seed in ((1, 1), (1, 2), (2, 1), (2, 3))
    }
    assert len(values) == 1


def test_stops_when_asked():
    found = solving.solve(fair(40, 12, 20), Limits(60, workers=1, stop=lambda: True))
    assert (found.status, found.slots) == (Status.UNKNOWN, ())


def test_tells_values_that_fall_and_bounds_that_rise():
    heard = []
    limits = Limits(20, workers=1, tell=lambda value, bound: heard.append((value, bound)))
    found = solving.solve(fair(slots=7), limits)
    values = [value for value, _ in heard if value is not None]
    bounds = [bound for _, bound in heard]
    assert (values, bounds) == (sorted(values, reverse=True), sorted(bounds))
    assert values[-1] == found.value
