"""Engagements: recorded once, in time, with who was there; what depends on them follows."""

from datetime import date

import pytest
import register_makers as make
from django.db import IntegrityError, transaction
from django.urls import reverse

from gyoryu.agreements.actions import engagements as actions
from gyoryu.agreements.models import Agreement, Engagement, Participant
from gyoryu.base.periods import Period, month
from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(province):
    return province.division


def verbs(row):
    return list(Entry.objects.filter(record=row.pk).order_by("pk").values_list("verb", flat=True))


# --- what is kept


def test_recording_keeps_days_ties_partner_and_history(unit, officer, now):
    partner = make.organisation(unit, now)
    tied = make.agreement(unit, partner)
    made = make.engagement(
        unit, now, by=officer, agreements=[tied], organisation=partner, ends_on=date(2025, 3, 5)
    )
    made.refresh_from_db()
    assert (made.starts_on, made.ends_on, made.state) == (
        date(2025, 3, 3),
        date(2025, 3, 5),
        "held",
    )
    assert list(made.agreements.all()) == [tied]
    assert [(one.side, one.organisation) for one in made.delegations.all()] == [("theirs", partner)]
    assert list(Entry.objects.filter(verb__startswith="engagement").values_list("verb", "by")) == [
        ("engagement.recorded", officer.pk)
    ]


def test_a_vague_time_is_kept_as_it_was_said(unit, now):
    made = make.engagement(unit, now, when=month(2024, 11), starts_on=None)
    assert made.when == Period(date(2024, 11, 1), date(2024, 11, 30), "month")


# --- the last contact of agreements


def test_the_last_contact_follows_what_was_held_and_nothing_else(unit, officer, now):
    tied = make.agreement(unit)

    def last():
        return Agreement.objects.get(pk=tied.pk).last_contact_on

    make.engagement(unit, now, starts_on=date(2024, 1, 9), agreements=[tied])
    assert last() == date(2024, 1, 9)
    newer = make.engagement(unit, now, starts_on=date(2025, 2, 1), agreements=[tied])
    assert last() == date(2025, 2, 1)
    make.engagement(unit, now, starts_on=date(2025, 6, 1), state="planned", agreements=[tied])
    assert last() == date(2025, 2, 1)
    actions.change(newer, {"starts_on": date(2025, 2, 20)}, by=officer, at=now)
    assert last() == date(2025, 2, 20)
    actions.untie(newer, tied, reason="다른 협약의 회의", by=officer, at=now)
    assert last() == date(2024, 1, 9)
    actions.tie(newer, tied, by=officer, at=now)
    actions.void(newer, reason="두 번 적음", by=officer, at=now)
    assert last() == date(2024, 1, 9)


def test_a_contact_that_is_still_going_on_counts_until_today(unit, now):
    tied = make.agreement(unit)
    make.engagement(
        unit, now, starts_on=date(2025, 3, 30), ends_on=date(2025, 4, 9), agreements=[tied]
    )
    tied.refresh_from_db()
    assert tied.last_contact_on == date(2025, 4, 1)


# --- planned, held, cancelled, voided


def test_what_is_planned_is_held_when_its_day_has_come_and_then_counts(unit, officer, now):
    tied = make.agreement(unit)
    planned = make.engagement(unit, now, state="planned", agreements=[tied])
    actions.hold(planned, {"summary": "잘 되었음"}, by=officer, at=now)
    planned.refresh_from_db()
    tied.refresh_from_db()
    assert (planned.state, planned.summary, tied.last_contact_on) == (
        "held",
        "잘 되었음",
        date(2025, 3, 3),
    )
    assert verbs(planned) == ["engagement.planned", "engagement.held"]


def test_the_future_is_not_held(unit, officer, now):
    with pytest.raises(Refused) as no:
        make.engagement(unit, now, starts_on=date(2025, 4, 2))
    assert no.value.field == "starts_on"
    planned = make.engagement(unit, now, starts_on=date(2025, 4, 2), state="planned")
    with pytest.raises(Refused):
        actions.hold(planned, {}, by=officer, at=now)
    assert Engagement.objects.get().state == "planned"


def test_what_took_place_cannot_be_cancelled_and_cancelling_needs_a_reason(unit, officer, now):
    held = make.engagement(unit, now)
    planned = make.engagement(unit, now, state="planned")
    with pytest.raises(Refused):
        actions.cancel(held, reason="취소", by=officer, at=now)
    with pytest.raises(Refused) as no:
        actions.cancel(planned, reason=" ", by=officer, at=now)
    assert no.value.field == "reason"
    actions.cancel(planned, reason="태풍", by=officer, at=now)
    assert Entry.objects.get(verb="engagement.cancelled").reason == "태풍"


