"""Deals, their steps and confirmations in the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.trade.actions import asking
from gyoryu.trade.actions import deal_steps as steps
from gyoryu.trade.actions import deals as actions
from gyoryu.trade.forms import deals as forms
from gyoryu.trade.models import Confirmation, Deal, DealStep, Grade, Unproven
from gyoryu.trade.queries import confirmations
from gyoryu.trade.queries import deals as queries
from gyoryu.trade.rules.deals import CHANGE, SEE, VERIFY
from gyoryu.web.calls import Call, Desk, Named, Shape

desk = Desk(_("Deals"))


class DealRow(Shape):
    """A deal. Amounts stand by grade, in its currency; null means that nothing was said."""

    id: int
    number: str
    company: Named
    buyer: Named
    country: Named | None
    event: Named | None
    centre: Named | None
    about: str
    hs_code: str
    grade: Grade
    graded_on: date
    state: Deal.State
    lost_on: date | None
    lost_reason: str
    currency: str
    consulted: Decimal | None
    pursued: Decimal | None
    signed: Decimal | None
    verified: Decimal | None
    probability: int | None
    next_step: str
    next_due: date | None
    version: int
    confirmed_version: int | None
    unit: Named


class StepShape(Shape):
    """A step; a shipment counts from ``verified_at`` on, and what was struck counts no more."""

    id: int
    grade: Grade
    on: date
    amount: Decimal | None
    proof: DealStep.Proof
    declaration: str
    document: Named | None
    paper_amount: Decimal | None
    paper_currency: str
    rate: Decimal | None
    rate_on: date | None
    rate_source: str
    note: str
    noted_at: datetime
    verified_at: datetime | None
    struck_at: datetime | None
    struck_reason: str


class AskedShape(Shape):
    """What the buyer was asked and said of a version."""

    version: int
    asked_at: datetime
    until: datetime
    answered_at: datetime | None
    answer: str
    answer_note: str


class SaidShape(Shape):
    """What the company says by its word alone: the grade, the amount, since when."""

    says: Grade
    amount: Decimal | None
    on: date
    at: datetime


class DealPage(DealRow):
    """A deal with its way; ``said`` is what no paper shows yet."""

    steps: list[StepShape]
    asked: list[AskedShape]
    said: SaidShape | None
    voided_at: datetime | None

    @staticmethod
    def resolve_steps(row: Deal) -> list[DealStep]:
        """Return its steps, the struck and waiting ones among them."""
        return queries.steps_of(row)

    @staticmethod
    def resolve_said(row: Deal) -> Unproven | None:
        """Return what its company said last that no paper shows yet."""
        return queries.said_of(row)

    @staticmethod
    def resolve_asked(row: Deal) -> list[Confirmation]:
        """Return what its buyer was asked, newest first."""
        return list(confirmations.of_deal(row)[:50])


def _seen(call: Call) -> Deal:
    return get_object_or_404(queries.on_page(call.user), pk=call.pk)


def _allowed(capability: str) -> Any:
    def find(call: Call) -> Deal:
        row = _seen(call)
        check_may(call.user, capability, row.unit)
        return row

    return find


def _step(call: Call) -> DealStep:
    rows = DealStep.objects.filter(deal__in=queries.on_page(call.user).values("pk"))
    row = get_object_or_404(rows.select_related("deal__unit"), pk=call.pk)
    check_may(call.user, VERIFY, row.deal.unit)
    return row


def _done(act: Any) -> Any:
    return lambda call, form: act(call.row, **form.cleaned_data, **call.who)


def _on_deal(act: Any) -> Any:
    return lambda call, form: act(call.row, **form.cleaned_data, **call.who).deal


desk.lists("deals", _("Deals"), DealRow, forms.deal_listing, may=SEE)
desk.shows("deals/{pk}", _("Deal"), DealPage, _seen, may=SEE)
desk.writes(
    "deals", _("New deal"), lambda call: forms.NewDealForm(user=call.user),
    lambda call, form: actions.begin(form.within(), form.values(), form.step(), **call.who),
    may=CHANGE, creates="deals",
)  # fmt: skip
desk.writes(
    "deals/{pk}", _("Change the deal"),
    lambda call: forms.DealForm(
        user=call.user, row=call.row, initial=forms.edited(call.row) if call.row else None
    ),
    lambda call, form: actions.change(call.row, form.values(), **call.who),
    may=CHANGE, find=_allowed(CHANGE), method="PATCH",
)  # fmt: skip
desk.writes(
    "deals/{pk}/steps", _("Add a step"), forms.StepForm,
    lambda call, form: steps.tell(call.row, form.step(), **call.who).deal,
    may=CHANGE, find=_allowed(CHANGE),
)  # fmt: skip
desk.writes(
    "deal-steps/{pk}/verify", _("Verify the shipment"), forms.NoForm, _on_deal(steps.verify),
    may=VERIFY, find=_step,
)  # fmt: skip
desk.writes(
    "deal-steps/{pk}/strike", _("Strike the step"), forms.ReasonForm, _on_deal(steps.strike),
    may=VERIFY, find=_step,
)  # fmt: skip
desk.writes(
    "deals/{pk}/ask", _("Ask the buyer to confirm"), forms.AskForm, _on_deal(asking.ask),
    may=CHANGE, find=_allowed(CHANGE),
)  # fmt: skip
desk.writes(
    "deals/{pk}/lose", _("The deal was lost"), forms.LoseForm, _done(actions.lose),
    may=CHANGE, find=_allowed(CHANGE),
)  # fmt: skip
desk.writes(
    "deals/{pk}/reopen", _("Reopen the deal"), forms.ReasonForm, _done(actions.reopen),
    may=CHANGE, find=_allowed(CHANGE),
)  # fmt: skip
desk.writes(
    "deals/{pk}/finish", _("The deal is finished"), forms.NoForm, _done(actions.finish),
    may=CHANGE, find=_allowed(CHANGE),
)  # fmt: skip
desk.writes(
    "deals/{pk}/void", _("Void the deal"), forms.ReasonForm, _done(actions.void),
    may=VERIFY, find=_allowed(VERIFY),
)  # fmt: skip
DESKS: list[Desk] = [desk]
