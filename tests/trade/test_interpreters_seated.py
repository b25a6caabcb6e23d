"""Who interprets where: everybody who can be served is, by somebody who can."""

import random
from itertools import product

from gyoryu.trade.timetable import interpreting
from gyoryu.trade.timetable.show import HalfDay, Held, Interpreters, Pair, Party, Show

TONGUES = ["en", "vi", "th", "ja"]


def some_show(dice):
    """Up to four meetings in one slot of companies that speak Korean alone, and who interprets."""
    count = dice.randint(1, 4)
    sellers = [Party(f"S{n}", languages=frozenset({"ko"})) for n in range(count)]
    buyers = [Party(f"B{n}", languages=frozenset({dice.choice(TONGUES)})) for n in range(count)]
    pairs = tuple(Pair(n, count + n, 1, frozenset({0})) for n in range(count))
    desks = tuple(
        Interpreters(frozenset({"ko", *dice.sample(TONGUES, dice.randint(1, 3))}), 1)
        for _ in range(dice.randint(0, 4))
    )
    return Show((HalfDay("am", 0, "am", 2),), (*sellers, *buyers), pairs, count, desks)


def served(show, pairs):
    """The most meetings of one slot that can have an interpreter: by trying everybody."""
    best = 0
    for chosen in product([None, *range(len(show.interpreters))], repeat=len(pairs)):
        used = [desk for desk in chosen if desk is not None]
        able = all(
            desk is None or desk in show.needs[pair]
            for pair, desk in zip(pairs, chosen, strict=True)
        )
        if able and len(set(used)) == len(used):
            best = max(best, len(used))
    return best


def test_nobody_goes_without_who_can_be_served():
    dice = random.Random(7)
    for _round in range(60):
        show = some_show(dice)
        pairs = list(range(len(show.pairs)))
        held = [Held(0, 0, pair) for pair in pairs]
        found = interpreting.staff(show, held, {pair: pair for pair in pairs})
        assert all(desk in show.needs[pair] for pair, desk in found.items())
        assert len(set(found.values())) == len(found) == served(show, pairs)


def test_an_interpreter_stays_with_a_meeting_and_at_a_table():
    buyers = [Party(f"B{n}", languages=frozenset({"vi"})) for n in range(2)]
    seller = Party("S", languages=frozenset({"ko"}))
    pairs = tuple(Pair(2, n, 1, frozenset({0})) for n in range(2))
    desks = (Interpreters(frozenset({"ko", "vi"}), 1),) * 2
    show = Show((HalfDay("am", 0, "am", 2),), (*buyers, seller), pairs, 2, desks)
    held = [Held(0, 0, 0), Held(0, 1, 1)]
    first = interpreting.staff(show, held, {0: 1, 1: 1})
    assert first[0] == first[1]
    assert interpreting.staff(show, held, {0: 1, 1: 1}, {0: 1})[0] == 1
