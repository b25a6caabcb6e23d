"""JSON Feed 1.x."""

import json
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from gyoryu.newsroom.feeds.values import Entry, Feed
from gyoryu.newsroom.text import languages, markup, times
from gyoryu.newsroom.text.addresses import canonical, resolved
from gyoryu.newsroom.text.refusal import Unreadable

Told = dict[str, Any]


def read(text: str, *, address: str = "", zone: tzinfo = times.KST) -> Feed:
    """Read a JSON Feed; values of the wrong kind are taken as missing."""
    told = _parsed(text)
    base = _address(told, "home_page_url", address) or address
    items = told["items"] if isinstance(told.get("items"), list) else []
    language = _words(told, "language")
    return Feed(
        kind="json",
        title=markup.fold(_words(told, "title")),
        address=base,
        language=language,
        entries=tuple(_entries(items, base, language, zone)),
    )


def _parsed(text: str) -> Told:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise Unreadable("broken-markup") from broken
    if not isinstance(told, dict) or not (
        "items" in told or "jsonfeed.org" in _words(told, "version")
    ):
        raise Unreadable("not-a-feed")
    return told


def _entries(items: list[Any], base: str, language: str, zone: tzinfo) -> Iterator[Entry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        entry = _entry(item, base, language, zone)
        if entry.title or entry.body or entry.address:
            yield entry


def _entry(item: Told, base: str, language: str, zone: tzinfo) -> Entry:
    title = markup.fold(_words(item, "title"))
    html = _words(item, "content_html")
    body = markup.plain(html) if html else markup.tidy(_words(item, "content_text"))
    body = body or markup.tidy(_words(item, "summary"))
    place = _address(item, "url", base) or _address(item, "external_url", base)
    updated = times.read(_words(item, "date_modified"), zone)
    return Entry(
        title=title,
        address=place,
        identity=_words(item, "id") or canonical(place),
        published=times.read(_words(item, "date_published"), zone) or updated,
        updated=updated,
        language=languages.of(f"{title}\n{body}", _words(item, "language") or language),
        authors=tuple(_authors(item)),
        body=body,
        html=markup.safe(html),
    )


def _authors(item: Told) -> Iterator[str]:
    listed = item.get("authors")
    # Version 1.0 had one author, 1.1 has a list.
    for author in listed if isinstance(listed, list) else [item.get("author")]:
        if isinstance(author, dict) and (name := markup.fold(_words(author, "name"))):
            yield name


def _words(told: Told, name: str) -> str:
    value = told.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""  # ids are numbers in some feeds
    return markup.without_controls(value) if isinstance(value, str) else ""


def _address(told: Told, name: str, base: str) -> str:
    return resolved(_words(told, name), base)
