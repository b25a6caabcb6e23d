"""What was published stands beside the register, counts in nothing, and shows what is missing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.trade import talk_makers as talk
from tests.trade import trade_makers as make

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.trade.actions import published as actions
from gyoryu.trade.models import Published, Tally
from gyoryu.trade.queries import published as queries

pytestmark = pytest.mark.django_db
TOLD = {"on": date(2025, 4, 3), "source_note": "보도자료"}


@pytest.fixture
def fair(province):
    return talk.fair(province.division)


def test_the_missing_rows_are_named_by_company_and_place(fair, officer, now):
    one, two, three = (make.exhibitor(fair, f"기업 {number}") for number in range(3))
    buyers = [make.buyer(fair, f"바이어 {number}") for number in range(4)]
    place = fair.legs.get()
    held = [
        talk.meeting(one, buyers[0], 1, "held"),
        talk.meeting(one, buyers[1], 2, "held"),
        talk.meeting(two, buyers[2], 1, "held", table=2),
        talk.meeting(two, buyers[3], 2, "set", table=2),
    ]
    make.consultation(one, buyers[0], meeting=held[0], amount=Decimal(100), currency="USD")
    # Not tied to its meeting, and yet it tells of it.
    make.consultation(two, buyers[2], amount=Decimal(7), currency="KRW")
    make.deal(fair.unit, one.organisation, buyers[0].organisation, event=fair, grade="pursued",
              pursued=Decimal(40), graded_on=make.TODAY)  # fmt: skip
    figures = {"companies": 3, "buyers": 5, "consultations": 4, "consulted": Decimal(300),
               "deals": 2, "pursued": Decimal(40), "currency": "USD"}  # fmt: skip
    actions.note(fair, {**TOLD, **figures}, by=officer, at=now)
    found = queries.beside(fair, named=True)
    assert [(row.name, row.told, row.held, row.apart) for row in found.told[0].figures] == [
        ("companies", 3, 3, 0),
        ("buyers", 5, 4, 1),
        ("consultations", 4, 2, 2),
        # Amounts of the currency that was told, and of no other.
        ("consulted", Decimal(300), Decimal(100), Decimal(200)),
        ("deals", 2, 1, 1),
        ("pursued", Decimal(40), Decimal(40), 0),
    ]
    lack = found.missing
    assert lack.silent == [three]
    assert lack.unwritten == [held[1]]
    assert [(row.of, row.meetings, row.consultations) for row in lack.companies] == [(one, 2, 1)]
    assert [(row.of, row.meetings, row.consultations) for row in lack.places] == [(place, 3, 2)]
    assert found.short
    unnamed = queries.beside(fair).missing
    assert (unnamed.n_silent, unnamed.n_unwritten) == (1, 1)
    assert (unnamed.silent, unnamed.companies, unnamed.unwritten) == ([], [], [])
    assert Tally.objects.count() == 0


def test_nothing_said_is_not_zero_and_last_years_edition_is_held_of_last_year(fair, officer, now):
    last = make.event(fair.unit, starts_on=date(2024, 4, 1), ends_on=date(2024, 4, 3))
    fair.follows = last
    fair.save()
    before = {
        **TOLD,
        "edition": -1,
        "consultations": 349,
        "consulted": Decimal(1),
        "currency": "USD",
    }
    actions.note(fair, before, by=officer, at=now)
    make.consultation(make.exhibitor(last), make.buyer(last))
    told = queries.beside(fair).told[0]
    assert told.event == last
    assert [(row.name, row.held, row.apart) for row in told.figures] == [
        ("consultations", 1, 348),
        ("consulted", None, None),
    ]


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({}, "consultations"),
        ({"consulted": Decimal(1)}, "currency"),
        ({"companies": -1}, "companies"),
        ({"pursued": Decimal(10) ** 15, "currency": "USD"}, "pursued"),
        ({"companies": 1, "edition": -2}, "edition"),
    ],
)
def test_what_cannot_be_told_is_refused(fair, officer, now, figures, field):
    with pytest.raises(Refused) as refusal:
        actions.note(fair, {**TOLD, **figures}, by=officer, at=now)
    assert refusal.value.field == field
    with pytest.raises(Refused):
        actions.note(None, {**TOLD, "companies": 1}, by=officer, at=now)


def test_figures_are_taken_back_by_who_may(fair, officer, person_with, now):
    row = actions.note(fair, {**TOLD, "companies": 26, "currency": "USD"}, by=officer, at=now)
    assert row.currency == ""
    with pytest.raises(NotAllowed):
        actions.void(row, reason="x", by=person_with("viewer"), at=now)
    with pytest.raises(Refused):
        actions.void(row, reason=" ", by=officer, at=now)
    actions.void(row, reason="다른 행사의 수치", by=officer, at=now)
    assert queries.beside(fair).told == []


def test_the_page_names_companies_to_officers_alone_in_few_queries(
    fair, officer, person_with, signed_in, now
):
    counts = []
    for number in range(3):
        seller, buying = (
            make.exhibitor(fair, f"조용한 {number}"),
            make.buyer(fair, f"바이어 {number}"),
        )
        talk.meeting(seller, buying, number + 1, "held")
        actions.note(fair, {**TOLD, "consultations": 558}, by=officer, at=now)
        browser, where = signed_in(officer), reverse("event-published", args=[fair.pk])
        with CaptureQueriesContext(connection) as told:
            page = browser.get(where)
        counts.append(len(told) - 4 * number)  # each telling is counted by itself
        assert f"조용한 {number}" in page.content.decode()
    assert counts[0] >= counts[2]
    assert counts[0] <= 26
    hidden = signed_in(person_with("viewer")).get(where).content.decode()
    assert "조용한" not in hidden
    assert "558" in hidden
    posted = {"on": "2025-04-03", "edition": "0", "companies": "26", "source_note": "보도자료"}
    signed_in(officer).post(reverse("published-new", args=[fair.pk]), posted)
    row = Published.objects.get(companies=26)
    browser.post(reverse("published-void", args=[row.pk]), {"reason": "잘못 적음"})
    row.refresh_from_db()
    assert row.voided_reason == "잘못 적음"
