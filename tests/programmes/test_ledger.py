"""Money never passes a ceiling, and what is reversed reopens exactly."""

from datetime import UTC, date, datetime

import pytest

from gyoryu.base.refused import Refused
from gyoryu.programmes.actions import ledger
from gyoryu.programmes.models import Ceiling, LedgerEntry
from gyoryu.programmes.rules.money import COLUMNS, Movement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AT, ON = datetime(2025, 3, 3, 0, 0, tzinfo=UTC), date(2025, 3, 3)
SAID = {"by": None, "at": AT}


def tree():
    line = Ceiling.objects.create(level="line")
    allotment = Ceiling.objects.create(level="allotment", parent=line)
    award = Ceiling.objects.create(level="award", parent=allotment)
    category = Ceiling.objects.create(level="category", parent=award)
    move(line, "appropriated", 500)
    move(allotment, "allotted", 300)
    move(award, "awarded", 12)
    move(category, "capped", 8)
    return line, allotment, award, category


def move(ceiling, kind, amount, key="", **more):
    key = key or f"{ceiling.pk}/{kind}/{LedgerEntry.objects.count()}"
    return ledger.move(Movement(ceiling, kind, amount, key, ON, **more), **SAID)


def stands(ceiling):
    ceiling.refresh_from_db()
    return {name: getattr(ceiling, name) for name in COLUMNS if getattr(ceiling, name)}


def test_what_is_taken_of_a_ceiling_is_taken_of_those_above_as_far_as_they_bear_it() -> None:
    line, allotment, award, category = tree()
    move(category, "approved", 5)
    move(category, "paid", 3)
    assert [stands(one) for one in (line, allotment, award, category)] == [
        {"limit": 500, "committed": 300},
        {"limit": 300, "drawn": 300, "committed": 12},
        {"limit": 12, "drawn": 12, "committed": 5, "paid": 3},
        {"limit": 8, "committed": 5, "paid": 3},
    ]


def test_a_ceiling_in_the_way_is_named_with_what_is_left_and_nothing_is_written() -> None:
    _line, allotment, _award, category = tree()
    move(category, "approved", 5)
    before = LedgerEntry.objects.count()
    with pytest.raises(Refused, match="Only 3 KRW is left: Category"):
        move(category, "approved", 4)
    with pytest.raises(Refused, match="Only 5 KRW is approved"):
        move(category, "paid", 6)
    with pytest.raises(Refused, match="12 KRW of this is given out already: Allotment"):
        move(allotment, "allotted", -289)
    assert LedgerEntry.objects.count() == before


def test_the_same_key_twice_is_one_movement_and_for_another_amount_is_refused() -> None:
    *_, category = tree()
    first = move(category, "approved", 5, "claim-1")
    assert move(category, "approved", 5, "claim-1") == first
    assert stands(category) == {"limit": 8, "committed": 5}
    with pytest.raises(Refused, match="key was used before"):
        move(category, "approved", 6, "claim-1")


def test_a_reversal_reopens_exactly_and_happens_once() -> None:
    *_, award, category = tree()
    entry = move(category, "approved", 5)
    paid = move(category, "paid", 5)
    with pytest.raises(Refused, match="Reverse the payment first"):
        ledger.reverse(entry, key="r", on=ON, **SAID)
    ledger.reverse(paid, key="r1", on=ON, **SAID)
    ledger.reverse(entry, key="r2", on=ON, **SAID)
    ledger.reverse(entry, key="r2", on=ON, **SAID)
    with pytest.raises(Refused, match="reversed already"):
        ledger.reverse(entry, key="r3", on=ON, **SAID)
    assert [stands(award), stands(category)] == [{"limit": 12, "drawn": 12}, {"limit": 8}]
