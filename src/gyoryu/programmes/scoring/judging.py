"""One applicant's score of all its reviews, with the way it came, and what it is sorted by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from gyoryu.programmes.scoring.values import (
    Entrant,
    Fate,
    Line,
    Method,
    Place,
    Review,
    Rule,
    Scored,
    Tie,
    Trace,
)

PLACES = Decimal("0.0001")
# With fewer scores than this there is no highest and lowest that could be left out.
TRIMMED_LEAST = 3


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
class Judged:
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
        """How many reviews stand."""
        return sum(one.fate is not Fate.RECUSED for one in self.trace.scores)

    def line(self, place: Place, number: int | None) -> Line:
        """Return the applicant's line at this place, with this rank."""
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


def judged(rule: Rule, entrant: Entrant) -> Judged:
    """Score an applicant under a call's rule."""
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
    return Judged(entrant, trace, score, spread, flagged, enough, order)


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
