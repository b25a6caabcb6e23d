"""Approvals a second, through the action of the screens, by several processes at once.

Claims are approved that wait for a decision in the filled database; a second figure has everybody
at one award, where each movement waits for the one before.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from gyoryu.doors.benches.values import Figure

HANDS, SECONDS = 4, 8
DIED = (
    '{"done": 0, "refused": 0, "spent": 1, "processor": 0, "served": 0, "wrong": "a process died"}'
)
MOST = 20_000


def measure() -> Iterator[Figure]:
    """Let the hands loose on many awards, then on one; tell what came through."""
    from gyoryu.programmes.queries import ledger  # noqa: PLC0415 (the environment is set first)

    claims = _waiting()
    shares = [claims[hand::HANDS] for hand in range(HANDS)]
    yield Figure("processes", HANDS, "")
    told = _together([_approving(share) for share in shares])
    yield from _told("approvals a second, many awards", told)
    told = _together([_moving(_hot(), hand) for hand in range(HANDS)])
    yield from _told("movements a second, one award", told)
    yield Figure(
        "counters that are not the sum of their entries", sum(1 for _ in ledger.faults()), ""
    )


def _told(name: str, told: list[dict[str, Any]]) -> Iterator[Figure]:
    done, refused = (sum(one[what] for one in told) for what in ("done", "refused"))
    yield Figure(name, done / max(one["spent"] for one in told), "/s")
    yield Figure("  of these refused with a reason", refused, "")
    # What it would take on a machine that is free.
    for part, what in (("hand", "processor"), ("database's process", "served")):
        spent = 1000 * sum(one[what] for one in told) / max(done + refused, 1)
        yield Figure(f"  processor time of one, {part}", spent, "ms")
    if wrong := {one["wrong"] for one in told} - {""}:
        raise SystemExit(f"a movement went wrong: {wrong.pop()}")


def _waiting() -> list[int]:
    from gyoryu.programmes.models import Claim  # noqa: PLC0415

    rows = Claim.objects.filter(status="submitted", voided_at=None).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def _hot() -> int:
    """The heading with the most room left: everybody moves one won under it at a time."""
    from django.db.models import F  # noqa: PLC0415

    from gyoryu.programmes.models import Ceiling  # noqa: PLC0415

    rows = Ceiling.objects.filter(level="category", parent__level="award")
    rows = rows.annotate(left=F("parent__limit") - F("parent__committed"))
    return rows.order_by("-left", "pk").values_list("pk", flat=True)[0]


Step = Callable[[], bool]


def _approving(claims: list[int]) -> Callable[[], Step]:
    """Return what a hand does: approve its next claim as an office would."""

    def begin() -> Step:
        from gyoryu.base.refused import Refused  # noqa: PLC0415
        from gyoryu.programmes.actions import decisions  # noqa: PLC0415
        from gyoryu.programmes.models import Claim  # noqa: PLC0415

        # As an office has them before it, with their units, by which the right is asked.
        left = iter(Claim.objects.select_related("unit").filter(pk__in=claims).order_by("pk"))

        def step() -> bool:
            claim = next(left)
            try:
                decisions.approve(claim, by=None, at=datetime.now(UTC))
            except Refused:
                return False
            return True

        return step

    return begin


def _moving(ceiling: int, hand: int) -> Callable[[], Step]:
    def begin() -> Step:
        from gyoryu.base.refused import Refused  # noqa: PLC0415
        from gyoryu.programmes.actions import ledger  # noqa: PLC0415
        from gyoryu.programmes.models import Ceiling  # noqa: PLC0415
        from gyoryu.programmes.rules.money import Movement  # noqa: PLC0415

        row, number, at = Ceiling.objects.get(pk=ceiling), count(), datetime.now(UTC)

        def step() -> bool:
            key = f"bench/{os.getpid()}/{hand}/{next(number)}"
            try:
                ledger.move(Movement(row, "approved", 1, key, at.date()), by=None, at=at)
            except Refused:
                return False
            return True

        return step

    return begin


def _together(hands: list[Callable[[], Step]]) -> list[dict[str, Any]]:
    """Carry out each in a process of its own for a while; return what each of them tells."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    start, lines = time.monotonic() + 1, []
    for begin in hands:
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            _work(begin, start, writing)
        os.close(writing)
        lines.append(reading)
    told = []
    for reading in lines:
        with os.fdopen(reading) as line:
            told.append(json.loads(line.read() or DIED))
        os.wait()
    return told


def _served() -> float:
    """Seconds of processor time of this hand's process in PostgreSQL, if it runs here."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        place = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not place.exists():
        return 0.0
    user, system = place.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _work(begin: Callable[[], Step], start: float, writing: int) -> None:
    done = refused = 0
    wrong, started, processor, served = "", start, 0.0, 0.0
    try:
        step = begin()
        time.sleep(max(start - time.monotonic(), 0))
        served = _served()
        started, processor = time.monotonic(), time.process_time()
        while time.monotonic() < started + SECONDS:
            if step():
                done += 1
            else:
                refused += 1
    except StopIteration:
        pass
    except Exception as trouble:  # told by the parent, which alone may end the measuring
        wrong = repr(trouble)
    told = {"done": done, "refused": refused, "wrong": wrong}
    told |= {"spent": time.monotonic() - started, "processor": time.process_time() - processor}
    told["served"] = _served() - served
    with os.fdopen(writing, "w") as line:
        json.dump(told, line)
    sys.stdout.flush()
    os._exit(0)
