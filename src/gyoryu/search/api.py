"""Search as programs ask it: what was found, why, and what would narrow it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.search import actions
from gyoryu.search.forms import AskForm
from gyoryu.search.models import Kind
from gyoryu.search.queries import finding
from gyoryu.search.queries.finding import Choice, Found, Result
from gyoryu.web.calls import ROOT, Call, Desk, Shape

desk = Desk(_("Search"))
DESKS = [desk]
NARROWED = ("year", "unit", "region")
FACETS = ("kinds", "units", "regions", "years")
# What is told of a result as the screen tells it.
SAME = ("title", "other_title", "sort", "number", "unit", "region", "day")
# The list in which a record of a kind stands; what has no page is shown by another record's.
LISTS = {
    Kind.AGREEMENT: "agreements",
    Kind.ENGAGEMENT: "engagements",
    Kind.COMMITMENT: "commitments",
    Kind.DUTY: "agreements",
    Kind.BODY: "bodies",
    Kind.REQUEST: "engagements",
    Kind.ORGANISATION: "organisations",
    Kind.PERSON: "people",
    Kind.REGION: "regions",
    Kind.DOCUMENT: "documents",
    Kind.ARTICLE: "articles",
    Kind.PROGRAMME: "programmes",
    Kind.CALL: "calls",
    Kind.APPLICATION: "applications",
    Kind.AWARD: "awards",
    Kind.EVENT: "events",
    Kind.DEAL: "deals",
    Kind.CENTRE: "centres",
    Kind.CHANNEL: "channels",
}


class PieceShape(Shape):
    """A piece of a plain text; ``marked`` where it is what was looked for."""

    text: str
    marked: bool


class WhyShape(Shape):
    """The field in which the words are, and its text around them, in pieces."""

    field: str
    pieces: list[PieceShape]


class Hit(Shape):
    """A record that was found. ``href`` is where it is read, ``page`` its page on screen."""

    kind: str
    id: int
    href: str
    page: str
    title: list[PieceShape]
    other_title: list[PieceShape]
    sort: str
    number: str
    unit: str
    region: str
    day: date | None
    why: list[WhyShape]


class ChoiceShape(Shape):
    """What the search can be narrowed to, and how many results it leaves; ``more``: or more."""

    value: str
    label: str
    count: int
    more: bool


class Answer(Shape):
    """A page of what was found, the best first.

    ``more``: the oldest matches are not among the counted. ``behind``: records were saved that are
    not in the index yet. ``alike``: names that may have been meant where nothing was found.
    """

    items: list[Hit]
    next: str | None
    count: int
    more: bool
    page: int
    pages: int
    behind: bool
    alike: list[str]
    kinds: list[ChoiceShape]
    units: list[ChoiceShape]
    regions: list[ChoiceShape]
    years: list[ChoiceShape]


def _answer(call: Call, form: Any) -> dict[str, Any]:
    told = form.cleaned_data
    behind = actions.freshen(**call.who)
    kind = Kind[told["kind"].upper()] if told["kind"] else None
    narrowed = {name: told[name] for name in NARROWED}
    wanted = finding.wanted(told["q"], call.user, call.today, kind=kind, **narrowed)
    page = told["page"] or 1
    found = finding.find(wanted, page)
    if found.page != page:
        raise Refused(_("The last page is page %(n)d.") % {"n": found.pages}, field="page")
    return {
        "items": [_hit(one) for one in found.results],
        "next": _next(call, found),
        "count": found.count,
        "more": found.more,
        "page": found.page,
        "pages": found.pages,
        "behind": bool(behind),
        "alike": [] if found.count else finding.alike(wanted),
        **{name: list(map(_choice, getattr(found, name))) for name in FACETS},
    }


def _hit(one: Result) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in SAME}
    why = [{"field": str(reason.field), "pieces": reason.pieces} for reason in one.why]
    href = f"{ROOT}{LISTS[one.kind]}/{one.shown_by}"
    kind = one.kind.name.lower()
    return {**own, "kind": kind, "id": one.record, "href": href, "page": one.href, "why": why}


def _choice(one: Choice) -> dict[str, Any]:
    told = {"value": str(one.value), "label": str(one.label)}
    return {**told, "count": one.count, "more": one.more}


def _next(call: Call, found: Found) -> str | None:
    if found.page >= found.pages:
        return None
    asked = {**call.request.GET.dict(), "page": found.page + 1}
    return f"{call.request.path}?{urlencode(asked)}"


desk.finds("search", _("Search"), Answer, AskForm, _answer, may="home.view")
