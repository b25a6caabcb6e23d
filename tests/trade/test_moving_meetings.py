"""What a dragged meeting breaks: everything that the auditor finds, with who is in the way."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meeting_makers import ONE, fair_of, shows

from gyoryu.trade.timetable import auditing, moving, planning
from gyoryu.trade.timetable.moving import Kind, Reason
from gyoryu.trade.timetable.show import Held, Interpreters


@settings(max_examples=60, deadline=None)
@given(shows(most_pairs=5), st.data())
def test_a_move_breaks_nothing_where_the_auditor_finds_nothing(show, data):
    held = planning.plan(show, ONE).held
    if not show.pairs:
        return
    pair = data.draw(st.integers(0, len(show.pairs) - 1))
    rest = [one for one in held if one.pair != pair]
    free = []
    for half_day, block in enumerate(show.half_days):
        for slot in range(block.slots):
            moved = Held(half_day, slot, pair)
            faults = auditing.faults(show, [*rest, moved])
            assert (moving.broken(show, held, moved) == []) == (faults == [])
            free += [] if faults else [(half_day, slot)]
    assert moving.free_places(show, held, pair) == free


KOREAN, ENGLISH = frozenset({"ko"}), frozenset({"en"})
# P0 and P1 meet P2 and P3, in both of two slots at two tables; P0 first meets P2.
SHOW = fair_of([(0, 2, 1), (0, 3, 1), (1, 2, 1), (1, 3, 1), (0, 1, 1)], before=((0, 1),))
HELD = (Held(0, 0, 0), Held(0, 1, 1), Held(0, 0, 3), Held(0, 1, 2))


def _with(number, **asked):
    parties = list(SHOW.parties)
    parties[number] = replace(parties[number], **asked)
    return replace(SHOW, parties=tuple(parties))


def _speaking(count):
    parties = [
        replace(party, languages=KOREAN if number < 2 else ENGLISH)
        for number, party in enumerate(SHOW.parties)
    ]
    return replace(
        SHOW, parties=tuple(parties), interpreters=(Interpreters(KOREAN | ENGLISH, count),)
    )


@pytest.mark.parametrize(
    ("show", "moved", "reasons"),
    [
        (SHOW, Held(1, 0, 3), []),
        (SHOW, Held(0, 2, 3), [Reason(Kind.OUTSIDE)]),
        (SHOW, Held(1, 0, 0), [Reason(Kind.ORDER, others=(1,))]),
        (_with(3, away=frozenset({(1, 0)})), Held(1, 0, 3), [Reason(Kind.AWAY, 3)]),
        (
            _with(1, most=2, most_a_day=1),
            Held(1, 0, 3),
            [Reason(Kind.LIMIT, 1, key=("day", 0))],
        ),
        (
            SHOW,
            Held(0, 1, 3),
            [
                Reason(Kind.BUSY, 1, (2,)),
                Reason(Kind.BUSY, 3, (1,)),
                Reason(Kind.TABLES, others=(1, 2)),
            ],
        ),
        (replace(SHOW, fixed=(Held(0, 0, 3),)), Held(1, 0, 3), [Reason(Kind.FIXED)]),
        (_speaking(2), Held(1, 0, 3), []),
        (_speaking(0), Held(1, 0, 3), [Reason(Kind.INTERPRETER)]),
    ],
    ids=["free", "outside", "order", "away", "limit", "busy", "fixed", "staffed", "unstaffed"],
)
def test_each_reason_names_who_is_in_the_way(show, moved, reasons):
    assert moving.broken(show, HELD, moved) == reasons


def test_a_table_can_be_taken_where_others_are_free():
    show, tables = replace(SHOW, tables=3), {0: 0, 1: 1, 2: 2, 3: 1}
    held = HELD[:2]
    at = [moving.broken(show, held, Held(0, 0, 3), table, tables) for table in range(2)]
    assert at == [[Reason(Kind.TABLE, others=(0,))], []]


def test_a_meeting_that_is_not_held_needs_the_one_before_it():
    assert moving.broken(SHOW, HELD[2:], Held(1, 0, 1)) == [Reason(Kind.ORDER, others=(0,))]
