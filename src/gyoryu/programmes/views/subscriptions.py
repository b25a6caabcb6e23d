"""Pages of letters about new calls: one's own wishes, asking by address, and a letter's link.

Opening a link changes nothing: programs that look through letters open every one of them.
"""

import time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gyoryu.accounts.adapters import too_often
from gyoryu.base.refused import Refused
from gyoryu.programmes.actions import subscriptions as actions
from gyoryu.programmes.forms.portal import NoForm
from gyoryu.programmes.forms.subscriptions import AddressForm, WishForm
from gyoryu.programmes.queries import subscriptions as queries
from gyoryu.register import adapters
from gyoryu.register.adapters import LIMIT
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, by_secret, public, signed_in

FOLDER = "programmes/subscriptions"


@signed_in
def my_letters(request: Request) -> HttpResponse:
    """About which new calls letters come to one's account, and one wish more."""
    return posting.run(
        request,
        WishForm(posting.typed(request), on=clock.today()),
        f"{FOLDER}/mine.html",
        lambda values: actions.ask(**values, by=request.user, at=clock.now()),
        context={"rows": list(queries.of_user(request.user))},
        done=_("Letters will come about these calls."),
        to=reverse("my-call-letters"),
    )


@signed_in
def my_letters_end(request: Request, pk: int) -> HttpResponse:
    """End one of one's own wishes."""
    row = get_object_or_404(queries.of_user(request.user), pk=pk)
    address = reverse("my-call-letters")
    return small.run(
        request,
        NoForm(posting.typed(request)),
        lambda _values: actions.end(row, by=request.user, at=clock.now()),
        small.Page(
            _("End these letters"), above=(_("Letters about new calls"), address),
            explained=str(row), save=_("End the letters"),
        ),
        done=_("No more letters come about these calls."),
        template="programmes/portal/small.html",
    )  # fmt: skip


@public
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Ask for letters to an address. The answer is the same whether it gets them already or not."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("my-call-letters"))
    posted = request.POST if request.method == "POST" else None
    form = AddressForm(posted, on=clock.today())
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        email = told.pop("email")
        if too_often(request, "join", email):
            form.add_error(None, _("Too many letters were asked for. Try again in ten minutes."))
            return render(request, f"{FOLDER}/ask.html", {"form": form}, status=429)
        language = (get_language() or "ko")[:2]
        actions.ask_for(email, language, **told, by=None, at=clock.now())
        return HttpResponseRedirect(reverse("call-letters-sent"))
    return render(request, f"{FOLDER}/ask.html", {"form": form}, status=422 if form.errors else 200)


@public
def letters_sent(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way, without saying whether the address was known."""
    return render(request, f"{FOLDER}/sent.html")


@by_secret
@require_http_methods(["GET", "HEAD", "POST"])
def letters_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Confirm or end letters by the link in one of them, without an account."""
    wait = LIMIT.ask(adapters.address_of(request), time.monotonic())
    row = None if wait else queries.of_link(secret)
    if row is None:
        return render(request, f"{FOLDER}/none.html", {"wait": wait}, status=429 if wait else 404)
    return render(request, f"{FOLDER}/link.html", {"row": row, **_done(request, row)})


def _done(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Do what was posted; say what was done, or why not."""
    if request.method != "POST":
        return {}
    act = actions.confirm if "confirm" in request.POST else actions.end
    try:
        now = act(row, by=None, at=clock.now())
    except Refused as refusal:
        return {"refused": str(refusal)}
    return {"row": now, "done": "confirm" if act is actions.confirm else "end"}
