"""An order goes its way and no other; money is held for it exactly as long as it stands."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.programmes.claims_makers import refusing, stands
from tests.programmes.voucher_makers import (
    AT,
    DAY,
    NUMBERS,
    ON,
    SAID,
    M,
    acting_for,
    company,
    issue,
    offer,
    registered,
    world,
)

from gyoryu.accounts.models import Unit
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history import queries as history
from gyoryu.outbox.models import Letter
from gyoryu.programmes.actions import (
    ledger,
    order_letters,
    orders,
    providers,
    sanctions,
    vouchers,
)
from gyoryu.programmes.models import Ceiling, LedgerEntry, Order
from gyoryu.programmes.queries import orders as queries
from gyoryu.programmes.rules.money import Movement
from gyoryu.programmes.rules.orders import MOVES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
Status = Order.Status
LATER = {"by": None, "at": AT + timedelta(days=40)}


@pytest.fixture
def ready(province):
    return world(province.division)


def row(order):
    return Order.objects.get(pk=order.pk)


def brought_to(order, status):
    """Take an order as far as a status by its actions."""
    steps = {
        Status.ACCEPTED: lambda: orders.accept(order, **SAID),
        Status.DELIVERED: lambda: orders.deliver(order, on=ON, **SAID),
        Status.CONFIRMED: lambda: orders.confirm(order, on=ON, **SAID),
        Status.SETTLED: lambda: orders.settle(order, **SAID),
    }
    for step, act in steps.items():
        if row(order).status == status:
            break
        act()
        assert row(order).status == step
    if status == Status.CANCELLED:
        raise AssertionError("cancel it from where it stands")
    return row(order)


TRIED = {
    Status.ACCEPTED: lambda order: orders.accept(order, **SAID),
    Status.DELIVERED: lambda order: orders.deliver(order, on=ON, **SAID),
    Status.CONFIRMED: lambda order: orders.confirm(order, on=ON, **SAID),
    Status.SETTLED: lambda order: orders.settle(order, **SAID),
    Status.CANCELLED: lambda order: orders.cancel(order, reason="철회", **SAID),
}


@pytest.mark.parametrize("now", [status for status in Status if status != Status.CANCELLED])
def test_every_step_that_the_table_lacks_is_refused_and_changes_nothing(ready, now) -> None:
    _of, voucher, provider = ready
    order = brought_to(offer(voucher, provider, M), now)
    before = stands(voucher.award.ceiling), order.steps.count()
    for to, act in TRIED.items():
        # Sent back is the only way from delivered to accepted, and has a test of its own.
        if to in MOVES[now] and (now, to) != (Status.DELIVERED, Status.ACCEPTED):
            continue
        with pytest.raises(Refused):
            act(order)
        assert (row(order).status, stands(voucher.award.ceiling), order.steps.count()) == (
            now,
            *before,
        )


@pytest.mark.parametrize(
    "now", [Status.QUOTED, Status.ACCEPTED, Status.DELIVERED, Status.CONFIRMED]
)
def test_a_cancelled_order_frees_what_it_held_and_stays_cancelled(ready, now) -> None:
    _of, voucher, provider = ready
    untouched = stands(voucher.award.ceiling)
    order = brought_to(offer(voucher, provider, M), now)
    with refusing("Give the reason."):
        orders.cancel(order, reason=" ", **SAID)
    orders.cancel(order, reason="납품 포기", **SAID)
    assert stands(voucher.award.ceiling) == untouched
    assert (row(order).status, row(order).status_reason) == (Status.CANCELLED, "납품 포기")
    for act in TRIED.values():
        with pytest.raises(Refused):
            act(order)


def test_acceptance_holds_the_amount_of_the_voucher_and_of_the_service(ready) -> None:
    _of, voucher, provider = ready
    order = orders.accept(offer(voucher, provider, 4 * M), **SAID)
    held = {"limit": 30 * M, "drawn": 21 * M, "committed": 4 * M, "reserved": 4 * M}
    assert stands(voucher.award.ceiling) == held
    assert stands(order.heading.ceiling) == {"limit": 9 * M, "committed": 4 * M, "reserved": 4 * M}
    (last,) = history.of_record(order).filter(verb="order.accepted")
    assert last.changes["status"] == ["quoted", "accepted"]


def test_a_quote_past_a_sub_limit_is_refused_with_what_is_left_of_the_service(ready) -> None:
    _of, voucher, provider = ready
    orders.accept(offer(voucher, provider, 8 * M), **SAID)
    over = offer(voucher, provider, M + 1)
    with refusing("Only 1,000,000 KRW is left: Category."):
        orders.accept(over, **SAID)
    assert row(over).status == Status.QUOTED
    exact = offer(voucher, provider, M)
    orders.accept(exact, **SAID)


def test_a_quote_past_the_voucher_is_refused_though_its_service_has_room(ready) -> None:
    _of, voucher, provider = ready
    orders.accept(offer(voucher, provider, 25 * M, "CA"), **SAID)
    with refusing("Only 5,000,000 KRW is left: Award."):
        orders.accept(offer(voucher, provider, 5 * M + 1, "TR"), **SAID)


def test_what_is_sent_back_counts_as_a_complaint_and_is_delivered_again(ready) -> None:
    _of, voucher, provider = ready
    order = brought_to(offer(voucher, provider, M), Status.DELIVERED)
    with refusing("Give the reason."):
        orders.send_back(order, reason="", **SAID)
    orders.send_back(order, reason="3쪽이 빠졌습니다.", **SAID)
    assert (row(order).status, row(order).delivered_on) == (Status.ACCEPTED, None)
    with refusing("An order that is “Quote accepted” does not become “Quote accepted”."):
        orders.accept(order, **SAID)
    orders.deliver(order, on=ON, **SAID)
    orders.confirm(order, on=ON, **SAID)
    told = [(one.status, one.complaint) for one in order.steps.all()]
    assert told == [
        ("quoted", False), ("accepted", False), ("delivered", False), ("accepted", True),
        ("delivered", False), ("confirmed", False),
    ]  # fmt: skip
    found = queries.performance(queries.of_provider(provider))
    assert found == queries.Performance(
        orders=1, delivered=1, on_time=1, confirmed=1, complaints=1, running=1
    )
    assert found.on_time_percent == 100


def test_a_delivery_on_the_due_day_is_in_time_and_a_day_later_is_not(ready) -> None:
    _of, voucher, provider = ready
    for days in (0, 1):
        order = orders.accept(offer(voucher, provider, M, due=ON + 30 * DAY), **SAID)
        orders.deliver(order, on=ON + (30 + days) * DAY, **LATER)
    found = queries.performance(queries.of_provider(provider))
    assert (found.delivered, found.on_time, found.on_time_percent) == (2, 1, 50)


def test_an_order_goes_through_its_settlement_to_the_last_won(ready) -> None:
    _of, voucher, provider = ready
    order = brought_to(offer(voucher, provider, 4 * M), Status.CONFIRMED)
    orders.release(order, **SAID)
    assert stands(voucher.award.ceiling) == {"limit": 30 * M, "drawn": 21 * M}
    with refusing("Nothing is held for this order any more."):
        orders.release(order, **SAID)
    orders.settle(order, **SAID)
    assert row(order).status == Status.SETTLED


def test_nothing_is_quoted_on_a_voucher_whose_share_is_not_paid(province, ready) -> None:
    of, _voucher, provider = ready
    unpaid = issue(of, company(province.division, "새벽식품", NUMBERS[2]), paid=False)
    with refusing("The company's share of 9,000,000 KRW has to be paid first."):
        offer(unpaid, provider, M)
    vouchers.pay_share(unpaid, on=ON, **SAID)
    with refusing("The share was paid on 2025-04-01."):
        vouchers.pay_share(unpaid, on=ON, **SAID)
    unpaid.refresh_from_db()
    assert offer(unpaid, provider, M).status == Status.QUOTED


@pytest.mark.parametrize(
    ("amount", "reason"),
    [(0, "Give an amount above zero."), (-5, "Give an amount above zero."),
     (10**17, "This is more than can be kept.")],
)  # fmt: skip
def test_amounts_without_sense_are_refused(ready, amount, reason) -> None:
    _of, voucher, provider = ready
    with refusing(reason):
        offer(voucher, provider, amount)


def test_a_provider_is_held_to_its_services_its_programme_and_its_standing(province, ready) -> None:
    of, voucher, _provider = ready
    other = registered(of, company(province.division, "물길로지스", NUMBERS[2]), "FR")
    with refusing("물길로지스 is not registered for “Interpretation and translation”."):
        offer(voucher, other, M, "TR")
    running = orders.accept(offer(voucher, other, M, "FR"), **SAID)
    waiting = offer(voucher, other, M, "FR")
    providers.stop(other, "suspended", until=ON + DAY, reason="납품 지연 반복", **SAID)
    other.refresh_from_db()
    with refusing("takes no orders: Suspended until 2025-04-02, 납품 지연 반복"):
        offer(voucher, other, M, "FR")
    with refusing("takes no orders"):
        orders.accept(waiting, **SAID)
    # What runs goes on, and after its last day a suspension is over by itself.
    orders.deliver(running, on=ON, **SAID)
    orders.accept(waiting, by=None, at=AT + timedelta(days=2))


def test_a_sanction_stops_company_and_provider_from_its_first_day_to_its_last(ready) -> None:
    _of, voucher, provider = ready
    waiting = offer(voucher, provider, M, due=ON + 60 * DAY)
    for excluded in (voucher.award.organisation, provider.organisation):
        made = sanctions.exclude(
            voucher.award.unit,
            {
                "organisation": excluded,
                "from_on": ON,
                "until_on": ON + 9 * DAY,
                "reason": "허위 정산",
                "legal_basis": "보조금법 제31조의2",
            },
            **SAID,
        )
        with refusing(f"{excluded} is excluded from support until 2025-04-10: 허위 정산"):
            orders.accept(waiting, by=None, at=AT + timedelta(days=9))
        with refusing("is excluded from support"):
            offer(voucher, provider, M)
        sanctions.lift(made, on=ON, reason="소명 인정", **SAID)
    made.refresh_from_db()
    with refusing("It was lifted already, on 2025-04-01."):
        sanctions.lift(made, on=ON, reason="또", **SAID)
    orders.accept(waiting, **SAID)


def test_only_those_who_act_for_a_side_take_its_steps(province, ready, officer) -> None:
    _of, voucher, provider = ready
    buyer = acting_for(voucher.award.organisation, "buyer@example.test")
    seller = acting_for(provider.organisation, "seller@example.test")
    unconfirmed = acting_for(provider.organisation, "new@example.test", confirmed=False)
    stranger = acting_for(company(province.division, "남의회사", NUMBERS[2]), "other@example.test")
    order = offer(voucher, provider, M, by=seller)
    for wrong in (seller, stranger, officer):
        with pytest.raises(NotAllowed):
            orders.accept(order, by=wrong, at=AT)
    orders.accept(order, by=buyer, at=AT)
    for wrong in (buyer, stranger):
        with pytest.raises(NotAllowed):
            orders.deliver(order, on=ON, by=wrong, at=AT)
    with refusing("An officer still has to confirm that you act for this organisation."):
        orders.deliver(order, on=ON, by=unconfirmed, at=AT)
    orders.deliver(order, on=ON, by=seller, at=AT)
    for wrong in (seller, stranger, officer):
        with pytest.raises(NotAllowed):
            orders.confirm(order, on=ON, by=wrong, at=AT)
    with refusing("It was delivered. Only the desk can cancel it now."):
        orders.cancel(order, reason="취소", by=buyer, at=AT)
    orders.confirm(order, on=ON, by=buyer, at=AT)
    with pytest.raises(NotAllowed):
        offer(voucher, provider, M, by=stranger)
    assert set(queries.own(buyer)) == set(queries.own(seller)) == {row(order)}
    assert not queries.own(stranger).exists()
    assert not queries.own(unconfirmed).exists()


def test_each_step_is_told_by_letter_to_those_it_concerns_in_their_language(ready) -> None:
    _of, voucher, provider = ready
    buyer = acting_for(voucher.award.organisation, "buyer@example.test")
    seller = acting_for(provider.organisation, "seller@example.test")
    buyer.language = "en"
    buyer.save()
    brought_to(offer(voucher, provider, M), Status.CONFIRMED)
    told = list(Letter.objects.order_by("pk").values_list("to", "subject"))
    assert [to for to, _subject in told] == [buyer.pk, seller.pk, buyer.pk, seller.pk]
    number = Order.objects.get().number
    assert told[0][1] == f"Quote {number} came: 카탈로그 번역"
    assert "Confirm it by 8 Apr 2025" in Letter.objects.filter(to=buyer).order_by("-pk")[0].body


def test_a_company_is_reminded_once_of_a_delivery_to_confirm_and_of_its_voucher_ending(
    ready,
) -> None:
    _of, voucher, provider = ready
    acting_for(voucher.award.organisation, "buyer@example.test")
    brought_to(offer(voucher, provider, M), Status.DELIVERED)
    Letter.objects.all().delete()

    def reminded(on):
        return order_letters.remind(on=on, **SAID)

    assert reminded(ON + 7 * DAY) == 0
    assert reminded(ON + 8 * DAY) == 1
    assert order_letters.remind(on=ON + 9 * DAY, by=None, at=AT + 9 * DAY) == 0
    end = voucher.award.ends_on
    told = [
        order_letters.remind(on=end - days * DAY, by=None, at=AT + (100 - days) * DAY)
        for days in (61, 60, 45, 30, 8, 7, 0)
    ]
    assert told == [0, 1, 0, 1, 0, 1, 0]


def test_what_is_left_of_a_voucher_goes_back_pro_rata_to_the_last_won(ready) -> None:
    of, voucher, provider = ready
    order = brought_to(offer(voucher, provider, 7_777_777, "CA"), Status.CONFIRMED)
    with refusing("1 orders are not settled yet."):
        vouchers.close(voucher, on=ON, **SAID)
    orders.cancel(order, reason="다시 견적", **SAID)
    allotment = of.allotments.get().ceiling
    assert stands(allotment)["committed"] == 21 * M
    paid = 7_777_777
    ceiling = Ceiling.objects.get(pk=order.heading.ceiling_id)
    for kind in (LedgerEntry.Kind.APPROVED, LedgerEntry.Kind.PAID):
        if kind == LedgerEntry.Kind.PAID:
            voucher.refresh_from_db()
            with refusing("7,777,777 KRW is approved and not paid yet."):
                vouchers.close(voucher, on=ON, **SAID)
        ledger.move(Movement(ceiling, kind, paid, f"test/{kind}", ON), **SAID)
    closed = vouchers.close(voucher, on=ON, **SAID)
    unused = 30 * M - paid
    assert (closed.unused, closed.unused_share) == (unused, unused - unused * 21 // 30)
    assert stands(allotment)["committed"] == 21 * M - unused * 21 // 30
    assert stands(voucher.award.ceiling) == {
        "limit": paid, "drawn": 21 * M - unused * 21 // 30, "committed": paid, "paid": paid,
    }  # fmt: skip
    with refusing("This voucher was closed on 2025-04-01."):
        vouchers.close(closed, on=ON, **SAID)
    with refusing("This voucher was closed on 2025-04-01."):
        offer(closed, provider, M)


def test_a_share_that_was_never_paid_is_not_given_back(province, ready) -> None:
    of, _voucher, _provider = ready
    unpaid = issue(of, company(province.division, "새벽식품", NUMBERS[2]), paid=False)
    closed = vouchers.close(unpaid, on=ON, **SAID)
    assert (closed.unused, closed.unused_share) == (30 * M, 0)
    assert stands(unpaid.award.ceiling) == {}


class Walk(TestCase):
    """Whatever is tried in whichever order, money held is that of the orders that hold it."""

    @settings(max_examples=12, deadline=None)
    @given(st.data())
    def test_the_books_are_the_sum_of_the_orders_after_every_step(self, data) -> None:
        unit = Unit.objects.create(name_ko="한결도", kind="government", path="new")
        unit.path = f"/{unit.pk}/"
        unit.save()
        _of, voucher, provider = world(unit)
        made = [
            offer(voucher, provider, data.draw(st.integers(1, 6 * M)), code)
            for code in data.draw(
                st.lists(st.sampled_from(["TR", "FR", "CA"]), min_size=4, max_size=8)
            )
        ]
        tried = {**TRIED, "back": lambda order: orders.send_back(order, reason="흠", **SAID)}
        for _ in range(25):
            order = data.draw(st.sampled_from(made))
            act = data.draw(st.sampled_from(sorted(tried, key=str)))
            # Settling without its claim would leave the reservation to nobody: the claim frees it.
            if act == Status.SETTLED:
                continue
            with suppress(Refused):
                tried[act](order)
            self._whole(voucher)

    def _whole(self, voucher) -> None:
        held = Order.objects.filter(status__in=["accepted", "delivered", "confirmed"])
        voucher.award.ceiling.refresh_from_db()
        assert voucher.award.ceiling.reserved == sum(one.amount for one in held)
        assert voucher.award.ceiling.committed <= voucher.award.ceiling.limit
        for heading in voucher.award.categories.select_related("ceiling"):
            own = sum(one.amount for one in held.filter(heading=heading))
            assert heading.ceiling.reserved == own <= heading.ceiling.limit
