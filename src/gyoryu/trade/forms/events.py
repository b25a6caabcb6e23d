"""What is typed about events, and the list they are found in."""

from datetime import date, timedelta
from typing import Any, ClassVar

import django_filters
from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.forms.picks import ColleagueField, Grouped
from gyoryu.base import names
from gyoryu.programmes.forms.calls import MomentField
from gyoryu.programmes.forms.money import WonField
from gyoryu.trade.forms.fields import event_field
from gyoryu.trade.forms.wishes import slots_field
from gyoryu.trade.models import Event, Leg
from gyoryu.trade.queries import events as queries
from gyoryu.trade.rules import events as rules
from gyoryu.web import finding, forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

LONG = 5_000


class EventForm(Grouped):
    """An event: what it is, when, whose, and what the catalogue says of it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Event.Kind, widget=plain.RadioSelect)
    title_ko = forms.TextField(label=_("Title in Korean"))
    title_en = forms.TextField(
        label=_("Title in English"), required=False,
        help_text=_("Buyers read it in their invitation."),
    )  # fmt: skip
    starts_on = forms.DayField(label=_("Begins on"))
    ends_on = forms.DayField(label=_("Ends on"))
    register_until = MomentField(
        label=_("Buyers register until"), required=False,
        help_text=_("By the server's clock, for example 2025-04-07 18:00. Empty: until it ends."),
    )  # fmt: skip
    host = forms.TextField(
        label=_("Organised by"), required=False, help_text=_("Empty: the responsible unit.")
    )
    cost = WonField(
        label=_("Cost of the event"), required=False,
        help_text=_("Public money spent on the event itself, in won. What companies are paid "
                    "stands in their awards."),
    )  # fmt: skip
    meeting_slots = slots_field(
        help_text=_("How many slots a meeting takes where nothing else is said. Empty: one.")
    )
    about_ko = forms.TextField(
        label=_("About it in Korean"), rows=4, max_length=LONG, required=False,
        help_text=_("Stands on the public catalogue and on the page of invited buyers."),
    )  # fmt: skip
    about_en = forms.TextField(
        label=_("About it in English"), rows=4, max_length=LONG, required=False
    )

    fieldsets: ClassVar = [
        (_("The event"), ["kind", "title_ko", "title_en", "host", "owner"]),
        (_("When"), ["starts_on", "ends_on", "register_until", "meeting_slots"]),
        (_("What it belongs to"), ["programme", "call", "follows", "cost"]),
        (_("For buyers and the public"), ["about_ko", "about_en"]),
    ]

    def __init__(self, *args: Any, user: User, row: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = ColleagueField(user, label=_("Responsible"))
        self.fields["programme"] = plain.ModelChoiceField(
            queries.programmes(user).order_by("-pk"), label=_("Programme"), required=False,
            empty_label="–",
        )  # fmt: skip
        self.fields["call"] = plain.ModelChoiceField(
            queries.calls(user).order_by("-pk"), label=_("Exhibitors come from the call"),
            required=False, empty_label="–",
            help_text=_("Whom it selects is taken over as an exhibitor in one step."),
        )  # fmt: skip
        self.fields["follows"] = event_field(user, row, label=_("Edition before"), required=False)


def edited(row: Event) -> dict[str, Any]:
    """Return what the form of an event begins with."""
    fields = ("kind", "title_ko", "title_en", "starts_on", "ends_on", "register_until", "host",
              "owner", "cost", "follows", "meeting_slots", "about_ko", "about_en")  # fmt: skip
    tied = {"programme": row.programme_id, "call": row.call_id}
    return {name: getattr(row, name) for name in fields} | tied


class StepForm(forms.Form):
    """Where an event goes next, and why where that has to be said."""

    state = forms.ChoiceField(label=_("State"), choices=Event.State)
    reason = forms.TextField(
        label=_("Reason"), rows=3, max_length=300, required=False,
        help_text=_("Needed to cancel, and to take a step back. It is told in the letters."),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row:
            own = rules.steps(row)
            choices = [(one.value, one.label) for one in Event.State if one in own]
            self.fields["state"].choices = choices  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    """The next edition: its titles and days."""

    title_ko = forms.TextField(label=_("Title in Korean"))
    title_en = forms.TextField(label=_("Title in English"), required=False)
    starts_on = forms.DayField(label=_("Begins on"))
    ends_on = forms.DayField(label=_("Ends on"))


def next_edition(row: Event) -> dict[str, Any]:
    """Return what the form of the next edition begins with: a year later, on the same weekday."""
    later = timedelta(weeks=52)
    return {
        "title_ko": rules.next_title(row.title_ko, 1),
        "title_en": rules.next_title(row.title_en, 1),
        "starts_on": row.starts_on + later,
        "ends_on": row.ends_on + later,
    }


class EventFilter(django_filters.FilterSet):
    """The conditions of the list of events."""

    q = django_filters.CharFilter(label=_("Title or number"), method="by_words")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Event.Kind, empty_label=_("All kinds")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), method="by_country", empty_label=_("All countries")
    )
    year = django_filters.NumberFilter(
        label=_("Year"), method="by_year", min_value=1990, max_value=2100
    )
    programme = django_filters.ChoiceFilter(
        label=_("Programme"), field_name="programme", empty_label=_("All programmes")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["programme"].extra["choices"] = lambda: [
            (str(one.pk), str(one))
            for one in queries.programmes(self.request.user).order_by("-pk")[:500]
        ]
        self.filters["country"].extra["choices"] = lambda: [
            (str(one.pk), str(one)) for one in queries.countries()
        ]

    def by_words(self, rows: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        """Find events by their number or a part of their title."""
        return finding.narrowed(rows, names.nfc(value))

    def by_country(self, rows: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        """Keep the events with a place in this country."""
        path = f"/{value}/"
        return rows.filter(pk__in=Leg.objects.filter(region__path__startswith=path).values("event"))

    def by_year(self, rows: QuerySet[Event], name: str, value: Any) -> QuerySet[Event]:
        """Keep the events that begin in this year."""
        year = int(value)
        return rows.filter(starts_on__range=(date(year, 1, 1), date(year, 12, 31)))


def event_listing(request: Request, today: date) -> Listing:
    """Return the list of events as it was asked for."""
    return Listing(
        request,
        queries.seen_by(request.user),
        EventFilter,
        sorts={"start": Sort("starts_on")},
        default="-start",
        tabs=[Tab(one.value, one.label, Q(state=one)) for one in Event.State],
        dress=queries.dressed,
    )
