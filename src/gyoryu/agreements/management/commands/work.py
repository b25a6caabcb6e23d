"""./gyoryu manage work: what goes on by itself, once or for ever."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from gyoryu.accounts.actions import tokens
from gyoryu.agreements.actions import duties, lifecycle, reminders
from gyoryu.evidence import actions as evidence
from gyoryu.history import actions as history
from gyoryu.outbox import actions as outbox
from gyoryu.parties import actions as parties
from gyoryu.web import clock

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something that goes on by itself: its name, the seconds between runs, and what it does.

    ``run`` returns how much it did. It must be safe to run twice and beside another worker.
    """

    name: str
    every: int
    run: Callable[[], int]


HOUR, DAY = 3600, 86_400
# In this order, so that one round plans a duty, reminds of it and sends the letter.
JOBS = [
    Job("terms run out", HOUR, lambda: len(lifecycle.expire_due(**_today()))),
    Job("duties planned", HOUR, lambda: duties.plan_all(**_today())),
    Job("reminders queued", HOUR // 4, lambda: reminders.remind(**_today())),
    Job("letters sent", 20, lambda: outbox.send_waiting(by=None, at=clock.now())),
    Job("doubles looked for", DAY, lambda: parties.look_for_doubles(by=None, at=clock.now())),
    Job("entries sealed", 60, lambda: history.seal(by=None, at=clock.now())),
    Job("answers to programs forgotten", DAY, lambda: tokens.forget_answers(**_now())),
    # A file is younger than a day while the transaction that holds it may still be under way.
    Job("stray files deleted", DAY, lambda: len(evidence.sweep(by=None, before=_yesterday()))),
]


def _now() -> dict[str, Any]:
    return {"by": None, "at": clock.now()}


def _today() -> dict[str, Any]:
    return {"on": clock.today(), "by": None, "at": clock.now()}


def _yesterday() -> datetime:
    return clock.now() - timedelta(days=1)


class Command(BaseCommand):
    """Runs every job when its time has come; a job that fails is told of and tried again later."""

    help = (
        "Do what goes on by itself: terms, duties, reminders, letters, seals; --once does it once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --once."""
        parser.add_argument("--once", action="store_true", help="run every job once and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run all jobs once, or go on until the process is told to stop."""
        if options["once"]:
            failed = [job.name for job in JOBS if self.carry_out(job) is None]
            if failed:
                raise CommandError(f"Failed: {', '.join(failed)}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.go_on(stop)

    def go_on(self, stop: threading.Event, wait: float = 1.0) -> None:
        """Carry out each job when it is due, until told to stop; a job in hand is finished."""
        due = dict.fromkeys((job.name for job in JOBS), 0.0)
        while not stop.is_set():
            close_old_connections()
            for job in JOBS:
                if not stop.is_set() and time.monotonic() >= due[job.name]:
                    self.carry_out(job, quiet=True)
                    due[job.name] = time.monotonic() + job.every
            stop.wait(wait)

    def carry_out(self, job: Job, *, quiet: bool = False) -> int | None:
        """Run one job, say what it did and return how much; none if it failed."""
        try:
            count = job.run()
        except Exception as trouble:
            # Whatever it was, the other jobs must go on; the trace tells the operator.
            logger.exception("Job %s failed", job.name)
            self.stderr.write(f"{clock.now():%Y-%m-%d %H:%M} {job.name}: failed, {trouble!r}")
            return None
        if count or not quiet:
            self.stdout.write(f"{clock.now():%Y-%m-%d %H:%M} {job.name}: {count}")
        return count
