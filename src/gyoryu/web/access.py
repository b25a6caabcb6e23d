"""Which capability a screen asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused

View = Callable[..., Any]


class Request(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def may(capability: str) -> Callable[[View], View]:
    """Show the screen only to people who hold the capability somewhere; rows are narrowed later."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.access.may(capability):
                raise Refused(_("This page is not open to your role."))
            answer: HttpResponse = view(request, *args, **kwargs)
            return answer

        guarded.capability = capability  # type: ignore[attr-defined]
        return guarded

    return guard


def public(view: View) -> View:
    """Show the screen to anybody, signed in or not."""
    view.capability = "public"  # type: ignore[attr-defined]
    return login_not_required(view)


def by_secret(view: View) -> View:
    """Show the screen to whoever has its address, in which a secret stands (decision 120).

    No other site is told the address, no cache keeps the page and no search engine lists it. A form
    needs no token against other sites: they would have to know the secret, and a browser that hides
    its origin, as it is asked to, could not show one.
    """

    @wraps(view)
    def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = view(request, *args, **kwargs)
        answer["Referrer-Policy"] = "no-referrer"
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    opened: View = csrf_exempt(public(closed))
    return opened


def signed_in(view: View) -> View:
    """Show the screen to everybody who is signed in, whatever their role."""
    view.capability = "signed in"  # type: ignore[attr-defined]
    return view
