"""Chooses who meets and in which half-day, with everybody's least and few half-days each.

Where half-days are free as a whole, every choice in whole numbers can be scheduled (the edges of a
bipartite graph of degree k are coloured with k colours). The linear optimum mostly comes out whole
by itself; where it does not, whoever has a fraction is chosen for anew, in whole numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gyoryu.trade.timetable.gathering import gather
from gyoryu.trade.timetable.programme import Programme, fractional
from gyoryu.trade.timetable.show import Show

# The half-day of each pair that is to meet.
Choice = dict[int, int]


@dataclass(frozen=True)
class Selection:
    """A choice, the value of the pairs chosen, and what no timetable can pass."""

    choice: Choice
    value: int
    bound: float


def choose(show: Show) -> Selection:
    """Return the most valuable choice that leaves nobody far behind, in few half-days each.

    Raises `Impossible` where the fixed meetings cannot be.
    """
    bound = bound_of(show)
    choice = gather(show, _most_valuable(show))
    return Selection(choice, worth(show, choice), bound)


def bound_of(show: Show) -> float:
    """Return what no timetable of the show can be worth more than."""
    return Programme(show, fair=False).solve()


def opened(show: Show, choice: Mapping[int, int]) -> int:
    """Count the half-days for which a party must come that has no place of its own."""
    return len(
        {
            (party, half_day)
            for pair, half_day in choice.items()
            for party in show.pairs[pair].both
            if not show.parties[party].stays
        }
    )


def worth(show: Show, choice: Iterable[int]) -> int:
    """Return what these pairs are worth."""
    return sum(show.pairs[pair].value for pair in choice)


def _most_valuable(show: Show) -> Choice:
    programme = Programme(show, fair=True)
    programme.solve()
    values = programme.values()
    if any(fractional(value) for value in values.values()):
        mended = Programme(show, fair=True, mended=values)
        mended.solve()
        values = mended.values()
    return {pair: half_day for (pair, half_day), value in values.items() if value > 0.5}
