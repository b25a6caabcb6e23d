"""What takes longer than anybody should wait: a worker visits, reads, and goes on."""

from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.jobs import actions as jobs
from gyoryu.jobs.models import Job
from gyoryu.newsroom import papers
from gyoryu.newsroom.models import Source, Visit
from gyoryu.newsroom.papers import Entry
from gyoryu.newsroom.rules import sources as rules


def visit(source: Source, *, by: User, at: datetime) -> Job:
    """Have a worker visit a source; while that waits, asking again changes nothing."""
    check_may(by, "newsroom.sources", source.unit)
    rules.check_visit(source)
    return _queue("visit", source, source, by=by, at=at)


def go_on(visit: Visit, *, by: User | None, at: datetime) -> Job:
    """Have a worker take in what a visit has left."""
    return _queue("go_on", visit, visit.source, by=by, at=at)


@transaction.atomic
def put_off(source: Source, entries: list[Entry], *, by: User | None, at: datetime) -> Job:
    """Leave articles that somebody handed in to a worker."""
    left = Visit(source=source, begun_at=at, by=by, total=len(entries))
    left.waiting = [papers.kept(entry) for entry in entries]
    left.save()
    return go_on(left, by=by, at=at)


def _queue(task: str, row: Visit | Source, source: Source, *, by: User | None, at: datetime) -> Job:
    return jobs.queue(
        f"gyoryu.newsroom.tasks.{task}",
        row.pk,
        by.pk if by else 0,
        by=by,
        at=at,
        name=format_lazy(_("Articles of {source}"), source=source),
        unit=source.unit,
        about=source,
        link=row.get_absolute_url(),
        key=f"{task}:{row.pk}",
    )
