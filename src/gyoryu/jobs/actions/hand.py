"""The job in a worker's hand: how far it is, and whether the worker still holds it."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gyoryu.accounts.models import User


class Lost(Exception):
    """The job was given to another worker meanwhile; what this one did must not be kept."""


@dataclass
class Hand:
    """A claim on one job. ``claimed_at`` is its token: a later claim carries a later time."""

    job: int
    result: UUID
    claimed_at: datetime
    lost: threading.Event = field(default_factory=threading.Event)
    done: int = 0
    total: int = 0
    doing: tuple[str, str] = ("", "")
    # Counted up with each report, so that what was written already is not written again.
    reports: int = 0
    # Who is told at once, besides the row that the heart-beat writes when the database lets it.
    show: "Callable[[Hand], None] | None" = None

    def row(self) -> dict[str, object]:
        """The condition under which the task's row is still this worker's."""
        return {
            "pk": self.result,
            "status": TaskResultStatus.RUNNING,
            "started_at": self.claimed_at,
        }


_HAND: ContextVar[Hand | None] = ContextVar("job in hand", default=None)


@contextlib.contextmanager
def holding(hand: Hand) -> Iterator[None]:
    """Carry out what is inside as this job."""
    token = _HAND.set(hand)
    try:
        yield
    finally:
        _HAND.reset(token)


def in_both(text: object) -> tuple[str, str]:
    """Return a lazily translated text in Korean and in English."""
    found = []
    for language in ("ko", "en"):
        with translation.override(language):
            found.append(str(text))
    return found[0], found[1]


def report(done: int, total: int = 0, doing: object = "") -> None:
    """Tell how far the job in hand is: ``done`` of ``total`` steps, and what is being done.

    Costs no query: the heart-beat writes it, once a second at most. Raises ``Lost`` when the job is
    another's by now. Outside a job it does nothing, so that the same function serves a command.
    """
    hand = _HAND.get()
    if hand is None:
        return
    if hand.lost.is_set():
        raise Lost
    hand.done, hand.total = done, total or hand.total
    if doing:
        hand.doing = in_both(doing)
    hand.reports += 1
    if hand.show is not None:
        hand.show(hand)


def finish(*, by: User | None, at: datetime) -> None:
    """Mark the job in hand done, inside the task's own transaction, as its last statement.

    Then the work and its being done are one: what was committed is never done again, and a worker
    that lost its lease meanwhile raises ``Lost`` here, which rolls its work back. Outside a job it
    does nothing.
    """
    hand = _HAND.get()
    if hand is None:
        return
    done = DBTaskResult.objects.filter(**hand.row()).update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=at
    )
    if not done:
        raise Lost


def job_in_hand() -> int | None:
    """Return the number of the job being carried out, if one is."""
    hand = _HAND.get()
    return hand.job if hand else None
