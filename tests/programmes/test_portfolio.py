"""The portfolio: budgets move by entries alone, and every level says where its money stands."""

import csv
import io
from datetime import date
from uuid import uuid4

import budget_makers as make
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.programmes.actions import portfolio as actions
from gyoryu.programmes.models import Allotment, BudgetLine, LedgerEntry, Programme, Strategy
from gyoryu.programmes.queries import ledger, portfolio
from gyoryu.programmes.queries.ledger import Money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SAID, DAY = make.SAID, make.DAY
MILLION = 1_000_000


def stands(line):
    return portfolio.spread([BudgetLine.objects.select_related("ceiling").get(pk=line.pk)])[0][1]


# --- money


def test_a_line_says_what_became_of_every_won(unit):
    line, _allotment, award = make.world(unit)
    heading = award.categories.get().ceiling
    make.move(heading, "reserved", MILLION)
    make.move(heading, "approved", 5 * MILLION)
    make.move(heading, "paid", 4 * MILLION)
    make.move(award.ceiling, "clawed_back", MILLION)
    money = stands(line)
    assert money == Money(
        appropriated=500 * MILLION, allotted=300 * MILLION, awarded=12 * MILLION,
        reserved=MILLION, approved=5 * MILLION, paid=4 * MILLION, returned=MILLION,
    )  # fmt: skip
    assert (money.free, money.open, money.out) == (200 * MILLION, 288 * MILLION, 3 * MILLION)
    assert ledger.of_calls([award.call_id])[award.call_id] == Money(
        **{**money.__dict__, "appropriated": 0}
    )
    assert ledger.of_awards([award.pk]) == {
        award.pk: Money(**{**money.__dict__, "appropriated": 0, "allotted": 0})
    }
    assert list(ledger.faults()) == []


def test_a_supplementary_budget_is_another_entry_with_its_reason(unit):
    line = make.line(make.programme(unit))
    actions.supplement(line, amount=50 * MILLION, on=DAY, reason="1회 추경", **SAID)
    actions.supplement(line, amount=-100 * MILLION, on=DAY, reason="2회 추경 감액", **SAID)
    assert stands(line).appropriated == 450 * MILLION
    told = LedgerEntry.objects.filter(ceiling=line.ceiling).values_list("kind", "amount", "note")
    assert list(told) == [
        ("appropriated", 500 * MILLION, ""),
        ("appropriated", 50 * MILLION, "1회 추경"),
        ("appropriated", -100 * MILLION, "2회 추경 감액"),
    ]
    entry = Entry.objects.filter(verb="line.supplemented").order_by("pk").last()
    assert (entry.changes, entry.reason) == (
        {"amount": [550 * MILLION, 450 * MILLION]}, "2회 추경 감액",
    )  # fmt: skip


def test_no_budget_goes_below_what_calls_have_and_no_allotment_below_what_awards_have(unit):
    line, allotment, _award = make.world(unit)
    with pytest.raises(Refused, match="300,000,000 KRW of this is given out already: Budget line"):
        actions.supplement(line, amount=-201 * MILLION, on=DAY, reason="감액", **SAID)
    with pytest.raises(Refused, match="12,000,000 KRW of this is given out already: Allotment"):
        actions.allot(
            line, call=allotment.call, amount=-289 * MILLION, on=DAY, reason="회수", **SAID
        )
    with pytest.raises(Refused, match="Only 200,000,000 KRW is left: Budget line"):
        actions.allot(
            line, call=allotment.call, amount=201 * MILLION, on=DAY, reason="증액", **SAID
        )
    assert stands(line).allotted == 300 * MILLION


def test_what_a_call_gets_more_or_gives_back_goes_to_one_allotment(unit):
    line, allotment, _award = make.world(unit)
    again = make.allot(line, allotment.call, 20 * MILLION)
    make.allot(line, allotment.call, -30 * MILLION)
    assert (again.pk, Allotment.objects.count()) == (allotment.pk, 1)
    assert (stands(line).allotted, stands(line).free) == (290 * MILLION, 210 * MILLION)
    told = (
        Entry.objects.filter(verb="line.allotted").order_by("pk").values_list("changes", flat=True)
    )
    assert [one["allotted"] for one in told] == [
        [0, 300 * MILLION], [300 * MILLION, 320 * MILLION], [320 * MILLION, 290 * MILLION],
    ]  # fmt: skip


def test_a_call_of_another_programme_gets_nothing(unit):
    line = make.line(make.programme(unit))
    with pytest.raises(Refused, match="another programme"):
        make.allot(line, make.call(make.programme(unit, name_ko="다른 사업")), MILLION)
    assert not Allotment.objects.exists()


@pytest.mark.parametrize(
    ("amount", "reason"),
    [(0, "above zero"), (-1, "above zero"), (10**15, "more than can be kept")],
)
def test_a_line_is_opened_with_a_sum_that_can_be(unit, amount, reason):
    with pytest.raises(Refused, match=reason):
        make.line(make.programme(unit), amount)
    assert (BudgetLine.objects.count(), LedgerEntry.objects.count()) == (0, 0)


