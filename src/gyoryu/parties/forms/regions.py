"""What is typed about regions."""

from datetime import date

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import queries
from gyoryu.parties.forms import fields
from gyoryu.parties.models import Region
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab


class CityForm(forms.Form):
    """A city or county and where it lies."""

    parent = fields.region_field(label=_("In which country or province"))
    name_ko = forms.TextField(label=_("Name in Korean"), max_length=120)
    name_en = forms.TextField(label=_("Name in English"), max_length=120)
    name_native = forms.TextField(
        label=_("Name in its own language"), max_length=120, required=False
    )


class RegionFilter(django_filters.FilterSet):
    """The conditions of the list of regions."""

    q = django_filters.CharFilter(label=_("Name or code"), method="by_name")
    country = django_filters.ChoiceFilter(
        label=_("Country"), method="by_country", empty_label=_("All countries"), choices=list
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Region.Kind, empty_label=_("All kinds")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["country"].extra["choices"] = country_choices()

    def by_name(self, rows: QuerySet[Region], name: str, value: str) -> QuerySet[Region]:
        """Find regions by any of their names, or by their code."""
        return queries.called(rows, value)

    def by_country(self, rows: QuerySet[Region], name: str, value: str) -> QuerySet[Region]:
        """Keep a country and all that lies in it."""
        return rows.filter(path__startswith=f"/{value}/")


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by their number, as the reader's language sorts them; one query."""
    rows = queries.regions().filter(kind=Region.Kind.COUNTRY).select_related(None)
    named = [(str(row.pk), str(row)) for row in rows]
    return sorted(named, key=lambda choice: choice[1])


def under(text: str) -> Q:
    """Return the condition that something lies in a region of this name, or under it."""
    found = Q(pk__in=[])
    for region in queries.meant(queries.regions(), text)[:5]:
        found |= queries.region_under(region)
    return found


def region_listing(request: Request, today: date) -> Listing:
    """Return the list of regions as it was asked for."""
    return Listing(
        request,
        queries.regions(),
        RegionFilter,
        sorts={"name": Sort("name_ko"), "name_en": Sort("name_en"), "code": Sort("code")},
        default="name",
        tabs=[
            Tab("country", _("Countries"), Q(kind=Region.Kind.COUNTRY)),
            Tab("subdivision", _("Provinces and states"), Q(kind=Region.Kind.SUBDIVISION)),
            Tab("city", _("Cities and counties"), Q(kind=Region.Kind.CITY)),
        ],
    )
