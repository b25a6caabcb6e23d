"""The screens of commitments: their list, the page of one, and the form of one."""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import commitments as actions
from gyoryu.agreements.forms.commitments import (
    MOST_LINES,
    CommitmentForm,
    commitment_listing,
    edited,
    lines_of,
    numbered,
)
from gyoryu.agreements.models import Body, Commitment, DueChange
from gyoryu.agreements.queries import commitments as queries
from gyoryu.agreements.rules import commitments as rules
from gyoryu.base import names, periods
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.web import clock, export, lists, posting
from gyoryu.web.access import Request, may
from gyoryu.web.forms import pick_label
from gyoryu.web.records import why_not


def _said_due(row: Commitment) -> str:
    return periods.in_words(row.due, (get_language() or "ko")[:2], weekday=False) if row.due else ""


COLUMNS = [
    export.Column(gettext_lazy("Number"), lambda row: row.number),
    export.Column(gettext_lazy("As it was said"), lambda row: row.words),
    export.Column(gettext_lazy("Original"), lambda row: row.words_original),
    export.Column(gettext_lazy("Side"), lambda row: row.get_side_display()),
    export.Column(gettext_lazy("Owner"), lambda row: str(row.owner or "")),
    export.Column(gettext_lazy("Agreement"), lambda row: str(row.agreement or "")),
    export.Column(gettext_lazy("Due"), _said_due),
    export.Column(gettext_lazy("Last day"), lambda row: row.due_on),
    export.Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
    export.Column(gettext_lazy("Since"), lambda row: row.status_since),
    export.Column(gettext_lazy("Reason"), lambda row: row.status_reason),
    export.Column(gettext_lazy("Done on"), lambda row: row.done_on),
    export.Column(gettext_lazy("Expected cost"), lambda row: row.cost),
    export.Column(gettext_lazy("Currency"), lambda row: row.cost_currency),
    export.Column(gettext_lazy("Unit"), lambda row: str(row.unit)),
]
SHEET = export.Sheet(gettext_lazy("Commitments"), COLUMNS)


@may("agreements.view")
def commitments(request: Request) -> Any:
    listing = commitment_listing(request, clock.today())
    return lists.show(
        request,
        listing,
        SHEET,
        "agreements/commitments.html",
        _("Commitments"),
        soon=clock.today() + rules.SOON,
        may_add=request.user.access.may("agreements.change"),
    )


def found(request: Request, pk: int) -> Commitment:
    """Return a commitment the reader may see, or answer that there is none."""
    rows = queries.seen_by(request.user).select_related(*queries.ON_PAGE)
    return get_object_or_404(rows, pk=pk)


def changeable(request: Request, pk: int) -> Commitment:
    """Return a commitment the reader may change; refuse one that is only shared with them."""
    row = found(request, pk)
    check_may(request.user, "agreements.change", row.unit)
    return row


