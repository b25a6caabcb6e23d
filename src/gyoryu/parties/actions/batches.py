"""Organisations and people entered, changed and taken back by the thousand, in few statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Record, Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.history.inserting import insert_all
from gyoryu.parties import rules
from gyoryu.parties.actions import aliases, suspicions
from gyoryu.parties.models import Alias, Organisation, Person, Position
from gyoryu.parties.queries import batches as queries

TOGETHER = 1000
Change = tuple[Any, dict[str, Any]]


@transaction.atomic
def enter_organisations(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Organisation]:
    """Add organisations taken from a file; ``rows`` are their fields and ``source_note``."""
    check_may(by, "parties.change", unit)
    made = []
    for values in rows:
        kept = rules.tidied(Organisation, values)
        rules.check_organisation_alone(kept)
        made.append(Organisation(unit=unit, source=Record.Source.IMPORTED, **kept))
    rules.check_numbers_free(queries.holders_of(row.business_number for row in made))
    return _entered(made, "organisation.added", by, at)


@transaction.atomic
def enter_people(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Person]:
    """Add people taken from a file; ``rows`` are their fields and ``source_note``."""
    check_may(by, "parties.change", unit)
    made = []
    for values in rows:
        kept = rules.tidied(Person, values)
        rules.check_named(kept)
        made.append(Person(unit=unit, source=Record.Source.IMPORTED, **kept))
    return _entered(made, "person.added", by, at)


def _entered(made: list[Any], verb: str, by: User | None, at: datetime) -> list[Any]:
    insert_all(made)
    _name(made, by, at)
    told = [Done(verb, row, reason=row.source_note) for row in made]
    history.record_many(told, by=by, at=at)
    return made


def _name(rows: Iterable[Any], by: User | None, at: datetime) -> None:
    named = aliases.write_many(rows, by=by)
    suspicions.suspect_many(named, by=by, at=at)


@transaction.atomic
def enter_positions(
    rows: Sequence[tuple[Person, Organisation, dict[str, Any]]], *, by: User | None, at: datetime
) -> list[Position]:
    """Tie people to organisations; ``rows`` have title_ko, title_en, since and until."""
    made = []
    for unit in {person.unit_id: person.unit for person, _organisation, _values in rows}.values():
        check_may(by, "parties.change", unit)
    for person, organisation, values in rows:
        kept = rules.tidied(Position, values)
        rules.check_position(kept)
        made.append(Position(person=person, organisation=organisation, **kept))
    insert_all(made)
    told = [
        Done("person.position_added", row.person, changes={"position": [None, str(row)]})
        for row in made
    ]
    history.record_many(told, by=by, at=at)
    return made


@transaction.atomic
def change_many(
    verb: str, changes: Sequence[Change], *, by: User | None, at: datetime, reason: str = ""
) -> list[dict[str, Any]]:
    """Change fields of organisations or people; return what each had before, by field."""

    def may(row: Any, kept: dict[str, Any]) -> None:
        check_may(by, "parties.change", row.unit)
        rules.check_standing(row)
        rules.check_named(kept, row)

    own = [(row, rules.tidied(type(row), values)) for row, values in changes]
    before = history.change_together(verb, own, may, lambda row: None, by=by, at=at, reason=reason)
    if any(before):
        _rename([row for row, values in changes if _names(values)], by, at)
    return before


def _names(values: dict[str, Any]) -> bool:
    return any(name.startswith("name_") for name in values)


def _rename(rows: list[Any], by: User | None, at: datetime) -> None:
    if rows:
        field = str(rows[0]._meta.model_name)
        for start in range(0, len(rows), TOGETHER):
            own: dict[str, Any] = {f"{field}__in": rows[start : start + TOGETHER]}
            Alias.objects.filter(given=False, **own).delete()
        _name(rows, by, at)


@transaction.atomic
def void_many(
    verb: str, rows: Sequence[Any], *, reason: str, by: User | None, at: datetime
) -> None:
    """Take organisations or people out of the register together, for one reason."""
    rules.check_reason(reason)
    for row in rows:
        check_may(by, "parties.change", row.unit)
        rules.check_standing(row)
    history.void_together(verb, rows, by=by, at=at, reason=reason[:500])


@transaction.atomic
def drop_positions(pks: Sequence[int], *, reason: str, by: User | None, at: datetime) -> None:
    """Take back positions that an import added to people who were known before."""
    for start in range(0, len(pks), TOGETHER):
        rows = Position.objects.filter(pk__in=pks[start : start + TOGETHER])
        held = list(rows.select_related("person__unit", "organisation"))
        told = []
        for row in held:
            check_may(by, "parties.change", row.person.unit)
            gone = {"position": [str(row), None]}
            told.append(Done("person.position_changed", row.person, changes=gone, reason=reason))
        rows.delete()
        history.record_many(told, by=by, at=at)
