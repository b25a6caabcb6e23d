"""The screens of regions."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.parties import actions, queries
from gyoryu.parties.forms.regions import CityForm, region_listing
from gyoryu.parties.models import Region
from gyoryu.parties.views.shared import options
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may

COLUMNS = [
    export.Column(gettext_lazy("ISO 3166 code"), lambda row: row.code),
    export.Column(gettext_lazy("Name in Korean"), lambda row: row.name_ko),
    export.Column(gettext_lazy("Name in English"), lambda row: row.name_en),
    export.Column(gettext_lazy("Name in its own language"), lambda row: row.name_native),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("In"), lambda row: str(row.parent or "")),
]
SHEET = export.Sheet("regions", COLUMNS)
SHOWN = 20


@may("parties.view")
def regions(request: Request) -> HttpResponse:
    listing = region_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {
        "listing": listing,
        "heading": _("Regions"),
        "counts": queries.organisations_in(listing.page),
        "may_change": request.user.access.may("parties.regions"),
    }
    return render(request, "parties/regions.html", context)


@may("parties.view")
def region(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Region.objects.select_related("parent__parent", "merged_into"), pk=pk)
    organisations = queries.organisations().filter(queries.region_under(row)).order_by("shown_ko")
    people = queries.positions().filter(
        Q(organisation__region=row) | Q(organisation__region__path__startswith=row.path),
        Q(until=None) | Q(until__gte=clock.today()),
    )
    context = {
        "row": row,
        "organisations": organisations[:SHOWN],
        "organisation_count": organisations.count(),
        "people": people.order_by("-organisation__kind", "-since")[:SHOWN],
        "people_count": people.count(),
        "children": queries.regions().filter(parent=row).order_by("name_ko"),
        "aliases": queries.other_names(row),
        "suspicions": queries.suspicions(row),
        "entries": history.of_record(row)[:20],
        "may_merge": request.user.access.may("parties.merge"),
        "may_change": request.user.access.may("parties.regions"),
    }
    return render(request, "parties/region.html", context)


@may("parties.regions")
def region_new(request: Request) -> HttpResponse:
    initial = {}
    if (asked := request.GET.get("parent", "")).isdigit():
        initial["parent"] = queries.regions().filter(pk=int(asked)).first()
    return posting.run(
        request,
        CityForm(posting.typed(request), initial=initial),
        "parties/region_form.html",
        lambda values: actions.add_city(values, by=request.user, at=clock.now()),
        done=_("The city is in the list."),
    )


@may("parties.regions")
def region_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.regions().filter(kind=Region.Kind.CITY), pk=pk)
    initial = {name: getattr(row, name) for name in CityForm.base_fields}
    return posting.run(
        request,
        CityForm(posting.typed(request), initial=initial),
        "parties/region_form.html",
        lambda values: actions.change_city(row, values, by=request.user, at=clock.now()),
        context={"row": row},
    )


@may("parties.view")
def region_options(request: Request) -> HttpResponse:
    return options(request, queries.regions())
