"""What is known before a meeting with an organisation, and what falls due, as programs read it."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.api.agreements import AgreementLine
from gyoryu.agreements.api.bodies import BodyLine
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import briefing as queries
from gyoryu.agreements.queries import calendar, feeds
from gyoryu.parties import queries as parties
from gyoryu.web.calls import Call, Desk, Named, PeriodText, Shape

VIEW = "agreements.view"
desk = Desk(_("Briefing and calendar"))


class PointShape(Shape):
    """Something to raise: why, what, since or until when, and the record it is about."""

    kind: str
    why: str
    words: str
    on: date | None
    record: str
    row: Named

    @staticmethod
    def resolve_why(row: Any) -> str:
        """Say what to do about it."""
        return str(row.why)


class HolderShape(Shape):
    """Who holds a position."""

    person: Named
    organisation: Named
    title: str
    since: date | None
    until: date | None


class ContactShape(Named):
    """A contact that was, or is planned."""

    kind: str
    state: str
    when: PeriodText


class PromiseShape(Shape):
    """Something promised, or asked, and by when."""

    id: int
    words: str
    due: PeriodText | None


class TopicShape(Shape):
    """How often a field was spoken of, a number a year."""

    name: str
    counts: list[int]
    total: int


class KeptShape(Shape):
    """How a side kept what it promised: of ``came_due``, ``in_time`` were done in time."""

    side: Side
    in_time: int
    came_due: int


class BriefingShape(Shape):
    """Everything the briefing says of an organisation and its divisions, as of a day."""

    organisation: Named
    on: date
    points: list[PointShape]
    positions: list[HolderShape]
    agreements: list[AgreementLine]
    bodies: list[BodyLine]
    last: list[ContactShape]
    coming: list[ContactShape]
    ours: list[PromiseShape]
    theirs: list[PromiseShape]
    asked: list[PromiseShape]
    owed: list[PromiseShape]
    years: list[int]
    topics: list[TopicShape]
    kept: list[KeptShape]


class DueShape(Shape):
    """Something that falls due: ``name`` stays the same whatever happens to it."""

    name: str
    kind: str
    what: str
    title: str
    on: date
    late: bool
    unit: Named
    owner: Named | None
    address: str


class CalendarShape(Shape):
    """Everything open that the token's owner answers for, by day; as iCalendar at ``…/ics``."""

    on: date
    items: list[DueShape]


def _briefing(call: Call) -> Any:
    rows = parties.organisations().select_related("region__parent", "parent")
    found = queries.briefing(get_object_or_404(rows, pk=call.pk), on=call.today, to=call.user)
    kept = [{"side": side, **one._asdict()} for side, one in found.kept.items()]
    return {**vars(found), "kept": kept}


def _calendar(call: Call) -> Any:
    dues = calendar.due_for(call.user)
    return {"on": call.today, "items": [_due(one, call.today) for one in dues]}


def _due(due: calendar.Due, today: date) -> dict[str, Any]:
    told = {
        name: getattr(due, name)
        for name in ("name", "kind", "what", "title", "on", "unit", "owner", "address")
    }
    return {**told, "late": due.on < today}


def _ics(call: Call) -> HttpResponse:
    """Return the same calendar that a private address opens to a person's calendar."""
    written = feeds.ics(calendar.due_for(call.user), to=call.user, on=call.today)
    reply = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    reply["Content-Disposition"] = 'attachment; filename="gyoryu.ics"'
    reply["Cache-Control"] = "private, no-store"
    return reply


desk.shows("organisations/{pk}/briefing", _("Briefing"), BriefingShape, _briefing, may=VIEW)
desk.shows("calendar", _("What falls due"), CalendarShape, _calendar, may=VIEW)
desk.serves("calendar/ics", _("What falls due, as iCalendar"), _ics, may=VIEW)