def test_a_record_that_promises_or_later_steps_stand_on_is_not_voided(unit, officer, now):
    first = make.engagement(unit, now)
    promise = make.commitment(unit, engagement=first)
    with pytest.raises(Refused):
        actions.void(first, reason="잘못", by=officer, at=now)
    promise.delete()
    make.engagement(unit, now, follows=first)
    with pytest.raises(Refused):
        actions.void(first, reason="잘못", by=officer, at=now)


def test_a_voided_record_is_kept_shown_as_such_and_left_alone(unit, officer, now, signed_in):
    row = make.engagement(unit, now)
    actions.void(row, reason="두 번 적음", by=officer, at=now)
    page = signed_in(officer).get(row.get_absolute_url()).content.decode()
    assert "두 번 적음" in page
    assert reverse("engagement-edit", args=[row.pk]) not in page
    with pytest.raises(Refused):
        actions.change(row, {"venue": "어딘가"}, by=officer, at=now)
    assert "산림 협력 회의" not in signed_in(officer).get(reverse("engagements")).content.decode()


def test_the_state_is_not_changed_by_the_edit_form(unit, officer, now):
    row = make.engagement(unit, now, state="planned")
    with pytest.raises(Refused):
        actions.change(row, {"state": "held"}, by=officer, at=now)


# --- the chain


def test_an_engagement_follows_an_earlier_one_and_never_itself(unit, officer, now):
    first = make.engagement(unit, now, starts_on=date(2025, 1, 1))
    second = make.engagement(unit, now, starts_on=date(2025, 1, 1), follows=first)
    for wrong in (second, first):
        with pytest.raises(Refused) as no:
            actions.change(first, {"follows": wrong}, by=officer, at=now)
        assert no.value.field == "follows"
    late = make.engagement(unit, now, starts_on=date(2025, 3, 1))
    with pytest.raises(Refused):
        actions.change(second, {"follows": late}, by=officer, at=now)


# --- who was there


def test_titles_are_those_held_on_the_day(unit, officer, now):
    ministry, dana = make.organisation(unit, now), make.person(unit)
    make.position(
        dana, ministry, until=date(2025, 2, 28), title_ko="차관", title_en="Vice minister"
    )
    then = make.position(dana, ministry, since=date(2025, 3, 1))
    row = make.engagement(unit, now, organisation=ministry)
    named = actions.add_participant(row.delegations.get(), dana, by=officer, at=now)
    assert named.position == then


def test_a_position_of_another_time_or_person_is_refused(unit, officer, now):
    ministry, dana, other = (
        make.organisation(unit, now),
        make.person(unit),
        make.person(unit, "리 온", "Lee Ohn"),
    )
    row = make.engagement(unit, now, organisation=ministry)
    there = row.delegations.get()
    for held in (
        make.position(dana, ministry, until=date(2025, 2, 28)),
        make.position(other, ministry),
    ):
        with pytest.raises(Refused) as no:
            actions.add_participant(there, dana, position=held, by=officer, at=now)
        assert no.value.field == "position"


def test_one_head_nobody_twice_and_no_more_people_than_the_size(unit, officer, now):
    row = make.engagement(unit, now)
    theirs = actions.add_delegation(row, "theirs", name="산림 대표단", size=2, by=officer, at=now)
    ours = actions.add_delegation(row, "ours", name="우리 대표단", by=officer, at=now)
    dana, lee = make.person(unit), make.person(unit, "리 온", "Lee Ohn")
    actions.add_participant(theirs, dana, head=True, by=officer, at=now)
    for there, who, head, field in (
        (theirs, dana, False, "person"),
        (ours, dana, False, "person"),
        (theirs, lee, True, "head"),
    ):
        with pytest.raises(Refused) as no:
            actions.add_participant(there, who, head=head, by=officer, at=now)
        assert no.value.field == field
    actions.add_participant(theirs, lee, by=officer, at=now)
    with pytest.raises(Refused):
        actions.add_participant(theirs, make.person(unit, "셋", "Three"), by=officer, at=now)
    with pytest.raises(Refused):
        actions.change_delegation(theirs, {"size": 1}, by=officer, at=now)
    assert theirs.participants.count() == 2


