"""The lists of results, and what is asked of the board of grades."""

from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import OneOf, visible
from gyoryu.parties.models import Organisation
from gyoryu.parties.queries import register as parties
from gyoryu.programmes.models import Programme
from gyoryu.trade.models import Deal, Event, Grade, Participant
from gyoryu.trade.queries import results as queries
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort

GROUPS = {"year": _("Year"), "country": _("Country"), "centre": _("Centre")}


class BoardForm(plain.Form):
    """Of which year the board of grades tells, by what, and which grades are to be added up."""

    year = plain.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    by = plain.ChoiceField(label=_("Lines by"), choices=list(GROUPS.items()), required=False)
    grade = plain.MultipleChoiceField(
        label=_("Grades to add up"),
        choices=Grade.choices,
        required=False,
        widget=plain.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, years: list[int]) -> None:
        super().__init__(data)
        told = [(str(year), str(year)) for year in years]
        self.fields["year"].choices = [("", _("All years")), *told]  # type: ignore[attr-defined]


class EventFilter(django_filters.FilterSet):
    """The conditions of the list of events with their results."""

    q = django_filters.CharFilter(label=_("Title or number"), method="called")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Event.Kind, empty_label=_("All kinds")
    )
    year = django_filters.NumberFilter(label=_("Year"), method="of_year", min_value=1990)

    def called(self, rows: QuerySet[Event], name: str, text: str) -> QuerySet[Event]:
        """Find events by their title or number."""
        named = Q(title_ko__icontains=text) | Q(title_en__icontains=text)
        return rows.filter(named | Q(number__istartswith=text))

    def of_year(self, rows: QuerySet[Event], name: str, year: Any) -> QuerySet[Event]:
        """Keep the events that began in a year."""
        return rows.filter(starts_on__year=int(year))


def event_listing(request: Request) -> Listing:
    """Return the events with results as they were asked for."""
    rows = visible(Event.objects.filter(voided_at=None), request.user, queries.SEE)
    return Listing(
        request,
        rows.exclude(state=Event.State.CANCELLED),
        EventFilter,
        sorts={"start": Sort("starts_on"), "title": Sort("title_ko")},
        default="-start",
    )


class CompanyFilter(django_filters.FilterSet):
    """The conditions of the list of companies with their results."""

    q = django_filters.CharFilter(label=_("Name"), method="called")

    def called(self, rows: QuerySet[Organisation], name: str, text: str) -> QuerySet[Organisation]:
        """Find companies by their name."""
        return parties.called(rows, text)


def _takes_part(to: User) -> Q:
    """Return the condition that a company exhibited or sold something a user may see.

    Who sees everything sees many, and each company is asked for in turn: not by EXISTS, for which
    PostgreSQL would first gather all. Of one government few are gathered.
    """
    exhibits = visible(
        Participant.objects.filter(side="exhibitor", voided_at=None), to, queries.SEE
    )
    sells = visible(Deal.objects.filter(voided_at=None), to, queries.SEE)
    if to.access.everywhere(queries.SEE):
        company = OuterRef("pk")
        shown = Subquery(exhibits.filter(organisation=company).values("side")[:1])
        sold = Subquery(sells.filter(company=company).values("company")[:1])
        return Q(IsNull(shown, False)) | Q(IsNull(sold, False))
    theirs = exhibits.order_by().values("organisation").union(sells.order_by().values("company"))
    return Q(OneOf("pk", theirs))


def company_listing(request: Request) -> Listing:
    """Return the companies that exhibited or sell, as they were asked for."""
    rows = Organisation.objects.filter(voided_at=None, merged_into=None)
    return Listing(
        request,
        rows.filter(_takes_part(request.user)),
        CompanyFilter,
        sorts={"name": Sort("shown_ko")},
        default="name",
    )


class ProgrammeFilter(django_filters.FilterSet):
    """The conditions of the list of programmes with their results."""

    q = django_filters.CharFilter(label=_("Name or number"), method="called")

    def called(self, rows: QuerySet[Programme], name: str, text: str) -> QuerySet[Programme]:
        """Find programmes by their name."""
        named = Q(name_ko__icontains=text) | Q(name_en__icontains=text)
        return rows.filter(named | Q(number__istartswith=text))


def programme_listing(request: Request) -> Listing:
    """Return the programmes that have events, as they were asked for."""
    events = Event.objects.filter(programme=OuterRef("pk"), voided_at=None)
    rows = visible(Programme.objects.filter(voided_at=None), request.user, "programmes.view")
    return Listing(
        request,
        rows.filter(Exists(events)),
        ProgrammeFilter,
        sorts={"name": Sort("name_ko"), "year": Sort("first_year")},
        default="-year",
    )
