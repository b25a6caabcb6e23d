"""Many hands on one voucher: no order passes it or a sub-limit, and nothing free is refused."""

import threading

import pytest
from django.db import connections
from django.utils.translation import override
from tests.programmes.voucher_makers import ON, SAID, M, offer, world

from gyoryu.base.refused import Refused
from gyoryu.programmes.actions import orders, vouchers
from gyoryu.programmes.models import Order, Voucher

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
HANDS = 16


def at_once(hands):
    """Let every hand begin at the same moment; return what each was told."""
    start, told = threading.Barrier(len(hands)), [None] * len(hands)

    def go(place, hand):
        try:
            start.wait()
            with override("en"):
                hand()
            told[place] = "done"
        except Refused as refusal:
            told[place] = str(refusal)
        except BaseException as wrong:
            told[place] = repr(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(hands)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    assert not any(one.is_alive() for one in threads), "somebody waits for ever"
    return told


def accepting(order):
    return lambda: orders.accept(Order.objects.get(pk=order.pk), **SAID)


def test_sixteen_accept_on_one_voucher_and_stop_at_its_limit_and_at_the_sub_limit(province):
    _of, voucher, provider = world(province.division)
    # Nine million is the most for translation, thirty the voucher: three of eight at 3 million
    # fit the service, and beside them seven of eight at 3 million the whole.
    made = [offer(voucher, provider, 3 * M, code) for code in ["TR"] * 8 + ["CA"] * 8]
    told = at_once([accepting(order) for order in made])
    accepted = Order.objects.filter(status="accepted")
    service = [one for one in accepted if one.heading.service.code == "TR"]
    assert told.count("done") == len(accepted) == 10
    assert len(service) <= 3
    voucher.award.ceiling.refresh_from_db()
    assert voucher.award.ceiling.reserved == voucher.award.ceiling.limit == 30 * M
    refused = [words for words in told if words != "done"]
    assert all(words.startswith("Only ") and "KRW is left" in words for words in refused), refused


def test_one_order_accepted_sixteen_times_is_held_once(province):
    _of, voucher, provider = world(province.division)
    order = offer(voucher, provider, M)
    told = at_once([accepting(order)] * HANDS)
    voucher.award.ceiling.refresh_from_db()
    assert (told.count("done"), voucher.award.ceiling.reserved) == (1, M)
    assert order.steps.count() == 2


def test_a_voucher_is_closed_or_ordered_with_but_never_both(province):
    _of, voucher, provider = world(province.division)
    made = [offer(voucher, provider, M, "CA") for _ in range(HANDS - 1)]

    def close():
        vouchers.close(Voucher.objects.get(pk=voucher.pk), on=ON, **SAID)

    told = at_once([close, *(accepting(order) for order in made)])
    voucher.refresh_from_db()
    voucher.award.ceiling.refresh_from_db()
    held = sum(one.amount for one in Order.objects.filter(status="accepted"))
    assert voucher.award.ceiling.reserved == held
    assert bool(voucher.closed_on) == (told[0] == "done")
    assert not (voucher.closed_on and held), told
