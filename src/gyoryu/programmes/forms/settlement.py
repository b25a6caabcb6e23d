"""What is typed to settle an award."""

from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import Award, Programme, Recovery, Report
from gyoryu.programmes.queries import portfolio
from gyoryu.programmes.queries import settlement as queries
from gyoryu.programmes.rules.settlement import OPEN, Asking
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.among import Among
from gyoryu.web.listing import Listing, Sort, Tab


class ReportForm(forms.Form):
    """What an awardee reports at the end."""

    summary = forms.TextField(label=_("What was done"), rows=8, max_length=10_000, required=False)
    used = WonField(label=_("Used"), required=False)
    unused = WonField(
        label=_("Left over"),
        required=False,
        help_text=_("In won. Used and left over come to what was received."),
    )
    interest = WonField(
        label=_("Interest on it"),
        required=False,
        help_text=_("In won, as the bank paid it on the account of the support."),
    )

    def clean(self) -> dict[str, Any]:
        """Take an amount that was left empty for zero."""
        found = super().clean() or {}
        return {**found, **{n: found.get(n) or 0 for n in ("used", "unused", "interest")}}


class ReturnForm(forms.Form):
    """What is missing in a report."""

    reason = forms.TextField(label=_("What is missing"), rows=4, max_length=1000)


class AcceptForm(forms.Form):
    """That a report is in order."""

    due_on = forms.DayField(
        label=_("What is left over is due back on"), help_text=_("For example 2025-04-07.")
    )


class AskForm(forms.Form):
    """Money that is asked back."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Recovery.Kind, initial="clawback")
    amount = WonField(label=_("Amount"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)
    legal_basis = forms.TextField(label=_("Legal basis"), max_length=300, required=False)
    due_on = forms.DayField(label=_("Due back on"))
    rate = plain.DecimalField(
        label=_("Interest, percent a year"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        help_text=_("Left empty, no interest is asked."),
    )
    since = forms.DayField(
        label=_("Interest since"), required=False, help_text=_("The day the money was paid out.")
    )

    def asking(self) -> Asking:
        """Return what is asked back."""
        typed = dict(self.cleaned_data)
        return Asking(**{**typed, "rate": typed["rate"] or Decimal(0)})


class TakeInForm(forms.Form):
    """Money that came back."""

    amount = WonField(label=_("Amount"), required=False)
    interest = WonField(label=_("Interest"), required=False)
    on = forms.DayField(label=_("Came in on"))

    def clean(self) -> dict[str, Any]:
        """Take an amount that was left empty for zero."""
        found = super().clean() or {}
        return {**found, **{n: found.get(n) or 0 for n in ("amount", "interest")}}


class ReasonForm(forms.Form):
    """Why something is let go of or given back."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class NoForm(forms.Form):
    """A step that asks for nothing but to be confirmed."""


def _programmes(request: Any) -> QuerySet[Programme]:
    return portfolio.programmes(request.user).order_by("-number")


class SettlementFilter(django_filters.FilterSet):
    """The conditions of the list of settlements."""

    number = django_filters.CharFilter(label=_("Award number"), lookup_expr="startswith")
    programme = Among(
        label=_("Programme"),
        field_name="call__programme",
        rows=_programmes,
        find=portfolio.called,
        options="programme-options",
    )


def settlement_listing(request: Request, today: date) -> Listing:
    """Return the awards as their settlements stand on a day."""
    return Listing(
        request,
        queries.awards(request.user),
        SettlementFilter,
        sorts={"due": Sort("report_due_on"), "number": Sort("number")},
        default="due",
        tabs=[
            Tab("late", _("Report late"), queries.late(today), tone="bad"),
            Tab("soon", _("Report due within 30 days"), queries.soon(today)),
            Tab("handed", _("Report to judge"), _in(Report.Status.SUBMITTED)),
            Tab("back", _("Money to come back"), Q(pk__in=_owing())),
            Tab("settled", _("Settled"), Q(status=Award.Status.SETTLED)),
        ],
    )


def _in(status: str) -> Q:
    return Q(pk__in=Report.objects.filter(status=status).values("award"))


def _owing() -> QuerySet[Any]:
    return Recovery.objects.filter(state__in=OPEN).values("award")


class RecoveryFilter(django_filters.FilterSet):
    """The conditions of the list of money asked back."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Recovery.Kind.choices)
    award = django_filters.CharFilter(
        label=_("Award number"), field_name="award__number", lookup_expr="startswith"
    )


def recovery_listing(request: Request, today: date) -> Listing:
    """Return the money asked back, the soonest due first."""
    return Listing(
        request,
        queries.recoveries(request.user),
        RecoveryFilter,
        sorts={"due": Sort("due_on"), "asked": Sort("asked_on")},
        default="due",
        tabs=[
            Tab("late", _("Late"), Q(state__in=OPEN, due_on__lt=today), tone="bad"),
            Tab("soon", _("Due within 30 days"), Q(state__in=OPEN) & queries.within(today)),
            Tab("open", _("To come back"), Q(state__in=OPEN)),
            Tab("closed", _("Closed"), ~Q(state__in=OPEN)),
        ],
    )


FIELDS = ("summary", "used", "unused", "interest")


def begun(report: Report | None) -> dict[str, Any]:
    """Return what the form of a report begins with."""
    return {name: getattr(report, name) for name in FIELDS} if report else {}
