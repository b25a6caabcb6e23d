"""Results: each grade by itself, what is public beside what is proven, last year beside this."""

from datetime import date
from decimal import Decimal as D
from io import BytesIO

import pytest
import python_calamine
import trade_makers as make
from django.urls import reverse

from gyoryu.trade.actions import tallies

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(fair):
    """Two exhibitors, three talks, a deal that got as far as signing and one that was lost."""
    one, two = make.exhibitor(fair), make.exhibitor(fair, "바른두유")
    near, far = (
        make.buyer(fair),
        make.buyer(fair, "미나토상사", region=make.country("JP", "일본", "Japan")),
    )
    talks = [
        make.consultation(one, near, amount=D(100), currency="USD"),
        make.consultation(one, far, amount=D(7), currency="EUR"),
        make.consultation(two, far),
    ]
    deals = [
        make.deal(
            fair.unit,
            one.organisation,
            near.organisation,
            event=fair,
            leg=fair.legs.get(),
            grade="signed",
            pursued=D(90),
            signed=D(80),
        ),
        make.deal(
            fair.unit,
            two.organisation,
            far.organisation,
            event=fair,
            leg=fair.legs.get(),
            grade="pursued",
            pursued=D(0),
            state="lost",
            lost_on=make.TODAY,
            lost_reason="가격",
        ),
    ]
    for talk in talks:
        tallies.moved([], tallies.of_consultation(talk))
    for deal in deals:
        tallies.moved([], tallies.of_deal(deal))
    return fair


def read(reply):
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(reply.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_an_events_report_has_every_grade_by_itself(told, officer, signed_in):
    book = read(
        signed_in(officer, "en").get(reverse("event-results", args=[told.pk]) + "?export=xlsx")
    )
    assert book["By grade"] == [
        ["Grade", "How many", "Lost since", "Without an amount", "Currency", "Amount"],
        ["Consulted", 3, 0, 1, "USD", 100],
        ["Consulted", 3, 0, 1, "EUR", 7],
        ["Contract pursued", 2, 1, 0, "USD", 90],
        ["Signed", 1, 0, 0, "USD", 80],
        ["Verified export", 0, 0, 0, "", ""],
    ]
    assert [row[:2] + row[5:] for row in book["By country"][1:] if row[2]] == [
        ["Japan", "Consulted", "EUR", 7], ["Japan", "Contract pursued", "USD", 0],
        ["Viet Nam", "Consulted", "USD", 100], ["Viet Nam", "Contract pursued", "USD", 90],
        ["Viet Nam", "Signed", "USD", 80],
    ]  # fmt: skip


def test_single_companies_are_for_who_may_see_dealings(told, officer, person_with, signed_in):
    page = reverse("event-results", args=[told.pk])
    theirs, others = signed_in(officer, "en"), signed_in(person_with("viewer"), "en")
    assert "바른두유" in theirs.get(page).content.decode()
    assert "바른두유" not in others.get(page).content.decode()
    assert "By company" not in read(others.get(page + "?export=xlsx"))
    assert others.get(reverse("result-companies")).status_code == 403


def test_pursued_and_signed_are_not_added_and_the_reason_is_said(told, officer, signed_in):
    browser = signed_in(officer, "en")
    asked = browser.get(reverse("results"), {"grade": ["pursued", "signed"]})
    assert "Contract pursued and Signed are never added" in asked.content.decode()
    assert "total" not in asked.context
    alone = browser.get(reverse("results"), {"grade": ["pursued"]})
    assert alone.context["total"].amount == D(90)
    two = browser.get(reverse("results"), {"grade": ["consulted"]})
    assert "USD and EUR are never added" in two.content.decode()


def test_last_year_stands_beside_this_year(told, officer, signed_in):
    this = make.event(
        told.unit, starts_on=date(2026, 4, 16), ends_on=date(2026, 4, 17), follows=told
    )
    page = signed_in(officer, "en").get(reverse("event-results", args=[this.pk]))
    lines = [(one.words, one.currency, one.before, one.now) for one in page.context["beside"]]
    assert lines == [
        ("Companies", "", 2, 0), ("Buyers", "", 2, 0), ("Meetings held", "", 0, 0),
        ("Consulted", "", 3, 0), ("Consulted", "USD", D(100), None), ("Consulted", "EUR", D(7), None),
        ("Contract pursued", "", 2, 0), ("Contract pursued", "USD", D(90), None),
        ("Signed", "", 1, 0), ("Signed", "USD", D(80), None), ("Verified export", "", 0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["year", "country", "centre"])
def test_the_board_costs_the_same_whatever_was_told(
    told, officer, signed_in, by, django_assert_max_num_queries
):
    browser = signed_in(officer)
    with django_assert_max_num_queries(9):
        assert browser.get(reverse("results"), {"by": by}).status_code == 200


@pytest.mark.parametrize("name", ["result-events", "result-companies", "result-programmes"])
def test_lists_of_results_stay_within_their_budget(
    told, officer, signed_in, name, django_assert_max_num_queries
):
    for number in range(3):
        make.exhibitor(told, f"기업 {number}")
    browser = signed_in(officer)
    with django_assert_max_num_queries(11):
        page = browser.get(reverse(name))
    assert page.status_code == 200
    assert browser.get(reverse(name), {"export": "csv"}).status_code == 200


def test_the_report_is_typeset(told, officer, signed_in):
    reply = signed_in(officer).get(reverse("event-results", args=[told.pk]) + "?export=pdf")
    assert (reply["Content-Type"], reply.content[:5]) == ("application/pdf", b"%PDF-")


def test_another_governments_results_stay_its_own(told, province, person_with, signed_in):
    browser = signed_in(person_with("officer", province.other))
    assert browser.get(reverse("event-results", args=[told.pk])).status_code == 404
    assert browser.get(reverse("results")).context["whole"].empty
