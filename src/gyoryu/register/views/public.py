"""The public register: open to anybody, the same for everybody, kept by any cache.

What is shown comes from the frozen rows of a publication alone. A page is written without its
request, so that nothing of who reads it can get into it.
"""

import json
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gyoryu.accounts.models import Unit, in_language
from gyoryu.agreements.rules.agreements import day_of
from gyoryu.base.refused import Refused
from gyoryu.evidence.models import Document as Held
from gyoryu.register import adapters
from gyoryu.register.adapters import LIMIT, Kept
from gyoryu.register.forms import line_filter, month_in_words
from gyoryu.register.models import Line, PageWithdrawal, Publication
from gyoryu.register.queries import lists
from gyoryu.register.queries import publications as queries
from gyoryu.register.rolls.canonical import digest
from gyoryu.register.sheets import document as sheets
from gyoryu.register.sheets import feed as feeds
from gyoryu.register.sheets import shown, words
from gyoryu.web.access import public
from gyoryu.web.calls import problems
from gyoryu.web.listing import FAR_PAST, Listing, Sort

HTML = "text/html; charset=utf-8"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
SAVED = {"csv", "xlsx"}
SORTS = {
    "title": Sort("title_ko"),
    "title_en": Sort("title_en"),
    "signed": Sort("signed_on", FAR_PAST),
    "since": Sort("since", FAR_PAST),
    "number": Sort("key"),
}
# A month that nobody published is computed anew each time: it counts for ten pages.
DEAR = 10
View = Callable[..., Any]


def open_to_all(view: View) -> View:
    """Show a page to anybody, in the language of its address, and not too often to one reader."""

    @wraps(view)
    def guarded(request: HttpRequest, language: str = "", **named: Any) -> HttpResponse:
        with override(language or get_language()):
            wait = LIMIT.ask(adapters.address_of(request), time.monotonic())
            reply: Any
            try:
                reply = _too_many(wait) if wait else view(request, language, **named)
            except Refused as refusal:
                reply = _page("problem", {"heading": _("That is not possible"), "reason": refusal})
                reply.status_code = 400
            reply.for_everybody = bool(language)
            reply["Content-Language"] = language or get_language()
            answer: HttpResponse = reply
            return answer

    return public(require_safe(guarded))


def _too_many(wait: int) -> HttpResponse:
    reason = _("Too many pages were asked for from your address. Try again in %(n)d seconds.")
    context = {"heading": _("One moment, please"), "reason": reason % {"n": wait}}
    reply = _page("problem", context)
    reply.status_code, reply["Retry-After"], reply["Cache-Control"] = 429, str(wait), "no-store"
    return reply


def _page(name: str, context: dict[str, Any]) -> HttpResponse:
    language = (get_language() or "ko")[:2]
    alternate = [(one, context.get(f"in_{one}", "")) for one in words.LANGUAGES]
    whole = {"language": language, "alternate": alternate, **context}
    return HttpResponse(render_to_string(f"register/public/{name}.html", whole), content_type=HTML)


def _shown(request: HttpRequest, name: str, context: dict[str, Any], kept: Kept) -> HttpResponse:
    page = _page(name, {**context, **_languages(request)})
    return adapters.answer(request, page.content, HTML, kept)


def _languages(request: HttpRequest) -> dict[str, str]:
    """Return the address of this page in each language."""
    match = request.resolver_match
    if match is None or match.url_name is None:
        return {}
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    told = dict(match.kwargs)
    if "edition" in told:
        told["edition"] = _name(told)
    return {
        f"in_{one}": reverse(match.url_name, kwargs={**told, "language": one}) + query
        for one in words.LANGUAGES
    }


def _name(named: dict[str, Any]) -> str:
    month, version = named["edition"]
    return f"{month:%Y-%m}" + (f".v{version}" if version else "")


@open_to_all
def any_language(request: HttpRequest, language: str, **named: Any) -> HttpResponse:
    """Lead an address without a language to the reader's."""
    reader = (get_language() or "ko")[:2]
    rest = request.path.removeprefix("/register/")
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return HttpResponseRedirect(f"/register/{reader}/{rest}{query}")


@open_to_all
def governments(request: HttpRequest, language: str) -> HttpResponse:
    """Choose a government; where there is only one, go on to it."""
    rows = list(queries.publishing())
    if len(rows) == 1:
        return HttpResponseRedirect(reverse("register-government", args=[language, rows[0].pk]))
    return _shown(request, "governments", {"rows": rows}, Kept(None))


@open_to_all
def government(request: HttpRequest, language: str, government: int) -> HttpResponse:
    """Go on to the newest month of a government."""
    whose = _government(government)
    found = queries.standing(whose) or queries.newest(whose)
    if found is None:
        raise Http404
    return HttpResponseRedirect(reverse("register-month", args=[language, government, _of(found)]))


