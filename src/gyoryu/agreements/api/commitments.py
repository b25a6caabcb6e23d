"""Commitments: what was promised, the steps it takes, and changes of its due date."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import commitments as actions
from gyoryu.agreements.forms import commitments as forms
from gyoryu.agreements.models import Commitment, DueChange
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import commitments as queries
from gyoryu.agreements.rules import commitments as rules
from gyoryu.evidence import queries as evidence
from gyoryu.web.calls import Call, Desk, Named, PeriodText, Shape
from gyoryu.web.records import why_not

VIEW, CHANGE, APPROVE = "agreements.view", "agreements.change", "agreements.approve"
LIST = "commitments"
LINES = 10
State = Commitment.Status
desk = Desk(_("Commitments"))


class CommitmentRow(Shape):
    """A promise."""

    id: int
    number: str
    words: str
    words_original: str
    side: Side
    owner: Named | None
    agreement: Named | None
    due: PeriodText | None
    due_on: date | None
    cost: Decimal | None
    cost_currency: str
    status: Commitment.Status
    status_since: date
    status_reason: str
    done_on: date | None
    on_agenda: bool
    unit: Named


class MilestoneShape(Shape):
    """A step on the way."""

    id: int
    name: str
    due_on: date | None
    done_on: date | None


class DueChangeShape(Shape):
    """Another due date that was asked for."""

    id: int
    old: PeriodText | None
    new: PeriodText | None
    reason: str
    state: DueChange.State
    asked_by: Named | None
    decided_by: Named | None
    remark: str


class CommitmentPage(CommitmentRow):
    """All that a promise says of itself."""

    body: Named | None
    engagement: Named | None
    organisation: Named | None
    counterpart: Named | None
    superseded_by: Named | None
    milestones: list[MilestoneShape]
    due_changes: list[DueChangeShape]
    documents: list[Named]

    @staticmethod
    def resolve_due_changes(row: Commitment) -> Any:
        """Return the changes asked for, newest first."""
        return row.due_changes.select_related("asked_by", "decided_by")

    @staticmethod
    def resolve_documents(row: Commitment) -> Any:
        """Return the documents that stand."""
        return evidence.of_record(row)


def _found(call: Call) -> Commitment:
    rows = queries.seen_by(call.user).select_related(*queries.ON_PAGE, "organisation")
    return get_object_or_404(rows, pk=call.pk)


def _changeable(call: Call) -> Commitment:
    row = _found(call)
    check_may(call.user, CHANGE, row.unit)
    return row


def _towards(to: str) -> Callable[[Call], Commitment]:
    def find(call: Call) -> Commitment:
        row = _changeable(call)
        rules.check_way(row, to)
        return row

    return find


def _milestone(call: Call) -> Any:
    row = _changeable(call)
    milestone = get_object_or_404(row.milestones, pk=call.path["step"])
    milestone.commitment = row
    return milestone


def _asked(call: Call) -> DueChange:
    row = _found(call)
    check_may(call.user, APPROVE, row.unit)
    asked = get_object_or_404(row.due_changes, pk=call.path["change"])
    asked.commitment = row
    return asked


def _edit_form(call: Call) -> Any:
    form = forms.CommitmentForm(to=call.user, lines=LINES, initial=_started(call.row))
    form.fields.pop("said_on")
    if call.row and call.row.due:
        form.fields.pop("due")
    return form


def _started(row: Commitment | None) -> dict[str, Any]:
    return forms.edited(row, queries.in_order(row).filter(done_on=None)) if row else {}


def _promise(call: Call, form: Any) -> Any:
    values = form.cleaned_data
    return actions.promise(queries.unit_for(call.user, values["agreement"]), values, **call.who)


def _done_form(call: Call) -> Any:
    held = evidence.has_evidence(call.row) if call.row else True
    return forms.DoneForm(
        initial={"on": call.today}, lacks=why_not(rules.check_done, has_evidence=held)
    )


def _step_form(*, needs_reason: bool) -> Callable[[Call], Any]:
    def make(call: Call) -> Any:
        needed = needs_reason or bool(call.row and call.row.closed)
        return forms.StepForm(initial={"on": call.today}, needs_reason=needed)

    return make


def _decide(approve: bool) -> Callable[[Call, Any], Any]:
    def act(call: Call, form: Any) -> Any:
        actions.decide_due_change(call.row, approve=approve, **form.cleaned_data, **call.who)
        return call.row.commitment

    return act


desk.lists(LIST, _("Commitments"), CommitmentRow, forms.commitment_listing, may=VIEW)
desk.writes(
    LIST, _("New commitment"), lambda call: forms.CommitmentForm(to=call.user, lines=LINES),
    _promise, may=CHANGE, creates=LIST,
)  # fmt: skip
desk.shows("commitments/{pk}", _("Commitment"), CommitmentPage, _found, may=VIEW)
desk.writes(
    "commitments/{pk}", _("Edit the commitment"), _edit_form,
    lambda call, form: actions.change(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_changeable, method="PATCH",
)  # fmt: skip
desk.writes(
    "commitments/{pk}/begin", _("Begin"), _step_form(needs_reason=False),
    lambda call, form: actions.move(call.row, State.IN_PROGRESS, **form.cleaned_data, **call.who),
    may=CHANGE, find=_towards(State.IN_PROGRESS),
)  # fmt: skip
desk.writes(
    "commitments/{pk}/done", _("Mark as done"), _done_form,
    lambda call, form: actions.finish(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_towards(State.DONE),
)  # fmt: skip
desk.writes(
    "commitments/{pk}/drop", _("Drop"), _step_form(needs_reason=True),
    lambda call, form: actions.move(call.row, State.DROPPED, **form.cleaned_data, **call.who),
    may=CHANGE, find=_towards(State.DROPPED),
)  # fmt: skip
desk.writes(
    "commitments/{pk}/supersede", _("Supersede"), lambda call: forms.SupersedeForm(to=call.user),
    lambda call, form: actions.move(call.row, State.SUPERSEDED, **form.cleaned_data, **call.who),
    may=CHANGE, find=_towards(State.SUPERSEDED),
)  # fmt: skip
desk.writes(
    "commitments/{pk}/due", _("Another due date asked for"), forms.DueForm,
    lambda call, form: actions.ask_due_change(call.row, **form.cleaned_data, **call.who) and None,
    may=CHANGE, find=_changeable,
)  # fmt: skip
for answer, approve, words in (
    ("approve", True, _("New due date approved")),
    ("refuse", False, _("New due date refused")),
):
    desk.writes(
        f"commitments/{{pk}}/due/{{change}}/{answer}", words, forms.DecideForm, _decide(approve),
        may=APPROVE, find=_asked,
    )  # fmt: skip
desk.writes(
    "commitments/{pk}/milestones/{step}/met", _("Step on the way done"),
    lambda call: forms.DayForm(initial={"on": call.today}),
    lambda call, form: actions.meet_milestone(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_milestone,
)  # fmt: skip
desk.writes(
    "commitments/{pk}/void", _("Entry taken back"), forms.VoidForm,
    lambda call, form: actions.void(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_changeable,
)  # fmt: skip
