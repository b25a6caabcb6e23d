"""Public calls as files: Atom (RFC 4287), iCalendar (RFC 5545) and JSON.

The same calls at the same minute give the same bytes, so that a reader can be told "not changed".
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gyoryu.accounts.models import in_language
from gyoryu.programmes.models import Call
from gyoryu.programmes.rules.calls import PHASES, Phase, moment, phase

# Calls in a feed or a calendar, the newest.
MOST = 200


@dataclass(frozen=True)
class Told:
    """A call as the public reads it. ``left`` is the time until it opens or closes, in words."""

    title: str
    summary: str
    phase: str
    state: str
    left: str
    address: str


def told(row: Call, *, at: datetime, language: str) -> Told:
    """Return a call as the public reads it at a moment."""
    stands = phase(row, at=at)
    return Told(
        title=in_language(row.title_ko, row.title_en),
        summary=in_language(row.summary_ko, row.summary_en),
        phase=stands.value,
        state=str(PHASES[stands]),
        left=_left(row, stands, at),
        address=settings.SITE_ADDRESS.rstrip("/") + reverse("opening", args=[language, row.pk]),
    )


def _left(row: Call, stands: Phase, at: datetime) -> str:
    if stands == Phase.OPEN:
        return _("%(time)s left") % {"time": _time(row.closes_at - at)}
    if stands == Phase.UPCOMING:
        return _("opens in %(time)s") % {"time": _time(row.opens_at - at)}
    return ""


def _time(left: timedelta) -> str:
    """Write a stretch of time in its two largest parts; less than a minute as such."""
    minutes = int(left.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    parts = [
        (days, ngettext("%(n)d day", "%(n)d days", days)),
        (hours, ngettext("%(n)d hour", "%(n)d hours", hours)),
        (minutes % 60, ngettext("%(n)d minute", "%(n)d minutes", minutes % 60)),
    ]
    said = [words % {"n": count} for count, words in parts if count][:2]
    return " ".join(said) or _("less than a minute")


def _identity(row: Call) -> str:
    """Return a tag URI (RFC 4151): it stays what it is, wherever the site moves."""
    host = urlsplit(settings.SITE_ADDRESS).hostname or "gyoryu"
    made = row.published_at or row.opens_at
    return f"tag:{host},{made:%Y}:calls/{row.pk}"


def _changed(row: Call) -> datetime:
    return row.changed_at or row.published_at or row.opens_at


class _Feed(Atom1Feed):
    """An Atom feed whose time is that of its newest call."""

    def latest_post_date(self) -> datetime:
        """Return when the newest call in it was changed."""
        return self.feed["updated"]  # type: ignore[no-any-return]


def atom(rows: list[Call], *, at: datetime, language: str) -> bytes:
    """Write the newest calls as a feed: an entry a call, newly dated when it is changed."""
    root = settings.SITE_ADDRESS.rstrip("/")
    feed = _Feed(
        title=_("Calls for applications"),
        link=root + reverse("openings", args=[language]),
        description=None,
        language=language,
        feed_url=root + reverse("openings-file", args=[language, "atom"]),
        author_name=_("Gyoryu"),
        updated=max(map(_changed, rows), default=datetime(2000, 1, 1, tzinfo=UTC)),
    )
    for row in rows:
        said = told(row, at=at, language=language)
        window = f"{moment(row.opens_at)} – {moment(row.closes_at)}"
        reason = f"\n{row.state_reason}" if row.state == Call.State.CANCELLED else ""
        feed.add_item(
            title=said.title,
            link=said.address,
            description=f"{said.state} · {window}{reason}\n{said.summary}",
            unique_id=_identity(row),
            pubdate=row.published_at,
            updateddate=_changed(row),
            categories=[said.phase],
        )
    return feed.writeString("utf-8").encode()


def ics(rows: list[Call], *, at: datetime, language: str) -> bytes:
    """Write openings and deadlines as a calendar; those of a call that was called off say so."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Gyoryu//Calls//KO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _("Calls for applications"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", timedelta(hours=1), {"value": "DURATION"})
    for row in rows:
        for end, when, words in (
            ("opens", row.opens_at, _("Opens: %(title)s")),
            ("closes", row.closes_at, _("Closes: %(title)s")),
        ):
            calendar.add_component(_event(row, end, when, words, at, language))
    return bytes(calendar.to_ical())


def _event(
    row: Call, end: str, when: datetime, words: str, at: datetime, language: str
) -> icalendar.Event:
    said = told(row, at=at, language=language)
    host = urlsplit(settings.SITE_ADDRESS).hostname or "gyoryu"
    event = icalendar.Event()
    event.add("uid", f"call-{row.pk}-{end}@{host}")
    event.add("dtstamp", _changed(row).astimezone(UTC))
    event.add("dtstart", when.astimezone(UTC))
    event.add("summary", words % {"title": said.title})
    event.add("url", said.address)
    event.add("status", "CANCELLED" if row.state == Call.State.CANCELLED else "CONFIRMED")
    if end == "closes":
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", words % {"title": said.title})
        alarm.add("trigger", timedelta(days=-3))
        event.add_component(alarm)
    return event


def json_of(rows: list[Call], *, at: datetime, language: str) -> bytes:
    """Write the newest calls as JSON, with both languages and times in UTC."""
    whole = {"calls": [_object(row, at, language) for row in rows]}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _object(row: Call, at: datetime, language: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "title": {"ko": row.title_ko, "en": row.title_en},
        "summary": {"ko": row.summary_ko, "en": row.summary_en},
        "programme": {"ko": row.programme.name_ko, "en": row.programme.name_en},
        "office": {"ko": row.unit.name_ko, "en": row.unit.name_en},
        "contact": row.contact,
        "applicant": row.applicant,
        "state": phase(row, at=at).value,
        "reason": row.state_reason,
        "opens_at": row.opens_at.astimezone(UTC).isoformat(),
        "closes_at": row.closes_at.astimezone(UTC).isoformat(),
        "places": row.places,
        "award_most": row.award_most,
        "address": told(row, at=at, language=language).address,
    }