def test_the_database_itself_keeps_one_head_and_nobody_twice(unit, now):
    row = make.engagement(unit, now, organisation=make.organisation(unit, now))
    there, dana, lee = row.delegations.get(), make.person(unit), make.person(unit, "리", "Lee")
    Participant.objects.create(delegation=there, person=dana, head=True)
    for who, head in ((dana, False), (lee, True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.create(delegation=there, person=who, head=head)


def test_what_was_put_there_by_mistake_is_taken_out_with_a_reason_and_remembered(
    unit, officer, now
):
    row = make.engagement(unit, now, organisation=make.organisation(unit, now))
    there = row.delegations.get()
    named = actions.add_participant(there, make.person(unit), by=officer, at=now)
    with pytest.raises(Refused):
        actions.remove(there, reason="잘못", by=officer, at=now)
    actions.remove(named, reason="동명이인", by=officer, at=now)
    entry = Entry.objects.get(verb="engagement.part_removed")
    assert (entry.record, entry.reason) == (row.pk, "동명이인")
    assert "데이나" in entry.changes["participant"][0]


# --- itinerary


def test_stops_keep_their_order_and_lie_within_the_journey(unit, officer, now):
    row = make.engagement(unit, now, kind="visit", ends_on=date(2025, 3, 5))
    first = actions.add_stop(row, {"name_ko": "수목원"}, by=officer, at=now)
    second = actions.add_stop(row, {"name_ko": "연구원"}, by=officer, at=now)
    assert [first.order, second.order] == [1, 2]
    for values, field in (
        ({"name_ko": "밖", "on": date(2025, 3, 6)}, "on"),
        ({"name_ko": "둘째", "order": 2}, "order"),
        ({"name_ko": ""}, "name_ko"),
    ):
        with pytest.raises(Refused) as no:
            actions.add_stop(row, values, by=officer, at=now)
        assert no.value.field == field


def test_feedback_is_from_1_to_5_and_comes_after_the_visit(unit, officer, now):
    row = make.engagement(unit, now, kind="visit")
    stop = actions.add_stop(row, {"name_ko": "수목원"}, by=officer, at=now)
    for rating in (0, 6, 9):
        with pytest.raises(Refused) as no:
            actions.give_feedback(stop, rating=rating, feedback="", by=officer, at=now)
        assert no.value.field == "rating"
    with pytest.raises(Refused):
        actions.give_feedback(stop, rating=None, feedback=" ", by=officer, at=now)
    actions.give_feedback(stop, rating=4, feedback="길이 좋았다", by=officer, at=now)
    stop.refresh_from_db()
    assert (stop.rating, stop.feedback) == (4, "길이 좋았다")
    planned = make.engagement(unit, now, kind="visit", state="planned")
    ahead = actions.add_stop(planned, {"name_ko": "수목원"}, by=officer, at=now)
    with pytest.raises(Refused):
        actions.give_feedback(ahead, rating=4, feedback="", by=officer, at=now)


def test_days_are_not_moved_past_a_stop_or_an_answer(unit, officer, now):
    row = make.engagement(unit, now, kind="visit", ends_on=date(2025, 3, 5))
    actions.add_stop(row, {"name_ko": "수목원", "on": date(2025, 3, 4)}, by=officer, at=now)
    letter = make.engagement(unit, now, kind="letter")
    values = {"words": "자료", "organisation": make.organisation(unit, now)}
    asked = actions.ask(letter, values, by=officer, at=now)
    actions.answer(asked, on=date(2025, 3, 4), answer="예", by=officer, at=now)
    for moved, day in ((row, date(2025, 3, 5)), (letter, date(2025, 3, 5))):
        with pytest.raises(Refused) as no:
            actions.change(moved, {"starts_on": day, "ends_on": day}, by=officer, at=now)
        assert no.value.field == "starts_on"


# --- who may


def test_somebody_of_another_unit_neither_sees_nor_changes_it(
    unit, province, now, person_with, signed_in
):
    row = make.engagement(unit, now)
    stranger = person_with("officer", province.other)
    browser = signed_in(stranger)
    for name in ("engagement", "engagement-edit", "engagement-hold", "delegation-new"):
        assert browser.get(reverse(name, args=[row.pk])).status_code == 404
    assert "산림 협력 회의" not in browser.get(reverse("engagements")).content.decode()
    with pytest.raises(Refused):
        actions.change(row, {"venue": "어딘가"}, by=stranger, at=now)


def test_a_viewer_reads_and_is_offered_no_change(unit, now, person_with, signed_in):
    row = make.engagement(unit, now)
    browser = signed_in(person_with("viewer"))
    page = browser.get(row.get_absolute_url()).content.decode()
    assert reverse("engagement-edit", args=[row.pk]) not in page
    assert browser.get(reverse("engagement-edit", args=[row.pk])).status_code == 403


def test_a_unit_it_is_shared_with_sees_it_but_may_not_change_it(
    unit, province, now, person_with, signed_in
):
    row = make.engagement(unit, now)
    row.shared_with.add(province.other)
    browser = signed_in(person_with("officer", province.other))
    assert browser.get(row.get_absolute_url()).status_code == 200
    assert browser.get(reverse("engagement-edit", args=[row.pk])).status_code == 403
