"""./gyoryu manage work: jobs, and what comes round by the clock, once or for ever."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gyoryu.base import memory
from gyoryu.insight import tasks
from gyoryu.jobs.models import Job
from gyoryu.jobs.tasks.worker import Worker
from gyoryu.web import clock

PATIENCE = 80  # seconds a job in hand is given; what takes longer goes to another worker


class Command(BaseCommand):
    """Any number of these may run at once; each job and each round is one worker's."""

    help = "Carry out what is queued and what comes round by the clock; --once does it once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --once."""
        parser.add_argument("--once", action="store_true", help="do everything once and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do everything once, or go on until the process is told to stop."""
        memory.keep_what_is_loaded()
        worker = Worker(tasks.TURNS, say=self.say)
        if options["once"]:
            self.once(worker)
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop.set())
        worker.start()
        self.say(f"worker {worker.name} has begun")
        worker.stop.wait()
        worker.end(PATIENCE)

    def once(self, worker: Worker) -> None:
        """Take every turn now, then carry out jobs until none waits."""
        troubles = {turn.name: worker.take(turn, now=True) for turn in worker.turns}
        failed = [f"{name} ({trouble})" for name, trouble in troubles.items() if trouble]
        while job := worker.one():
            job = Job.objects.select_related("result").get(pk=job.pk)
            if job.state == Job.State.FAILED:
                failed.append(f"job {job.pk}")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")

    def say(self, words: str) -> None:
        """Print a line with the time."""
        self.stdout.write(f"{clock.now():%Y-%m-%d %H:%M} {words}")
        self.stdout.flush()
