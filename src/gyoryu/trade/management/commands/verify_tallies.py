"""`verify_tallies`: whether every tally of trade says what the rows come to."""

from typing import Any

from django.core.management.base import BaseCommand

from gyoryu.trade.queries import tallies


class Command(BaseCommand):
    """Counts all consultations and deals again; the exit code is 1 when a tally differs."""

    help = "Verify the tallies: names every one that is not what its consultations and deals say."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all rows and print what is wrong, then what was looked at."""
        faults = tallies.faults()
        for key, (held, right) in faults.items():
            self.stdout.write(f"tally {key}: stands at {held}, rows come to {right}")
        self.stdout.write(f"{len(tallies.kept())} tallies, {len(faults)} faults")
        if faults:
            raise SystemExit(1)
