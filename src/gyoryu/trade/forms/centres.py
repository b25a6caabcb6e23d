"""What is typed about business centres, their people and their costs."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import units_under
from gyoryu.agreements.forms.picks import ColleagueField
from gyoryu.base import periods
from gyoryu.parties.forms.fields import organisation_field, region_field
from gyoryu.trade.models import Centre, RunningCost
from gyoryu.trade.queries import centres as queries
from gyoryu.trade.rules import centres as rules
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

CHANGE = "trade.change"


def number(text: str) -> int:
    """Return the record's number that an address names; 0, which none has, where it names none."""
    return int(text) if text.isdecimal() and len(text) <= 18 else 0


def whole(**kwargs: Any) -> plain.IntegerField:
    """Return a field for a whole number, typed with or without separators."""
    return WholeField(
        widget=plain.TextInput(attrs={"class": "short", "inputmode": "numeric"}), **kwargs
    )


class WholeField(plain.IntegerField):
    """A whole number as people write it: 1,250,000."""

    def to_python(self, value: Any) -> int | None:
        """Read it without its separators."""
        return super().to_python(str(value).replace(",", "") if value is not None else value)


class LinesField(plain.CharField):
    """A list of short texts, one to a line."""

    widget = plain.Textarea(attrs={"rows": 5})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("One to a line."))
        super().__init__(max_length=6_000, **kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the lines that say anything."""
        if isinstance(value, list):
            return value
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(line[:200] for line in lines if line))

    def run_validators(self, value: Any) -> None:
        """The text's length was checked; lines need no more."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list a line each."""
        return "\n".join(value) if isinstance(value, list) else value


class UnitField(plain.ChoiceField):
    """The unit that will keep a new record, of those where one may write."""

    def __init__(self, user: User, capability: str = CHANGE, **kwargs: Any) -> None:
        self.units = {
            str(unit.pk): unit for unit in units_under(user.access, capability).order_by("path")
        }
        choices = [(key, str(unit)) for key, unit in self.units.items()]
        first = next(iter(self.units), "")
        super().__init__(label=_("Responsible unit"), choices=choices, initial=first, **kwargs)

    def clean(self, value: Any) -> Unit:
        """Return the unit that was chosen."""
        return self.units[super().clean(value)]


class CentreForm(forms.Form):
    """A centre's own facts."""

    name_ko = forms.TextField(label=_("Name in Korean"))
    name_en = forms.TextField(label=_("Name in English"), required=False)
    region = region_field(required=False)
    operator = organisation_field(label=_("Run by"), required=False)
    address = forms.TextField(label=_("Address"), required=False, max_length=300)
    services = LinesField(label=_("What it does for companies"), required=False)
    answers_in = plain.IntegerField(
        label=_("Answers within, in working days"),
        min_value=1,
        max_value=rules.MOST_DAYS,
        initial=5,
        help_text=_("Saturdays and Sundays are left out; public holidays are not known here."),
        widget=plain.TextInput(attrs={"class": "date", "inputmode": "numeric"}),
    )
    asked_by_all = plain.BooleanField(
        label=_("Has a form that is open to the public"), required=False
    )
    opened_on = forms.DayField(label=_("Opened on"))

    def __init__(self, *args: Any, user: User, row: Centre | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is None:
            self.fields["unit"] = UnitField(user)


FIELDS = ("name_ko", "name_en", "region", "operator", "address", "services", "answers_in",
          "asked_by_all", "opened_on")  # fmt: skip


def edited(row: Any, names: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """Return what the form of a record starts from."""
    return {name: getattr(row, name) for name in names}


class CloseForm(forms.Form):
    """When a centre was closed, and why."""

    on = forms.DayField(label=_("Closed since"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class PostForm(forms.Form):
    """Who works at a centre, as what, and since when."""

    title = forms.TextField(label=_("Position"), max_length=120)
    name = forms.TextField(
        label=_("Name"), required=False, max_length=120,
        help_text=_("Only of somebody without an account here."),
    )  # fmt: skip
    since = forms.DayField(label=_("Works there since"))
    until = forms.DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"] = ColleagueField(
            user, label=_("Colleague"), help_text=_("Gets letters about enquiries that wait.")
        )
        self.order_fields(["title", "user", "name"])


class UntilForm(forms.Form):
    """The last day of somebody."""

    until = forms.DayField(label=_("Last day"))


class CostsForm(forms.Form):
    """A year's costs: a line for each month, a column for each kind."""

    def __init__(self, *args: Any, year: int, noted: list[RunningCost], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        there = {(one.month.month, one.kind): one.amount for one in noted}
        for month in range(1, 13):
            for kind in RunningCost.Kind:
                label = _("%(month)s, %(kind)s") % {
                    "month": _month(year, month), "kind": kind.label,
                }  # fmt: skip
                self.fields[rules.cell(month, kind.value)] = whole(
                    label=label, required=False, initial=there.get((month, kind.value)),
                    min_value=0,
                )  # fmt: skip

    @property
    def lines(self) -> list[tuple[str, list[Any]]]:
        """The months, each with its fields."""
        return [
            (
                _month(self.year, month),
                [self[rules.cell(month, kind.value)] for kind in RunningCost.Kind],
            )
            for month in range(1, 13)
        ]

    @property
    def kinds(self) -> list[Any]:
        """The headings of the columns."""
        return [kind.label for kind in RunningCost.Kind]

    def amounts(self) -> dict[tuple[date, str], int | None]:
        """Return what was typed, as the action takes it; an empty cell says nothing."""
        return {
            (date(self.year, month, 1), kind.value): self.cleaned_data[
                rules.cell(month, kind.value)
            ]
            for month in range(1, 13)
            for kind in RunningCost.Kind
        }


def _month(year: int, month: int) -> str:
    language = (get_language() or "ko")[:2]
    return periods.in_words(periods.month(year, month), language, weekday=False)


class CentreFilter(django_filters.FilterSet):
    """The conditions of the list of centres: none but the tab, for there are a few dozen."""


def centre_listing(request: Request, today: date) -> Listing:
    """Return the list of centres as it was asked for."""
    return Listing(
        request,
        queries.seen_by(request.user),
        CentreFilter,
        sorts={"name": Sort("name_ko"), "opened": Sort("opened_on")},
        default="name",
        tabs=[
            Tab("open", _("In operation"), Q(closed_on=None)),
            Tab("closed", _("No longer in operation"), Q(closed_on__isnull=False)),
        ],
    )
