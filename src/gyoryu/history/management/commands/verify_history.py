"""`verify_history`: whether every entry is there, unchanged, and nothing put in."""

from typing import Any

from django.core.management.base import BaseCommand

from gyoryu.history import queries


class Command(BaseCommand):
    """Names every break of the chain; the exit code is 1 when there is one."""

    help = "Verify the whole history: names every changed, removed or inserted entry."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the chain and print what is wrong, then the count and the newest digest."""
        reached = queries.Reached()
        while not reached.done:
            reached, found = queries.verify(reached)
            for fault in found:
                self.stdout.write(f"{fault.kind} {fault.number} {fault.what}".rstrip())
        self.stdout.write(
            f"{reached.entries} entries in {reached.number} seals, {reached.faults} faults, "
            f"newest digest {reached.digest}"
        )
        if reached.faults:
            raise SystemExit(1)
