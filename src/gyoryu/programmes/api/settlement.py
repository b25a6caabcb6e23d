"""Settlements: reports, money asked back, and exchange rates."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.agreements.forms.engagements import ReasonForm
from gyoryu.programmes.actions import rates as rate_actions
from gyoryu.programmes.actions import settlement as actions
from gyoryu.programmes.forms import rates as rate_forms
from gyoryu.programmes.forms import settlement as forms
from gyoryu.programmes.models import Award, ExchangeRate, Recovery, Report
from gyoryu.programmes.queries import rates as rate_queries
from gyoryu.programmes.queries import settlement as queries
from gyoryu.programmes.rules import rates as rate_rules
from gyoryu.programmes.rules import settlement as rules
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE, APPROVE = "programmes.applicants", "programmes.change", "programmes.approve"
MONEY, PAY, RATES = "programmes.approve_money", "programmes.pay", "programmes.view"
desk = Desk(_("Settlements"))


class ReportShape(Shape):
    """What an awardee reports at the end; amounts in won."""

    status: Report.Status
    status_reason: str
    summary: str
    used: int
    unused: int
    interest: int
    submitted_at: datetime | None
    accepted_at: datetime | None


class RecoveryRow(Shape):
    """Money asked back, in won."""

    id: int
    award: Named
    kind: Recovery.Kind
    amount: int
    interest: int
    returned: int
    returned_interest: int
    reason: str
    legal_basis: str
    asked_on: date
    due_on: date
    state: Recovery.State
    state_reason: str


class SettlementRow(Shape):
    """An award as its settlement stands; amounts in won."""

    id: int
    number: str
    name: str
    call: Named
    status: Award.Status
    report_due_on: date
    granted: int
    approved: int
    paid: int
    advanced: int
    returned: int
    report: ReportShape | None

    @staticmethod
    def resolve_granted(row: Any) -> int:
        """Return what was granted."""
        return int(row.ceiling.limit)

    @staticmethod
    def resolve_approved(row: Any) -> int:
        """Return what was approved."""
        return int(row.ceiling.approved)

    @staticmethod
    def resolve_paid(row: Any) -> int:
        """Return what was paid."""
        return int(row.ceiling.paid)

    @staticmethod
    def resolve_advanced(row: Any) -> int:
        """Return what was paid in advance."""
        return int(row.ceiling.advanced)

    @staticmethod
    def resolve_returned(row: Any) -> int:
        """Return what came back."""
        return int(row.ceiling.returned)

    @staticmethod
    def resolve_report(row: Any) -> Any:
        """Return the report; null without one."""
        return getattr(row, "report", None)


class RateRow(Shape):
    """Won for one unit of a currency on a day, as a source stated it."""

    id: int
    currency: str
    day: date
    rate: Decimal
    source: str


def _seen(call: Call) -> Award:
    return get_object_or_404(queries.awards(call.user), pk=call.pk)


def _award(capability: str) -> Any:
    def find(call: Call) -> Award:
        row = _seen(call)
        check_may(call.user, capability, row.unit)
        return row

    return find


def _report(capability: str) -> Any:
    def find(call: Call) -> Report:
        row = _award(capability)(call)
        report = get_object_or_404(Report.objects.select_related("award__unit"), award=row)
        rules.check_submitted(report)
        return report

    return find


def _recovery(capability: str) -> Any:
    def find(call: Call) -> Recovery:
        row = get_object_or_404(queries.recoveries(call.user), pk=call.pk)
        check_may(call.user, capability, row.award.unit)
        rules.check_open(row)
        return row

    return find


def _rate(call: Call) -> ExchangeRate:
    row = get_object_or_404(ExchangeRate, pk=call.pk)
    check_may(call.user, CHANGE)
    rate_rules.check_unused(row, rate_queries.used(row))
    return row


def _drop(call: Call, form: Any) -> ExchangeRate:
    rate_actions.drop(call.row, **form.cleaned_data, **call.who)
    row: ExchangeRate = call.row
    row.pk = call.pk
    return row


def _release(call: Call, form: Any) -> Award:
    actions.release(call.row, **form.cleaned_data, **call.who)
    row: Award = call.row
    return row


desk.lists("settlements", _("Settlements"), SettlementRow, forms.settlement_listing, may=VIEW)
desk.shows("settlements/{pk}", _("Settlement"), SettlementRow, _seen, may=VIEW)
desk.writes(
    "settlements/{pk}/report", _("Type the report in"), forms.ReportForm,
    lambda call, form: actions.submit(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_award(CHANGE),
)  # fmt: skip
desk.writes(
    "settlements/{pk}/return", _("Return the report for completion"), forms.ReturnForm,
    lambda call, form: actions.send_back(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_report(CHANGE),
)  # fmt: skip
desk.writes(
    "settlements/{pk}/accept", _("Find the report in order"), forms.AcceptForm,
    lambda call, form: actions.accept(call.row, **form.cleaned_data, **call.who),
    may=MONEY, find=_report(MONEY),
)  # fmt: skip
desk.writes(
    "settlements/{pk}/ask", _("Ask money back"), forms.AskForm,
    lambda call, form: actions.ask_back(call.row, form.asking(), **call.who),
    may=MONEY, find=_award(MONEY), creates="recoveries",
)  # fmt: skip
desk.writes(
    "settlements/{pk}/release", _("Release what is left"), forms.ReasonForm, _release,
    may=APPROVE, find=_award(APPROVE),
)  # fmt: skip
desk.writes(
    "settlements/{pk}/close", _("Close the settlement"), forms.NoForm,
    lambda call, form: actions.settle(call.row, **call.who),
    may=MONEY, find=_award(MONEY),
)  # fmt: skip
desk.lists("recoveries", _("Money asked back"), RecoveryRow, forms.recovery_listing, may=VIEW)
desk.writes(
    "recoveries/{pk}/take-in", _("Note money that came back"), forms.TakeInForm,
    lambda call, form: actions.take_in(call.row, **form.cleaned_data, **call.who),
    may=PAY, find=_recovery(PAY),
)  # fmt: skip
desk.writes(
    "recoveries/{pk}/waive", _("Let go of the rest"), forms.ReasonForm,
    lambda call, form: actions.waive(call.row, **form.cleaned_data, **call.who),
    may=MONEY, find=_recovery(MONEY),
)  # fmt: skip
desk.lists("rates", _("Exchange rates"), RateRow, rate_forms.rate_listing, may=RATES)
desk.writes(
    "rates", _("Enter a rate"), rate_forms.RateForm,
    lambda call, form: rate_actions.enter(form.stated(), **call.who),
    may=CHANGE, creates="rates",
)  # fmt: skip
desk.writes(
    "rates/{pk}", _("Correct the rate"), rate_forms.CorrectForm,
    lambda call, form: rate_actions.correct(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_rate, method="PATCH",
)  # fmt: skip
desk.writes(
    "rates/{pk}/drop", _("Take the rate out"), ReasonForm, _drop, may=CHANGE, find=_rate
)  # fmt: skip
