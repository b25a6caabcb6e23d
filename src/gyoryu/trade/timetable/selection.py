"""Chooses who meets and in which half-day, with everybody's least and few half-days each.

Where half-days are free as a whole, every choice in whole numbers can be scheduled (the edges of a
bipartite graph of degree k are coloured with k colours). The linear optimum mostly comes out whole
by itself; where it does not, whoever has a fraction is chosen for anew, in whole numbers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gyoryu.trade.timetable.programme import Programme, fractional
from gyoryu.trade.timetable.show import Show

# The half-day of each pair that is to meet.
Choice = dict[int, int]
# Rounds in which opened half-days are priced, the price in values of a mean pair, and what share
# of the value all this may cost.
ROUNDS, PRICE, COST = 3, 0.05, 0.001


@dataclass(frozen=True)
class Selection:
    """A choice, the value of the pairs chosen, and what no timetable can pass."""

    choice: Choice
    value: int
    bound: float


def choose(show: Show) -> Selection:
    """Return the most valuable choice that leaves nobody far behind, in few half-days each.

    Half-days are opened at a price, which is spread over the meetings that the last round had in
    them (slope scaling); the round with the fewest half-days counts that costs next to nothing.
    Raises `Impossible` where the fixed meetings cannot be.
    """
    bound = bound_of(show)
    programme = Programme(show, fair=True)
    best = choice = _solved(programme, {})
    least = worth(show, best) - COST * bound
    price = PRICE * worth(show, best) / max(1, len(best))
    for _ in range(ROUNDS):
        choice = _solved(programme, _prices(show, choice, price))
        if worth(show, choice) >= least and opened(show, choice) < opened(show, best):
            best = choice
    return Selection(best, worth(show, best), bound)


def bound_of(show: Show) -> float:
    """Return what no timetable of the show can be worth more than."""
    return Programme(show, fair=False).solve({})


def opened(show: Show, choice: Mapping[int, int]) -> int:
    """Count the half-days for which a party must come that has no place of its own."""
    return len(_visits(show, choice))


def worth(show: Show, choice: Iterable[int]) -> int:
    """Return what these pairs are worth."""
    return sum(show.pairs[pair].value for pair in choice)


def _solved(programme: Programme, prices: Mapping[tuple[int, int], float]) -> Choice:
    programme.solve(prices)
    values = programme.values()
    if any(fractional(value) for value in values.values()):
        mended = Programme(programme.show, fair=True, mended=values)
        mended.solve(prices)
        values = mended.values()
    return {pair: half_day for (pair, half_day), value in values.items() if value > 0.5}


def _visits(show: Show, choice: Mapping[int, int]) -> Counter[tuple[int, int]]:
    return Counter(
        (party, half_day)
        for pair, half_day in choice.items()
        for party in show.pairs[pair].both
        if not show.parties[party].stays
    )


def _prices(show: Show, choice: Choice, price: float) -> dict[tuple[int, int], float]:
    """Return the price of a meeting, by party and half-day."""
    visits = _visits(show, choice)
    return {
        (party, half_day): price / max(1, visits[party, half_day])
        for party, one in enumerate(show.parties)
        if not one.stays
        for half_day in range(len(show.half_days))
    }
