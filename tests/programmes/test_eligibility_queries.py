"""What the record knows of applicants: affiliates, sanctions, earlier support; few queries for many."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.programmes import calls_makers as makers
from tests.programmes.calls_makers import SAID

from gyoryu.parties.models import Exports, Organisation, Region
from gyoryu.programmes.actions import parts
from gyoryu.programmes.models import Sanction
from gyoryu.programmes.queries import eligibility
from gyoryu.programmes.rules import reasons

pytestmark = pytest.mark.django_db
ON = date(2025, 4, 20)


@pytest.fixture
def call(unit):
    return makers.complete(unit, event="선전 국제 전자전")


def rule(call, kind, **terms):
    return parts.add(call, "rules", {"kind": kind, "terms": terms}, **SAID)


def said(call, *applications):
    found = eligibility.of_applications(call, applications, on=ON)
    return {
        row.name: [(str(one.outcome), one.reason) for one in found[row.pk]] for row in applications
    }


def test_affiliates_are_the_companies_above_below_and_beside(unit) -> None:
    top = makers.company(unit, "지주")
    left, right = (makers.company(unit, name, parent=top) for name in ("왼쪽", "오른쪽"))
    below = makers.company(unit, "손자", parent=left)
    office = Organisation.objects.create(unit=unit, kind="government", name_ko="도청")
    agency = makers.company(unit, "출자기관", parent=office)
    other = makers.company(unit, "다른 출자기관", parent=office)
    everybody = [top, left, right, below, agency, other]
    found = eligibility.affiliates(row.pk for row in everybody)
    named = {row.name_ko: row.pk for row in everybody}
    family = {named[name] for name in ("지주", "왼쪽", "오른쪽", "손자")}
    assert found == {
        **{one: family - {one} for one in family},
        agency.pk: set(),
        other.pk: set(),
    }


def test_a_circle_of_parents_ends(unit) -> None:
    one, two = makers.company(unit, "하나"), makers.company(unit, "둘")
    Organisation.objects.filter(pk=one.pk).update(parent=two)
    Organisation.objects.filter(pk=two.pk).update(parent=one)
    assert eligibility.affiliates([one.pk, two.pk]) == {one.pk: {two.pk}, two.pk: {one.pk}}


def test_double_support_is_found_across_programmes_and_affiliates_and_named(unit, call) -> None:
    rule(call, "double", event=True, category=True, years=1, affiliates=True)
    elsewhere = makers.complete(
        unit,
        makers.programme(unit, "PG-2024-0007", name_ko="해외마케팅", name_en="Marketing"),
        event="선전국제전자전",
    )
    parent = makers.company(unit, "모회사")
    child, alone = makers.company(unit, "자회사", parent=parent), makers.company(unit, "단독")
    last_year = makers.company(unit, "작년에 받음")
    award = makers.awarded(elsewhere, parent, date(2025, 2, 1))
    makers.awarded(elsewhere, last_year, date(2024, 11, 1))
    makers.awarded(elsewhere, alone, date(2025, 2, 1), categories=("통역",))
    rows = [makers.applied(call, who) for who in (parent, child, alone, last_year)]
    assert said(call, *rows) == {
        "모회사": [("not_met", "double_own")],
        "자회사": [("not_met", "double_affiliate")],
        "단독": [("met", "double_none")],
        "작년에 받음": [("met", "double_none")],
    }
    with override("en"):
        (found,) = eligibility.of_applications(call, [rows[1]], on=ON)[rows[1].pk]
        assert reasons.reason(found, {}, {}) == (
            f"Its affiliate 모회사 was supported: award {award.number} of Marketing in 2025."
        )


def test_its_own_award_of_this_call_is_no_double_but_an_affiliates_is(unit, call) -> None:
    rule(call, "double", category=True, years=1, affiliates=True)
    parent = makers.company(unit, "모회사")
    child = makers.company(unit, "자회사", parent=parent)
    makers.awarded(call, parent)
    rows = [makers.applied(call, who) for who in (parent, child)]
    assert said(call, *rows) == {
        "모회사": [("met", "double_none")],
        "자회사": [("not_met", "double_affiliate")],
    }


def test_cancelled_and_voided_support_does_not_count(unit, call) -> None:
    rule(call, "double", category=True, affiliates=True)
    other = makers.complete(unit, makers.programme(unit, "PG-2024-0008"))
    who = makers.company(unit, "한빛전자")
    makers.awarded(other, who, status="cancelled", status_reason="포기")
    makers.awarded(other, who, voided_at=makers.AT, voided_reason="잘못 입력")
    assert said(call, makers.applied(call, who)) == {"한빛전자": [("met", "double_none")]}


def test_what_the_record_knows_counts_and_what_it_does_not_is_not_known(unit, call) -> None:
    country = Region.objects.create(kind="country", name_ko="한국", name_en="Korea", path="/")
    Region.objects.filter(pk=country.pk).update(path=f"/{country.pk}/")
    city = Region.objects.create(
        kind="city", name_ko="수원", name_en="Suwon", path="/", parent=country
    )
    Region.objects.filter(pk=city.pk).update(path=f"/{country.pk}/{city.pk}/")
    rule(call, "region", regions=[country.pk])
    rule(call, "size", sizes=["small"])
    rule(call, "exports", below="20000000")
    rule(call, "sales", below="12000000000", question="sales")
    rule(call, "sanction")
    known = makers.company(unit, "알려진 회사", region=city, size="small")
    Exports.objects.create(organisation=known, year=2024, amount=180_000, currency="USD")
    bare = makers.company(unit, "모르는 회사")
    Exports.objects.create(organisation=bare, year=2024, amount=5, currency="KRW")
    barred = makers.company(unit, "제한된 회사", size="large")
    Sanction.objects.create(
        unit=unit, organisation=barred, from_on=date(2025, 4, 1), until_on=ON, reason="부정수급"
    )
    lifted = makers.company(unit, "풀린 회사")
    Sanction.objects.create(
        unit=unit, organisation=lifted, from_on=date(2025, 4, 1), until_on=date(2026, 4, 1), reason="부정수급", lifted_on=ON,
        lifted_reason="소명",
    )  # fmt: skip
    rows = [
        makers.applied(call, known, answers={"sales": 4_000_000_000}),
        makers.applied(call, bare),
        makers.applied(call, barred),
        makers.applied(call, lifted),
    ]
    stranger = makers.applied(call, known, organisation=None, name="기록에 없는 팀")
    assert said(call, *rows, stranger) == {
        "알려진 회사": [("met", "region_inside"), ("met", "size_among"), ("met", "exports_within"), ("met", "sales_within"), ("met", "sanction_none")],
        "모르는 회사": [("not_known", "region_missing"), ("not_known", "size_missing"), ("not_known", "exports_missing"), ("not_known", "sales_missing"), ("met", "sanction_none")],
        "제한된 회사": [("not_known", "region_missing"), ("not_met", "size_not"), ("not_known", "exports_missing"), ("not_known", "sales_missing"), ("not_met", "sanction_own")],
        "풀린 회사": [("not_known", "region_missing"), ("not_known", "size_missing"), ("not_known", "exports_missing"), ("not_known", "sales_missing"), ("met", "sanction_none")],
        "기록에 없는 팀": [("not_known", "region_missing"), ("not_known", "size_missing"), ("not_known", "exports_missing"), ("not_known", "sales_missing"), ("not_known", "sanction_missing")],
    }  # fmt: skip


def test_two_thousand_applications_take_as_many_queries_as_one(unit, call) -> None:
    for kind in ("size", "sanction", "double", "exports"):
        rule(call, kind, **({"sizes": ["small"]} if kind == "size" else {"least": "1"}))
    companies = Organisation.objects.bulk_create(
        [
            Organisation(unit=unit, kind="company", name_ko=f"회사 {n}", size="small")
            for n in range(2000)
        ]
    )
    from gyoryu.programmes.models import Application

    rows = Application.objects.bulk_create(
        [
            Application(
                unit=unit, call=call, organisation=one, name=one.name_ko, number=f"AP-{n}", status="submitted",
                status_since=ON, saved_at=makers.AT, submitted_at=makers.AT,
            )
            for n, one in enumerate(companies)
        ]
    )  # fmt: skip
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as counted:
            found = eligibility.of_applications(call, some, on=ON)
        assert len(found) == len(some)
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 10
