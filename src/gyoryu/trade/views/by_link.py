"""Pages that somebody without an account opens by a link: a buyer, an exhibitor.

Whoever has the link has the page, so it tells its address to no other site and no cache keeps it.
A link that is unknown, used or ended gets one and the same answer. Only a post changes anything:
programs that look through letters open every link in them.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gyoryu.register import adapters
from gyoryu.register.adapters import LIMIT
from gyoryu.web.access import by_secret

View = Callable[..., HttpResponse | None]


def by_link(view: View) -> Callable[..., HttpResponse]:
    """Open a page to whoever has its link; ``view`` returns nothing for one that has ended."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str) -> HttpResponse:
        wait = LIMIT.ask(adapters.address_of(request), time.monotonic())
        return _later(request, wait) if wait else view(request, secret) or _ended(request)

    return by_secret(require_http_methods(["GET", "HEAD", "POST"])(guarded))


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "ko")[:2]


def _ended(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "heading": _("This link does not work any more"),
        "reason": _(
            "It was used, its time is over, or a newer one was sent. If you expected something "
            "else, answer the letter's sender or the office that you know."
        ),
    }
    return render(request, "trade/links/ended.html", context, status=404)


def _later(request: HttpRequest, wait: int) -> HttpResponse:
    reason = _("Too many pages were asked for from your address. Try again in %(n)d seconds.")
    context = {"heading": _("One moment, please"), "reason": reason % {"n": wait}}
    reply = render(request, "trade/links/ended.html", context, status=429)
    reply["Retry-After"] = str(wait)
    return reply
