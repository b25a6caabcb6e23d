"""From a panel's points to a ranking, exactly, with the way each figure came.

Plain Python. Sums and quotients are fractions; the figure that ranks is rounded half up to four
places, because it is the one that stands on the sheet and can be worked out again from it.
Whoever is asked in which order never matters: reviewers and applicants are put in order first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

PLACES = Decimal("0.0001")
# With fewer scores than this there is no highest and lowest that could be left out.
TRIMMED_LEAST = 3


class Method(StrEnum):
    """How the scores of a panel become one."""

    MEAN = "mean"
    TRIMMED = "trimmed"
    MEDIAN = "median"


class Tie(StrEnum):
    """What is looked at when two have the same score; who is equal in that too shares a rank."""

    CRITERIA = "criteria"
    EARLIER = "earlier"
    SHARED = "shared"


class Fate(StrEnum):
    """What became of one reviewer's total."""

    COUNTED = "counted"
    HIGHEST = "highest"
    LOWEST = "lowest"
    RECUSED = "recused"


class Place(StrEnum):
    """What the ranking makes of an applicant."""

    SELECTED = "selected"
    EDGE = "edge"
    RESERVE = "reserve"
    BELOW = "below"
    UNRANKED = "unranked"


@dataclass(frozen=True)
class Track:
    """A part of a call with places of its own; ``places`` none: as many as the call has."""

    key: int
    places: int | None


@dataclass(frozen=True)
class Rule:
    """How a call ranks. ``criteria`` in the order in which they decide ties.

    A criterion weighs what its most points weigh: a total is the plain sum. ``places`` is how many
    are selected in all, none: as many as the tracks have, or everybody who passes. ``chosen`` are
    those whom the officer let in where a tie stood across the last places.
    """

    method: Method
    threshold: Decimal
    least: int
    spread_most: Decimal
    tie: Tie
    criteria: tuple[int, ...]
    places: int | None = None
    tracks: tuple[Track, ...] = ()
    chosen: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Review:
    """One reviewer's points by criterion, handed in; ``recused`` when it no longer counts."""

    reviewer: int
    points: tuple[tuple[int, Decimal], ...]
    recused: bool = False

    @property
    def total(self) -> Decimal:
        """The sum of the points."""
        return sum((points for _key, points in self.points), Decimal(0))


@dataclass(frozen=True)
class Entrant:
    """An applicant with the reviews that were handed in."""

    key: int
    submitted_at: datetime
    reviews: tuple[Review, ...]
    track: int | None = None


@dataclass(frozen=True)
class Scored:
    """A reviewer's total in the trace, and what became of it."""

    reviewer: int
    total: Decimal
    fate: Fate


@dataclass(frozen=True)
class Trace:
    """How a score came: ``method`` really used on ``scores``; ``sum`` over ``divisor``.

    ``untrimmed`` tells that nothing was left out because there were fewer than three scores.
    """

    method: Method
    scores: tuple[Scored, ...]
    sum: Decimal
    divisor: int
    criteria: tuple[tuple[int, Decimal], ...]
    untrimmed: bool = False


@dataclass(frozen=True)
class Line:
    """An applicant's line: ``rank`` among all, ``reserve`` on the reserve list of its pool.

    ``counted`` is how many reviews stand; ``spread`` lies between their highest and lowest.
    """

    key: int
    track: int | None
    place: Place
    counted: int
    score: Decimal | None
    rank: int | None
    reserve: int | None
    spread: Decimal | None
    flagged: bool
    trace: Trace


@dataclass(frozen=True)
class Ranking:
    """The whole ranking: lines in rank order, those without a rank last.

    ``room`` is how many of those at the edge still fit, by track (None: without a track).
    """

    rule: Rule
    lines: tuple[Line, ...]
    room: tuple[tuple[int | None, int], ...]

    def at(self, place: Place) -> tuple[Line, ...]:
        """Return the lines with this place."""
        return tuple(line for line in self.lines if line.place is place)


def rank(rule: Rule, entrants: Iterable[Entrant]) -> Ranking:
    """Rank the applicants of a call under its rule."""
    judged = sorted((_judged(rule, one) for one in entrants), key=lambda one: one.order)
    ranked = [one for one in judged if one.enough]
    numbered: list[tuple[int, list[_Judged]]] = []
    before = 0
    for _order, same in groupby(ranked, key=lambda one: one.order[:-1]):
        group = list(same)
        numbered.append((before + 1, group))
        before += len(group)
    lines = list(_placed(rule, numbered))
    lines += [one.line(Place.UNRANKED, None) for one in judged if not one.enough]
    return Ranking(rule, tuple(_reserves(rule, lines)), _room(rule, numbered))


def combined(method: Method, values: Iterable[Decimal]) -> tuple[Decimal, int]:
    """Return the sum and the divisor by which a method makes one score of several.

    ``trimmed`` leaves out one highest and one lowest, also where others are as high or as low;
    with fewer than three values it leaves out nothing. Without values it is 0 over 0.
    """
    found = sorted(values)
    if method is Method.TRIMMED and len(found) >= TRIMMED_LEAST:
        found = found[1:-1]
    if method is Method.MEDIAN and found:
        half = (len(found) - 1) // 2
        found = found[half : len(found) - half]
    return sum(found, Decimal(0)), len(found)


def score_of(total: Decimal, divisor: int) -> Decimal:
    """Divide exactly, and round half up to four places."""
    exact = Fraction(total) / divisor
    with localcontext() as context:
        context.prec = 50
        return (Decimal(exact.numerator) / exact.denominator).quantize(PLACES, ROUND_HALF_UP)


