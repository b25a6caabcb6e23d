"""Due dates: moved only when another person approves, and the old one is never forgotten."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from promises import NOW, TODAY, agreement, at, kept, promised

from gyoryu.accounts.models import User
from gyoryu.agreements.actions import commitments
from gyoryu.agreements.models import DueChange
from gyoryu.agreements.queries import commitments as queries
from gyoryu.base.periods import parse
from gyoryu.base.refused import Refused
from gyoryu.outbox.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(province, officer):
    return promised(province.division, officer, due="2025-03-15")


def ask(row, due="2025-05", by=None, when=NOW, reason="상대 측 예산 일정"):
    return commitments.ask_due_change(row, due=parse(due), reason=reason, by=by, at=when)


def test_a_new_date_holds_only_once_somebody_else_approves_it(row, officer, approver):
    asked = ask(row, by=officer)
    row.refresh_from_db()
    assert row.due == parse("2025-03-15")
    with pytest.raises(Refused):
        commitments.decide_due_change(asked, approve=True, by=officer, at=NOW)
    commitments.decide_due_change(asked, approve=True, remark="예", by=approver, at=NOW)
    row.refresh_from_db()
    assert row.due == parse("2025-05")
    assert (asked.old, asked.new, asked.state, asked.decided_by, asked.remark) == (
        parse("2025-03-15"), parse("2025-05"), "approved", approver, "예",
    )  # fmt: skip


def test_who_asked_never_approves_even_with_the_role(row, approver, person_with):
    asked = ask(row, by=approver)
    with pytest.raises(Refused):
        commitments.decide_due_change(asked, approve=True, by=approver, at=NOW)
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_a_refused_date_changes_nothing_and_stays_in_the_record(row, officer, approver):
    asked = ask(row, by=officer)
    commitments.decide_due_change(asked, approve=False, remark="아니오", by=approver, at=NOW)
    row.refresh_from_db()
    assert row.due == parse("2025-03-15")
    assert row.due_changes.get().state == "refused"
    with pytest.raises(Refused):
        commitments.decide_due_change(asked, approve=True, by=approver, at=NOW)


def test_two_approvers_at_once_do_not_both_decide(row, officer, approver):
    asked = ask(row, by=officer)
    other = DueChange.objects.get()
    commitments.decide_due_change(asked, approve=False, by=approver, at=NOW)
    # The second still holds the request as it was when the page was drawn.
    with pytest.raises(Refused):
        commitments.decide_due_change(other, approve=True, by=approver, at=NOW)
    row.refresh_from_db()
    assert row.due == parse("2025-03-15")


def test_one_request_is_open_at_a_time_in_the_database_too(row, officer):
    asked = ask(row, by=officer)
    with pytest.raises(Refused):
        ask(row, "2025-06", by=officer)
    asked.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save()


@pytest.mark.parametrize(
    ("due", "reason", "field"),
    [("2025-03-15", "사유", "due"), ("2019-12-31", "사유", "due"), ("2025-06", "", "reason")],
)
def test_the_same_date_one_before_the_signing_and_no_reason_are_refused(
    province, officer, due, reason, field
):
    row = promised(
        province.division, officer, due="2025-03-15", agreement=agreement(province.division)
    )
    with pytest.raises(Refused) as caught:
        ask(row, due, reason=reason)
    assert caught.value.field == field


def test_closing_a_promise_ends_the_request_that_waits(row, officer, approver):
    asked = ask(row, by=officer)
    kept(row)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.decided_at) == ("refused", None, NOW)
    with pytest.raises(Refused):
        commitments.decide_due_change(asked, approve=True, by=approver, at=NOW)
    with pytest.raises(Refused):
        ask(row, by=officer)


def test_a_move_approved_in_time_counts_and_one_approved_late_does_not(province, officer):
    """The rule of keeping: a date that was missed stays missed."""

    def moved(approved_on):
        row = promised(province.division, officer, due="2025-03-15")
        asked = ask(row, "2025-03-25", when=at("2025-03-10"))
        commitments.decide_due_change(asked, approve=True, by=None, at=at(approved_on))
        row.refresh_from_db()
        kept(row, "2025-03-20")
        counted = queries.commitments().get(pk=row.pk).counted_on
        return counted.isoformat()

    assert moved("2025-03-14") == "2025-03-25"
    assert moved("2025-03-15") == "2025-03-25"
    assert moved("2025-03-16") == "2025-03-15"
    assert queries.follow_through(TODAY, officer, 2025) == (2, 3)


def test_once_missed_a_second_move_does_not_mend_it(province, officer):
    row = promised(province.division, officer, due="2025-01-31")
    for due, on in (("2025-02-28", "2025-02-01"), ("2025-03-20", "2025-02-10")):
        asked = ask(row, due, when=at(on))
        commitments.decide_due_change(asked, approve=True, by=None, at=at(on))
        row.refresh_from_db()
    kept(row, "2025-03-10")
    counted = queries.commitments().get().counted_on
    assert (row.due_on, counted) == (date(2025, 3, 20), date(2025, 1, 31))


def test_a_promise_without_a_date_is_given_one_that_counts(province, officer):
    row = promised(province.division, officer, due="")
    asked = ask(row, "2025-03-20", when=at("2025-03-10"))
    commitments.decide_due_change(asked, approve=True, by=None, at=at("2025-03-10"))
    counted = queries.commitments().get().counted_on
    assert counted == date(2025, 3, 20)


def test_the_screens_ask_and_decide_and_say_why_not(row, officer, approver, signed_in):
    page = reverse("commitment-due", args=[row.pk])
    mine, theirs = signed_in(officer), signed_in(approver)
    wrong = mine.post(page, {"due": "2025-02-30", "reason": "통역 섭외"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["due"])
    assert "통역 섭외" in wrong.content.decode()
    asked = mine.post(page, {"due": "2025-05", "reason": "통역 섭외"})
    assert asked.url == row.get_absolute_url()
    # The asker sees why the decision is not theirs; a post is refused all the same.
    assert b'name="approve"' not in mine.get(page).content
    change = {"change": DueChange.objects.get().pk}
    assert mine.post(page, {"approve": "1", **change}).status_code == 422
    assert b'name="approve"' in theirs.get(page).content
    assert theirs.post(page, {"approve": "1", "remark": "", **change}).url == row.get_absolute_url()
    row.refresh_from_db()
    assert row.due == parse("2025-05")


def test_what_waits_for_approval_has_its_own_tab(row, officer, approver, signed_in):
    promised(row.unit, officer, words="다른 약속")
    ask(row, by=officer)
    listing = signed_in(approver).get(reverse("commitments"), {"tab": "waiting"}).context["listing"]
    assert (listing.counts["waiting"], [one.pk for one in listing.page]) == (1, [row.pk])


def test_the_approver_is_told_and_the_asker_hears_the_decision(row, officer, approver):
    User.objects.filter(pk=approver.pk).update(language="en")
    asked = ask(row, by=officer)
    commitments.decide_due_change(asked, approve=True, remark="동의", by=approver, at=NOW)
    told = [(letter.to, letter.subject) for letter in Letter.objects.order_by("pk")]
    assert told == [
        (approver, "New due date to approve: 대표단 영접 계획을 보내 드리겠습니다"),
        (officer, "기한 변경 승인: 대표단 영접 계획을 보내 드리겠습니다"),
    ]
    assert "기한: 2025-03-15 (토) → 2025년 5월" in Letter.objects.get(to=officer).body


def test_the_nearest_approver_who_did_not_ask_is_told(
    row, officer, approver, person_with, province
):
    above = person_with("approver", province.root)

    def told(by):
        asked = ask(row, by=by)
        to = [letter.to for letter in Letter.objects.filter(key=f"due-change:{asked.pk}:asked")]
        commitments.decide_due_change(asked, approve=False, by=above, at=NOW)
        return to

    assert told(officer) == [approver]
    assert told(approver) == [above]


def test_a_page_left_open_decides_nothing_else(row, officer, approver, signed_in):
    page, browser = reverse("commitment-due", args=[row.pk]), signed_in(approver)
    first = ask(row, by=officer)
    commitments.decide_due_change(first, approve=False, by=None, at=NOW)
    second = ask(row, "2025-06", by=officer)
    # Drawn for the first request; the second has come since.
    assert browser.post(page, {"approve": "1", "change": first.pk}).status_code == 422
    # Drawn before anybody asked: what was typed is shown again, and nothing is decided.
    late = browser.post(page, {"due": "2025-07", "reason": "나도 늦추고 싶음"})
    assert (late.status_code, "나도 늦추고 싶음" in late.content.decode()) == (422, True)
    assert browser.post(page, {"approve": "1", "change": "x"}).status_code == 404
    second.refresh_from_db()
    row.refresh_from_db()
    assert (second.state, row.due) == ("asked", parse("2025-03-15"))
