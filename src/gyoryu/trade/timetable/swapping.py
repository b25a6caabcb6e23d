"""Looks for fewer breaks in a large timetable by letting meetings change their slots in chains.

Kempe's chains: from a party that is busy in one slot and idle in another, its meeting goes to the
idle one; the partner's meeting there, if any, goes the other way, and so on until somebody has only
one of the two. Only the two at the ends change when they are busy, so that a chain is judged by
them alone, however long it is. Worse ones are taken now and then, ever more rarely (annealing). It
proves nothing: it finds what a bound then proves to be best.
"""

import math
import random
from collections.abc import Callable, Sequence

from gyoryu.trade.timetable.domains import Domains
from gyoryu.trade.timetable.values import Problem

# Steps for each meeting, and how readily worse chains are taken at first and in the end.
STEPS = 3_000
HOT, COLD = 0.18, 0.09


def applies(problem: Problem) -> bool:
    """Say whether changing slots in chains cannot break anything that a chain does not look at."""
    return not (
        any(problem.before) or problem.shared or problem.joined or problem.fairness is not None
    )


def improved(
    problem: Problem,
    open_slots: Domains,
    slots: Sequence[int],
    enough: int,
    seed: int,
    over: Callable[[], bool],
) -> tuple[tuple[int, ...], int]:
    """Return the best timetable found from one, and its breaks; ends early with ``enough``."""
    work = _Chains(problem, open_slots, slots)
    chance = random.Random(seed)  # noqa: S311 (the same chains every time, no secret)
    steps = STEPS * len(slots)
    best, found = work.breaks, tuple(slots)
    for step in range(steps):
        if best <= enough or (step % 1_000 == 0 and over()):
            break
        heat = HOT * (COLD / HOT) ** (step / steps)
        work.step(chance, heat)
        if work.breaks < best:
            best, found = work.breaks, tuple(work.slots)
    return found, best


class _Chains:
    def __init__(self, problem: Problem, open_slots: Domains, slots: Sequence[int]) -> None:
        self.pairs = [meeting.pair for meeting in problem.meetings]
        self.open, self.slots, self.tables = open_slots, list(slots), problem.tables
        self.at = [[-1] * problem.slots for _ in range(problem.participants)]
        self.held = [0] * problem.slots
        for number, slot in enumerate(slots):
            self.held[slot] += 1
            for party in self.pairs[number]:
                self.at[party][slot] = number
        self.busy = [sum(1 << s for s, m in enumerate(row) if m >= 0) for row in self.at]
        self.gaps = [_gaps(mask) for mask in range(1 << problem.slots)]
        self.breaks = sum(self.gaps[mask] for mask in self.busy)

    def step(self, chance: random.Random, heat: float) -> None:
        """Try one chain from a meeting and a slot drawn by chance."""
        number = int(chance.random() * len(self.pairs))
        party = self.pairs[number][chance.random() < 0.5]
        here = self.slots[number]
        there = int(chance.random() * len(self.held))
        if self.busy[party] >> there & 1:
            return
        chain, end = self._chain(party, here, there)
        if not chain:
            return
        swap = (1 << here) | (1 << there)
        cost = sum(
            self.gaps[self.busy[one] ^ swap] - self.gaps[self.busy[one]] for one in (party, end)
        )
        if cost <= 0 or chance.random() < math.exp(-cost / heat):
            self._swap(chain, here, there)
            self.busy[party] ^= swap
            self.busy[end] ^= swap
            self.breaks += cost

    def _chain(self, party: int, here: int, there: int) -> tuple[list[int], int]:
        """Return the chain's meetings and whom it ends with; none where one cannot change."""
        chain, one, slot, other = [], party, here, there
        while (number := self.at[one][slot]) >= 0:
            if other not in self.open[number]:
                return [], one
            chain.append(number)
            first, second = self.pairs[number]
            one = second if one == first else first
            slot, other = other, slot
        if len(chain) % 2 and self.held[there] >= self.tables:
            return [], one
        return chain, one

    def _swap(self, chain: list[int], here: int, there: int) -> None:
        for number in chain:
            for party in self.pairs[number]:
                row = self.at[party]
                row[here] = row[here] if row[here] != number else -1
                row[there] = row[there] if row[there] != number else -1
        for number in chain:
            old = self.slots[number]
            new = there if old == here else here
            self.slots[number] = new
            self.held[old] -= 1
            self.held[new] += 1
            for party in self.pairs[number]:
                self.at[party][new] = number


def _gaps(mask: int) -> int:
    """Count the idle runs between two busy slots of a day, a bit for each slot."""
    runs = (mask & ~(mask << 1)).bit_count()
    return max(0, runs - 1)
