"""What is typed at the register's desk, and what a reader looks for in the public register."""

from datetime import date
from typing import Any

import django_filters
from django import forms as django_forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, in_language
from gyoryu.agreements.models import Agreement, Status
from gyoryu.base import names, periods
from gyoryu.register.models import Ground, Level, Line, Publication
from gyoryu.register.queries import publications as queries
from gyoryu.register.rolls.past import HELD
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort

SORTS = {"month": Sort("month"), "published": Sort("published_at"), "count": Sort("count")}
STATUSES = [(value, label) for value, label in Status.choices if value in HELD]


class LineFilter(django_filters.FilterSet):
    """The conditions of the public list."""

    q = django_filters.CharFilter(label=_("Title, partner, country"), method="by_text")
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=STATUSES, empty_label=_("All statuses")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Agreement.Kind.choices, empty_label=_("All kinds")
    )
    country = django_filters.ChoiceFilter(label=_("Country"), empty_label=_("All countries"))

    countries: list[tuple[str, str]] = []

    class Meta:
        model = Line
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["country"].extra["choices"] = self.countries

    def by_text(self, rows: QuerySet[Line], name: str, value: str) -> QuerySet[Line]:
        """Keep the rows in whose public words every word of a text is found."""
        for word in names.nfc(value).casefold().split()[:8]:
            rows = rows.filter(words__contains=word)
        return rows


def line_filter(countries: list[tuple[str, str]]) -> type[LineFilter]:
    """Return the conditions of a list with these countries in it."""
    return type("LineFilter", (LineFilter,), {"countries": countries})


class PublicationFilter(django_filters.FilterSet):
    """The conditions of the desk's list."""

    year = django_filters.NumberFilter(
        label=_("Year"), field_name="month", lookup_expr="year", min_value=1, max_value=9999
    )

    class Meta:
        model = Publication
        fields: list[str] = []


def publication_listing(request: Request, today: date) -> Listing:
    """Return what was published of a reader's governments, as they ask for it."""
    own = queries.of_user(request.user, "register.view")
    return Listing(
        request, queries.publications(own), PublicationFilter, sorts=SORTS, default="-month"
    )


class PublishForm(forms.Form):
    """Which month of which government is published."""

    government = forms.ChoiceField(label=_("Government"))
    month = forms.ChoiceField(label=_("Month"))

    def __init__(
        self, *args: Any, governments: list[Unit], months: list[date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in governments}
        self.months = {f"{month:%Y-%m}": month for month in months}
        self.fields["government"].choices = [  # type: ignore[attr-defined]
            (key, str(unit)) for key, unit in self.units.items()
        ]
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (key, month_in_words(month)) for key, month in self.months.items()
        ]
        for name in ("government", "month"):
            if len(self.fields[name].choices) == 1:  # type: ignore[attr-defined]
                self.fields[name].widget = django_forms.HiddenInput()

    def values(self) -> tuple[Unit, date]:
        """Return what was chosen as the action takes it."""
        chosen = self.cleaned_data
        return self.units[chosen["government"]], self.months[chosen["month"]]


def month_in_words(month: date) -> str:
    """Write a month in the reader's language: 2025년 3월, Mar 2025."""
    whole = periods.month(month.year, month.month)
    return in_language(periods.in_words(whole, "ko"), periods.in_words(whole, "en"))


class CorrectForm(forms.Form):
    """Why a month is published anew."""

    reason = forms.TextField(
        label=_("Reason"),
        rows=3,
        max_length=500,
        help_text=_("Published with the new version. Name nobody in it."),
    )


class WithdrawForm(forms.Form):
    """Why something is withdrawn from the public."""

    reason = forms.TextField(
        label=_("Reason"),
        rows=3,
        max_length=500,
        help_text=_("Everybody reads it in place of what is withdrawn. Name nobody in it."),
    )


def _ground() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Ground"),
        choices=[("", "–"), *Ground.choices],
        required=False,
        help_text=_("Only for what is withheld: Official Information Disclosure Act."),
    )


def _why() -> forms.TextField:
    return forms.TextField(
        label=_("Reason for the change"),
        rows=2,
        max_length=500,
        help_text=_("Kept in the history; not published."),
    )


class RuleForm(forms.Form):
    """How far one agreement is published, and which of its files."""

    level = forms.ChoiceField(label=_("In the public register"), required=False)
    ground = _ground()
    documents = forms.MultipleChoiceField(
        label=_("Public documents"),
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        help_text=_("Anybody can download what is ticked, as it is. Check it for personal data."),
    )
    reason = _why()

    def __init__(self, *args: Any, policy: str, documents: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_policy = _("As the policy for its kind says: %(level)s") % {"level": policy}
        self.fields["level"].choices = [("", as_policy), *Level.choices]  # type: ignore[attr-defined]
        self.held = {str(one.pk): one for one in documents}
        self.fields["documents"].choices = [  # type: ignore[attr-defined]
            (key, str(one)) for key, one in self.held.items()
        ]
        if not documents:
            del self.fields["documents"]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        asked = self.cleaned_data.get("documents", [])
        return {**self.cleaned_data, "documents": [self.held[key] for key in asked]}


class DefaultForm(forms.Form):
    """How far agreements of a kind are published."""

    level = forms.ChoiceField(label=_("In the public register"), choices=Level.choices)
    ground = _ground()
    reason = _why()
