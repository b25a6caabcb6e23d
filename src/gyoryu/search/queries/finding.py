"""A search as its reader sees it: a page of results with why they matched, and what narrows it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from gyoryu.accounts.models import User, in_language
from gyoryu.accounts.queries import units_under
from gyoryu.agreements.models import Agreement, Commitment, Engagement
from gyoryu.agreements.models.agreements import Side
from gyoryu.evidence.models import Document
from gyoryu.newsroom.models import Source
from gyoryu.parties.models import Organisation, Region
from gyoryu.programmes.models import Application, Award, Programme
from gyoryu.search import words
from gyoryu.search.models import Card, Kind
from gyoryu.search.queries import sight
from gyoryu.search.queries.asking import Alike, Wanted
from gyoryu.search.queries.matching import Match, matches
from gyoryu.search.queries.ranking import ranked
from gyoryu.search.queries.telling import FIELDS, unpack
from gyoryu.search.words import Asked, Piece
from gyoryu.trade.models import Event, Grade

PAGE, CHOICES = 20, 8
# How like a name must be to be suggested, and how many are.
ALIKE, SUGGESTED = 0.75, 3
_SORTS: dict[int, dict[Any, Any]] = {
    Kind.AGREEMENT: dict(Agreement.Kind.choices),
    Kind.ENGAGEMENT: dict(Engagement.Kind.choices),
    Kind.COMMITMENT: dict(Commitment.Status.choices),
    Kind.REQUEST: dict(Side.choices),
    Kind.ORGANISATION: dict(Organisation.Kind.choices),
    Kind.REGION: dict(Region.Kind.choices),
    Kind.DOCUMENT: dict(Document.Kind.choices),
    Kind.ARTICLE: dict(Source.Language.choices),
    Kind.PROGRAMME: dict(Programme.Kind.choices),
    Kind.APPLICATION: dict(Application.Status.choices),
    Kind.AWARD: dict(Award.Status.choices),
    Kind.EVENT: dict(Event.Kind.choices),
    Kind.DEAL: dict(Grade.choices),
}


@dataclass(frozen=True)
class Why:
    """Where a record matched, and the words around the match."""

    field: Any
    pieces: list[Piece]


@dataclass(frozen=True)
class Result:
    """One record that was found."""

    kind: Kind
    record: int
    # The record whose page shows this one: its own unless it has none.
    shown_by: int
    href: str
    title: list[Piece]
    other_title: list[Piece]
    sort: str
    number: str
    unit: str
    region: str
    day: date | None
    why: list[Why]


@dataclass(frozen=True)
class Choice:
    """Something a search can be narrowed to, and how many results it would leave, or more."""

    value: Any
    label: Any
    count: int
    more: bool = False


@dataclass(frozen=True)
class Found:
    """A page of results. ``more`` says that the oldest matches were not ranked."""

    results: list[Result] = field(default_factory=list)
    count: int = 0
    more: bool = False
    page: int = 1
    pages: int = 1
    kinds: list[Choice] = field(default_factory=list)
    units: list[Choice] = field(default_factory=list)
    regions: list[Choice] = field(default_factory=list)
    years: list[Choice] = field(default_factory=list)


def wanted(text: str, to: User, on: date, **narrowed: Any) -> Wanted:
    """Put together what a reader looks for, and in what they may see."""
    return Wanted(words.ask(text), sight.scopes(to.access), on, **narrowed)


def find(asked: Wanted, page: int = 1) -> Found:
    """Search, and return a page of what was found: two queries, on PostgreSQL three."""
    found = ranked(matches(asked), asked.asked, asked.on)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, page), pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    full = _full(found, asked)
    return Found(
        results=_results(shown, asked.asked),
        count=len(found),
        more=bool(full),
        page=page,
        pages=pages,
        kinds=_kinds(found, full),
        units=_named([match.unit for match in found], more=bool(full)),
        regions=_named([match.region for match in found], more=bool(full)),
        years=_years(found, more=bool(full)),
    )


def alike(asked: Wanted) -> list[str]:
    """Return names that may have been meant by what finds nothing, the likest first."""
    found = matches(Alike(asked.asked, asked.scopes, asked.on, asked.kind, ground=asked.ground))
    rated: dict[str, float] = {}
    for match in found:
        for name in filter(None, (match.title_ko, match.title_en)):
            likeness = words.likeness(asked.asked, name)
            if likeness >= ALIKE:
                rated[name] = likeness
    return sorted(rated, key=lambda name: (-rated[name], len(name), name))[:SUGGESTED]


def name_of(kind: str, pk: int, known: list[Choice], to: User) -> str:
    """Name a department or region that a search is narrowed to, as far as the reader may know."""
    for choice in known:
        if choice.value == pk:
            return str(choice.label)
    rows = Region.objects.all() if kind == "region" else units_under(to.access, "home.view")
    return str(rows.filter(pk=pk).first() or f"#{pk}")


def _full(found: list[Match], asked: Wanted) -> set[int]:
    """Return the kinds of which there are more matches than are ranked."""
    counts = Counter(match.kind for match in found)
    return {kind for kind, count in counts.items() if count > asked.most}


def _kinds(found: list[Match], full: set[int]) -> list[Choice]:
    counts = Counter(match.kind for match in found)
    return [
        Choice(kind.name.lower(), kind.label, counts[kind], kind in full)
        for kind in Kind
        if counts[kind]
    ]


def _named(rows: list[tuple[int, str, str] | None], *, more: bool) -> list[Choice]:
    counts = Counter(row for row in rows if row)
    return [
        Choice(pk, in_language(ko, en), count, more)
        for (pk, ko, en), count in counts.most_common(CHOICES)
    ]


def _years(found: list[Match], *, more: bool) -> list[Choice]:
    counts = Counter(match.day.year for match in found if match.day)
    newest = sorted(counts.items(), reverse=True)[:CHOICES]
    return [Choice(year, year, count, more) for year, count in newest]


def _results(shown: list[Match], asked: Asked) -> list[Result]:
    rows = Card.objects.filter(pk__in=[match.id for match in shown])
    texts = dict(rows.values_list("pk", "text")) if shown else {}
    return [_result(match, unpack(texts.get(match.id, "")), asked) for match in shown]


def _result(match: Match, lines: list[tuple[str, str]], asked: Asked) -> Result:
    title = in_language(match.title_ko, match.title_en)
    other = match.title_en if title == match.title_ko else match.title_ko
    return Result(
        kind=Kind(match.kind),
        record=match.record,
        shown_by=match.parent or match.record,
        href=_href(match),
        title=words.excerpt(asked, title),
        other_title=words.excerpt(asked, other) if other and words.finds(asked, other) else [],
        sort=str(_SORTS.get(match.kind, {}).get(match.sort, "")),
        number=match.number,
        unit=in_language(*match.unit[1:]) if match.unit else "",
        region=in_language(*match.region[1:]) if match.region else "",
        day=match.day,
        why=[] if _all_in(title, asked) else _why(lines, asked, {title, other}),
    )


def _all_in(title: str, asked: Asked) -> bool:
    return words.finds(asked, title) == len(asked.words)


def _why(lines: list[tuple[str, str]], asked: Asked, shown: set[str]) -> list[Why]:
    """Return the fields besides the titles in which the words are, those with the most first."""
    rated = [
        (words.finds(asked, text), code, text)
        for code, text in lines
        if code != "title" and text not in shown
    ]
    best = sorted((one for one in rated if one[0]), key=lambda one: -one[0])[:2]
    return [Why(FIELDS.get(code, code), words.excerpt(asked, text)) for _n, code, text in best]


_PAGES = {
    Kind.DUTY: ("agreement", "#h-du"),
    Kind.REQUEST: ("engagement", "#requests"),
}


def _href(match: Match) -> str:
    if match.parent is None:
        return reverse(Kind(match.kind).name.lower(), args=[match.record])
    name, place = _PAGES[Kind(match.kind)]
    return reverse(name, args=[match.parent]) + place
