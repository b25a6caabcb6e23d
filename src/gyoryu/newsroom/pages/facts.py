"""What a page says about its article: title and times, from data, meta tags and labelled lines."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gyoryu.newsroom.text import markup, times

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dcterms.date", "dcterms.created", "dc.date.issued", "dcterms.issued", "pubdate", "publishdate",
    "publish_date", "article.created", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified",
    "lastmod", "dc.date.modified",
)  # fmt: skip
_AFTER = r"\s*[:\uff1a|\]]?\s*(?=(.{0,60}))"
_PUBLISHED_LABEL = re.compile(
    r"(?:(?:작성|등록|게시|발행)\s?일(?:시|자)?|보도\s?(?:일시?|시점|일자)|배포\s?(?:일시?|일자|시점)?"
    r"|(?:기사\s?)?입력(?:\s?일시?)?|날짜|일자|\bdate\b|(?:published|posted)(?: on| at)?"
    r"|release date|created)" + _AFTER,
    re.I,
)
_UPDATED_LABEL = re.compile(
    r"(?:(?:최종\s?)?수정\s?(?:일(?:시|자)?)?|갱신\s?일"
    r"|(?:last )?(?:updated|modified|edited)(?: on| at)?)" + _AFTER,
    re.I,
)
_LABELS_AFTER = re.compile(r"\s(?:(?:등록|작성|게시)\s?[일자]|조회\s?수?\s?[:\d]|담당\s?부서).*")
_TITLE_LABEL = re.compile(r"제\s?목\s*[:\uff1a|]?\s+(\S.{3,200})")
_SEPARATOR = re.compile(r"\s+[|<>\u2013\u2014·»«:-]{1,2}\s+|\s*(?:\||::|»|«|≪|≫)\s*")
_GENERIC = re.compile(
    r"(?:보도\s?(?:참고|해명)?\s?자료|공지\s?사항|알림\s?마당|새\s?소식|뉴스(?:룸)?|소식|상세\s?(?:보기|정보|내용)?"
    r"|게시판|보기|view|read|news(?:room)?|press(?: releases?)?|home|main|본문|제목)"
    r"(?:\s?(?:상세|보기|내용|목록|view))*",
    re.I,
)
_TITLE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:title|tit|subject|sbj|headline|subj)(?=$|[-_\s\d])|view_?(?:title|tit|subject)",
    re.I,
)
_LONGEST_TITLE, _MOST_DATA = 300, 200_000
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")


@dataclass(frozen=True)
class Facts:
    """What the head of a page tells."""

    titles: tuple[str, ...] = ()  # the surest first
    site: str = ""
    page_title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    headings: tuple[str, ...] = field(default=(), repr=False)


def of_page(tree: LexborHTMLParser, zone: tzinfo) -> Facts:
    """Read data, meta tags and headings; must see the tree before anything is taken out."""
    meta = _meta(tree)
    data = list(_data(tree))
    page = tree.css_first("title")
    stamp = tree.css_first(
        "time[datetime][pubdate],time[itemprop=datePublished],article time[datetime]"
    )
    stamped = (stamp.attributes.get("datetime") or "") if stamp is not None else ""
    root = tree.css_first("html")
    return Facts(
        titles=tuple(filter(None, (*_told(data, "headline"), meta.get("og:title", "")))),
        site=meta.get("og:site_name", ""),
        page_title=markup.fold(page.text()) if page is not None else "",
        published=_first(
            (*_told(data, "datePublished"), *_chosen(meta, _PUBLISHED), stamped), zone
        ),
        updated=_first((*_told(data, "dateModified"), *_chosen(meta, _UPDATED)), zone),
        language=(root.attributes.get("lang") or "") if root is not None else "",
        headings=tuple(_headings(tree)),
    )


def title(facts: Facts, first_lines: Iterable[str], all_lines: Iterable[str]) -> str:
    """The article's own title, which many sites hide behind their name or "보도자료 상세"."""
    labelled = next((one[1] for line in all_lines if (one := _TITLE_LABEL.match(line))), "")
    whole = " ".join((*facts.titles, facts.page_title))
    opening = {markup.fold(line) for line in first_lines}
    candidates = dict.fromkeys(
        (markup.fold(labelled), *facts.headings, *facts.titles, *_pieces(facts.page_title))
    )
    # A title that holds a separator itself stands whole in another place of the page.
    scored = [
        (
            8 * (name == markup.fold(labelled))
            + 4 * (name in whole) + 2 * (name in facts.headings) + 2 * (name in facts.titles)
            + 2 * (name in opening) - 6 * _is_generic(name, facts),
            min(len(name), 60),
            name,
        )
        for name in candidates
        if 1 < len(name) <= _LONGEST_TITLE
    ]  # fmt: skip
    best = max(scored, default=(0, 0, ""), key=lambda one: one[:2])
    return best[2] if best[0] > 0 else ""


