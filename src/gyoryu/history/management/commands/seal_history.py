"""`seal_history`: seal what is written and not sealed yet."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gyoryu.history import actions, queries


class Command(BaseCommand):
    """Seals happen by themselves after every change; this is for the end of a day, or of a test."""

    help = "Seal the entries that are not sealed yet and print the newest digest."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, then say how many entries that were and where the chain ends."""
        count = actions.seal(by=None, at=timezone.now())
        end = queries.head()
        self.stdout.write(f"{count} entries sealed; seal {end.number}, newest digest {end.digest}")