def test_the_same_key_enters_a_supplementary_budget_once(unit):
    line = make.line(make.programme(unit))
    for _twice in range(2):
        actions.supplement(line, amount=MILLION, on=DAY, reason="추경", key="once", **SAID)
    assert stands(line).appropriated == 501 * MILLION


def test_a_line_taken_back_leaves_nothing_and_its_place_is_free(unit):
    programme = make.programme(unit)
    line = make.line(programme)
    actions.void_line(line, reason="잘못 입력", **SAID)
    assert stands(line).appropriated == 0
    assert make.line(programme).pk != line.pk
    with pytest.raises(Refused, match="there already"):
        make.line(programme)


def test_a_line_of_which_a_call_has_something_is_not_taken_back(unit):
    line, *_below = make.world(unit)
    with pytest.raises(Refused, match="Calls have 300,000,000 KRW of it"):
        actions.void_line(line, reason="잘못", **SAID)


def test_what_a_voucher_takes_of_its_allotment_is_the_subsidy_alone(unit):
    line, _allotment, award = make.world(unit, drawn=7 * MILLION)
    assert (stands(line).awarded, award.ceiling.pk) == (7 * MILLION, award.ceiling_id)
    award.ceiling.refresh_from_db()
    assert award.ceiling.limit == 12 * MILLION


# --- strategies and programmes


def test_a_programme_stays_within_its_strategy_and_holds_its_budgets(unit):
    strategy = make.strategy(unit)
    with pytest.raises(Refused, match="runs from 2024 to 2027"):
        make.programme(unit, strategy=strategy, last_year=2028)
    programme = make.programme(unit, strategy=strategy, last_year=2026)
    assert programme.number == "PR-2025-0001"
    make.line(programme, year=2026)
    with pytest.raises(Refused, match="budget for 2026"):
        actions.change_programme(programme, {"last_year": 2025}, **SAID)
    with pytest.raises(Refused, match="runs from 2025 to 2026"):
        make.line(programme, year=2027)
    with pytest.raises(Refused, match="A programme stands under it"):
        actions.void_strategy(strategy, reason="잘못", **SAID)


def test_a_programme_ends_with_a_reason_when_its_calls_are_decided(unit):
    programme = make.programme(unit)
    call = make.call(programme)
    with pytest.raises(Refused, match="not decided yet"):
        actions.end_programme(programme, on=DAY, reason="종료", **SAID)
    call.state = "decided"
    call.save()
    with pytest.raises(Refused, match="Give the reason"):
        actions.end_programme(programme, on=DAY, reason=" ", **SAID)
    with pytest.raises(Refused, match="in the future"):
        actions.end_programme(programme, on=date(2025, 5, 1), reason="종료", **SAID)
    actions.end_programme(programme, on=DAY, reason="사업 종료", **SAID)
    with pytest.raises(Refused, match="This programme ended"):
        make.line(programme)


def test_only_what_has_neither_budget_nor_call_is_taken_back(unit):
    programme = make.programme(unit)
    call = make.call(programme)
    with pytest.raises(Refused, match="It has a call"):
        actions.void_programme(programme, reason="잘못", **SAID)
    call.delete()
    actions.void_programme(programme, reason="잘못", **SAID)
    assert Programme.objects.get().voided_reason == "잘못"


def test_an_officer_enters_programmes_and_an_approver_budgets(unit, officer, approver):
    programme = actions.add_programme(
        unit,
        {"name_ko": "바우처", "kind": "voucher", "first_year": 2025, "last_year": 2025},
        by=officer,
        at=make.AT,
    )
    values = {"year": 2025, "account_code": "1", "name": "보조", "fund": "own", "amount": 5}
    with pytest.raises(Refused, match="Your role does not allow this here"):
        actions.open_line(programme, dict(values), by=officer, at=make.AT)
    actions.open_line(programme, dict(values), by=approver, at=make.AT)
    assert LedgerEntry.objects.get().by == approver


# --- screens


@pytest.fixture
def browser(signed_in, approver):
    return signed_in(approver, "en")


def test_the_board_keeps_two_funds_apart_at_every_level(unit, browser):
    strategy = make.strategy(unit)
    programme = make.programme(unit, strategy=strategy)
    make.line(programme, 500 * MILLION)
    make.line(programme, 30 * MILLION, fund="national", account_code="110-01")
    lines = portfolio.lines(_reader(browser)).filter(year=2025)
    shown = portfolio.programmes(_reader(browser))
    (top,), alone = portfolio.board([strategy], shown, lines, portfolio.NONE)
    own = [("National subsidy", Money(appropriated=30 * MILLION)),
           ("Provincial budget", Money(appropriated=500 * MILLION))]  # fmt: skip
    assert (top.funds, [one.funds for one in top.under], alone) == (own, [own], [])
    page = browser.get(reverse("portfolio")).content.decode()
    assert "500,000,000" in page
    assert "30,000,000" in page
    assert "530,000,000" not in page


def _reader(browser):
    from gyoryu.accounts.models import User

    return User.objects.get(pk=browser.session["_auth_user_id"])


