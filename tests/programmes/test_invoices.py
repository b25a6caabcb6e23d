"""Two spellings of an invoice are one invoice; what counts of it is never more than it says."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.programmes.invoices import Counted, Doubt, Invoice, Step, Terms, counted, doubt, key

ON = date(2025, 4, 1)
APPROVAL = "20250327-41000012-ab12cd34"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("1248100998", "한결정밀", "2025-031"), ("1248100998", "(주)한결정밀", "2025 031")),
        (("1248100998", "", "No. 00031"), ("1248100998", "", "３１")),
        (("", "Messe Nord GmbH", "INV/77"), ("", "messe nord", "inv-77")),
        (("1248100998", "a", APPROVAL), ("", "b", "2025032741000012AB12CD34")),
    ],
)
def test_the_same_invoice_typed_otherwise_has_the_same_key(one, other) -> None:
    assert key(*one) == key(*other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("1248100998", "", "31"), ("1248100998", "", "32")),
        (("1248100998", "", "31"), ("2208162517", "", "31")),
        (("", "Messe Nord", "31"), ("", "Messe Süd", "31")),
        (("1248100998", "", "1-23"), ("1248100998", "", "1-24")),
    ],
)
def test_two_invoices_have_two_keys(one, other) -> None:
    assert key(*one) != key(*other)


def test_an_approval_number_is_24_long_and_begins_with_a_day_that_can_be() -> None:
    invoiced = date(2025, 3, 27)
    assert doubt(APPROVAL, invoiced, ON) is None
    assert doubt("INV-2025-31", invoiced, ON) is None
    assert doubt(APPROVAL + "5", invoiced, ON) == Doubt("length", length=25)
    assert doubt(APPROVAL.replace("0327", "0230"), invoiced, ON) == Doubt("day")
    late = Doubt("order", day=date(2025, 4, 2))
    assert doubt(APPROVAL.replace("0327", "0402"), invoiced, ON) == late
    early = Doubt("order", day=date(2025, 3, 26))
    assert doubt(APPROVAL.replace("0327", "0326"), invoiced, ON) == early


def test_a_cost_is_counted_step_by_step() -> None:
    invoice = Invoice(Decimal(5_000_001), Decimal(500_000))
    terms = Terms(own_share=Decimal(30), asked=3_000_000)
    assert counted(invoice, terms) == Counted(
        5_000_001,
        500_000,
        3_000_000,
        (
            Step("vat", 500_000, 5_000_001),
            Step("share", 1_500_001, 3_500_000),
            Step("unasked", 500_000, 3_000_000),
        ),
    )


def test_foreign_money_is_counted_at_its_rate_and_below_one_won_nothing() -> None:
    invoice = Invoice(Decimal("1234.56"), rate=Decimal("1386.7"))
    assert counted(invoice, Terms()) == Counted(1_711_964, 0, 1_711_964, ())
    assert counted(Invoice(Decimal("0.01"), rate=Decimal("9.2")), Terms()).eligible == 0


money = st.decimals(0, 10**14, places=2)
rates = st.decimals("0.000001", 9_999, places=6)
shares = st.decimals(0, "99.99", places=2)
invoices = st.builds(Invoice, supply=money, vat=money, rate=rates)
terms = st.builds(
    Terms, vat_counts=st.booleans(), own_share=shares, asked=st.none() | st.integers(0, 10**15)
)


@given(invoices, terms)
def test_what_counts_is_within_what_the_invoice_says_and_adds_up(invoice, terms) -> None:
    found = counted(invoice, terms)
    whole = found.supply + found.vat
    assert 0 <= found.eligible <= whole <= (invoice.supply + invoice.vat) * invoice.rate
    assert found.eligible + sum(step.amount for step in found.steps) == whole
    assert all(step.amount > 0 for step in found.steps)
    if not terms.vat_counts:
        assert found.eligible <= found.supply
    if terms.asked is not None:
        assert found.eligible <= terms.asked


@given(invoices, terms, money)
def test_a_higher_price_never_counts_for_less(invoice, terms, more) -> None:
    higher = Invoice(invoice.supply + more, invoice.vat, invoice.rate)
    assert counted(higher, terms).eligible >= counted(invoice, terms).eligible
