"""Letters of events, written beside the screens: there may be a thousand of them."""

from django_tasks import task

from gyoryu.accounts.models import User
from gyoryu.jobs import actions as jobs
from gyoryu.trade.actions import invitations, timetables
from gyoryu.trade.models import Event, Timetable
from gyoryu.web import clock


@task()
def invite(event: int, by: int | None) -> None:
    """Write the invitations of an event that are on their way, some at a time."""
    row = Event.objects.select_related("unit").get(pk=event)
    user = User.objects.filter(pk=by).first() if by else None
    written = 0
    while left := invitations.invite_some(row, by=user, at=clock.now()):
        written += invitations.TOGETHER
        jobs.report(written, written + left)


@task()
def published(timetable: int) -> None:
    """Write to everybody whose agenda a published timetable has changed, some at a time."""
    rows = Timetable.objects.select_related("leg__event__unit", "published_by")
    row = rows.get(pk=timetable)
    total = len(row.to_tell)
    while left := timetables.tell_some(row, by=row.published_by, at=clock.now()):
        jobs.report(total - left, total)
