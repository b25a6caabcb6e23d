"""Duties: planned from the ordinance, one open row each, settled with evidence or a reason."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from gyoryu.agreements.actions import agreements, duties, lifecycle
from gyoryu.agreements.models import Duty, DutyTemplate
from gyoryu.agreements.queries import duties as queries
from gyoryu.base import periods
from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry

pytest_plugins = ["agreement_stages"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = date(2025, 4, 1)


@pytest.fixture
def ordinance(province, now):
    return duties.install_policy(province.root, by=None, at=now)


def owed(agreement):
    """All of an agreement's duties: kind, due day, and how it was settled."""

    def how(row):
        return "done" if row.done_on else "waived" if row.waived_on else ""

    rows = agreement.duties.order_by("due_on", "pk")
    return [(row.kind, row.due_on.isoformat(), how(row)) for row in rows]


def of_kind(agreement, kind):
    return agreement.duties.filter(kind=kind).latest("pk")


def next_duty(agreement):
    agreement.refresh_from_db()
    return agreement.next_duty_on


def test_a_draft_owes_what_comes_before_a_signing_by_its_kind(ordinance, draft):
    sisterhood, memorandum = draft(), draft(kind="mou")
    assert owed(sisterhood) == [
        ("pre_review", "2025-04-15", ""), ("council_consent", "2025-05-31", ""),
    ]  # fmt: skip
    assert owed(memorandum) == [("pre_review", "2025-04-15", "")]
    assert next_duty(sisterhood) == date(2025, 4, 15)


def test_the_review_is_the_pre_review_and_the_signing_brings_the_consent_forward(
    ordinance, draft, officer, now
):
    made = draft()
    agreements.move(made, "reviewed", on=TODAY, reason="법무 검토", by=officer, at=now)
    assert of_kind(made, "pre_review").done_note == "법무 검토"
    agreements.sign(made, signed=periods.parse("2025-04-01"), by=officer, at=now)
    assert owed(made) == [
        ("council_consent", "2025-04-01", ""), ("publication", "2025-04-05", ""),
        ("pre_review", "2025-04-15", "done"),
    ]  # fmt: skip


def test_an_agreement_older_than_the_ordinance_is_not_asked_for_what_came_before(
    ordinance, in_force
):
    assert owed(in_force("1983-05-18")) == [
        ("publication", "2020-01-05", ""), ("evaluation", "2021-01-01", ""),
        ("pre_review", "2025-04-15", "waived"), ("council_consent", "2025-05-31", "waived"),
    ]  # fmt: skip


def test_planning_again_or_after_years_of_silence_writes_no_further_row(
    ordinance, in_force, officer, now
):
    made = in_force("2023-05-18")
    first = owed(made)
    for day in (TODAY, date(2027, 1, 1), date(2035, 1, 1)):
        assert duties.plan(made, on=day, by=officer, at=now) == []
    assert duties.plan_all(on=date(2035, 1, 1), by=None, at=now) == 0
    assert owed(made) == first
    assert [kind for kind, _, how in first if not how].count("publication") == 1


def test_ten_years_of_monthly_publication_are_one_open_row_at_any_time(
    ordinance, in_force, officer, now
):
    made = in_force("2024-12-20")
    published = []
    for month in (1, 2, 3):
        row = of_kind(made, "publication")
        published.append(row.due_on.isoformat())
        assert made.duties.filter(kind="publication", done_on=None).count() == 1
        duties.done(row, on=date(2025, month, 4), note="대장 공표", by=officer, at=now)
    assert published == ["2025-01-05", "2025-02-05", "2025-03-05"]
    late = of_kind(made, "publication")
    # A register published after the 5th says what the missed one would have said.
    duties.done(late, on=TODAY, note="대장 공표", by=officer, at=now)
    assert of_kind(made, "publication").due_on == date(2025, 5, 5)


def test_an_evaluation_that_was_held_plans_its_report_and_the_next_one(
    ordinance, in_force, officer, now
):
    made = in_force("2023-05-18")
    duties.done(of_kind(made, "evaluation"), on=date(2025, 2, 13), note="회의", by=officer, at=now)
    assert owed(made)[3:] == [
        ("evaluation", "2024-05-18", "done"), ("committee_report", "2025-03-15", ""),
        ("evaluation", "2026-02-13", ""),
    ]  # fmt: skip
    assert of_kind(made, "committee_report").owner == made.owner
    report = of_kind(made, "committee_report")
    duties.done(report, on=TODAY, note="보고", by=officer, at=now)
    assert made.duties.filter(kind="committee_report").count() == 1


def test_notice_of_renewal_follows_the_end_of_the_term_and_is_answered_by_the_renewal(
    ordinance, in_force, officer, now
):
    made = in_force("2020-09-01", term_months=60, renewal="agreed")
    assert of_kind(made, "renewal_notice").due_on == date(2025, 8, 31) - timedelta(days=90)
    agreements.change(made, {"ends_on": date(2025, 10, 31)}, by=officer, at=now)
    assert made.duties.filter(kind="renewal_notice").count() == 1
    assert of_kind(made, "renewal_notice").due_on == date(2025, 8, 2)
    lifecycle.renew(made, on=TODAY, reason="서한 교환", by=officer, at=now)
    notice = of_kind(made, "renewal_notice")
    assert (notice.done_on, notice.done_note) == (TODAY, "서한 교환")


