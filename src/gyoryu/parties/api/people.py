"""People and their positions as programs read and write them."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import home_unit
from gyoryu.evidence import queries as evidence
from gyoryu.parties import actions, queries
from gyoryu.parties.api.organisations import ContactShape, PositionShape
from gyoryu.parties.forms import organisations, people
from gyoryu.parties.models import Person, Position
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE = "parties.view", "parties.change"
desk = Desk(_("People"))


class PersonLine(Shape):
    """A person's names."""

    id: int
    name_ko: str
    name_en: str
    name_native: str
    unit: Named


class PersonRow(PersonLine):
    """A person in the list, with the positions held now."""

    now: list[PositionShape]


class PersonPage(PersonLine):
    """All that is known of a person."""

    note: str
    merged_into: Named | None
    voided_at: datetime | None
    voided_reason: str
    contacts: list[ContactShape]
    positions: list[PositionShape]
    other_names: list[str]
    documents: list[Named]

    @staticmethod
    def resolve_positions(row: Person) -> Any:
        """Return the positions held, the last first."""
        return row.positions.select_related("person", "organisation")

    @staticmethod
    def resolve_other_names(row: Person) -> list[str]:
        """Return the names they are also found by."""
        return queries.other_names(row)

    @staticmethod
    def resolve_documents(row: Person) -> Any:
        """Return the documents that stand."""
        return evidence.of_record(row)


def _person(call: Call) -> Person:
    rows = Person.objects.select_related("unit", "merged_into")
    return get_object_or_404(rows.prefetch_related("contacts"), pk=call.pk)


def _standing_person(call: Call) -> Person:
    return get_object_or_404(queries.people(), pk=call.pk)


def _position(call: Call) -> Position:
    rows = Position.objects.select_related("person__unit", "organisation")
    return get_object_or_404(rows, pk=call.pk)


def _person_form(call: Call) -> Any:
    names, row = people.PersonForm.base_fields, call.row
    return people.PersonForm(initial=row and {name: getattr(row, name) for name in names})


def _position_form(call: Call) -> Any:
    names, row = people.PositionForm.base_fields, call.row
    return people.PositionForm(initial=row and {name: getattr(row, name) for name in names})


def _add_position(call: Call, form: Any) -> Any:
    values = dict(form.cleaned_data)
    return actions.add_position(call.row, values.pop("organisation"), values, **call.who)


desk.lists("people", _("People"), PersonRow, people.person_listing, may=VIEW)
desk.writes(
    "people", _("New person"), people.PersonForm,
    lambda call, form: actions.add_person(
        home_unit(call.user, CHANGE), form.cleaned_data, **call.who
    ),
    may=CHANGE, creates="people",
)  # fmt: skip
desk.shows("people/{pk}", _("Person"), PersonPage, _person, may=VIEW)
desk.writes(
    "people/{pk}", _("Edit the person"), _person_form,
    lambda call, form: actions.change_person(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_standing_person, method="PATCH",
)  # fmt: skip
desk.writes(
    "people/{pk}/void", _("Void the person"), organisations.ReasonForm,
    lambda call, form: actions.void_person(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_standing_person,
)  # fmt: skip
desk.writes(
    "people/{pk}/contacts", _("Add a contact"), organisations.ContactForm,
    lambda call, form: actions.add_contact(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_standing_person,
)  # fmt: skip
desk.writes(
    "people/{pk}/names", _("Other name"), organisations.AliasForm,
    lambda call, form: actions.give_alias(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_standing_person,
)  # fmt: skip
desk.writes(
    "people/{pk}/positions", _("Add a position"), people.PositionForm, _add_position,
    may=CHANGE, find=_standing_person,
)  # fmt: skip
desk.writes(
    "positions/{pk}", _("Change the position"), _position_form,
    lambda call, form: actions.change_position(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_position, method="PATCH",
)  # fmt: skip
desk.writes(
    "positions/{pk}/end", _("End of a position"), people.EndForm,
    lambda call, form: actions.end_position(call.row, on=form.cleaned_data["until"], **call.who),
    may=CHANGE, find=_position,
)  # fmt: skip
