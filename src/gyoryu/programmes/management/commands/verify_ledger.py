"""`verify_ledger`: whether every counter of a ceiling is the sum of its entries."""

from typing import Any

from django.core.management.base import BaseCommand

from gyoryu.programmes.models import Ceiling, LedgerEntry
from gyoryu.programmes.queries import ledger


class Command(BaseCommand):
    """Names every counter that its entries do not come to; the exit code is 1 when there is one."""

    help = "Verify the whole money ledger: names every counter that is not the sum of its entries."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the ledger and print what is wrong, then what was looked at."""
        faults = 0
        for fault in ledger.faults():
            faults += 1
            self.stdout.write(
                f"ceiling {fault.ceiling} {fault.column}: stands at {fault.stands},"
                f" entries come to {fault.entered}"
            )
        entries, ceilings = LedgerEntry.objects.count(), Ceiling.objects.count()
        self.stdout.write(f"{entries} entries under {ceilings} ceilings, {faults} faults")
        if faults:
            raise SystemExit(1)
