"""Says what one meeting would break if it were put somewhere else by hand, and where it could be.

All reasons are given, not only the first, so that whoever drags a meeting sees what to settle. A
meeting that is not held yet can be asked about likewise.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gyoryu.trade.timetable.placing import Key, Place, as_places, keys_of, last, limit, taken
from gyoryu.trade.timetable.show import Held, Show


class Kind(StrEnum):
    """Why a meeting cannot be in a place."""

    OUTSIDE = "outside"  # The half-day has no such slots.
    UNWANTED = "unwanted"  # The pair did not ask for this part of the day.
    FIXED = "fixed"  # It is agreed for another place.
    AWAY = "away"  # `party` is not there.
    BUSY = "busy"  # `party` has another meeting then: `others`.
    LIMIT = "limit"  # `party` would have more meetings than it wants: `key`.
    TABLES = "tables"  # All tables are taken by `others`.
    TABLE = "table"  # That table is taken by `others`.
    INTERPRETER = "interpreter"  # Nobody interprets, or all who could do so for `others`.
    ORDER = "order"  # It must be before or after `others`, or needs them to be held.


@dataclass(frozen=True)
class Reason:
    """One reason, in numbers of the show; ``key`` says which limit, as `placing.limit` takes it."""

    kind: Kind
    party: int | None = None
    others: tuple[int, ...] = ()
    key: Key | None = None


def broken(
    show: Show,
    held: Iterable[Held],
    moved: Held,
    table: int | None = None,
    tables: Mapping[int, int] | None = None,
) -> list[Reason]:
    """Return why a meeting cannot be where it is moved to; nothing when it can.

    With ``table`` it shall sit at that one; ``tables`` has everybody's, as `seating.seat` gives it.
    """
    others = _Others(show, held, moved.pair)
    return others.reasons((moved.half_day, moved.slot), table, tables or {})


def free_places(show: Show, held: Iterable[Held], pair: int) -> list[Place]:
    """Return where a meeting could be without breaking anything, where it is among them."""
    others = _Others(show, held, pair)
    return [
        (half_day, slot)
        for half_day, block in enumerate(show.half_days)
        for slot in range(block.slots)
        if not others.reasons((half_day, slot), None, {})
    ]


class _Others:
    """All meetings but one, by party and place."""

    def __init__(self, show: Show, held: Iterable[Held], pair: int) -> None:
        self.show, self.pair, self.both = show, pair, show.pairs[pair].both
        self.at = as_places(one for one in held if one.pair != pair)
        self.here: dict[Place, list[int]] = defaultdict(list)
        self.counts: Counter[tuple[int, Key]] = Counter()
        for other, place in self.at.items():
            for one in taken(show, other, place):
                self.here[one].append(other)
            for party in show.pairs[other].both:
                self.counts.update((party, key) for key in keys_of(show, place))

    def reasons(self, place: Place, table: int | None, tables: Mapping[int, int]) -> list[Reason]:
        """Return why the meeting cannot begin in a place."""
        half_day, slot = place
        slots = self.show.taken(self.pair, slot)
        if slot < 0 or slots[-1] >= self.show.half_days[half_day].slots:
            return [Reason(Kind.OUTSIDE)]
        places = [(half_day, one) for one in slots]
        found = [
            *self._asked(place),
            *self._times(places),
            *self._limits(place),
            *self._rooms(places, table, tables),
            *self._order(place),
        ]
        return list(dict.fromkeys(found))

    def _asked(self, place: Place) -> Iterator[Reason]:
        fixed = as_places(self.show.fixed)
        if fixed.get(self.pair, place) != place:
            yield Reason(Kind.FIXED)
        if self.pair not in fixed and place[0] not in self.show.pairs[self.pair].half_days:
            yield Reason(Kind.UNWANTED)

    def _times(self, places: list[Place]) -> Iterator[Reason]:
        for party in self.both:
            if self.show.parties[party].away.intersection(places):
                yield Reason(Kind.AWAY, party)
            for other in (other for place in places for other in self.here[place]):
                if party in self.show.pairs[other].both:
                    yield Reason(Kind.BUSY, party, (other,))

    def _limits(self, place: Place) -> Iterator[Reason]:
        for party in self.both:
            for key in keys_of(self.show, place):
                most = limit(self.show, party, key)
                if most is not None and self.counts[party, key] >= most:
                    yield Reason(Kind.LIMIT, party, key=key)

    def _rooms(
        self, places: list[Place], table: int | None, tables: Mapping[int, int]
    ) -> Iterator[Reason]:
        rows = self.show.interpreter_rows
        for here in (self.here[place] for place in places):
            if len(here) >= self.show.tables:
                yield Reason(Kind.TABLES, others=tuple(sorted(here)))
            for other in here if table is not None else ():
                if tables.get(other) == table:
                    yield Reason(Kind.TABLE, others=(other,))
            for members, count in (rows[row] for row in self.show.interpreters_of[self.pair]):
                if len(users := sorted(members.intersection(here))) >= count:
                    yield Reason(Kind.INTERPRETER, others=tuple(users))

    def _order(self, place: Place) -> Iterator[Reason]:
        for earlier, later in self.show.before:
            if later == self.pair:
                first = self.at.get(earlier)
                if first is None or last(self.show, earlier, first) >= place:
                    yield Reason(Kind.ORDER, others=(earlier,))
            if earlier == self.pair and later in self.at:
                if self.at[later] <= last(self.show, earlier, place):
                    yield Reason(Kind.ORDER, others=(later,))
