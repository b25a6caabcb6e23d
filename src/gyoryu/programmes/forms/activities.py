"""What is typed about activities, attendance, feedback and outcomes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django import forms as plain
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.programmes.actions.activities import Noted
from gyoryu.programmes.models import Activity, Application, Attendance, Call, Outcome, Programme
from gyoryu.programmes.queries import activities as queries
from gyoryu.programmes.queries import portfolio
from gyoryu.programmes.rules.activities import ADOPTION, MOST_PEOPLE, field_of
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.among import Among
from gyoryu.web.listing import Listing, Sort, Tab

CHANGE = "programmes.change"


def _at(day: date, time: Any) -> datetime:
    return datetime.combine(day, time, ZoneInfo(settings.TIME_ZONE))


class ActivityForm(forms.Form):
    """An activity on the calendar."""

    programme = forms.ChoiceField(label=_("Programme"))
    call = forms.ChoiceField(
        label=_("For those selected in"), required=False, help_text=_("Empty: everybody supported.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Activity.Kind)
    title_ko = forms.TextField(label=_("Title in Korean"))
    title_en = forms.TextField(label=_("Title in English"), required=False)
    day = forms.DayField(label=_("Day"))
    begins = plain.TimeField(label=_("Begins at"), help_text=_("For example 14:00."))
    last_day = forms.DayField(
        label=_("Last day"), required=False, help_text=_("Only if it takes several days.")
    )
    ends = plain.TimeField(label=_("Ends at"))
    place = forms.TextField(label=_("Place"), required=False)
    led_by = forms.TextField(
        label=_("Led by"), required=False, help_text=_("Lecturer, mentor or partner company.")
    )

    def __init__(self, *args: Any, user: User, row: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        programmes = queries.programmes(user, CHANGE).select_related("unit").order_by("-pk")[:500]
        calls = queries.calls(user, CHANGE).order_by("-pk")[:500]
        self.programmes = {str(one.pk): one for one in programmes}
        self.calls: dict[str, Call | None] = {"": None, **{str(one.pk): one for one in calls}}
        self._offer("programme", [(key, str(one)) for key, one in self.programmes.items()])
        self._offer("call", [(key, str(one or "–")) for key, one in self.calls.items()])
        if row:
            # What was entered for it belongs to its programme.
            del self.fields["programme"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def within(self) -> Programme:
        """Return the programme that it belongs to."""
        return self.row.programme if self.row else self.programmes[self.cleaned_data["programme"]]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        typed = dict(self.cleaned_data)
        day, last = typed.pop("day"), typed.pop("last_day")
        typed["starts_at"] = _at(day, typed.pop("begins"))
        typed["ends_at"] = _at(last or day, typed.pop("ends"))
        typed["call"] = self.calls[typed["call"]]
        return typed if self.row else {**typed, "programme": self.within()}


def edited(row: Activity) -> dict[str, Any]:
    """Return what the form of an activity starts from."""
    zone = ZoneInfo(settings.TIME_ZONE)
    starts, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    same = starts.date() == ends.date()
    plainly = ("kind", "title_ko", "title_en", "place", "led_by")
    return {
        **{name: getattr(row, name) for name in plainly},
        "call": str(row.call_id or ""),
        "day": starts.date(),
        "begins": f"{starts:%H:%M}",
        "last_day": None if same else ends.date(),
        "ends": f"{ends:%H:%M}",
    }


class AttendanceForm(forms.Form):
    """The attendance sheet of an activity: a line for everybody who takes part."""

    def __init__(
        self, *args: Any, rows: Iterable[tuple[Application, Attendance | None]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for application, noted in self.rows:
            own = getattr(application, "n_members", 0) or 1
            number = plain.NumberInput(attrs={"inputmode": "numeric"})
            self.fields[field_of(application.pk, "expected")] = plain.IntegerField(
                label=_("Expected, %(name)s") % {"name": application.number},
                min_value=1,
                max_value=MOST_PEOPLE,
                initial=noted.expected if noted else own,
                widget=number,
            )
            self.fields[field_of(application.pk, "present")] = plain.IntegerField(
                label=_("Came, %(name)s") % {"name": application.number},
                min_value=0,
                max_value=MOST_PEOPLE,
                required=False,
                initial=noted.present if noted else None,
                widget=number,
            )

    @property
    def lines(self) -> list[tuple[Application, Any, Any]]:
        """The lines of the sheet, each with its two fields."""
        return [
            (one, self[field_of(one.pk, "expected")], self[field_of(one.pk, "present")])
            for one, _noted in self.rows
        ]

    def noted(self) -> list[Noted]:
        """Return what was typed as the action takes it."""
        typed = self.cleaned_data
        return [
            Noted(one, typed[field_of(one.pk, "expected")], typed[field_of(one.pk, "present")])
            for one, _noted in self.rows
        ]


class FeedbackForm(forms.Form):
    """What a participant thought of an activity."""

    rating = plain.TypedChoiceField(
        label=_("How was it?"),
        coerce=int,
        choices=[
            (5, _("5 very good")),
            (4, _("4 good")),
            (3, _("3 fair")),
            (2, _("2 poor")),
            (1, _("1 very poor")),
        ],
        widget=plain.RadioSelect,
    )
    feedback = forms.TextField(
        label=_("In your own words"),
        rows=5,
        max_length=4_000,
        required=False,
        help_text=_("Read by those who hold the activity, and by nobody else."),
    )


class OutcomeForm(forms.Form):
    """What came of a supported application."""

    kind = forms.ChoiceField(label=_("Outcome"), choices=Outcome.Kind)
    on = forms.DayField(label=_("As of"))
    amount = plain.DecimalField(
        label=_("Number"),
        required=False,
        max_digits=18,
        decimal_places=2,
        help_text=_("People, patents, markets, or the amount. Adoption has none."),
        widget=plain.TextInput(attrs={"inputmode": "decimal"}),
    )
    reason = forms.TextField(
        label=_("Where, or why not"),
        rows=3,
        max_length=1_000,
        required=False,
        help_text=_("Adopted, partly or not: always with the reason."),
    )


def _programmes(request: Any) -> QuerySet[Programme]:
    return queries.programmes(request.user).order_by("-pk")


class ActivityFilter(django_filters.FilterSet):
    """The conditions of the list of activities."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Activity.Kind, empty_label=_("All kinds")
    )
    programme = Among(
        label=_("Programme"),
        field_name="programme",
        rows=_programmes,
        find=portfolio.called,
        empty=_("All programmes"),
        options="programme-options",
    )
    since = forms.DayFilter(label=_("From"), field_name="starts_at", lookup_expr="date__gte")


