"""One half-day of a show as a problem for the solver, and its answer in terms of the show."""

from collections.abc import Mapping
from dataclasses import dataclass

from gyoryu.trade.timetable.show import Held, Show
from gyoryu.trade.timetable.values import Meeting, Problem


@dataclass(frozen=True)
class Block:
    """The pairs that are to meet in a half-day, and the problem that this is."""

    half_day: int
    pairs: tuple[int, ...]
    problem: Problem

    def held(self, slots: tuple[int, ...]) -> list[Held]:
        """Return the places that a timetable gives to the pairs."""
        return [
            Held(self.half_day, slot, pair) for pair, slot in zip(self.pairs, slots, strict=True)
        ]


def block_of(show: Show, half_day: int, choice: Mapping[int, int]) -> Block:
    """Return the problem of one half-day; only who meets in it takes part."""
    pairs = tuple(sorted(pair for pair, at in choice.items() if at == half_day))
    parties = sorted({party for pair in pairs for party in show.pairs[pair].both})
    number = {party: place for place, party in enumerate(parties)}
    place = {pair: at for at, pair in enumerate(pairs)}
    fixed = {held.pair: held.slot for held in show.fixed}
    before: list[set[int]] = [set() for _ in pairs]
    for earlier, later in show.before:
        if earlier in place and later in place:
            before[place[later]].add(place[earlier])
    slots = show.half_days[half_day].slots
    both = [show.pairs[pair].both for pair in pairs]
    problem = Problem(
        len(parties),
        slots,
        slots,
        show.tables,
        tuple(Meeting(number[one], number[other]) for one, other in both),
        tuple(frozenset(range(slots)) - show.free[party][half_day] for party in parties),
        tuple(fixed.get(pair) for pair in pairs),
        tuple(map(frozenset, before)),
        None,
        tuple(
            (frozenset(place[pair] for pair in members if pair in place), count)
            for members, count in show.interpreter_rows
        ),
    )
    return Block(half_day, pairs, problem)
