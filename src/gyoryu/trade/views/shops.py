"""Shop windows as the public reads them: the same for everybody, and true at this moment.

A page may be kept by any cache, which has to ask each time whether it is still so: what a mall has
stopped selling is gone from the next reading on.
"""

import time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gyoryu.register import adapters
from gyoryu.register.adapters import Kept
from gyoryu.trade.models import ShopWindow
from gyoryu.trade.queries import shop_windows as queries
from gyoryu.trade.queries import shop_words
from gyoryu.web import clock
from gyoryu.web.access import public

HTML = "text/html; charset=utf-8"


def _open(slug: str) -> ShopWindow:
    found = queries.opened(slug)
    if found is None:
        raise Http404
    return found


@public
@require_safe
def shop_window(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the window in the reader's language, of those that it speaks."""
    row = _open(slug)
    asked = request.headers.get("Accept-Language", "").lower()
    own = (get_language() or "ko")[:2]
    first = asked.split(",")[0].strip()[:2]
    language = first if first in queries.languages(row) else own
    answer = HttpResponseRedirect(reverse("shop-window-in", args=[slug, language]))
    answer["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def shop_window_in(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Show what is on sale now, in one language."""
    wait = adapters.LIMIT.ask(adapters.address_of(request), time.monotonic())
    if wait:
        return _later(wait)
    row = _open(slug)
    spoken = queries.languages(row)
    if language not in spoken:
        raise Http404
    # Dates and amounts are written as in Korean or English; all other words are the buyer's.
    with override("ko" if language == "ko" else "en"):
        context = {
            "row": row,
            "language": language,
            "words": shop_words.of(language),
            "shown": queries.shown(row, language),
            "languages": [
                (one, shop_words.NAMES[one], reverse("shop-window-in", args=[slug, one]))
                for one in spoken
            ],
            "today": clock.today(),
        }
        text = render_to_string("trade/malls/shop.html", context)
    answer = adapters.answer(request, text.encode(), HTML, Kept(None))
    answer["Cache-Control"] = "public, no-cache"
    answer["Content-Language"] = language
    answer["Referrer-Policy"] = "no-referrer"
    answer.for_everybody = True  # type: ignore[attr-defined]
    return answer


def _later(wait: int) -> HttpResponse:
    words = _("Too many pages were asked for from your address. Try again in %(n)d seconds.")
    answer = HttpResponse(words % {"n": wait}, content_type="text/plain; charset=utf-8", status=429)
    answer["Retry-After"] = str(wait)
    answer["Cache-Control"] = "no-store"
    return answer
