"""How work is queued, tried again and cancelled by people."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, get_date_max

from gyoryu.accounts.models import Unit, User
from gyoryu.history import actions as history
from gyoryu.jobs import rules
from gyoryu.jobs.actions.hand import in_both
from gyoryu.jobs.models import Job
from gyoryu.web.records import page_of


def queue(  # noqa: PLR0913 (a job is said in one breath)
    path: str,
    *args: Any,
    by: User | None,
    at: datetime,
    name: object,
    unit: Unit | None = None,
    about: Model | None = None,
    link: str = "",
    key: str | None = None,
    wait: timedelta | None = None,
    most: int = 5,
) -> Job:
    """Queue a task in the caller's transaction; a worker sees it once that commits.

    ``path`` names a function under ``@task()`` ("gyoryu.imports.tasks.save"), ``args`` are plain
    JSON values. ``name`` says to people what it is, lazily translated. It is seen by who asked and
    by the administrators of ``unit`` (the asker's own unless given). ``about`` ties it to a record,
    whose page ``link`` is unless given. While a job of the same ``key`` waits, that one is
    returned. ``wait`` puts it off; ``most`` is how often it is tried when it fails.
    """
    task = import_string(path)
    if not isinstance(task, Task):
        raise TypeError(f"{path} is not a task")
    if key and (there := _waiting(key)):
        return there
    ko, en = in_both(name)
    job = Job(
        name_ko=ko[:200],
        name_en=en[:200],
        by=by,
        unit_id=_unit_id(unit, by),
        model=ContentType.objects.get_for_model(about) if about else None,
        record=about.pk if about else None,
        link=link or (page_of(about) if about else ""),
        key=key,
        queued_at=at,
        most=most,
    )
    try:
        with transaction.atomic():
            job.result = _enqueued(task, args, wait)
            job.save()
    except IntegrityError:
        # Somebody else queued the same in the same moment.
        if key and (there := _waiting(key)):
            return there
        raise
    return job


def _unit_id(unit: Unit | None, by: User | None) -> int | None:
    if unit or by is None:
        return unit.pk if unit else None
    return next((grant.unit for grant in by.access.grants), None)


def _enqueued(task: "Task[Any, Any]", args: tuple[Any, ...], wait: timedelta | None) -> Any:
    made: Any = task.enqueue(*args)
    row: DBTaskResult[Any, Any] = made.db_result
    if wait:
        # Counted from the machine's time, which workers go by whatever day a sample stands on.
        row.run_after = row.enqueued_at + wait
        row.save(update_fields=["run_after"])
    return row


def _waiting(key: str) -> Job | None:
    return Job.objects.filter(key=key).select_related("result").first()


@transaction.atomic
def retry(job: Job, *, by: User | None, at: datetime) -> Job:
    """Put a failed or cancelled job back among the waiting, with all its tries before it."""
    rules.check_can_retry(job, by=by)
    back = DBTaskResult.objects.filter(pk=job.result_id, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=get_date_max(), finished_at=None
    )
    if back:
        Job.objects.filter(pk=job.pk).update(tries=0, cancelled_at=None, done=0)
        history.record("job.retried", job, by=by, at=at)
    return job


@transaction.atomic
def cancel(job: Job, *, by: User | None, at: datetime) -> Job:
    """Take a job back that no worker has begun; it stays in the list as cancelled."""
    rules.check_can_cancel(job, by=by)
    taken = DBTaskResult.objects.filter(pk=job.result_id, status=TaskResultStatus.READY).update(
        status=TaskResultStatus.FAILED, finished_at=at
    )
    rules.check_taken_back(bool(taken))
    Job.objects.filter(pk=job.pk).update(cancelled_at=at, key=None)
    history.record("job.cancelled", job, by=by, at=at)
    return job