@may("agreements.view")
def commitment(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    due_changes = list(row.due_changes.select_related("asked_by", "decided_by"))
    asked = next((one for one in due_changes if one.state == "asked"), None)
    context = {
        "row": row,
        "soon": clock.today() + rules.SOON,
        "milestones": list(queries.in_order(row)),
        "carries": list(row.carries.select_related("session")),
        "due_changes": due_changes,
        "asked": asked,
        "takes_place_of": list(row.supersedes.filter(voided_at=None)),
        "documents": list(evidence.of_record(row)),
        "entries": history.of_record(row)[:50],
        "languages": {
            "words": _language_of(row.words),
            "original": _language_of(row.words_original),
        },
        **_allowed(request, row, asked),
    }
    return render(request, "agreements/commitment.html", context)


def _allowed(request: Request, row: Commitment, asked: DueChange | None) -> dict[str, Any]:
    """Say which buttons the page has, and why it lacks the others: by the rules themselves."""
    access, path = request.user.access, row.unit.path
    may_change = access.may("agreements.change", path)
    return {
        "may_change": may_change,
        "why_no_date": why_not(rules.check_can_ask, row, asked) if may_change else "",
        "why_undecided": why_undecided(request, asked, path) if asked else "",
    }


def why_undecided(request: Request, asked: DueChange, path: str) -> str:
    """Say why the reader cannot decide about another date; nothing if they can."""
    if not request.user.access.may("agreements.approve", path):
        return _("An approver of this unit decides about the new date.")
    return why_not(rules.check_can_decide, asked, request.user)


def _language_of(text: str) -> str:
    """Tell a text's language by its letters, for a reader's voice; none when they do not tell."""
    if re.search("[가-힣]", text):
        return "ko"
    if re.search("[぀-ヿ]", text):
        return "ja"
    if re.search("[一-鿿]", text):
        return "zh"
    return "en" if text and text.isascii() else ""


@may("agreements.change")
def commitment_new(request: Request) -> HttpResponse:
    initial = _where(request)
    if more := _one_more_line(request):
        return _shown_again(request, more, initial)
    return posting.run(
        request,
        _form(request, initial),
        "agreements/commitment_form.html",
        lambda values: _promise(request, initial["body"], values),
        context=_beside(initial),
        done=_("The commitment is in the register."),
    )


def _promise(request: Request, body: Body | None, values: dict[str, Any]) -> Commitment:
    if body and values["agreement"] == body.agreement:
        values["body"] = body
    unit = queries.unit_for(request.user, values["agreement"])
    return actions.promise(unit, values, by=request.user, at=clock.now())


@may("agreements.change")
def commitment_edit(request: Request, pk: int) -> HttpResponse:
    row = changeable(request, pk)
    initial = edited(row, queries.in_order(row).filter(done_on=None))
    context = {"row": row, **_beside({"engagement": row.engagement, "agreement": row.agreement})}
    if more := _one_more_line(request):
        return _shown_again(request, _edited(more, row), context)
    return posting.run(
        request,
        _edited(_form(request, initial), row),
        "agreements/commitment_form.html",
        lambda values: actions.change(row, values, by=request.user, at=clock.now()),
        context=context,
    )


def _edited(form: CommitmentForm, row: Commitment) -> CommitmentForm:
    """Leave out what is not changed here: the day it was said, and a due date that was given."""
    form.fields.pop("said_on")
    if row.due:
        form.fields.pop("due")
    return form


def _form(request: Request, initial: dict[str, Any]) -> CommitmentForm:
    """Make the form from this post, from the draft kept earlier, or anew.

    A draft is shown as a beginning, not as a post: what is not yet filled in is not yet wrong.
    """
    typed = posting.typed(request)
    if request.method == "POST":
        return CommitmentForm(typed, request.FILES, to=request.user)
    started = {**initial, **(typed.dict() if typed is not None else {})}
    return CommitmentForm(to=request.user, initial=started)


def _one_more_line(request: Request) -> CommitmentForm | None:
    """Answer "add a step": the form as it was typed with one line more, nothing checked."""
    if "add" not in request.POST:
        return None
    lines = min(lines_of(request.POST) + 1, MOST_LINES)
    # A box that was cleared is not in a post at all, so it is said here.
    typed = {"on_agenda": False, **request.POST.dict()}
    form = CommitmentForm(to=request.user, lines=lines, initial=typed)
    form.once = request.POST.get("once", "")  # type: ignore[attr-defined]
    return form


def _shown_again(request: Request, form: CommitmentForm, context: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "draft": posting.draft(request), "added": form.lines - 1, **context}
    return render(request, "agreements/commitment_form.html", context)


def _where(request: Request) -> dict[str, Any]:
    """Read from the address where it was said: ?agreement=12, ?engagement=12 or ?body=12."""
    user = request.user
    engagement = _asked(queries.engagements(user), request, "engagement")
    body = _asked(queries.bodies(user), request, "body")
    agreement = _asked(queries.agreements(user), request, "agreement")
    return {
        "engagement": engagement,
        "body": body,
        "agreement": agreement or queries.agreement_of(engagement, body),
    }


def _asked(rows: QuerySet[Any], request: Request, name: str) -> Any:
    number = numbered(request.GET.get(name, ""))
    return rows.filter(pk=number).first() if number else None


def _beside(where: dict[str, Any]) -> dict[str, Any]:
    """Return what stands beside the form: the other promises of the same occasion."""
    at = Commitment(engagement=where["engagement"], agreement=where["agreement"])
    return {"where": where, "others": list(queries.said_with(at)[:8])}


@may("agreements.view")
def commitment_options(request: Request) -> HttpResponse:
    field = request.GET.get("field", "")
    text = names.nfc(request.GET.get(field, ""))
    if len(text) < 2:
        rows: list[Any] = []
    elif field == "owner":
        rows = list(queries.people(queries.owners(request.user), text)[:12])
    else:
        rows = list(queries.called(queries.seen_by(request.user), text)[:12])
    return render(request, "web/options.html", {"labels": [pick_label(row) for row in rows]})
