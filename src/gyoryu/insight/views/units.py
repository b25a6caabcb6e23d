"""The administrator's screens of the tree of departments."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts import queries
from gyoryu.accounts.actions import people
from gyoryu.accounts.actions import units as actions
from gyoryu.insight.forms.people import UnitAddForm, UnitFilter, UnitForm, UnitMoveForm
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may
from gyoryu.web.forms import pick_label
from gyoryu.web.listing import Listing, Sort

COLUMNS = [
    export.Column(gettext_lazy("Name in Korean"), lambda row: row.name_ko),
    export.Column(gettext_lazy("Name in English"), lambda row: row.name_en),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Under"), lambda row: str(row.parent or "")),
    export.Column(gettext_lazy("Number of people"), lambda row: row.people),
]
SHEET = export.Sheet("units", COLUMNS)


@may("accounts.manage")
def units(request: Request) -> HttpResponse:
    listing = Listing(
        request,
        queries.units_with_people(request.user.access),
        UnitFilter,
        sorts={"tree": Sort("path"), "name": Sort("name_ko"), "people": Sort("people")},
        default="tree",
    )
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {"listing": listing, "heading": _("Departments")}
    return render(request, "insight/people/units.html", context)


@may("accounts.manage")
def unit_new(request: Request) -> HttpResponse:
    under = request.GET.get("under", "")
    first = _units(request).filter(pk=int(under)).first() if under.isdigit() else None

    def add(values: dict[str, Any]) -> None:
        parent, kind = values.pop("under"), values.pop("kind")
        people.add_unit(parent, kind, values, by=request.user, at=clock.now())

    form = UnitAddForm(
        _units(request), posting.typed(request), initial={"under": first, "kind": "division"}
    )
    context = {"heading": _("New department")}
    return posting.run(
        request, form, "insight/people/unit_form.html", add, context=context, to=reverse("units")
    )


@may("accounts.manage")
def unit_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(_units(request), pk=pk)
    initial = {name: getattr(row, name) for name in UnitForm.base_fields}
    return posting.run(
        request,
        UnitForm(posting.typed(request), initial=initial),
        "insight/people/unit_form.html",
        lambda values: actions.rename(row, values, by=request.user, at=clock.now()),
        context={"row": row, "heading": _("Rename the department")},
        to=reverse("units"),
    )


@may("accounts.manage")
def unit_move(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(_units(request), pk=pk)
    lead = _("It moves with everything below it. Whoever has a role above it sees it from then on.")
    return posting.run(
        request,
        UnitMoveForm(_units(request), posting.typed(request), initial={"under": row.parent}),
        "insight/people/unit_form.html",
        lambda values: actions.move(row, values["under"], by=request.user, at=clock.now()),
        context={"row": row, "heading": _("Move the department"), "lead": lead},
        to=reverse("units"),
        done=_("The department was moved."),
    )


@may("home.view")
def unit_options(request: Request) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", "q"), "")
    rows = queries.units_under(request.user.access, "home.view")
    found = queries.units_called(rows, text)[:12] if len(text) > 1 else []
    return render(request, "web/options.html", {"labels": [pick_label(row) for row in found]})


def _units(request: Request) -> Any:
    return queries.units_under(request.user.access, "accounts.manage").select_related("parent")
