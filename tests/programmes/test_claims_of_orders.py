"""A claim settles a voucher's order: what was held for it becomes what is approved."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.programmes import voucher_makers as makers
from tests.programmes.claims_makers import ON, SAID, M, file, refusing, stands

from gyoryu.programmes.actions import awards, bank_accounts, claims, decisions, orders, payments
from gyoryu.programmes.models import Claim, Order

pytestmark = pytest.mark.django_db
ACCOUNT = {"bank": "한결은행", "number": "333-444-555666", "holder": "다온번역"}


@pytest.fixture
def order(unit):
    """An order of five million that the company has confirmed."""
    _of, voucher, provider = makers.world(unit)
    made = makers.offer(voucher, provider, 5 * M)
    orders.accept(made, **SAID)
    orders.deliver(made, on=ON, **SAID)
    orders.confirm(made, on=ON, **SAID)
    awards.sign(voucher.award, on=ON, **SAID)
    return Order.objects.get(pk=made.pk)


def typed(order, **more):
    return {
        "order": order,
        "heading": order.heading,
        "provider_name": "다온번역",
        "provider_number": makers.NUMBERS[1],
        "invoice": "77",
        "invoice_on": ON,
        "supply": Decimal(5 * M),
        "vat": Decimal(500_000),
        "currency": "KRW",
        **more,
    }


def test_what_was_held_for_an_order_is_approved_paid_and_taken_back_exactly(order) -> None:
    award, held = order.voucher.award, stands(order.heading.ceiling)
    made = claims.draft(award, typed(order), **SAID)
    claims.attach(made, kind="invoice", file=file(), **SAID)
    with override("en"), refusing("Say first to which bank account it is to be paid."):
        claims.submit(made, **SAID)
    bank_accounts.tell_provider(order.provider, **ACCOUNT, **SAID)
    claims.submit(made, **SAID)
    approved = decisions.approve(made, **SAID)
    limit = held["limit"]
    assert stands(order.heading.ceiling) == {"limit": limit, "committed": 5 * M}
    payments.pay(approved, on=ON, **SAID)
    order.refresh_from_db()
    assert order.status == "settled"
    payments.reverse(approved, reason="계좌 오류", **SAID)
    order.refresh_from_db()
    assert order.status == "confirmed"
    decisions.reopen(approved, reason="착오", **SAID)
    assert stands(order.heading.ceiling) == held
    payments.pay(decisions.approve(made, **SAID), on=ON, **SAID)
    assert stands(order.heading.ceiling) == {
        "limit": limit, "committed": 5 * M, "paid": 5 * M,
    }  # fmt: skip


def test_no_more_is_claimed_than_was_ordered(order) -> None:
    reason = "It counts for 5,000,001 KRW, but only 5,000,000 KRW was ordered."
    with override("en"), refusing(reason):
        claims.draft(order.voucher.award, typed(order, supply=Decimal(5 * M + 1)), **SAID)


def test_a_voucher_is_claimed_for_an_order_alone(order, officer, signed_in) -> None:
    award, reason = order.voucher.award, "A voucher is claimed for its orders."
    with override("en"), refusing(reason + " Begin from a confirmed order."):
        claims.draft(award, {**typed(order), "order": None}, **SAID)
    page = reverse("claim-new", args=[award.pk])
    browser = signed_in(officer, "en")
    for reply in (browser.get(page), browser.post(page, {"invoice": "77"})):
        assert (reply.status_code, reason in reply.content.decode()) == (403, True)
    assert not Claim.objects.exists()
    assert browser.get(f"{page}?order={order.pk}").status_code == 200


def test_an_order_is_claimed_once_and_anew_when_that_claim_came_to_nothing(
    order, officer, signed_in
) -> None:
    award, page = order.voucher.award, reverse("order", args=[order.pk])
    again = f"{reverse('claim-new', args=[award.pk])}?order={order.pk}"
    browser = signed_in(officer, "en")
    first = claims.draft(award, typed(order), **SAID)
    assert again not in browser.get(page).content.decode()
    with override("en"), refusing(f"This order is claimed already: {first.number}."):
        claims.draft(award, typed(order, invoice="78"), **SAID)
    posted = typed(order, invoice="78", heading=order.heading_id, invoice_on=ON.isoformat())
    reply = browser.post(again, posted)
    assert (reply.status_code, "claimed already" in reply.content.decode()) == (422, True)
    claims.drop(first, reason="착오", **SAID)
    second = claims.draft(award, typed(order, invoice="78"), **SAID)
    claims.attach(second, kind="invoice", file=file(), **SAID)
    bank_accounts.tell_provider(order.provider, **ACCOUNT, **SAID)
    decisions.reject(claims.submit(second, **SAID), reason="다른 서류", **SAID)
    assert again in browser.get(page).content.decode()
    third = claims.draft(award, typed(order, invoice="79"), **SAID)
    assert list(order.claims.order_by("pk")) == [first, second, third]
