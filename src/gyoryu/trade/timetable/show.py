"""A show to be planned: half-days, parties, and who would like to meet whom, and how much.

Parties, half-days, slots and pairs count from 0. Nothing here says who sells and who buys: a trade
mission, a fair and an association's own meeting are planned alike.
"""

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class HalfDay:
    """A block of slots that follow each other without a pause: a morning or an afternoon."""

    name: str
    day: int
    part: str
    slots: int


@dataclass(frozen=True)
class Party:
    """Somebody with an agenda: when it is away, and how many meetings it wants.

    ``away`` holds (half-day, slot); the limits are None for none. ``least`` is how many meetings it
    should have at least, as far as there are requests. ``stays`` says that it has a place of its
    own, so that the others come to it.
    """

    name: str
    away: frozenset[tuple[int, int]] = frozenset()
    most: int | None = None
    most_a_day: int | None = None
    most_a_half_day: int | None = None
    least: int = 1
    languages: frozenset[str] = frozenset()
    stays: bool = False


@dataclass(frozen=True)
class Pair:
    """Two parties of whom at least one wants the other; what it is worth to both, together.

    ``length`` is how many slots they meet for, one after the other and at one table.
    """

    first: int
    second: int
    value: int
    half_days: frozenset[int]
    length: int = 1

    @property
    def both(self) -> tuple[int, int]:
        """Return both parties."""
        return (self.first, self.second)


@dataclass(frozen=True)
class Interpreters:
    """So many who are at hand in every slot and speak the same languages."""

    languages: frozenset[str]
    count: int


@dataclass(frozen=True, order=True)
class Held:
    """A pair's place in the plan: the slot is the first that it takes."""

    half_day: int
    slot: int
    pair: int


@dataclass(frozen=True)
class Show:
    """All that a plan is made from.

    ``fixed`` holds the place, and ``before`` pairs of which the first meets before the second, if
    the second meets at all. A pair without a common language needs an interpreter for both.
    """

    half_days: tuple[HalfDay, ...]
    parties: tuple[Party, ...]
    pairs: tuple[Pair, ...]
    tables: int
    interpreters: tuple[Interpreters, ...] = ()
    fixed: tuple[Held, ...] = ()
    before: tuple[tuple[int, int], ...] = ()

    @cached_property
    def free(self) -> list[list[frozenset[int]]]:
        """Return the slots in which each party is there, by half-day."""
        return [
            [
                frozenset(slot for slot in range(block.slots) if (number, slot) not in party.away)
                for number, block in enumerate(self.half_days)
            ]
            for party in self.parties
        ]

    @cached_property
    def needs(self) -> list[frozenset[int] | None]:
        """Return for each pair which interpreters would do; None where it needs none."""
        return [self._need(pair) for pair in self.pairs]

    def _need(self, pair: Pair) -> frozenset[int] | None:
        one, other = (self.parties[party].languages for party in pair.both)
        if not one or not other or one & other:
            return None
        return frozenset(
            number
            for number, some in enumerate(self.interpreters)
            if some.languages & one and some.languages & other
        )

    @cached_property
    def interpreter_rows(self) -> list[tuple[frozenset[int], int]]:
        """Return sets of pairs with how many of them there are interpreters for in one slot.

        By Hall's theorem these rows, one for each set of needs, allow exactly what can be staffed.
        """
        kinds = sorted({need for need in self.needs if need is not None}, key=sorted)
        rows = []
        for chosen in range(1, 1 << len(kinds)):
            some = {kind for place, kind in enumerate(kinds) if chosen >> place & 1}
            at_hand = frozenset().union(*some)
            count = sum(self.interpreters[number].count for number in at_hand)
            members = frozenset(n for n, need in enumerate(self.needs) if need in some)
            if count < len(members):
                rows.append((members, count))
        return rows

    @cached_property
    def interpreters_of(self) -> list[list[int]]:
        """Return for each pair the rows of `interpreter_rows` that it counts in."""
        found: list[list[int]] = [[] for _ in self.pairs]
        for number, (members, _) in enumerate(self.interpreter_rows):
            for pair in members:
                found[pair].append(number)
        return found

    def open_slots(self, pair: int, half_day: int) -> frozenset[int]:
        """Return the slots from which on both are there for the whole of their meeting.

        None where they do not want the half-day.
        """
        one = self.pairs[pair]
        if half_day not in one.half_days or self.needs[pair] == frozenset():
            return frozenset()
        both = self.free[one.first][half_day] & self.free[one.second][half_day]
        if one.length == 1:
            return both
        return frozenset(slot for slot in both if both.issuperset(self.taken(pair, slot)))

    def taken(self, pair: int, slot: int) -> range:
        """Return the slots that a pair takes which begins in one."""
        return range(slot, slot + self.pairs[pair].length)


@dataclass(frozen=True)
class Plan:
    """Who meets whom and when, and how good that is.

    ``value`` is what the meetings are worth and ``bound`` what no plan can pass; ``breaks`` and
    ``least_breaks`` likewise, for the meetings and half-days chosen; ``idle`` counts the slots that
    lie in breaks. ``short`` has the parties with fewer meetings than they should have, and by how
    many.
    """

    held: tuple[Held, ...]
    value: int
    bound: float
    breaks: int
    least_breaks: int
    idle: int
    half_days: int
    short: dict[int, int] = field(default_factory=dict)
    seconds: float = field(default=0.0, compare=False)
