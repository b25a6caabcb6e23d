"""What is done to events: planned, changed, moved on, called off, planned again for next year."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.trade.actions import event_letters as letters
from gyoryu.trade.models import Event, HalfDay, Interpreter, Leg
from gyoryu.trade.rules import events as rules

CHANGE = "trade.change"
PREFIX = "EV"
LINES = {"title_ko", "title_en", "host"}
# What the next edition begins with.
KEPT = ("kind", "host", "programme", "about_ko", "about_en", "owner", "meeting_slots")


@transaction.atomic
def add(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Event:
    """Plan an event; ``values`` are its fields by name. It is numbered by the year it begins in."""
    check_may(by, CHANGE, unit)
    made = Event(unit=unit, state_since=day_of(at), **_tidied(values))
    rules.check_event(made)
    made.number = next_number(unit, PREFIX, made.starts_on.year, by=by)
    made.save()
    history.record("event.added", made, by=by, at=at)
    return made


@transaction.atomic
def change(event: Event, values: dict[str, Any], *, by: User | None, at: datetime) -> Event:
    """Change what is known of an event."""
    event = locked(event, by=by)
    rules.check_changeable(event)
    changes = history.changes(event, _tidied(values))
    if changes:
        rules.check_event(event)
        rules.check_places_fit(event)
        event.save(update_fields=list(changes))
        history.record("event.changed", event, by=by, at=at, changes=changes)
    return event


@transaction.atomic
def move(event: Event, state: str, reason: str = "", *, by: User | None, at: datetime) -> Event:
    """Open an event to register, begin it, end it, call it off; or take such a step back."""
    event = locked(event, by=by)
    rules.check_step(event, state, reason, on=day_of(at))
    values: dict[str, Any] = {
        "state": state,
        "state_since": day_of(at),
        "state_reason": names.nfc(reason),
    }
    # What was called off is not advertised any longer.
    if state == Event.State.CANCELLED:
        values["catalogue_since"] = None
    verb = "event.taken_back" if rules.is_back(event, state) else f"event.{state}"
    changes = history.changes(event, values)
    event.save(update_fields=list(changes))
    history.record(verb, event, by=by, at=at, changes=changes, reason=reason)
    if state == Event.State.CANCELLED:
        letters.cancelled(event, by=by, at=at)
    return event


@transaction.atomic
def show_catalogue(event: Event, *, opened: bool, by: User | None, at: datetime) -> Event:
    """Open an event's catalogue to the public, or close it."""
    event = locked(event, by=by)
    rules.check_catalogue(event, opened=opened)
    changes = history.changes(event, {"catalogue_since": at if opened else None})
    event.save(update_fields=list(changes))
    verb = "event.catalogue_opened" if opened else "event.catalogue_closed"
    history.record(verb, event, by=by, at=at, changes=changes)
    return event


@transaction.atomic
def confirm_results(
    event: Event, reason: str = "", *, confirmed: bool = True, by: User | None, at: datetime
) -> Event:
    """Confirm an event's results: companies correct nothing any more; or open them, with why."""
    event = locked(event, by=by)
    rules.check_results(event, confirmed=confirmed, reason=reason)
    changes = history.changes(event, {"results_since": at if confirmed else None})
    event.save(update_fields=list(changes))
    verb = "event.results_confirmed" if confirmed else "event.results_opened"
    history.record(verb, event, by=by, at=at, changes=changes, reason=reason)
    return event


@transaction.atomic
def void(event: Event, reason: str, *, by: User | None, at: datetime) -> Event:
    """Take an event that was entered by mistake out of the register; it stays with the reason."""
    event = locked(event, by=by)
    rules.check_void(event, reason)
    changes = history.changes(event, {"voided_at": at, "voided_reason": names.nfc(reason)})
    event.save(update_fields=list(changes))
    history.record("event.voided", event, by=by, at=at, changes=changes, reason=reason)
    return event


@transaction.atomic
def copy(event: Event, values: dict[str, Any], *, by: User | None, at: datetime) -> Event:
    """Plan the next edition of an event: ``values`` are its titles and days.

    Places, half-days and interpreters come along, as many days later as the event itself; a day
    that no longer falls into the event is left out. Participants are asked anew.
    """
    rules.check_copy(event, values)
    kept = {name: getattr(event, name) for name in KEPT}
    made = add(event.unit, {**kept, "follows": event, **values}, by=by, at=at)
    _copy_legs(event, made)
    history.record("event.copied", made, by=by, at=at, changes={"copy_of": [None, event.number]})
    return made


def _copy_legs(event: Event, made: Event) -> None:
    later = made.starts_on - event.starts_on
    for leg in event.legs.prefetch_related("half_days", "interpreters"):
        half_days, people = list(leg.half_days.all()), list(leg.interpreters.all())
        twin = _later(leg, made, later)
        HalfDay.objects.bulk_create(
            HalfDay(
                leg=twin, day=one.day + later, part=one.part, begins=one.begins,
                minutes=one.minutes, slots=one.slots,
            )
            for one in half_days
            if twin.starts_on <= one.day + later <= twin.ends_on
        )  # fmt: skip
        Interpreter.objects.bulk_create(
            Interpreter(leg=twin, name=one.name, languages=one.languages) for one in people
        )


def _later(leg: Leg, made: Event, later: timedelta) -> Leg:
    first, last = leg.starts_on + later, leg.ends_on + later
    return Leg.objects.create(
        event=made, position=leg.position, name_ko=leg.name_ko, name_en=leg.name_en,
        region=leg.region, venue=leg.venue, hall=leg.hall, timezone=leg.timezone,
        tables=leg.tables, starts_on=_within(first, made), ends_on=_within(last, made),
    )  # fmt: skip


def _within(day: date, event: Event) -> date:
    return max(event.starts_on, min(day, event.ends_on))


def locked(event: Event, *, by: User | None) -> Event:
    """Return an event for change, locked so that no two steps are taken at once."""
    check_may(by, CHANGE, event.unit)
    rows = Event.objects.select_for_update(of=("self",)).select_related("unit", "programme", "call")
    return rows.get(pk=event.pk)


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    fields = dict(values)
    for name in LINES & fields.keys():
        fields[name] = names.nfc(fields[name] or "")
    for name in {"about_ko", "about_en"} & fields.keys():
        fields[name] = fields[name] or ""
    return fields
