"""Meetings that take several slots: asked for, planned, shown, moved by hand, published."""

import pytest
import trade_makers as make
from django.urls import reverse

from gyoryu.base.refused import Refused
from gyoryu.jobs.tasks.worker import run_waiting
from gyoryu.trade.actions import edits, events, participants, timetables, wishes
from gyoryu.trade.actions.wishes import Wanted
from gyoryu.trade.models import Leg, Meeting, Wish
from gyoryu.trade.queries import boards, changing, faults, floors, plans
from gyoryu.trade.queries import meetings as meeting_queries
from gyoryu.trade.sheets import wishes as sheets

pytestmark = pytest.mark.django_db
SAID = make.SAID


@pytest.fixture
def asked(fair):
    """Two companies and two buyers who all want each other, in half-days of four slots."""
    sellers = [make.exhibitor(fair, name) for name in ("해담식품", "바른두유")]
    buyers = [make.buyer(fair, name) for name in ("사이공푸드", "씨암마트")]
    for one in sellers:
        wishes.keep(one, [Wanted(other, 5) for other in buyers], **SAID)
    return type("Asked", (), {"leg": fair.legs.get(), "sellers": sellers, "buyers": buyers})


def planned(leg):
    row = timetables.ask(leg, seconds=20, **SAID)
    run_waiting()
    row.refresh_from_db()
    return row


def lengths(row):
    return {one.pair: one.slots for one in floors.read(row.places)}


def test_the_nearest_word_says_how_long_a_meeting_is(asked):
    (one, two), (first, second) = asked.sellers, asked.buyers
    events.change(one.event, {"meeting_slots": 3}, **SAID)
    participants.change(first, {"meeting_slots": 2}, **SAID)
    wishes.keep(two, [Wanted(first, 5, slots=1)], **SAID)
    floor = floors.floor(Leg.objects.get(pk=asked.leg.pk))
    told = {pair: floor.slots(pair) for pair in floor.pairs}
    assert told == {
        (one.pk, first.pk): 2,
        (one.pk, second.pk): 3,
        (two.pk, first.pk): 1,
        (two.pk, second.pk): 3,
    }


def test_a_plan_places_long_meetings_and_publishing_keeps_them(asked, officer, signed_in):
    (one, two), (first, second) = asked.sellers, asked.buyers
    participants.change(first, {"meeting_slots": 2}, **SAID)
    row = planned(asked.leg)
    wanted = {(one.pk, first.pk): 2, (two.pk, first.pk): 2}
    wanted |= {(one.pk, second.pk): 1, (two.pk, second.pk): 1}
    assert lengths(row) == wanted
    seats = floors.read(row.places)
    assert faults.found(floors.floor(asked.leg, seats), seats) == {}
    # Nobody is in two places at once, in any slot that a meeting takes.
    busy = [(pk, place[:2]) for seat in seats for place in seat.taken for pk in seat.pair]
    assert len(set(busy)) == len(busy) == 12
    timetables.publish(row, **SAID)
    held = Meeting.objects.get(exhibitor=one, buyer=first)
    assert held.slots == 2
    assert (held.ends - held.begins).seconds == 2 * held.half_day.minutes * 60
    # What was said since does not change what was published; the next plan goes by it.
    participants.change(first, {"meeting_slots": None}, **SAID)
    assert floors.floor(asked.leg, meeting_queries.seats(asked.leg)).slots(held_pair(held)) == 2
    assert set(lengths(planned(asked.leg)).values()) == {1}
    browser = signed_in(officer, "en")
    door = browser.get(f"{reverse('door-list', args=[asked.leg.pk])}?half_day={held.half_day_id}")
    assert f"{held.begins:%H:%M}–{held.ends:%H:%M}" in door.content.decode()


def held_pair(row):
    return row.exhibitor_id, row.buyer_id


def by_hand(asked, **more):
    """Put the first two into the first slots of an empty draft."""
    row = planned(asked.leg)
    for seat in floors.read(row.places):
        edits.take_out(row, seat.pair, **SAID)
    half_day = asked.leg.half_days.first()
    pair = asked.sellers[0].pk, asked.buyers[0].pk
    edits.add(row, pair, (half_day.pk, 1, 1), **more, **SAID)
    return row, pair, half_day


