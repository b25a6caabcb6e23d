"""What a measuring yields, and how a call is timed."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUNS = 30
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Timed:
    """One screen or call: milliseconds at the median and the 95th percentile, queries, answer.

    ``worked`` is the 95th percentile of the processor time of this process, SQLite's with it, and
    of PostgreSQL's own process for it: what a machine at rest would take, however busy this one is.
    """

    name: str
    p50: float
    p95: float
    worked: float
    queries: int
    kilobytes: float


@dataclass(frozen=True)
class Figure:
    """One number with its unit."""

    name: str
    value: float
    unit: str


def yardstick() -> Figure:
    """Time a loop that is always the same: a shared machine is now quicker, now slower."""
    started, total = time.perf_counter(), 0
    for number in range(5_000_000):
        total += number * number
    spent = time.perf_counter() - started
    return Figure("yardstick: five million squares added up", round(1000 * spent), "ms")


def timed(name: str, call: Callable[[], Any], *, answers: int = 200, runs: int = RUNS) -> Timed:
    """Call once to count the queries, then ``runs`` times against the clock.

    Raises SystemExit when the answer has another status, because a quick error measures nothing.
    """
    from django.db import connection  # noqa: PLC0415 (the environment is set first)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as captured:
        answer = call()
    # What only opens and closes transactions is no question to the database's tables.
    asked = [one for one in captured if not one["sql"].startswith(CONTROL)]
    if answer.status_code != answers:
        raise SystemExit(f"{name} answers {answer.status_code}: {answer.content[:500]!r}")
    spent = [_once(call) for _ in range(runs)]
    times, worked = (sorted(column) for column in zip(*spent, strict=True))
    size = 0 if answer.streaming else len(answer.content) / 1024
    p50 = statistics.median(times)
    p95, cpu = round(at(times, 0.95), 1), round(at(worked, 0.95), 1)
    return Timed(name, round(p50, 1), p95, cpu, len(asked), round(size, 1))


def at(times: list[float], share: float) -> float:
    """Return the value below which a share of the sorted times lies."""
    return times[min(len(times) - 1, round(share * len(times)))]


def _once(call: Callable[[], Any]) -> tuple[float, float]:
    started, worked = time.perf_counter(), _worked()
    call()
    return (time.perf_counter() - started) * 1000, (_worked() - worked) * 1000


def _worked() -> float:
    """Return the seconds of processor time spent so far, here and in PostgreSQL's process."""
    from django.db import connection  # noqa: PLC0415 (the environment is set first)

    spent = time.process_time()
    if connection.vendor == "postgresql" and connection.connection is not None:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        # A server on another machine cannot be seen; Linux tells nanoseconds.
        spent += int(told.read_text().split()[0]) / 1e9 if told.exists() else 0
    return spent
