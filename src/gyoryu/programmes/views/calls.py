"""The screens of calls at the desk: list, page, and the steps of a call."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.base import names
from gyoryu.history import queries as history
from gyoryu.programmes.actions import calls as actions
from gyoryu.programmes.actions import copying
from gyoryu.programmes.forms import calls as forms
from gyoryu.programmes.forms import public
from gyoryu.programmes.models import Call
from gyoryu.programmes.queries import calls as queries
from gyoryu.programmes.rules import calls as rules
from gyoryu.programmes.rules import publishing
from gyoryu.web import clock, export, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import pick_label
from gyoryu.web.small import Page

CHANGE, APPROVE, WHO = "programmes.change", "programmes.approve", "programmes.applicants"
TONES = {
    rules.Phase.DRAFT: ("quiet", "edit"),
    rules.Phase.UPCOMING: ("", "clock"),
    rules.Phase.OPEN: ("live", "live"),
    rules.Phase.CLOSED: ("quiet", "lock"),
    rules.Phase.DECIDED: ("quiet", "stop"),
    rules.Phase.CANCELLED: ("quiet", "stop"),
}
COLUMNS = [
    export.Column(gettext_lazy("Number"), lambda row: row.number),
    export.Column(gettext_lazy("Title in Korean"), lambda row: row.title_ko),
    export.Column(gettext_lazy("Title in English"), lambda row: row.title_en),
    export.Column(gettext_lazy("Programme"), lambda row: str(row.programme)),
    export.Column(gettext_lazy("State"), lambda row: str(rules.PHASES[_phase(row)])),
    export.Column(gettext_lazy("Who applies"), lambda row: row.get_applicant_display()),
    export.Column(gettext_lazy("Opens at"), lambda row: rules.moment(row.opens_at)),
    export.Column(gettext_lazy("Closes at"), lambda row: rules.moment(row.closes_at)),
    export.Column(gettext_lazy("How many are selected"), lambda row: row.places),
    export.Column(gettext_lazy("Most for one award"), lambda row: row.award_most),
    export.Column(gettext_lazy("Set apart"), lambda row: row.allotted),
    export.Column(gettext_lazy("Applications"), lambda row: row.applied),
]
SHEET = export.Sheet("calls", COLUMNS, queries.dressed)


def _phase(row: Call) -> rules.Phase:
    return rules.phase(row, at=clock.now())


def standing(row: Call) -> dict[str, Any]:
    """Return how a call stands, as a chip shows it."""
    found = _phase(row)
    tone, symbol = TONES[found]
    return {"phase": found.value, "words": rules.PHASES[found], "tone": tone, "symbol": symbol}


@may("programmes.view")
def calls(request: Request) -> Any:
    listing = forms.call_listing(request)
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    for row in listing.page:
        row.standing = standing(row)
    context = {
        "listing": listing,
        "heading": _("Calls"),
        "may_change": request.user.access.may(CHANGE),
    }
    return render(request, "programmes/calls/calls.html", context)


@may("programmes.view")
def call_options(request: Request) -> HttpResponse:
    text = names.nfc(request.GET.get(request.GET.get("field", "q"), ""))
    rows = queries.called(queries.seen(request.user), text).order_by("-opens_at", "-pk")
    found = rows[:12] if len(text) > 1 else []
    return render(request, "web/options.html", {"labels": [pick_label(row) for row in found]})


@may("programmes.view")
def call(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.in_full(request.user), pk=pk)
    at, parts = clock.now(), queries.parts(row)
    items = publishing.checklist(row, parts, at=at)
    missing = publishing.missing(items)
    may_change = request.user.access.may(CHANGE, row.unit.path)
    context = {
        "row": row,
        "standing": standing(row),
        "parts": parts,
        "points": sum(one.most for one in parts.criteria),
        "rules": public.conditions(row, parts),
        "questions": publishing.form_of(row),
        "items": items,
        "missing": missing,
        "allotments": list(queries.allotments(row)),
        "extensions": list(row.extensions.select_related("by")),
        "may_change": may_change and not records.why_not(rules.check_can_edit, row, at=at),
        "may_rebuild": may_change and not records.why_not(rules.check_can_rebuild, row, at=at),
        "drafted": row.state == Call.State.DRAFT,
        "may_copy": may_change,
        "course": _course(request, row),
        "steps": _steps(row, missing) if request.user.access.may(APPROVE, row.unit.path) else [],
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/calls/call.html", context)


def _course(request: Request, row: Call) -> list[tuple[str, str]]:
    """Return the pages of what follows upon a call, as far as they are open to the reader."""
    found = []
    if request.user.access.may(WHO, row.unit.path):
        found = [(_("Applications"), "call-applications")]
        if row.reviewed:
            found += [(_("Panel"), "call-panel"), (_("Ranking"), "call-ranking")]
    found.append((_("Awards"), "call-awards"))
    return [(words, reverse(name, args=[row.pk])) for words, name in found]


def _steps(row: Call, missing: list[str]) -> list[tuple[str, Any, str]]:
    """Return the approver's steps: address, words, and why one is not possible now."""
    at = clock.now()
    if row.state == Call.State.DRAFT:
        why = records.why_not(rules.check_can_publish, row, missing, at=at)
        steps = [("call-publish", _("Announce"), why)]
    else:
        why = records.why_not(rules.check_can_extend, row, at=at)
        steps = [("call-extend", _("Extend the window"), why)]
    if row.state in {Call.State.DRAFT, Call.State.PUBLISHED}:
        steps.append(("call-cancel", _("Call it off"), ""))
    return [(reverse(name, args=[row.pk]), words, why) for name, words, why in steps]


