"""Plans of a fair: made of wishes, changed by hand, published, mended."""

from datetime import timedelta

import pytest
import trade_makers as make
from django.core import mail

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.jobs.tasks.worker import run_waiting
from gyoryu.outbox.models import Letter
from gyoryu.trade.actions import edits, meetings, participants, timetables, wishes
from gyoryu.trade.actions.wishes import Wanted
from gyoryu.trade.models import Absence, Interpreter, Meeting, Timetable, Wish
from gyoryu.trade.queries import boards, changing, faults, floors, unplaced
from gyoryu.trade.queries import meetings as meeting_queries

pytestmark = pytest.mark.django_db
SAID = make.SAID


@pytest.fixture
def asked(fair):
    """Two companies and three buyers who all want each other."""
    sellers = [make.exhibitor(fair, name, languages=["ko"]) for name in ("해담식품", "바른두유")]
    buyers = [
        make.buyer(fair, name, languages=["vi"], contact_email=f"b{n}@buyer.example", language="en")
        for n, name in enumerate(("사이공푸드", "씨암마트", "미나토상사"))
    ]
    place = fair.legs.get()
    for name in ("부이 투이", "안소율"):
        Interpreter.objects.create(leg=place, name=name, languages=["ko", "vi"])
    for one in sellers:
        wishes.keep(one, [Wanted(other, 5) for other in buyers], **SAID)
    for one in buyers:
        wishes.keep(one, [Wanted(other, 3) for other in sellers], **SAID)
    return type("Asked", (), {"leg": place, "sellers": sellers, "buyers": buyers})


def planned(leg, **more):
    row = timetables.ask(leg, seconds=20, **more, **SAID)
    run_waiting()
    row.refresh_from_db()
    return row


def published(leg, **more):
    row = timetables.publish(planned(leg, **more), **SAID)
    run_waiting()
    return row


def test_a_plan_has_every_meeting_its_value_and_what_no_plan_can_pass(asked):
    row = planned(asked.leg)
    assert (row.state, len(row.places), row.value, row.bound) == ("draft", 6, 48, 48.0)
    assert (row.breaks, row.least_breaks, row.short) == (0, 0, [])
    again = planned(asked.leg)
    assert again.places == row.places
    seats = floors.read(row.places)
    assert faults.found(floors.floor(asked.leg, seats), seats) == {}
    # Nobody speaks the other's language: an interpreter at each meeting, two at once at most.
    assert all(one.interpreter for one in seats)
    at_once = [(one.half_day, one.slot, one.interpreter) for one in seats]
    assert len(set(at_once)) == len(at_once)


def test_never_and_the_part_of_the_day_are_kept(asked):
    one, other = asked.sellers[0], asked.buyers[0]
    wishes.keep(one, [Wanted(other, 0), Wanted(asked.buyers[1], 5, Wish.Part.AFTERNOON)], **SAID)
    seats = floors.read(planned(asked.leg).places)
    assert changing.seat_of(seats, (one.pk, other.pk)) is None
    later = changing.seat_of(seats, (one.pk, asked.buyers[1].pk))
    assert asked.leg.half_days.get(pk=later.half_day).part == "afternoon"


def test_publishing_sets_the_meetings_and_writes_to_everybody_once(asked):
    row = published(asked.leg)
    assert Meeting.objects.filter(leg=asked.leg, state="set").count() == len(row.places) == 6
    # Nobody acts for the companies here; each buyer gets its own agenda by its link.
    letters = list(Letter.objects.order_by("address"))
    assert [one.address for one in letters] == [f"b{n}@buyer.example" for n in range(3)]
    assert "해담식품" in letters[0].body or "Co" in letters[0].body
    assert letters[0].link.startswith("/t/")
    with pytest.raises(Refused):
        timetables.publish(row, **SAID)


def test_letters_are_owed_until_a_worker_has_written_them(asked, monkeypatch):
    monkeypatch.setattr(timetables, "TOGETHER", 2)
    row, later = planned(asked.leg), planned(asked.leg)
    row = timetables.publish(row, **SAID)
    owed = sorted(one.pk for one in (*asked.sellers, *asked.buyers))
    assert (row.to_tell, Letter.objects.count()) == (owed, 0)
    assert timetables.tell_some(row, **SAID) == 3
    # A later plan that changes nothing takes over what is owed.
    later = timetables.publish(later, **SAID)
    row.refresh_from_db()
    assert (row.to_tell, later.to_tell) == ([], owed[2:])
    run_waiting()
    later.refresh_from_db()
    assert later.to_tell == []
    # Nobody acts for the companies; each buyer is written to once.
    assert sorted(Letter.objects.values_list("address", flat=True)) == [
        f"b{n}@buyer.example" for n in range(3)
    ]


