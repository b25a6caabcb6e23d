"""Two clerks at once: one invoice is approved once, one award is not passed, one click is one."""

import threading

import pytest
from django.db import connections
from tests.programmes.claims_makers import (
    AT,
    ON,
    SAID,
    M,
    call,
    company,
    cost,
    file,
    running,
    stands,
    submitted,
)  # fmt: skip

from gyoryu.accounts.models import Unit
from gyoryu.base.refused import Refused
from gyoryu.history.models import Head
from gyoryu.programmes.actions import amendments, claims, decisions, payments
from gyoryu.programmes.models import Claim, LedgerEntry
from gyoryu.programmes.rules.awards import Change

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def unit():
    Head.objects.get_or_create(pk=1)
    made = Unit.objects.create(name_ko="한결도", kind="government", path="new")
    made.path = f"/{made.pk}/"
    made.save()
    return made


def at_once(*hands):
    """Let all begin at the same moment; return what each came to: its answer or its refusal."""
    start, came = threading.Barrier(len(hands)), [None] * len(hands)

    def go_on(place, hand):
        try:
            start.wait()
            came[place] = hand()
        except Refused as refusal:
            came[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go_on, args=pair) for pair in enumerate(hands)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not any(one.is_alive() for one in threads), "somebody waits for ever"
    return came


def refusals(came):
    return [one for one in came if isinstance(one, Refused)]


def test_one_invoice_in_two_programmes_is_approved_once(unit) -> None:
    first = submitted(running(call(unit), company(unit)))
    other = running(call(unit, number="CL-2"), company(unit, "다른기업", "1078783297"))
    second = claims.draft(other, cost(other, invoice="9"), **SAID)
    claims.attach(second, kind="invoice", file=file(), **SAID)
    claims.submit(second, **SAID)
    # Handed in before it could be seen that it is the same.
    Claim.objects.filter(pk=second.pk).update(invoice_key=first.invoice_key)
    came = at_once(
        lambda: decisions.approve(first, **SAID), lambda: decisions.approve(second, **SAID)
    )
    assert len(refusals(came)) == 1
    assert Claim.objects.filter(status="approved").count() == 1
    assert LedgerEntry.objects.filter(kind="approved").count() == 1
    taken = [stands(one.award.ceiling).get("committed", 0) for one in (first, second)]
    assert sorted(taken) == [0, 3 * M]


def test_eight_claims_for_an_award_that_holds_two_are_two(unit) -> None:
    held = running(call(unit), company(unit))
    waiting = [submitted(held, invoice=str(n)) for n in range(8)]
    came = at_once(*[lambda one=one: decisions.approve(one, **SAID) for one in waiting])
    assert len(refusals(came)) == 6
    assert stands(held.ceiling) == {"limit": 8 * M, "drawn": 8 * M, "committed": 6 * M}


def test_the_same_click_at_once_approves_and_pays_once(unit) -> None:
    held = running(call(unit), company(unit))
    made = submitted(held)
    came = at_once(*[lambda: decisions.approve(made, key="k", **SAID) for _n in range(4)])
    assert refusals(came) == []
    came = at_once(*[lambda: payments.pay(made, on=ON, key="k", by=None, at=AT) for _n in range(4)])
    assert refusals(came) == []
    assert stands(held.ceiling) == {
        "limit": 8 * M, "drawn": 8 * M, "committed": 3 * M, "paid": 3 * M,
    }  # fmt: skip


def test_all_awards_are_raised_while_claims_are_approved(unit) -> None:
    shows = call(unit)
    held = [running(shows, company(unit, f"기업 {n}", ""), 8 * M) for n in range(4)]
    made = [submitted(one, invoice=f"i{n}") for n, one in enumerate(held)]
    said = {"reason": "한도 인상", "on": ON}
    came = at_once(
        lambda: amendments.amend_call(shows, Change(amount=12 * M), **said, **SAID),
        lambda: amendments.amend(held[3], Change(amount=7 * M), **said, **SAID),
        *[lambda one=one: decisions.approve(one, **SAID) for one in made],
    )
    assert refusals(came) == []
    assert [stands(one.ceiling)["committed"] for one in held] == [3 * M] * 4
    assert [stands(one.ceiling)["limit"] for one in held[:3]] == [12 * M] * 3
    allotted = sum(stands(one.ceiling)["limit"] for one in held)
    assert stands(shows.allotments.get().ceiling)["committed"] == allotted
