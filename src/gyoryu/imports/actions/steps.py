"""The steps that a worker takes: each notes that it begins, and is queued."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.imports.actions import batches
from gyoryu.imports.models import Batch
from gyoryu.jobs import actions as jobs
from gyoryu.jobs import queries as known_jobs
from gyoryu.jobs.models import Job

TASKS = "gyoryu.imports.tasks."
STEPS = {
    "check": gettext_lazy("Check of {file}"),
    "save": gettext_lazy("Import of {file}"),
    "undo": gettext_lazy("Undoing of {file}"),
}


@transaction.atomic
def check_later(
    batch: Batch, columns: dict[str, str], options: dict[str, Any], *, by: User, at: datetime
) -> Job:
    """Say what each column is, and have every row looked through."""
    return _queue("check", batches.choose(batch, columns, options, by=by, at=at), by, at)


@transaction.atomic
def save_later(batch: Batch, *, only_good: bool, by: User, at: datetime) -> Job:
    """Have a batch saved: all of it, or its good rows alone."""
    begun = batches.begin(batch, Batch.Status.SAVING, only_good=only_good, by=by, at=at)
    return _queue("save", begun, by, at)


@transaction.atomic
def undo_later(batch: Batch, *, by: User, at: datetime) -> Job:
    """Have a saved batch taken back."""
    return _queue("undo", batches.begin(batch, Batch.Status.UNDOING, by=by, at=at), by, at)


def stop(batch: Batch, *, by: User, at: datetime) -> Batch:
    """Put a batch back to where it stood before a step that nobody works on any more."""
    job = known_jobs.of_record(batch)
    if job is not None and not job.over:
        raise Refused(_("It is still being worked on."))
    why = Refused(_("The last step was not finished. Nothing of it was kept."))
    return batches.stop(batch, why, by=by, at=at)


def _queue(step: str, batch: Batch, by: User, at: datetime) -> Job:
    return jobs.queue(
        f"{TASKS}{step}",
        batch.pk,
        by.pk,
        by=by,
        at=at,
        unit=batch.unit,
        about=batch,
        name=format_lazy(STEPS[step], file=batch.name),
        key=f"import:{batch.pk}:{step}",
    )
