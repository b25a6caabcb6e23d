"""Timetables: published instances beside published times, and generated shows beside booking tools.

A line for each instance and seed tells the breaks and status found, what is published, and the
seconds by the clock and of processor time; ``wrong`` marks what differs. The shows are invented.
"""

import csv
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gyoryu.doors.benches.values import Figure
from gyoryu.trade.timetable import (
    auditing,
    checking,
    first_come,
    planning,
    reading,
    replanning,
    selection,
    solving,
)
from gyoryu.trade.timetable.show import HalfDay, Held, Pair, Party, Show
from gyoryu.trade.timetable.values import Limits, Problem, Status

SEEDS = (1, 2, 3)
SECONDS = 60.0
PLANNING = 150.0
# Exhibitors, buyers, half-days, slots in each.
SHOWS = ((26, 150, 4, 6), (100, 1_000, 6, 6), (500, 3_000, 6, 5))


def measure(instances: str = "") -> Iterator[Figure]:
    """Solve the instances of a folder, if one is named, and plan the shows."""
    if instances:
        yield from _published(Path(instances))
    for size in SHOWS:
        yield from _planned(size)


def _published(folder: Path) -> Iterator[Figure]:
    rows = _rows(folder)
    theirs = sum(float(row["maxsat_s"]) for row in rows)
    for seed in SEEDS:
        ours = worked = 0.0
        for row in rows:
            problem = reading.read(
                (folder / f"{row['instance']}.dzn").read_text(), fairness=int(row["d"])
            )
            started = time.process_time()
            found = solving.solve(problem, Limits(SECONDS, seed=seed))
            spent = time.process_time() - started
            ours, worked = ours + found.seconds, worked + spent
            said = _said(found.status, found.value)
            wrong = "" if _agrees(problem, found.slots, said, row["optimum"]) else " WRONG"
            name = f"{row['instance']} d={row['d']}: {said} ({row['optimum']}){wrong}"
            yield Figure(name, found.seconds, f"s, {spent:.1f} worked, {row['maxsat_s']} published")
        yield Figure(
            f"all {len(rows)}, seed {seed}", ours, f"s, {worked:.0f} worked, {theirs:.0f} published"
        )


def _rows(folder: Path) -> list[dict[str, str]]:
    """Return the published table, which lies in the folder or beside it."""
    for place in (folder, folder.parent):
        if (place / "published.csv").exists():
            with (place / "published.csv").open(newline="") as lines:
                return list(csv.DictReader(lines))
    raise SystemExit(f"there is no published.csv in {folder} or beside it")


def _said(status: Status, value: int | None) -> str:
    if status == Status.INFEASIBLE:
        return "-"
    return str(value) if status == Status.OPTIMAL else f"{value} unproven"


def _agrees(problem: Problem, slots: tuple[int, ...], said: str, published: str) -> bool:
    if said != published:
        return False
    return said == "-" or (
        not checking.faults(problem, slots) and sum(checking.breaks(problem, slots)) == int(said)
    )


def _planned(size: tuple[int, int, int, int]) -> Iterator[Figure]:
    name, show = f"{size[0]} x {size[1]}", made(*size)
    started = time.process_time()
    plan = planning.plan(show, Limits(PLANNING))
    spent = time.process_time() - started
    if faults := auditing.faults(show, plan.held):
        raise SystemExit(f"{name}: {faults[0]}")
    yield Figure(f"{name}: planned", plan.seconds, f"s, {spent:.1f} worked")
    yield from _figures(name, show, plan.held, plan.bound)
    yield Figure(f"{name}: breaks proven to be needed", plan.least_breaks, "breaks")
    yield from _figures(f"{name}, first come", show, first_come.book(show), plan.bound)
    yield from _cancelled(name, show, plan.held)


def _figures(name: str, show: Show, held: tuple[Held, ...], bound: float) -> Iterator[Figure]:
    told = planning.assess(show, list(held), bound)
    share = 100 * told.value / bound
    yield Figure(f"{name}: value", told.value, f"of {bound:,.1f}: {share:.2f} %")
    yield Figure(f"{name}: meetings", len(held), f"in {told.half_days:,} half-days of buyers")
    yield Figure(f"{name}: breaks", told.breaks, f"of {told.idle:,} idle slots")