def _of(found: Publication) -> str:
    return f"{found.month:%Y-%m}"


def _government(pk: int) -> Unit:
    found = queries.publishing().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _edition(whose: Unit, edition: tuple[date, int | None]) -> Publication | None:
    """Return the edition that is asked for; none for a past month that nobody published."""
    found = queries.edition(whose, *edition)
    if found is None:
        newest = queries.newest(whose)
        # What comes after the newest publication waits for somebody's yes.
        if edition[1] is not None or newest is None or edition[0] > newest.month:
            raise Http404
    else:
        found.unit = whose
    return found


@open_to_all
def month(
    request: HttpRequest, language: str, government: int, edition: tuple[date, int | None]
) -> HttpResponse:
    """The register of a month: how many stand how, what changed, and every row."""
    whose = _government(government)
    found = _edition(whose, edition)
    if found is None:
        return _unpublished(request, whose, edition[0])
    if found.withdrawn_at:
        return _gone(request, whose, found.withdrawn_at, found.withdrawal, version=found)
    head = sheets.head(found)
    rows = Line.objects.filter(publication=found).defer("words")
    countries = [(one["code"], one[language]) for one in head["countries"]]
    listing = Listing(
        request,
        rows,
        line_filter(sorted(countries, key=lambda one: one[1])),
        sorts=SORTS,
        default="number",
        tabs=lists.tabs(),
    )
    for line in listing.page:
        line.row = shown.line(json.loads(line.text), head["words"][language], language)
    context = {
        **_about(head, whose, language),
        "listing": listing,
        "publication": found,
        "versions": list(queries.versions(found)),
        "months": list(queries.months(whose)),
        "asked": _name({"edition": edition}),
        "numbered": edition[1] is not None,
    }
    return _shown(request, "month", context, Kept(found.published_at))


def _about(head: dict[str, Any], whose: Unit, language: str) -> dict[str, Any]:
    said = head["words"][language]
    return {
        "head": head,
        "government": in_language(whose.name_ko, whose.name_en),
        "whose": whose,
        "words": said,
        "month": month_in_words(date.fromisoformat(f"{head['month']}-01")),
        "as_of": date.fromisoformat(head["as_of"]),
        "published_at": datetime.fromisoformat(head["published_at"])
        if head["published_at"]
        else None,
        "changes": shown.told(head["changes"], said, language),
        "corrections": shown.told(head["corrections"], said, language),
        "figures": _figures(head, said),
    }


def _figures(head: dict[str, Any], said: dict[str, Any]) -> list[tuple[str, int]]:
    """Return how many agreements stand how, and of how many that is not published."""
    found = [(said["status"][key], n) for key, n in lists.figures(head)]
    untold = head["counts"]["all"] - sum(n for _label, n in found)
    return [*found, (_("Status not published"), untold)] if untold else found


def _computed(request: HttpRequest, whose: Unit, asked: date) -> dict[str, Any]:
    LIMIT.ask(adapters.address_of(request), time.monotonic(), DEAR - 1)
    whole = sheets.computed(whose, asked)
    if not whole["rows"]:
        raise Http404
    return whole


def _unpublished(request: HttpRequest, whose: Unit, asked: date) -> HttpResponse:
    language = (get_language() or "ko")[:2]
    whole = _computed(request, whose, asked)
    context = {
        **_about(whole, whose, language),
        "rows": [shown.line(row, whole["words"][language], language) for row in whole["rows"]],
        "months": list(queries.months(whose)),
        "asked": f"{asked:%Y-%m}",
    }
    return _shown(request, "month", context, Kept(None))


def _gone(
    request: HttpRequest,
    whose: Unit,
    at: datetime,
    reason: str,
    *,
    version: Publication | None = None,
    key: str = "",
) -> HttpResponse:
    """Tell everybody that what stood here was withdrawn, since when and why, and what stands.

    It was a ``version`` of a month, or the page of the agreement that has this ``key``.
    """
    versions = queries.versions(version).filter(withdrawn_at=None) if version else []
    context = {
        "government": in_language(whose.name_ko, whose.name_en),
        "whose": whose,
        "key": key,
        "version": version,
        "month": month_in_words(version.month) if version else "",
        "on": day_of(at),
        "reason": reason,
        "versions": versions,
        "months": queries.months(whose).filter(withdrawn_at=None)[:24],
    }
    reply = _page("withdrawn", {**context, **_languages(request)})
    reply.status_code, reply["Cache-Control"] = 410, f"public, max-age={adapters.SHORT}"
    return reply