def test_a_suspension_is_reviewed_yearly_and_puts_evaluations_off(
    ordinance, in_force, officer, now
):
    made = in_force("2024-06-01")
    agreements.move(made, "suspended", on=TODAY, reason="제재", by=officer, at=now)
    assert (of_kind(made, "evaluation").waived_reason) == "제재"
    assert of_kind(made, "review_suspension").due_on == date(2026, 4, 1)
    agreements.move(made, "in_force", on=TODAY, reason="해제", by=officer, at=now)
    assert of_kind(made, "review_suspension").waived_on == TODAY
    assert of_kind(made, "evaluation").due_on == date(2026, 4, 1)


def test_ending_lets_later_duties_lapse_and_keeps_what_was_missed(
    ordinance, in_force, officer, now
):
    made = in_force("2023-05-18")
    agreements.move(made, "ended", on=TODAY, reason="합의 종료", by=officer, at=now)
    assert [row for row in owed(made) if not row[2]] == [
        ("pre_review", "2023-05-18", ""), ("council_consent", "2023-05-18", ""),
        ("publication", "2023-06-05", ""), ("evaluation", "2024-05-18", ""),
    ]  # fmt: skip


def test_done_needs_evidence_or_a_note_and_a_day_that_has_come(ordinance, in_force, officer, now):
    row = of_kind(in_force(), "evaluation")
    for wrong in ({"on": TODAY, "note": " "}, {"on": date(2025, 4, 2), "note": "회의"}):
        with pytest.raises(Refused):
            duties.done(row, **wrong, by=officer, at=now)
    minutes = SimpleUploadedFile("회의록.pdf", b"%PDF-1.7 minutes %%EOF")
    duties.done(row, on=TODAY, file=minutes, by=officer, at=now)
    assert (row.evidence.title, row.evidence.kind) == ("평가회의 2025-04-01", "minutes")
    with pytest.raises(Refused):
        duties.done(row, on=TODAY, note="다시", by=officer, at=now)
    stale = Duty.objects.get(pk=row.pk)
    stale.done_on = None
    with pytest.raises(Refused, match="a moment ago"):
        duties.done(stale, on=TODAY, note="둘째", by=officer, at=now)


def test_the_database_itself_keeps_a_duty_done_or_waived_with_its_why(ordinance, in_force):
    row = of_kind(in_force(), "evaluation")
    for wrong in (
        {"done_on": TODAY}, {"waived_on": TODAY},
        {"done_on": TODAY, "done_note": "회의", "waived_on": TODAY, "waived_reason": "면제"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.filter(pk=row.pk).update(**wrong)


def test_only_an_approver_waives_and_says_why(ordinance, in_force, officer, approver, now):
    made = in_force()
    row = of_kind(made, "evaluation")
    with pytest.raises(Refused):
        duties.waive(row, on=TODAY, reason="사유", by=officer, at=now)
    with pytest.raises(Refused):
        duties.waive(row, on=TODAY, reason="", by=approver, at=now)
    duties.waive(row, on=TODAY, reason="상대 지역 재난", by=approver, at=now)
    assert of_kind(made, "evaluation").due_on == date(2026, 4, 1)


def test_who_missed_the_evaluation_on_a_past_day_is_answered_the_same_for_ever(
    ordinance, in_force, officer, person_with, province, now
):
    never, late, new = in_force("2023-01-10"), in_force("2023-02-10"), in_force("2025-03-01")
    duties.done(of_kind(late, "evaluation"), on=date(2024, 12, 1), note="회의", by=officer, at=now)

    def missed(day, to=officer):
        return list(queries.missed_evaluations(day, to=to).order_by("pk"))

    assert missed(date(2024, 2, 10)) == [never]
    assert missed(date(2024, 11, 30)) == [never, late]
    assert missed(date(2024, 12, 1)) == [never]
    assert missed(TODAY) == [never]
    assert new not in missed(TODAY)
    assert missed(TODAY, person_with("viewer", province.other)) == []


def test_a_rule_put_out_of_force_asks_for_nothing_further(ordinance, in_force, approver, now):
    made = in_force("2024-06-01")
    rule = DutyTemplate.objects.get(kind="evaluation")
    with pytest.raises(Refused):
        duties.change_template(rule, {"active": False}, reason="개정", by=approver, at=now)
    duties.change_template(
        rule, {"active": False, "basis_ko": rule.basis_ko}, reason="조례 개정", by=None, at=now
    )
    assert of_kind(made, "evaluation").waived_reason == "조례 개정"
    assert not made.duties.filter(kind="evaluation", waived_on=None).exists()
    assert next_duty(made) == made.duties.filter(done_on=None, waived_on=None).first().due_on


def test_installing_twice_adds_nothing_and_another_government_is_not_bound(
    ordinance, province, draft, now
):
    assert len(ordinance) == 7
    assert duties.install_policy(province.root, by=None, at=now) == []
    theirs = agreements.draft(
        province.other, {"kind": "mou", "title_ko": "다른 협약"}, by=None, at=now
    )
    assert owed(theirs) == []
    # Each government counts its own numbers.
    assert draft().number == theirs.number


def test_whoever_answers_for_a_duty_is_named_in_the_history(
    ordinance, in_force, officer, person_with, now
):
    made, colleague = in_force(), person_with("officer")
    duties.assign(of_kind(made, "evaluation"), colleague, by=officer, at=now)
    last = Entry.objects.latest("pk")
    told = {"평가회의": [None, f"officer Hong #{colleague.pk}"]}
    assert (last.verb, last.record, last.changes) == ("duty.assigned", made.pk, told)
