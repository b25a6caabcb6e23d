"""Which capability a screen asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

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


def signed_in(view: View) -> View:
    """Show the screen to everybody who is signed in, whatever their role."""
    view.capability = "signed in"  # type: ignore[attr-defined]
    return view
