"""`sweep_documents`: delete what failed transactions left behind; name files that are missing."""

from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from gyoryu.evidence import actions, queries


class Command(BaseCommand):
    """Run it once a day."""

    help = "Delete stored files that no document holds (older than a day); name missing ones."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, and exit with 1 when a document's file is not there."""
        # The machine's own time: files carry it, whatever day the sample stands on.
        swept = actions.sweep(by=None, before=timezone.now() - timedelta(days=1))
        missing = [name for name in queries.held_files() if not default_storage.exists(name)]
        for name in missing:
            self.stdout.write(f"missing {name}")
        self.stdout.write(f"{len(swept)} files swept, {len(missing)} missing")
        if missing:
            raise SystemExit(1)
