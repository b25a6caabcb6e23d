"""The phone at the booth: a talk is noted there, with or without a connection, and sent once."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.trade.actions import consultations as actions
from gyoryu.trade.forms import talks as forms
from gyoryu.trade.models import Event, Participant
from gyoryu.trade.queries import booth as queries
from gyoryu.trade.queries import consultations
from gyoryu.trade.queries.consultations import begins, by_key
from gyoryu.trade.rules import booth as rules
from gyoryu.trade.rules.consultations import SentBefore, check_may_correct, check_same
from gyoryu.web import clock, posting
from gyoryu.web.access import Request, public, signed_in


@public
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: served from where its scope begins, and asked for anew each time."""
    answer = render(request, "trade/booth/worker.js", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@signed_in
@never_cache
def key(request: Request) -> HttpResponse:
    """Tell a device who is signed in now, with the key of their entries and a fresh token."""
    user = request.user
    told = {
        "mark": rules.mark_of(user),
        "key": b64encode(rules.key_of(user)).decode(),
        "token": get_token(request),
    }
    return JsonResponse(told)


def _event(pk: int) -> Event:
    rows = Event.objects.filter(voided_at=None).select_related("unit")
    return get_object_or_404(rows, pk=pk)


def _exhibitor(request: Request, pk: int, company: int) -> Participant:
    rows = queries.exhibitors(request.user, _event(pk)).select_related("unit")
    return get_object_or_404(rows, pk=company)


def _shell(request: Request, exhibitor: Participant) -> dict[str, Any]:
    """What every page of the booth tells its script."""
    where = [exhibitor.event_id, exhibitor.pk]
    return {
        "exhibitor": exhibitor,
        "event": exhibitor.event,
        "mark": rules.mark_of(request.user),
        "list_page": reverse("my-talks-of", args=where),
        "form_page": reverse("my-talk-new", args=where),
        "send_to": reverse("my-talk-send", args=where),
    }


@signed_in
def companies(request: Request, pk: int) -> HttpResponse:
    """Choose for which company; who acts for one alone goes straight to it."""
    event = _event(pk)
    rows = list(queries.exhibitors(request.user, event)[:500])
    if len(rows) == 1:
        return HttpResponseRedirect(reverse("my-talks-of", args=[pk, rows[0].pk]))
    if not rows:
        raise NotAllowed(_("You are not confirmed to act for a company at this event."))
    return render(request, "trade/booth/companies.html", {"event": event, "rows": rows})


@signed_in
def talks(request: Request, pk: int, company: int) -> HttpResponse:
    """A company's meetings at the event, what was noted, and what waits on this device."""
    exhibitor = _exhibitor(request, pk, company)
    context = {
        **_shell(request, exhibitor),
        "met": queries.met(exhibitor),
        "noted": queries.noted(exhibitor),
    }
    return render(request, "trade/booth/talks.html", context)


@signed_in
def talk_new(request: Request, pk: int, company: int) -> HttpResponse:
    """Note a talk. Without a script it is posted here; with one it is kept and sent."""
    exhibitor = _exhibitor(request, pk, company)
    offered = forms.Offered(exhibitor)
    chosen = request.GET.get("with", "")
    form = forms.TalkForm(
        posting.typed(request), request.FILES or None, offered=offered, at=clock.now(),
        initial={"with_whom": chosen, "leg": next(iter(offered.legs), "")},
    )  # fmt: skip
    meeting = offered.meetings.get(chosen)
    buyer = meeting.buyer if meeting else offered.buyers.get(chosen)
    return posting.run(
        request,
        form,
        "trade/booth/form.html",
        lambda _typed: _log(request, exhibitor, form, form.once),  # type: ignore[attr-defined]
        context={
            **_shell(request, exhibitor),
            "meeting": meeting,
            "begins": begins(meeting) if meeting else None,
            "buyer": buyer,
        },
        done=_("The consultation is in the register."),
        to=reverse("my-talks-of", args=[pk, company]),
    )


@signed_in
def talk_correct(request: Request, pk: int, company: int, talk: int) -> HttpResponse:
    """Correct what was sent: the same record. It needs a connection, and asks for the day too."""
    exhibitor = _exhibitor(request, pk, company)
    row = get_object_or_404(consultations.of_exhibitor(exhibitor), pk=talk)
    row.exhibitor, row.event = exhibitor, exhibitor.event
    check_may_correct(row, request.user)
    offered = forms.Offered(exhibitor)
    form = forms.DeskForm(
        posting.typed(request), request.FILES or None, offered=offered, at=clock.now(), row=row,
        initial=forms.edited(row, offered),
    )  # fmt: skip
    return posting.run(
        request,
        form,
        "trade/booth/correct.html",
        lambda _typed: actions.correct(row, form.values(), by=request.user, at=clock.now()),
        context={**_shell(request, exhibitor), "row": row},
        done=_("The correction is in the register."),
        to=reverse("my-talks-of", args=[pk, company]),
    )


def _log(request: Request, exhibitor: Participant, form: forms.TalkForm, once: UUID) -> Any:
    return actions.log(
        exhibitor, form.values(), key=once, sent=_sent(request), by=request.user, at=clock.now()
    )


def _sent(request: Request) -> str:
    """Return the digest of all that was sent, the photo included."""
    card = request.FILES.get("card")
    told = card.read() if card else b""
    if card:
        card.seek(0)
    return forms.digest(request.POST.lists(), told)


@signed_in
@require_POST
def talk_send(request: Request, pk: int, company: int) -> HttpResponse:
    """Take in an entry that waited on a device: once, however often it is sent.

    200: it is in the register. 409: the key, or the person, is another's. 422: refused, with why.
    """
    if request.POST.get("mark") != rules.mark_of(request.user):
        return _no(409, {"": [_("Somebody else is signed in now. It waits for its owner.")]})
    try:
        once = UUID(request.POST.get("once", ""))
    except ValueError:
        return _no(422, {"": [_("This entry has no key.")]})
    try:
        exhibitor = _exhibitor(request, pk, company)
        return _taken_in(request, exhibitor, once)
    except SentBefore as refusal:
        return _no(409, {"": [str(refusal)]})
    except Refused as refusal:
        return _no(422, {refusal.field: [str(refusal)]})


def _taken_in(request: Request, exhibitor: Participant, once: UUID) -> HttpResponse:
    # What is there already is there, even if the form would not take it any more.
    if there := by_key(once):
        check_same(there, _sent(request), request.user)
        return JsonResponse({"id": there.pk, "name": str(there)})
    offered = forms.Offered(exhibitor)
    form = forms.TalkForm(request.POST, request.FILES, offered=offered, at=clock.now())
    if not form.is_valid():
        return _no(
            422, {name: [str(one) for one in told] for name, told in form.errors.items()}, form
        )
    row = _log(request, exhibitor, form, once)
    return JsonResponse({"id": row.pk, "name": str(row)})


def _no(status: int, errors: dict[str, list[str]], form: Any = None) -> HttpResponse:
    """Say why not, each reason with the words of its field."""
    named = [
        f"{form.fields[name].label}: {one}" if form and name in form.fields else str(one)
        for name, told in errors.items()
        for one in told
    ]
    return JsonResponse({"errors": errors, "reasons": named}, status=status)
