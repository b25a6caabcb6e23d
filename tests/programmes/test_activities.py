"""Who came, what they thought of it, and what came of the support, never added across kinds."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.urls import reverse
from django.utils.translation import override
from panel_makers import NOW, SAID, TODAY, application, call, programme, reviewer

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history.models import Entry
from gyoryu.outbox.models import Letter
from gyoryu.programmes.actions import activities as actions
from gyoryu.programmes.actions.activities import Noted
from gyoryu.programmes.models import Activity, Attendance, Member
from gyoryu.programmes.queries import activities as queries
from gyoryu.programmes.queries.activities import Came

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def activity(of, day="2025-03-20", **fields):
    starts = datetime.fromisoformat(f"{day}T05:00:00+00:00")
    own = {
        "programme": of, "call": None, "kind": "training", "title_ko": "사전 교육",
        "title_en": "First training", "starts_at": starts, "ends_at": starts + timedelta(hours=3),
        "place": "도청 대회의실", "led_by": "한결연구원",
    }  # fmt: skip
    return actions.plan(of.unit, {**own, **fields}, **SAID)


def teams(of, count=3, people=4):
    rows = [application(of, name=f"팀 {n}", status="selected") for n in range(count)]
    for row in rows:
        for n in range(people):
            Member.objects.create(application=row, name=f"팀원 {n}", leads=n == 0)
    return rows


@pytest.fixture
def one(province):
    return call(province.division)


def test_the_figures_of_a_policy_training_come_back(province) -> None:
    # Fifteen teams of four, six designated tasks and nine free ones; results told in September.
    of = call(province.division, tracks=(("지정 과제", 6), ("자유 과제", 9)), places=15)
    designated, free = of.tracks.all()
    rows = []
    for n in range(15):
        track = designated if n < 6 else free
        row = application(of, name=f"연수팀 {n + 1}", track=track, status="running")
        rows.append(row)
        for person in range(4):
            Member.objects.create(application=row, name=f"팀원 {person}", leads=person == 0)
    training, day = (
        activity(of.programme),
        activity(of.programme, "2025-09-18", kind="presentation", title_ko="성과 발표회"),
    )
    later = {"by": None, "at": datetime(2025, 9, 30, tzinfo=UTC)}
    actions.note_attendance(training, [Noted(row, 4, 4) for row in rows[:14]], **later)
    actions.note_attendance(training, [Noted(rows[14], 4, 2)], **later)
    actions.note_attendance(day, [Noted(row, 4, 3) for row in rows], **later)
    said = {"adopted": 5, "partly": 4, "not_adopted": 5}
    kinds = [kind for kind, n in said.items() for _n in range(n)]
    for row, kind in zip(rows, kinds, strict=False):
        actions.note_outcome(row, kind, date(2025, 9, 29), reason=f"사유 {row.number}", **later)
    with override("ko"):
        found = queries.report(of.programme)
        assert [(str(words), n, came) for words, n, came in found.by_kind] == [
            (str(Activity.Kind.PRESENTATION.label), 1, Came(60, 45, 15, None, 0)),
            (str(Activity.Kind.TRAINING.label), 1, Came(60, 58, 15, None, 0)),
        ]
    assert [came.rate for _kind, _n, came in found.by_kind] == [D("75.0"), D("96.7")]
    assert (found.supported, found.people, found.undecided) == (15, 60, 1)
    assert [n for _kind, n in found.adoption] == [5, 4, 5]
    assert len(found.reasons) == 14
    assert all(one.reason for one in found.reasons)


def test_outcomes_stand_by_kind_and_are_never_added_across(one) -> None:
    first, second, third = teams(one)
    actions.note_outcome(first, "jobs", TODAY, amount=D(3), **SAID)
    actions.note_outcome(second, "jobs", TODAY, amount=D(2), **SAID)
    actions.note_outcome(first, "investment", TODAY, amount=D(150_000_000), **SAID)
    actions.note_outcome(first, "exports", TODAY, amount=D("12500.50"), **SAID)
    wrong = actions.note_outcome(third, "patents", TODAY, amount=D(1), **SAID)
    actions.void_outcome(wrong, "of another company", **SAID)
    found = queries.report(one.programme)
    assert found.amounts == [
        ("New jobs", 2, D(5)),
        ("Investment, in won", 1, D(150_000_000)),
        ("Exports, in US dollars", 1, D("12500.50")),
    ]
    assert found.undecided == 3


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("adopted", {}, "reason"),
        ("adopted", {"reason": "ordinance", "amount": D(1)}, "amount"),
        ("jobs", {}, "amount"),
        ("jobs", {"amount": D("1.5")}, "amount"),
        ("sales", {"amount": D(-1)}, "amount"),
        ("sales", {"amount": D(10) ** 15}, "amount"),
    ],
)
def test_an_outcome_without_what_it_needs_is_refused_at_its_field(one, kind, values, field) -> None:
    (row,) = teams(one, 1)
    with pytest.raises(Refused) as refused:
        actions.note_outcome(row, kind, TODAY, **values, **SAID)
    assert refused.value.field == field


def test_adoption_is_said_once_until_it_is_taken_back(one) -> None:
    (row,) = teams(one, 1)
    first = actions.note_outcome(row, "not_adopted", TODAY, reason="no budget", **SAID)
    with pytest.raises(Refused, match="noted already"):
        actions.note_outcome(row, "adopted", TODAY, reason="ordinance", **SAID)
    actions.void_outcome(first, "heard wrongly", **SAID)
    actions.note_outcome(row, "adopted", TODAY, reason="ordinance", **SAID)
    rejected = application(one, name="탈락팀", status="rejected")
    with pytest.raises(Refused, match="was not selected"):
        actions.note_outcome(rejected, "jobs", TODAY, amount=D(1), **SAID)


def test_attendance_is_noted_in_one_go_and_nobody_else_gets_onto_the_sheet(one, province) -> None:
    rows, held = teams(one), activity(one.programme, call=one)
    assert actions.note_attendance(held, [Noted(row, 4, 4) for row in rows], **SAID) == 3
    assert actions.note_attendance(held, [Noted(row, 4, 4) for row in rows], **SAID) == 0
    assert actions.note_attendance(held, [Noted(rows[0], 5, 4)], **SAID) == 1
    with pytest.raises(Refused) as refused:
        actions.note_attendance(held, [Noted(rows[0], 4, 5)], **SAID)
    assert refused.value.field == f"present_{rows[0].pk}"
    other = call(
        province.division, number="CL-2", programme=programme(province.division, number="P2")
    )
    stranger = application(other, status="selected")
    for row in (stranger, application(one, name="탈락", status="rejected")):
        with pytest.raises(Refused):
            actions.note_attendance(held, [Noted(row, 1, 1)], **SAID)
    assert Attendance.objects.count() == 3
    coming = activity(one.programme, "2025-05-01")
    with pytest.raises(Refused, match="not begun"):
        actions.note_attendance(coming, [Noted(rows[0], 4, 4)], **SAID)
    assert actions.note_attendance(coming, [Noted(rows[0], 4, None)], **SAID) == 1


def test_what_took_place_is_not_cancelled(one) -> None:
    rows, held = teams(one), activity(one.programme)
    actions.note_attendance(held, [Noted(rows[0], 4, 1)], **SAID)
    with pytest.raises(Refused, match="took place"):
        actions.cancel(held, "rain", **SAID)
    coming = actions.cancel(activity(one.programme, "2025-05-01"), "rain", **SAID)
    with pytest.raises(Refused, match="was cancelled"):
        actions.note_attendance(coming, [Noted(rows[0], 4, None)], **SAID)


def test_feedback_is_given_by_the_page_and_its_words_are_told_to_nobody(one, signed_in) -> None:
    user = reviewer("참가자")
    row = application(one, name="가람팀", status="selected", applicant=user)
    held = activity(one.programme)
    actions.note_attendance(held, [Noted(row, 4, 4)], **SAID)
    assert actions.ask_feedback(held, on=TODAY, **SAID) == 1
    noted = Attendance.objects.get()
    address = reverse("my-feedback", args=[noted.pk])
    assert Letter.objects.get().link == address
    browser = signed_in(user, "en")
    assert "First training" in browser.get(reverse("my-activities")).content.decode()
    wrong = browser.post(address, {"rating": "6", "feedback": "kept words"})
    assert (wrong.status_code, "kept words" in wrong.content.decode()) == (422, True)
    browser.post(address, {"rating": "4", "feedback": "비밀스러운 의견"})
    noted.refresh_from_db()
    assert (noted.rating, noted.feedback) == (4, "비밀스러운 의견")
    assert queries.came(held.attendance.all()) == Came(4, 4, 1, D("4.00"), 1)
    entry = Entry.objects.get(verb="activity.feedback_given")
    assert (entry.changes, "비밀" in entry.name) == ({}, False)
    other = signed_in(reviewer())
    assert other.get(address).status_code == 404
    with pytest.raises(NotAllowed):
        actions.give_feedback(noted, 1, "", by=reviewer(), at=NOW)


def test_the_office_plans_notes_and_reads_an_activity(one, province, signed_in, officer) -> None:
    rows, browser = teams(one), signed_in(officer, "en")
    form = {
        "programme": one.programme_id, "call": one.pk, "kind": "workshop", "title_ko": "실무 교육",
        "day": "2025-03-27", "begins": "14:00", "ends": "13:00",
    }  # fmt: skip
    wrong = browser.post(reverse("activity-new"), form)
    assert (wrong.status_code, "end after it begins" in wrong.content.decode()) == (422, True)
    made = browser.post(reverse("activity-new"), {**form, "ends": "17:30"})
    held = Activity.objects.get()
    assert made.url == held.get_absolute_url()
    assert (held.starts_at, held.ends_at) == (
        datetime(2025, 3, 27, 5, tzinfo=UTC),
        datetime(2025, 3, 27, 8, 30, tzinfo=UTC),
    )
    sheet = reverse("activity-attendance", args=[held.pk])
    assert browser.get(sheet).content.decode().count("Came, AP-2025") == 3
    typed = {f"expected_{row.pk}": "4" for row in rows}
    typed |= {f"present_{row.pk}": str(n + 2) for n, row in enumerate(rows)}
    browser.post(sheet, typed)
    page = browser.get(held.get_absolute_url()).content.decode()
    assert "75 %" in page
    ics = browser.get(reverse("activity-ics", args=[held.pk])).content.decode()
    assert ("DTSTART:20250327T050000Z" in ics, "실무 교육" in ics) == (True, True)
    changed = {**form, "ends": "18:00", "title_ko": "실무 교육 2회"}
    browser.post(reverse("activity-edit", args=[held.pk]), changed)
    held.refresh_from_db()
    assert (held.title_ko, held.ends_at.hour) == ("실무 교육 2회", 9)


def test_a_reader_without_the_applicants_sees_figures_and_no_names(
    one, signed_in, person_with
) -> None:
    rows, held = teams(one), activity(one.programme)
    actions.note_attendance(held, [Noted(row, 4, 3) for row in rows], **SAID)
    actions.note_outcome(rows[0], "not_adopted", TODAY, reason="예산이 없어서", **SAID)
    viewer = signed_in(person_with("viewer"), "en")
    page = viewer.get(held.get_absolute_url()).content.decode()
    report = viewer.get(reverse("programme-outcomes", args=[one.programme_id])).content.decode()
    assert ("75 %" in page, "75 %" in report) == (True, True)
    assert [mark in page + report for mark in ("팀 0", "예산이 없어서")] == [False] * 2
    assert viewer.get(reverse("outcomes")).status_code == 403


@pytest.mark.parametrize("count", [1, 3, 50])
def test_lists_ask_the_same_for_many(
    one, signed_in, officer, count, django_assert_max_num_queries
) -> None:
    for row in teams(one, count, 1):
        actions.note_outcome(row, "jobs", TODAY, amount=D(1), **SAID)
        activity(one.programme)
    browser = signed_in(officer)
    for name in ("activities", "outcomes"):
        with django_assert_max_num_queries(8):
            browser.get(reverse(name))
    held = Activity.objects.first()
    actions.note_attendance(held, [Noted(row, 1, 1) for row in queries.taking_part(held)], **SAID)
    with django_assert_max_num_queries(15):
        browser.get(held.get_absolute_url())
    with django_assert_max_num_queries(15):
        browser.get(reverse("programme-outcomes", args=[one.programme_id]))
