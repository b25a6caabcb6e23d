"""What is typed about strategies, programmes and their budgets."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.forms.picks import ColleagueField, Grouped
from gyoryu.base import names
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import BudgetLine, Call, LedgerEntry, Programme, Strategy
from gyoryu.programmes.models.portfolio import Fund
from gyoryu.programmes.queries import portfolio as queries
from gyoryu.programmes.rules.portfolio import FIRST_YEAR, LAST_YEAR
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

LONG = 4000


class YearField(plain.IntegerField):
    """A year of the budget."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class Named(Grouped):
    """What a strategy and a programme have alike: two names and their years."""

    name_ko = forms.TextField(label=_("Name in Korean"))
    name_en = forms.TextField(label=_("Name in English"), required=False)
    first_year = YearField(label=_("First year"))
    last_year = YearField(label=_("Last year"))


class StrategyForm(Named):
    """A line of policy over some years."""

    aim = forms.TextField(label=_("Aim"), rows=4, max_length=LONG, required=False)

    fieldsets: ClassVar = [
        (_("What it is"), ["name_ko", "name_en", "aim"]),
        (_("Years"), ["first_year", "last_year"]),
    ]


class ProgrammeForm(Named):
    """Support of one kind for one group."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Programme.Kind)
    legal_basis = forms.TextField(label=_("Legal basis"), max_length=300, required=False)
    target = forms.TextField(label=_("For whom"), max_length=300, required=False)
    summary = forms.TextField(label=_("Summary"), rows=4, max_length=LONG, required=False)

    fieldsets: ClassVar = [
        (_("What it is"), ["name_ko", "name_en", "kind", "strategy", "target", "summary"]),
        (_("Years"), ["first_year", "last_year"]),
        (_("Who answers for it"), ["legal_basis", "owner"]),
    ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["strategy"] = plain.ModelChoiceField(
            queries.strategies(user).order_by("-first_year", "pk"),
            label=_("Strategy"),
            required=False,
            empty_label=_("Under no strategy"),
        )
        self.fields["owner"] = ColleagueField(user, label=_("Responsible"))


def edited(row: Strategy | Programme) -> dict[str, Any]:
    """Return what the form of a strategy or programme begins with."""
    names = ["name_ko", "name_en", "first_year", "last_year"]
    more = ["aim"] if isinstance(row, Strategy) else [
        "kind", "legal_basis", "target", "summary", "strategy", "owner",
    ]  # fmt: skip
    return {name: getattr(row, name) for name in [*names, *more]}


class EndForm(forms.Form):
    """That a programme has ended."""

    on = forms.DayField(label=_("Ended on"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class AccountForm(forms.Form):
    """Which line of a budget it is."""

    year = YearField(label=_("Budget year"))
    account_code = forms.TextField(
        label=_("Account code"), max_length=20, help_text=_("As in the budget, such as 307-04.")
    )
    name = forms.TextField(label=_("Name of the account"), max_length=120)
    fund = forms.ChoiceField(label=_("Fund"), choices=Fund)


class LineForm(AccountForm):
    """A new line with what the budget gives it."""

    amount = WonField(label=_("Appropriated"))
    on = forms.DayField(label=_("Passed on"), required=False)


class SupplementForm(forms.Form):
    """A supplementary budget."""

    amount = WonField(
        label=_("More or less"),
        signed=True,
        help_text=_("In won. With a minus it is taken off: -5,000,000."),
    )
    on = forms.DayField(label=_("Passed on"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class AllotForm(forms.Form):
    """What a call gets of a line, or gives back to it."""

    amount = WonField(
        label=_("Amount"),
        signed=True,
        help_text=_("In won. With a minus it goes back to the line: -5,000,000."),
    )
    on = forms.DayField(label=_("Decided on"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)

    def __init__(self, *args: Any, line: BudgetLine | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Call.objects.filter(voided_at=None).exclude(state=Call.State.CANCELLED)
        rows = rows.filter(programme=line.programme_id) if line else rows.none()
        self.fields["call"] = plain.ModelChoiceField(rows.order_by("-opens_at"), label=_("Call"))
        self.order_fields(["call", "amount", "on", "reason"])


class BoardFilter(django_filters.FilterSet):
    """What the board is narrowed to; which lines count is then the board's to ask."""

    year = django_filters.NumberFilter(
        label=_("Budget year"), method="in_year", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    fund = django_filters.ChoiceFilter(label=_("Fund"), choices=Fund.choices, method="of_fund")

    def in_year(self, rows: QuerySet[Strategy], name: str, value: Any) -> QuerySet[Strategy]:
        """Keep the strategies that run in a year."""
        return queries.running(rows, int(value))

    def of_fund(self, rows: QuerySet[Strategy], name: str, value: str) -> QuerySet[Strategy]:
        """Keep every strategy: that a fund pays nothing under it is an answer too."""
        return rows


def board_listing(request: Request, today: date) -> Listing:
    """Return the strategies of the board; without a year those of this year."""
    rows = queries.strategies(request.user)
    if not request.GET.get("year"):
        rows = queries.running(rows, today.year)
    return Listing(
        request,
        rows,
        BoardFilter,
        sorts={"year": Sort("first_year"), "name": Sort("name_ko")},
        default="year",
    )


class ProgrammeFilter(django_filters.FilterSet):
    """The conditions of the list of programmes."""

    q = django_filters.CharFilter(label=_("Name or number"), method="by_name")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Programme.Kind.choices)
    year = django_filters.NumberFilter(
        label=_("Year"), method="in_year", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    def by_name(self, rows: QuerySet[Programme], name: str, value: str) -> QuerySet[Programme]:
        """Find programmes by name or number."""
        return queries.called(rows, names.nfc(value))

    def in_year(self, rows: QuerySet[Programme], name: str, value: Any) -> QuerySet[Programme]:
        """Keep what runs in a year."""
        return queries.running(rows, int(value))


def programme_listing(request: Request, today: date) -> Listing:
    """Return the list of programmes as it was asked for."""
    return Listing(
        request,
        queries.programmes(request.user),
        ProgrammeFilter,
        sorts={"number": Sort("number"), "name": Sort("name_ko"), "year": Sort("first_year")},
        default="-number",
        tabs=[
            Tab("running", _("Running"), Q(ended_on=None, last_year__gte=today.year)),
            Tab("over", _("Over"), Q(ended_on__isnull=False) | Q(last_year__lt=today.year)),
        ],
        dress=queries.with_calls,
    )


def strategy_listing(request: Request, today: date) -> Listing:
    """Return the list of strategies as it was asked for."""
    return Listing(
        request,
        queries.strategies(request.user),
        django_filters.FilterSet,
        sorts={"name": Sort("name_ko"), "year": Sort("first_year")},
        default="-year",
    )


class LineFilter(django_filters.FilterSet):
    """The conditions of the list of budget lines."""

    year = django_filters.NumberFilter(
        label=_("Budget year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    fund = django_filters.ChoiceFilter(label=_("Fund"), choices=Fund.choices)
    account_code = django_filters.CharFilter(label=_("Account code"), lookup_expr="startswith")


def line_listing(request: Request, today: date) -> Listing:
    """Return the list of budget lines as it was asked for."""
    return Listing(
        request,
        queries.lines(request.user),
        LineFilter,
        sorts={"year": Sort("year"), "code": Sort("account_code")},
        default="-year",
    )


class EntryFilter(django_filters.FilterSet):
    """The conditions of a list of the ledger's entries."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=LedgerEntry.Kind.choices)
    since = forms.DayFilter(label=_("Moved since"), field_name="on", lookup_expr="gte")
    until = forms.DayFilter(label=_("Moved until"), field_name="on", lookup_expr="lte")


def entry_listing(request: Request, today: date, line: BudgetLine | None) -> Listing:
    """Return what moved under a budget line as it was asked for."""
    return Listing(
        request,
        queries.entries(line) if line else LedgerEntry.objects.none(),
        EntryFilter,
        sorts={"entered": Sort("id"), "day": Sort("on")},
        default="-entered",
    )
