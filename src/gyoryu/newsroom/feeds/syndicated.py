"""Atom and RSS, read by feedparser behind guards.

feedparser gets a stream and never a string (a string may be taken for a file name or an address),
always UTF-8 with the encoding told, no document type, and none of its HTML cleaning: nh3 does that.
"""

import html as entities
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from time import struct_time
from typing import Any

import feedparser  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

from gyoryu.newsroom.feeds.prolog import Head
from gyoryu.newsroom.feeds.values import Entry, Feed
from gyoryu.newsroom.text import languages, markup, times
from gyoryu.newsroom.text.addresses import canonical, resolved
from gyoryu.newsroom.text.refusal import Unreadable

# Well-formed XML goes through in C; broken XML is repaired in Python, at a second or more per MB.
_MOST_REPAIRED = 2_000_000
_MOST_GROWN = 1_000_000  # letters that the short entities of a document type may add
_KINDS = {"atom": "atom", "rss090": "rdf", "rss10": "rdf", "cdf": "cdf"}
_NAMED = re.compile(r"&([A-Za-z][\w.-]{0,40});")

Told = Mapping[str, Any]


def read(text: str, head: Head, *, address: str = "", zone: tzinfo = times.KST) -> Feed:
    """Read an Atom or RSS text whose root begins at `head.start`."""
    body = markup.without_controls(_with_entities(text[head.start :], head))
    doubts = _doubts(text, head, body)
    told = _parsed(body, address)
    channel: Told = told.get("feed", {})
    base = resolved(str(channel.get("link", "")), address) or address
    language = str(channel.get("language", ""))
    return Feed(
        kind=_KINDS.get(str(told.get("version", "")).rstrip("0123456789"), head.kind),
        title=_plain(channel, "title"),
        address=base,
        language=language,
        updated=_time(channel, ("updated", "published"), zone),
        entries=tuple(_entries(told, base, language, zone)),
        doubts=doubts,
    )


def _doubts(text: str, head: Head, body: str) -> tuple[str, ...]:
    doubts = []
    if text[: head.start].lstrip()[:1] not in ("", "<"):
        doubts.append("text-before")
    if not _is_well_formed(body):
        if len(body) > _MOST_REPAIRED:
            raise Unreadable("broken-markup")
        doubts.append("broken-markup")
    return tuple(doubts)


def _is_well_formed(body: str) -> bool:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        etree.fromstring(body.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def _with_entities(text: str, head: Head) -> str:
    if not head.entities:
        return text
    known = dict(head.entities)
    grown = sum(len(known.get(name, "")) for name in _NAMED.findall(text))
    if grown > _MOST_GROWN:
        raise Unreadable("entities", name=head.entities[0][0])
    return _NAMED.sub(lambda found: known.get(found[1], found[0]), text)


def _parsed(body: str, address: str) -> Told:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    try:
        told: Told = feedparser.parse(
            io.BytesIO(body.encode()),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    # feedparser repairs what no grammar foresees and breaks in as many ways: one bad feed must not
    # stop the round of all the others.
    except Exception as broken:
        raise Unreadable("broken-markup") from broken
    return told


def _entries(told: Told, base: str, language: str, zone: tzinfo) -> Iterator[Entry]:
    for one in told.get("entries", ()):
        entry = _entry(one, base, language, zone)
        if entry.title or entry.body or entry.address:
            yield entry


def _entry(one: Told, base: str, language: str, zone: tzinfo) -> Entry:
    title, (html, body) = _plain(one, "title"), _body(one)
    address = resolved(str(one.get("link", "")), base)
    published = _time(one, ("published", "created"), zone)
    updated = _time(one, ("updated",), zone)
    declared = str(one.get("language", "") or _detail(one, "title").get("language") or language)
    return Entry(
        title=title,
        address=address,
        identity=markup.fold(str(one.get("id", ""))) or canonical(address),
        published=published or updated,
        updated=updated,
        language=languages.of(f"{title}\n{body}", declared),
        authors=tuple(_authors(one)),
        body=body,
        html=markup.safe(html),
    )


def _detail(one: Told, name: str) -> Told:
    detail = one.get(f"{name}_detail")
    return detail if isinstance(detail, Mapping) else {}


def _plain(one: Told, name: str) -> str:
    value = str(one[name]) if name in one else ""
    # Offices escape their titles twice, so what is told to be plain may still hold "&amp;".
    plain = entities.unescape if _is_plain(_detail(one, name)) else markup.plain
    return markup.fold(plain(value))


def _is_plain(detail: Told) -> bool:
    return str(detail.get("type", "")) == "text/plain"


def _body(one: Told) -> tuple[str, str]:
    """The fullest of content and summary, as HTML (empty for plain text) and as text."""
    told = [part for part in one.get("content", ()) if isinstance(part, Mapping)]
    told.append(_detail(one, "summary"))
    fullest = max(told, key=lambda part: len(str(part.get("value", ""))))
    value = str(fullest.get("value", ""))
    if _is_plain(fullest):
        return "", markup.tidy(value)
    return value, markup.plain(value)


def _authors(one: Told) -> Iterator[str]:
    seen = set()
    for author in one.get("authors", ()):
        name = markup.fold(str(author.get("name", "") if isinstance(author, Mapping) else author))
        if name and name not in seen:
            seen.add(name)
            yield name


def _time(one: Told, names: tuple[str, ...], zone: tzinfo) -> datetime | None:
    for name in names:
        # feedparser's own get() answers "updated" with "published", and warns.
        words = str(dict.get(one, name, "") if isinstance(one, dict) else "")
        if words and (moment := times.read(words, zone) or _foreseen(one, name, words, zone)):
            return moment
    return None


def _foreseen(one: Told, name: str, words: str, zone: tzinfo) -> datetime | None:
    """What feedparser made of rarer forms; it takes a missing zone for UTC, we do not."""
    parsed = dict.get(one, f"{name}_parsed") if isinstance(one, dict) else None
    if times.is_known(words) or not isinstance(parsed, (struct_time, tuple)):
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
    return moment if times.names_zone(words) else moment.replace(tzinfo=zone)