@may("programmes.change")
def call_new(request: Request) -> HttpResponse:
    initial = {"programme": request.GET.get("programme")}
    return posting.run(
        request,
        forms.CallForm(posting.typed(request), user=request.user, initial=initial),
        "programmes/calls/call_form.html",
        lambda values: actions.prepare(
            values["programme"], values, by=request.user, at=clock.now()
        ),
        context={"heading": _("New call")},
        done=_("The call is prepared. Its check list says what is still missing."),
    )


def own(request: Request, pk: int, capability: str = CHANGE) -> Call:
    """Return a call that the user may do something to."""
    row = get_object_or_404(queries.in_full(request.user), pk=pk)
    check_may(request.user, capability, row.unit)
    return row


@may("programmes.change")
def call_edit(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    rules.check_can_edit(row, at=clock.now())
    form = forms.CallForm(
        posting.typed(request),
        announced=row.state != Call.State.DRAFT,
        initial=forms.edited(row),
    )
    return posting.run(
        request,
        form,
        "programmes/calls/call_form.html",
        lambda values: actions.change(
            row, values, reason=values.get("reason", ""), by=request.user, at=clock.now()
        ),
        context={
            "row": row,
            "heading": _("Edit the call"),
            "open": _phase(row) == rules.Phase.OPEN,
        },
    )


@may("programmes.approve")
def call_publish(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk, APPROVE)
    items = publishing.checklist(row, queries.parts(row), at=clock.now())
    rules.check_can_publish(row, publishing.missing(items), at=clock.now())
    return small.run(
        request,
        forms.StepForm(posting.typed(request)),
        lambda _values: actions.publish(row, by=request.user, at=clock.now()),
        Page(_("Announce the call"), row, save=_("Announce")),
        done=_("The call is announced. Everybody can read it now."),
        template="programmes/calls/publish.html",
        items=items,
    )


@may("programmes.approve")
def call_extend(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk, APPROVE)
    rules.check_can_extend(row, at=clock.now())
    return small.run(
        request,
        forms.ExtendForm(posting.typed(request), initial={"closes_at": row.closes_at}),
        lambda values: actions.extend(row, **values, by=request.user, at=clock.now()),
        Page(_("Extend the window"), row),
        done=_("The window is extended. The public page says so, and why."),
    )


@may("programmes.approve")
def call_cancel(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk, APPROVE)
    rules.check_can_cancel(row)
    page = Page(_("Call it off"), row)
    return small.act_on(
        request, row, forms.CancelForm, actions.cancel, page, done=_("The call is called off.")
    )


@may("programmes.change")
def call_copy(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    initial = {
        "programme": row.programme,
        "opens_at": rules.shifted(row.opens_at, 1),
        "closes_at": rules.shifted(row.closes_at, 1),
    }
    return posting.run(
        request,
        forms.CopyForm(posting.typed(request), user=request.user, initial=initial),
        "programmes/calls/call_form.html",
        lambda values: copying.copy(row, **values, by=request.user, at=clock.now()),
        context={"row": row, "heading": _("Prepare from this call"), "copying": True},
        done=_("The call is prepared. Its check list says what is still missing."),
    )
