"""What is typed about people and their positions."""

from datetime import date

import django_filters
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import queries
from gyoryu.parties.forms import fields
from gyoryu.parties.forms.organisations import shown
from gyoryu.parties.forms.regions import under
from gyoryu.parties.models import Person
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort


class PersonForm(forms.Form):
    """A person's names."""

    name_ko = forms.TextField(label=_("Name in Korean"), max_length=120, required=False)
    name_en = forms.TextField(
        label=_("Name in English"), max_length=120, required=False,
        help_text=_("As the person writes it. Either order finds it."),
    )  # fmt: skip
    name_native = forms.TextField(
        label=_("Name in its own language"), max_length=120, required=False
    )
    note = forms.TextField(
        label=_("Note"), rows=3, max_length=2000, required=False,
        help_text=_("What matters at work: languages, interests, how to address them."),
    )  # fmt: skip


class PositionForm(forms.Form):
    """A title at an organisation for a time."""

    organisation = fields.organisation_field()
    title_ko = forms.TextField(label=_("Position in Korean"), max_length=120, required=False)
    title_en = forms.TextField(label=_("Position in English"), max_length=120, required=False)
    since = forms.DayField(label=_("From"), required=False)
    until = forms.DayField(label=_("Until"), required=False, help_text=_("Empty means until now."))


class EndForm(forms.Form):
    """The last day of a position."""

    until = forms.DayField(label=_("Last day"))


class HeldForm(forms.Form):
    """On which day, for "who was it then"."""

    on = forms.PeriodField(
        label=_("As of"), help_text=_("A day, month or year: 2024-09-12, 2024-09.")
    )


class PersonFilter(django_filters.FilterSet):
    """The conditions of the list of people."""

    q = django_filters.CharFilter(label=_("Name"), method="by_name")
    organisation = django_filters.CharFilter(label=_("Organisation"), method="by_organisation")
    region = django_filters.CharFilter(label=_("Region"), method="by_region")

    def by_name(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Find people by any spelling and order of their name."""
        return queries.called(rows, value)

    def by_organisation(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep who holds or held a position at an organisation of this name."""
        named = queries.called(queries.organisations(), value).order_by().values("pk")
        return rows.filter(
            pk__in=queries.positions().filter(organisation__in=named).values("person")
        )

    def by_region(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep who holds or held a position at an organisation in a region of this name."""
        there = queries.organisations().filter(under(value)).order_by().values("pk")
        held = queries.positions().filter(organisation__in=there)
        return rows.filter(pk__in=held.values("person"))


def person_listing(request: Request, today: date) -> Listing:
    """Return the list of people as it was asked for; ``now`` holds the positions of a day."""
    now = queries.positions().filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today)
    )
    return Listing(
        request,
        queries.people().prefetch_related(Prefetch("positions", now, to_attr="now")),
        PersonFilter,
        sorts={"name": Sort(shown()), "name_en": Sort("name_en")},
        default="name",
    )
