"""Follow-ups in the API."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.trade.actions import follow_ups as actions
from gyoryu.trade.forms import follow_ups as forms
from gyoryu.trade.forms.deals import NoForm
from gyoryu.trade.models import FollowUp
from gyoryu.trade.queries import follow_ups as queries
from gyoryu.trade.rules.deals import CHANGE, SEE
from gyoryu.web.calls import Call, Desk, Named, Shape

desk = Desk(_("Follow-ups"))


class FollowUpRow(Shape):
    """An exhibitor asked so many months after an event, and whether it has answered."""

    id: int
    exhibitor: Named
    event: Named
    months: int
    due_on: date
    until: date
    state: FollowUp.State
    asked_at: datetime | None
    chased: int
    chased_at: datetime | None
    saved_at: datetime | None
    answered_at: datetime | None


class FollowUpPage(FollowUpRow):
    """A follow-up with its answers as they were given, by deal (d), consultation (c) or new (n)."""

    answers: dict[str, Any]


class RateShape(Shape):
    """How many of an event's exhibitors were asked in a round and answered."""

    event: Named
    months: int
    asked: int
    answered: int
    silent: int
    percent: str | None


class RatesShape(Shape):
    """The response rates of the rounds of the last fifteen months."""

    rates: list[RateShape]


def _seen(call: Call) -> FollowUp:
    return get_object_or_404(queries.seen(call.user), pk=call.pk)


def _own(call: Call) -> FollowUp:
    row = _seen(call)
    check_may(call.user, CHANGE, row.event.unit)
    return row


def _rates(call: Call) -> dict[str, Any]:
    rows = queries.seen(call.user).filter(due_on__gte=forms.since(call.today))
    told = [
        {
            "event": one.event,
            "months": one.months,
            "asked": one.asked,
            "answered": one.answered,
            "silent": one.silent,
            "percent": None if one.percent is None else str(one.percent),
        }
        for one in queries.rates(rows)
    ]
    return {"rates": told}


desk.lists("follow-ups", _("Follow-ups"), FollowUpRow, forms.follow_up_listing, may=SEE)
desk.shows("follow-ups/{pk}", _("Follow-up"), FollowUpPage, _seen, may=SEE)
desk.shows("follow-up-rates", _("Response rates"), RatesShape, _rates, may=SEE)
desk.writes(
    "follow-ups/{pk}/ask", _("Send the link"), NoForm,
    lambda call, form: actions.ask_again(call.row, **call.who), may=CHANGE, find=_own,
)  # fmt: skip
DESKS: list[Desk] = [desk]
