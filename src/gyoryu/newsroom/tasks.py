"""Visits and long readings, beside the web."""

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.jobs import actions as jobs
from gyoryu.newsroom.actions import visits
from gyoryu.newsroom.models import Source, Visit
from gyoryu.newsroom.rules import troubles
from gyoryu.web import clock


@task()
def visit(source: int, by: int) -> None:
    """Visit a source and take in what it has.

    Safe to run again: a visit cut short is gone on with, and what came in already is known.
    """
    row = Source.objects.select_related("unit").get(pk=source)
    user = User.objects.get(pk=by)
    left = row.visits.filter(ended_at=None).first()
    _take_in(left or visits.visit(row, by=user, at=clock.now()), user)


@task()
def go_on(visit: int, by: int) -> None:
    """Take in what a visit or somebody's files have left. Safe to run again, as above."""
    row = Visit.objects.select_related("source__unit").get(pk=visit)
    _take_in(row, User.objects.filter(pk=by).first())


def _take_in(row: Visit, user: User | None) -> None:
    if row.trouble:
        raise Refused(troubles.lazily(row.trouble, row.params))
    while row.ended_at is None:
        jobs.report(row.done, row.total, _("Reading articles"))
        visits.go_on(row, by=user, at=clock.now(), most=5)
    jobs.report(row.done, row.total)
