"""Organisations as programs read and write them, with what is told of each."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import home_unit
from gyoryu.evidence import queries as evidence
from gyoryu.parties import actions, queries
from gyoryu.parties.forms import organisations
from gyoryu.parties.models import Contact, Exports, Organisation, Product
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE = "parties.view", "parties.change"
desk = Desk(_("Organisations"))


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


def _organisation(call: Call) -> Organisation:
    named = ("unit", "region", "parent", "merged_into")
    rows = Organisation.objects.select_related(*named)
    return get_object_or_404(rows.prefetch_related("contacts", "exports", "products"), pk=call.pk)


def _standing(call: Call) -> Organisation:
    """Return an organisation that stands; whether it may be changed is the action's to say."""
    return get_object_or_404(queries.organisations().select_related("parent"), pk=call.pk)


def _contact(call: Call) -> Contact:
    rows = Contact.objects.select_related("organisation__unit", "person__unit")
    return get_object_or_404(rows, pk=call.pk)


def _exports(call: Call) -> Exports:
    return get_object_or_404(Exports.objects.select_related("organisation__unit"), pk=call.pk)


def _product(call: Call) -> Product:
    return get_object_or_404(Product.objects.select_related("organisation__unit"), pk=call.pk)


def _organisation_form(call: Call) -> Any:
    names, row = organisations.OrganisationForm.base_fields, call.row
    initial = row and {name: getattr(row, name) for name in names}
    return organisations.OrganisationForm(initial=initial)


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
