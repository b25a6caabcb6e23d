"""What is granted stays within what is set apart; what is amended keeps what it was before."""

from datetime import date

import pytest
from django.db.models import Sum
from tests.programmes.claims_makers import (
    AT,
    ON,
    SAID,
    M,
    award,
    call,
    company,
    grant,
    refusing,
    stands,
)

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history.models import Entry
from gyoryu.parties.models import Organisation
from gyoryu.programmes.actions import advances, amendments, awards, ledger
from gyoryu.programmes.models import Award, Ceiling, LedgerEntry
from gyoryu.programmes.rules.awards import Change, Heading
from gyoryu.programmes.rules.money import Movement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
REASON = "부스 임차료가 올라 한도를 높임"
SAID_SO = {"reason": REASON, "on": ON}


@pytest.fixture
def shows(unit):
    return call(unit, allotted=20 * M)


@pytest.fixture
def granted(shows, unit):
    return award(shows, company(unit))


def allotment(of):
    return of.allotments.get().ceiling


def caps(of):
    return {str(one): one.ceiling.limit for one in of.categories.select_related("ceiling")}


def test_a_grant_is_an_award_with_its_caps_taken_of_the_allotment(granted, shows) -> None:
    assert (granted.number, granted.name, granted.status, granted.awarded_on) == (
        "AW-2025-0001", "한결정밀", "awarded", ON,
    )  # fmt: skip
    assert stands(granted.ceiling) == {"limit": 8 * M, "drawn": 8 * M}
    assert stands(allotment(shows)) == {"limit": 20 * M, "drawn": 20 * M, "committed": 8 * M}
    assert caps(granted) == dict.fromkeys(("Exhibition fee", "Freight", "Interpretation"), 8 * M)
    entry = Entry.objects.get(verb="award.granted")
    assert (entry.record, entry.changes) == (granted.pk, {"amount": [None, 8 * M]})


def test_the_same_grant_twice_is_one_award(shows, unit) -> None:
    asked = grant(shows, company(unit), key="k1")
    assert awards.award(asked, **SAID) == awards.award(asked, **SAID)
    assert Award.objects.count() == 1
    assert stands(allotment(shows))["committed"] == 8 * M


def test_a_voucher_draws_only_its_subsidy(shows, unit) -> None:
    made = award(shows, company(unit), kind="voucher", drawn=5 * M)
    assert stands(made.ceiling) == {"limit": 8 * M, "drawn": 5 * M}
    assert stands(allotment(shows))["committed"] == 5 * M


def refused(shows, unit, **more):
    applicant = Organisation.objects.first() or company(unit)
    with pytest.raises(Refused) as told:
        award(shows, applicant, **more)
    assert Award.objects.count() == 0
    assert Ceiling.objects.count() == 2
    return told.value.field, str(told.value)


@pytest.mark.parametrize(
    ("more", "field", "reason"),
    [
        ({"amount": 9 * M}, "amount", "This call gives 8,000,000 KRW at most to each."),
        ({"amount": 0}, "amount", "Give an amount above zero."),
        ({"amount": -1}, "amount", "Give an amount above zero."),
        ({"ends_on": date(2024, 12, 31)}, "ends_on", "It ends before it begins."),
        (
            {"claims_until": date(2025, 11, 29)},
            "claims_until",
            "Not before the period of support ends (30 Nov 2025).",
        ),
        ({"own_share": 100}, "own_share", "The own share is from 0 to below 100 percent."),
    ],
)
def test_a_grant_that_cannot_be_says_why(shows, unit, more, field, reason) -> None:
    assert refused(shows, unit, **more) == (field, reason)


def test_a_grant_past_the_allotment_tells_what_is_left(unit) -> None:
    shows = call(unit, allotted=5 * M)
    told = ("amount", "Only 5,000,000 KRW is left: Allotment.")
    assert refused(shows, unit) == told


def test_a_cap_is_within_the_award_and_within_its_category(shows, unit) -> None:
    fee = shows.categories.get(name_en="Exhibition fee")
    told = ("caps", "Exhibition fee cannot have a higher cap than the whole award.")
    assert refused(shows, unit, headings=[Heading(fee, 9 * M)]) == told
    fee.most = 3 * M
    fee.save()
    told = ("caps", "Exhibition fee has a cap of 3,000,000 KRW at most.")
    assert refused(shows, unit, headings=[Heading(fee, 4 * M)]) == told


