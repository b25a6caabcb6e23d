"""Tallies: what was counted stays what the rows say, and grades and currencies stay apart."""

from decimal import Decimal as D
from io import StringIO

import pytest
import trade_makers as make
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gyoryu.trade.actions import tallies
from gyoryu.trade.models import Tally
from gyoryu.trade.queries import tallies as queries
from gyoryu.trade.queries.tallies import Sum

pytestmark = pytest.mark.django_db


def told():
    return {
        (row.grade, row.currency): (row.count, row.said, row.lost, row.amount)
        for row in Tally.objects.all()
    }


def test_a_deal_counts_in_each_grade_it_reached_with_what_was_told_of_it(fair):
    seller, buying = make.exhibitor(fair), make.buyer(fair)
    deal = make.deal(
        fair.unit,
        seller.organisation,
        buying.organisation,
        event=fair,
        grade="signed",
        signed=D(90),
        state="lost",
        lost_on=make.TODAY,
        lost_reason="가격",
    )
    tallies.moved([], tallies.of_deal(deal))
    assert told() == {("pursued", ""): (1, 0, 1, D(0)), ("signed", "USD"): (1, 1, 1, D(90))}
    assert queries.faults() == {}


def test_zero_is_told_and_nothing_told_is_not_zero(fair):
    seller, buying = make.exhibitor(fair), make.buyer(fair)
    nothing = make.consultation(seller, buying)
    zero = make.consultation(seller, buying, amount=D(0), currency="USD")
    tallies.moved([], [*tallies.of_consultation(nothing), *tallies.of_consultation(zero)])
    assert told() == {("consulted", ""): (1, 0, 0, D(0)), ("consulted", "USD"): (1, 1, 0, D(0))}


def test_what_was_taken_back_counts_no_more(fair):
    seller, buying = make.exhibitor(fair), make.buyer(fair)
    talk = make.consultation(seller, buying, amount=D(5), currency="EUR")
    before = tallies.of_consultation(talk)
    tallies.moved([], before)
    talk.voided_at, talk.voided_reason = make.NOW, "두 번 적음"
    talk.save()
    tallies.moved(before, tallies.of_consultation(talk))
    assert queries.kept() == queries.counted_again() == {}


def test_a_tally_that_is_wrong_is_named_and_put_right_by_counting_again(fair):
    seller, buying = make.exhibitor(fair), make.buyer(fair)
    talk = make.consultation(seller, buying, amount=D(5), currency="EUR")
    key = tallies.of_consultation(talk)[0].key
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_tallies", stdout=said)
    assert said.getvalue() == (
        f"tally {key}: stands at {Sum()}, rows come to {Sum(1, 1, 0, D('5.00'))}\n0 tallies, 1 faults\n"
    )
    tallies.recount(fair)
    call_command("verify_tallies", stdout=StringIO())


AMOUNTS = st.one_of(st.none(), st.integers(0, 900).map(D))
ROWS = st.lists(
    st.tuples(st.sampled_from(["consulted", "pursued", "signed", "verified"]), AMOUNTS, st.booleans(), st.booleans()),
    min_size=1, max_size=5,
)  # fmt: skip


class Any(TestCase):
    @settings(deadline=None, max_examples=25)
    @given(ROWS, ROWS)
    def test_any_changes_leave_what_a_recount_finds(self, first, then):
        from gyoryu.accounts.models import Unit

        unit = Unit.objects.create(
            name_ko="과", kind="division", path=f"/{Unit.objects.count() + 900}/"
        )
        fair = make.event(unit)
        seller, buying = make.exhibitor(fair), make.buyer(fair)
        deals = []
        for grade, amount, lost, gone in first:
            row = make.deal(unit, seller.organisation, buying.organisation, event=fair)
            deals.append(row)
            put(row, grade, amount, lost, gone, before=[])
        for row, (grade, amount, lost, gone) in zip(deals, then, strict=False):
            put(row, grade, amount, lost, gone, before=tallies.of_deal(row))
        assert queries.faults() == {}


def put(row, grade, amount, lost, gone, before):
    row.grade = grade
    row.pursued = row.signed = amount
    row.verified = amount or 0
    row.state = "lost" if lost else "open"
    row.lost_on, row.lost_reason = (make.TODAY, "가격") if lost else (None, "")
    row.voided_at, row.voided_reason = (make.NOW, "잘못") if gone else (None, "")
    row.save()
    tallies.moved(before, tallies.of_deal(row))
