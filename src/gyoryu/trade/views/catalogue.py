"""An event's catalogue as the public reads it: the same for everybody, kept by any cache.

It is written without its request, so that nothing of who reads it gets into it, and shows nobody's
name: companies, their products, what these cost.
"""

import time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gyoryu.base.refused import Refused
from gyoryu.register import adapters
from gyoryu.register.adapters import LIMIT, Kept
from gyoryu.trade import harmonised
from gyoryu.trade.forms import catalogue as forms
from gyoryu.trade.queries import catalogue as queries
from gyoryu.web import clock
from gyoryu.web.access import Request, public

HTML = "text/html; charset=utf-8"
LANGUAGES = ("ko", "en")
# As long as a reader may see who is no longer there, or not yet.
KEPT = "public, max-age=60"


@public
@require_safe
def any_language(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead the address without a language to the reader's."""
    return HttpResponseRedirect(reverse("catalogue", args=[(get_language() or "ko")[:2], pk]))


@public
@require_safe
def catalogue(request: Request, language: str, pk: int) -> HttpResponse:
    """Show who exhibits and what."""
    with override(language):
        wait = LIMIT.ask(adapters.address_of(request), time.monotonic())
        answer: Any = _later(language, pk, wait) if wait else _asked(request, language, pk)
    answer.for_everybody = True
    answer["Content-Language"] = language
    whole: HttpResponse = answer
    return whole


def _asked(request: Request, language: str, pk: int) -> Any:
    event = queries.opened().filter(pk=pk).first()
    if event is None:
        words = _("There is no such catalogue, or it is closed again.")
        return _problem(language, pk, _("No catalogue here"), words, 404)
    try:
        listing = forms.catalogue_listing(request, event)
        text = _page(listing, language, pk, event=event)
    except Refused as refusal:
        return _problem(language, pk, _("That is not possible"), str(refusal), 400)
    answer = adapters.answer(request, text.encode(), HTML, Kept(None))
    answer["Cache-Control"] = KEPT
    return answer


def _page(listing: Any, language: str, pk: int, **context: Any) -> str:
    for row in listing.page:
        row.shown = list(row.exhibits.all())
        row.codes = list(map(harmonised.written, row.hs_codes))
        for one in row.shown:
            one.code = harmonised.written(one.product.hs)
            one.about = _own(one, language)
    event = context["event"]
    context["about"] = _own(event, language)
    return _drawn("page", language, pk, listing=listing, **context)


def _own(row: Any, language: str) -> tuple[str, str]:
    """Return a text in the reader's language, or in the other where there is none, with which."""
    other = "en" if language == "ko" else "ko"
    for code in (language, other):
        if text := getattr(row, f"about_{code}"):
            return text, code
    return "", language


def _drawn(template: str, language: str, pk: int, **context: Any) -> str:
    alternate = [(one, reverse("catalogue", args=[one, pk])) for one in LANGUAGES]
    whole = {"language": language, "alternate": alternate, "now": clock.now(), **context}
    return render_to_string(f"trade/catalogue/{template}.html", whole)


def _problem(language: str, pk: int, heading: str, reason: str, status: int) -> HttpResponse:
    text = _drawn("problem", language, pk, heading=heading, reason=reason)
    answer = HttpResponse(text, content_type=HTML, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _later(language: str, pk: int, wait: int) -> HttpResponse:
    reason = _("Too many pages were asked for from your address. Try again in %(n)d seconds.")
    answer = _problem(language, pk, _("One moment, please"), reason % {"n": wait}, 429)
    answer["Retry-After"] = str(wait)
    return answer
