"""Claims at the desk: entered, handed in, returned, rejected, approved, paid, taken back."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import claims as actions
from gyoryu.programmes.actions import decisions, payments
from gyoryu.programmes.api.awards import CHANGE, MONEY, PAY, _allowed, _day_form, key_of
from gyoryu.programmes.forms import claims as forms
from gyoryu.programmes.forms.awards import ReasonForm
from gyoryu.programmes.models import Claim, Cut
from gyoryu.programmes.queries import claims as queries
from gyoryu.web.calls import Call, Desk, Named, Shape

SEE = "programmes.applicants"
LIST = "claims"
desk = Desk(_("Claims"))


class ClaimRow(Shape):
    """A cost claimed on one invoice. ``eligible``, ``approved``, ``asked`` are in won."""

    id: int
    number: str
    award: Named
    heading: Named
    provider_name: str
    provider_number: str
    invoice: str
    invoice_on: date
    currency: str
    supply: Decimal
    vat: Decimal
    asked: int | None
    eligible: int
    approved: int | None
    status: Claim.Status
    status_since: date
    status_reason: str
    submitted_at: datetime | None
    paid_on: date | None
    unit: Named


class CutShape(Shape):
    """Part of a claim that was not approved, in won."""

    code: Cut.Code
    amount: int
    reason: str


class RoomShape(Shape):
    """What is left, in won, under the heading and the award."""

    heading: int
    award: int
    left: int


class ClaimPage(ClaimRow):
    """A claim with its cuts, the rate it is counted at, and what is left for it."""

    rate: Decimal | None
    rate_on: date | None
    rate_source: str
    cuts: list[CutShape]
    room: RoomShape

    @staticmethod
    def resolve_rate(row: Claim) -> Decimal | None:
        """Return won for one unit of the currency."""
        return row.rate.rate if row.rate else None

    @staticmethod
    def resolve_rate_on(row: Claim) -> date | None:
        """Return the day of the rate."""
        return row.rate.day if row.rate else None

    @staticmethod
    def resolve_rate_source(row: Claim) -> str:
        """Return who stated the rate."""
        return row.rate.source if row.rate else ""

    @staticmethod
    def resolve_room(row: Claim) -> Any:
        """Return what is left for it now."""
        return queries.room(row)


def _found(call: Call) -> Claim:
    return get_object_or_404(queries.in_full(queries.seen(call.user)), pk=call.pk)


def _decided(capability: str) -> Callable[[Call], Claim]:
    def find(call: Call) -> Claim:
        row = _found(call)
        check_may(call.user, capability, row.unit)
        return row

    return find


def _new_form(call: Call) -> Any:
    return forms.ClaimForm(award=call.row, desk=True)


def _approve(call: Call, form: Any) -> Any:
    return decisions.approve(call.row, form.cuts(), key=key_of(call), **call.who)


def _pay(call: Call, form: Any) -> Any:
    return payments.pay(call.row, **form.cleaned_data, key=key_of(call), **call.who)


def _done(act: Any) -> Callable[[Call, Any], Any]:
    return lambda call, form: act(call.row, **form.cleaned_data, **call.who)


desk.lists(LIST, _("Claims"), ClaimRow, forms.claim_listing, may=SEE)
desk.shows("claims/{pk}", _("Claim"), ClaimPage, _found, may=SEE)
desk.writes(
    "awards/{pk}/claims", _("New claim"), _new_form,
    lambda call, form: actions.draft(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_allowed(CHANGE), creates=LIST,
)  # fmt: skip
desk.writes(
    "claims/{pk}/evidence", _("Add a document"), lambda call: forms.EvidenceForm(),
    lambda call, form: actions.attach(call.row, **form.cleaned_data, **call.who) and call.row,
    may=CHANGE, find=_decided(CHANGE),
)  # fmt: skip
desk.writes(
    "claims/{pk}/submit", _("Hand the claim in"), lambda call: forms.NoForm(),
    lambda call, form: actions.submit(call.row, **call.who), may=CHANGE, find=_decided(CHANGE),
)  # fmt: skip
desk.writes(
    "claims/{pk}/return", _("Return the claim for completion"), lambda call: forms.ReturnForm(),
    _done(decisions.send_back), may=CHANGE, find=_decided(CHANGE),
)  # fmt: skip
desk.writes(
    "claims/{pk}/reject", _("Reject the claim"), lambda call: forms.ReturnForm(),
    _done(decisions.reject), may=MONEY, find=_decided(MONEY),
)  # fmt: skip
desk.writes(
    "claims/{pk}/approve", _("Approve the claim"), lambda call: forms.ApproveForm(), _approve,
    may=MONEY, find=_decided(MONEY),
)  # fmt: skip
desk.writes(
    "claims/{pk}/reopen", _("Take the approval back"), lambda call: ReasonForm(),
    _done(decisions.reopen), may=MONEY, find=_decided(MONEY),
)  # fmt: skip
desk.writes("claims/{pk}/pay", _("Claim paid"), _day_form, _pay, may=PAY, find=_decided(PAY))
desk.writes(
    "claims/{pk}/reverse", _("Take the payment back"), lambda call: ReasonForm(),
    _done(payments.reverse), may=MONEY, find=_decided(MONEY),
)  # fmt: skip
