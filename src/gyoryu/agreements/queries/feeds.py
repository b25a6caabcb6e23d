"""A user's calendar as iCalendar (RFC 5545), and the private address it is read from.

The address holds the user's number and a signature under the deployment's key over that number,
the password's hash and how often the address was renewed. So it cannot be guessed, needs no table,
and stops working when the password changes, when it is renewed, and when the account is closed.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.agreements.queries.calendar import Due
from gyoryu.base import periods
from gyoryu.history import queries as history

ROTATED = "calendar.rotated"
# When a calendar rings: a week before, and on the day, at nine in the morning.
ALARMS = [timedelta(days=-7, hours=9), timedelta(hours=9)]


def token(user: User) -> str:
    """Return the secret part of a user's feed address."""
    return _signer(user).sign(str(user.pk))


def user_of(secret: str) -> User | None:
    """Return whose feed a secret opens; nobody's if it is forged, renewed or closed."""
    number = secret.partition(".")[0]
    user = User.objects.filter(pk=int(number), is_active=True).first() if _digits(number) else None
    if user is None:
        return None
    try:
        _signer(user).unsign(secret)
    except signing.BadSignature:
        return None
    return user


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _signer(user: User) -> signing.Signer:
    renewed = history.of_record(user).filter(verb=ROTATED).count()
    return signing.Signer(sep=".", salt=f"calendar {renewed} {user.password}")


def ics(dues: Iterable[Due], *, to: User, on: date) -> bytes:
    """Write what is due as a calendar in its reader's language, all-day events with alarms.

    The same day and record give the same bytes, so that a reader can be told "not changed".
    """
    with override(to.language):
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//Gyoryu//Calendar//KO")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("x-wr-calname", _("Gyoryu: what is due"))
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", timedelta(hours=1), {"value": "DURATION"})
        for due in dues:
            calendar.add_component(_event(due, to, on))
        return bytes(calendar.to_ical())


def _event(due: Due, to: User, on: date) -> icalendar.Event:
    event = icalendar.Event()
    host = urlsplit(settings.SITE_ADDRESS).hostname or "gyoryu"
    event.add("uid", f"{due.name.replace(':', '-')}@{host}")
    # The day the feed was read, not the second: otherwise every reading would be a change.
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", f"[{due.what}] {due.title}")
    event.add("description", _description(due, to))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("url", f"{settings.SITE_ADDRESS}{due.address}")
    for before in ALARMS:
        event.add_component(_alarm(due, before))
    return event


def _description(due: Due, to: User) -> str:
    lines = [_("Unit: %(unit)s") % {"unit": due.unit}]
    if due.owner:
        lines.append(_("Owner: %(owner)s") % {"owner": due.owner})
    if due.period and due.period.precision != periods.Precision.DAY:
        said = periods.in_words(due.period, to.language)
        lines.append(_("Due as it was said: %(period)s") % {"period": said})
    return "\n".join(lines)


def _alarm(due: Due, before: timedelta) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"[{due.what}] {due.title}")
    alarm.add("trigger", before)
    return alarm
