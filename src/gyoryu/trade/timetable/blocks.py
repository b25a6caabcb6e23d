"""One half-day of a show as a problem for the solver, and its answer in terms of the show.

A meeting that takes several slots is as many meetings of one slot, joined to each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gyoryu.trade.timetable.show import Held, Show
from gyoryu.trade.timetable.values import Meeting, Problem


@dataclass(frozen=True)
class Block:
    """The pairs that are to meet in a half-day, each with its first part, and their problem."""

    half_day: int
    first: dict[int, int]
    problem: Problem

    def held(self, slots: tuple[int, ...]) -> list[Held]:
        """Return the places that a timetable gives to the pairs."""
        return [Held(self.half_day, slots[part], pair) for pair, part in self.first.items()]


def block_of(show: Show, half_day: int, choice: Mapping[int, int]) -> Block:
    """Return the problem of one half-day; only who meets in it takes part."""
    pairs = sorted(pair for pair, at in choice.items() if at == half_day)
    parts = [pair for pair in pairs for _ in range(show.pairs[pair].length)]
    first: dict[int, int] = {}
    for at, pair in enumerate(parts):
        first.setdefault(pair, at)
    parties = sorted({party for pair in pairs for party in show.pairs[pair].both})
    number = {party: place for place, party in enumerate(parties)}
    slots = show.half_days[half_day].slots
    both = [show.pairs[pair].both for pair in parts]
    problem = Problem(
        len(parties),
        slots,
        slots,
        show.tables,
        tuple(Meeting(number[one], number[other]) for one, other in both),
        tuple(frozenset(range(slots)) - show.free[party][half_day] for party in parties),
        _fixed(show, parts, first),
        _before(show, parts, first),
        None,
        tuple(
            (frozenset(at for at, pair in enumerate(parts) if pair in members), count)
            for members, count in show.interpreter_rows
        ),
        tuple((at, at + 1) for at in range(len(parts) - 1) if parts[at] == parts[at + 1]),
    )
    return Block(half_day, first, problem)


def _fixed(show: Show, parts: list[int], first: Mapping[int, int]) -> tuple[int | None, ...]:
    slots = {held.pair: held.slot for held in show.fixed}
    return tuple(
        slots[pair] + at - first[pair] if pair in slots else None for at, pair in enumerate(parts)
    )


def _before(show: Show, parts: list[int], first: Mapping[int, int]) -> tuple[frozenset[int], ...]:
    """Let the first part of what comes later wait for the last part of what comes before."""
    before: list[set[int]] = [set() for _ in parts]
    for earlier, later in show.before:
        if earlier in first and later in first:
            before[first[later]].add(first[earlier] + show.pairs[earlier].length - 1)
    return tuple(map(frozenset, before))
