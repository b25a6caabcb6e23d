"""Which reviewers judge which applicants: equal loads, no known conflict, tracks spread.

Plain Python, and the same answer for the same seed.
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """An applicant that needs reviewers; ``reviewers`` are those who have it already."""

    key: int
    track: int | None = None
    reviewers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Plan:
    """Who gets whom (reviewer, applicant), and the applicants that lack some, with how many."""

    pairs: tuple[tuple[int, int], ...]
    short: tuple[tuple[int, int], ...]


def balance(
    entries: Iterable[Entry],
    reviewers: Iterable[int],
    each: int,
    conflicts: frozenset[tuple[int, int]] = frozenset(),
    *,
    seed: int = 0,
) -> Plan:
    """Give every applicant ``each`` reviewers, counting those it has.

    The applicants with the fewest possible reviewers choose first; among the reviewers the one
    with the least to do is taken, then the one with the least of this track, then by lot.
    ``conflicts`` are pairs (reviewer, applicant) that are never made.
    """
    people = sorted(set(reviewers))
    lots = random.Random(seed)  # noqa: S311 (a fair and repeatable order, no secret)
    lots.shuffle(people)
    rows = sorted(entries, key=lambda one: one.key)
    load = Counter(one for row in rows for one in row.reviewers)
    within = Counter((one, row.track) for row in rows for one in row.reviewers)
    open_to = {row.key: [p for p in people if _may(p, row, conflicts)] for row in rows}
    lots.shuffle(rows)
    rows.sort(key=lambda row: len(open_to[row.key]))
    pairs, short = [], []
    for row in rows:
        wanted = max(each - len(row.reviewers), 0)
        order = {one: place for place, one in enumerate(people)}
        best = sorted(
            open_to[row.key],
            key=lambda one, row=row, order=order: (load[one], within[one, row.track], order[one]),  # type: ignore[misc]
        )[:wanted]
        for one in best:
            load[one] += 1
            within[one, row.track] += 1
            pairs.append((one, row.key))
        if len(best) < wanted:
            short.append((row.key, wanted - len(best)))
        lots.shuffle(people)
    return Plan(tuple(sorted(pairs)), tuple(sorted(short)))


def _may(reviewer: int, row: Entry, conflicts: frozenset[tuple[int, int]]) -> bool:
    return reviewer not in row.reviewers and (reviewer, row.key) not in conflicts
