"""What a ranking is told and what it tells: rules, reviews, applicants, lines."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


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