def _gone_page(request: HttpRequest, whose: Unit, page: PageWithdrawal) -> HttpResponse:
    return _gone(request, whose, page.withdrawn_at, page.reason, key=page.key)


def _withdrawn_file(found: Publication, at: datetime, kind: str, language: str) -> HttpResponse:
    """Answer for a file of a withdrawn version: the feed tells of it, the others are gone."""
    if kind == "atom":
        reply = HttpResponse(feeds.withdrawn(found, language), content_type=TYPES[kind])
    else:
        on, reason = day_of(at), found.withdrawal
        detail = _("Withdrawn on %(day)s: %(reason)s") % {"day": on, "reason": reason}
        reply = problems.Problem(410, detail).answer()
    reply["Cache-Control"] = f"public, max-age={adapters.SHORT}"
    reply["Access-Control-Allow-Origin"] = "*"
    return reply


@open_to_all
def file(
    request: HttpRequest,
    language: str,
    government: int,
    edition: tuple[date, int | None],
    kind: str,
) -> HttpResponse:
    """The register of a month as a file, made from the frozen rows alone."""
    whose = _government(government)
    found = _edition(whose, edition)
    if found and found.withdrawn_at:
        return _withdrawn_file(found, found.withdrawn_at, kind, language)
    name = f"register-{government}-{found.edition if found else _name({'edition': edition})}"
    kept = Kept(found.published_at if found else None, numbered=edition[1] is not None)
    tag = found.files.get(f"{language}.{kind}", "") if found else ""
    reply = adapters.not_modified(request, tag, kept) if tag else None
    if reply is None:
        whole = sheets.whole(found) if found else _computed(request, whose, edition[0])
        content = sheets.file(whole, kind, language)
        tag = digest(content)
        reply = adapters.answer(request, content, TYPES[kind], kept)
    return adapters.as_file(reply, f"{name}.{language}.{kind}", tag, saved=kind in SAVED)


@open_to_all
def feed(request: HttpRequest, language: str, government: int) -> HttpResponse:
    """What changed in the last twelve publications, to subscribe to."""
    whose = _government(government)
    rows = list(Publication.objects.filter(unit=whose).order_by("-published_at", "-pk")[:12])
    since = min(one.published_at for one in rows)
    pages = PageWithdrawal.objects.filter(publication__unit=whose, withdrawn_at__gte=since)
    pages = pages.select_related("publication")
    content = feeds.government(rows, pages, language)
    return adapters.answer(request, content, TYPES["atom"], Kept(feeds.updated(rows, pages)))


@open_to_all
def agreement(request: HttpRequest, language: str, government: int, key: str) -> HttpResponse:
    """An agreement's public page: its row of the newest publication, and its course."""
    whose = _government(government)
    newest = queries.standing(whose)
    page = queries.page_withdrawal(whose, key, newest) if newest else None
    if page:
        return _gone_page(request, whose, page)
    line = Line.objects.filter(publication=newest, key=key).first()
    if newest is None or line is None:
        version = lists.withdrawn_with(whose, key)
        if version is None or version.withdrawn_at is None:
            raise Http404
        return _gone(request, whose, version.withdrawn_at, version.withdrawal, version=version)
    head = sheets.head(newest)
    row = json.loads(line.text)
    context = {
        **_about(head, whose, language),
        "row": row,
        "line": shown.line(row, head["words"][language], language),
        "facts": shown.facts(row, head["words"][language], language),
        "steps": shown.course(row, head["words"][language]),
        "related": lists.related(newest, row),
        "appeared": list(lists.appearances(line)),
        "publication": newest,
    }
    return _shown(request, "agreement", context, Kept(newest.published_at))


@open_to_all
def document(request: HttpRequest, language: str, government: int, document: int) -> HttpResponse:
    """A document that was marked public and published, as long as it stands and stays marked."""
    whose = _government(government)
    held = Held.objects.filter(pk=document, voided_at=None).exclude(file="").first()
    newest = queries.standing(whose)
    line = lists.telling_of(held, newest) if held else None
    if held is None or newest is None or line is None:
        raise Http404
    if page := queries.page_withdrawal(whose, line.key, newest):
        return _gone_page(request, whose, page)
    stored = str(held.file.name)
    if not held.file.storage.exists(stored):
        raise Http404
    reply = FileResponse(
        held.file.open("rb"), content_type=held.content_type or "application/octet-stream"
    )
    reply["Cache-Control"] = f"public, max-age={adapters.SHORT}"
    reply["Content-Security-Policy"] = "sandbox; default-src 'none'"
    suffix = stored.rpartition(".")[2]
    return adapters.as_file(reply, f"{document}.{suffix}", held.sha256, saved=True)
