"""Files as people hand them over, read into articles: feeds, web pages, texts, lists of articles.

Plain Python: the doors read with it without a database, the newsroom takes in what it gives.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, time, tzinfo
from pathlib import PurePath
from typing import Any

from gyoryu.newsroom import feeds, pages
from gyoryu.newsroom.feeds import Entry
from gyoryu.newsroom.pages import Selectors
from gyoryu.newsroom.text import encoding, languages, markup, times
from gyoryu.newsroom.text.refusal import Unreadable

__all__ = ["SUFFIXES", "Entry", "Unreadable", "entries", "entry_of_page", "kept", "restored"]

LIMIT = 20_000_000  # bytes of one file
SUFFIXES = {".xml", ".atom", ".rss", ".json", ".jsonl", ".html", ".htm", ".txt", ".md", ".gz"}
_PAGES = {".html", ".htm"}


def entries(raw: bytes, name: str = "", *, zone: tzinfo = times.KST) -> list[Entry]:
    """Read a file into its articles, or raise Unreadable.

    Codes: those of `feeds.parse` and `pages.article`, "not-a-list" (line), "no-article".
    A plain text is taken whole, so that offsets count in the text that was given.
    """
    if len(raw) > LIMIT:
        raise Unreadable("too-large", bytes=len(raw), limit=LIMIT)
    if not raw.strip():
        raise Unreadable("empty")
    suffix = PurePath(name).suffix.lower()
    if suffix == ".jsonl" or _is_list(raw):
        return list(_listed(raw, zone))
    if suffix in _PAGES:
        return [entry_of_page(raw, name=name, zone=zone)]
    try:
        return list(feeds.parse(raw, zone=zone).entries)
    except Unreadable as trouble:
        if trouble.code != "not-a-feed":
            raise
    decoded = encoding.decode(raw).text
    if markup.has_tags(decoded):
        return [entry_of_page(raw, name=name, zone=zone)]
    return [_of_text(decoded, name)]


def entry_of_page(
    raw: bytes,
    *,
    address: str = "",
    name: str = "",
    content_type: str = "",
    selectors: Selectors | None = None,
    zone: tzinfo = times.KST,
) -> Entry:
    """Read a web page into its article, or raise Unreadable("no-article")."""
    read = pages.article(
        raw, address=address, content_type=content_type, selectors=selectors, zone=zone
    )
    if not read.title and not read.body:
        raise Unreadable("no-article")
    return Entry(
        title=read.title or PurePath(name).stem,
        address=address,
        identity=address or PurePath(name).name,
        published=read.published,
        updated=read.updated,
        language=read.language,
        body=read.body,
    )


def _of_text(text: str, name: str) -> Entry:
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return Entry(
        title=title[:200],
        address="",
        identity=PurePath(name).stem,
        language=languages.of(text),
        body=text,
    )


def _is_list(raw: bytes) -> bool:
    first = raw.lstrip()[:1]
    return first == b"{" and b"\n" in raw.strip() and _is_object(raw.lstrip().split(b"\n", 1)[0])


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _listed(raw: bytes, zone: tzinfo) -> Iterator[Entry]:
    # By line feeds alone: a text may hold other characters that Python takes for the end of a line.
    for number, line in enumerate(encoding.decode(raw).text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as broken:
            raise Unreadable("not-a-list", line=number) from broken
        if not isinstance(row, dict):
            raise Unreadable("not-a-list", line=number)
        yield _row(row, number, zone)


def _row(row: Mapping[str, Any], number: int, zone: tzinfo) -> Entry:
    text = str(row.get("text") or row.get("body") or "")
    title = str(row.get("title") or "")
    published = str(row.get("published") or "")
    return Entry(
        title=title,
        address=str(row.get("address") or row.get("url") or ""),
        identity=str(row.get("id") or number),
        published=times.read(published, zone) if published else None,
        language=str(row.get("lang") or "") or languages.of(f"{title}\n{text}"),
        body=text,
    )


def kept(entry: Entry) -> dict[str, Any]:
    """Write an entry as plain values, to be taken in later."""
    told = {name: getattr(entry, name) for name in ("title", "address", "identity", "language")}
    days = {name: getattr(entry, name) for name in ("published", "updated")}
    return {
        **told,
        "body": entry.body,
        **{name: day.isoformat() if day else "" for name, day in days.items()},
    }


def restored(told: Mapping[str, Any]) -> Entry:
    """Read an entry back from the values that `kept` wrote."""
    return Entry(
        title=str(told.get("title", "")),
        address=str(told.get("address", "")),
        identity=str(told.get("identity", "")),
        published=_moment(told.get("published")),
        updated=_moment(told.get("updated")),
        language=str(told.get("language", "")),
        body=str(told.get("body", "")),
    )


def _moment(told: Any) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def at_noon(day: Any, zone: tzinfo = times.KST) -> datetime:
    """A day as a moment: noon, so that no zone moves it to another day."""
    return datetime.combine(day, time(12), zone)
