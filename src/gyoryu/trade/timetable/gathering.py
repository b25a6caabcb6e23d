"""Gathers each party's meetings into fewer half-days; who meets stays as chosen.

Two meetings of one party change half-days with each other, or one goes where both have room, as
long as this makes the others' half-days fuller: measured by the sum of squares of everybody's
meetings in a half-day, which grows with every change, so that it ends. Only parties without a place
of their own count. Fixed meetings, precedences, meetings with interpreters and those that take
several slots are left alone.
"""

from collections import Counter, defaultdict
from itertools import combinations

from gyoryu.trade.timetable.show import Show

# The sums hardly grow after some rounds.
ROUNDS = 12


def gather(show: Show, choice: dict[int, int]) -> dict[int, int]:
    """Return the same pairs in fewer half-days each, within the same limits."""
    work = _Work(show, choice)
    for _ in range(ROUNDS):
        if not work.round():
            break
    return work.choice


class _Work:
    def __init__(self, show: Show, choice: dict[int, int]) -> None:
        self.show, self.choice = show, dict(choice)
        kept = {held.pair for held in show.fixed} | {pair for both in show.before for pair in both}
        self.meetings: dict[int, list[int]] = defaultdict(list)
        self.count: Counter[tuple[int, int]] = Counter()
        self.on_day: Counter[tuple[int, int]] = Counter()
        # Slots beyond the first of each meeting.
        self.longer: Counter[tuple[int, int]] = Counter()
        self.in_all: Counter[int] = Counter()
        for pair, half_day in choice.items():
            length = show.pairs[pair].length
            self.in_all[half_day] += length
            for party in show.pairs[pair].both:
                self._add(party, half_day, 1)
                self.longer[party, half_day] += length - 1
                if pair not in kept and show.needs[pair] is None and length == 1:
                    self.meetings[party].append(pair)

    def round(self) -> bool:
        """Try every change once, and say whether there was any."""
        changed = False
        for party, pairs in sorted(self.meetings.items()):
            for pair in pairs:
                changed = self._goes(party, pair) or changed
            for one, other in combinations(pairs, 2):
                changed = self._change(party, one, other) or changed
        return changed

    def _goes(self, party: int, pair: int) -> bool:
        """Let a meeting go where both parties and the tables have room."""
        here, partner = self.choice[pair], self._partner(pair, party)
        for there in range(len(self.show.half_days)):
            room = self.show.tables * self.show.half_days[there].slots
            if (
                there != here
                and self._gain(partner, here, there) + self._gain(party, here, there) > 0
                and self.in_all[there] < room
                and self.show.open_slots(pair, there)
                and self._has_room(party, here, there)
                and self._has_room(partner, here, there)
            ):
                for one in (party, partner):
                    self._move(one, here, there)
                self.choice[pair] = there
                self.in_all[here] -= 1
                self.in_all[there] += 1
                return True
        return False

    def _change(self, party: int, one: int, other: int) -> bool:
        """Let two meetings of a party change their half-days."""
        here, there = self.choice[one], self.choice[other]
        if here == there:
            return False
        first, second = self._partner(one, party), self._partner(other, party)
        if (
            self._gain(first, here, there) + self._gain(second, there, here) <= 0
            or not self._has_room(first, here, there)
            or not self._has_room(second, there, here)
            or not self.show.open_slots(one, there)
            or not self.show.open_slots(other, here)
        ):
            return False
        self._move(first, here, there)
        self._move(second, there, here)
        self.choice[one], self.choice[other] = there, here
        return True

    def _partner(self, pair: int, party: int) -> int:
        first, second = self.show.pairs[pair].both
        return second if party == first else first

    def _gain(self, party: int, here: int, there: int) -> int:
        """Return by how much the sum of squares grows, halved."""
        if self.show.parties[party].stays:
            return 0
        return self.count[party, there] - self.count[party, here] + 1

    def _has_room(self, party: int, here: int, there: int) -> bool:
        one, days = self.show.parties[party], self.show.half_days
        most = len(self.show.free[party][there]) - self.longer[party, there]
        if one.most_a_half_day is not None:
            most = min(most, one.most_a_half_day)
        if self.count[party, there] >= most:
            return False
        return (
            one.most_a_day is None
            or days[here].day == days[there].day
            or self.on_day[party, days[there].day] < one.most_a_day
        )

    def _move(self, party: int, here: int, there: int) -> None:
        self._add(party, here, -1)
        self._add(party, there, 1)

    def _add(self, party: int, half_day: int, by: int) -> None:
        self.count[party, half_day] += by
        self.on_day[party, self.show.half_days[half_day].day] += by
