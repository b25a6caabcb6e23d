"""A claim is refused with its reason and the number that is left, or paid once to the won."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.programmes.claims_makers import (
    AT,
    ISSUER,
    ON,
    SAID,
    M,
    acts_for,
    call,
    company,
    cost,
    file,
    refusing,
    running,
    stands,
    submitted,
)  # fmt: skip

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history.models import Entry
from gyoryu.programmes.actions import bank_accounts, claims, decisions, payments
from gyoryu.programmes.models import (
    Application,
    BankAccount,
    Claim,
    ExchangeRate,
    LedgerEntry,
    Provider,
    Sanction,
)
from gyoryu.programmes.queries import awards as award_queries
from gyoryu.programmes.queries import claims as queries
from gyoryu.programmes.queries import settlement
from gyoryu.programmes.rules.claims import Cutting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def chief(person_with):
    return person_with("approver")


def test_a_claim_counts_the_price_without_its_vat(held) -> None:
    made = submitted(held)
    assert (made.number, made.status, made.eligible, made.invoice_key) == (
        "PC-2025-0001", "submitted", 3 * M, f"b/{ISSUER}/2025031",
    )  # fmt: skip
    entries = Entry.objects.filter(model__model="claim").order_by("pk")
    verbs = entries.values_list("verb", flat=True)
    assert list(verbs) == ["claim.drafted", "evidence.tied", "claim.submitted"]


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        ({"supply": Decimal(0)}, "supply", "Give an amount above zero."),
        ({"supply": Decimal(-5)}, "supply", "Give an amount above zero."),
        ({"vat": Decimal(-5)}, "vat", "Give an amount above zero."),
        (
            {"supply": Decimal("123456789012345678")},
            "supply",
            "This is more than can be kept. Check the number.",
        ),
        ({"supply": Decimal("1.5")}, "supply", "KRW has no amounts as small as this."),
        (
            {"vat": Decimal(4 * M)},
            "vat",
            "The VAT is more than the price itself. Check both.",
        ),
        ({"asked": 0}, "asked", "Give an amount above zero."),
        (
            {"supply": Decimal(9 * M)},
            "asked",
            "It counts for 9,000,000 KRW, but only 8,000,000 KRW is left: Exhibition fee.",
        ),
        (
            {"invoice_on": date(2024, 12, 31)},
            "invoice_on",
            "Outside the period of support, 1 Jan 2025 to 30 Nov 2025.",
        ),
        ({"invoice_on": date(2025, 4, 2)}, "invoice_on", "This day has not come yet."),
        ({"invoice": " - "}, "invoice", "Give the number on the invoice."),
        (
            {"invoice": "20250320-41000012-1234567"},
            "invoice",
            "An approval number has 24 characters; this has 23.",
        ),
        (
            {"invoice": "20250402-41000012-12345678"},
            "invoice",
            "This approval number is of 2 Apr 2025, which does not fit the invoice's day.",
        ),
        ({"provider_number": "1234567890"}, "provider_number", "This is not a business number."),
        (
            {"provider_number": ""},
            "provider_number",
            "Give the issuer's business number. Only an invoice from abroad has none.",
        ),
        ({"provider_name": " "}, "provider_name", "Say who issued the invoice."),
        (
            {"currency": "USD", "supply": Decimal(900)},
            "rate_on",
            "No rate of USD is entered for 20 Mar 2025.",
        ),
    ],
)
def test_an_invoice_that_cannot_be_claimed_says_why(held, typed, field, reason) -> None:
    with pytest.raises(Refused) as told:
        claims.draft(held, cost(held, **typed), **SAID)
    assert (told.value.field, str(told.value)) == (field, reason)
    assert Claim.objects.count() == 0


def test_a_claim_after_the_last_day_is_refused(held) -> None:
    late = datetime(2025, 12, 10, 15, 0, tzinfo=UTC)  # the first second of the 11th in Seoul
    with refusing("Claims could be made until 10 Dec 2025."):
        claims.draft(held, cost(held), by=None, at=late)
    assert claims.draft(held, cost(held), by=None, at=late - timedelta(seconds=1)).pk


def test_nothing_is_claimed_before_the_agreement_is_signed(shows, unit) -> None:
    from tests.programmes.claims_makers import award

    made = award(shows, company(unit))
    with refusing("The grant agreement has to be signed first."):
        claims.draft(made, cost(made), **SAID)


def test_part_of_a_dear_invoice_can_be_claimed(held) -> None:
    made = submitted(held, supply=Decimal(9 * M), asked=8 * M)
    assert made.eligible == 8 * M


def test_own_share_is_taken_off_to_the_won(shows, unit) -> None:
    held = running(shows, company(unit), own_share=Decimal(30))
    assert submitted(held, supply=Decimal(1_000_001)).eligible == 700_000


def test_foreign_money_counts_at_the_rate_of_the_stated_day_and_source(held) -> None:
    day = date(2025, 3, 20)
    ExchangeRate.objects.create(currency="USD", day=day, source="서울외국환중개", rate="1457.3")
    foreign = {"currency": "USD", "supply": Decimal("1234.56"), "vat": 0, "provider_number": ""}
    made = claims.draft(held, cost(held, **foreign), **SAID)
    assert (made.eligible, made.rate.rate, made.invoice_key) == (
        1_799_124, Decimal("1457.3"), "n/누리전시/2025031",
    )  # fmt: skip
    ExchangeRate.objects.create(currency="USD", day=day, source="하나은행", rate="1458")
    with refusing("Several rates are entered for that day. Choose one: 서울외국환중개, 하나은행."):
        claims.draft(held, cost(held, **foreign, invoice="2"), **SAID)
    chosen = cost(held, **foreign, invoice="2", rate_source="하나은행")
    assert claims.draft(held, chosen, **SAID).eligible == 1_799_988


def test_the_same_invoice_is_not_claimed_again_anywhere(held, unit) -> None:
    first = submitted(held)
    with refusing(f"This invoice is claimed already: {first.number}."):
        claims.draft(held, cost(held, invoice="2025 - 0031".replace("0031", "031")), **SAID)
    other = company(unit, "다른기업", "1078783297")
    elsewhere = running(call(unit, number="CL-2025-0002"), other)
    with refusing("This invoice is claimed already under another award."):
        claims.draft(elsewhere, cost(elsewhere), by=acts_for(other), at=AT)


def test_an_issuer_who_is_excluded_or_stopped_is_refused(held, unit, shows) -> None:
    issuer = company(unit, "누리전시", ISSUER)
    provider = Provider.objects.create(
        unit=unit, programme=shows.programme, organisation=issuer, state="barred",
        state_since=date(2025, 1, 2), state_reason="허위 견적",
    )  # fmt: skip
    with refusing("누리전시 cannot deliver in this programme: Barred, 허위 견적"):
        claims.draft(held, cost(held), **SAID)
    provider.delete()
    Sanction.objects.create(
        unit=unit, organisation=issuer, from_on=date(2025, 1, 1), until_on=date(2026, 1, 1),
        reason="부정수급",
    )  # fmt: skip
    with refusing("누리전시 is excluded from support until 2026-01-01: 부정수급"):
        claims.draft(held, cost(held), **SAID)


def test_a_claim_is_handed_in_only_with_its_documents_and_an_account(held) -> None:
    made = claims.draft(held, cost(held), **SAID)
    with refusing("Still missing: Invoice."):
        claims.submit(made, **SAID)
    with pytest.raises(Refused) as told:
        claims.attach(made, kind="invoice", file=file(b"MZ\x90\x00 not a paper"), **SAID)
    assert told.value.field == "file"
    claims.attach(made, kind="invoice", file=file(), **SAID)
    BankAccount.objects.all().delete()
    with refusing("Say first to which bank account it is to be paid."):
        claims.submit(made, **SAID)


def test_only_who_acts_for_the_company_writes_its_claims(held, unit) -> None:
    stranger = acts_for(company(unit, "다른기업", "1078783297"))
    with pytest.raises(NotAllowed):
        claims.draft(held, cost(held), by=stranger, at=AT)
    own = acts_for(held.organisation, "own@example.test")
    made = submitted(held, by=own)
    assert (made.submitted_by, made.status) == (own, "submitted")
    with refusing("This claim cannot be changed any more: Submitted."):
        claims.change(made, cost(held), by=own, at=AT)
    claims.take_back(made, by=own, at=AT)
    changed = claims.change(made, cost(held, supply=Decimal(2 * M)), by=own, at=AT)
    assert (changed.status, changed.eligible) == ("draft", 2 * M)


def test_money_waits_until_it_is_confirmed_who_acts_for_the_company(held, chief) -> None:
    says_so = acts_for(held.organisation, confirmed=False)
    held.application = Application.objects.create(
        unit=held.unit, call=held.call, organisation=held.organisation, applicant=says_so,
        name=held.name, number="AP-2025-0001", status="running", status_since=ON, saved_at=AT,
        submitted_at=AT,
    )  # fmt: skip
    held.save()
    made = submitted(held, by=says_so)
    with refusing("Nobody has confirmed yet that this person acts for the company."):
        decisions.approve(made, by=chief, at=AT)


def test_who_only_says_that_they_act_for_a_company_has_none_of_its_awards(held) -> None:
    made = submitted(held)
    stranger = acts_for(held.organisation, confirmed=False)
    assert not award_queries.own(stranger).exists()
    assert not settlement.own(stranger).exists()
    assert not queries.own(stranger).exists()
    with refusing("Your role does not allow this here."):
        bank_accounts.tell(
            held, bank="가온은행", number="999-01-000001", holder="남", by=stranger, at=AT
        )
    sure = acts_for(held.organisation, "sure@example.test")
    assert list(award_queries.own(sure)) == list(settlement.own(sure)) == [held]
    assert list(queries.own(sure)) == [made]


def test_a_claim_is_approved_with_cuts_and_paid_by_somebody_else(held, chief, officer) -> None:
    made = submitted(held)
    cuts = [Cutting("evidence", 200_000), Cutting("other", 50_000, "만찬 비용 제외")]
    approved = decisions.approve(made, cuts, by=chief, at=AT)
    assert (approved.status, approved.approved, approved.approved_by) == (
        "approved", 2_750_000, chief,
    )  # fmt: skip
    assert list(approved.cuts.values_list("code", "amount", "reason")) == [
        ("evidence", 200_000, ""), ("other", 50_000, "만찬 비용 제외"),
    ]  # fmt: skip
    assert stands(made.heading.ceiling) == {"limit": 8 * M, "committed": 2_750_000}
    with refusing("You approved this, so somebody else pays it."):
        payments.pay(approved, on=ON, by=chief, at=AT)
    with refusing("This day has not come yet."):
        payments.pay(approved, on=ON + timedelta(days=1), by=officer, at=AT)
    paid = payments.pay(approved, on=ON, by=officer, at=AT)
    assert (paid.status, paid.paid_by, paid.paid_on) == ("paid", officer, ON)
    whole = {"limit": 8 * M, "committed": 2_750_000, "paid": 2_750_000}
    assert stands(made.heading.ceiling) == whole
    assert stands(held.ceiling) == {**whole, "drawn": 8 * M}


@pytest.mark.parametrize(
    ("cuts", "reason"),
    [
        ([Cutting("vat", 0)], "Give an amount above zero."),
        ([Cutting("vat", -5)], "Give an amount above zero."),
        ([Cutting("whim", 5)], "Choose the reason of the cut."),
        ([Cutting("other", 5)], "Say why it is cut."),
        (
            [Cutting("vat", 2 * M), Cutting("share", M)],
            "The cuts come to 3,000,000 KRW of 3,000,000. To approve nothing, reject it.",
        ),
    ],
)
def test_cuts_that_mean_nothing_are_refused(held, cuts, reason) -> None:
    made = submitted(held)
    with refusing(reason):
        decisions.approve(made, cuts, **SAID)
    made.refresh_from_db()
    assert (made.status, made.cuts.count(), stands(held.ceiling).get("committed")) == (
        "submitted", 0, None,
    )  # fmt: skip


def test_of_two_claims_for_the_last_won_the_second_is_refused_with_what_is_left(held) -> None:
    first = submitted(held, supply=Decimal(5 * M))
    second = submitted(held, supply=Decimal(5 * M), invoice="2025-032")
    decisions.approve(first, **SAID)
    with refusing("Only 3,000,000 KRW is left: Category."):
        decisions.approve(second, **SAID)
    second.refresh_from_db()
    assert second.status == "submitted"
    approved = decisions.approve(second, [Cutting("ceiling", 2 * M)], **SAID)
    assert approved.approved == 3 * M
    assert stands(held.ceiling)["committed"] == 8 * M


def test_an_invoice_is_approved_once_across_programmes(held, unit) -> None:
    """Both were handed in before either was approved."""
    other = running(call(unit, number="CL-2"), company(unit, "다른기업", "1078783297"))
    first, second = submitted(held), claims.draft(other, cost(other, invoice="9"), **SAID)
    claims.attach(second, kind="invoice", file=file(), **SAID)
    claims.submit(second, **SAID)
    Claim.objects.filter(pk=second.pk).update(invoice_key=first.invoice_key)
    decisions.approve(first, **SAID)
    with refusing(f"This invoice was approved already: {first.number}."):
        decisions.approve(second, **SAID)
    assert stands(other.ceiling).get("committed") is None


def test_the_same_key_twice_is_one_approval_and_one_payment(held) -> None:
    made = submitted(held)
    for _time in range(2):
        decisions.approve(made, key="a", **SAID)
    for _time in range(2):
        payments.pay(made, on=ON, key="p", **SAID)
    kinds = LedgerEntry.objects.filter(key__startswith="claim/").values_list("kind", "amount")
    assert sorted(kinds) == [("approved", 3 * M), ("paid", 3 * M)]
    with refusing("This claim is not waiting to be paid: Paid."):
        payments.pay(made, on=ON, key="q", **SAID)
    with refusing("This claim is not waiting for a decision: Paid."):
        decisions.approve(made, key="b", **SAID)


def test_what_is_reversed_reopens_exactly_and_can_be_done_again(held) -> None:
    made, before = submitted(held), stands(held.ceiling)
    for _time in range(2):
        decisions.approve(made, [Cutting("evidence", 5)], **SAID)
        payments.pay(made, on=ON, **SAID)
        with refusing("This was paid already. Reverse the payment first."):
            decisions.reopen(made, reason="착오", **SAID)
        payments.reverse(made, reason="계좌 오류", **SAID)
        back = decisions.reopen(made, reason="착오 승인", **SAID)
        assert (back.status, back.approved, back.cuts.count(), back.paid_on) == (
            "submitted", None, 0, None,
        )  # fmt: skip
        assert stands(held.ceiling) == before
    with refusing("Give the reason."):
        payments.reverse(made, reason=" ", **SAID)


def test_many_are_paid_together_or_none(held, chief, officer) -> None:
    made = [submitted(held, supply=Decimal(M), invoice=str(n)) for n in (1, 2, 3)]
    for claim in made[:2]:
        decisions.approve(claim, by=chief, at=AT)
    with pytest.raises(Refused) as told:
        payments.pay_all(made, on=ON, by=officer, at=AT)
    assert str(told.value).splitlines() == [
        "Nothing was noted as paid, because of 1 claim:",
        f"{made[2]}: This claim is not waiting to be paid: Submitted.",
    ]
    assert stands(held.ceiling).get("paid") is None
    payments.pay_all(made[:2], on=ON, by=officer, at=AT, key="k")
    assert len(payments.pay_all(made[:2], on=ON, by=officer, at=AT, key="k")) == 2
    assert stands(held.ceiling)["paid"] == 2 * M


def test_a_returned_claim_says_what_is_missing_and_comes_again(held, officer, chief) -> None:
    own = acts_for(held.organisation)
    made = submitted(held, by=own)
    with refusing("Give the reason."):
        decisions.send_back(made, reason=" ", by=officer, at=AT)
    back = decisions.send_back(made, reason="송금 확인증이 없음", by=officer, at=AT)
    assert (back.status, back.status_reason) == ("returned", "송금 확인증이 없음")
    again = claims.submit(back, by=own, at=AT)
    rejected = decisions.reject(again, reason="지원 대상 아님", by=chief, at=AT)
    assert rejected.status == "rejected"
    assert submitted(held).status == "submitted"


def test_who_hands_a_claim_in_for_a_company_does_not_approve_it(held, chief) -> None:
    made = submitted(held, by=chief)
    with refusing("You handed this claim in, so somebody else approves it."):
        decisions.approve(made, by=chief, at=AT)


def test_an_account_number_is_kept_sealed_and_each_reading_is_written_down(held, officer) -> None:
    account = BankAccount.objects.get()
    assert (str(account), b"110234567890" in bytes(account.secret)) == ("한결은행 ···7890", False)
    assert bank_accounts.read([account], [held.unit], by=officer, at=AT) == {
        account.pk: "110234567890"
    }
    entry = Entry.objects.get(verb="account.read")
    assert (entry.by, entry.record, entry.name) == (officer, account.pk, "한결은행 ···7890")


def test_a_number_that_was_moved_to_another_row_does_not_open(held, unit, shows) -> None:
    other = company(unit, "다른기업", "1078783297")
    moved = bank_accounts.tell(
        running(shows, other), bank="한결은행", number="999-888-777666", holder="다른기업", **SAID
    )
    own = BankAccount.objects.get(organisation=held.organisation)
    BankAccount.objects.filter(pk=own.pk).update(secret=moved.secret)
    own.refresh_from_db()
    with pytest.raises(ValueError, match="another place"):
        bank_accounts.read([own], [held.unit], **SAID)


def test_the_same_account_has_the_same_mark_and_another_ends_the_one_before(held) -> None:
    first = BankAccount.objects.get()
    said = {"bank": "한결은행", "holder": "한결정밀"}
    again = bank_accounts.tell(held, number="110 234 567890", **said, **SAID)
    assert again == first
    new = bank_accounts.tell(held, number="220-000-111222", **said, **SAID)
    first.refresh_from_db()
    assert (first.ended_on, new.ended_on, new.mark == first.mark) == (ON, None, False)
    with refusing("An account number has 10 to 16 digits; this has 5."):
        bank_accounts.tell(held, number="12-345", **said, **SAID)
