"""Search over everything the reader may see."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gyoryu.search import actions
from gyoryu.search.forms import SearchForm
from gyoryu.search.models import Kind
from gyoryu.search.queries import finding
from gyoryu.search.queries.asking import Wanted
from gyoryu.search.queries.finding import Choice, Found
from gyoryu.search.words.asking import LONGEST
from gyoryu.web import clock
from gyoryu.web.access import Request, may

NARROWED = ("kind", "year", "unit", "region")


@dataclass(frozen=True)
class Link:
    """A way to go on from a search."""

    label: Any
    href: str
    count: int = 0
    more: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class Group:
    """What a search can be narrowed by, under one heading."""

    name: str
    label: str
    links: list[Link]


@may("home.view")
def search(request: Request) -> HttpResponse:
    form = SearchForm(request.GET, auto_id="s-%s")
    context: dict[str, Any] = {"form": form, "text": request.GET.get("q", "").strip()}
    if not form.is_valid():
        return render(request, "search/search.html", context, status=422)
    if form.cleaned_data["q"]:
        context.update(_answer(request, form.cleaned_data))
    return render(request, "search/search.html", context)


def _answer(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
    behind = actions.freshen(by=request.user, at=clock.now())
    kind = Kind[asked["kind"].upper()] if asked["kind"] else None
    narrowed = {name: asked[name] for name in NARROWED[1:]}
    wanted = finding.wanted(asked["q"], request.user, clock.today(), kind=kind, **narrowed)
    found = finding.find(wanted, asked["page"] or 1)
    return {
        "found": found,
        "behind": behind,
        "wordless": not wanted.asked,
        "groups": [group for group in _groups(request, found) if group.links],
        "applied": _applied(request, asked, found),
        "bare": _address(request, **dict.fromkeys(NARROWED)),
        "alike": [] if found.count else _alike(wanted),
        "previous": _address(request, page=found.page - 1) if found.page > 1 else "",
        "next": _address(request, page=found.page + 1) if found.page < found.pages else "",
    }


def _address(request: Request, **changes: Any) -> str:
    """Return this search with something changed; from its first page unless one is named."""
    query = request.GET.copy()
    for name, value in {"page": None, **changes}.items():
        query.pop(name, None)
        if value:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def _groups(request: Request, found: Found) -> list[Group]:
    return [
        Group(name, label, [_link(request, name, choice) for choice in choices])
        for name, label, choices in (
            ("kind", _("Kind"), found.kinds),
            ("unit", _("Department"), found.units),
            ("region", _("Region"), found.regions),
            ("year", _("Year"), found.years),
        )
    ]


def _link(request: Request, name: str, choice: Choice) -> Link:
    chosen = request.GET.get(name) == str(choice.value)
    href = _address(request, **{name: None if chosen else choice.value})
    return Link(choice.label, href, choice.count, choice.more, chosen)


def _applied(request: Request, asked: dict[str, Any], found: Found) -> list[Link]:
    """Return the conditions in force, each leading to the search without it."""
    named = {"unit": found.units, "region": found.regions}
    links = []
    for name, label in (
        ("kind", _("Kind")),
        ("year", _("Year")),
        ("unit", _("Department")),
        ("region", _("Region")),
    ):
        if value := asked[name]:
            words = Kind[value.upper()].label if name == "kind" else str(value)
            if name in named:
                words = finding.name_of(name, value, named[name], request.user)
            links.append(Link(f"{label}: {words}", _address(request, **{name: None})))
    return links


def _alike(wanted: Wanted) -> list[Link]:
    return [Link(name, f"?{urlencode({'q': name[:LONGEST]})}") for name in finding.alike(wanted)]
