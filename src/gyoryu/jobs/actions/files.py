"""Files that jobs make: kept a day for who asked, then deleted."""

from datetime import datetime
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

from gyoryu.accounts.models import User
from gyoryu.jobs.actions.hand import job_in_hand
from gyoryu.jobs.models import Job

FOLDER = "made"


def keep(file: IO[bytes], name: str, *, by: User | None, at: datetime) -> str:
    """Keep a file with the job in hand, in place of one from an earlier try; return its place."""
    pk = job_in_hand() or 0
    path = f"{FOLDER}/{pk}/{at:%Y%m%d%H%M%S}"
    for old in Job.objects.filter(pk=pk).exclude(file="").values_list("file", flat=True):
        default_storage.delete(old)
    kept = default_storage.save(path, File(file))
    Job.objects.filter(pk=pk).update(file=kept, file_name=name[:200])
    return str(kept)
