"""The worker: takes what waits, does what comes round by the clock, and shows that it is alive.

One runs beside the web in its process, any number in processes of their own (`./gyoryu manage
work`). Nothing here knows what the work is.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import translation
from django.utils.translation import gettext_noop as _

from gyoryu.jobs import adapters, queries
from gyoryu.jobs.actions import rounds, working
from gyoryu.jobs.actions.hand import Hand, Lost, holding
from gyoryu.jobs.actions.rounds import Ended
from gyoryu.jobs.models import Job
from gyoryu.web import clock

log = logging.getLogger(__name__)
IDLE = 1.0  # seconds between two looks for work
AWAY = 5.0  # seconds to wait when the database does not answer


@dataclass(frozen=True)
class Turn:
    """Something that comes round: its label, the seconds between runs, and what it does.

    ``run`` returns how much it did. It must be safe to run twice and beside another worker.
    """

    name: str
    every: int
    run: Callable[[], int]


HOUSEKEEPING = [
    Turn(
        _("Work of dead workers given back"),
        10,
        lambda: working.give_back(by=None, at=clock.machine()),
    ),
    Turn(
        _("Old jobs deleted"),
        3600,
        lambda: working.prune(by=None, at=clock.machine()) + adapters.sweep(),
    ),
]


class Worker:
    """Carries out jobs in one thread, rounds in another, and gives signs of life in a third."""

    def __init__(
        self, turns: Iterable[Turn] = (), say: Callable[[str], object] = log.debug
    ) -> None:
        place = f"{socket.gethostname()[:40]}:{os.getpid()}"
        self.name = f"{place}:{secrets.token_hex(4)}"
        self.turns, self.say = list(turns), say
        self.stop, self._over = threading.Event(), threading.Event()
        self.threads: list[threading.Thread] = []
        self._hand: Hand | None = None
        self._turn = ""
        # When each round is due, as far as is known: nobody ever puts one forward.
        self._due: dict[str, datetime] = {}
        self._beaten: datetime | None = None
        self._told = (0, 0)

    def start(self) -> None:
        """Begin to work beside whatever else this process does."""
        # The pulse goes on until what is in hand has ended.
        works = [(self._jobs, self.stop), (self._rounds, self.stop), (self._pulse, self._over)]
        for work in works:
            thread = threading.Thread(target=self._keep_on, args=work, daemon=True)
            thread.start()
            self.threads.append(thread)

    def end(self, patience: float) -> None:
        """Take nothing new, and give what is in hand some seconds; else its lease runs out."""
        self.stop.set()
        last = time.monotonic() + patience
        for thread in self.threads[:-1]:
            thread.join(max(0, last - time.monotonic()))
        self._over.set()
        for thread in self.threads[-1:]:
            thread.join(1)

    def _keep_on(self, work: Callable[[], float], stop: threading.Event) -> None:
        """Do a step over and over; it returns how many seconds to rest. Nothing ends it but us."""
        while not stop.is_set():
            close_old_connections()
            try:
                rest = work()
            except DatabaseError:
                log.exception("The database does not answer")
                rest = AWAY
            except Exception:
                log.exception("A worker's step failed")
                rest = AWAY
            stop.wait(rest)
        connection.close()

    def _jobs(self) -> float:
        return 0 if self.one() else IDLE

    def one(self) -> Job | None:
        """Carry out the next waiting job, if there is one; return it."""
        found = working.claim(self.name, by=None, at=clock.machine())
        if found is None:
            return None
        job, self._hand = found
        self._hand.show = adapters.teller()
        try:
            self._carry_out(job, self._hand)
        finally:
            self._hand = None
            adapters.take_down(job.pk)
        return job

    def _carry_out(self, job: Job, hand: Hand) -> None:
        try:
            with holding(hand), translation.override(job.by.language if job.by else "ko"):
                task: Any = job.result.task
                answer = task.call(*job.result.args_kwargs["args"])
        except Lost:
            log.warning("job %s was given to another worker", job.pk)
        except Exception as trouble:
            log.exception("job %s failed", job.pk)
            working.fail(job, hand, trouble, by=None, at=clock.machine())
        else:
            working.succeed(hand, _plain(answer), by=None, at=clock.machine())
            self.say(f"job {job.pk} done")

    def _rounds(self) -> float:
        for turn in self.turns:
            due = self._due.get(turn.name)
            if not self.stop.is_set() and (due is None or due <= clock.machine()):
                self.take(turn)
                self._due[turn.name] = queries.next_turn(turn.name)
        return IDLE

    def take(self, turn: Turn, *, now: bool = False) -> str | None:
        """Take a turn if it is due, or ``now``, and nobody else's; return what went wrong."""
        if not rounds.claim(turn.name, self.name, now=now, by=None, at=clock.machine()):
            return None
        self._turn, did, trouble = turn.name, 0, ""
        try:
            did = turn.run()
        # Whatever it was, the other rounds must go on; the trace tells the operator.
        except Exception as wrong:
            log.exception("%s: failed", turn.name)
            trouble = type(wrong).__name__
            self.say(f"{turn.name}: failed, {wrong!r}")
        finally:
            self._turn = ""
        every = timedelta(seconds=turn.every)
        if (now and not trouble) or did:
            self.say(f"{turn.name}: {did}")
        ended = Ended(did, trouble, every)
        rounds.end(turn.name, self.name, ended, by=None, at=clock.machine())
        return trouble

    def _pulse(self) -> float:
        """Renew what is in hand: a third of a lease has gone, or there is progress to tell."""
        hand, turn, at = self._hand, self._turn, clock.machine()
        beat = settings.LEASE / 3
        due = self._beaten is None or (at - self._beaten).total_seconds() >= beat
        told = (hand.job, hand.reports) if hand else self._told
        if hand and (due or told != self._told):
            if not working.renew(hand, self.name, by=None, at=at):
                hand.lost.set()
            self._told = told
        if turn and due:
            rounds.renew(turn, self.name, by=None, at=at)
        if due:
            self._beaten = at
        return min(IDLE, beat)


def _plain(answer: Any) -> Any:
    """Keep a task's answer when it is plain JSON; other answers are nobody's to read."""
    return answer if isinstance(answer, str | int | bool | list | dict | None) else None


def run_waiting(most: int = 1000) -> int:
    """Carry out everything that waits, here and now; return how many jobs that was."""
    worker = Worker()
    count = 0
    while count < most and worker.one():
        count += 1
    return count
