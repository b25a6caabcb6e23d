"""Regions as programs read and write them."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import actions, queries
from gyoryu.parties.forms import regions
from gyoryu.parties.models import Region
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, REGIONS = "parties.view", "parties.regions"
desk = Desk(_("Regions"))


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


def _region(call: Call) -> Region:
    rows = Region.objects.select_related("parent", "merged_into")
    return get_object_or_404(rows, pk=call.pk)


def _city(call: Call) -> Region:
    return get_object_or_404(queries.regions().filter(kind=Region.Kind.CITY), pk=call.pk)


def _city_form(call: Call) -> Any:
    names = regions.CityForm.base_fields
    return regions.CityForm(initial=call.row and {name: getattr(call.row, name) for name in names})


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