def test_the_file_of_the_board_has_its_lines_and_their_money(unit, browser):
    line, _allotment, award = make.world(unit)
    make.move(award.categories.get().ceiling, "approved", MILLION)
    reply = browser.get(reverse("portfolio"), {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(reply.streaming_content).decode("utf-8-sig"))))
    assert rows[1][1:] == [
        line.programme.number, "Trade-show support", "2025", "307-04", "민간행사사업보조",
        "Provincial budget", "500000000", "300000000", "200000000", "12000000", "0", "1000000",
        "0", "0", "0",
    ]  # fmt: skip


def test_everything_is_entered_through_the_screens(unit, browser):
    browser.post(
        reverse("strategy-new"), {"name_ko": "전략", "first_year": "2024", "last_year": "2027"}
    )
    strategy = Strategy.objects.get()
    browser.post(
        reverse("programme-new"),
        {"name_ko": "사업", "kind": "fair", "strategy": strategy.pk, "first_year": "2025",
         "last_year": "2025"},
    )  # fmt: skip
    programme = Programme.objects.get()
    typed = {"year": "2025", "account_code": "307-04", "name": "보조", "fund": "local",
             "amount": "5억", "on": "2025-01-02", "once": str(uuid4())}  # fmt: skip
    wrong = browser.post(reverse("budget-line-new", args=[programme.pk]), typed)
    assert (wrong.status_code, "500,000,000" in wrong.content.decode()) == (422, True)
    typed["amount"] = "500,000,000"
    for _twice in range(2):  # a double click
        browser.post(reverse("budget-line-new", args=[programme.pk]), typed)
    line = BudgetLine.objects.get()
    call = make.call(programme)
    browser.post(
        reverse("budget-line-allot", args=[line.pk]),
        {"call": call.pk, "amount": "20,000,000", "on": "2025-02-01", "reason": "배정"},
    )
    browser.post(
        reverse("budget-line-supplement", args=[line.pk]),
        {"amount": "-100,000,000", "on": "2025-03-01", "reason": "감액 추경"},
    )
    assert stands(line) == Money(appropriated=400 * MILLION, allotted=20 * MILLION)
    refused = browser.post(
        reverse("budget-line-supplement", args=[line.pk]),
        {"amount": "-390,000,000", "on": "2025-03-01", "reason": "과다"},
    )
    assert refused.status_code == 422
    assert "20,000,000 KRW of this is given out already" in refused.content.decode()
    assert 'value="-390,000,000"' in refused.content.decode()


def test_who_goes_back_and_changes_an_amount_moves_money_a_second_time(unit, browser):
    line = make.line(make.programme(unit))
    before = stands(line).appropriated
    typed = {"on": "2025-03-01", "reason": "추경", "once": str(uuid4())}
    for amount in ("1,000,000", "1,000,000", "2,000,000"):
        browser.post(reverse("budget-line-supplement", args=[line.pk]), {**typed, "amount": amount})
    assert stands(line).appropriated == before + 3 * MILLION


@pytest.mark.parametrize("name", ["portfolio", "programmes"])
def test_a_list_asks_as_much_at_one_row_as_at_many(unit, browser, name):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get(reverse(name)).status_code == 200
        return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    def add():
        strategy = make.strategy(unit)
        programme = make.programme(unit, strategy=strategy)
        line = make.line(programme)
        make.award(make.allot(line, make.call(programme), 100 * MILLION))

    add()
    asked()
    one = asked()
    for _more in range(2):
        add()
    three = asked()
    for _more in range(9):
        add()
    assert (one, asked()) == (three, three)
    assert one <= 10


def test_pages_ask_at_most_fifteen_questions(unit, browser):
    line, _allotment, award = make.world(unit)
    make.move(award.categories.get().ceiling, "approved", MILLION)
    for address in (line.get_absolute_url(), line.programme.get_absolute_url()):
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        asked = [q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(asked) <= 15, [q["sql"][:160] for q in asked]


def test_a_line_shows_and_exports_every_movement_under_it(unit, browser):
    line, _allotment, award = make.world(unit)
    make.move(award.categories.get().ceiling, "approved", MILLION)
    page = browser.get(line.get_absolute_url()).content.decode()
    assert award.number in page
    assert award.name not in page  # who was granted what is not for every reader
    reply = browser.get(line.get_absolute_url(), {"export": "csv", "kind": "approved"})
    rows = list(csv.DictReader(io.StringIO(b"".join(reply.streaming_content).decode("utf-8-sig"))))
    assert [(r["Kind"], r["Level"], r["Where"], r["Amount (KRW)"]) for r in rows] == [
        ("Approved", "Category", f"{award.number} · 참가비", "1000000")
    ]


def test_another_government_sees_nothing_of_it(unit, province, signed_in, person_with):
    line, *_below = make.world(unit)
    stranger = signed_in(person_with("approver", unit=province.other))
    for address in (line.get_absolute_url(), line.programme.get_absolute_url()):
        assert stranger.get(address).status_code == 404
    assert "전시회 참가 지원" not in stranger.get(reverse("programmes")).content.decode()
