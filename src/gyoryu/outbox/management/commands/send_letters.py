"""`send_letters`: send what waits, once or for ever."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gyoryu.outbox import actions
from gyoryu.web import clock


class Command(BaseCommand):
    """Any number of these may run at once: no letter is sent twice."""

    help = "Send the letters that wait. With --every SECONDS go on for ever."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often to look."""
        parser.add_argument("--every", type=float, default=0, metavar="SECONDS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, say how many left, and wait for the next round."""
        while True:
            sent = actions.send_waiting(by=None, at=clock.now())
            if sent or not options["every"]:
                self.stdout.write(f"{sent} letters sent")
            if not options["every"]:
                return
            time.sleep(options["every"])
