"""What is allowed about an event's places, their half-days and interpreters."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import available_timezones

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_texts, told
from gyoryu.base.refused import Refused
from gyoryu.trade.models import HalfDay, Interpreter, Leg, Meeting
from gyoryu.trade.rules.participants import check_languages

MOST_TABLES, MOST_SLOTS, MOST_MINUTES = 500, 60, 240
MOST_INTERPRETERS = 200


def check_leg(leg: Leg) -> None:
    """Refuse a place without a name, outside its event's days, or in no known zone of time."""
    check_texts(leg)
    if not leg.name_ko.strip():
        raise Refused(_("Give the place's name in Korean."), field="name_ko")
    if leg.ends_on < leg.starts_on:
        raise Refused(_("It ends before it starts."), field="ends_on")
    event = leg.event
    if leg.starts_on < event.starts_on or leg.ends_on > event.ends_on:
        days = {"first": told(event.starts_on), "last": told(event.ends_on)}
        field = "starts_on" if leg.starts_on < event.starts_on else "ends_on"
        raise Refused(_("The event is from %(first)s to %(last)s.") % days, field=field)
    if leg.timezone not in available_timezones():
        raise Refused(
            _("This zone of time is not known. Write it as Asia/Seoul."), field="timezone"
        )
    if not 1 <= leg.tables <= MOST_TABLES:
        raise Refused(_("1 to %(most)d tables.") % {"most": MOST_TABLES}, field="tables")


def check_half_days_fit(leg: Leg) -> None:
    """Refuse days or tables of a place that its half-days and meetings no longer fit in."""
    outside = leg.half_days.exclude(day__range=(leg.starts_on, leg.ends_on)).first()
    if outside:
        field = "starts_on" if outside.day < leg.starts_on else "ends_on"
        raise Refused(
            _("There is a half-day on %(day)s. Take it away first.") % {"day": told(outside.day)},
            field=field,
        )
    used = _standing(leg).aggregate(most=Max("table"))["most"] or 0
    if used > leg.tables:
        raise Refused(
            _("A published meeting is at table %(table)d.") % {"table": used}, field="tables"
        )


def check_leg_free(leg: Leg) -> None:
    """Refuse to take a place away that has a timetable, meetings, consultations or deals."""
    used = (leg.timetables, leg.meetings, leg.consultations, leg.deals)
    if any(rows.exists() for rows in used):
        raise Refused(_("Meetings or results stand at this place. It can no longer be taken away."))


def _standing(leg: Leg) -> QuerySet[Meeting]:
    return leg.meetings.exclude(state=Meeting.State.CANCELLED)


def ends(half_day: HalfDay) -> datetime:
    """Return when a half-day's last slot ends; past midnight it is the next day's."""
    begins = datetime.combine(half_day.day, half_day.begins)
    return begins + timedelta(minutes=half_day.minutes * half_day.slots)


def starts_at(half_day: HalfDay, slot: int) -> time:
    """Return when a slot begins, counted from 1, by the clock of its place."""
    begins = datetime.combine(half_day.day, half_day.begins)
    return (begins + timedelta(minutes=half_day.minutes * (slot - 1))).time()


def check_half_day(half_day: HalfDay, others: Iterable[HalfDay]) -> None:
    """Refuse a half-day outside its place's days, past midnight, or over another of the day."""
    leg = half_day.leg
    if not leg.starts_on <= half_day.day <= leg.ends_on:
        days = {"first": told(leg.starts_on), "last": told(leg.ends_on)}
        raise Refused(_("The place is open from %(first)s to %(last)s.") % days, field="day")
    if not 5 <= half_day.minutes <= MOST_MINUTES:
        raise Refused(
            _("A slot takes 5 to %(most)d minutes.") % {"most": MOST_MINUTES}, field="minutes"
        )
    if not 1 <= half_day.slots <= MOST_SLOTS:
        raise Refused(_("1 to %(most)d slots.") % {"most": MOST_SLOTS}, field="slots")
    if ends(half_day) > datetime.combine(half_day.day + timedelta(days=1), time(0)):
        raise Refused(_("The slots run past midnight."), field="slots")
    for other in others:
        if other.day == half_day.day and other.part == half_day.part:
            raise Refused(_("This half-day is there already."), field="part")
        _check_apart(half_day, other)


def _check_apart(half_day: HalfDay, other: HalfDay) -> None:
    first, second = sorted((half_day, other), key=lambda one: (one.day, one.begins))
    if first.day == second.day and ends(first) > datetime.combine(second.day, second.begins):
        raise Refused(
            _("On %(day)s the slots of the morning and the afternoon run into each other.")
            % {"day": told(half_day.day)},
            field="begins",
        )


def check_half_day_free(half_day: HalfDay, slots: int = 0) -> None:
    """Refuse to take slots away in which meetings stand; 0 slots is the whole half-day."""
    if half_day.meetings.filter(slot__gt=slots).exists():
        raise Refused(
            _("Meetings stand in these slots. They can no longer be taken away."), field="slots"
        )


def check_days(leg: Leg, first: date, last: date) -> None:
    """Refuse days of which the last is before the first, or that the place is not open on."""
    if last < first:
        raise Refused(_("It ends before it starts."), field="last")
    if first < leg.starts_on or last > leg.ends_on:
        days = {"first": told(leg.starts_on), "last": told(leg.ends_on)}
        raise Refused(
            _("The place is open from %(first)s to %(last)s.") % days,
            field="first" if first < leg.starts_on else "last",
        )


def check_interpreter(interpreter: Interpreter) -> None:
    """Refuse an interpreter without a name or languages, or more than a place can use."""
    check_texts(interpreter)
    if not interpreter.name.strip():
        raise Refused(_("Give a name."), field="name")
    if len(interpreter.languages) < 2:
        raise Refused(_("An interpreter speaks two languages or more."), field="languages")
    check_languages(interpreter.languages)
    if interpreter.leg.interpreters.count() > MOST_INTERPRETERS:
        raise Refused(_("%(most)d interpreters at most.") % {"most": MOST_INTERPRETERS})
