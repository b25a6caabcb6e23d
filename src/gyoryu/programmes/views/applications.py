"""The applicant's own pages of an application: begin, write, hand in, follow, withdraw."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gyoryu.base.refused import Refused
from gyoryu.programmes import questions
from gyoryu.programmes.actions import applications as actions
from gyoryu.programmes.forms import applications as forms
from gyoryu.programmes.forms.portal import NoForm
from gyoryu.programmes.models import Application, Attachment, Call, Member
from gyoryu.programmes.queries import applications as queries
from gyoryu.programmes.queries import representatives, screening
from gyoryu.programmes.queries.steps import meaning
from gyoryu.programmes.rules import applications as rules
from gyoryu.web import clock, keeping, posting, small
from gyoryu.web.access import Request, signed_in
from gyoryu.web.records import why_not
from gyoryu.web.serving import served

FOLDER = "programmes/portal"


def _mine(request: Request, pk: int) -> Application:
    return get_object_or_404(queries.mine(request.user), pk=pk)


@signed_in
def apply(request: Request, pk: int) -> HttpResponse:
    """Begin an application to an open call, or go on with the one that was begun."""
    announced = Call.objects.filter(voided_at=None).exclude(state=Call.State.DRAFT)
    call = get_object_or_404(announced.select_related("unit"), pk=pk)
    companies = representatives.companies(request.user)
    wanted = call.applicant == Call.Applicant.COMPANY
    asked = posting.typed(request)
    form = forms.BeginForm(companies, asked) if wanted else NoForm(asked)
    context = {
        "call": call,
        "why_not": why_not(rules.check_open, call, clock.now()),
        "no_company": wanted and not companies,
    }
    return posting.run(
        request,
        form,
        f"{FOLDER}/apply.html",
        lambda values: _Begun(
            actions.begin(call, values.get("organisation"), by=request.user, at=clock.now())
        ),
        context=context,
        done=_("Your draft is kept here. Write on whenever you like."),
    )


class _Begun:
    """An application that was begun: it goes on with its form."""

    def __init__(self, row: Application) -> None:
        self.row = row

    def get_absolute_url(self) -> str:
        """The page where it is written."""
        return reverse("my-application-write", args=[self.row.pk])


@signed_in
def application(request: Request, pk: int) -> HttpResponse:
    """How far an application has come, what comes next, and all that was handed in."""
    row, now = _mine(request, pk), clock.now()
    context = {
        "row": row,
        "meaning": meaning(row),
        "steps": row.steps.all(),
        "shown": shown_answers(row),
        "members": row.members.all(),
        "papers": queries.papers(row),
        "held": screening.papers_held(row),
        "why_not_write": why_not(rules.check_can_write, row, now),
        "why_not_withdraw": why_not(rules.check_can_withdraw, row),
        "writable": row.status in rules.WRITABLE,
    }
    return render(request, f"{FOLDER}/application.html", context)


def shown_answers(row: Application) -> list[questions.Shown]:
    """Return the questions with the answers that were submitted, or with the draft's so far."""
    asked, language = questions.load(row.call.questions), (get_language() or "ko")[:2]
    answers = row.answers
    if not row.number:
        typed = questions.posted(asked, forms.as_posted(row.typed).getlist)
        answers = questions.check(asked, typed, draft=True).values
    return questions.shown(asked, answers, language=language)


@keeping.over_sign_in
def application_write(request: Request, pk: int) -> HttpResponse:
    """The form. A post keeps everything typed, whatever it is, and takes in the files."""
    row = _mine(request, pk)
    if request.method == "POST":
        return _keep(request, row)
    kept = keeping.kept(request)
    typed = {name: texts for name, texts in (kept or {}).items() if name not in forms.BESIDE}
    form = forms.filled(row, typed if kept else None)
    if "check" not in request.GET:
        form.quiet()
    return _form(request, row, form, resumed=bool(kept))


def _keep(request: Request, row: Application) -> HttpResponse:
    typed, now = forms.kept(request.POST), clock.now()
    try:
        actions.keep(row, typed, by=request.user, at=now)
    except Refused as refusal:
        form = forms.filled(row, typed)
        form.quiet()
        return _form(request, row, form, problems=[str(refusal)])
    keeping.forget(request)
    if problems := _take_files(request, row):
        form = forms.filled(row)
        form.quiet()
        return _form(request, row, form, problems=problems)
    if request.POST.get("then") == "submit":
        return HttpResponseRedirect(reverse("my-application-submit", args=[row.pk]))
    messages.success(request, _("Saved. Nobody but you sees it until you submit it."))
    return HttpResponseRedirect(reverse("my-application-write", args=[row.pk]))


