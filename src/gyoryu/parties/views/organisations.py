"""The screens of organisations."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import home_unit
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.parties import actions, business_number, queries
from gyoryu.parties.forms import organisations as forms
from gyoryu.parties.forms.people import HeldForm
from gyoryu.parties.models import Contact, Exports, Organisation, Product
from gyoryu.parties.views.shared import actionable, options, voiding
from gyoryu.web import clock, export, lists, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

COLUMNS = [
    export.Column(gettext_lazy("Name in Korean"), lambda row: row.name_ko),
    export.Column(gettext_lazy("Name in English"), lambda row: row.name_en),
    export.Column(gettext_lazy("Name in its own language"), lambda row: row.name_native),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Region"), lambda row: str(row.region or "")),
    export.Column(
        gettext_lazy("Business number"), lambda row: business_number.written(row.business_number)
    ),
    export.Column(gettext_lazy("Company size"), lambda row: row.get_size_display()),
    export.Column(gettext_lazy("Website"), lambda row: row.website),
    export.Column(gettext_lazy("Responsible unit"), lambda row: str(row.unit)),
]
SHEET = export.Sheet("organisations", COLUMNS)


@may("parties.view")
def organisations(request: Request) -> HttpResponse:
    listing = forms.organisation_listing(request, clock.today())
    return lists.show(request, listing, SHEET, "parties/organisations.html", _("Organisations"))


@may("parties.view")
def organisation(request: Request, pk: int) -> HttpResponse:
    rows = Organisation.objects.select_related(
        "unit", "region__parent", "parent", "merged_into"
    ).prefetch_related("contacts", "exports", "products")
    row = get_object_or_404(rows, pk=pk)
    staff = list(queries.positions().filter(organisation=row))
    asked = HeldForm(request.GET) if "on" in request.GET else HeldForm()
    held = queries.held_among(staff, asked.cleaned_data["on"]) if _is_asked(asked) else None
    context: dict[str, Any] = {
        "row": row,
        "staff": queries.now_and_before(staff, clock.today()),
        "clashes": queries.clashes(staff),
        "asked": asked,
        "held": held,
        "children": queries.organisations().filter(parent=row).order_by("shown_ko")[:50],
        "aliases": queries.other_names(row),
        "suspicions": queries.suspicions(row),
        "documents": evidence.of_record(row),
        "entries": history.of_record(row)[:50],
        **actionable(request, row),
    }
    return render(request, "parties/organisation.html", context)


def _is_asked(form: HeldForm) -> bool:
    return form.is_bound and form.is_valid()


@may("parties.change")
def organisation_new(request: Request) -> HttpResponse:
    unit = home_unit(request.user, "parties.change")
    return posting.run(
        request,
        forms.OrganisationForm(posting.typed(request)),
        "parties/organisation_form.html",
        lambda values: actions.add_organisation(unit, values, by=request.user, at=clock.now()),
        done=_("The organisation is in the register."),
    )


def _own(request: Request, pk: int) -> Organisation:
    """Return an organisation that stands; whether it may be changed is the action's to say."""
    return get_object_or_404(queries.organisations().select_related("parent"), pk=pk)


@may("parties.change")
def organisation_edit(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    initial = {name: getattr(row, name) for name in forms.OrganisationForm.base_fields}
    initial["business_number"] = business_number.written(row.business_number)
    return posting.run(
        request,
        forms.OrganisationForm(posting.typed(request), initial=initial),
        "parties/organisation_form.html",
        lambda values: actions.change_organisation(row, values, by=request.user, at=clock.now()),
        context={"row": row},
    )


@may("parties.change")
def organisation_void(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return small.act_on(
        request,
        row,
        forms.ReasonForm,
        actions.void_organisation,
        voiding(row),
        done=_("The organisation is voided."),
    )


@may("parties.change")
def contact_new(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    page = Page(_("Contact of %(name)s") % {"name": row}, row)
    return small.act_on(request, row, forms.ContactForm, actions.add_contact, page)


@may("parties.change")
def contact_remove(request: Request, pk: int) -> HttpResponse:
    contact = get_object_or_404(
        Contact.objects.select_related("organisation__unit", "person__unit"), pk=pk
    )
    owner = contact.organisation or contact.person
    return small.run(
        request,
        forms.SureForm(posting.typed(request)),
        lambda values: actions.remove_contact(contact, by=request.user, at=clock.now()),
        _removing(owner, contact),
    )


def _removing(owner: Any, what: Any) -> Page:
    return Page(_("Remove “%(what)s”?") % {"what": what}, owner, save=_("Remove"))


@may("parties.change")
def exports_new(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    page = Page(_("Exports of %(name)s") % {"name": row}, row)
    return small.act_on(request, row, forms.ExportsForm, actions.declare_exports, page)


@may("parties.change")
def exports_remove(request: Request, pk: int) -> HttpResponse:
    exports = get_object_or_404(Exports.objects.select_related("organisation__unit"), pk=pk)
    return small.run(
        request,
        forms.SureForm(posting.typed(request)),
        lambda values: actions.remove_exports(exports, by=request.user, at=clock.now()),
        _removing(exports.organisation, exports),
    )


@may("parties.change")
def product_new(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return small.run(
        request,
        forms.ProductForm(posting.typed(request)),
        lambda values: actions.add_product(row, values, by=request.user, at=clock.now()),
        Page(_("Product of %(name)s") % {"name": row}, row),
    )


@may("parties.change")
def product_remove(request: Request, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.select_related("organisation__unit"), pk=pk)
    return small.run(
        request,
        forms.SureForm(posting.typed(request)),
        lambda values: actions.remove_product(product, by=request.user, at=clock.now()),
        _removing(product.organisation, product),
    )


@may("parties.change")
def alias_new(request: Request, kind: str, pk: int) -> HttpResponse:
    rows = queries.organisations() if kind == "organisation" else queries.people()
    row: Any = get_object_or_404(rows, pk=pk)
    page = Page(_("Other name of %(name)s") % {"name": row}, row)
    return small.act_on(request, row, forms.AliasForm, actions.give_alias, page)


@may("parties.change")
def alias_drop(request: Request, kind: str, pk: int) -> HttpResponse:
    rows = queries.organisations() if kind == "organisation" else queries.people()
    row: Any = get_object_or_404(rows, pk=pk)
    name = request.GET.get("name", "")
    return small.run(
        request,
        forms.SureForm(posting.typed(request)),
        lambda values: actions.drop_alias(row, name, by=request.user, at=clock.now()),
        _removing(row, name),
    )


@may("parties.view")
def organisation_options(request: Request) -> HttpResponse:
    return options(request, queries.organisations())