def times_in(lines: Iterable[str], zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """Published and updated as labelled lines tell them; a label may stand above its value."""
    found: dict[str, datetime] = {}
    waiting = ""
    for line in lines:
        line = line.strip(" \t□■○●·-*<>|[]")
        if waiting and line:
            if moment := times.read(line, zone):
                found.setdefault(waiting, moment)
            waiting = ""
        for name, pattern in (("published", _PUBLISHED_LABEL), ("updated", _UPDATED_LABEL)):
            waiting = _labelled(name, pattern, line, found, zone) or waiting
    return found.get("published"), found.get("updated")


def _labelled(
    name: str, pattern: re.Pattern[str], line: str, found: dict[str, datetime], zone: tzinfo
) -> str:
    """Take the time beside a label; the name itself when the value must stand below."""
    if len(line) > 200:
        return ""
    for match in pattern.finditer(line):
        if moment := times.read(match[1], zone):
            found.setdefault(name, moment)
        elif not match[1].strip() and match.start() == 0:
            return name
    return ""


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    told: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name:
            told.setdefault(name.lower(), markup.fold(attributes.get("content") or ""))
    return told


def _data(tree: LexborHTMLParser) -> Iterator[Mapping[str, Any]]:
    """Every object of the page's JSON-LD, however deep."""
    for script in tree.css("script[type='application/ld+json']"):
        written = script.text()
        if len(written) > _MOST_DATA:
            continue
        try:
            waiting = [json.loads(written)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, dict):
                yield thing
                waiting.extend(value for value in thing.values() if isinstance(value, (dict, list)))
            elif isinstance(thing, list):
                waiting.extend(thing)


def _told(data: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    return [markup.fold(value) for one in data if isinstance(value := one.get(name), str)]


def _chosen(meta: Mapping[str, str], names: Iterable[str]) -> list[str]:
    return [meta[name] for name in names if name in meta]


def _first(words: Iterable[str], zone: tzinfo) -> datetime | None:
    return next((moment for one in words if (moment := times.read(one, zone))), None)


def _headings(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(
        "h1,h2,h3,h4,h5,[class*=tit],[class*=subject],[class*=sbj],[class*=headline]"
    ):
        if node.tag in _HEADINGS or _names_title(node):
            words = markup.fold(node.text(separator=" "))
            # A wrapper of the title holds the board's labels too.
            words = _LABELS_AFTER.sub("", words)
            if words and len(words) <= _LONGEST_TITLE:
                yield words


def _names_title(node: LexborNode) -> bool:
    return bool(_TITLE_CLASS.search((node.attributes.get("class") or "")[:200]))


def _pieces(page_title: str) -> list[str]:
    pieces = [piece.strip() for piece in _SEPARATOR.split(page_title[:_LONGEST_TITLE])]
    return [piece for piece in pieces if piece]


def _is_generic(name: str, facts: Facts) -> bool:
    return name == facts.site or bool(_GENERIC.fullmatch(name)) or len(name) < 5
