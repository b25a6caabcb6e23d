"""Each signal is found by a case made by hand, and is silent about its near miss."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.programmes.voucher_makers import (
    AT,
    NUMBERS,
    ON,
    SAID,
    M,
    acting_for,
    company,
    issue,
    offer,
    registered,
    voucher_call,
    year_terms,
)

from gyoryu.parties.models import Contact, Person, Position
from gyoryu.programmes.actions import orders, signals
from gyoryu.programmes.models import (
    BankAccount,
    Claim,
    Representative,
    SignalFound,
    SignalRun,
)
from gyoryu.programmes.queries import signals as queries
from gyoryu.programmes.queries import signs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


class Case:
    """Two companies with vouchers, two providers, and an order of each pair."""

    def __init__(self, unit):
        self.unit = unit
        self.of = voucher_call(unit)
        year_terms(self.of)
        self.buyers = [company(unit, f"회사{n}", NUMBERS[n]) for n in (0, 1)]
        self.sellers = [company(unit, f"수행{n}", NUMBERS[n]) for n in (2, 3)]
        self.vouchers = [issue(self.of, one) for one in self.buyers]
        self.providers = [registered(self.of, one) for one in self.sellers]
        for voucher in self.vouchers:
            for provider in self.providers:
                offer(voucher, provider, M)

    def found(self, kind):
        ((_kind, signals_),) = queries.found(self.of.programme, [signs.BY_VALUE[kind]])
        return signals_

    def pair(self, seller=0, buyer=0):
        """The key of the pair that is in question."""
        return f"{self.providers[seller].pk}-{self.buyers[buyer].pk}"


@pytest.fixture
def case(province):
    return Case(province.division)


def account(organisation, mark, tail="1234"):
    return BankAccount.objects.create(
        organisation=organisation,
        bank="은행",
        holder="x",
        secret=b"x",
        mark=mark,
        tail=tail,
        since=ON,
    )


def subjects(found):
    return [one.subject for one in found]


def test_an_account_that_both_are_paid_into_and_not_one_with_the_same_last_digits(case) -> None:
    account(case.sellers[0], "a")
    account(case.buyers[0], "a")
    account(case.buyers[1], "b")
    (signal,) = case.found("account")
    assert (signal.subject, signal.what_ko, signal.measure) == (
        case.pair(),
        "수행2 → 회사0",
        "1234",
    )
    assert (signal.orders, signal.won) == (1, M)
    assert list(
        queries.orders_of(case.of.programme, signs.BY_VALUE["account"], signal.subject)
    ) == [case.vouchers[0].orders.get(provider=case.providers[0])]


def test_a_cancelled_order_ties_nobody(case) -> None:
    account(case.sellers[0], "a")
    account(case.buyers[0], "a")
    order = case.vouchers[0].orders.get(provider=case.providers[0])
    orders.cancel(order, reason="취소", **SAID)
    assert case.found("account") == []


def test_a_share_from_the_providers_account_and_not_from_that_of_a_provider_not_ordered_from(
    case,
) -> None:
    account(case.sellers[0], "a")
    stranger = company(case.unit, "남", "1018116105")
    account(stranger, "c")
    case.vouchers[0].share_mark = "a"
    case.vouchers[1].share_mark = "c"
    for voucher in case.vouchers:
        voucher.save()
    assert subjects(case.found("share")) == [case.pair()]


@pytest.mark.parametrize("above", ["seller", "buyer"])
def test_affiliates_either_way_and_not_two_that_stand_under_the_same(case, above) -> None:
    seller, buyer = case.sellers[0], case.buyers[0]
    (upper, lower) = (seller, buyer) if above == "seller" else (buyer, seller)
    lower.parent = upper
    lower.save()
    roof = company(case.unit, "조합", "1018116105")
    for one in (case.sellers[1], case.buyers[1]):
        one.parent = roof
        one.save()
    assert subjects(case.found("affiliate")) == [case.pair()]


def test_one_person_at_both_now_and_not_one_who_has_left(case) -> None:
    now, once = (Person.objects.create(unit=case.unit, name_ko=name) for name in ("이현", "정전"))
    for organisation in (case.sellers[0], case.buyers[0]):
        Position.objects.create(person=now, organisation=organisation, title_ko="대표")
    Position.objects.create(person=once, organisation=case.sellers[1], title_ko="대표", until=ON)
    Position.objects.create(person=once, organisation=case.buyers[1], title_ko="대표")
    (signal,) = case.found("person")
    assert (signal.subject, signal.measure) == (case.pair(), "이현")


def test_one_who_acts_for_both_here_counts_as_the_same_person(case) -> None:
    user = acting_for(case.sellers[0], "both@example.test")
    Representative.objects.create(user=user, organisation=case.buyers[0], since=ON)
    ended = acting_for(case.sellers[1], "left@example.test")
    Representative.objects.create(user=ended, organisation=case.buyers[1], since=ON, ended_on=ON)
    assert subjects(case.found("person")) == [case.pair()]


def test_the_same_telephone_and_not_the_same_text_of_another_kind(case) -> None:
    for organisation, kind, value in [
        (case.sellers[0], "email", "Sales@example.test"),
        (case.buyers[0], "email", "sales@example.test"),
        (case.sellers[1], "phone", "031-000-0000"),
        (case.buyers[1], "messenger", "031-000-0000"),
    ]:
        Contact.objects.create(organisation=organisation, kind=kind, value=value)
    assert subjects(case.found("contact")) == [case.pair()]


def test_two_that_order_from_each_other_and_not_a_chain(case) -> None:
    back = registered(case.of, case.buyers[0])
    chain = registered(case.of, case.buyers[1])
    sold = issue(case.of, case.sellers[0])
    offer(sold, back, 2 * M)
    # Seller 1 buys from nobody; company 1 sells to company 0 alone.
    offer(case.vouchers[0], chain, M)
    (signal,) = case.found("roles")
    pair = sorted([case.sellers[0].pk, case.buyers[0].pk])
    assert (signal.subject, signal.orders, signal.won) == (f"{pair[0]}-{pair[1]}", 2, 3 * M)
    rows = queries.orders_of(case.of.programme, signs.BY_VALUE["roles"], signal.subject)
    assert sorted(one.amount for one in rows) == [M, 2 * M]


def confirmed(voucher, provider, amount, code="CA"):
    order = offer(voucher, provider, amount, code)
    orders.accept(order, **SAID)
    orders.deliver(order, on=ON, **SAID)
    return orders.confirm(order, on=ON, **SAID)


def test_twice_the_median_and_not_a_won_less_and_not_among_four(case) -> None:
    voucher, provider = case.vouchers[0], case.providers[0]
    for amount in (900_000, M, M):
        confirmed(voucher, provider, amount)
    dear = confirmed(voucher, provider, 2 * M)
    assert case.found("price") == []
    confirmed(voucher, provider, 2 * M - 1)
    (signal,) = case.found("price")
    assert (signal.subject, signal.won, signal.measure) == (str(dear.pk), 2 * M, "2.0 × 1,000,000")
    # What is only quoted says nothing of the market.
    offer(voucher, provider, 9 * M, "CA")
    assert subjects(case.found("price")) == [str(dear.pk)]


def test_thirty_percent_of_ten_orders_and_not_of_nine(case) -> None:
    third = registered(case.of, company(case.unit, "수행3", "1018116105"))
    for _ in range(5):
        offer(case.vouchers[0], case.providers[0], M)
    assert case.found("most") == []
    offer(case.vouchers[1], third, 4 * M)
    # Ten orders of 13 million: 7 of the first, 2 of the second, 4 of the third.
    assert [(one.subject, one.measure) for one in case.found("most")] == [
        (str(case.providers[0].pk), "53 %"),
        (str(third.pk), "30 %"),
    ]


def claim(case, buyer, invoice, number=NUMBERS[2], status="submitted"):
    voucher = case.vouchers[buyer]
    return Claim.objects.create(
        unit=case.unit,
        award=voucher.award,
        heading=voucher.award.categories.first(),
        number=f"PC-{Claim.objects.count():04}",
        provider_name="수행0",
        provider_number=number,
        invoice=invoice,
        invoice_key=f"{number}/{invoice}",
        invoice_on=ON,
        supply=Decimal(M),
        eligible=M,
        status=status,
        status_since=ON,
        submitted_at=AT,
    )


@pytest.fixture
def three(case):
    case.buyers.append(company(case.unit, "회사2", "1018116105"))
    case.vouchers.append(issue(case.of, case.buyers[2]))
    return case


def test_three_companies_on_numbers_without_a_gap(three) -> None:
    made = [claim(three, n, f"20250401-{n + 9:08}") for n in (0, 1, 2)]
    (signal,) = three.found("sequence")
    assert (signal.subject, signal.measure, signal.won) == (
        f"{NUMBERS[2]}-{made[0].pk}",
        "20250401-9–11",
        3 * M,
    )
    kind = signs.BY_VALUE["sequence"]
    assert list(queries.claims_of(three.of.programme, kind, signal.subject)) == made


@pytest.mark.parametrize(
    "invoices",
    [
        [(0, "A-1"), (1, "A-2"), (2, "A-4")],  # a gap
        [(0, "A-1"), (1, "A-2"), (1, "A-3")],  # two companies
        [(0, "A-1"), (1, "B-2"), (2, "A-3")],  # another series
        [(0, "A-1"), (1, "A-2"), (2, "A")],  # no number at all
    ],
)
def test_nearly_a_sequence_is_none(three, invoices) -> None:
    for buyer, invoice in invoices:
        claim(three, buyer, invoice)
    assert three.found("sequence") == []


def test_neither_drafts_nor_another_issuer_make_a_sequence(three) -> None:
    claim(three, 0, "A-1")
    claim(three, 1, "A-2", status="draft")
    claim(three, 2, "A-3")
    claim(three, 1, "A-2", number=NUMBERS[3])
    assert three.found("sequence") == []


def test_a_note_clears_a_signal_and_a_later_one_takes_it_up_again(case, officer) -> None:
    account(case.sellers[0], "a")
    account(case.buyers[0], "a")

    def noted(words, cleared, at=AT):
        signals.note(
            case.of.programme, "account", case.pair(), words=words, cleared=cleared,
            by=officer, at=at,
        )  # fmt: skip
        ((row,),) = [part.rows for part in queries.first(run) if part.kind.value == "account"]
        (signal,) = case.found("account")
        assert (row.note, row.subject) == (signal.note, signal.subject)
        return row.cleared, row.note.note, queries.open_of(run)

    run = signals.look_through(case.of.programme, by=officer, at=AT)
    assert (run.at, run.counts["account"], queries.open_of(run)) == (AT, 1, 1)

    assert noted("대표가 같은 1인 기업으로 확인", True) == (
        True, "대표가 같은 1인 기업으로 확인", 0,
    )  # fmt: skip
    assert noted("다시 봄", False, AT + timedelta(days=1)) == (False, "다시 봄", 1)


def test_what_was_found_is_kept_until_the_next_look(case, person_with, signed_in) -> None:
    account(case.sellers[0], "a")
    account(case.buyers[0], "a")
    programme, reader = case.of.programme, person_with("approver", case.unit)
    client, page = signed_in(reader, "en"), f"/signals/?programme={programme.pk}"
    assert "Not looked through yet" in client.get(page).content.decode()
    assert signals.look_through_all(by=None, at=AT) == len(SignalFound.objects.all())
    shown = client.get(page)
    assert (shown.context["run"].at, shown.context["open"]) == (AT, 1)
    assert "수행2 → 회사0" in shown.content.decode()
    BankAccount.objects.all().delete()
    assert client.get(page).context["open"] == 1
    assert client.post(f"/signals/{programme.pk}/again/").status_code == 302
    assert client.get(page).context["open"] == 0


def test_the_page_reads_as_much_of_ten_signals_as_of_hundreds(
    case, person_with, signed_in, django_assert_max_num_queries
) -> None:
    programme = case.of.programme
    SignalFound.objects.bulk_create(
        SignalFound(programme=programme, kind="contact", place=n, subject=f"{n}-1",
                    what_ko=f"회사 {n}", what_en="", orders=1, won=M)
        for n in range(200)
    )  # fmt: skip
    SignalRun.objects.create(programme=programme, at=AT, counts={"contact": 200})
    client = signed_in(person_with("approver", case.unit))
    page = f"/signals/?programme={programme.pk}"
    with django_assert_max_num_queries(15):
        (part,) = [one for one in client.get(page).context["found"] if one.rows]
    assert (len(part.rows), part.count) == (queries.FIRST, 200)
    (whole,) = client.get(f"{page}&kind=contact").context["found"]
    assert len(whole.rows) == 200
    sheet = b"".join(client.get(f"{page}&export=csv").streaming_content).decode()
    assert sheet.count("회사") == 200


def test_another_programmes_rows_are_not_counted(case) -> None:
    account(case.sellers[0], "a")
    account(case.buyers[0], "a")
    other = voucher_call(case.unit, "CL-2025-0202")
    assert all(signals_ == [] for _kind, signals_ in queries.found(other.programme))
