"""Terms never change under a voucher; a new version says why; the year's figures come back."""

from decimal import Decimal

import pytest
from tests.programmes.claims_makers import refusing
from tests.programmes.voucher_makers import (
    BILLION,
    DAY,
    NUMBERS,
    ON,
    SAID,
    VALUES,
    M,
    company,
    issue,
    voucher_call,
    year_terms,
)

from gyoryu.history import queries as history
from gyoryu.programmes.actions import terms
from gyoryu.programmes.queries import terms as queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def other(**changes):
    return {**VALUES, **changes}


def test_terms_say_what_was_drafted_and_tell_it_in_the_history(province) -> None:
    of = voucher_call(province.division)
    made = terms.draft(of.programme, 2025, VALUES, **SAID)
    assert queries.values_of(made) == VALUES
    assert queries.in_force(of.programme, ON) is None
    (entry,) = history.of_record(made)
    assert entry.verb == "terms.drafted"
    assert entry.changes["sales"] == [None, "< 10000000000: 70; < 30000000000: 60; < ∞: 50"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sales": []}, "Give at least one band."),
        ({"sales": [(Decimal(5), Decimal(70))]}, "Only the last band has no end"),
        ({"sales": [(None, Decimal(101))]}, "A rate lies above 0 and at 100 percent at most."),
        ({"exports": [(None, Decimal(0))]}, "A cap is a whole number of won above zero."),
        ({"exports": [(Decimal(9), Decimal(1)), (Decimal(9), Decimal(2)), (None, Decimal(3))]},
         "The ends of the bands have to rise."),
        ({"services": []}, "A menu has at least one service."),
        ({"services": [VALUES["services"][0]] * 2}, "“TR” stands twice"),
        ({"services": [{**VALUES["services"][0], "most_percent": 0}]}, "above 0 and at 100"),
        ({"services": [{**VALUES["services"][0], "most": -1}]}, "is above zero"),
    ],
)  # fmt: skip
def test_terms_that_leave_a_gap_or_say_nothing_are_refused(province, changes, reason) -> None:
    of = voucher_call(province.division)
    with refusing(reason):
        terms.draft(of.programme, 2025, other(**changes), **SAID)
    assert not of.programme.terms.exists()


def test_terms_change_until_a_voucher_is_issued_and_then_only_as_a_new_version(province) -> None:
    of = voucher_call(province.division)
    first = year_terms(of)
    terms.change(first, other(sales=[(None, Decimal(55))]), **SAID)
    voucher = issue(of, company(province.division))
    assert (voucher.rate, voucher.subsidy) == (55, 16_500_000)
    with refusing("Vouchers were issued under these terms"):
        terms.change(first, VALUES, **SAID)
    with refusing("Say why the terms change"):
        terms.renew(first, reason=" ", **SAID)
    second = terms.renew(first, reason="추가경정예산에 따른 한도 조정", **SAID)
    assert (second.version, queries.values_of(second)) == (2, queries.values_of(first))
    with refusing("Version 2 is still a draft"):
        terms.renew(first, reason="또", **SAID)
    terms.change(second, VALUES, **SAID)
    assert queries.in_force(of.programme, ON) == first
    terms.enforce(second, on=ON + 5 * DAY, **SAID)
    assert queries.in_force(of.programme, ON + 4 * DAY) == first
    assert queries.in_force(of.programme, ON + 5 * DAY) == second
    voucher.refresh_from_db()
    assert (voucher.terms, voucher.rate) == (first, 55)


def test_a_service_that_stays_on_the_menu_is_the_same_row(province) -> None:
    of = voucher_call(province.division)
    made = year_terms(of)
    before = dict(made.services.values_list("code", "pk"))
    menu = [{**VALUES["services"][2], "name_en": "Product design"}, VALUES["services"][0]]
    terms.change(made, other(services=menu), **SAID)
    assert list(made.services.values_list("code", "pk", "name_en")) == [
        ("DE", before["DE"], "Product design"),
        ("TR", before["TR"], "Interpretation and translation"),
    ]


def test_another_year_starts_as_a_copy(province) -> None:
    of = voucher_call(province.division)
    of.programme.last_year = 2026
    of.programme.save()
    copied = terms.copy(year_terms(of), 2026, **SAID)
    assert (copied.year, copied.version, copied.in_force_from) == (2026, 1, None)
    assert queries.values_of(copied) == VALUES
    with refusing("There are terms of 2026 already"):
        terms.copy(copied, 2026, **SAID)
    with refusing("The programme runs from 2025 to 2026"):
        terms.copy(copied, 2027, **SAID)


def test_the_rates_of_the_year_come_back_from_vouchers_and_draw_the_subsidy_alone(province) -> None:
    of = voucher_call(province.division)
    year_terms(of)
    given = [(Decimal(3), 0), (Decimal(12), 99_999), (Decimal(45), 100_000)]
    made = [
        issue(
            of,
            company(province.division, f"회사{n}", NUMBERS[n]),
            sales * BILLION,
            Decimal(exports),
        )
        for n, (sales, exports) in enumerate(given)
    ]
    assert [(one.rate, one.bundle, one.subsidy, one.share) for one in made] == [
        (70, 30 * M, 21 * M, 9 * M),
        (60, 30 * M, 18 * M, 12 * M),
        (50, 50 * M, 25 * M, 25 * M),
    ]
    allotment = of.allotments.get().ceiling
    assert (allotment.committed, allotment.free) == (64 * M, 436 * M)
    caps = {row.service.code: row.ceiling.limit for row in made[0].award.categories.all()}
    assert caps == {"TR": 9 * M, "FR": 5 * M, "DE": 15 * M, "CA": 30 * M}


def test_no_voucher_is_issued_in_a_year_without_terms(province) -> None:
    of = voucher_call(province.division)
    buyer = company(province.division)
    with refusing("No voucher terms of this programme are in force"):
        issue(of, buyer)
