"""Regions, organisations and people as programs read and write them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import home_unit
from gyoryu.evidence import queries as evidence
from gyoryu.parties import actions, queries
from gyoryu.parties.forms import merging, organisations, people, regions
from gyoryu.parties.models import (
    Contact,
    Double,
    Exports,
    Merge,
    Organisation,
    Person,
    Position,
    Product,
    Region,
)
from gyoryu.parties.queries import doubles
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE = "parties.view", "parties.change"
REGIONS, MERGE = "parties.regions", "parties.merge"
desk = Desk(_("Regions, organisations and people"))
DESKS = [desk]


class RegionRow(Shape):
    """A country, a province or state, or a city."""

    id: int
    kind: Region.Kind
    code: str
    name_ko: str
    name_en: str
    name_native: str
    parent: Named | None


class RegionPage(RegionRow):
    """A region with its other names."""

    other_names: list[str]
    merged_into: Named | None

    @staticmethod
    def resolve_other_names(row: Region) -> list[str]:
        """Return the names it is also found by."""
        return queries.other_names(row)


class OrganisationRow(Shape):
    """An organisation."""

    id: int
    kind: Organisation.Kind
    name_ko: str
    name_en: str
    name_native: str
    region: Named | None
    business_number: str
    size: Organisation.Size | Literal[""]
    website: str
    unit: Named


class ContactShape(Shape):
    """How somebody is reached at work."""

    id: int
    kind: Contact.Kind
    value: str


class ExportsShape(Shape):
    """A year's exports as declared."""

    id: int
    year: int
    amount: Decimal
    currency: str


class ProductShape(Shape):
    """Something a company makes."""

    id: int
    hs: str
    name_ko: str
    name_en: str


class PositionShape(Shape):
    """A title somebody holds or held at an organisation."""

    id: int
    person: Named
    organisation: Named
    title_ko: str
    title_en: str
    since: date | None
    until: date | None


class OrganisationPage(OrganisationRow):
    """All that is known of an organisation itself."""

    parent: Named | None
    note: str
    merged_into: Named | None
    voided_at: datetime | None
    voided_reason: str
    contacts: list[ContactShape]
    exports: list[ExportsShape]
    products: list[ProductShape]
    positions: list[PositionShape]
    other_names: list[str]
    documents: list[Named]

    @staticmethod
    def resolve_positions(row: Organisation) -> Any:
        """Return who holds or held a position there."""
        return queries.positions().filter(organisation=row)

    @staticmethod
    def resolve_other_names(row: Organisation) -> list[str]:
        """Return the names it is also found by."""
        return queries.other_names(row)

    @staticmethod
    def resolve_documents(row: Organisation) -> Any:
        """Return the documents that stand."""
        return evidence.of_record(row)


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


class DoubleRow(Shape):
    """Two records that may be one, and why."""

    id: int
    kind: Literal["region", "organisation", "person"]
    one: int
    other: int
    reason: Double.Reason
    found_at: datetime
    dismissed_at: datetime | None
    remark: str


class MergePage(Shape):
    """Two records that were found to be one."""

    id: int
    kind: Literal["region", "organisation", "person"]
    kept: int
    gone: int
    kept_name: str
    gone_name: str
    reason: str
    at: datetime
    undone_at: datetime | None


def _region(call: Call) -> Region:
    rows = Region.objects.select_related("parent", "merged_into")
    return get_object_or_404(rows, pk=call.pk)


def _city(call: Call) -> Region:
    return get_object_or_404(queries.regions().filter(kind=Region.Kind.CITY), pk=call.pk)


def _organisation(call: Call) -> Organisation:
    named = ("unit", "region", "parent", "merged_into")
    rows = Organisation.objects.select_related(*named)
    return get_object_or_404(rows.prefetch_related("contacts", "exports", "products"), pk=call.pk)


def _standing(call: Call) -> Organisation:
    """Return an organisation that stands; whether it may be changed is the action's to say."""
    return get_object_or_404(queries.organisations().select_related("parent"), pk=call.pk)


def _person(call: Call) -> Person:
    rows = Person.objects.select_related("unit", "merged_into")
    return get_object_or_404(rows.prefetch_related("contacts"), pk=call.pk)


def _standing_person(call: Call) -> Person:
    return get_object_or_404(queries.people(), pk=call.pk)


def _position(call: Call) -> Position:
    rows = Position.objects.select_related("person__unit", "organisation")
    return get_object_or_404(rows, pk=call.pk)


def _contact(call: Call) -> Contact:
    rows = Contact.objects.select_related("organisation__unit", "person__unit")
    return get_object_or_404(rows, pk=call.pk)


def _exports(call: Call) -> Exports:
    return get_object_or_404(Exports.objects.select_related("organisation__unit"), pk=call.pk)


def _product(call: Call) -> Product:
    return get_object_or_404(Product.objects.select_related("organisation__unit"), pk=call.pk)


def _double(call: Call) -> Double:
    return doubles.with_records([get_object_or_404(doubles.standing(), pk=call.pk)])[0]


