"""The desk of applications: lists and board, one application, its conditions, its next steps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.programmes import questions
from gyoryu.programmes.actions import applications as actions
from gyoryu.programmes.actions import portal as entering
from gyoryu.programmes.actions import screening as desk
from gyoryu.programmes.forms import screening as forms
from gyoryu.programmes.forms.applications import WithdrawForm
from gyoryu.programmes.forms.portal import NoForm, ReasonForm
from gyoryu.programmes.models import Admission, Application, Call, Representative
from gyoryu.programmes.queries import applications as queries
from gyoryu.programmes.queries import calls, representatives, screening
from gyoryu.programmes.rules import applications as rules
from gyoryu.programmes.rules import representatives as entry_rules
from gyoryu.programmes.rules import screening as screening_rules
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import page_of, why_not

SEE, CHANGE, APPROVE = "programmes.applicants", "programmes.change", "programmes.approve"
FOLDER = "programmes/applications"
Status = Application.Status
COLUMNS = [
    export.Column(gettext_lazy("Number"), lambda row: row.number),
    export.Column(gettext_lazy("Call"), lambda row: str(row.call)),
    export.Column(gettext_lazy("Applicant"), lambda row: row.name),
    export.Column(gettext_lazy("Business number"), lambda row: row.business_number),
    export.Column(gettext_lazy("Track"), lambda row: str(row.track or "")),
    export.Column(gettext_lazy("Amount asked for (KRW)"), lambda row: row.asked),
    export.Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
    export.Column(gettext_lazy("Since"), lambda row: row.status_since),
    export.Column(gettext_lazy("Reason"), lambda row: row.status_reason),
    export.Column(gettext_lazy("Submitted"), lambda row: row.submitted_at),
    export.Column(gettext_lazy("Score"), lambda row: row.score),
    export.Column(gettext_lazy("Rank"), lambda row: row.rank),
]
SHEET = export.Sheet("applications", COLUMNS)


def _call(request: Request, pk: int) -> Call:
    return get_object_or_404(calls.seen(request.user).select_related("unit"), pk=pk)


def _row(request: Request, pk: int) -> Application:
    rows = queries.seen_by(request.user).select_related(
        "call__programme", "track", "organisation", "unit", "applicant"
    )
    return get_object_or_404(rows, pk=pk)


@may(SEE)
def applications(request: Request) -> HttpResponse:
    """All applications somebody sees, under whatever call."""
    return _list(request, None)


@may(SEE)
def call_applications(request: Request, pk: int) -> HttpResponse:
    """The applications of a call."""
    return _list(request, _call(request, pk))


def _list(request: Request, call: Call | None) -> HttpResponse:
    listing = forms.application_listing(request, clock.today(), call)
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {
        "listing": listing,
        "heading": _("Applications"),
        "call": call,
        "call_page": page_of(call),
    }
    if call:
        access, path = request.user.access, call.unit.path
        context["may_change"] = access.may(CHANGE, path)
        context["may_import"] = call.state == Call.State.PUBLISHED and access.may("imports.make")
        context["may_select"] = access.may(APPROVE, path) and not call.reviewed
    return render(request, f"{FOLDER}/list.html", context)


@may(SEE)
def call_board(request: Request, pk: int) -> HttpResponse:
    """Where the applications of a call stand, in columns."""
    call = _call(request, pk)
    columns = screening.board(call, request.user)
    context = {"call": call, "call_page": page_of(call), "columns": columns}
    return render(request, f"{FOLDER}/board.html", context)


@may(SEE)
def application(request: Request, pk: int) -> HttpResponse:
    row = _row(request, pk)
    language = (get_language() or "ko")[:2]
    findings = list(row.findings.all())
    context = {
        "row": row,
        "conditions": screening.conditions(row),
        "shown": questions.shown(
            questions.load(row.call.questions), row.answers, language=language
        ),
        "members": row.members.all(),
        "papers": queries.papers(row),
        "held": screening.papers_held(row),
        "steps": row.steps.select_related("by"),
        "entries": history.of_record(row)[:50],
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "unconfirmed": representatives.unconfirmed_of(row),
        "why_not_screen": why_not(screening_rules.check_can_screen, row),
        "why_not_return": _why_not_move(row, Status.RETURNED),
        "why_not_eligible": _why_not_move(row, Status.ELIGIBLE)
        or why_not(screening_rules.check_can_pass, row, findings),
        "why_not_ineligible": _why_not_move(row, Status.INELIGIBLE),
        "why_not_withdraw": _why_not_move(row, Status.WITHDRAWN),
    }
    return render(request, f"{FOLDER}/application.html", context)


def _why_not_move(row: Application, to: str) -> str:
    return why_not(rules.check_move, row, to, reason="-")


@may(CHANGE)
def application_return(request: Request, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = forms.ReturnForm(posting.typed(request))
    return _step(
        request,
        row,
        form,
        lambda values: desk.return_for_completion(
            row, by=request.user, at=clock.now(), **form.values()
        ),
        _("Return for completion"),
        Status.RETURNED,
    )


@may(CHANGE)
def application_eligible(request: Request, pk: int) -> HttpResponse:
    row = _row(request, pk)
    return _step(
        request,
        row,
        forms.PassForm(posting.typed(request)),
        lambda values: desk.mark_eligible(row, by=request.user, at=clock.now(), **values),
        _("Call it eligible"),
        Status.ELIGIBLE,
    )


@may(CHANGE)
def application_ineligible(request: Request, pk: int) -> HttpResponse:
    row = _row(request, pk)
    return _step(
        request,
        row,
        forms.WhyForm(posting.typed(request)),
        lambda values: desk.mark_ineligible(row, by=request.user, at=clock.now(), **values),
        _("Call it not eligible"),
        Status.INELIGIBLE,
    )


@may(CHANGE)
def application_withdraw(request: Request, pk: int) -> HttpResponse:
    row = _row(request, pk)
    return _step(
        request,
        row,
        WithdrawForm(posting.typed(request)),
        lambda values: actions.withdraw(row, by=request.user, at=clock.now(), **values),
        _("Note that it was withdrawn"),
        Status.WITHDRAWN,
    )


def _step(
    request: Request, row: Application, form: Any, act: Any, heading: str, to: str
) -> HttpResponse:
    check_may(request.user, CHANGE, row.unit)
    rules.check_move(row, to, reason="-")
    page = small.Page(heading, row, explained=f"{row} · {row.name}")
    return small.run(request, form, act, page)


@may(CHANGE)
@require_POST
def application_screen(request: Request, pk: int) -> HttpResponse:
    """Examine the conditions of one application."""
    row = _row(request, pk)
    desk.screen([row], by=request.user, at=clock.now())
    messages.success(request, _("The conditions were examined."))
    return HttpResponseRedirect(f"{row.get_absolute_url()}#h-conditions")


@may(CHANGE)
def finding_decide(request: Request, pk: int, part: int) -> HttpResponse:
    row = _row(request, pk)
    screening_rules.check_may_screen(request.user, row)
    found = next((one for one in screening.conditions(row) if one.rule.pk == part), None)
    if found is None:
        raise Http404
    page = small.Page(
        _("Decide a condition"),
        row,
        "#h-conditions",
        about=found.rule,
        explained=" — ".join(filter(None, (found.asks, found.said))),
    )
    return small.run(
        request,
        forms.OverruleForm(posting.typed(request)),
        lambda values: desk.overrule(row, found.rule, by=request.user, at=clock.now(), **values),
        page,
    )


@may(CHANGE)
@require_POST
def call_screen(request: Request, pk: int) -> HttpResponse:
    """Examine the conditions for all applications of a call."""
    call = _call(request, pk)
    count = desk.screen_all(call, by=request.user, at=clock.now())
    said = ngettext("%d application examined.", "%d applications examined.", count) % count
    messages.success(request, said)
    return HttpResponseRedirect(reverse("call-applications", args=[pk]))


@may(CHANGE)
@require_POST
def call_pass(request: Request, pk: int) -> HttpResponse:
    """Call all that meet every condition eligible."""
    call = _call(request, pk)
    count = desk.mark_all_met(call, by=request.user, at=clock.now())
    said = ngettext("%d application is eligible.", "%d applications are eligible.", count) % count
    messages.success(request, said)
    return HttpResponseRedirect(reverse("call-applications", args=[pk]))


@may(CHANGE)
def application_new(request: Request, pk: int) -> HttpResponse:
    """Enter an application that came on paper."""
    call = _call(request, pk)
    screening_rules.check_may_screen(request.user, call)
    form = forms.PaperForm(call, posting.typed(request))
    return posting.run(
        request,
        form,
        f"{FOLDER}/on_paper.html",
        lambda values: desk.enter(
            call,
            form.organisation,
            form.content(),
            received=form.received(),
            by=request.user,
            at=clock.now(),
        ),
        context={"call": call},
    )


@may(SEE)
def representative_list(request: Request) -> HttpResponse:
    """Who acts for which company, and who waits to be confirmed or let in."""
    listing = forms.representative_listing(request, clock.today())
    context = {
        "listing": listing,
        "heading": _("Representatives of companies"),
        "waiting": representatives.waiting(request.user),
        "may_change": request.user.access.may(CHANGE),
    }
    return render(request, f"{FOLDER}/representatives.html", context)


def _representative(request: Request, pk: int) -> Representative:
    return get_object_or_404(representatives.standing(request.user), pk=pk)


@may(CHANGE)
def representative_confirm(request: Request, pk: int) -> HttpResponse:
    row = _representative(request, pk)
    entry_rules.check_can_confirm(row, request.user)
    return small.run(
        request,
        NoForm(posting.typed(request)),
        lambda values: entering.confirm(row, by=request.user, at=clock.now()),
        _page(
            _("Confirm a representative"),
            row,
            _("From then on they see all of the company's applications, and money can move."),
        ),
    )


@may(CHANGE)
def representative_end(request: Request, pk: int) -> HttpResponse:
    row = _representative(request, pk)
    entry_rules.check_can_end(row, request.user)
    return small.run(
        request,
        ReasonForm(posting.typed(request)),
        lambda values: entering.end(row, by=request.user, at=clock.now(), **values),
        _page(_("End acting for the company"), row),
    )


def _asking(request: Request, pk: int) -> Admission:
    row: Admission = get_object_or_404(representatives.waiting(request.user), pk=pk)
    entry_rules.check_may_let_in(row, request.user)
    return row


@may(CHANGE)
def admission_let_in(request: Request, pk: int) -> HttpResponse:
    row = _asking(request, pk)
    return small.run(
        request,
        NoForm(posting.typed(request)),
        lambda values: entering.let_in(row, by=request.user, at=clock.now()),
        _page(_("Let somebody act for the company"), row),
    )


@may(CHANGE)
def admission_turn_away(request: Request, pk: int) -> HttpResponse:
    row = _asking(request, pk)
    return small.run(
        request,
        ReasonForm(posting.typed(request)),
        lambda values: entering.turn_away(row, by=request.user, at=clock.now(), **values),
        _page(_("Turn somebody away"), row),
    )


def _page(heading: str, row: Representative | Admission, about: str = "") -> small.Page:
    told = f"{row.organisation} · {row.user} · {row.user.email}"
    above = (_("Representatives of companies"), reverse("representatives"))
    return small.Page(heading, above=above, explained=f"{told}. {about}" if about else told)
