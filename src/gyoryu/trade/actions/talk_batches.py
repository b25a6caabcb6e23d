"""Consultations taken over from the organiser's lists by the thousand, and taken back together."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from gyoryu.accounts.models import Record, Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules import given
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.history.inserting import insert_all
from gyoryu.parties.models import Organisation
from gyoryu.trade.actions import tallies
from gyoryu.trade.models import Consultation, Event, Participant
from gyoryu.trade.queries import consultations as queries
from gyoryu.trade.rules import consultations as rules

TOGETHER = 500
Change = tuple[Consultation, dict[str, Any]]


def _check_officer(event: Event, by: User | None) -> None:
    check_may(by, rules.CHANGE, event.unit)
    check_may(by, rules.SEE, event.unit)


@transaction.atomic
def enter_buyers(
    event: Event, organisations: Iterable[Organisation], *, by: User | None, at: datetime
) -> dict[int, Participant]:
    """Enter organisations as buyers of an event; return them by organisation."""
    _check_officer(event, by)
    made = [
        Participant(
            unit=event.unit,
            event=event,
            side=Participant.Side.BUYER,
            organisation=one,
            source=Record.Source.IMPORTED,
            state=Participant.State.CONFIRMED,
            state_since=given.day_of(at),
        )
        for one in {one.pk: one for one in organisations}.values()
    ]
    insert_all(made)
    done = [Done("participant.walked_in", one) for one in made]
    history.record_many(done, by=by, at=at)
    return {one.organisation_id: one for one in made}


@transaction.atomic
def enter_consultations(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Consultation]:
    """Take consultations over; ``rows`` are as for one, with ``event``, ``exhibitor`` and source.

    They belong to the unit of their event, whoever brings the list.
    """
    made = []
    for event in {one["event"].pk: one["event"] for one in rows}.values():
        _check_officer(event, by)
        rules.check_event(event)
    countries: dict[int, Any] = {}
    for values in rows:
        row = _row(values, at)
        buyer = row.buyer
        if buyer.pk not in countries:
            countries[buyer.pk] = queries.country_of(buyer.organisation)
        row.country = countries[buyer.pk]
        row.logged_by = by
        made.append(row)
    insert_all(made)
    tallies.moved([], [one for row in made for one in tallies.of_consultation(row)])
    told = [Done("consultation.entered", row, reason=row.source_note) for row in made]
    history.record_many(told, by=by, at=at)
    return made


def _row(values: dict[str, Any], at: datetime) -> Consultation:
    """Make a row of a list and check it as a typed one is checked."""
    exhibitor, event = values["exhibitor"], values["event"]
    rules.check_exhibitor(exhibitor)
    rules.check_sides(exhibitor, values)
    rules.check_content(exhibitor, values)
    row = Consultation(
        unit=event.unit, key=uuid4(), source=Record.Source.IMPORTED, logged_at=at, **values
    )
    # A list says the day, and often no time: today's talks are not in the future.
    today = rules.day_at(row.leg, at) == rules.day_at(row.leg, row.at)
    rules.check_when(row.leg, min(row.at, at) if today else row.at, at)
    rules.check_due(row)
    given.check_texts(row)
    return row


@transaction.atomic
def change_consultations(
    changes: Sequence[Change], *, by: User | None, at: datetime, reason: str = ""
) -> list[dict[str, Any]]:
    """Change fields of consultations; return what each had before."""
    return _changed("consultation.changed", changes, reason, by, at)


@transaction.atomic
def put_back(
    verb: str, changes: Sequence[Change], *, by: User | None, at: datetime, reason: str
) -> None:
    """Give rows the values they had before an import; who undoes it has asked what stands."""
    _changed(verb, changes, reason, by, at)


def _changed(
    verb: str, changes: Sequence[Change], reason: str, by: User | None, at: datetime
) -> list[dict[str, Any]]:
    fresh = _fresh(row.pk for row, _values in changes)
    was = [one for row in fresh.values() for one in tallies.of_consultation(row)]

    def may(row: Consultation, _values: dict[str, Any]) -> None:
        rules.check_change(row, by)

    def holds(row: Consultation) -> None:
        rules.check_amount(row.amount, row.currency)
        given.check_texts(row)

    own = [(fresh[row.pk], values) for row, values in changes]
    before = history.change_together(verb, own, may, holds, by=by, at=at, reason=reason)
    tallies.moved(was, [one for row in fresh.values() for one in tallies.of_consultation(row)])
    return before


def _fresh(pks: Iterable[int]) -> dict[int, Consultation]:
    """Read rows again with what their rules and tallies ask."""
    found: dict[int, Consultation] = {}
    every = list(pks)
    for start in range(0, len(every), TOGETHER):
        rows = Consultation.objects.filter(pk__in=every[start : start + TOGETHER])
        found |= {row.pk: row for row in rows.select_related(*queries.BESIDE, "unit")}
    return found


@transaction.atomic
def void_many(
    verb: str, rows: Sequence[Any], *, reason: str, by: User | None, at: datetime
) -> None:
    """Take back what an import made, together and for one reason: talks, or buyers entered."""
    given.check_reason(reason)
    for row in rows:
        check_may(by, rules.CHANGE, row.unit)
        given.check_stands(row)
    if rows and isinstance(rows[0], Consultation):
        held = _fresh(row.pk for row in rows)
        tallies.moved([one for row in held.values() for one in tallies.of_consultation(row)], [])
    history.void_together(verb, rows, by=by, at=at, reason=reason)
