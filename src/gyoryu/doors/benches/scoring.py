"""Ranking a large call: 2,000 applications judged by seven members each, by every method.

By the engine alone, which is plain Python, and once more with the database: all reviews read.
"""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from gyoryu.doors.benches.values import Figure
from gyoryu.programmes import scoring
from gyoryu.programmes.balancing import Entry, balance

APPLICATIONS, REVIEWERS, CRITERIA, SEED = 2_000, 7, 5, 20310601
START = datetime(2025, 3, 3, tzinfo=UTC)


def measure() -> Iterator[Figure]:
    """Rank by each method, then share the same applications out."""
    entrants = _entrants()
    for method in scoring.Method:
        rule = scoring.Rule(
            method, Decimal(60), 3, Decimal(20), scoring.Tie.CRITERIA,
            tuple(range(CRITERIA)), 300, (scoring.Track(1, 100), scoring.Track(2, None)),
        )  # fmt: skip
        started = time.perf_counter()
        ranking = scoring.rank(rule, entrants)
        took = time.perf_counter() - started
        assert len(ranking.lines) == APPLICATIONS
        name = f"{APPLICATIONS:,} applications of {REVIEWERS} reviews, {method.value}"
        yield Figure(name, round(took, 2), "s")
    yield from _from_database()
    started = time.perf_counter()
    balance([Entry(n, n % 2) for n in range(APPLICATIONS)], range(60), REVIEWERS, seed=SEED)
    yield Figure("share them out to 60 members", round(time.perf_counter() - started, 2), "s")


def _from_database() -> Iterator[Figure]:
    """Rank the filled call of a panel as its screens do, from the rows to the places."""
    from gyoryu.programmes.models import Call  # noqa: PLC0415 (the environment is set first)
    from gyoryu.programmes.queries import ranking  # noqa: PLC0415
    from gyoryu.sample.programmes.bulk_panel import NUMBER  # noqa: PLC0415

    call = Call.objects.get(number=NUMBER)
    started, worked = time.perf_counter(), time.process_time()
    standing = ranking.standing(call)
    told = f"{len(standing.lines):,} applications of {REVIEWERS} reviews, with the database"
    yield Figure(told, round(time.perf_counter() - started, 2), "s")
    yield Figure("  of this processor time", round(time.process_time() - worked, 2), "s")


def _entrants() -> list[scoring.Entrant]:
    lots = random.Random(SEED)  # noqa: S311 (figures to be repeated, no secret)
    return [
        scoring.Entrant(
            key,
            START + timedelta(seconds=lots.randrange(10_000)),
            tuple(
                scoring.Review(
                    reviewer,
                    tuple((one, Decimal(lots.randrange(0, 41)) / 2) for one in range(CRITERIA)),
                    recused=lots.random() < 0.02,
                )
                for reviewer in range(REVIEWERS)
            ),
            lots.choice([1, 2]),
        )
        for key in range(APPLICATIONS)
    ]
