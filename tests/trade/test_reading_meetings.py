"""Published meeting problems are read whole, and a bad file is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.trade.timetable import reading
from gyoryu.trade.timetable.values import Meeting, Problem, Session

FILE = """% a fair of our own
nBusiness = 3;
nMeetings = 2;
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 2;

requested = [|1, 2,3,
|3, 1,2,
|];

meetingsxBusiness = [{1,2,3},
{1,2},
{1,3}];
nMeetingsBusiness = [2,1,1];
forbidden = [{0},
{},
{1..2, 4}];
fixed = [0,3];
precedences = [{},
{1}];
"""


def test_reads_everything_from_0():
    assert reading.read(FILE, fairness=1) == Problem(
        3,
        4,
        2,
        2,
        (Meeting(0, 1), Meeting(2, 0, Session.AFTERNOON)),
        (frozenset(), frozenset(), frozenset({0, 1, 3})),
        (None, 2),
        (frozenset(), frozenset({0})),
        1,
    )


def test_the_other_name_of_fixed_slots_and_what_may_be_left_out():
    assert reading.read(FILE.replace("fixed", "fixat")) == reading.read(FILE)
    short = FILE[: FILE.index("meetingsx")]
    assert reading.read(short).forbidden == (frozenset(),) * 3


@pytest.mark.parametrize(
    ("was", "now", "reason"),
    [
        ("nTables = 2", "nTables = x", "line 4: a number, list or table expected"),
        ("nTables = 2;", "", "nTables is missing"),
        ("nTables = 2", "nTables = 2; nTables = 3", "line 4: nTables stands here a second time"),
        ("nTables = 2", "nTables = -1", "line 4: nTables must be one number"),
        ("nTables = 2", "nTables = 9999999999", "line 4: a number beyond"),
        ("nMorningSlots = 2", "nMorningSlots = 5", "line 6: more morning slots"),
        ("|3, 1,2", "|3, 1", "line 9: a request is"),
        ("|3, 1,2", "|3, 4,2", "line 9: participants count from 1 to 3"),
        ("|3, 1,2", "|3, 3,2", "line 9: participant 3 cannot meet itself"),
        ("|3, 1,2", "|3, 1,4", "line 9: the session is"),
        ("nMeetings = 2", "nMeetings = 3", "line 8: 3 meetings said, 2 requested"),
        ("{1..2, 4}", "{5}", "line 18: forbidden counts from 1 to 4"),
        ("{1}];", "{0}];", "line 21: precedences counts from 1 to 2"),
        ("[0,3]", "[0,5]", "line 19: a fixed slot is"),
        ("[0,3]", "[0]", "line 19: 1 fixed slots, 2 expected"),
        ("[2,1,1]", "[2,2,1]", "line 15: nMeetingsBusiness does not agree"),
        ("{1}];", "{1}", "line 22: ] expected, the end of the file found"),
        ("[0,3];", "[0,3]! ", "line 19: “!” has no meaning"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(was, now, reason):
    assert was in FILE
    with pytest.raises(reading.Unreadable) as refused:
        reading.read(FILE.replace(was, now, 1))
    assert reason in str(refused.value)


@given(st.text(alphabet="nBusies=[]{}|;,.0123456789 \n%", max_size=80), st.integers(0, 400))
def test_any_damage_is_refused_or_read(noise, at):
    try:
        problem = reading.read(FILE[:at] + noise + FILE[at:])
    except reading.Unreadable:
        return
    assert len(problem.meetings) == len(problem.fixed) == len(problem.before)
