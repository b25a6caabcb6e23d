"""The screens of regions, organisations and people."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import home_unit
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.parties import actions, queries
from gyoryu.parties.forms import OrganisationFilter, OrganisationForm
from gyoryu.web import clock, export, posting
from gyoryu.web.access import may
from gyoryu.web.forms import pick_label
from gyoryu.web.listing import Listing, Sort

ORGANISATION_COLUMNS = [
    export.Column(gettext_lazy("Name in Korean"), lambda row: row.name_ko),
    export.Column(gettext_lazy("Name in English"), lambda row: row.name_en),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Region"), lambda row: str(row.region or "")),
    export.Column(gettext_lazy("Business number"), lambda row: row.business_number),
]


@may("parties.view")
def organisations(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    listing = Listing(
        request,
        queries.organisations(),
        OrganisationFilter,
        sorts={"name": Sort("name_ko"), "name_en": Sort("name_en"), "kind": Sort("kind")},
        default="name",
    )
    if kind := request.GET.get("export"):
        return export.answer(kind, "organisations", ORGANISATION_COLUMNS, listing.chosen.iterator())
    context = {"listing": listing, "heading": _("Organisations")}
    return render(request, "parties/organisations.html", context)


@may("parties.view")
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.organisations(), pk=pk)
    context = {
        "row": row,
        "documents": evidence.of_record(row),
        "entries": history.of_record(row)[:50],
        "may_change": request.user.access.may("parties.change", row.unit.path),
    }
    return render(request, "parties/organisation.html", context)


@may("parties.change")
def organisation_new(request: HttpRequest) -> HttpResponse:
    unit = home_unit(request.user, "parties.change")
    return posting.run(
        request,
        OrganisationForm(posting.typed(request)),
        "parties/organisation_form.html",
        lambda values: actions.add_organisation(unit, values, by=request.user, at=clock.now()),
        done=_("The organisation is in the register."),
    )


@may("parties.change")
def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.organisations(), pk=pk)
    initial = {name: getattr(row, name) for name in OrganisationForm.base_fields}
    return posting.run(
        request,
        OrganisationForm(posting.typed(request), initial=initial),
        "parties/organisation_form.html",
        lambda values: actions.change_organisation(row, values, by=request.user, at=clock.now()),
        context={"row": row},
    )


@may("parties.view")
def organisation_options(request: HttpRequest) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", "q"), "")
    found = queries.called(queries.organisations(), text)[:12] if len(text) > 1 else []
    return render(request, "web/options.html", {"labels": [pick_label(row) for row in found]})
