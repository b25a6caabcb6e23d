"""The small form pages of an engagement's parts: delegations, people, stops, requests."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from gyoryu.agreements.actions import engagements as actions
from gyoryu.agreements.forms import engagements as forms
from gyoryu.agreements.models import Delegation, Engagement, Participant, Stop
from gyoryu.agreements.models import Request as Asked
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.rules import engagements as rules
from gyoryu.agreements.views.engagements import to_change
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

PARTS: dict[str, Any] = {
    "delegation": (Delegation, "engagement"),
    "participant": (Participant, "delegation__engagement"),
    "stop": (Stop, "engagement"),
    "request": (Asked, "engagement"),
}


def _part(row: Engagement, kind: str, pk: int) -> Any:
    """Return a part of an engagement; a part of another is not found."""
    if kind not in PARTS:
        raise Http404
    model, leads = PARTS[kind]
    return get_object_or_404(
        model.objects.select_related(f"{leads}__unit"), **{leads: row, "pk": pk}
    )


@may("agreements.change")
def delegation_new(request: Request, pk: int) -> HttpResponse:
    row = to_change(request, pk)
    asked = request.GET.get("side", "")
    initial = {"side": asked if asked in {Side.OURS, Side.THEIRS} else Side.THEIRS.value}
    return small.run(
        request,
        forms.DelegationForm(posting.typed(request), initial=initial),
        lambda values: actions.add_delegation(row, **values, by=request.user, at=clock.now()),
        Page(_("Add a delegation"), row, at="#who"),
    )


@may("agreements.change")
def delegation_edit(request: Request, pk: int, part: int) -> HttpResponse:
    row = to_change(request, pk)
    delegation = _part(row, "delegation", part)
    initial = {name: getattr(delegation, name) for name in forms.DelegationForm.base_fields}
    return small.run(
        request,
        forms.DelegationForm(posting.typed(request), initial=initial),
        lambda values: actions.change_delegation(
            delegation, values, by=request.user, at=clock.now()
        ),
        Page(_("Change the delegation"), row, at="#who", about=delegation),
    )


@may("agreements.change")
def participant_new(request: Request, pk: int, part: int) -> HttpResponse:
    row = to_change(request, pk)
    delegation = _part(row, "delegation", part)
    return small.run(
        request,
        forms.ParticipantForm(posting.typed(request)),
        lambda values: actions.add_participant(
            delegation, **values, by=request.user, at=clock.now()
        ),
        Page(_("Name a participant"), row, at="#who", about=delegation),
    )


@may("agreements.change")
def participant_edit(request: Request, pk: int, part: int) -> HttpResponse:
    row = to_change(request, pk)
    participant = _part(row, "participant", part)
    initial = {"title": participant.title, "head": participant.head}
    return small.run(
        request,
        forms.ParticipantEditForm(posting.typed(request), initial=initial),
        lambda values: actions.change_participant(
            participant, values, by=request.user, at=clock.now()
        ),
        Page(
            _("Correct a participant"),
            row,
            at="#who",
            about=participant.person,
            explained=_("If it was somebody else, take this one out and name the other."),
        ),
    )


@may("agreements.change")
def stop_new(request: Request, pk: int) -> HttpResponse:
    row = to_change(request, pk)
    return small.run(
        request,
        forms.StopForm(posting.typed(request)),
        lambda values: actions.add_stop(row, values, by=request.user, at=clock.now()),
        Page(_("Add a stop"), row, at="#stops"),
    )


@may("agreements.change")
def stop_edit(request: Request, pk: int, part: int) -> HttpResponse:
    row = to_change(request, pk)
    stop = _part(row, "stop", part)
    initial = {name: getattr(stop, name) for name in forms.StopForm.base_fields}
    return small.run(
        request,
        forms.StopForm(posting.typed(request), initial=initial),
        lambda values: actions.change_stop(stop, values, by=request.user, at=clock.now()),
        Page(_("Change the stop"), row, at="#stops", about=stop),
    )


@may("agreements.change")
def feedback(request: Request, pk: int, part: int) -> HttpResponse:
    row = to_change(request, pk)
    stop = _part(row, "stop", part)
    initial = {"rating": str(stop.rating or ""), "feedback": stop.feedback}
    return small.run(
        request,
        forms.FeedbackForm(posting.typed(request), initial=initial),
        lambda values: actions.give_feedback(stop, **values, by=request.user, at=clock.now()),
        Page(_("Feedback on a stop"), row, at="#stops", about=stop),
    )


@may("agreements.change")
def request_new(request: Request, pk: int) -> HttpResponse:
    row = to_change(request, pk)
    theirs = row.delegations.filter(side=Side.THEIRS).select_related("organisation")
    initial = {
        "organisations": [one.organisation for one in theirs if one.organisation],
        "owner": row.owner,
    }
    return small.run(
        request,
        forms.RequestForm(posting.typed(request), user=request.user, initial=initial),
        lambda values: actions.ask_each(
            row, values.pop("organisations"), values, by=request.user, at=clock.now()
        ),
        Page(_("Note a request"), row, at="#requests"),
    )


@may("agreements.change")
def remove(request: Request, pk: int, kind: str, part: int) -> HttpResponse:
    row = to_change(request, pk)
    taken = _part(row, kind, part)
    page = Page(
        _("Take out"),
        row,
        about=taken,
        explained=_("For what was put there by mistake. The history keeps what it was and why."),
    )
    return small.act_on(request, taken, forms.ReasonForm, actions.remove, page)


@may("agreements.change")
def request_answer(request: Request, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    rules.check_can_answer(asked)
    return small.run(
        request,
        forms.AnswerForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.answer(asked, **values, by=request.user, at=clock.now()),
        Page(_("Note the answer"), asked.engagement, at=f"#request-{asked.pk}"),
        template="agreements/asked_form.html",
        asked=asked,
    )


@may("agreements.change")
def request_reopen(request: Request, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    page = Page(_("Take the answer back"), asked.engagement, at=f"#request-{asked.pk}")
    return small.act_on(
        request,
        asked,
        forms.ReasonForm,
        actions.reopen,
        page,
        template="agreements/asked_form.html",
        asked=asked,
    )


def _request(request: Request, pk: int) -> Asked:
    rows = Asked.objects.select_related("organisation", "person")
    asked = get_object_or_404(rows, pk=pk)
    asked.engagement = to_change(request, asked.engagement_id)
    return asked
