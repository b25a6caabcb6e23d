"""What may be done with jobs, with the reason when it may not."""

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.jobs.models import Job


def check_can_retry(job: Job, *, by: User | None) -> None:
    """Refuse unless it failed or was cancelled, and is one's own or of a unit one administers."""
    if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
        raise Refused(_("Only what failed or was cancelled is tried again."))
    _check_own(job, by)


def check_can_cancel(job: Job, *, by: User | None) -> None:
    """Refuse unless it still waits, and is one's own or of a unit one administers."""
    check_taken_back(job.state == Job.State.WAITING)
    _check_own(job, by)


def check_taken_back(waits: bool) -> None:
    """Refuse to cancel what a worker has begun or ended."""
    if not waits:
        raise Refused(_("It has been begun already, so it cannot be cancelled any more."))


def _check_own(job: Job, by: User | None) -> None:
    if by is None or job.by_id != by.pk:
        check_may(by, "jobs.retry", job.unit)
