"""A board beside the database on which the job in hand says how far it is.

While one transaction writes, SQLite lets nobody else write, not even how far it is. So it stands in
a small file of the data folder, put there whole by renaming. It is shown to whoever looks, and
decides nothing: whose the job is, and whether it is done, only the database knows.
"""

import contextlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from gyoryu.jobs.actions.hand import Hand
from gyoryu.jobs.models import Job

EVERY = 0.3  # seconds between two lines on the board
KEPT = 86_400  # seconds until what a dead worker left there is swept away


def board(job: int) -> Path:
    """Return the file in which a job's progress stands."""
    return Path(settings.DATA) / "progress" / f"{job}.json"


def teller() -> Callable[[Hand], None]:
    """Return what puts a job's progress on the board, a few times a second at most."""
    last: list[Any] = [0.0, ""]

    def tell(hand: Hand) -> None:
        now = time.monotonic()
        if now - last[0] < EVERY and last[1] == hand.doing[1]:
            return
        last[:] = [now, hand.doing[1]]
        _put(hand)

    return tell


def _put(hand: Hand) -> None:
    place = board(hand.job)
    said = {"claimed": hand.claimed_at.isoformat(), "done": hand.done, "total": hand.total,
            "ko": hand.doing[0], "en": hand.doing[1]}  # fmt: skip
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(said))
        beside.replace(place)
    except OSError:
        # A full or read-only disk must not stop the work; the bar stands still instead.
        return


def take_down(job: int) -> None:
    """Take off the board what a job has said; it is over, or another's."""
    with contextlib.suppress(OSError):
        board(job).unlink(missing_ok=True)


def sweep() -> int:
    """Delete what dead workers left on the board a day ago; return how much that was."""
    old = [one for one in board(0).parent.glob("*") if _age(one) > KEPT]
    for one in old:
        one.unlink(missing_ok=True)
    return len(old)


def _age(file: Path) -> float:
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return 0


def told(job: Job) -> Job:
    """Return a job with its progress as the board tells it, where that is newer than its row.

    Only what its present holder has said counts: a dead worker's words are nobody's.
    """
    if job.state != Job.State.RUNNING:
        return job
    said = _read(job.pk)
    begun = job.result.started_at
    if said and begun and said["claimed"] == begun.isoformat():
        job.done, job.total = said["done"], said["total"]
        job.doing_ko, job.doing_en = said["ko"], said["en"]
    return job


def _read(job: int) -> dict[str, Any] | None:
    try:
        said: dict[str, Any] = json.loads(board(job).read_text())
    except (OSError, ValueError):
        return None
    return said
