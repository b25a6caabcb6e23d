"""Calls as the public reads them: open to anybody, the same for everybody, kept by any cache.

A page is written without its request, so that nothing of who reads it can get into it. It is kept
for a minute, because time runs out on it; the window itself is closed by the server's clock.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gyoryu.base.refused import Refused
from gyoryu.programmes import eligibility
from gyoryu.programmes.forms import public as forms
from gyoryu.programmes.models import Call
from gyoryu.programmes.queries import calls as queries
from gyoryu.programmes.rules import calls as rules
from gyoryu.programmes.rules import reasons
from gyoryu.programmes.sheets import openings as sheets
from gyoryu.register import adapters
from gyoryu.register.adapters import LIMIT, Kept
from gyoryu.web import clock
from gyoryu.web.access import Request, public

HTML = "text/html; charset=utf-8"
TYPES = {
    "json": "application/json; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
WRITE = {"json": sheets.json_of, "atom": sheets.atom, "ics": sheets.ics}
LANGUAGES = ("ko", "en")
KEPT = "public, max-age=60"
View = Callable[..., Any]


@dataclass(frozen=True)
class Page:
    """A page that is ready: its template, what it shows, and whether a cache may keep it."""

    template: str
    context: dict[str, Any]
    status: int = 200
    kept: bool = True


def anybody(view: View) -> View:
    """Open a page to anybody, in the language of its address, and not too often to one reader."""

    @wraps(view)
    def guarded(request: HttpRequest, language: str, **named: Any) -> HttpResponse:
        with override(language):
            wait = LIMIT.ask(adapters.address_of(request), time.monotonic())
            found = _later(wait) if wait else _asked(view, request, language, named)
            answer = _drawn(request, found, language) if isinstance(found, Page) else found
            if wait:
                answer["Retry-After"] = str(wait)
            answer.for_everybody = True
            answer["Content-Language"] = language
            whole: HttpResponse = answer
            return whole

    return public(require_safe(guarded))


def _asked(view: View, request: HttpRequest, language: str, named: dict[str, Any]) -> Any:
    try:
        return view(request, language, **named)
    except Refused as refusal:
        context = {"heading": _("That is not possible"), "reason": refusal}
        return Page("problem", context, 400, kept=False)


def _later(wait: int) -> Page:
    reason = _("Too many pages were asked for from your address. Try again in %(n)d seconds.")
    context = {"heading": _("One moment, please"), "reason": reason % {"n": wait}}
    return Page("problem", context, 429, kept=False)


def _drawn(request: HttpRequest, page: Page, language: str) -> Any:
    whole = {"language": language, "alternate": _alternate(request), "now": clock.now()}
    text = render_to_string(f"programmes/public/{page.template}.html", {**whole, **page.context})
    if page.kept:
        answer = adapters.answer(request, text.encode(), HTML, Kept(None))
        answer["Cache-Control"] = KEPT
    else:
        answer = HttpResponse(text, content_type=HTML, status=page.status)
        answer["Cache-Control"] = "no-store"
    return answer


def _alternate(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the address of this page in each language."""
    match = request.resolver_match
    if match is None or match.url_name is None:
        return []
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return [
        (one, reverse(match.url_name, kwargs={**match.kwargs, "language": one}) + query)
        for one in LANGUAGES
    ]


@public
@require_safe
def any_language(request: HttpRequest) -> HttpResponse:
    """Lead the address without a language to the reader's."""
    return HttpResponseRedirect(reverse("openings", args=[(get_language() or "ko")[:2]]))


@public
@require_safe
def opening_any(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead a call's address without a language to the reader's."""
    return HttpResponseRedirect(reverse("opening", args=[(get_language() or "ko")[:2], pk]))


@anybody
def openings(request: Request, language: str) -> Page:
    listing = forms.opening_listing(request, clock.now())
    for row in listing.page:
        row.told = sheets.told(row, at=clock.now(), language=language)
    context = {
        "listing": listing,
        "governments": list(queries.governments()),
        "files": [(kind, reverse("openings-file", args=[language, kind])) for kind in TYPES],
    }
    return Page("openings", context)


@anybody
def openings_file(request: HttpRequest, language: str, kind: str) -> HttpResponse:
    rows = list(queries.newest()[: sheets.MOST])
    content = WRITE[kind](rows, at=clock.now(), language=language)
    answer = adapters.answer(request, content, TYPES[kind], Kept(None))
    answer["Cache-Control"] = KEPT
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _found(pk: int) -> Call:
    found = queries.public().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@anybody
def opening(request: HttpRequest, language: str, pk: int) -> Page:
    row = _found(pk)
    parts = queries.parts(row)
    told = sheets.told(row, at=clock.now(), language=language)
    context = {
        "row": row,
        "told": told,
        "parts": parts,
        "conditions": [said for _rule, said in forms.conditions(row, parts)],
        "extensions": list(row.extensions.all()),
        "calendar": reverse("opening-calendar", args=[language, pk]),
        "check": reverse("opening-check", args=[language, pk]) if parts.rules else "",
    }
    return Page("opening", context)


@anybody
def opening_calendar(request: HttpRequest, language: str, pk: int) -> HttpResponse:
    content = sheets.ics([_found(pk)], at=clock.now(), language=language)
    answer = adapters.answer(request, content, TYPES["ics"], Kept(None))
    answer["Cache-Control"] = KEPT
    answer["Content-Disposition"] = f'attachment; filename="call-{pk}.ics"'
    return answer


@anybody
def opening_check(request: HttpRequest, language: str, pk: int) -> Page:
    """Say whether somebody may apply, from what they type; nothing of it is kept anywhere."""
    row = _found(pk)
    parts = queries.parts(row)
    checking = forms.checking(row, parts, language, request.GET or None)
    form, context = checking.form, {"row": row, "form": checking.form, "asked": bool(request.GET)}
    if form.is_bound and form.is_valid():
        on = rules.local(clock.now()).date()
        categories = frozenset(one.name_ko for one in parts.categories)
        found = eligibility.evaluate(form.rules, form.facts(on, row.event, categories))
        names = {pk: str(region) for pk, region in checking.names.items()}
        context["found"] = [
            (one, reasons.reason(one, names, form.questions, language)) for one in found
        ]
        context["together"] = eligibility.together(found).value
    return Page("check", context, kept=False)
