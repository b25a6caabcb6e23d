"""The life of an agreement: dated steps with reasons, and the steps that are refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gyoryu.agreements.actions import agreements, duties, lifecycle
from gyoryu.agreements.models import Agreement, Commitment, StatusChange
from gyoryu.base import periods
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.history.models import Entry

pytest_plugins = ["agreement_stages"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = date(2025, 4, 1)


def steps(agreement):
    return list(agreement.course.order_by("on", "pk").values_list("status", "on", "reason"))


def test_every_step_is_dated_with_its_reason_and_told_in_the_history(draft, officer, now):
    made = draft(no_document_reason="원본을 찾지 못함")
    agreements.move(made, "reviewed", on=date(2025, 3, 3), reason="법무 검토", by=officer, at=now)
    agreements.sign(
        made, signed=periods.parse("2025-03-20"), method="in_person", by=officer, at=now
    )
    agreements.move(made, "in_force", on=date(2025, 3, 21), reason="발효", by=officer, at=now)
    agreements.move(made, "suspended", on=date(2025, 3, 28), reason="제재", by=officer, at=now)
    assert steps(made) == [
        ("reviewed", date(2025, 3, 3), "법무 검토"),
        ("signed", date(2025, 3, 20), "Signed."),
        ("in_force", date(2025, 3, 21), "발효"),
        ("suspended", date(2025, 3, 28), "제재"),
    ]
    made.refresh_from_db()
    assert (made.status, made.status_since) == ("suspended", date(2025, 3, 28))
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "agreement.drafted", "agreement.moved", "agreement.signed", "agreement.moved",
        "agreement.moved",
    ]  # fmt: skip


def test_an_agreement_of_1983_can_be_recorded_today_and_only_to_its_month(signed):
    made = signed("1983-05")
    assert made.number == "AG-2025-0001"
    assert (made.signed_first, made.signed_on) == (date(1983, 5, 1), date(1983, 5, 31))
    assert steps(made)[0][:2] == ("signed", date(1983, 5, 1))


@pytest.mark.parametrize(
    ("to", "on", "reason", "field"),
    [
        ("in_force", date(2025, 4, 2), "발효", "on"),
        ("in_force", date(2023, 5, 17), "발효", "on"),
        ("in_force", TODAY, "  ", "reason"),
        ("suspended", TODAY, "사유", "to"),
        ("reviewed", TODAY, "사유", "to"),
        ("signed", TODAY, "사유", ""),
        ("replaced", TODAY, "사유", ""),
    ],
)
def test_a_step_that_is_not_open_is_refused_and_changes_nothing(
    signed, officer, now, to, on, reason, field
):
    made = signed(no_document_reason="없음")
    before = steps(made)
    with pytest.raises(Refused) as refusal:
        agreements.move(made, to, on=on, reason=reason, by=officer, at=now)
    assert refusal.value.field == field
    made.refresh_from_db()
    assert (made.status, steps(made)) == ("signed", before)


def test_in_force_needs_both_sides_and_a_signed_text_or_why_not(signed, parties, officer, now):
    def force(made):
        agreements.move(made, "in_force", on=TODAY, reason="발효", by=officer, at=now)

    for kept in (parties[:1], parties[1:]):
        with pytest.raises(Refused, match="a party on our side"):
            force(signed(parties=kept, no_document_reason="없음"))
    made = signed()
    with pytest.raises(Refused, match="signed text"):
        force(made)
    evidence.hold(made, kind="photo", title="사진", link="https://a.example/", by=officer, at=now)
    with pytest.raises(Refused, match="signed text"):
        force(made)
    evidence.hold(
        made, kind="signed_text", title="원문", link="https://a.example/", by=officer, at=now
    )
    force(made)
    assert made.status == "in_force"


def test_the_database_itself_refuses_a_signed_agreement_without_its_day(draft):
    made = draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=made.pk).update(status="in_force")
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusChange.objects.create(agreement=made, status="ended", on=TODAY, reason="", at=None)


def test_ending_is_refused_while_commitments_are_open_and_says_how_many(
    in_force, promise, officer, now
):
    made = in_force()
    for _ in range(4):
        promise(made)
    with pytest.raises(Refused, match="4 open"):
        agreements.move(made, "ended", on=TODAY, reason="합의", by=officer, at=now)
    Commitment.objects.update(status="dropped", status_reason="취소")
    agreements.move(made, "ended", on=TODAY, reason="합의", by=officer, at=now)
    assert made.status == "ended"
    with pytest.raises(Refused):
        agreements.move(made, "in_force", on=TODAY, reason="다시", by=officer, at=now)


def test_a_step_taken_by_somebody_else_meanwhile_is_seen(in_force, officer, now):
    made = in_force()
    stale = Agreement.objects.get(pk=made.pk)
    agreements.move(made, "ended", on=TODAY, reason="합의", by=officer, at=now)
    with pytest.raises(Refused):
        agreements.move(stale, "suspended", on=TODAY, reason="사유", by=officer, at=now)


def test_a_successor_takes_over_what_is_still_open(in_force, signed, promise, officer, now):
    old, new = in_force(), signed("2025-03-01", title_ko="새 협약")
    owed, kept = promise(old), promise(old, status="done", done_on=TODAY)
    with pytest.raises(Refused):
        agreements.replace(old, old, on=TODAY, reason="대체", by=officer, at=now)
    agreements.replace(old, new, on=TODAY, reason="대체", by=officer, at=now)
    owed.refresh_from_db()
    kept.refresh_from_db()
    assert (old.status, old.replaced_by, owed.agreement, kept.agreement) == (
        "replaced", new, new, old,
    )  # fmt: skip


def test_a_term_is_counted_from_coming_into_force_and_renewed_by_terms(in_force, officer, now):
    made = in_force("2020-02-29", term_months=60, renewal="agreed")
    assert made.ends_on == date(2025, 2, 27)
    with pytest.raises(Refused, match="has to end"):
        lifecycle.renew(made, on=TODAY, reason="연장", ends_on=date(2025, 1, 1), by=officer, at=now)
    lifecycle.renew(made, on=date(2025, 2, 20), reason="서한 교환", by=officer, at=now)
    assert (made.ends_on, made.status_since) == (date(2030, 2, 27), date(2020, 2, 29))
    assert steps(made)[-1] == ("in_force", date(2025, 2, 20), "서한 교환")


def test_a_run_out_term_expires_renews_or_waits_as_the_agreement_says(in_force, now):
    ends = in_force("2021-03-01", term_months=48, renewal="none", title_ko="끝")
    renews = in_force("2021-03-01", term_months=12, renewal="automatic", title_ko="갱신")
    waits = in_force("2021-03-01", term_months=48, renewal="agreed", title_ko="합의")
    done = lifecycle.expire_due(on=TODAY, by=None, at=now)
    assert [row.pk for row in done] == [renews.pk, ends.pk]
    for row in (ends, renews, waits):
        row.refresh_from_db()
    assert (ends.status, ends.status_since) == ("expired", date(2025, 3, 1))
    assert (renews.status, renews.ends_on) == ("in_force", date(2026, 2, 28))
    # Each year that nobody looked is a renewal of its own.
    assert [on.year for status, on, _ in steps(renews)] == [2021, 2021, 2022, 2023, 2024, 2025]
    assert (waits.status, waits.ends_on) == ("in_force", date(2025, 2, 28))
    assert lifecycle.expire_due(on=TODAY, by=None, at=now) == []


def test_an_expired_agreement_comes_back_only_by_its_renewal(in_force, officer, now):
    made = in_force("2021-03-01", term_months=48, renewal="none")
    lifecycle.expire_due(on=TODAY, by=None, at=now)
    made.refresh_from_db()
    with pytest.raises(Refused):
        agreements.move(made, "in_force", on=TODAY, reason="다시", by=officer, at=now)
    lifecycle.renew(made, on=TODAY, reason="다시 맺음", by=officer, at=now)
    assert (made.status, made.ends_on) == ("in_force", date(2029, 2, 28))


def test_nothing_is_deleted_a_void_agreement_keeps_its_reason(
    in_force, draft, officer, approver, now
):
    mine, real = draft(), in_force()
    agreements.void(mine, reason="잘못 입력", by=officer, at=now)
    assert (mine.voided_reason, Agreement.objects.count()) == ("잘못 입력", 2)
    with pytest.raises(Refused):
        agreements.void(real, reason="잘못", by=officer, at=now)
    with pytest.raises(Refused):
        agreements.void(real, reason=" ", by=approver, at=now)
    agreements.void(real, reason="두 번 등록", by=approver, at=now)
    for act in (
        lambda: agreements.void(real, reason="다시", by=approver, at=now),
        lambda: agreements.change(real, {"title_ko": "새 이름"}, by=approver, at=now),
        lambda: agreements.move(real, "ended", on=TODAY, reason="끝", by=approver, at=now),
    ):
        with pytest.raises(Refused):
            act()
    assert duties.plan(real, on=TODAY, by=approver, at=now) == []


def test_the_signing_can_be_corrected_but_not_past_what_followed(in_force, officer, now):
    made = in_force("2023-05-18")
    with pytest.raises(Refused, match="2023-05-18"):
        agreements.change(made, {"signed": periods.parse("2023-05-19")}, by=officer, at=now)
    with pytest.raises(Refused):
        agreements.change(made, {"signed": None}, by=officer, at=now)
    agreements.change(made, {"signed": periods.parse("2023-05-17")}, by=officer, at=now)
    assert [on.day for _, on, _ in steps(made)] == [17, 18]


def test_somebody_of_another_government_cannot_take_a_step(in_force, person_with, province, now):
    stranger = person_with("officer", province.other)
    with pytest.raises(Refused):
        agreements.move(in_force(), "ended", on=TODAY, reason="끝", by=stranger, at=now)