def free_place(leg, row, pair):
    seats = floors.read(row.places) if row.state == "draft" else meeting_queries.seats(leg)
    floor = floors.floor(leg, seats)
    now = changing.seat_of(seats, pair)
    half_day, slot, tables = next(
        one
        for one in changing.free_places(floor, seats, pair)
        if one[:2] != (now.half_day, now.slot)
    )
    return now, (half_day, slot, tables[0])


def test_moving_a_published_meeting_tells_only_its_two_parties(asked):
    row = published(asked.leg)
    Letter.objects.all().delete()
    pair = (asked.sellers[0].pk, asked.buyers[0].pk)
    _now, place = free_place(asked.leg, row, pair)
    edits.move(row, pair, place, by=None, at=make.NOW)
    moved = Meeting.objects.get(exhibitor=pair[0], buyer=pair[1])
    assert (moved.half_day_id, moved.slot, moved.table) == place
    assert moved.moved_at == make.NOW
    assert [one.address for one in Letter.objects.all()] == ["b0@buyer.example"]
    assert Entry.objects.filter(verb="meeting.moved").count() == 1


def test_a_move_that_breaks_something_says_all_of_it_and_changes_nothing(asked, in_english):
    row = published(asked.leg)
    one, other = Meeting.objects.filter(exhibitor=asked.sellers[0]).order_by("pk")[:2]
    pair = (one.exhibitor_id, one.buyer_id)
    Absence.objects.create(participant=one.buyer, half_day=other.half_day, slot=other.slot)
    with pytest.raises(Refused) as refused:
        edits.move(row, pair, (other.half_day_id, other.slot, other.table), **SAID)
    told = str(refused.value)
    assert "is not there then" in told
    assert "is in another meeting then" in told
    assert "The table is taken then" in told
    before = (one.half_day_id, one.slot, one.table)
    one.refresh_from_db()
    assert (one.half_day_id, one.slot, one.table) == before


def test_two_meetings_change_places(asked):
    row = published(asked.leg)
    one, other = Meeting.objects.filter(exhibitor=asked.sellers[0]).order_by("pk")[:2]
    places = [(row.half_day_id, row.slot, row.table) for row in (one, other)]
    # Their buyers' other meetings must not be in the way.
    Meeting.objects.filter(exhibitor=asked.sellers[1]).delete()
    edits.move(row, (one.exhibitor_id, one.buyer_id), places[1], swap=True, **SAID)
    one.refresh_from_db(), other.refresh_from_db()
    assert [(row.half_day_id, row.slot, row.table) for row in (one, other)] == places[::-1]


def test_who_goes_loses_its_meetings_and_nobody_else_moves(asked):
    published(asked.leg)
    before = {one.pair: one for one in meeting_queries.seats(asked.leg)}
    gone = asked.buyers[0]
    Letter.objects.all().delete()
    participants.move(gone, "withdrawn", "못 옴", **SAID)
    assert Meeting.objects.filter(state="cancelled", cancelled_by="buyer").count() == 2
    # Nobody but who withdrew could be written to here: the companies have no people yet.
    assert {one.address for one in Letter.objects.all()} <= {"b0@buyer.example"}
    mended = published(asked.leg, mends=True)
    assert (mended.proven, mended.version) == (True, 2)
    after = {one.pair: one for one in meeting_queries.seats(asked.leg)}
    assert after == {pair: seat for pair, seat in before.items() if gone.pk not in pair}
    assert Meeting.objects.exclude(moved_at=None).count() == 0


def test_who_comes_late_meets_without_moving_others_where_there_is_room(asked):
    published(asked.leg)
    before = meeting_queries.seats(asked.leg)
    late = make.buyer(
        asked.leg.event, "늦은상사", languages=["ko"], contact_email="late@buyer.example"
    )
    wishes.keep(late, [Wanted(one, 4) for one in asked.sellers], **SAID)
    Letter.objects.all().delete()
    published(asked.leg, mends=True)
    after = meeting_queries.seats(asked.leg)
    assert set(before) <= set(after)
    assert {one.pair for one in after} - {one.pair for one in before} == {
        (one.pk, late.pk) for one in asked.sellers
    }
    assert [one.address for one in Letter.objects.all()] == ["late@buyer.example"]


