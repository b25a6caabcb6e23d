"""A deal goes from talk to goods that left, each step with what proves it, and back by striking."""

from datetime import date
from decimal import Decimal as D

import deal_makers as make
import pytest
import trade_makers
from deal_makers import SAID, contract, shipment, tell, word

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.evidence.models import Document
from gyoryu.history.models import Entry
from gyoryu.trade.actions import deal_steps, deals
from gyoryu.trade.models import Deal, DealStep
from gyoryu.trade.queries import deals as queries
from gyoryu.trade.queries import tallies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def deal(province):
    return make.begin(province.division)


def told(deal):
    row = Deal.objects.get(pk=deal.pk)
    return (row.grade, row.consulted, row.pursued, row.signed, row.verified)


def test_a_deal_goes_its_way_grade_by_grade(deal, officer, approver, now) -> None:
    assert (deal.number, told(deal)) == ("DE-2025-0001", ("pursued", None, D(100_000), None, None))
    signed = tell(deal, contract(), by=officer)
    assert told(deal) == ("signed", None, D(100_000), D(90_000), None)
    assert (signed.document.kind, signed.document.seen_with) == ("contract", "trade.dealings")
    first = tell(deal, shipment(), by=officer)
    second = tell(deal, shipment("41774-25-003707X", "2025-03-25", "45000.50"), by=officer)
    # Shipments wait until somebody has looked them up.
    assert told(deal) == ("signed", None, D(100_000), D(90_000), None)
    for step in (first, second):
        deal_steps.verify(step, by=approver, at=now)
    assert told(deal) == ("verified", None, D(100_000), D(90_000), D("85000.50"))
    row = Deal.objects.get()
    assert (row.graded_on, row.country.code) == (date(2025, 3, 25), "VN")
    assert [rung.reached for rung in queries.way(row, queries.steps_of(row))] == [True] * 4
    assert deals.finish(deal, by=officer, at=now).state == "done"
    verbs = list(Entry.objects.filter(verb__startswith="deal.").values_list("verb", flat=True))
    assert sorted(verbs) == sorted(
        ["deal.begun", *["deal.step_told"] * 3, *["deal.step_verified"] * 2, "deal.finished"]
    )


def test_only_somebody_else_with_the_right_verifies(deal, officer, approver, person_with, now):
    step = tell(deal, shipment(), by=officer)
    with pytest.raises(NotAllowed):
        deal_steps.verify(step, by=officer, at=now)
    own = tell(deal, shipment("41774-25-003707X"), by=approver)
    with pytest.raises(Refused, match="Somebody else"):
        deal_steps.verify(own, by=approver, at=now)
    assert told(deal)[0] == "pursued"
    deal_steps.verify(own, by=person_with("approver"), at=now)
    assert told(deal) == ("verified", None, D(100_000), None, D(40_000))
    with pytest.raises(Refused, match="does not wait"):
        deal_steps.verify(own, by=person_with("approver"), at=now)


def test_a_declaration_proves_one_shipment_once_in_the_whole_deployment(
    deal, province, officer, person_with, now
) -> None:
    first = tell(deal, shipment(), by=officer)
    other = make.begin(province.other, company=trade_makers.organisation(province.other, "다른"))
    stranger = person_with("officer", province.other)
    with pytest.raises(Refused) as refused:
        tell(other, shipment("4177425003706x"), by=stranger)
    # Whose it is stays a secret to those who do not see that deal.
    assert (refused.value.field, deal.number in str(refused.value)) == ("declaration", False)
    with pytest.raises(Refused, match=deal.number):
        tell(deal, shipment(), by=officer)
    deal_steps.strike(first, "entered twice", by=person_with("approver"), at=now)
    assert tell(other, shipment(), by=stranger).declaration == "4177425003706X"


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (word("signed", proof="mou"), "proof"),
        (word("signed", proof="email"), "proof"),
        (word("verified", proof="contract"), "proof"),
        (word("pursued", proof="declaration"), "grade"),
        (word("pursued", proof="buyer"), "proof"),
        (word("signed", proof="contract"), "file"),
        (word(on="2025-04-02"), "on"),
        (word(amount="-1"), "amount"),
        (word(amount="1e15"), "amount"),
        (word(declaration="41774-25-003706X"), "declaration"),
        (shipment("41774-25-00370X"), "declaration"),
        (shipment("41774-25-000000X"), "declaration"),
        (shipment("41774-22-003706X"), "declaration"),
        (shipment(amount=None), "amount"),
        (word(paper_currency="EUR"), "paper_amount"),
        (word(amount=None, paper_amount=D(5)), "paper_currency"),
        (word(amount=None, paper_amount=D(5), paper_currency="USD"), "paper_currency"),
        (word(amount=None, paper_amount=D(5), paper_currency="XAU"), "paper_currency"),
        (word(amount=None, paper_amount=D(5), paper_currency="EUR"), "rate_on"),
    ],
)
def test_a_step_that_cannot_be_is_refused_at_its_field(deal, step, field) -> None:
    with pytest.raises(Refused) as refused:
        tell(deal, step)
    assert (refused.value.field, DealStep.objects.count()) == (field, 1)


