"""An event's places with their half-days and interpreters, as they are laid out and changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from gyoryu.accounts.models import User
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.trade.actions.events import locked
from gyoryu.trade.models import Event, HalfDay, Interpreter, Leg
from gyoryu.trade.rules import events
from gyoryu.trade.rules import legs as rules

LINES = {"name_ko", "name_en", "venue", "hall"}


@dataclass(frozen=True)
class Session:
    """A morning or an afternoon as it is on every day: its slots follow each other."""

    part: str
    begins: time
    minutes: int
    slots: int


@transaction.atomic
def add_leg(event: Event, values: dict[str, Any], *, by: User | None, at: datetime) -> Leg:
    """Add a place to an event, after those that are there."""
    event = _changeable(event, by)
    last = event.legs.aggregate(most=Max("position"))["most"] or 0
    leg = Leg(event=event, position=last + 1, **_tidied(values))
    rules.check_leg(leg)
    leg.save()
    _told(event, leg, [None, str(leg)], by, at)
    return leg


@transaction.atomic
def change_leg(leg: Leg, values: dict[str, Any], *, by: User | None, at: datetime) -> Leg:
    """Change a place: its name, days, hall, tables."""
    leg.event = _changeable(leg.event, by)
    changes = history.changes(leg, _tidied(values))
    if changes:
        rules.check_leg(leg)
        rules.check_half_days_fit(leg)
        leg.save(update_fields=list(changes))
        history.record("leg.changed", leg, by=by, at=at, unit=leg.event.unit_id, changes=changes)
    return leg


@transaction.atomic
def remove_leg(leg: Leg, *, by: User | None, at: datetime) -> Event:
    """Take away a place at which nothing has happened; return its event."""
    event = _changeable(leg.event, by)
    rules.check_leg_free(leg)
    name = str(leg)
    leg.delete()
    history.record("event.place_removed", event, by=by, at=at, changes={"place": [name, None]})
    return event


@transaction.atomic
def lay_out(
    leg: Leg,
    first: date,
    last: date,
    sessions: Iterable[Session],
    *,
    by: User | None,
    at: datetime,
) -> list[HalfDay]:
    """Give every day from the first to the last the same sessions; return the new half-days.

    A half-day that is there already stays as it is.
    """
    event = _changeable(leg.event, by)
    rules.check_days(leg, first, last)
    there = list(leg.half_days.all())
    known = {(one.day, one.part) for one in there}
    made = []
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        for one in sessions:
            if (day, one.part) not in known:
                half_day = HalfDay(leg=leg, day=day, **vars(one))
                rules.check_half_day(half_day, there)
                there.append(half_day)
                made.append(half_day)
    HalfDay.objects.bulk_create(made)
    if made:
        told = {"half_days": [None, f"{leg}: {', '.join(map(_kept, made))}"]}
        history.record("event.half_days_added", event, by=by, at=at, changes=told)
    return made


@transaction.atomic
def change_half_day(
    half_day: HalfDay, values: dict[str, Any], *, by: User | None, at: datetime
) -> HalfDay:
    """Change when a half-day's slots begin, how long one takes and how many there are."""
    event = _changeable(half_day.leg.event, by)
    others = half_day.leg.half_days.exclude(pk=half_day.pk)
    changes = history.changes(half_day, values)
    if changes:
        rules.check_half_day(half_day, others)
        rules.check_half_day_free(half_day, half_day.slots)
        half_day.absences.filter(slot__gt=half_day.slots).delete()
        half_day.save(update_fields=list(changes))
        history.record("event.half_day_changed", event, by=by, at=at, changes=changes)
    return half_day


@transaction.atomic
def remove_half_day(half_day: HalfDay, *, by: User | None, at: datetime) -> Event:
    """Take away a half-day in which no meeting stands; return its event."""
    event = _changeable(half_day.leg.event, by)
    rules.check_half_day_free(half_day)
    told = {"half_days": [f"{half_day.leg}: {_kept(half_day)}", None]}
    half_day.delete()
    history.record("event.half_day_removed", event, by=by, at=at, changes=told)
    return event


@transaction.atomic
def add_interpreter(
    leg: Leg, name: str, languages: list[str], *, by: User | None, at: datetime
) -> Interpreter:
    """Add somebody who interprets at a place in all its slots."""
    event = _changeable(leg.event, by)
    made = Interpreter(leg=leg, name=names.nfc(name), languages=languages)
    rules.check_interpreter(made)
    made.save()
    # Who it is stays out of what can never be forgotten; what they speak is enough.
    told = {"interpreter": [None, f"{leg}: {', '.join(languages)}"]}
    history.record("event.interpreter_added", event, by=by, at=at, changes=told)
    return made


@transaction.atomic
def change_interpreter(
    row: Interpreter, name: str, languages: list[str], *, by: User | None, at: datetime
) -> Interpreter:
    """Change an interpreter's name or languages."""
    event = _changeable(row.leg.event, by)
    before = f"{row.leg}: {', '.join(row.languages)}"
    row.name, row.languages = names.nfc(name), languages
    rules.check_interpreter(row)
    row.save(update_fields=["name", "languages"])
    told = {"interpreter": [before, f"{row.leg}: {', '.join(languages)}"]}
    history.record("event.interpreter_changed", event, by=by, at=at, changes=told)
    return row


@transaction.atomic
def remove_interpreter(row: Interpreter, *, by: User | None, at: datetime) -> Event:
    """Take an interpreter off a place; meetings that counted on them stay, without."""
    event = _changeable(row.leg.event, by)
    told = {"interpreter": [f"{row.leg}: {', '.join(row.languages)}", None]}
    row.delete()
    history.record("event.interpreter_removed", event, by=by, at=at, changes=told)
    return event


def _changeable(event: Event, by: User | None) -> Event:
    found = locked(event, by=by)
    events.check_changeable(found)
    return found


def _told(event: Event, leg: Leg, change: list[Any], by: User | None, at: datetime) -> None:
    history.record("event.place_added", event, by=by, at=at, changes={"place": change})
    history.record("leg.added", leg, by=by, at=at, unit=event.unit_id)


def _kept(half_day: HalfDay) -> str:
    """Write a half-day as the history keeps it; its words are the reader's (``apps.Config``)."""
    return f"{half_day.day} {half_day.part}"


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    fields = dict(values)
    for name in LINES & fields.keys():
        fields[name] = names.nfc(fields[name] or "")
    return fields
