"""Who takes part in an event: added, changed, moved on, struck off, and when they are away."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.parties.models import Organisation, Product
from gyoryu.programmes.models import Application
from gyoryu.trade.actions import event_letters as letters
from gyoryu.trade.actions import meetings
from gyoryu.trade.actions.events import locked
from gyoryu.trade.models import Absence, Event, Exhibit, HalfDay, Participant
from gyoryu.trade.queries import participants as queries
from gyoryu.trade.rules import events
from gyoryu.trade.rules import participants as rules

CHANGE = "trade.change"
State, Side = Participant.State, Participant.Side


@transaction.atomic
def add(
    event: Event,
    side: str,
    organisation: Organisation,
    values: dict[str, Any],
    *,
    by: User | None,
    at: datetime,
) -> Participant:
    """Add an exhibitor or a buyer. A buyer is to be invited unless ``values`` say otherwise."""
    check_may(by, CHANGE, event.unit)
    rules.check_new(event, side, organisation)
    made = rules.begun(event, side, organisation, values, day_of(at))
    rules.check_participant(made)
    made.save()
    history.record("participant.added", made, by=by, at=at, changes=_first(made))
    return made


def _first(made: Participant) -> dict[str, list[Any]]:
    return {"side": [None, made.side], "state": [None, made.state]}


@transaction.atomic
def take_over(event: Event, *, by: User | None, at: datetime) -> list[Participant]:
    """Make exhibitors of all companies that the event's call selected and that are not yet there.

    Each is tied to its application and brings its products along. Its people are told.
    """
    event = locked(event, by=by)
    events.check_not_over(event)
    rules.check_may_take_over(event, by)
    applications = list(queries.to_take_over(event))
    products = queries.products_of(one.organisation_id for one in applications)
    made = [_exhibiting(event, one, products, at) for one in applications]
    Participant.objects.bulk_create(made)
    Exhibit.objects.bulk_create(
        Exhibit(participant=row, product=one)
        for row in made
        for one in products.get(row.organisation_id, [])
    )
    told = [Done("participant.added", row, changes=_first(row)) for row in made]
    if told:
        history.record_many(told, by=by, at=at)
    letters.taken_over(event, made, by=by, at=at)
    return made


def _exhibiting(
    event: Event, application: Application, products: dict[int, list[Product]], at: datetime
) -> Participant:
    own = products.get(application.organisation_id or 0, [])
    codes = list(dict.fromkeys(one.hs for one in own if one.hs))[: rules.MOST_CODES]
    values = {"application": application, "hs_codes": codes, "source_note": application.number}
    return rules.begun(event, Side.EXHIBITOR, application.organisation, values, day_of(at))


@transaction.atomic
def change(
    participant: Participant, values: dict[str, Any], *, by: User | None, at: datetime
) -> Participant:
    """Change what is known of a participant; an exhibitor's own people may, too."""
    row = again(participant, by=by)
    rules.check_may_act(row, by)
    changes = history.changes(row, rules.tidied(values))
    if changes:
        rules.check_participant(row)
        row.save(update_fields=list(changes))
        history.record("participant.changed", row, by=by, at=at, changes=changes)
    return row


@transaction.atomic
def move(
    participant: Participant, state: str, reason: str = "", *, by: User | None, at: datetime
) -> Participant:
    """Confirm a participant, note that it declined or has withdrawn, or take it in again."""
    check_may(by, CHANGE, participant.unit)
    row = again(participant, by=by)
    rules.check_step(row, state, reason)
    values = {"state": state, "state_since": day_of(at), "state_reason": names.nfc(reason)}
    changes = history.changes(row, values)
    row.save(update_fields=list(changes))
    history.record(f"participant.{state}", row, by=by, at=at, changes=changes, reason=reason)
    letters.moved(row, by=by, at=at)
    if state == State.WITHDRAWN:
        meetings.withdraw(row, reason, by=by, at=at)
    return row


@transaction.atomic
def void(participant: Participant, reason: str, *, by: User | None, at: datetime) -> Event:
    """Strike off who was entered by mistake; return the event."""
    check_may(by, CHANGE, participant.unit)
    row = again(participant, by=by)
    rules.check_void(row, reason)
    changes = history.changes(row, {"voided_at": at, "voided_reason": names.nfc(reason)})
    row.save(update_fields=list(changes))
    history.record("participant.voided", row, by=by, at=at, changes=changes, reason=reason)
    return row.event


@transaction.atomic
def set_absences(
    participant: Participant,
    absences: Iterable[tuple[HalfDay, int]],
    *,
    by: User | None,
    at: datetime,
) -> Participant:
    """Say anew when a participant is away: slots from 1, or 0 for a whole half-day."""
    row = again(participant, by=by)
    rules.check_may_act(row, by)
    wanted = {(half_day.pk, slot): half_day for half_day, slot in absences}
    rules.check_absences(row, [(one, slot) for (_pk, slot), one in wanted.items()])
    there = {(one.half_day_id, one.slot): one for one in row.absences.all()}
    gone = [one.pk for key, one in there.items() if key not in wanted]
    new = [key for key in wanted if key not in there]
    if gone or new:
        Absence.objects.filter(pk__in=gone).delete()
        Absence.objects.bulk_create(
            Absence(participant=row, half_day=wanted[key], slot=key[1]) for key in new
        )
        told = {"absences": [len(there), len(wanted)]}
        history.record("participant.absences_set", row, by=by, at=at, changes=told)
    return row


def again(participant: Participant, *, by: User | None) -> Participant:
    """Return a participant for change, locked, with its event."""
    rows = Participant.objects.select_for_update(of=("self",))
    found: Participant = rows.select_related("event__unit", "organisation", "unit").get(
        pk=participant.pk
    )
    return found
