"""Pages for whoever holds a link, without an account: how each of them is opened and closed.

The secret stands in the address and is all that lets somebody in. So nobody may try secrets by the
thousand, and a wrong secret gets the same answer as one that has ended.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.register import adapters
from gyoryu.register.adapters import LIMIT
from gyoryu.web.access import by_secret

LANGUAGES = ("ko", "en")
# Whoever tries secrets is slowed down sooner than whoever reads.
WRONG = 10
View = Callable[..., Any]


def opened_by(
    find: Callable[[str], Any], language_of: Callable[[Any], str]
) -> Callable[[View], View]:
    """Open a page to whoever holds a link.

    ``find`` returns what a secret opens, or nothing; ``language_of`` its reader's language. The
    view takes the request, what was found, the secret, and whatever else its address names.
    """

    def opening(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, secret: str, **named: Any) -> HttpResponse:
            row = None if _too_often(request, 1) else find(secret)
            own = language_of(row) if row is not None else ""
            with override(_language(request, own)):
                return _answer(view, request, row, secret, named)

        return by_secret(guarded)

    return opening


def _answer(
    view: View, request: HttpRequest, row: Any, secret: str, named: dict[str, Any]
) -> HttpResponse:
    if row is None:
        return _nothing(request)
    try:
        answer: HttpResponse = view(request, row, secret, **named)
    except Refused as refusal:
        context = {"heading": _("That is not possible"), "reason": refusal}
        return render(request, "trade/linked/problem.html", context, status=403)
    return answer


def _nothing(request: HttpRequest) -> HttpResponse:
    wait = _too_often(request, WRONG)
    if wait:
        reason = _("Too many pages were asked for from your address. Try again in %(n)d seconds.")
        context = {"heading": _("One moment, please"), "reason": reason % {"n": wait}}
        answer = render(request, "trade/linked/problem.html", context, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    context = {
        "heading": _("This link does not work"),
        "reason": _("It may have ended, or not be whole. Please ask the office that sent it."),
    }
    return render(request, "trade/linked/problem.html", context, status=404)


def _too_often(request: HttpRequest, cost: int) -> int:
    return LIMIT.ask(adapters.address_of(request), time.monotonic(), cost)


def _language(request: HttpRequest, own: str) -> str:
    asked = request.GET.get("in", "")
    if asked in LANGUAGES:
        return asked
    return own or (get_language() or "ko")[:2]
