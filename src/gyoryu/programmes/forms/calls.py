"""What is typed about calls: their fields, their window, and the list they are found in."""

from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.forms.picks import Grouped
from gyoryu.base import names
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import Call, Programme
from gyoryu.programmes.queries import calls as queries
from gyoryu.programmes.rules.calls import PHASES, Phase, in_phase, local
from gyoryu.web import clock, forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

LONG = 5_000
CHANGE = "programmes.change"
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]


class MomentField(plain.DateTimeField):
    """A day and a time by the office's clock."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("By the server's clock, for example 2025-04-07 18:00."))
        super().__init__(
            input_formats=MOMENTS,
            widget=plain.TextInput(attrs={"class": "date", "autocomplete": "off"}),
            error_messages={"invalid": _("Write the day and the time: 2025-04-07 18:00.")},
            **kwargs,
        )

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment; one written with its zone, as a program does, is taken as it is."""
        found: datetime | None
        try:
            found = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is not None and found.tzinfo is not None:
            return found
        found = super().to_python(value)
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a stored moment as it would be typed."""
        if not isinstance(value, datetime):
            return value
        own = local(value)
        return f"{own:%Y-%m-%d %H:%M:%S}" if own.second else f"{own:%Y-%m-%d %H:%M}"


class WindowForm(Grouped):
    """From when until when."""

    opens_at = MomentField(label=_("Opens at"))
    closes_at = MomentField(
        label=_("Closes at"),
        help_text=_("What comes in at this very second is too late: 2025-04-21 18:00."),
    )


class CallForm(WindowForm):
    """A call: what it is, who may apply until when, and how it is judged."""

    title_ko = forms.TextField(label=_("Title in Korean"))
    title_en = forms.TextField(label=_("Title in English"), required=False)
    summary_ko = forms.TextField(
        label=_("Summary in Korean"), rows=5, max_length=LONG, required=False,
        help_text=_("What is supported, for whom, and how. The public reads it."),
    )  # fmt: skip
    summary_en = forms.TextField(
        label=_("Summary in English"), rows=5, max_length=LONG, required=False
    )
    contact = forms.TextField(
        label=_("Office to ask"), max_length=300, required=False,
        help_text=_("Division, team and telephone of the office. No name of a person."),
    )  # fmt: skip
    event = forms.TextField(
        label=_("Event"), max_length=120, required=False,
        help_text=_("If all take part in one event. Double support for it is then noticed."),
    )  # fmt: skip
    applicant = forms.ChoiceField(
        label=_("Who applies"), choices=Call.Applicant, widget=plain.RadioSelect,
        initial=Call.Applicant.COMPANY.value,
    )  # fmt: skip
    members_least = plain.IntegerField(
        label=_("Members of a team, at least"), min_value=1, max_value=50, initial=1
    )
    members_most = plain.IntegerField(
        label=_("Members of a team, at most"), min_value=1, max_value=50, initial=1
    )
    places = plain.IntegerField(
        label=_("How many are selected"), min_value=1, max_value=100_000, required=False,
        help_text=_("Left empty, the places of the tracks count."),
    )  # fmt: skip
    award_most = WonField(label=_("Most for one award"), required=False)
    ask_amount = plain.BooleanField(
        label=_("Applicants say how much they ask for"), required=False, initial=True
    )
    reviewed = plain.BooleanField(label=_("Judged by a panel"), required=False, initial=True)
    blind = plain.BooleanField(label=_("Blind: the panel is not told who applies"), required=False)
    method = forms.ChoiceField(
        label=_("How scores are taken together"), choices=Call.Method, widget=plain.RadioSelect,
        initial=Call.Method.TRIMMED.value,
    )  # fmt: skip
    threshold = plain.DecimalField(
        label=_("Points needed"), min_value=0, max_value=100, max_digits=5, decimal_places=2,
        initial=60,
    )  # fmt: skip
    panel_least = plain.IntegerField(
        label=_("Reviewers for an application, at least"), min_value=1, max_value=30, initial=3
    )
    spread_most = plain.DecimalField(
        label=_("Spread that is flagged"), min_value=0, max_value=100, max_digits=5,
        decimal_places=2, initial=20,
        help_text=_("Points between the highest and the lowest score."),
    )  # fmt: skip
    tie = forms.ChoiceField(
        label=_("Equal scores"), choices=Call.Tie, widget=plain.RadioSelect,
        initial=Call.Tie.FIRST_CRITERION.value,
    )  # fmt: skip

    fieldsets: ClassVar = [
        (_("What it is about"), [
            "programme", "title_ko", "title_en", "summary_ko", "summary_en", "contact", "event",
        ]),
        (_("Who applies, until when"), [
            "applicant", "members_least", "members_most", "opens_at", "closes_at",
        ]),
        (_("What is given"), ["places", "award_most", "ask_amount"]),
        (_("How it is judged"), [
            "reviewed", "blind", "method", "threshold", "panel_least", "spread_most", "tie",
        ]),
        (_("Why it changes"), ["reason"]),
    ]  # fmt: skip

    def __init__(
        self, *args: Any, user: User | None = None, announced: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if user is not None:
            self.fields["programme"] = ProgrammeField(user)
        if announced:
            self.fields["reason"] = reason_field()


def reason_field() -> forms.TextField:
    """Return the field for the reason of a change after the announcement."""
    return forms.TextField(
        label=_("Reason"), rows=2, max_length=500,
        help_text=_("This call was announced. Why it changes is kept with it."),
    )  # fmt: skip


class ProgrammeField(plain.TypedChoiceField):
    """Picks a programme that stands, of those a user may change."""

    of_records = True

    def __init__(self, user: User) -> None:
        rows = Programme.objects.filter(voided_at=None, ended_on=None).select_related("unit")
        found = visible(rows, user, CHANGE).order_by("-first_year", "name_ko", "pk")
        self.programmes = {str(row.pk): row for row in found}
        choices = [
            ("", _("Choose")),
            *((pk, f"{row.number} {row}") for pk, row in self.programmes.items()),
        ]
        super().__init__(
            label=_("Programme"), choices=choices, coerce=self.programmes.get, empty_value=None
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a programme by the number of its choice."""
        return value.pk if isinstance(value, Programme) else value