def activity_listing(request: Request, today: date) -> Listing:
    """Return the list of activities as it was asked for."""
    midnight = _at(today, datetime.min.time())
    return Listing(
        request,
        queries.seen_by(request.user),
        ActivityFilter,
        sorts={"start": Sort("starts_at"), "title": Sort("title_ko")},
        default="-start",
        tabs=[
            Tab("coming", _("Coming"), Q(starts_at__gte=midnight, cancelled_reason="")),
            Tab("past", _("Past"), Q(starts_at__lt=midnight, cancelled_reason="")),
            Tab("cancelled", _("Cancelled"), ~Q(cancelled_reason="")),
        ],
    )


class OutcomeFilter(django_filters.FilterSet):
    """The conditions of the list of outcomes."""

    kind = django_filters.ChoiceFilter(
        label=_("Outcome"), choices=Outcome.Kind, empty_label=_("All outcomes")
    )
    programme = Among(
        label=_("Programme"),
        field_name="application__call__programme",
        rows=_programmes,
        find=portfolio.called,
        empty=_("All programmes"),
        options="programme-options",
    )


def outcome_listing(request: Request, today: date) -> Listing:
    """Return the list of outcomes as it was asked for."""
    stands = Q(voided_at=None)
    return Listing(
        request,
        queries.outcomes_seen(request.user),
        OutcomeFilter,
        sorts={"on": Sort("on"), "application": Sort("application__number")},
        default="-on",
        tabs=[
            Tab("adoption", _("Adoption"), stands & Q(kind__in=ADOPTION)),
            Tab("numbers", _("Numbers"), stands & ~Q(kind__in=ADOPTION)),
            Tab("voided", _("Taken back"), ~stands),
        ],
    )
