"""Who gets a place: by track and in all, with the ties that stand across the last of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from gyoryu.programmes.scoring.judging import Judged
from gyoryu.programmes.scoring.values import Line, Place, Rule


class Rooms:
    """How many places are left, by track and in all."""

    def __init__(self, rule: Rule) -> None:
        self.tracks = {one.key: one.places for one in rule.tracks if one.places is not None}
        self.all = rule.places

    def pool(self, track: int | None) -> int | None:
        """Return the pool an applicant is in: its track's, or that of all others."""
        return track if track in self.tracks else None

    def _left(self, pool: int | None, most: int) -> int:
        return most if pool is None else self.tracks.get(pool, most)

    def take(self, wanted: dict[int | None, int]) -> tuple[dict[int | None, int], int | None]:
        """Take places for a group of equals; return how many fit by pool, and in all if fewer."""
        fits = {pool: min(n, self._left(pool, n)) for pool, n in wanted.items() if n}
        total, short = sum(fits.values()), None
        if self.all is not None and total > self.all:
            short, total = self.all, self.all
        for pool, n in fits.items():
            if pool is not None:
                self.tracks[pool] -= n
        if self.all is not None:
            self.all -= total
        return fits, short


@dataclass(frozen=True)
class Seated:
    """A group of equals who pass, by pool, with how many of each pool fit, or in all if fewer."""

    number: int
    pools: dict[int | None, list[Judged]]
    fits: dict[int | None, int]
    short: int | None

    def place(self, pool: int | None, chosen: frozenset[int], key: int) -> Place:
        """Say what becomes of an applicant in the group."""
        if self.fits.get(pool, 0) == 0 or self.short == 0:
            return Place.RESERVE
        if self.short is None and self.fits[pool] == len(self.pools[pool]):
            return Place.SELECTED
        if key in chosen:
            return Place.SELECTED
        return Place.RESERVE if self._settled(pool, chosen) else Place.EDGE

    def _settled(self, pool: int | None, chosen: frozenset[int]) -> bool:
        """Tell whether the officer has filled the places that this tie stood across."""
        return self.left(pool, chosen) == 0

    def left(self, pool: int | None, chosen: frozenset[int]) -> int:
        """Return how many places of a contested pool are not given to anybody yet."""
        within = self.pools if self.short is not None else {pool: self.pools[pool]}
        taken = sum(one.entrant.key in chosen for own in within.values() for one in own)
        room = self.short if self.short is not None else self.fits[pool]
        return max(room - taken, 0)


def _seated(rule: Rule, numbered: list[tuple[int, list[Judged]]]) -> Iterator[Seated]:
    rooms = Rooms(rule)
    for number, group in numbered:
        pools: dict[int | None, list[Judged]] = {}
        for one in group:
            if one.score is not None and one.score >= rule.threshold:
                pools.setdefault(rooms.pool(one.entrant.track), []).append(one)
        fits, short = rooms.take({pool: len(own) for pool, own in pools.items()})
        yield Seated(number, pools, fits, short)


def placed(rule: Rule, numbered: list[tuple[int, list[Judged]]]) -> Iterator[Line]:
    """Yield the lines of groups of equals, best first, each with its place."""
    for (number, group), seated in zip(numbered, _seated(rule, numbered), strict=True):
        place_of = {
            one.entrant.key: seated.place(pool, rule.chosen, one.entrant.key)
            for pool, own in seated.pools.items()
            for one in own
        }
        for one in group:
            yield one.line(place_of.get(one.entrant.key, Place.BELOW), number)


def room(
    rule: Rule, numbered: list[tuple[int, list[Judged]]]
) -> tuple[tuple[int | None, int], ...]:
    """Return how many of those at an edge still fit, by pool; in all under None."""
    found: dict[int | None, int] = {}
    for seated in _seated(rule, numbered):
        for pool, own in seated.pools.items():
            edge = [
                one for one in own if seated.place(pool, rule.chosen, one.entrant.key) is Place.EDGE
            ]
            if edge:
                key = None if seated.short is not None else pool
                found[key] = seated.left(pool, rule.chosen)
    return tuple(sorted(found.items(), key=lambda one: (one[0] is None, one[0] or 0)))


def reserves(rule: Rule, lines: list[Line]) -> Iterator[Line]:
    """Number the reserve lists: each pool has its own, and equals share a number."""
    rooms, seen = Rooms(rule), dict[int | None, tuple[int, int, int]]()
    for line in lines:
        if line.place is not Place.RESERVE:
            yield line
            continue
        pool = rooms.pool(line.track)
        count, number, before = seen.get(pool, (0, 0, 0))
        number = number if before == line.rank else count + 1
        seen[pool] = (count + 1, number, line.rank or 0)
        yield Line(**{**line.__dict__, "reserve": number})
