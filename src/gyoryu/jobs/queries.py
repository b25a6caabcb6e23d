"""Which jobs wait, are in hand, were left by dead workers, and who may see them."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import units_under
from gyoryu.jobs.models import Job, Round


def ready(at: datetime) -> "QuerySet[DBTaskResult[Any, Any]]":
    """Return the tasks that may be begun now, in the order in which they are."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=at)
    return DBTaskResult.objects.filter(due, status=TaskResultStatus.READY, job__isnull=False)


def abandoned(at: datetime) -> QuerySet[Job]:
    """Return the jobs in hand of workers that gave no sign of life in time."""
    rows = Job.objects.filter(lease_until__lt=at, result__status=TaskResultStatus.RUNNING)
    return rows.select_related("result")


def seen_by(user: User) -> QuerySet[Job]:
    """Return a user's own jobs, and those of the units a user may watch."""
    seen = Q(by_id=user.pk)
    if user.access.may("jobs.watch"):
        units = units_under(user.access, "jobs.watch").values("pk")
        seen |= Q(unit__in=units) | Q(unit=None, by=None)
    return Job.objects.filter(seen).select_related("result", "by", "unit")


def of_record(record: Model) -> Job | None:
    """Return the newest job about a record, to be shown on its page."""
    model = ContentType.objects.get_for_model(record)
    rows = Job.objects.filter(model=model, record=record.pk).select_related("result")
    return rows.first()


def rounds() -> QuerySet[Round]:
    """Return the work that comes round by the clock."""
    return Round.objects.all()


def next_turn(name: str) -> datetime:
    """Return when a round is due again."""
    return Round.objects.values_list("next_at", flat=True).get(name=name)
