"""From a panel's points to a ranking, exactly, with the way each figure came.

Plain Python. Sums and quotients are fractions; the figure that ranks is rounded half up to four
places, because it is the one that stands on the sheet and can be worked out again from it.
Whoever is asked in which order never matters: reviewers and applicants are put in order first.
"""

from collections.abc import Iterable
from itertools import groupby

from gyoryu.programmes.scoring.judging import PLACES, Judged, combined, judged, score_of
from gyoryu.programmes.scoring.places import placed, reserves, room
from gyoryu.programmes.scoring.values import (
    Entrant,
    Fate,
    Line,
    Method,
    Place,
    Ranking,
    Review,
    Rule,
    Scored,
    Tie,
    Trace,
    Track,
)

__all__ = [
    "PLACES",
    "Entrant",
    "Fate",
    "Line",
    "Method",
    "Place",
    "Ranking",
    "Review",
    "Rule",
    "Scored",
    "Tie",
    "Trace",
    "Track",
    "combined",
    "rank",
    "score_of",
]


def rank(rule: Rule, entrants: Iterable[Entrant]) -> Ranking:
    """Rank the applicants of a call under its rule."""
    every = sorted((judged(rule, one) for one in entrants), key=lambda one: one.order)
    ranked = [one for one in every if one.enough]
    numbered: list[tuple[int, list[Judged]]] = []
    before = 0
    for _order, same in groupby(ranked, key=lambda one: one.order[:-1]):
        group = list(same)
        numbered.append((before + 1, group))
        before += len(group)
    lines = list(placed(rule, numbered))
    lines += [one.line(Place.UNRANKED, None) for one in every if not one.enough]
    return Ranking(rule, tuple(reserves(rule, lines)), room(rule, numbered))
