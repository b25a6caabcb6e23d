"""The list of consultations, and the choice of whose consultation is written down."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Organisation
from gyoryu.trade.models import Consultation, Leg
from gyoryu.trade.queries import consultations as queries
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

# Events and countries offered to choose from.
MOST = 300


class ConsultationFilter(django_filters.FilterSet):
    """The conditions of the list of consultations."""

    q = django_filters.CharFilter(label=_("Words"), method="by_words", max_length=200)
    event = django_filters.ChoiceFilter(
        label=_("Event"), field_name="event", empty_label=_("All events")
    )
    place = django_filters.ChoiceFilter(
        label=_("Place"), field_name="leg", empty_label=_("All places")
    )
    company = django_filters.CharFilter(label=_("Company"), method="by_company", max_length=200)
    country = django_filters.ChoiceFilter(
        label=_("Buyer's country"), field_name="country", empty_label=_("All countries")
    )
    interest = django_filters.ChoiceFilter(
        label=_("Buyer's interest"), choices=Consultation.Interest, empty_label=_("Any interest")
    )
    due = forms.DayFilter(label=_("Next step due by"), method="by_due")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = (self.data or {}).get("event", "")
        # Asked for when they are drawn, and not for a list that is taken as a file.
        self.filters["event"].extra["choices"] = lambda: [
            (str(one.pk), f"{one} ({one.starts_on.year})")
            for one in queries.events(self.request.user)[:MOST]
        ]
        self.filters["place"].extra["choices"] = lambda: _places(chosen)
        self.filters["country"].extra["choices"] = lambda: [
            (str(one.pk), str(one)) for one in queries.countries()
        ]

    def by_words(self, rows: QuerySet[Consultation], name: str, value: str) -> Any:
        """Find what it was about, and companies and buyers by their names."""
        return queries.worded(rows, value)

    def by_company(self, rows: QuerySet[Consultation], name: str, value: str) -> Any:
        """Keep the talks of a company, by its name or its number behind #."""
        number = value.rpartition("#")[2] if "#" in value else ""
        if number.isdecimal() and len(number) <= 18:
            return rows.filter(queries.of_company(Organisation.objects.filter(pk=int(number))))
        meant = parties.called(Organisation.objects.all(), names.nfc(value))
        return rows.filter(queries.of_company(meant.values("pk")))

    def by_due(self, rows: QuerySet[Consultation], name: str, value: date) -> Any:
        """Keep what is due until a day and not done."""
        return queries.open_steps(rows).filter(next_due__lte=value)


def _places(event: str) -> list[tuple[str, str]]:
    """Return the places of the chosen event; without one there are too many to choose from."""
    if not event.isdecimal() or len(event) > 18:
        return []
    return [(str(one.pk), str(one)) for one in Leg.objects.filter(event=int(event))]


def consultation_listing(request: Request, today: date) -> Listing:
    """Return the list of consultations as it was asked for."""
    due = Q(next_due__isnull=False, next_done_on=None)
    return Listing(
        request,
        queries.seen_by(request.user),
        ConsultationFilter,
        sorts={"at": Sort("at"), "due": Sort("due_key")},
        default="-at",
        tabs=[
            Tab("late", _("Next step late"), due & Q(next_due__lt=today), "bad"),
            Tab("due", _("Next step due"), due & Q(next_due__gte=today)),
        ],
        dress=queries.dressed,
        by_tab=True,
    )


class WhoseForm(forms.Form):
    """Of which event and company a consultation is written down."""

    event = forms.ChoiceField(label=_("Event"))
    q = forms.TextField(label=_("Company"), required=False)

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.events(request.user, "trade.change")[:MOST]
        self.events = {str(one.pk): one for one in rows}
        named = [(key, f"{one} ({one.starts_on.year})") for key, one in self.events.items()]
        self.fields["event"].choices = [("", "–"), *named]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)
