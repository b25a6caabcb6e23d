"""What a worker does with jobs: takes one, keeps it, ends it; and gives back a dead worker's.

Every time here is the machine's own, whatever day a sample stands on.
"""

from datetime import datetime, timedelta
from traceback import format_tb
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.jobs import queries
from gyoryu.jobs.actions.hand import Hand, in_both
from gyoryu.jobs.models import Job

# Seconds until the next try after the first failure, the second …; the last stands for all later.
BACK_OFF = [10, 60, 300, 1800]
KEPT = timedelta(days=30)
FILE_KEPT = timedelta(days=1)
_FREE: dict[str, Any] = {"worker": "", "lease_until": None}


def lease() -> timedelta:
    """Return how long a sign of life holds good."""
    return timedelta(seconds=settings.LEASE)


def claim(worker: str, *, by: User | None, at: datetime) -> tuple[Job, Hand] | None:
    """Take the next waiting job; of several workers that see the same one, one gets it."""
    for row in queries.ready(at)[:5]:
        with transaction.atomic():
            # The condition, not a lock, decides: it holds on both databases alike.
            taken = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
                status=TaskResultStatus.RUNNING,
                started_at=at,
                finished_at=None,
                worker_ids=[*row.worker_ids[-9:], worker],
            )
            if not taken:
                continue
            Job.objects.filter(result=row.pk).update(
                worker=worker,
                lease_until=at + lease(),
                tries=F("tries") + 1,
                key=None,
                done=0,
            )
        job = Job.objects.select_related("result", "by").get(result=row.pk)
        return job, Hand(job.pk, row.pk, at)
    return None


def renew(hand: Hand, worker: str, *, by: User | None, at: datetime) -> bool:
    """Give a sign of life and tell how far the job is; false when it is another's by now."""
    ko, en = hand.doing
    held = Job.objects.filter(pk=hand.job, worker=worker).update(
        lease_until=at + lease(),
        done=hand.done,
        total=hand.total,
        doing_ko=ko[:200],
        doing_en=en[:200],
    )
    return bool(held)


@transaction.atomic
def succeed(hand: Hand, answer: Any, *, by: User | None, at: datetime) -> bool:
    """Mark a job done unless it did so itself (``finish``); false when it is another's by now."""
    DBTaskResult.objects.filter(**hand.row()).update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=at, exception_class_path="", traceback=""
    )
    mine = DBTaskResult.objects.filter(
        pk=hand.result, status=TaskResultStatus.SUCCESSFUL, started_at=hand.claimed_at
    ).update(return_value=answer)
    if mine:
        ko, en = hand.doing
        Job.objects.filter(pk=hand.job).update(
            done=hand.total or hand.done,
            total=hand.total,
            doing_ko=ko[:200],
            doing_en=en[:200],
            trouble_ko="",
            trouble_en="",
            **_FREE,
        )
    return bool(mine)


@transaction.atomic
def fail(job: Job, hand: Hand, trouble: Exception, *, by: User | None, at: datetime) -> bool:
    """Note why a try failed; the next one waits longer each time, after the last it has failed.

    A refusal by a rule is final: trying again would come to the same. False when it is another's.
    """
    final = isinstance(trouble, Refused) or job.tries >= job.most
    wait = timedelta(seconds=BACK_OFF[min(job.tries, len(BACK_OFF)) - 1])
    mine = DBTaskResult.objects.filter(**hand.row()).update(
        status=TaskResultStatus.FAILED if final else TaskResultStatus.READY,
        finished_at=at if final else None,
        run_after=at + wait,
        exception_class_path=f"{type(trouble).__module__}.{type(trouble).__qualname__}",
        # Where it happened, and not the message: that may quote the row it failed on.
        traceback="".join(format_tb(trouble.__traceback__)),
    )
    if mine:
        ko, en = in_both(_told(trouble))
        Job.objects.filter(pk=hand.job).update(
            trouble_ko=ko[:500],
            trouble_en=en[:500],
            done=hand.done,
            total=hand.total,
            doing_ko=hand.doing[0][:200],
            doing_en=hand.doing[1][:200],
            **_FREE,
        )
    return bool(mine)


def _told(trouble: Exception) -> object:
    if isinstance(trouble, Refused):
        return trouble.reason
    return format_lazy(_("It stopped with an error of ours ({kind})."), kind=type(trouble).__name__)


def give_back(*, by: User | None, at: datetime) -> int:
    """Give back what dead workers held: jobs in hand whose lease has run out. Return how many.

    A job that has killed its worker as often as it may be tried has failed.
    """
    count = 0
    for job in queries.abandoned(at):
        final = job.tries >= job.most
        with transaction.atomic():
            taken = DBTaskResult.objects.filter(
                pk=job.result_id,
                status=TaskResultStatus.RUNNING,
                started_at=job.result.started_at,
                job__lease_until__lt=at,
            ).update(
                status=TaskResultStatus.FAILED if final else TaskResultStatus.READY,
                finished_at=at if final else None,
                run_after=get_date_max(),
            )
            if taken:
                ko, en = in_both(_("The worker that had it in hand stopped."))
                Job.objects.filter(pk=job.pk).update(trouble_ko=ko, trouble_en=en, **_FREE)
        count += taken
    return count


def prune(*, by: User | None, at: datetime) -> int:
    """Delete files a day old and jobs that ended 30 days ago; after a day what nobody asked for."""
    old = Job.objects.exclude(file="").filter(result__finished_at__lt=at - FILE_KEPT)
    for job in old:
        default_storage.delete(job.file)
        Job.objects.filter(pk=job.pk).update(file="")
    nobodys = Q(finished_at__lt=at - FILE_KEPT, job__by=None, status=TaskResultStatus.SUCCESSFUL)
    rows = DBTaskResult.objects.filter(nobodys | Q(finished_at__lt=at - KEPT))
    return rows.delete()[1].get("jobs.Job", 0)
