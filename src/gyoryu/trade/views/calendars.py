"""Meetings for a calendar program."""

from collections.abc import Iterable
from datetime import datetime

import icalendar
from django.http import HttpResponse
from django.utils.translation import gettext as _

from gyoryu.trade.models import Meeting, Participant
from gyoryu.trade.queries import meetings as queries
from gyoryu.web import clock


def answer(
    name: str, host: str, rows: Iterable[Meeting], of: Participant | None = None
) -> HttpResponse:
    """Return meetings as a calendar; ``of`` names whose it is, so that only the others are told."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Gyoryu//meetings//EN")
    calendar.add("version", "2.0")
    now = clock.now()
    for row in rows:
        calendar.add_component(_event(row, host, of, now))
    reply = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return reply


def _event(row: Meeting, host: str, of: Participant | None, now: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"meeting-{row.pk}@{host}")
    event.add("dtstamp", now)
    # A calendar takes over a later version of what it knows already.
    event.add("sequence", int(row.moved_at.timestamp()) % 2_000_000_000 if row.moved_at else 0)
    event.add("dtstart", queries.starts(row))
    event.add("dtend", queries.ends(row))
    event.add("summary", str(queries.other_side(row, of) if of else row))
    place = [row.leg.venue or str(row.leg), row.leg.hall, _("Table %(n)d") % {"n": row.table}]
    event.add("location", " · ".join(part for part in place if part))
    cancelled = row.state == Meeting.State.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event