def test_a_cancelled_meeting_is_not_planned_again(asked):
    published(asked.leg)
    row = Meeting.objects.filter(buyer=asked.buyers[0]).first()
    with pytest.raises(Refused):
        meetings.cancel(row, " ", **SAID)
    meetings.cancel(row, "다른 일정", party=asked.buyers[0], **SAID)
    row.refresh_from_db()
    assert (row.state, row.cancelled_by, row.reason) == ("cancelled", "buyer", "다른 일정")
    mended = planned(asked.leg, mends=True)
    assert (row.exhibitor_id, row.buyer_id) not in {one.pair for one in floors.read(mended.places)}


def test_a_fixed_meeting_stays_in_the_next_plan(asked):
    first = planned(asked.leg)
    pair = (asked.sellers[0].pk, asked.buyers[0].pk)
    _now, place = free_place(asked.leg, first, pair)
    edits.move(first, pair, place, **SAID)
    edits.fix(first, pair, True, **SAID)
    seat = changing.seat_of(floors.read(planned(asked.leg).places), pair)
    assert (seat.place, seat.fixed) == (place, True)


def test_a_draft_with_a_fault_is_not_published(asked):
    row = planned(asked.leg)
    one = floors.read(row.places)[0]
    Absence.objects.create(participant_id=one.buyer, half_day_id=one.half_day)
    with pytest.raises(Refused):
        timetables.publish(row, **SAID)
    assert not Meeting.objects.exists()


def test_what_somebody_may_not_see_or_do_is_refused(asked, person_with):
    viewer = person_with("viewer")
    for act in (
        lambda: timetables.ask(asked.leg, by=viewer, at=make.NOW),
        lambda: wishes.keep(asked.buyers[0], [], by=viewer, at=make.NOW),
    ):
        with pytest.raises(Refused):
            act()


def test_what_has_begun_stays_where_it_is(asked):
    row = published(asked.leg)
    first = min(Meeting.objects.all(), key=meeting_queries.starts)
    at = meeting_queries.starts(first) + timedelta(minutes=1)
    pair = (first.exhibitor_id, first.buyer_id)
    with pytest.raises(Refused):
        meetings.cancel(first, "늦음", by=None, at=at)
    _now, place = free_place(asked.leg, row, pair)
    with pytest.raises(Refused):
        edits.move(row, pair, place, by=None, at=at)
    assert meetings.miss(first, "buyer", by=None, at=at).absent == "buyer"


def test_a_stopped_search_leaves_the_best_plan_as_a_draft(asked):
    row = timetables.ask(asked.leg, seconds=20, **SAID)
    timetables.stop(row, **SAID)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, Timetable.objects.count()) == ("draft", 1)
    assert row.reason
    assert mail.outbox == []


def test_a_wish_without_a_place_says_why(asked, in_english):
    fair, seller = asked.leg.event, asked.sellers[0]
    away, mute, shy = (
        make.buyer(fair, name, languages=["fr"]) for name in ("가상사", "나상사", "다상사")
    )
    away.languages, shy.languages = ["ko"], ["ko"]
    away.save(), shy.save()
    for half_day in asked.leg.half_days.all():
        Absence.objects.create(participant=away, half_day=half_day)
    wishes.keep(seller, [Wanted(one, 5) for one in (away, mute, shy)], **SAID)
    wishes.keep(shy, [Wanted(seller, 0)], **SAID)
    row = planned(asked.leg)
    board = boards.Board(row)
    told = {str(one.buyer): one.reason for one in unplaced.listed(board.floor, board.seats)}
    assert told == {
        "가상사 Co": "They are never there at the same time, or want different parts of the day.",
        "나상사 Co": "Nobody at this place interprets between their languages.",
        "다상사 Co": "다상사 Co said never.",
    }
    assert unplaced.kept(board.floor, board.seats) == unplaced.Kept(8, 6)
    assert sorted(row.short) == [away.pk, mute.pk]


def test_an_order_of_two_meetings_is_kept_by_plans_and_by_hand(asked):
    of, (first, then, _third) = asked.sellers[0], asked.buyers
    wishes.order(of, first, then, **SAID)
    row = planned(asked.leg)
    floor = floors.floor(asked.leg, floors.read(row.places))
    at = {
        one.buyer: (floor.half_day_number(one.half_day), one.slot)
        for one in floors.read(row.places)
        if one.exhibitor == of.pk
    }
    assert at[first.pk] < at[then.pk]
    late = asked.leg.half_days.order_by("-begins").first()
    with pytest.raises(Refused):
        edits.move(row, (of.pk, first.pk), (late.pk, 4, 6), **SAID)