def test_a_long_meeting_reaches_over_its_lines_and_dragging_keeps_it_long(
    asked, officer, signed_in
):
    row, pair, half_day = by_hand(asked, slots=2)
    board = boards.Board(row)
    lines = board.lines(half_day.day)
    assert [[cell.rows for cell in line.cells if cell.held] for line in lines[:3]] == [[2], [], []]
    assert len(lines[1].cells) == len(lines[0].cells) - 1
    assert [len(step.held) for step in board.strip(half_day.day, pair[0])][:3] == [1, 1, 0]
    page = reverse("timetable-move", args=[row.pk])
    when = f"{half_day.pk}-3"
    browser = signed_in(officer, "en")
    # What the script sends after a drag names no length.
    answer = browser.post(page, {"pair": f"{pair[0]}-{pair[1]}", "when": when, "table": "2"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert floors.read(row.places) == [floors.Seat(*pair, half_day.pk, 3, 2, slots=2)]
    shown = browser.get(answer.url).content.decode()
    assert 'rowspan="2"' in shown


def test_a_long_meeting_is_in_the_way_in_each_of_its_slots(asked, in_english):
    row, pair, half_day = by_hand(asked, slots=2)
    other = asked.sellers[1].pk, asked.buyers[1].pk
    with pytest.raises(Refused, match="The table is taken then"):
        edits.add(row, other, (half_day.pk, 2, 1), **SAID)
    same = asked.sellers[0].pk, asked.buyers[1].pk
    with pytest.raises(Refused, match="is in another meeting then"):
        edits.add(row, same, (half_day.pk, 2, 2), **SAID)
    with pytest.raises(Refused, match="no such time slot"):
        edits.move(row, pair, (half_day.pk, 4, 1), **SAID)
    # Made shorter, it fits; longer than the half-day it does not.
    edits.move(row, pair, (half_day.pk, 4, 1), slots=1, **SAID)
    assert lengths(row) == {pair: 1}
    with pytest.raises(Refused, match="no such time slot"):
        edits.move(row, pair, (half_day.pk, 1, 1), slots=5, **SAID)
    with pytest.raises(Refused, match="1 to 12 slots"):
        edits.move(row, pair, (half_day.pk, 1, 1), slots=13, **SAID)
    edits.add(row, other, (half_day.pk, 1, 1), slots=2, **SAID)
    seats = floors.read(row.places)
    free = changing.free_places(floors.floor(asked.leg, seats), seats, pair)
    first = next(tables for at, slot, tables in free if (at, slot) == (half_day.pk, 2))
    assert 1 not in first


def test_fixed_long_meetings_come_back_to_their_table_with_what_overlaps():
    one = floors.Seat(1, 11, 5, 1, 1, slots=2)
    two, three = floors.Seat(2, 12, 5, 2, 2, slots=2), floors.Seat(3, 13, 5, 3, 1, slots=1)
    free = floors.Seat(4, 14, 5, 4, 2)
    found = plans._at_their_tables([one, two, three, free], {(1, 11): 2})
    assert {seat.pair: seat.table for seat in found} == {
        (1, 11): 2, (2, 12): 1, (3, 13): 2, (4, 14): 2,
    }  # fmt: skip
    taken = [place for seat in found for place in seat.taken]
    assert len(set(taken)) == len(taken)


def test_the_office_says_how_long_and_the_company_cannot(asked, officer, signed_in):
    one, first = asked.sellers[0], asked.buyers[0]
    browser = signed_in(officer, "en")
    address = reverse("participant-wishes", args=[one.pk])
    typed = {f"worth_{first.pk}": "5", f"part_{first.pk}": "any", f"slots_{first.pk}": "2"}
    assert browser.post(address, typed).status_code == 302
    assert Wish.objects.get(by=one, to=first).slots == 2
    wishes.keep(one, [Wanted(first, 4, slots=6)], own=True, **SAID)
    kept = Wish.objects.get(by=one, to=first)
    assert (kept.worth, kept.slots) == (4, 2)
    wrong = browser.post(address, {**typed, f"worth_{first.pk}": "0"})
    assert wrong.status_code == 422
    assert "only of a meeting that is wanted" in wrong.content.decode()


def test_a_row_of_a_sheet_says_how_long(asked, in_english):
    people = [*asked.sellers, *asked.buyers]
    one, two, first, second = people
    text = "해담식품\t사이공푸드\t5\t\t2칸\n해담식품\t씨암마트\t안 함\t\t2\n바른두유\t씨암마트\t3\t\t많이\n"
    found, wrong = sheets.read(text, people)
    assert found == [sheets.Line(1, one, first, 5, "any", 2)]
    assert [(one.number, one.reason) for one in wrong] == [
        (2, "How long they meet is said only of a meeting that is wanted."),
        (3, "“많이” is no number of slots."),
    ]
    assert (two.side, second.side) == ("exhibitor", "buyer")