def test_only_an_approver_grants(shows, unit, officer) -> None:
    with pytest.raises(NotAllowed):
        awards.award(grant(shows, company(unit)), by=officer, at=AT)


def test_an_award_runs_once_its_agreement_is_signed(granted) -> None:
    awards.sign(granted, on=ON, **SAID)
    granted.refresh_from_db()
    assert (granted.status, granted.agreed_on) == ("running", ON)
    with refusing("The agreement was signed on 1 Apr 2025."):
        awards.sign(granted, on=ON, **SAID)


def test_a_cancelled_award_gives_back_all_that_was_not_used(granted, shows) -> None:
    heading = granted.categories.first()
    move = Movement(heading.ceiling, "approved", 2 * M, "claim", ON)
    ledger.move(move, **SAID)
    awards.cancel(granted, reason="참가 포기", **SAID)
    granted.refresh_from_db()
    assert (granted.status, granted.status_reason) == ("cancelled", "참가 포기")
    assert stands(granted.ceiling) == {"limit": 2 * M, "drawn": 2 * M, "committed": 2 * M}
    assert stands(allotment(shows))["committed"] == 2 * M
    assert caps(granted) == {"Exhibition fee": 2 * M, "Freight": 0, "Interpretation": 0}
    with refusing("This award is closed: Cancelled."):
        awards.cancel(granted, reason="again", **SAID)


def test_an_award_is_not_cancelled_without_a_reason_or_under_an_open_order(granted) -> None:
    with refusing("Give the reason."):
        awards.cancel(granted, reason=" ", **SAID)
    reserve = Movement(granted.categories.first().ceiling, "reserved", M, "order", ON)
    ledger.move(reserve, **SAID)
    with refusing("1,000,000 KRW is reserved for orders."):
        awards.cancel(granted, reason="참가 포기", **SAID)


def test_an_amendment_is_numbered_and_keeps_before_and_after(granted, shows) -> None:
    shows.award_most = 12 * M
    shows.save()
    freight = granted.categories.get(category__name_en="Freight")
    change = Change(
        amount=12 * M, caps={freight.category_id: 3 * M}, days={"ends_on": date(2025, 12, 5)}
    )
    made = amendments.amend(granted, change, **SAID_SO, **SAID)
    others = [one.pk for one in granted.categories.exclude(pk=freight.pk)]
    assert (made.number, made.state, made.changes) == (
        1,
        "in_force",
        {
            "amount": [8 * M, 12 * M],
            f"cap:{others[0]}": [8 * M, 12 * M],
            f"cap:{freight.pk}": [8 * M, 3 * M],
            f"cap:{others[1]}": [8 * M, 12 * M],
            "ends_on": ["2025-11-30", "2025-12-05"],
        },
    )
    assert caps(granted) == {
        "Exhibition fee": 12 * M, "Freight": 3 * M, "Interpretation": 12 * M,
    }  # fmt: skip
    assert stands(allotment(shows))["committed"] == 12 * M
    granted.refresh_from_db()
    assert granted.ends_on == date(2025, 12, 5)
    with refusing("Nothing would change by this amendment."):
        amendments.amend(granted, change, **SAID_SO, **SAID)


def test_the_same_amendment_twice_is_one(granted) -> None:
    change = Change(amount=6 * M)
    first = amendments.amend(granted, change, **SAID_SO, key="k", **SAID)
    assert amendments.amend(granted, change, **SAID_SO, key="k", **SAID) == first
    assert granted.amendments.count() == 1
    assert stands(granted.ceiling) == {"limit": 6 * M, "drawn": 6 * M}


def test_an_amendment_below_what_is_used_is_refused_with_the_number(granted) -> None:
    ledger.move(Movement(granted.categories.first().ceiling, "approved", 5 * M, "c", ON), **SAID)
    with refusing("5,000,000 KRW of this is given out already: Category."):
        amendments.amend(granted, Change(amount=4 * M), **SAID_SO, **SAID)
    assert stands(granted.ceiling) == {"limit": 8 * M, "drawn": 8 * M, "committed": 5 * M}
    assert granted.amendments.count() == 0


