"""Consultative bodies: founded under a signed agreement, met in order, their promises carried."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
import register_makers as make
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.agreements.actions import bodies as actions
from gyoryu.agreements.actions import engagements
from gyoryu.agreements.models import Body, Carry, Engagement
from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(province):
    return province.division


@pytest.fixture
def under(unit):
    return make.agreement(unit)


@pytest.fixture
def body(under, now):
    return make.body(under, now)


@pytest.fixture
def browser(signed_in, officer):
    return signed_in(officer)


def hold(body, now, **values):
    return actions.hold_session(body, {"starts_on": date(2025, 3, 20), **values}, by=None, at=now)


# --- founding


def test_the_first_session_is_due_a_cadence_after_the_founding(body, unit, under):
    assert (body.unit, body.agreement, body.next_due_on) == (unit, under, date(2022, 5, 1))


@pytest.mark.parametrize("status", ["draft", "reviewed", "expired", "ended", "replaced"])
def test_no_body_is_founded_under_an_agreement_that_is_not_signed_or_over(unit, now, status):
    under = make.agreement(unit, status=status)
    with pytest.raises(Refused):
        make.body(under, now)
    assert not Body.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"founded_on": date(2020, 3, 1)}, "founded_on"),
        ({"founded_on": date(2025, 4, 2)}, "founded_on"),
        ({"cadence_months": 0}, "cadence_months"),
        ({"cadence_months": 121}, "cadence_months"),
        ({"name_ko": "", "name_en": ""}, "name_ko"),
        ({"name_ko": "가" * 10_000}, "name_ko"),
        ({"next_due_on": date(2021, 4, 30)}, "next_due_on"),
    ],
)
def test_a_body_founded_wrongly_is_refused_at_the_field(under, now, changes, field):
    with pytest.raises(Refused) as no:
        make.body(under, now, **changes)
    assert no.value.field == field


def test_the_lead_offices_are_of_two_sides(under, unit, now):
    office = make.organisation(unit, now)
    with pytest.raises(Refused) as no:
        make.body(under, now, lead_ours=office, lead_theirs=office)
    assert no.value.field == "lead_theirs"


# --- sessions


def test_sessions_are_numbered_tied_to_the_agreement_and_named(body, under, now):
    first, second = hold(body, now, starts_on=date(2024, 3, 20)), hold(body, now)
    assert [first.session_number, second.session_number] == [1, 2]
    assert (second.title_ko, second.title_en) == ("제2차 공동협의회", "Joint Council, session 2")
    assert list(second.agreements.all()) == [under]
    under.refresh_from_db()
    assert under.last_contact_on == date(2025, 3, 20)


def test_holding_a_session_moves_the_next_one_by_the_cadence(body, now):
    hold(body, now)
    body.refresh_from_db()
    assert body.next_due_on == date(2026, 3, 20)


def test_an_old_session_typed_in_late_does_not_move_it_back(body, now):
    hold(body, now, session_number=2)
    hold(body, now, starts_on=date(2023, 3, 20), session_number=1)
    body.refresh_from_db()
    assert body.next_due_on == date(2026, 3, 20)


def test_writing_the_minutes_leaves_a_due_day_that_was_set_by_hand(body, now, officer):
    session = hold(body, now)
    actions.change(body, {"next_due_on": date(2025, 10, 1)}, by=officer, at=now)
    engagements.change(session, {"summary": "회의록"}, by=officer, at=now)
    body.refresh_from_db()
    assert body.next_due_on == date(2025, 10, 1)


def test_a_voided_session_gives_its_number_and_its_due_day_back(body, now, officer):
    hold(body, now, starts_on=date(2024, 3, 20))
    second = hold(body, now)
    engagements.void(second, reason="두 번 적음", by=officer, at=now)
    body.refresh_from_db()
    assert body.next_due_on == date(2025, 3, 20)
    assert hold(body, now).session_number == 2


def test_a_planned_session_moves_nothing_until_it_is_held(body, unit, now, officer):
    make.commitment(unit, body=body)
    planned = hold(body, now, state="planned")
    body.refresh_from_db()
    assert (body.next_due_on, Carry.objects.count()) == (date(2022, 5, 1), 0)
    engagements.hold(planned, {}, by=officer, at=now)
    body.refresh_from_db()
    assert (body.next_due_on, Carry.objects.count()) == (date(2026, 3, 20), 1)


def test_open_promises_are_carried_from_session_to_session_until_they_are_closed(body, unit, now):
    first = hold(body, now, starts_on=date(2023, 3, 20))
    kept = make.commitment(unit, "CO-1", body=body, engagement=first)
    make.commitment(
        unit, "CO-2", body=body, engagement=first, status="done", done_on=date(2024, 1, 1)
    )
    make.commitment(unit, "CO-3", body=body, engagement=first, on_agenda=False)
    make.commitment(unit, "CO-4", body=body, engagement=first, voided_at=now, voided_reason="잘못")
    make.commitment(unit, "CO-5")
    second = hold(body, now, starts_on=date(2024, 3, 20))
    third = hold(body, now, starts_on=date(2025, 3, 20))
    assert list(Carry.objects.values_list("commitment", "session")) == [
        (kept.pk, second.pk),
        (kept.pk, third.pk),
    ]


def test_a_promise_made_later_is_not_carried_into_an_earlier_session(body, unit, now):
    newer = hold(body, now, session_number=5)
    make.commitment(unit, body=body, engagement=newer)
    hold(body, now, starts_on=date(2024, 1, 10), session_number=4)
    assert not Carry.objects.exists()


@pytest.mark.parametrize("status", ["expired", "ended", "replaced"])
def test_no_session_of_a_body_whose_agreement_is_over(body, under, now, status):
    under.status = status
    under.save()
    with pytest.raises(Refused):
        hold(body, now)
    assert not Engagement.objects.exists()


def test_no_session_of_a_body_that_has_ended(body, now, officer):
    actions.end(body, on=date(2025, 3, 1), reason="통합", by=officer, at=now)
    with pytest.raises(Refused):
        hold(body, now)


def test_no_session_before_the_founding_or_in_the_future(body, now):
    for day in (date(2021, 4, 30), date(2025, 4, 2)):
        with pytest.raises(Refused) as no:
            hold(body, now, starts_on=day)
        assert no.value.field == "starts_on"
    assert hold(body, now, starts_on=date(2025, 9, 1), state="planned").state == "planned"


def test_a_number_is_given_once(body, now):
    hold(body, now, session_number=7)
    with pytest.raises(Refused) as no:
        hold(body, now, session_number=7)
    assert no.value.field == "session_number"
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.filter(pk=hold(body, now).pk).update(session_number=7)


def test_a_session_is_never_recorded_beside_its_body(body, unit, now):
    for values in ({"kind": "session"}, {"kind": "session", "body": body}):
        with pytest.raises(Refused) as no:
            make.engagement(unit, now, **values)
        assert no.value.field == "kind"


def test_a_session_stays_tied_to_the_agreement_of_its_body(body, under, now, officer):
    session = hold(body, now)
    with pytest.raises(Refused):
        engagements.untie(session, under, reason="?", by=officer, at=now)
    with pytest.raises(Refused):
        engagements.change(session, {"kind": "meeting"}, by=officer, at=now)


# --- the end


def test_a_body_ends_once_with_a_reason_and_not_before_its_last_session(body, now, officer):
    hold(body, now)
    for values, field in (
        ({"on": date(2025, 3, 19), "reason": "통합"}, "on"),
        ({"on": date(2025, 4, 2), "reason": "통합"}, "on"),
        ({"on": date(2025, 3, 21), "reason": ""}, "reason"),
    ):
        with pytest.raises(Refused) as no:
            actions.end(body, **values, by=officer, at=now)
        assert no.value.field == field
    actions.end(body, on=date(2025, 3, 21), reason="다른 협의체와 통합", by=officer, at=now)
    body.refresh_from_db()
    assert (body.ended_on, body.next_due_on) == (date(2025, 3, 21), None)
    with pytest.raises(Refused):
        actions.end(body, on=date(2025, 3, 22), reason="또", by=officer, at=now)


# --- screens


def test_a_body_is_founded_through_its_form(browser, under, unit, now, officer):
    make.organisation(unit, now)
    fields = {
        "name_ko": "산림 공동협의회",
        "lead_theirs": "산림부",
        "founded_on": "2021-05-01",
        "cadence_months": "6",
        "owner": str(officer.pk),
    }
    reply = browser.post(reverse("body-new", args=[under.pk]), fields)
    made = Body.objects.get()
    assert reply.url == made.get_absolute_url()
    assert (made.owner, made.next_due_on) == (officer, date(2021, 11, 1))
    page = browser.get(reply.url).content.decode()
    for words in ("산림 공동협의회", "6개월마다", "2021-11-01", "산림부"):
        assert words in page


def test_a_session_is_recorded_once_through_its_form_with_what_is_carried_beside_it(
    browser, body, unit, now
):
    make.commitment(unit, body=body)
    address = reverse("session-new", args=[body.pk])
    assert "전문가 두 명" in browser.get(address).content.decode()
    fields = {
        "state": "held",
        "session_number": "1",
        "starts_on": "2025-03-20",
        "mode": "video",
        "once": str(uuid4()),
    }
    replies = [browser.post(address, fields) for _ in range(2)]
    session = Engagement.objects.get()
    assert {reply.url for reply in replies} == {session.get_absolute_url()}
    page = browser.get(session.get_absolute_url()).content.decode()
    assert "전문가 두 명" in page
    assert body.name_ko in page


def test_a_session_of_an_ended_agreement_is_refused_with_the_reason(browser, body, under):
    under.status, under.status_since = "ended", date(2025, 1, 1)
    under.save()
    page = browser.get(body.get_absolute_url()).content.decode()
    assert reverse("session-new", args=[body.pk]) not in page
    assert "2025-01-01" in page
    reply = browser.post(reverse("session-new", args=[body.pk]), {"starts_on": "2025-03-20"})
    assert reply.status_code == 403


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": "2025-02-30"}, "starts_on"),
        ({"starts_on": "2025-05-30"}, "starts_on"),
        ({"starts_on": "2021-01-30"}, "starts_on"),
        ({"ends_on": "2025-03-19"}, "ends_on"),
        ({"session_number": "0"}, "session_number"),
        ({"title_ko": "가" * 10_000}, "title_ko"),
    ],
)
def test_bad_input_for_a_session_is_answered_at_its_field(
    signed_in, officer, body, changes, field, language
):
    fields = {
        "state": "held",
        "session_number": "1",
        "starts_on": "2025-03-20",
        "mode": "video",
        **changes,
    }
    reply = signed_in(officer, language).post(reverse("session-new", args=[body.pk]), fields)
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, [field])
    assert not Engagement.objects.exists()


def test_another_units_body_is_not_found(body, province, person_with, signed_in):
    browser = signed_in(person_with("officer", province.other))
    for name in ("body", "body-edit", "body-end", "session-new"):
        assert browser.get(reverse(name, args=[body.pk])).status_code == 404


def test_a_body_is_seen_where_its_agreement_is_shared(
    body, under, province, person_with, signed_in
):
    under.shared_with.add(province.other)
    browser = signed_in(person_with("officer", province.other))
    assert browser.get(body.get_absolute_url()).status_code == 200
    assert browser.get(reverse("body-edit", args=[body.pk])).status_code == 403


def test_changing_notes_what_changed(browser, body):
    fields = {"name_ko": "새 이름", "founded_on": "2021-05-01", "cadence_months": "24"}
    reply = browser.post(
        reverse("body-edit", args=[body.pk]), {**fields, "next_due_on": "2025-06-01"}
    )
    assert reply.status_code == 302
    entry = Entry.objects.get(verb="body.changed")
    assert entry.changes["cadence_months"] == [12, 24]


def test_the_list_says_who_is_late_and_exports_it(browser, body, under, now):
    fresh = make.body(under, now, name_ko="새 협의체", name_en="New", founded_on=date(2025, 1, 1))
    ended = make.body(under, now, name_ko="옛 협의체", name_en="Old")
    actions.end(ended, on=date(2025, 1, 1), reason="통합", by=None, at=now)

    def found(tab):
        listing = browser.get(reverse("bodies"), {"tab": tab}).context["listing"]
        return [row.pk for row in listing.page]

    assert [found("late"), found("standing"), found("ended")] == [
        [body.pk],
        [body.pk, fresh.pk],
        [ended.pk],
    ]
    text = browser.get(reverse("bodies"), {"export": "csv", "tab": "late"}).getvalue().decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert [rows[1][0], rows[1][3]] == ["공동협의회", "AG-2020-0001"]


def test_the_list_and_the_page_need_few_queries(browser, body, under, unit, now):
    counts = []
    for more in (0, 2, 47):
        for n in range(more):
            hold(make.body(under, now, name_ko=f"협의체 {more} {n}"), now)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("bodies")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2] <= 8
    for n in range(4):
        session = hold(body, now)
        make.commitment(unit, f"CO-{n}", body=body, engagement=session)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(body.get_absolute_url()).status_code == 200
    assert len(captured) <= 15


def test_recording_a_session_needs_few_queries(browser, body, unit, now):
    for n in range(4):
        make.commitment(unit, f"CO-{n}", body=body)
    fields = {"state": "held", "starts_on": "2025-03-20", "mode": "video"}
    address = reverse("session-new", args=[body.pk])
    browser.post(address, {**fields, "session_number": "1"})
    with CaptureQueriesContext(connection) as captured:
        assert browser.post(address, {**fields, "session_number": "2"}).status_code == 302
    asked = [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 15, asked
    assert Carry.objects.count() == 8


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_in_both_languages(signed_in, officer, body, under, language):
    browser = signed_in(officer, language)
    pages = [reverse("bodies"), reverse("body-new", args=[under.pk])]
    pages += [
        reverse(name, args=[body.pk]) for name in ("body", "body-edit", "body-end", "session-new")
    ]
    for page in pages:
        assert browser.get(page).status_code == 200, page
