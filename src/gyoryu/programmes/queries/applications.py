"""What is known of applications: whose they are, who sees them, and how many stand where."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import either, visible
from gyoryu.programmes.models import Application, Attachment, Call
from gyoryu.programmes.queries.tiles import Line, Section
from gyoryu.programmes.rules import applications as rules

Status = Application.Status
SEE = "programmes.applicants"
MOST_LINES = 20


def mine(user: User) -> QuerySet[Application]:
    """Return the applications somebody acts for, newest first."""
    rows = either(Application.objects.filter(voided_at=None), *rules.acting(user))
    return rows.select_related("call", "track", "organisation").order_by("-saved_at", "-pk")


def seen_by(user: User) -> QuerySet[Application]:
    """Return the applications an officer sees: handed in, of their units, with the capability."""
    rows = Application.objects.filter(voided_at=None).exclude(number="")
    return visible(rows, user, SEE)


def of_call(call: Call, user: User) -> QuerySet[Application]:
    """Return the applications of a call that an officer sees."""
    return seen_by(user).filter(call=call)


def by_status(call: Call, user: User) -> dict[str, int]:
    """Count a call's applications by where they stand."""
    rows = of_call(call, user).order_by().values_list("status")
    return dict(rows.annotate(n=Count("pk")))


def papers(application: Application) -> QuerySet[Attachment]:
    """Return the papers that were handed in and stand."""
    rows = application.attachments.filter(document__voided_at=None)
    return rows.select_related("document", "paper")


def open_calls(at: datetime) -> QuerySet[Call]:
    """Return the calls that take applications now, those that close first before the others."""
    rows = Call.objects.filter(state=Call.State.PUBLISHED, voided_at=None)
    return rows.filter(opens_at__lte=at, closes_at__gt=at).order_by("closes_at", "pk")


def section(user: User, at: datetime) -> Section:
    """Return somebody's applications for their first page."""
    rows = mine(user).exclude(Q(status=Status.WITHDRAWN) & Q(number=""))[:MOST_LINES]
    return Section(
        _("My applications"),
        "doc",
        [_line(row, at) for row in rows],
        _("You have not applied to anything yet. Choose one of the open calls."),
    )


def _line(row: Application, at: datetime) -> Line:
    meta = " · ".join(filter(None, (row.number, row.name, row.get_status_display())))
    address = reverse("my-application", args=[row.pk])
    if row.status == Status.DRAFT and at < row.call.closes_at:
        return Line(row.call, address, meta, _("Finish and submit it"), row.call.closes_at)
    if row.status == Status.RETURNED and row.complete_until and at < row.complete_until:
        return Line(row.call, address, meta, _("Complete it"), row.complete_until)
    return Line(row.call, address, meta)


def calls_section(user: User, at: datetime) -> Section:
    """Return the calls that can be applied to now."""
    rows = open_calls(at).select_related("unit")[:MOST_LINES]
    return Section(
        _("Open calls"),
        "flag",
        [Line(row, reverse("my-apply", args=[row.pk]), _closes(row)) for row in rows],
        _("No call is open just now."),
    )


def _closes(row: Call) -> str:
    return _("%(unit)s · closes %(time)s") % {"unit": row.unit, "time": rules.stamp(row.closes_at)}
