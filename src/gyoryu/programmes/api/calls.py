"""Calls, their parts and their form, for programs."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import calls as actions
from gyoryu.programmes.actions import copying
from gyoryu.programmes.actions import parts as part_actions
from gyoryu.programmes.forms import calls as forms
from gyoryu.programmes.forms import parts as part_forms
from gyoryu.programmes.forms import public
from gyoryu.programmes.models import Call as Row
from gyoryu.programmes.queries import calls as queries
from gyoryu.programmes.queries import parts as part_queries
from gyoryu.programmes.rules import calls as rules
from gyoryu.programmes.rules import publishing
from gyoryu.web import clock
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE, APPROVE = "programmes.view", "programmes.change", "programmes.approve"
LIST = "calls"
desk = Desk(_("Calls"))


class CallLine(Shape):
    """A call: what may be applied for, by whom, until when."""

    id: int
    number: str
    title_ko: str
    title_en: str
    programme: Named
    state: Row.State
    applicant: Row.Applicant
    opens_at: datetime
    closes_at: datetime
    places: int | None
    award_most: int | None


class CallRow(CallLine):
    """A call in the list, with what is set apart for it in won and how many have applied."""

    allotted: int
    applied: int


class PartLine(Shape):
    """A track, a criterion or a paper: ``most`` are points, ``places`` those of a track."""

    id: int
    name_ko: str
    name_en: str
    places: int | None = None
    most: int | None = None


class PaperLine(PartLine):
    """A paper that is asked for; one that ``reveals`` the applicant is kept from a blind panel."""

    required: bool
    reveals: bool


class CategoryLine(PartLine):
    """A category of cost with its cap in won; ``in_kind`` is a benefit."""

    in_kind: bool
    vat_eligible: bool
    evidence: list[str]


class RuleLine(Shape):
    """A condition of eligibility, and what it asks in words."""

    id: int
    kind: str
    source: str
    asks: str


class CallPage(CallLine):
    """All that a call says of itself, and what is still missing before it is announced."""

    unit: Named
    summary_ko: str
    summary_en: str
    contact: str
    event: str
    members_least: int
    members_most: int
    ask_amount: bool
    reviewed: bool
    blind: bool
    method: Row.Method
    threshold: float
    panel_least: int
    spread_most: float
    tie: Row.Tie
    state_reason: str
    published_at: datetime | None
    allotted: int
    tracks: list[PartLine]
    categories: list[CategoryLine]
    criteria: list[PartLine]
    papers: list[PaperLine]
    rules: list[RuleLine]
    questions: list[dict[str, Any]]
    missing: list[str]


_WORKED_OUT = {"allotted", "tracks", "categories", "criteria", "papers", "rules", "missing"}


def _found(call: Call) -> Any:
    row = get_object_or_404(queries.in_full(call.user), pk=call.pk)
    parts = queries.parts(row)
    items = publishing.checklist(row, parts, at=clock.now())
    told = {n: getattr(row, n) for n in CallPage.model_fields if n not in _WORKED_OUT}
    told |= {n: getattr(parts, n) for n in _WORKED_OUT - {"rules", "missing"}}
    told["rules"] = [
        {"id": one.pk, "kind": one.kind, "source": one.source, "asks": said}
        for one, said in public.conditions(row, parts)
    ]
    return {**told, "missing": publishing.missing(items)}


def _own(call: Call) -> Row:
    return _for(call, CHANGE)


def _for(call: Call, capability: str) -> Row:
    row = get_object_or_404(queries.in_full(call.user), pk=call.pk)
    check_may(call.user, capability, row.unit)
    return row


def _changeable(call: Call) -> Row:
    row = _own(call)
    rules.check_can_edit(row, at=clock.now())
    return row


def _rebuildable(call: Call) -> Row:
    row = _own(call)
    rules.check_can_rebuild(row, at=clock.now())
    return row


def _complete(call: Call) -> Row:
    row = _for(call, APPROVE)
    items = publishing.checklist(row, queries.parts(row), at=clock.now())
    rules.check_can_publish(row, publishing.missing(items), at=clock.now())
    return row


def _open(call: Call) -> Row:
    row = _for(call, APPROVE)
    rules.check_can_extend(row, at=clock.now())
    return row


def _cancellable(call: Call) -> Row:
    row = _for(call, APPROVE)
    rules.check_can_cancel(row)
    return row


def _edit(call: Call) -> Any:
    row = call.row
    announced = bool(row and row.state != Row.State.DRAFT)
    return forms.CallForm(announced=announced, initial=row and forms.edited(row))


def _change(call: Call, form: Any) -> Any:
    values = form.cleaned_data
    return actions.change(call.row, values, reason=values.get("reason", ""), **call.who)


def _part(name: str) -> Any:
    return lambda call: part_forms.FORMS[name](call=call.row)


def _add(name: str) -> Any:
    def add(call: Call, form: Any) -> Any:
        values = form.values()
        reason = values.pop("reason", "")
        part_actions.add(call.row, name, values, reason=reason, **call.who)
        return call.row

    return add


desk.lists(LIST, _("Calls"), CallRow, forms.call_listing, may=VIEW)
desk.shows("calls/{pk}", _("Call"), CallPage, _found, may=VIEW)
desk.writes(
    LIST, _("New call"), lambda call: forms.CallForm(user=call.user),
    lambda call, form: actions.prepare(
        form.cleaned_data["programme"], form.cleaned_data, **call.who
    ),
    may=CHANGE, creates=LIST,
)  # fmt: skip
desk.writes(
    "calls/{pk}", _("Edit the call"), _edit, _change, may=CHANGE, find=_changeable,
    method="PATCH", fields=forms.CallForm(announced=True).fields,
)  # fmt: skip
for part in part_queries.MODELS:
    desk.writes(
        f"calls/{{pk}}/{part}", part_queries.ONE[part], _part(part), _add(part),
        may=CHANGE, find=_rebuildable,
        fields={**part_forms.FORMS[part]().fields, "reason": forms.reason_field()},
    )  # fmt: skip
desk.writes(
    "calls/{pk}/publish", _("Announce the call"), forms.StepForm,
    lambda call, form: actions.publish(call.row, **call.who),
    may=APPROVE, find=_complete,
)  # fmt: skip
desk.writes(
    "calls/{pk}/extend", _("Extend the window"), forms.ExtendForm,
    lambda call, form: actions.extend(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_open,
)  # fmt: skip
desk.writes(
    "calls/{pk}/cancel", _("Call it off"), forms.CancelForm,
    lambda call, form: actions.cancel(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_cancellable,
)  # fmt: skip
desk.writes(
    "calls/{pk}/copy", _("Prepare from this call"), lambda call: forms.CopyForm(user=call.user),
    lambda call, form: copying.copy(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own, creates=LIST,
)  # fmt: skip