def test_a_deal_goes_back_a_grade_only_by_striking(deal, officer, approver, now) -> None:
    signed = tell(deal, contract())
    with pytest.raises(Refused, match="only by striking") as refused:
        tell(deal, word("pursued", "2025-03-15"))
    assert refused.value.field == "grade"
    with pytest.raises(Refused, match="cannot lie before") as refused:
        tell(deal, contract("2025-02-01"))
    assert refused.value.field == "on"
    with pytest.raises(NotAllowed):
        deal_steps.strike(signed, "wrong paper", by=officer, at=now)
    with pytest.raises(Refused) as refused:
        deal_steps.strike(signed, " ", by=approver, at=now)
    assert refused.value.field == "reason"
    deal_steps.strike(signed, "wrong paper", by=approver, at=now)
    assert told(deal) == ("pursued", None, D(100_000), None, None)
    with pytest.raises(Refused, match="struck already"):
        deal_steps.strike(signed, "again", by=approver, at=now)
    signed.refresh_from_db()
    assert (signed.struck_reason, signed.amount) == ("wrong paper", D(90_000))
    assert tallies.faults() == {}


def test_a_paper_in_another_currency_is_converted_at_a_stated_rate_that_is_kept(deal) -> None:
    make.rate("USD", "2025-03-10", "1400")
    make.rate("EUR", "2025-03-10", "1540")
    with pytest.raises(Refused, match="No rate of EUR is entered for 12 Mar 2025"):
        tell(deal, contract("2025-03-12", None, paper_amount=D(1_000), paper_currency="EUR"))
    euros = contract(
        "2025-03-12", None, paper_amount=D(1_000), paper_currency="EUR",
        rate_on=make.day("2025-03-10"),
    )  # fmt: skip
    step = tell(deal, euros)
    kept = (step.amount, step.rate, step.rate_on, step.rate_source)
    assert kept == (D(1_100), D("1.1"), date(2025, 3, 10), "서울외국환중개")
    assert (step.paper_amount, step.paper_currency) == (D(1_000), "EUR")
    won = tell(
        deal,
        shipment(on="2025-03-20", amount=None, paper_amount=D(14_000_001), paper_currency="KRW",
                 rate_on=make.day("2025-03-10")),
    )  # fmt: skip
    assert (won.amount, won.rate) == (D("10000.00"), D("0.000714285714"))
    with pytest.raises(Refused) as refused:
        deals.change(deal, {"currency": "EUR"}, **SAID)
    assert refused.value.field == "currency"


def test_lost_needs_a_reason_and_a_lost_deal_rests_until_it_is_reopened(deal, now) -> None:
    with pytest.raises(Refused) as refused:
        deals.lose(deal, make.day("2025-03-20"), "", **SAID)
    assert refused.value.field == "reason"
    lost = deals.lose(deal, make.day("2025-03-20"), "price", **SAID)
    assert (lost.state, lost.lost_reason, told(deal)[2]) == ("lost", "price", D(100_000))
    for act in (
        lambda: tell(deal, contract()),
        lambda: deals.change(deal, {"about": "kim"}, **SAID),
        lambda: deals.finish(deal, **SAID),
    ):
        with pytest.raises(Refused, match="Reopen it first"):
            act()
    assert deals.reopen(deal, "they wrote again", **SAID).state == "open"
    with pytest.raises(Refused, match="never signed"):
        deals.finish(deal, **SAID)
    tell(deal, shipment())
    tell(deal, contract("2025-03-10"))
    with pytest.raises(Refused, match="waits to be verified"):
        deals.finish(deal, **SAID)
    assert tallies.faults() == {}


def test_a_new_deal_that_cannot_be_is_refused_at_its_field(province, fair) -> None:
    company = trade_makers.organisation(province.division, "해담")
    place = trade_makers.leg(trade_makers.event(province.division))
    for wrong, field in (
        ({"company": company, "buyer": company}, "buyer"),
        ({"currency": "XYZ"}, "currency"),
        ({"probability": 101}, "probability"),
        ({"next_due": make.day("2025-05-01")}, "next_step"),
        ({"event": fair, "leg": place}, "leg"),
    ):
        with pytest.raises(Refused) as refused:
            make.begin(province.division, **wrong)
        assert refused.value.field == field
    assert Deal.objects.count() == 0


def test_zero_is_a_statement_and_empty_is_none(province) -> None:
    nothing = make.begin(province.division, word(amount=None))
    zero = make.begin(province.division, word(amount="0"), company=nothing.company)
    assert (told(nothing)[2], told(zero)[2]) == (None, D(0))


def test_who_acts_for_the_company_tells_steps_and_verifies_none(
    deal, person_with, approver, now
) -> None:
    maker = person_with("company")
    with pytest.raises(NotAllowed):
        tell(deal, contract(), by=maker)
    make.acting(maker, deal.company)
    step = tell(deal, contract(), by=maker)
    assert (step.noted_by, Document.objects.get().added_by) == (maker, maker)
    waiting = tell(deal, shipment(), by=maker)
    with pytest.raises(NotAllowed):
        deal_steps.verify(waiting, by=maker, at=now)
    with pytest.raises(NotAllowed):
        deals.change(deal, {"about": "김"}, by=maker, at=now)
    planned = deals.plan_next(deal, "send samples", make.day("2025-05-01"), by=maker, at=now)
    assert (planned.next_step, planned.next_due) == ("send samples", date(2025, 5, 1))
    assert [row.pk for row in queries.own(maker)] == [deal.pk]
    deal_steps.verify(waiting, by=approver, at=now)
    assert told(deal)[0] == "verified"


def test_a_voided_deal_counts_nowhere(deal, approver, now) -> None:
    deals.void(deal, "entered twice", by=approver, at=now)
    assert tallies.kept() == {}
    assert queries.seen(approver).count() == 0
    with pytest.raises(Refused, match="voided"):
        tell(deal, contract())