@dataclass(frozen=True)
class _Judged:
    """An applicant with its score; ``order`` sorts, and all of it but the key decides ties."""

    entrant: Entrant
    trace: Trace
    score: Decimal | None
    spread: Decimal | None
    flagged: bool
    enough: bool
    order: tuple[object, ...]

    @property
    def counted(self) -> int:
        return sum(one.fate is not Fate.RECUSED for one in self.trace.scores)

    def line(self, place: Place, number: int | None) -> Line:
        return Line(
            key=self.entrant.key,
            track=self.entrant.track,
            place=place,
            counted=self.counted,
            score=self.score if self.enough else None,
            rank=number,
            reserve=None,
            spread=self.spread,
            flagged=self.flagged,
            trace=self.trace,
        )


def _judged(rule: Rule, entrant: Entrant) -> _Judged:
    standing = [one for one in entrant.reviews if not one.recused]
    totals = [one.total for one in standing]
    total, divisor = combined(rule.method, totals)
    score = score_of(total, divisor) if divisor else None
    criteria = tuple((key, _criterion(rule, standing, key)) for key in rule.criteria)
    spread = max(totals) - min(totals) if totals else None
    enough = len(standing) >= max(rule.least, 1)
    trace = Trace(
        method=rule.method,
        scores=tuple(_fates(rule, entrant.reviews)),
        sum=total,
        divisor=divisor,
        criteria=criteria if standing else (),
        untrimmed=rule.method is Method.TRIMMED and 0 < len(standing) < TRIMMED_LEAST,
    )
    order = _order(rule, entrant, score if enough else None, criteria)
    flagged = spread is not None and spread > rule.spread_most
    return _Judged(entrant, trace, score, spread, flagged, enough, order)


def _criterion(rule: Rule, standing: list[Review], key: int) -> Decimal:
    """Return one criterion's score, by the same method over its own points."""
    own = [dict(one.points).get(key, Decimal(0)) for one in standing]
    total, divisor = combined(rule.method, own)
    return score_of(total, divisor) if divisor else Decimal(0)


def _order(
    rule: Rule,
    entrant: Entrant,
    score: Decimal | None,
    criteria: tuple[tuple[int, Decimal], ...],
) -> tuple[object, ...]:
    """Return what sorts an applicant: best first, those without a score last, the key at the end.

    The key only makes the order of equals the same every time; it never decides about a rank.
    """
    ties: tuple[object, ...] = ()
    if rule.tie is Tie.CRITERIA:
        ties = tuple(-points for _key, points in criteria)
    elif rule.tie is Tie.EARLIER:
        ties = (entrant.submitted_at,)
    return (score is None, -score if score is not None else Decimal(0), *ties, entrant.key)


def _fates(rule: Rule, reviews: tuple[Review, ...]) -> Iterator[Scored]:
    """Say of each total what became of it: of equals the one handed to whoever comes first."""
    standing = sorted(
        (one for one in reviews if not one.recused), key=lambda one: (one.total, one.reviewer)
    )
    fates = {one.reviewer: Fate.COUNTED for one in standing}
    if rule.method is Method.TRIMMED and len(standing) >= TRIMMED_LEAST:
        fates[standing[0].reviewer] = Fate.LOWEST
        fates[standing[-1].reviewer] = Fate.HIGHEST
    for one in sorted(reviews, key=lambda one: one.reviewer):
        yield Scored(one.reviewer, one.total, fates.get(one.reviewer, Fate.RECUSED))


class _Rooms:
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
class _Seated:
    """A group of equals who pass, by pool, with how many of each pool fit, or in all if fewer."""

    number: int
    pools: dict[int | None, list[_Judged]]
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


def _seated(rule: Rule, numbered: list[tuple[int, list[_Judged]]]) -> Iterator[_Seated]:
    rooms = _Rooms(rule)
    for number, group in numbered:
        pools: dict[int | None, list[_Judged]] = {}
        for one in group:
            if one.score is not None and one.score >= rule.threshold:
                pools.setdefault(rooms.pool(one.entrant.track), []).append(one)
        fits, short = rooms.take({pool: len(own) for pool, own in pools.items()})
        yield _Seated(number, pools, fits, short)


def _placed(rule: Rule, numbered: list[tuple[int, list[_Judged]]]) -> Iterator[Line]:
    for (number, group), seated in zip(numbered, _seated(rule, numbered), strict=True):
        place_of = {
            one.entrant.key: seated.place(pool, rule.chosen, one.entrant.key)
            for pool, own in seated.pools.items()
            for one in own
        }
        for one in group:
            yield one.line(place_of.get(one.entrant.key, Place.BELOW), number)


def _room(
    rule: Rule, numbered: list[tuple[int, list[_Judged]]]
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


def _reserves(rule: Rule, lines: list[Line]) -> Iterator[Line]:
    """Number the reserve lists: each pool has its own, and equals share a number."""
    rooms, seen = _Rooms(rule), dict[int | None, tuple[int, int, int]]()
    for line in lines:
        if line.place is not Place.RESERVE:
            yield line
            continue
        pool = rooms.pool(line.track)
        count, number, before = seen.get(pool, (0, 0, 0))
        number = number if before == line.rank else count + 1
        seen[pool] = (count + 1, number, line.rank or 0)
        yield Line(**{**line.__dict__, "reserve": number})
