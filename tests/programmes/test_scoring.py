"""A panel's points become a ranking as somebody with paper and a calculator would make it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gyoryu.programmes import scoring
from gyoryu.programmes.scoring import (
    Entrant,
    Fate,
    Method,
    Place,
    Review,
    Rule,
    Scored,
    Tie,
    Trace,
    Track,
)

START = datetime(2025, 3, 3, tzinfo=UTC)
RULE = Rule(Method.TRIMMED, D(60), 3, D(20), Tie.CRITERIA, (1, 2), places=2)


def review(reviewer, first, second, recused=False):
    return Review(reviewer, ((1, D(first)), (2, D(second))), recused)


def entrant(key, *pairs, track=None, after=0):
    reviews = tuple(review(n, *pair) for n, pair in enumerate(pairs, start=1))
    return Entrant(key, START + timedelta(minutes=after), reviews, track)


def told(found):
    return [(one.key, one.place.value, one.rank, one.score) for one in found.lines]


def test_a_sheet_worked_out_by_hand() -> None:
    # 1: totals 90 70 80 88 -> without 90 and 70: (80 + 88) / 2 = 84; highest less lowest is 20
    # 2: totals 81 82 83 84 -> (82 + 83) / 2 = 82.5
    # 3: totals 95 40 75 78 -> (75 + 78) / 2 = 76.5, spread 55, on reserve
    # 4: totals 59 59 60 61 -> (59 + 60) / 2 = 59.5, below 60
    # 5: two reviews where three are needed
    found = scoring.rank(
        RULE,
        [
            entrant(4, (30, 29), (30, 29), (30, 30), (31, 30)),
            entrant(1, (50, 40), (40, 30), (45, 35), (48, 40)),
            entrant(5, (50, 50), (50, 50)),
            entrant(3, (50, 45), (20, 20), (40, 35), (40, 38)),
            entrant(2, (41, 40), (42, 40), (43, 40), (44, 40)),
        ],
    )
    assert told(found) == [
        (1, "selected", 1, D("84.0000")),
        (2, "selected", 2, D("82.5000")),
        (3, "reserve", 3, D("76.5000")),
        (4, "below", 4, D("59.5000")),
        (5, "unranked", None, None),
    ]
    assert [(one.key, one.spread, one.flagged, one.reserve) for one in found.lines] == [
        (1, D(20), False, None),
        (2, D(3), False, None),
        (3, D(55), True, 1),
        (4, D(2), False, None),
        (5, D(0), False, None),
    ]
    assert found.lines[0].trace == Trace(
        method=Method.TRIMMED,
        scores=(
            Scored(1, D(90), Fate.HIGHEST),
            Scored(2, D(70), Fate.LOWEST),
            Scored(3, D(80), Fate.COUNTED),
            Scored(4, D(88), Fate.COUNTED),
        ),
        sum=D(168),
        divisor=2,
        # First criterion 50 40 45 48 -> (45 + 48) / 2; second 40 30 35 40 -> (35 + 40) / 2.
        criteria=((1, D("46.5000")), (2, D("37.5000"))),
    )
    assert (found.lines[4].counted, found.room) == (2, ())


@pytest.mark.parametrize(
    ("method", "totals", "expected"),
    [
        ("mean", [70, 80, 81], (231, 3, "77.0000")),
        ("mean", [1, 1, 2], (4, 3, "1.3333")),
        ("mean", [2, 2, 1], (5, 3, "1.6667")),
        ("trimmed", [70, 80, 81], (80, 1, "80.0000")),
        ("trimmed", [80, 80, 80, 80], (160, 2, "80.0000")),
        ("trimmed", [90, 90, 60, 60, 75], (225, 3, "75.0000")),
        ("trimmed", [70, 81], (151, 2, "75.5000")),
        ("trimmed", [70], (70, 1, "70.0000")),
        ("median", [70, 81, 80], (80, 1, "80.0000")),
        ("median", [70, 81, 80, 60], (150, 2, "75.0000")),
        ("median", [70], (70, 1, "70.0000")),
    ],
)
def test_the_methods(method, totals, expected) -> None:
    total, divisor = scoring.combined(Method(method), map(D, totals))
    assert (total, divisor, str(scoring.score_of(total, divisor))) == expected


def test_fewer_than_three_scores_leave_nothing_out_and_the_trace_says_so() -> None:
    rule = replace(RULE, least=2)
    (line,) = scoring.rank(rule, [entrant(1, (40, 30), (45, 36))]).lines
    assert (line.score, line.trace.untrimmed, line.trace.divisor) == (D("75.5000"), True, 2)
    assert {one.fate for one in line.trace.scores} == {Fate.COUNTED}


def test_a_panel_of_exactly_the_minimum_is_ranked_and_one_fewer_is_not() -> None:
    three = entrant(1, (40, 40), (41, 41), (42, 42))
    found = scoring.rank(RULE, [three])
    assert told(found) == [(1, "selected", 1, D("82.0000"))]
    gone = replace(three.reviews[1], recused=True)
    two = replace(three, reviews=(three.reviews[0], gone, three.reviews[2]))
    (line,) = scoring.rank(RULE, [two]).lines
    assert (line.place, line.score, line.rank, line.counted) == (Place.UNRANKED, None, None, 2)
    assert [one.fate for one in line.trace.scores] == [Fate.COUNTED, Fate.RECUSED, Fate.COUNTED]


def test_a_recusal_after_scoring_works_everything_out_anew() -> None:
    # Four totals 90 90 80 70: (90 + 80) / 2 = 85. Without the third: 90 90 70 -> 90.
    four = entrant(1, (50, 40), (50, 40), (40, 40), (35, 35))
    assert told(scoring.rank(RULE, [four])) == [(1, "selected", 1, D("85.0000"))]
    gone = replace(four.reviews[2], recused=True)
    after = replace(four, reviews=(*four.reviews[:2], gone, four.reviews[3]))
    assert told(scoring.rank(RULE, [after])) == [(1, "selected", 1, D("90.0000"))]


def test_an_all_tied_panel_shares_the_rank_and_the_edge_waits_for_the_officer() -> None:
    rule = replace(RULE, tie=Tie.SHARED, places=2)
    tied = [entrant(key, (40, 40), (40, 40), (40, 40)) for key in (1, 2, 3)]
    found = scoring.rank(rule, tied)
    assert told(found) == [(key, "edge", 1, D("80.0000")) for key in (1, 2, 3)]
    assert found.room == ((None, 2),)
    one = scoring.rank(replace(rule, chosen=frozenset({3})), tied)
    assert [line.place.value for line in one.lines] == ["edge", "edge", "selected"]
    assert one.room == ((None, 1),)
    both = scoring.rank(replace(rule, chosen=frozenset({1, 3})), tied)
    assert [(line.key, line.place.value, line.reserve) for line in both.lines] == [
        (1, "selected", None),
        (2, "reserve", 1),
        (3, "selected", None),
    ]
    assert both.room == ()


def test_all_tied_but_all_fit_is_no_edge() -> None:
    rule = replace(RULE, tie=Tie.SHARED, places=3)
    tied = [entrant(key, (40, 40), (40, 40), (40, 40)) for key in (1, 2, 3)]
    after = entrant(4, (30, 31), (30, 31), (30, 31))
    assert told(scoring.rank(rule, [*tied, after])) == [
        *[(key, "selected", 1, D("80.0000")) for key in (1, 2, 3)],
        (4, "reserve", 4, D("61.0000")),
    ]


def test_ties_are_decided_by_the_criteria_in_their_order() -> None:
    # Both 80. First criterion 45 against 40: the second applicant is first.
    tied = [
        entrant(1, (40, 40), (40, 40), (40, 40)),
        entrant(2, (45, 35), (45, 35), (45, 35)),
    ]
    assert [one.key for one in scoring.rank(replace(RULE, places=1), tied).lines] == [2, 1]
    turned = replace(RULE, places=1, criteria=(2, 1))
    assert [one.key for one in scoring.rank(turned, tied).lines] == [1, 2]


def test_ties_are_decided_by_the_earlier_submission() -> None:
    rule = replace(RULE, tie=Tie.EARLIER, places=1)
    late = entrant(1, (40, 40), (40, 40), (40, 40), after=5)
    early = entrant(2, (40, 40), (40, 40), (40, 40), after=4)
    assert told(scoring.rank(rule, [late, early])) == [
        (2, "selected", 1, D("80.0000")),
        (1, "reserve", 2, D("80.0000")),
    ]


def test_tracks_have_places_of_their_own_and_a_reserve_list_each() -> None:
    # Six designated and nine free tasks in small: one and two places.
    rule = replace(RULE, places=None, tracks=(Track(10, 1), Track(20, 2)))
    found = scoring.rank(
        rule,
        [
            entrant(1, (45, 45), (45, 45), (45, 45), track=10),
            entrant(2, (44, 44), (44, 44), (44, 44), track=10),
            entrant(3, (43, 43), (43, 43), (43, 43), track=10),
            entrant(4, (35, 35), (35, 35), (35, 35), track=20),
            entrant(5, (34, 34), (34, 34), (34, 34), track=20),
            entrant(6, (33, 33), (33, 33), (33, 33), track=20),
        ],
    )
    assert [(one.key, one.place.value, one.rank, one.reserve) for one in found.lines] == [
        (1, "selected", 1, None),
        (2, "reserve", 2, 1),
        (3, "reserve", 3, 2),
        (4, "selected", 4, None),
        (5, "selected", 5, None),
        (6, "reserve", 6, 1),
    ]


def test_places_in_all_bound_those_of_the_tracks() -> None:
    rule = replace(RULE, places=2, tracks=(Track(10, 2), Track(20, 2)))
    found = scoring.rank(
        rule,
        [
            entrant(1, (45, 45), (45, 45), (45, 45), track=10),
            entrant(2, (44, 44), (44, 44), (44, 44), track=20),
            entrant(3, (43, 43), (43, 43), (43, 43), track=10),
        ],
    )
    assert [one.place.value for one in found.lines] == ["selected", "selected", "reserve"]


def test_an_edge_in_a_track_is_of_that_track_alone() -> None:
    rule = replace(RULE, tie=Tie.SHARED, places=None, tracks=(Track(10, 1), Track(20, None)))
    tied = [entrant(key, (40, 40), (40, 40), (40, 40), track=10) for key in (1, 2)]
    free = entrant(3, (40, 40), (40, 40), (40, 40), track=20)
    found = scoring.rank(rule, [*tied, free])
    assert [(one.key, one.place.value) for one in found.lines] == [
        (1, "edge"), (2, "edge"), (3, "selected"),
    ]  # fmt: skip
    assert found.room == ((10, 1),)


def test_nobody_is_a_ranking_too() -> None:
    found = scoring.rank(RULE, [])
    assert (found.lines, found.room) == ((), ())
    (line,) = scoring.rank(RULE, [entrant(1)]).lines
    assert (line.place, line.score, line.spread, line.flagged) == (
        Place.UNRANKED, None, None, False,
    )  # fmt: skip
    assert line.trace == Trace(Method.TRIMMED, (), D(0), 0, ())


def test_a_score_of_the_threshold_itself_passes() -> None:
    at, under = entrant(1, *[(30, 30)] * 3), entrant(2, *[(30, D("29.99"))] * 3)
    assert told(scoring.rank(RULE, [under, at])) == [
        (1, "selected", 1, D("60.0000")),
        (2, "below", 2, D("59.9900")),
    ]


# Sheets are drawn slowly where the machine has much else to do; speed is measured elsewhere.
slowly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
points = st.decimals(0, 50, places=2)
reviews = st.lists(st.tuples(points, points), max_size=7)
sheets = st.lists(
    st.tuples(reviews, st.sampled_from([None, 10, 20]), st.integers(0, 3)), max_size=8
)
rules = st.builds(
    Rule,
    st.sampled_from(Method),
    st.just(D(60)),
    st.integers(1, 4),
    st.just(D(20)),
    st.sampled_from(Tie),
    st.just((1, 2)),
    st.one_of(st.none(), st.integers(0, 5)),
    st.sampled_from([(), (Track(10, 1), Track(20, None)), (Track(10, 2), Track(20, 1))]),
)


def entered(sheet):
    return [
        entrant(key, *pairs, track=track, after=after)
        for key, (pairs, track, after) in enumerate(sheet, start=1)
    ]


@slowly
@given(rules, sheets, st.randoms())
def test_the_order_of_reviews_and_of_applicants_never_matters(rule, sheet, lots) -> None:
    rows = entered(sheet)
    mixed = []
    for row in rows:
        own = list(row.reviews)
        lots.shuffle(own)
        mixed.append(replace(row, reviews=tuple(own)))
    lots.shuffle(mixed)
    assert scoring.rank(rule, mixed) == scoring.rank(rule, rows)


@slowly
@given(rules, sheets, points, points)
def test_a_recused_review_changes_nothing_but_the_trace(rule, sheet, first, second) -> None:
    rows = entered(sheet)
    more = [
        replace(row, reviews=(*row.reviews, review(99, first, second, recused=True)))
        for row in rows
    ]

    def bare(found):
        return [replace(one, trace=None) for one in found.lines], found.room

    assert bare(scoring.rank(rule, more)) == bare(scoring.rank(rule, rows))


@slowly
@given(st.sampled_from(Method), st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=9))
def test_a_score_lies_between_the_lowest_and_the_highest(method, totals) -> None:
    score = scoring.score_of(*scoring.combined(method, totals))
    assert min(totals) <= score <= max(totals)


@slowly
@given(rules, sheets)
def test_no_more_are_selected_than_there_are_places(rule, sheet) -> None:
    found = scoring.rank(rule, entered(sheet))
    selected = found.at(Place.SELECTED)
    if rule.places is not None:
        assert len(selected) <= rule.places
    for track in rule.tracks:
        if track.places is not None:
            assert sum(one.track == track.key for one in selected) <= track.places
    # Whoever is selected stands before everybody of the same pool who is not.
    for one in selected:
        for other in found.at(Place.RESERVE):
            if one.track == other.track:
                assert one.rank < other.rank