def _cancelled(name: str, show: Show, published: tuple[Held, ...]) -> Iterator[Figure]:
    """Let the buyer with most meetings stay away, and then the exhibitor."""
    met = Counter(party for one in published for party in show.pairs[one.pair].both)
    for kind, stays in (("buyer", False), ("exhibitor", True)):
        gone = max(
            (party for party, one in enumerate(show.parties) if one.stays == stays),
            key=lambda party: met[party],
        )
        changed = without(show, gone)
        left = tuple(one for one in published if gone not in show.pairs[one.pair].both)
        started = time.process_time()
        change = replanning.replan(changed, left, Limits(60.0))
        spent = time.process_time() - started
        value = selection.worth(show, (one.pair for one in change.held))
        share = 100 * value / selection.bound_of(changed)
        moved = f"{len(change.moved)} moved, {len(change.added)} added, {share:.2f} % of the bound"
        yield Figure(
            f"{name}: without one {kind}", change.seconds, f"s, {spent:.1f} worked, {moved}"
        )


def without(show: Show, gone: int) -> Show:
    """Return the show when a party does not come."""
    away = frozenset(
        (at, slot) for at, half in enumerate(show.half_days) for slot in range(half.slots)
    )
    parties = list(show.parties)
    parties[gone] = replace(parties[gone], away=away)
    return replace(show, parties=tuple(parties))


def made(exhibitors: int, buyers: int, half_days: int, slots: int, seed: int = 1) -> Show:
    """Return an invented show: who is away when, and who asks for whom, mostly in its own trade."""
    chance = random.Random(seed)  # noqa: S311 (the same show every time, no secret)
    count = exhibitors + buyers
    trades = [chance.randrange(max(4, exhibitors // 8)) for _ in range(count)]
    parties = [
        _exhibitor(chance, number, half_days, slots)
        if number < exhibitors
        else _buyer(chance, number - exhibitors, half_days, slots)
        for number in range(count)
    ]
    halves = tuple(
        HalfDay(f"day {at // 2 + 1} {part}", at // 2, part, slots)
        for at in range(half_days)
        for part in (("morning", "afternoon")[at % 2],)
    )
    worth: Counter[tuple[int, int]] = Counter()
    for one in range(exhibitors):
        for other in range(exhibitors, count):
            alike = trades[one] == trades[other]
            if chance.random() < 48 / buyers * (2.5 if alike else 1):
                worth[one, other] += chance.randint(1, 5)
            if chance.random() < 4.8 / exhibitors * (3 if alike else 1):
                worth[one, other] += chance.randint(1, 5)
    everywhere = frozenset(range(half_days))
    pairs = tuple(Pair(*both, value, everywhere) for both, value in sorted(worth.items()))
    return Show(halves, tuple(parties), pairs, exhibitors)


def _exhibitor(chance: random.Random, number: int, half_days: int, slots: int) -> Party:
    away = _some(chance, (0, 0, 0, 1, 2), half_days, slots)
    return Party(f"Exhibitor {number + 1}", frozenset(away), stays=True)


def _buyer(chance: random.Random, number: int, half_days: int, slots: int) -> Party:
    away = _some(chance, (0, 0, 1, 2), half_days, slots)
    for half_day in range(half_days):
        if chance.random() < 0.25:
            away |= {(half_day, slot) for slot in range(slots)}
    return Party(
        f"Buyer {number + 1}",
        frozenset(away),
        most=chance.choice((6, 8, 10, 12)),
        most_a_half_day=chance.choice((None, 4)),
    )


def _some(
    chance: random.Random, counts: tuple[int, ...], half_days: int, slots: int
) -> set[tuple[int, int]]:
    return {
        (chance.randrange(half_days), chance.randrange(slots)) for _ in range(chance.choice(counts))
    }