def _take_files(request: Request, row: Application) -> list[str]:
    """Hold the files that came along; return what is wrong with those that are not held."""
    problems = []
    wanted: list[tuple[str, dict[str, Any], str]] = [
        (f"paper.{paper.pk}", {"paper": paper}, str(paper)) for paper in row.call.papers.all()
    ]
    for question in questions.load(row.call.questions):
        if question.kind == "file":
            label = question.label.told((get_language() or "ko")[:2])
            wanted.append((f"file.{question.code}", {"question": question.code}, label))
    for name, what, label in wanted:
        for file in request.FILES.getlist(name):
            try:
                _hold(request, row, file, what)
            except Refused as refusal:
                problems.append(f"{label}: {refusal}")
    return problems


def _hold(request: Request, row: Application, file: Any, what: dict[str, Any]) -> None:
    held: UploadedFile[Any] = file
    actions.add_paper(row, held, by=request.user, at=clock.now(), **what)


def _form(
    request: Request,
    row: Application,
    form: forms.ApplicationForm,
    *,
    problems: list[str] | None = None,
    resumed: bool = False,
) -> HttpResponse:
    handed_in = list(queries.papers(row))
    context = {
        "row": row,
        "form": form,
        "papers": [
            (paper, [one for one in handed_in if one.paper_id == paper.pk])
            for paper in row.call.papers.all()
        ],
        "files": [
            (question, [one for one in handed_in if one.question == question.code])
            for question in form.files_asked
        ],
        "problems": problems or [],
        "why_not_write": why_not(rules.check_can_write, row, clock.now()),
        "resumed": resumed,
        "checked": "check" in request.GET,
    }
    status = 422 if problems else 200
    return render(request, f"{FOLDER}/application_form.html", context, status=status)


@signed_in
@require_POST
def application_save(request: Request, pk: int) -> HttpResponse:
    """Keep what is typed while it is typed; the page asks for it by itself now and then."""
    row, now = _mine(request, pk), clock.now()
    try:
        actions.keep(row, forms.kept(request.POST), by=request.user, at=now)
    except Refused as refusal:
        return JsonResponse({"said": str(refusal)}, status=409)
    return JsonResponse({"said": _("Saved at %(time)s") % {"time": rules.stamp(now)}})


@signed_in
def application_submit(request: Request, pk: int) -> HttpResponse:
    """Show what is handed in, or what is still missing; a button submits it once."""
    row, now = _mine(request, pk), clock.now()
    form = forms.filled(row)
    missing = [] if row.status not in rules.WRITABLE else rules.missing_papers(row)
    context = {
        "row": row,
        "missing": missing,
        "shown": shown_answers(row),
        "papers": queries.papers(row),
        "held": screening.papers_held(row),
        "why_not": why_not(rules.check_can_submit, row, now),
        "typed": form,
    }
    if row.status in rules.WRITABLE:
        context["ready"] = form.is_valid() and not missing
        context["members"] = _preview(row, form)
    return posting.run(
        request,
        _ToSubmit(form, request),
        f"{FOLDER}/submit.html",
        lambda values: actions.submit(row, form.content(), by=request.user, at=now),
        context=context,
        to=reverse("my-application", args=[row.pk]),
        done=_("Submitted. A receipt is on its way to you."),
    )


def _preview(row: Application, form: forms.ApplicationForm) -> list[Member]:
    """Show on the page, unsaved, what will be submitted."""
    values = form.cleaned_data
    row.name = values.get("name") or row.name
    row.asked, row.track = values.get("asked"), values.get("track")
    people = values.get("members") or []
    return [
        Member(name=name, office=office, leads=place == 0)
        for place, (name, office) in enumerate(people)
    ]


class _ToSubmit(NoForm):
    """The button: valid when what was typed before is."""

    def __init__(self, typed: forms.ApplicationForm, request: Request) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.typed = typed

    def clean(self) -> dict[str, Any]:
        """Refuse while something typed is wrong or missing."""
        if not self.typed.is_valid():
            self.add_error(None, _("Something is still missing. See below."))
        return super().clean() or {}


@signed_in
def application_withdraw(request: Request, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    address = reverse("my-application", args=[row.pk])
    page = small.Page(
        _("Withdraw the application"),
        above=(str(row.call), address),
        explained=_("This cannot be undone. Another application can be begun while the call runs."),
        save=_("Withdraw it"),
    )
    return small.run(
        request,
        forms.WithdrawForm(posting.typed(request)),
        lambda values: actions.withdraw(row, by=request.user, at=clock.now(), **values),
        page,
        done=_("The application is withdrawn."),
        template=f"{FOLDER}/small.html",
    )


@signed_in
def paper(request: Request, pk: int, part: int) -> FileResponse:
    """A paper of one's own application."""
    return served(request, _paper(request, pk, part).document)


@signed_in
@require_POST
def paper_drop(request: Request, pk: int, part: int) -> HttpResponse:
    found = _paper(request, pk, part)
    try:
        actions.drop_paper(found, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The paper is taken back."))
    return HttpResponseRedirect(reverse("my-application-write", args=[pk]))


def _paper(request: Request, pk: int, part: int) -> Attachment:
    row = _mine(request, pk)
    found = queries.papers(row).filter(pk=part).first()
    if found is None:
        raise Http404
    found.application = row
    return found