def edited(row: Call) -> dict[str, Any]:
    """Return what the form of a call begins with."""
    return {name: getattr(row, name) for name in CallForm.base_fields}


class CopyForm(WindowForm):
    """Which programme and window a copy is for."""

    fieldsets: ClassVar = [(_("The new call"), ["programme", "opens_at", "closes_at"])]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"] = ProgrammeField(user)


class ExtendForm(forms.Form):
    """Until when an open window is extended, and why."""

    closes_at = MomentField(label=_("Closes at"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class StepForm(forms.Form):
    """A page to say yes on; of a call that was announced it asks why."""

    def __init__(self, *args: Any, announced: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if announced:
            self.fields["reason"] = reason_field()


class CancelForm(forms.Form):
    """Why a call is called off."""

    reason = forms.TextField(
        label=_("Reason"), rows=3, max_length=500, help_text=_("The public reads it.")
    )


class CallFilter(django_filters.FilterSet):
    """The conditions of the list of calls."""

    q = django_filters.CharFilter(label=_("Title or number"), method="by_title")
    applicant = django_filters.ChoiceFilter(
        label=_("Who applies"), choices=Call.Applicant, empty_label=_("All")
    )
    programme = django_filters.NumberFilter(
        label=_("Programme"), field_name="programme", widget=plain.HiddenInput
    )

    def by_title(self, rows: QuerySet[Call], name: str, value: str) -> QuerySet[Call]:
        """Find calls by words of their title, or by their number."""
        return queries.called(rows, names.nfc(value))


def tabs(*phases: Phase) -> list[Tab]:
    """Return the tabs of a list of calls, by the server's clock."""
    at = clock.now()
    return [Tab(one.value, PHASES[one], in_phase(one, at=at)) for one in phases]


SORTS = {
    "closes": Sort("closes_at"),
    "opens": Sort("opens_at"),
    "number": Sort("number"),
    "title": Sort("title_ko"),
}


def call_listing(request: Request, today: Any = None) -> Listing:
    """Return the list of calls as it was asked for."""
    return Listing(
        request,
        queries.listed(request.user),
        CallFilter,
        sorts=SORTS,
        default="-closes",
        tabs=tabs(
            Phase.DRAFT, Phase.UPCOMING, Phase.OPEN, Phase.CLOSED, Phase.DECIDED, Phase.CANCELLED
        ),
        dress=queries.dressed,
    )