def test_who_asks_for_an_amendment_does_not_decide_it(granted, person_with, officer) -> None:
    asked = amendments.ask(granted, Change(amount=7 * M), **SAID_SO, by=officer, at=AT)
    assert (asked.state, asked.number, asked.changes["amount"]) == ("asked", None, [8 * M, 7 * M])
    assert stands(granted.ceiling)["limit"] == 8 * M
    with pytest.raises(NotAllowed):
        amendments.decide(asked, approve=True, by=officer, at=AT)
    chief = person_with("approver")
    own = amendments.ask(granted, Change(amount=5 * M), **SAID_SO, by=chief, at=AT)
    with refusing("You asked for this amendment, so somebody else decides."):
        amendments.decide(own, approve=True, by=chief, at=AT)
    decided = amendments.decide(asked, approve=True, by=chief, at=AT)
    assert (decided.state, decided.number, decided.approved_by) == ("in_force", 1, chief)
    assert stands(granted.ceiling) == {"limit": 7 * M, "drawn": 7 * M}
    with refusing("decided already"):
        amendments.decide(asked, approve=True, by=chief, at=AT)


def test_an_amendment_not_approved_says_why_and_moves_nothing(
    granted, person_with, officer
) -> None:
    asked = amendments.ask(granted, Change(amount=7 * M), **SAID_SO, by=officer, at=AT)
    chief = person_with("approver")
    with refusing("Give the reason."):
        amendments.decide(asked, approve=False, by=chief, at=AT)
    decided = amendments.decide(asked, approve=False, remark="예산 없음", by=chief, at=AT)
    assert (decided.state, decided.number, decided.remark) == ("refused", None, "예산 없음")
    assert stands(granted.ceiling)["limit"] == 8 * M


def twenty_six(unit, allotted):
    shows = call(unit, allotted=allotted)
    return shows, [award(shows, company(unit, f"기업 {n}", "")) for n in range(26)]


def test_the_ceiling_of_26_companies_is_raised_from_8_to_12_million_at_once(unit) -> None:
    shows, held = twenty_six(unit, 500 * M)
    used = held[3].categories.first().ceiling
    ledger.move(Movement(used, "approved", 8 * M, "full", ON), **SAID)
    made = amendments.amend_call(shows, Change(amount=12 * M), **SAID_SO, **SAID)
    assert [(one.number, one.changes["amount"]) for one in made] == [(1, [8 * M, 12 * M])] * 26
    assert stands(allotment(shows))["committed"] == 312 * M
    assert stands(used) == {"limit": 12 * M, "committed": 8 * M}
    shows.refresh_from_db()
    assert shows.award_most == 12 * M
    assert Entry.objects.filter(verb="award.amended").count() == 26


def test_a_raise_for_all_that_does_not_fit_for_some_is_made_for_none(unit) -> None:
    shows, held = twenty_six(unit, 303 * M)
    before = LedgerEntry.objects.aggregate(all=Sum("amount"))
    with pytest.raises(Refused) as told:
        amendments.amend_call(shows, Change(amount=12 * M), **SAID_SO, **SAID)
    assert str(told.value).splitlines() == [
        "Nothing was amended, because 3 awards do not fit:",
        *[f"{one}: Only 3,000,000 KRW is left: Allotment." for one in held[23:]],
    ]
    assert LedgerEntry.objects.aggregate(all=Sum("amount")) == before
    assert stands(allotment(shows))["committed"] == 208 * M
    shows.refresh_from_db()
    assert shows.award_most == 8 * M


def test_an_advance_is_approved_by_one_and_paid_by_another(shows, unit, person_with) -> None:
    made = award(shows, company(unit), kind="advance")
    chief, clerk = person_with("approver"), person_with("officer")
    said = {"reason": "착수금", "by": chief, "at": AT}
    with refusing("The grant agreement has to be signed first."):
        advances.approve(made, amount=5 * M, **said)
    awards.sign(made, on=ON, **SAID)
    advance = advances.approve(made, amount=5 * M, **said)
    with refusing("Only 3,000,000 KRW can still be paid in advance."):
        advances.approve(made, amount=4 * M, **said)
    with refusing("You approved this, so somebody else pays it."):
        advances.pay(advance, on=ON, by=chief, at=AT)
    advances.pay(advance, on=ON, by=clerk, at=AT)
    assert stands(made.ceiling) == {"limit": 8 * M, "drawn": 8 * M, "advanced": 5 * M}
    with refusing("This advance is not waiting: Paid."):
        advances.pay(advance, on=ON, by=clerk, at=AT)
    advances.reverse(advance, reason="계좌 오류", by=chief, at=AT)
    assert stands(made.ceiling) == {"limit": 8 * M, "drawn": 8 * M}


def test_costs_paid_back_on_evidence_know_no_advance(granted) -> None:
    with refusing("Nothing is paid in advance."):
        advances.approve(granted, amount=M, reason="착수금", **SAID)
