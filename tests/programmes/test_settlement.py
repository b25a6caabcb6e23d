"""From the report to the last won returned: what is owed is worked out, asked, and comes back."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import budget_makers as make
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from workbooks import sheets_of

from gyoryu.accounts.models import User
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history.models import Entry
from gyoryu.outbox.models import Letter
from gyoryu.parties.models import Organisation
from gyoryu.programmes import interest
from gyoryu.programmes.actions import settlement as actions
from gyoryu.programmes.actions import settlement_letters
from gyoryu.programmes.models import Award, LedgerEntry, Recovery, Report, Representative
from gyoryu.programmes.queries import ledger
from gyoryu.programmes.rules.settlement import Asking

SAID, DAY, AT = make.SAID, make.DAY, make.AT
MILLION = 1_000_000
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def company(unit):
    return Organisation.objects.create(unit=unit, kind="company", name_ko="가온소재")


@pytest.fixture
def award(unit, company):
    """Ten million paid in advance, of which eight came to be approved on evidence."""
    _line, _allotment, made = make.world(unit, organisation=company, kind="advance")
    make.move(made.ceiling, "advanced", 10 * MILLION)
    make.move(made.categories.get().ceiling, "approved", 8 * MILLION)
    made.ceiling.refresh_from_db()
    return made


@pytest.fixture
def member(company):
    user = User.objects.create(email="ceo@example.test", name_ko="대표", language="en")
    Representative.objects.create(
        user=user, organisation=company, since=DAY, confirmed_at=AT, confirmed_by=user
    )
    return user


REPORT = {
    "summary": "전시회에 참가함",
    "used": 8 * MILLION,
    "unused": 2 * MILLION,
    "interest": 1234,
}


def accepted(award, **more):
    report = actions.submit(award, {**REPORT, **more}, **SAID)
    return actions.accept(report, due_on=date(2025, 5, 1), **SAID)


def refreshed(row):
    return type(row).objects.get(pk=row.pk)


# --- interest


@pytest.mark.parametrize(
    ("principal", "rate", "out_on", "back_on", "owed"),
    [
        (10_000_000, "3.5", date(2025, 1, 1), date(2026, 1, 1), 350_000),
        (10_000_000, "3.5", date(2024, 1, 1), date(2025, 1, 1), 350_958),  # 366 days of 365
        (1_000_000, "5", date(2025, 3, 1), date(2025, 3, 31), 4_109),  # 4,109.58 falls to the won
        (999, "0.1", date(2025, 3, 1), date(2025, 3, 2), 0),
        (10_000_000, "3.5", date(2025, 3, 1), date(2025, 3, 1), 0),
        (10_000_000, "0", date(2025, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_interest_is_days_of_365_and_falls_to_the_won(principal, rate, out_on, back_on, owed):
    assert interest.owed(principal, Decimal(rate), out_on, back_on) == owed


@given(
    st.integers(0, 10**12),
    st.decimals(0, 30, places=3),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.integers(0, 4000),
)
def test_interest_never_passes_the_exact_amount_and_is_less_than_a_won_below_it(
    principal, rate, out_on, days
):
    owed = interest.owed(principal, rate, out_on, out_on + timedelta(days=days))
    exact = principal * int(rate * 1000) * days  # of 36,500,000
    assert owed * 36_500_000 <= exact < (owed + 1) * 36_500_000


# --- the report


def test_a_report_that_does_not_add_up_is_refused_with_what_was_received(award):
    with pytest.raises(Refused, match=r"10,000,000 KRW was received, but .* come to 9,999,999"):
        actions.submit(award, {**REPORT, "unused": 2 * MILLION - 1}, **SAID)
    assert not Report.objects.exists()
    kept = actions.write(award, {**REPORT, "unused": 5}, **SAID)
    assert (kept.status, refreshed(award).status) == ("draft", "running")


def test_a_report_is_handed_in_returned_completed_and_found_in_order(award, member):
    report = actions.submit(award, dict(REPORT), by=member, at=AT)
    assert (refreshed(award).status, report.status) == ("reported", "submitted")
    with pytest.raises(Refused, match="cannot be changed any more: Submitted"):
        actions.write(award, {"used": 1}, by=member, at=AT)
    actions.send_back(report, reason="사진이 없음", **SAID)
    assert (refreshed(award).status, refreshed(report).status) == ("running", "returned")
    assert [one.subject for one in Letter.objects.filter(to=member)] == [
        f"Report on {award.number} was returned for completion"
    ]
    actions.submit(refreshed(award), dict(REPORT), by=member, at=AT)
    actions.accept(refreshed(report), due_on=date(2025, 5, 1), **SAID)
    recovery = Recovery.objects.get()
    assert (recovery.kind, recovery.amount, recovery.interest, recovery.due_on, recovery.state) == (
        "balance", 2 * MILLION, 1234, date(2025, 5, 1), "asked",
    )  # fmt: skip
    verbs = Entry.objects.filter(verb__startswith="report.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "report.written", "report.submitted", "report.returned", "report.submitted",
        "report.accepted",
    ]  # fmt: skip


def test_nobody_reports_for_another_company(award, unit):
    stranger = User.objects.create(email="other@example.test", name_ko="남")
    with pytest.raises(NotAllowed):
        actions.submit(award, dict(REPORT), by=stranger, at=AT)


# --- money that comes back


def test_what_is_unused_comes_back_in_parts_to_the_last_won_and_the_award_is_closed(award):
    accepted(award)
    recovery = Recovery.objects.get()
    with pytest.raises(Refused, match="2,001,234 KRW has still to come back"):
        actions.settle(refreshed(award), **SAID)
    recovery = actions.take_in(recovery, amount=1_500_000, interest=0, on=DAY, **SAID)
    assert (recovery.state, recovery.returned) == ("part", 1_500_000)
    with pytest.raises(Refused, match="Only 500,000 KRW is still owed here"):
        actions.take_in(recovery, amount=500_001, interest=0, on=DAY, **SAID)
    for _twice in range(2):
        actions.take_in(recovery, amount=500_000, interest=1234, on=DAY, key="slip", **SAID)
    assert refreshed(recovery).state == "returned"
    award.ceiling.refresh_from_db()
    assert (award.ceiling.returned, award.ceiling.out) == (2 * MILLION, 8 * MILLION)
    assert actions.settle(refreshed(award), **SAID).status == "settled"
    told = LedgerEntry.objects.filter(kind="returned").values_list("amount", flat=True)
    assert (list(told), list(ledger.faults())) == ([1_500_000, 500_000], [])


def test_a_clawback_names_its_law_and_is_asked_with_interest(award):
    asking = Asking("clawback", 3 * MILLION, "다른 용도 사용", date(2025, 5, 1))
    with pytest.raises(Refused, match="Name the law"):
        actions.ask_back(award, asking, **SAID)
    asking = Asking(
        "clawback", 3 * MILLION, "다른 용도 사용", date(2025, 5, 1), "지방보조금법 제34조",
        Decimal("3.5"), date(2025, 1, 1),
    )  # fmt: skip
    made = actions.ask_back(award, asking, **SAID)
    assert made.interest == 25_890  # 3,000,000 × 3.5 % × 90 / 365 = 25,890.4
    with pytest.raises(Refused, match="Only 7,000,000 KRW was paid out"):
        actions.ask_back(
            award, Asking("clawback", 7 * MILLION + 1, "초과", date(2025, 5, 1), "법"), **SAID
        )
    actions.take_in(made, amount=3 * MILLION, interest=25_890, on=DAY, **SAID)
    assert LedgerEntry.objects.get(kind="clawed_back").amount == 3 * MILLION


def test_what_cannot_come_back_is_let_go_with_a_reason(award):
    accepted(award)
    recovery = Recovery.objects.get()
    with pytest.raises(Refused, match="Give the reason"):
        actions.waive(recovery, reason=" ", **SAID)
    actions.waive(recovery, reason="폐업", **SAID)
    assert actions.settle(refreshed(award), **SAID).status == "settled"
    with pytest.raises(Refused, match="closed already: Waived"):
        actions.take_in(refreshed(recovery), amount=1, interest=0, on=DAY, **SAID)


def test_what_an_award_did_not_use_goes_back_to_its_call_and_no_more(award):
    accepted(award)
    actions.take_in(Recovery.objects.get(), amount=2 * MILLION, interest=1234, on=DAY, **SAID)
    for _twice in range(2):
        assert actions.release(award, reason="집행잔액", key="once", **SAID) == 4 * MILLION
    award.ceiling.refresh_from_db()
    award.ceiling.parent.refresh_from_db()
    assert (award.ceiling.limit, award.ceiling.drawn, award.ceiling.committed) == (
        8 * MILLION, 8 * MILLION, 8 * MILLION,
    )  # fmt: skip
    assert award.ceiling.parent.committed == 8 * MILLION
    with pytest.raises(Refused, match="Nothing of this award is left over"):
        actions.release(award, reason="한 번 더", **SAID)


def test_who_pays_notes_what_came_back_and_who_approves_asks_for_it(award, officer, approver):
    asking = Asking("clawback", MILLION, "이유", date(2025, 5, 1), "법")
    with pytest.raises(NotAllowed):
        actions.ask_back(award, asking, by=officer, at=AT)
    made = actions.ask_back(award, asking, by=approver, at=AT)
    actions.take_in(made, amount=MILLION, interest=0, on=DAY, by=officer, at=AT)
    with pytest.raises(NotAllowed):
        actions.release(award, reason="잔액", by=officer, at=AT)


# --- clocks


def test_letters_go_before_and_after_the_day_once_a_step(award, member, officer):
    award.call.programme.owner = officer
    award.call.programme.save()
    due = award.report_due_on
    sent = {}
    for days in (-40, -30, -29, -7, 0, 1, 7, 8, 37):
        on = due + timedelta(days=days)
        sent[days] = settlement_letters.remind(on=on, by=None, at=AT)
    assert sent == {-40: 0, -30: 1, -29: 0, -7: 1, 0: 1, 1: 1, 7: 2, 8: 0, 37: 2}
    assert Letter.objects.filter(to=officer).first().link == reverse("settlement", args=[award.pk])
    actions.submit(award, dict(REPORT), by=member, at=AT)
    assert settlement_letters.remind(on=due + timedelta(days=67), by=None, at=AT) == 0


def test_letters_remind_of_what_has_to_come_back_until_it_has(award, member):
    accepted(award)
    recovery = Recovery.objects.get()
    assert "2,001,234 KRW" in Letter.objects.get(key=f"recovery.asked:{recovery.pk}").subject
    assert settlement_letters.remind(on=recovery.due_on, by=None, at=AT) == 1
    actions.take_in(recovery, amount=2 * MILLION, interest=1234, on=DAY, **SAID)
    assert settlement_letters.remind(on=recovery.due_on + timedelta(days=1), by=None, at=AT) == 0


# --- screens and files


def test_the_awardee_keeps_hands_in_and_sees_what_is_owed(award, member, signed_in):
    browser, address = signed_in(member, "en"), reverse("my-report", args=[award.pk])
    typed = {"summary": "참가", "used": "8,000,000", "unused": "2,000,000", "interest": "1,234"}
    browser.post(address, {**typed, "unused": "1", "keep": "1", "once": str(uuid4())})
    assert Report.objects.get().status == "draft"
    wrong = browser.post(address, {**typed, "unused": "1"})
    assert (wrong.status_code, "8,000,001" in wrong.content.decode()) == (422, True)
    assert browser.post(address, {**typed, "once": str(uuid4())}).status_code == 302
    report = Report.objects.get()
    assert (report.status, report.used, report.unused) == ("submitted", 8 * MILLION, 2 * MILLION)
    actions.accept(report, due_on=date(2025, 5, 1), **SAID)
    page = browser.get(address).content.decode()
    assert "To be returned" in page
    assert "2,000,000" in page
    assert reverse("recovery-take-in", args=[Recovery.objects.get().pk]) not in page


def test_another_company_finds_no_report_there(award, signed_in):
    stranger = User.objects.create(email="other@example.test", name_ko="남")
    address = reverse("my-report", args=[award.pk])
    assert signed_in(stranger).get(address).status_code == 404


def test_the_desk_goes_through_it_all(award, signed_in, approver):
    browser = signed_in(approver, "en")
    pk = award.pk
    typed = {"summary": "참가", "used": "8000000", "unused": "2000000", "interest": "0"}
    browser.post(reverse("settlement-report", args=[pk]), typed)
    browser.post(reverse("report-accept", args=[pk]), {"due_on": "2025-05-01"})
    recovery = Recovery.objects.get()
    browser.post(
        reverse("recovery-take-in", args=[recovery.pk]),
        {"amount": "2,000,000", "interest": "", "on": "2025-04-01"},
    )
    browser.post(reverse("award-release", args=[pk]), {"reason": "집행잔액"})
    browser.post(reverse("award-settle", args=[pk]), {})
    assert (refreshed(award).status, refreshed(award.ceiling).limit) == ("settled", 8 * MILLION)
    assert browser.get(reverse("settlement", args=[pk])).status_code == 200
    assert award.name in browser.get(reverse("settlements"), {"tab": "settled"}).content.decode()
    assert browser.get(reverse("recoveries"), {"tab": "closed"}).status_code == 200


def test_the_national_file_has_its_layout_and_the_money_of_each_award(award, signed_in, approver):
    accepted(award)
    reply = signed_in(approver, "en").get(reverse("settlements"), {"export": "csv"})
    text = b"".join(reply.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    told = [row[n] for n in ("교부번호", "교부결정액", "교부액", "집행인정액", "사용액", "집행잔액",
                             "발생이자", "반납액", "정산상태")]  # fmt: skip
    assert told == [award.number, "12000000", "10000000", "8000000", "8000000", "2000000", "1234",
                    "0", "reported"]  # fmt: skip


def test_the_pack_is_a_workbook_of_sums_claims_evidence_and_returns(award, signed_in, approver):
    accepted(award)
    browser = signed_in(approver, "en")
    reply = browser.get(reverse("settlement-xlsx", args=[award.pk]))
    found = sheets_of(reply.content)
    assert list(found) == ["Sums", "Claims", "Evidence", "Returned"]
    assert found["Sums"][1:] == [
        ["참가비", 8 * MILLION, 0, 8 * MILLION, 0],
        ["The award", 12 * MILLION, 0, 8 * MILLION, 0],
    ]
    assert found["Returned"][1][3:7] == [2 * MILLION, 1234, 0, 0]
    printed = browser.get(reverse("settlement-pdf", args=[award.pk]))
    assert printed.content[:5] == b"%PDF-"


def test_late_reports_are_told_by_the_clock(award, signed_in, approver):
    Award.objects.filter(pk=award.pk).update(report_due_on=date(2025, 3, 20))
    page = signed_in(approver, "en").get(reverse("settlements"), {"tab": "late"}).content.decode()
    assert "12 days late" in page


def test_the_first_page_of_an_awardee_says_what_is_due_of_them(award, member, signed_in):
    browser = signed_in(member, "en")
    assert "Hand in the final report" in browser.get(reverse("my")).content.decode()
    accepted(award)
    page = browser.get(reverse("my")).content.decode()
    assert "Return 2,001,234 KRW" in page
    assert "Hand in the final report" not in page
