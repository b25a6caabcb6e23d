"""What is done to people and their positions."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.parties import rules
from gyoryu.parties.actions import aliases, suspicions
from gyoryu.parties.models import Organisation, Person, Position


@transaction.atomic
def add_person(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Person:
    """Add a person; ``values`` are the fields by name."""
    check_may(by, "parties.change", unit)
    values = rules.tidied(Person, values)
    rules.check_named(values)
    made = Person.objects.create(unit=unit, **values)
    named = aliases.write_names(made, new=True, by=by)
    suspicions.suspect(made, named, by=by, at=at)
    history.record("person.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_person(
    person: Person, values: dict[str, Any], *, by: User | None, at: datetime
) -> Person:
    """Change fields of a person; what stays the same is not written down."""
    check_may(by, "parties.change", person.unit)
    rules.check_standing(person)
    values = rules.tidied(Person, values)
    rules.check_named(values, person)
    changes = history.changes(person, values)
    if changes:
        person.save()
        if any(name.startswith("name_") for name in changes):
            named = aliases.write_names(person, by=by)
            suspicions.suspect(person, named, by=by, at=at)
        history.record("person.changed", person, by=by, at=at, changes=changes)
    return person


@transaction.atomic
def void_person(person: Person, *, reason: str, by: User | None, at: datetime) -> Person:
    """Take a person out of the register, for a reason; the row and its ties stay."""
    check_may(by, "parties.change", person.unit)
    rules.check_standing(person)
    values = rules.tidied(Person, {"voided_reason": reason})
    rules.check_reason(reason)
    person.voided_at, person.voided_reason = at, values["voided_reason"]
    person.save(update_fields=["voided_at", "voided_reason"])
    history.record("person.voided", person, by=by, at=at, reason=reason)
    return person


@transaction.atomic
def add_position(
    person: Person,
    organisation: Organisation,
    values: dict[str, Any],
    *,
    by: User | None,
    at: datetime,
) -> Position:
    """Tie a person to an organisation; ``values`` are title_ko, title_en, since and until."""
    check_may(by, "parties.change", person.unit)
    rules.check_standing(person)
    rules.check_standing(organisation, field="organisation")
    values = rules.tidied(Position, values)
    rules.check_position(values)
    made = Position.objects.create(person=person, organisation=organisation, **values)
    _told("person.position_added", made, {"position": [None, _words(made)]}, by, at)
    return made


@transaction.atomic
def change_position(
    position: Position, values: dict[str, Any], *, by: User | None, at: datetime
) -> Position:
    """Correct a position's organisation, titles or dates."""
    check_may(by, "parties.change", position.person.unit)
    rules.check_standing(position.person)
    values = rules.tidied(Position, values)
    merged = {
        name: values.get(name, getattr(position, name))
        for name in ("title_ko", "title_en", "since", "until")
    }
    rules.check_position(merged)
    before = _words(position)
    if history.changes(position, values):
        position.save()
        _told("person.position_changed", position, {"position": [before, _words(position)]}, by, at)
    return position


@transaction.atomic
def end_position(position: Position, *, on: date, by: User | None, at: datetime) -> Position:
    """Note the last day of a position."""
    check_may(by, "parties.change", position.person.unit)
    rules.check_standing(position.person)
    rules.check_end(position, on)
    before = _words(position)
    position.until = on
    position.save(update_fields=["until"])
    _told("person.position_ended", position, {"position": [before, _words(position)]}, by, at)
    return position


def _words(position: Position) -> str:
    days = f"{position.since or '?'}–{position.until or ''}"
    return f"{position.title_ko or position.title_en} · {position.organisation} ({days})"


def _told(
    verb: str, position: Position, changes: dict[str, Any], by: User | None, at: datetime
) -> None:
    """Write it under the person; the organisation's page shows its people itself."""
    history.record(verb, position.person, by=by, at=at, changes=changes)
