"""Reviewers get equal loads, never a known conflict, and the same answer for the same lot."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gyoryu.programmes.balancing import Entry, balance


def test_loads_are_equal_and_tracks_spread() -> None:
    # Fifteen teams, six of one track and nine of another, three reviewers each of five people.
    entries = [Entry(n, 1 if n < 6 else 2) for n in range(15)]
    plan = balance(entries, [1, 2, 3, 4, 5], 3)
    assert Counter(one for one, _row in plan.pairs) == dict.fromkeys([1, 2, 3, 4, 5], 9)
    assert Counter(row for _one, row in plan.pairs) == dict.fromkeys(range(15), 3)
    designated = Counter(one for one, row in plan.pairs if row < 6)
    assert max(designated.values()) - min(designated.values()) <= 2
    assert plan.short == ()


def test_known_conflicts_are_kept_out_and_what_lacks_is_said() -> None:
    plan = balance([Entry(1), Entry(2)], [7, 8], 2, frozenset({(7, 1)}))
    assert plan.pairs == ((7, 2), (8, 1), (8, 2))
    assert plan.short == ((1, 1),)


def test_those_who_have_reviewers_already_get_the_rest() -> None:
    plan = balance([Entry(1, reviewers=frozenset({7, 8})), Entry(2)], [7, 8, 9], 2)
    assert [row for _one, row in plan.pairs] == [2, 2]
    assert (9, 2) in plan.pairs


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 12),
    st.integers(0, 6),
    st.integers(0, 4),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 11))),
    st.integers(0, 5),
)
def test_a_plan_keeps_its_promises(applicants, people, each, conflicts, seed) -> None:
    entries = [Entry(n, n % 2) for n in range(applicants)]
    plan = balance(entries, range(people), each, frozenset(conflicts), seed=seed)
    assert plan == balance(entries[::-1], range(people), each, frozenset(conflicts), seed=seed)
    assert not set(plan.pairs) & conflicts
    assert len(set(plan.pairs)) == len(plan.pairs)
    given_to = Counter(row for _one, row in plan.pairs)
    for row, lacks in plan.short:
        free = people - sum((one, row) in conflicts for one in range(people))
        assert (given_to[row], lacks) == (free, each - free)
    assert all(given_to[n] == each for n in range(applicants) if n not in dict(plan.short))
    if not conflicts and applicants and people >= each > 0:
        loads = [sum(one == person for one, _row in plan.pairs) for person in range(people)]
        assert max(loads) - min(loads) <= 1
