"""Awards: granted, signed, amended one by one or all of a call's, paid in advance, cancelled."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import advances, amendments
from gyoryu.programmes.actions import awards as actions
from gyoryu.programmes.forms import awards as forms
from gyoryu.programmes.models import Advance, Amendment, Award, AwardCategory
from gyoryu.programmes.models import Call as CallToApply
from gyoryu.programmes.queries import awards as queries
from gyoryu.web.calls import Call, Desk, Named, Shape
from gyoryu.web.calls.operation import KEY

VIEW, CHANGE, APPROVE = "programmes.view", "programmes.change", "programmes.approve"
MONEY, PAY = "programmes.approve_money", "programmes.pay"
LIST = "awards"
desk = Desk(_("Awards"))


class CeilingShape(Shape):
    """A ceiling and what is given out of it, in won."""

    limit: int
    committed: int
    reserved: int
    paid: int
    advanced: int
    returned: int
    free: int


class HeadingShape(Named):
    """What an award may be spent on, with its ceiling."""

    ceiling: CeilingShape


class AwardRow(Shape):
    """What was granted to one applicant."""

    id: int
    number: str
    name: str
    call: Named
    kind: Award.Kind
    status: Award.Status
    status_since: date
    awarded_on: date
    agreed_on: date | None
    starts_on: date
    ends_on: date
    claims_until: date
    report_due_on: date
    own_share: Decimal
    ceiling: CeilingShape
    unit: Named


class AmendmentShape(Shape):
    """A change of what was granted: what it changes as name: [before, after]."""

    id: int
    number: int | None
    state: Amendment.State
    on: date
    reason: str
    remark: str
    changes: dict[str, list[int | str]]


class AdvanceShape(Shape):
    """A payment in advance, in won."""

    id: int
    amount: int
    reason: str
    state: Advance.State
    paid_on: date | None


class AwardPage(AwardRow):
    """An award with its headings, amendments and advances."""

    status_reason: str
    organisation: Named | None
    headings: list[HeadingShape]
    amendments: list[AmendmentShape]
    advances: list[AdvanceShape]

    @staticmethod
    def resolve_headings(row: Award) -> list[AwardCategory]:
        """Return the headings in the order of the call."""
        return queries.headings(row)


def key_of(call: Call) -> str:
    """Return the caller's key as the ledger keeps it, or nothing when none came with the call."""
    key = call.request.headers.get(KEY)
    return f"{call.token.pk}/{key}" if key else ""


def _found(call: Call) -> Award:
    rows = queries.seen(call.user).select_related(*queries.ON_PAGE)
    return get_object_or_404(rows, pk=call.pk)


def _allowed(capability: str) -> Callable[[Call], Award]:
    def find(call: Call) -> Award:
        row = _found(call)
        check_may(call.user, capability, row.unit)
        return row

    return find


def _of_call(call: Call) -> CallToApply:
    row = get_object_or_404(queries.calls(call.user).select_related("unit"), pk=call.pk)
    check_may(call.user, APPROVE, row.unit)
    return row


def _amend_form(call: Call) -> Any:
    headings = queries.headings(call.row) if call.row else []
    return forms.AmendForm(headings=headings, initial={"on": call.today})


def _said(call: Call, form: Any) -> dict[str, Any]:
    values = form.cleaned_data
    return {"reason": values["reason"], "on": values["on"], "key": key_of(call), **call.who}


def _grant(call: Call, form: Any) -> Any:
    return actions.award(form.grant(key=key_of(call)), **call.who)


def _amend(act: Any) -> Callable[[Call, Any], Any]:
    def amend(call: Call, form: Any) -> None:
        act(call.row, form.change(), **_said(call, form))

    return amend


def _amendment(call: Call) -> Amendment:
    row = _allowed(APPROVE)(call)
    asked = get_object_or_404(row.amendments, pk=call.path["amendment"])
    asked.award = row
    return asked


def _decide(approve: bool) -> Callable[[Call, Any], Any]:
    def act(call: Call, form: Any) -> Any:
        amendments.decide(call.row, approve=approve, **form.cleaned_data, **call.who)
        return call.row.award

    return act


def _advance(capability: str) -> Callable[[Call], Advance]:
    def find(call: Call) -> Advance:
        row = _allowed(capability)(call)
        advance = get_object_or_404(row.advances, pk=call.path["advance"])
        advance.award = row
        return advance

    return find


def _approve_advance(call: Call, form: Any) -> None:
    advances.approve(call.row, **form.cleaned_data, key=key_of(call), **call.who)


def _of_advance(act: Any) -> Callable[[Call, Any], Any]:
    def done(call: Call, form: Any) -> Award:
        return act(call.row, **form.cleaned_data, **call.who).award  # type: ignore[no-any-return]

    return done


def _day_form(call: Call) -> Any:
    return forms.DayForm(initial={"on": call.today})


desk.lists(LIST, _("Awards"), AwardRow, forms.award_listing, may=VIEW)
desk.shows("awards/{pk}", _("Award"), AwardPage, _found, may=VIEW)
desk.writes(
    "calls/{pk}/awards", _("Grant"),
    lambda call: forms.GrantForm(call=call.row, whose=True), _grant,
    may=APPROVE, find=_of_call, creates=LIST,
)  # fmt: skip
desk.writes(
    "calls/{pk}/amend", _("Amend all awards"),
    lambda call: forms.AmendForm(
        categories=call.row.categories.all() if call.row else (), initial={"on": call.today}
    ),
    _amend(amendments.amend_call), may=APPROVE, find=_of_call,
)  # fmt: skip
desk.writes(
    "awards/{pk}/sign", _("Grant agreement signed"), _day_form,
    lambda call, form: actions.sign(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_allowed(CHANGE),
)  # fmt: skip
desk.writes(
    "awards/{pk}/cancel", _("Cancel the award"), lambda call: forms.ReasonForm(),
    lambda call, form: actions.cancel(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_allowed(APPROVE),
)  # fmt: skip
desk.writes(
    "awards/{pk}/amend", _("Amend the award"), _amend_form, _amend(amendments.amend),
    may=APPROVE, find=_allowed(APPROVE),
)  # fmt: skip
desk.writes(
    "awards/{pk}/amend/ask", _("Amendment asked for"), _amend_form, _amend(amendments.ask),
    may=CHANGE, find=_allowed(CHANGE),
)  # fmt: skip
for answer, approve, words in (
    ("approve", True, _("Amendment approved")),
    ("refuse", False, _("Amendment not approved")),
):
    desk.writes(
        f"awards/{{pk}}/amendments/{{amendment}}/{answer}", words, lambda call: forms.RemarkForm(),
        _decide(approve), may=APPROVE, find=_amendment,
    )  # fmt: skip
desk.writes(
    "awards/{pk}/advances", _("Approve an advance"), lambda call: forms.AdvanceForm(),
    _approve_advance, may=MONEY, find=_allowed(MONEY),
)  # fmt: skip
desk.writes(
    "awards/{pk}/advances/{advance}/paid", _("Advance paid"), _day_form,
    _of_advance(advances.pay), may=PAY, find=_advance(PAY),
)  # fmt: skip
desk.writes(
    "awards/{pk}/advances/{advance}/reverse", _("Payment of an advance taken back"),
    lambda call: forms.ReasonForm(), _of_advance(advances.reverse), may=MONEY,
    find=_advance(MONEY),
)  # fmt: skip
