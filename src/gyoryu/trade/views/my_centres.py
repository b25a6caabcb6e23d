"""A company's own page about business centres, and the form that anybody may ask one with."""

import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.register import adapters
from gyoryu.trade.actions import enquiries as actions
from gyoryu.trade.forms import enquiries as forms
from gyoryu.trade.models import Centre
from gyoryu.trade.queries import centres
from gyoryu.trade.queries import enquiries as queries
from gyoryu.trade.rules import enquiries as rules
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, public, signed_in
from gyoryu.web.small import Page

NEWEST = 100
# A question costs as much as so many pages, of which an address may ask for some in a minute.
COST = 40


@signed_in
def my_centres(request: Request) -> HttpResponse:
    context = {
        "rows": list(centres.open_ones()[:NEWEST]),
        "enquiries": list(queries.own(request.user)[:NEWEST]),
        "may_ask": bool(forms.CompanyAskForm(None, user=request.user).companies),
        "today": clock.today(),
    }
    return render(request, "trade/centres/mine.html", context)


@signed_in
def my_enquiry(request: Request, pk: int) -> HttpResponse:
    rows = queries.own(request.user).select_related("lead__organisation")
    context = {"row": get_object_or_404(rows, pk=pk), "today": clock.today()}
    return render(request, "trade/centres/my_enquiry.html", context)


@signed_in
def my_enquiry_new(request: Request, pk: int) -> HttpResponse:
    centre = get_object_or_404(centres.open_ones(), pk=pk)
    form = forms.CompanyAskForm(posting.typed(request), user=request.user)
    if not form.companies:
        raise Refused(
            _("Only those whom an officer has confirmed to act for a company ask in its name.")
        )

    def act(_values: dict[str, Any]) -> Any:
        organisation, typed = form.values()
        return actions.ask(centre, organisation, typed, by=request.user, at=clock.now())

    page = Page(
        _("Ask %(centre)s") % {"centre": centre},
        above=(_("Business centres"), reverse("my-centres")),
        explained=_("It answers within %(n)d working days; weekends are left out.")
        % {"n": centre.answers_in},
        save=_("Send the question"),
    )
    done = _("Your question is with the centre.")
    return small.run(request, form, act, page, done=done, template="trade/my/asked.html")


def _public(pk: int) -> Centre:
    found = centres.asked_by_all().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@public
def centre_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question from anybody; what is answered is the same whoever asks."""
    centre = _public(pk)
    form = forms.PublicAskForm(request.POST or None)
    status = 200
    if request.method == "POST":
        wait = adapters.LIMIT.ask(adapters.address_of(request), time.monotonic(), COST)
        if wait:
            form.add_error(
                None,
                _("Too many questions came from your address. Try again in %(n)d seconds.")
                % {"n": wait},
            )
            status = 429
        elif form.is_valid():
            return _taken(centre, form)
        else:
            status = 422
    context = {"row": centre, "form": form, "day": rules.due_on(centre, clock.today())}
    return _never_kept(render(request, "trade/centres/ask.html", context, status=status))


def _taken(centre: Centre, form: forms.PublicAskForm) -> HttpResponse:
    if not form.by_a_program:
        read = {"language": "en" if get_language() == "en" else "ko"}
        actions.ask_in_public(centre, {**form.values(), **read}, by=None, at=clock.now())
    return HttpResponseRedirect(reverse("centre-asked", args=[centre.pk]))


@public
def centre_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the question has arrived, and until when it is answered."""
    centre = _public(pk)
    context = {"row": centre, "day": rules.due_on(centre, clock.today())}
    return _never_kept(render(request, "trade/centres/asked.html", context))


def _never_kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
