"""The screens of a call's parts, and of its form."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from gyoryu.programmes.actions import parts as actions
from gyoryu.programmes.forms import calls as call_forms
from gyoryu.programmes.forms import parts as forms
from gyoryu.programmes.forms import questions as question_forms
from gyoryu.programmes.models import Call
from gyoryu.programmes.queries import calls as calls
from gyoryu.programmes.queries import parts as queries
from gyoryu.programmes.questions import Question
from gyoryu.programmes.rules import calls as rules
from gyoryu.programmes.rules.publishing import form_of
from gyoryu.programmes.views.calls import own
from gyoryu.web import clock, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page


def _said(request: Request, values: dict[str, Any]) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now(), "reason": values.get("reason", "")}


def _row(request: Request, pk: int, part: str, item: int) -> tuple[Call, Any]:
    call = own(request, pk)
    rules.check_can_edit(call, at=clock.now())
    row = get_object_or_404(queries.of(call, part), pk=item)
    row.call = call
    return call, row


@may("programmes.change")
def part_new(request: Request, pk: int, part: str) -> HttpResponse:
    call = own(request, pk)
    rules.check_can_rebuild(call, at=clock.now())
    kind = request.GET.get("kind", "")
    if part == "rules" and kind not in forms.RuleForm.of_kind:
        return _kinds(request, call)
    form = _form(request, call, part, kind)
    return small.run(
        request,
        form,
        lambda values: actions.add(call, part, form.values(), **_said(request, {})),
        Page(_("Add: %(what)s") % {"what": _what(part, kind)}, call, at=f"#{part}"),
        template="programmes/calls/part_form.html",
        part=part,
    )


def _what(part: str, kind: str) -> Any:
    return dict(forms.Kind.choices).get(kind) or queries.ONE[part]


def _kinds(request: Request, call: Call) -> HttpResponse:
    address = reverse("call-part-new", args=[call.pk, "rules"])
    choices = [(f"{address}?kind={kind}", label) for kind, label in forms.Kind.choices]
    context = {"row": call, "heading": _("Which condition?"), "choices": choices}
    return render(request, "programmes/calls/kinds.html", context)


def _form(request: Request, call: Call, part: str, kind: str, **more: Any) -> forms.PartForm:
    typed = posting.typed(request)
    if part == "rules":
        return forms.RuleForm(typed, call=call, kind=kind, **more)
    return forms.FORMS[part](typed, call=call, **more)


@may("programmes.change")
def part_edit(request: Request, pk: int, part: str, item: int) -> HttpResponse:
    call, row = _row(request, pk, part, item)
    kind = getattr(row, "kind", "")
    form = _form(request, call, part, kind, initial=forms.edited(part, row))
    return small.run(
        request,
        form,
        lambda values: actions.change(row, part, form.values(), **_said(request, values)),
        Page(_("Change: %(what)s") % {"what": row}, call, at=f"#{part}"),
        template="programmes/calls/part_form.html",
        part=part,
    )


def _reasoned(request: Request, call: Call) -> Any:
    return call_forms.StepForm(posting.typed(request), announced=call.state != Call.State.DRAFT)


@may("programmes.change")
def part_remove(request: Request, pk: int, part: str, item: int) -> HttpResponse:
    call, row = _row(request, pk, part, item)
    rules.check_can_rebuild(call, at=clock.now())
    return small.run(
        request,
        _reasoned(request, call),
        lambda values: actions.remove(row, part, **_said(request, values)),
        Page(_("Take away: %(what)s") % {"what": row}, call, at=f"#{part}", save=_("Take away")),
    )


@may("programmes.change")
def part_up(request: Request, pk: int, part: str, item: int) -> HttpResponse:
    call, row = _row(request, pk, part, item)
    rules.check_can_rebuild(call, at=clock.now())
    return small.run(
        request,
        _reasoned(request, call),
        lambda values: actions.move(row, part, up=True, **_said(request, values)),
        Page(_("Move up: %(what)s") % {"what": row}, call, at=f"#{part}", save=_("Move up")),
    )


@may("programmes.view")
def form(request: Request, pk: int) -> HttpResponse:
    call = get_object_or_404(calls.in_full(request.user), pk=pk)
    may_change = request.user.access.may("programmes.change", call.unit.path)
    at = clock.now()
    context = {
        "row": call,
        "questions": [(one, question_forms.KINDS[one.kind]) for one in form_of(call)],
        "kinds": list(question_forms.KINDS.items()),
        "may_change": may_change and not records.why_not(rules.check_can_edit, call, at=at),
        "may_rebuild": may_change and not records.why_not(rules.check_can_rebuild, call, at=at),
        "drafted": call.state == Call.State.DRAFT,
    }
    return render(request, "programmes/calls/form.html", context)


def _found(call: Call, code: str) -> tuple[list[Question], int]:
    asked = list(form_of(call))
    places = [place for place, one in enumerate(asked) if one.code == code]
    if not places:
        raise Http404
    return asked, places[0]


def _builder(call: Call, heading: str, save: str = "") -> Page:
    address = reverse("call-form", args=[call.pk])
    return Page(heading, above=(_("Questions of the form"), address), save=save, explained=call)


@may("programmes.change")
def question_new(request: Request, pk: int) -> HttpResponse:
    call = own(request, pk)
    rules.check_can_rebuild(call, at=clock.now())
    kind = request.GET.get("kind", "text")
    if kind not in question_forms.KINDS:
        raise Http404
    asked = list(form_of(call))
    return small.run(
        request,
        question_forms.QuestionForm(posting.typed(request), call=call, kind=kind),
        lambda values: actions.set_form(
            call, [*asked, values["question"]], **_said(request, values)
        ),
        _builder(call, _("Add a question: %(kind)s") % {"kind": question_forms.KINDS[kind]}),
        template="programmes/calls/question_form.html",
    )


@may("programmes.change")
def question_edit(request: Request, pk: int, code: str) -> HttpResponse:
    call = own(request, pk)
    rules.check_can_edit(call, at=clock.now())
    asked, place = _found(call, code)
    row = asked[place]
    return small.run(
        request,
        question_forms.QuestionForm(
            posting.typed(request), call=call, kind=row.kind, row=row,
            initial=question_forms.edited(row),
        ),
        lambda values: actions.set_form(
            call, [*asked[:place], values["question"], *asked[place + 1 :]],
            **_said(request, values),
        ),
        _builder(
            call, _("Change the question: %(kind)s") % {"kind": question_forms.KINDS[row.kind]}
        ),
        template="programmes/calls/question_form.html",
    )  # fmt: skip


@may("programmes.change")
def question_remove(request: Request, pk: int, code: str) -> HttpResponse:
    call = own(request, pk)
    rules.check_can_rebuild(call, at=clock.now())
    asked, place = _found(call, code)
    return small.run(
        request,
        _reasoned(request, call),
        lambda values: actions.set_form(
            call, [*asked[:place], *asked[place + 1 :]], **_said(request, values)
        ),
        _builder(call, _("Take away: %(what)s") % {"what": asked[place].label.ko}, _("Take away")),
    )


@may("programmes.change")
def question_up(request: Request, pk: int, code: str) -> HttpResponse:
    call = own(request, pk)
    rules.check_can_rebuild(call, at=clock.now())
    asked, place = _found(call, code)
    if place:
        asked[place - 1], asked[place] = asked[place], asked[place - 1]
    return small.run(
        request,
        _reasoned(request, call),
        lambda values: actions.set_form(call, asked, **_said(request, values)),
        _builder(call, _("Move up: %(what)s") % {"what": asked[max(place - 1, 0)].label.ko},
                 _("Move up")),
    )  # fmt: skip


@may("programmes.view")
def preview(request: Request, pk: int) -> HttpResponse:
    call = get_object_or_404(calls.in_full(request.user), pk=pk)
    language = request.GET.get("language", "")
    with override(language if language in {"ko", "en"} else get_language()):
        context = {
            "row": call,
            "form": question_forms.Preview(form_of(call)),
            "papers": call.papers.all(),
        }
        return render(request, "programmes/calls/preview.html", context)
