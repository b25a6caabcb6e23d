"""The screens that take a commitment further: its status, its due date, its steps."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import commitments as actions
from gyoryu.agreements.forms.commitments import (
    DayForm,
    DecideForm,
    DoneForm,
    DueForm,
    StepForm,
    SupersedeForm,
    VoidForm,
    numbered,
)
from gyoryu.agreements.models import Commitment, DueChange
from gyoryu.agreements.queries import commitments as queries
from gyoryu.agreements.rules import commitments as rules
from gyoryu.agreements.views.commitments import changeable, found, why_undecided
from gyoryu.evidence import queries as evidence
from gyoryu.web import clock, posting
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not

State = Commitment.Status


def _words(to: str, row: Commitment) -> str:
    """Name a step as the button that takes it."""
    if row.closed:
        return _("Reopen")
    return {
        State.IN_PROGRESS: _("Begin"),
        State.DONE: _("Mark as done"),
        State.DROPPED: _("Drop"),
        State.SUPERSEDED: _("Supersede"),
    }[State(to)]


def _offered(row: Commitment) -> list[str]:
    """Return the steps a reader is offered; a closed promise is only ever taken up again."""
    return [State.IN_PROGRESS] if row.closed else list(rules.MOVES[row.status])


@may("agreements.change")
def commitment_move(request: Request, pk: int) -> HttpResponse:
    row = changeable(request, pk)
    offered = _offered(row)
    to = request.GET.get("to", "")
    if not to:
        # The address always says which step, so that a page left open cannot take another one.
        return HttpResponseRedirect(f"?to={offered[0]}")
    rules.check_way(row, to)
    documents = list(evidence.of_record(row)) if to == State.DONE else []
    context: dict[str, Any] = {
        "row": row,
        "to": to,
        "title": _words(to, row),
        "steps": [(one, _words(one, row)) for one in offered],
        "documents": documents,
        "why_not": why_not(rules.check_done, has_evidence=bool(documents))
        if to == State.DONE
        else "",
    }
    form = _move_form(request, row, to, context["why_not"])
    template = "agreements/commitment_move.html"
    return posting.run(
        request, form, template, lambda values: _move(request, row, to, values), context=context
    )


def _move_form(request: Request, row: Commitment, to: str, lacks: str) -> Any:
    typed, initial = posting.typed(request), {"on": clock.today()}
    if to == State.DONE:
        return DoneForm(typed, request.FILES or None, initial=initial, lacks=lacks)
    if to == State.SUPERSEDED:
        return SupersedeForm(typed, initial=initial, to=request.user)
    needs_reason = to == State.DROPPED or row.closed
    return StepForm(typed, initial=initial, needs_reason=needs_reason)


def _move(request: Request, row: Commitment, to: str, values: dict[str, Any]) -> Commitment:
    who: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if to == State.DONE:
        return actions.finish(row, values, **who)
    return actions.move(row, to, **values, **who)


@may("agreements.view")
def commitment_due(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    if request.method == "POST":
        # A decision names its request, so that a page left open cannot decide another one.
        number = request.POST.get("change")
        asked = get_object_or_404(row.due_changes, pk=numbered(number) or 0) if number else None
    else:
        asked = queries.waiting(row)
    return _decide(request, row, asked) if asked else _ask(request, row)


def _ask(request: Request, row: Commitment) -> HttpResponse:
    check_may(request.user, "agreements.change", row.unit)
    if request.method != "POST":
        rules.check_can_ask(row, None)
    return posting.run(
        request,
        DueForm(posting.typed(request)),
        "agreements/commitment_due.html",
        lambda values: (
            actions.ask_due_change(row, **values, by=request.user, at=clock.now()) and row
        ),
        context={"row": row},
        done=_("The new date was asked for. Until it is approved, the old one holds."),
    )


def _decide(request: Request, row: Commitment, asked: DueChange) -> HttpResponse:
    asked.commitment = row

    def decide(values: dict[str, Any]) -> Commitment:
        approve = "approve" in request.POST
        now = clock.now()
        actions.decide_due_change(asked, approve=approve, **values, by=request.user, at=now)
        return row

    return posting.run(
        request,
        DecideForm(posting.typed(request)),
        "agreements/commitment_decide.html",
        decide,
        context={
            "row": row,
            "asked": asked,
            "why_not": why_undecided(request, asked, row.unit.path),
        },
        done=_("It is decided, and both dates stay in the record."),
    )


@may("agreements.change")
def commitment_milestone(request: Request, pk: int, step: int) -> HttpResponse:
    row = changeable(request, pk)
    milestone = get_object_or_404(row.milestones, pk=step)
    milestone.commitment = row
    return posting.run(
        request,
        DayForm(posting.typed(request), initial={"on": clock.today()}),
        "agreements/commitment_milestone.html",
        lambda values: actions.meet_milestone(
            milestone, on=values["on"], by=request.user, at=clock.now()
        ),
        context={"row": row, "milestone": milestone},
        to=row.get_absolute_url(),
    )


@may("agreements.change")
def commitment_void(request: Request, pk: int) -> HttpResponse:
    row = changeable(request, pk)
    return posting.run(
        request,
        VoidForm(posting.typed(request)),
        "agreements/commitment_void.html",
        lambda values: actions.void(row, **values, by=request.user, at=clock.now()),
        context={"row": row},
        to=reverse("commitments"),
        done=_("The entry was taken back."),
    )