def _join(call: Call, form: Any) -> Merge:
    standing = doubles.STANDING[call.row.kind]()
    first, second = (get_object_or_404(standing, pk=pk) for pk in (call.row.one, call.row.other))
    kept, gone = (first, second) if form.cleaned_data["stays"] == "first" else (second, first)
    return actions.merge(kept, gone, reason=form.cleaned_data["reason"], **call.who)


def _merge(call: Call) -> Merge:
    return get_object_or_404(Merge.objects.select_related("unit"), pk=call.pk)


def _city_form(call: Call) -> Any:
    names = regions.CityForm.base_fields
    return regions.CityForm(initial=call.row and {name: getattr(call.row, name) for name in names})


def _organisation_form(call: Call) -> Any:
    names, row = organisations.OrganisationForm.base_fields, call.row
    initial = row and {name: getattr(row, name) for name in names}
    return organisations.OrganisationForm(initial=initial)


def _person_form(call: Call) -> Any:
    names, row = people.PersonForm.base_fields, call.row
    return people.PersonForm(initial=row and {name: getattr(row, name) for name in names})


def _position_form(call: Call) -> Any:
    names, row = people.PositionForm.base_fields, call.row
    return people.PositionForm(initial=row and {name: getattr(row, name) for name in names})


def _add_position(call: Call, form: Any) -> Any:
    values = dict(form.cleaned_data)
    return actions.add_position(call.row, values.pop("organisation"), values, **call.who)


desk.lists("regions", _("Regions"), RegionRow, regions.region_listing, may=VIEW)
desk.writes(
    "regions", _("New city"), regions.CityForm,
    lambda call, form: actions.add_city(form.cleaned_data, **call.who),
    may=REGIONS, creates="regions",
)  # fmt: skip
desk.shows("regions/{pk}", _("Region"), RegionPage, _region, may=VIEW)
desk.writes(
    "regions/{pk}", _("Change the city"), _city_form,
    lambda call, form: actions.change_city(call.row, form.cleaned_data, **call.who),
    may=REGIONS, find=_city, method="PATCH",
)  # fmt: skip
desk.lists(
    "organisations", _("Organisations"), OrganisationRow, organisations.organisation_listing,
    may=VIEW,
)  # fmt: skip
desk.writes(
    "organisations", _("New organisation"), organisations.OrganisationForm,
    lambda call, form: actions.add_organisation(
        home_unit(call.user, CHANGE), form.cleaned_data, **call.who
    ),
    may=CHANGE, creates="organisations",
)  # fmt: skip
desk.shows("organisations/{pk}", _("Organisation"), OrganisationPage, _organisation, may=VIEW)
desk.writes(
    "organisations/{pk}", _("Edit the organisation"), _organisation_form,
    lambda call, form: actions.change_organisation(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_standing, method="PATCH",
)  # fmt: skip
desk.writes(
    "organisations/{pk}/void", _("Void the organisation"), organisations.ReasonForm,
    lambda call, form: actions.void_organisation(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_standing,
)  # fmt: skip
desk.writes(
    "organisations/{pk}/contacts", _("Add a contact"), organisations.ContactForm,
    lambda call, form: actions.add_contact(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_standing,
)  # fmt: skip
desk.writes(
    "organisations/{pk}/exports", _("Declare exports"), organisations.ExportsForm,
    lambda call, form: actions.declare_exports(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_standing,
)  # fmt: skip
desk.writes(
    "organisations/{pk}/products", _("Add a product"), organisations.ProductForm,
    lambda call, form: actions.add_product(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_standing,
)  # fmt: skip
desk.writes(
    "organisations/{pk}/names", _("Other name"), organisations.AliasForm,
    lambda call, form: actions.give_alias(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_standing,
)  # fmt: skip
desk.writes(
    "contacts/{pk}/remove", _("Remove a contact"), organisations.SureForm,
    lambda call, _form: actions.remove_contact(call.row, **call.who),
    may=CHANGE, find=_contact,
)  # fmt: skip
desk.writes(
    "exports/{pk}/remove", _("Remove declared exports"), organisations.SureForm,
    lambda call, _form: actions.remove_exports(call.row, **call.who),
    may=CHANGE, find=_exports,
)  # fmt: skip
desk.writes(
    "products/{pk}/remove", _("Remove a product"), organisations.SureForm,
    lambda call, _form: actions.remove_product(call.row, **call.who),
    may=CHANGE, find=_product,
)  # fmt: skip
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
desk.lists("doubles", _("Suspected doubles"), DoubleRow, merging.double_listing, may=VIEW)
desk.writes(
    "doubles/{pk}/apart", _("Tell apart"), organisations.RemarkForm,
    lambda call, form: actions.dismiss(call.row, **form.cleaned_data, **call.who),
    may=MERGE, find=_double,
)  # fmt: skip
desk.writes(
    "doubles/{pk}/merge", _("Merge two records"), merging.MergeForm, _join, may=MERGE, find=_double,
    creates="merges",
)  # fmt: skip
desk.shows("merges/{pk}", _("Merge"), MergePage, _merge, may=VIEW)
desk.writes(
    "merges/{pk}/undo", _("Undo the merge"), organisations.SureForm,
    lambda call, _form: actions.undo_merge(call.row, **call.who),
    may=MERGE, find=_merge,
)  # fmt: skip
