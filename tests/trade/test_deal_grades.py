"""What proves which grade, what may be added, and a deal that is always what its steps say."""

import contextlib
from datetime import timedelta
from decimal import Decimal as D

import deal_makers as make
import pytest
import trade_makers
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gyoryu.accounts.models import Unit
from gyoryu.base.money import Money
from gyoryu.base.refused import Refused
from gyoryu.trade.actions import deal_steps, deals
from gyoryu.trade.models import Deal, DealStep
from gyoryu.trade.queries import tallies
from gyoryu.trade.rules import grades, proofs
from gyoryu.trade.rules.deals import converted, cross

GRADES = ("consulted", "pursued", "signed", "verified")


def suffices(grade, proof):
    try:
        proofs.check_proves(grade, proof)
    except Refused:
        return False
    return True


def test_each_grade_is_shown_by_these_proofs_and_no_others() -> None:
    found = {grade: {p for p in DealStep.Proof.values if suffices(grade, p)} for grade in GRADES}
    talked = {"word", "email", "mou", "order", "contract", "buyer"}
    assert found == {
        "consulted": talked,
        "pursued": talked,
        "signed": {"order", "contract", "buyer"},
        "verified": {"declaration"},
    }


@pytest.mark.parametrize("proof", ["mou", "email", "word"])
def test_what_binds_nobody_never_makes_signed_and_says_why(proof, in_english) -> None:
    with pytest.raises(Refused, match="pursued") as refused:
        proofs.check_proves("signed", proof)
    assert refused.value.field == "proof"


CURRENCIES = ["USD", "EUR", "KRW"]
MONEY = st.builds(Money, st.decimals(0, 10**9, places=2), st.sampled_from(CURRENCIES))


@given(st.lists(st.sampled_from(GRADES), min_size=1, max_size=3), st.lists(MONEY, min_size=1))
def test_only_one_grade_in_one_currency_is_ever_added(told, amounts) -> None:
    if len(set(told)) > 1 or len({one.currency for one in amounts}) > 1:
        with pytest.raises(Refused, match=r"never added|더하지"):
            grades.added(told, amounts)
    else:
        total = sum((one.amount for one in amounts), D(0))
        assert grades.added(told, amounts) == Money(total, amounts[0].currency)


@given(st.decimals(0, 10**12, places=2), st.decimals("0.01", 10**7, places=2))
def test_a_conversion_can_be_done_again_from_what_the_step_keeps(amount, won) -> None:
    rate = cross(D(1), won)
    told = converted(amount, rate, "USD")
    assert told == converted(amount, rate, "USD")
    assert abs(told - amount / won) <= D("0.01") + amount * D("1e-12")


# What may happen to a deal: (what, grade, day, amount, which step it is about).
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["step", "step", "step", "verify", "strike", "lose", "reopen", "finish"]),
        st.sampled_from(GRADES), st.integers(0, 40), st.one_of(st.none(), st.integers(0, 9_999)),
        st.integers(0, 9),
    ),
    max_size=14,
)  # fmt: skip
PROOFS = {"consulted": "word", "pursued": "mou", "signed": "contract", "verified": "declaration"}


def recount(deal):
    """Count a deal again by reading its rows in another way than the register does."""
    told = {grade: [] for grade in GRADES}
    for step in DealStep.objects.filter(deal=deal, struck_at=None).order_by("on", "pk"):
        if step.grade != "verified" or step.verified_at:
            told[step.grade].append((step.on, step.amount))
    reached = [grade for grade in GRADES if told[grade]]
    grade = reached[-1] if reached else "consulted"
    first = DealStep.objects.filter(deal=deal).order_by("on").first().on
    last = {
        g: next((amount for _on, amount in reversed(told[g]) if amount is not None), None)
        for g in GRADES[:3]
    }
    shipped = [amount for _on, amount in told["verified"]]
    return {
        "grade": grade,
        "graded_on": told[grade][-1][0] if told[grade] else first,
        **last,
        "verified": sum(shipped) if shipped else None,
    }


class Sequences(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(EVENTS)
    def test_whatever_happens_a_deal_is_what_its_steps_say(self, happened) -> None:
        unit = Unit.objects.create(name_ko="과", kind="division", path="new")
        unit.path = f"/{unit.pk}/"
        unit.save()
        deal = make.begin(unit, make.word("consulted", "2025-02-01", None))
        for number, (what, grade, after, amount, which) in enumerate(happened):
            with contextlib.suppress(Refused):
                self.happen(deal, number, what, grade, after, amount, which)
            deal = Deal.objects.get(pk=deal.pk)
            kept = {name: getattr(deal, name) for name in recount(deal)}
            assert kept == recount(deal)
            assert tallies.faults() == {}

    def happen(self, deal, number, what, grade, after, amount, which):
        steps = list(deal.steps.all())
        step = steps[which % len(steps)]
        if what == "step":
            on = str(make.day("2025-02-01") + timedelta(days=after))
            more = {"declaration": f"41774-25-{number + 1:06}X"} if grade == "verified" else {}
            more |= {"file": make.paper()} if grade == "signed" else {}
            make.tell(deal, make.word(grade, on, amount, proof=PROOFS[grade], **more))
        elif what == "verify":
            deal_steps.verify(step, **make.SAID)
        elif what == "strike":
            deal_steps.strike(step, "falsch", **make.SAID)
        elif what == "lose":
            deals.lose(deal, trade_makers.TODAY, "가격", **make.SAID)
        elif what == "reopen":
            deals.reopen(deal, "다시", **make.SAID)
        else:
            deals.finish(deal, **make.SAID)
