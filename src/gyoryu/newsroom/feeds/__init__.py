"""Feeds of press offices, read into values: Atom, RSS, JSON Feed, sitemaps, flattened archives."""

import zlib
from dataclasses import replace
from datetime import tzinfo

from gyoryu.newsroom.feeds import flattened, jsonfeed, prolog, sitemaps, syndicated
from gyoryu.newsroom.feeds.values import Entry, Feed
from gyoryu.newsroom.text import encoding, times
from gyoryu.newsroom.text.refusal import Unreadable

__all__ = ["LIMIT", "MOST", "Entry", "Feed", "Unreadable", "parse"]

LIMIT = 20_000_000  # bytes, by default
MOST = 100_000_000  # bytes, whatever the caller allows

_GZIP = b"\x1f\x8b"
_HTML = ("html", "body", "head", "script", "div")


def parse(
    raw: bytes,
    *,
    address: str = "",
    content_type: str = "",
    limit: int = LIMIT,
    zone: tzinfo = times.KST,
) -> Feed:
    """Read a feed of any known form, or raise Unreadable; `zone` is meant where a time names none.

    Codes: "too-large" (bytes, limit), "empty", "entities" (name), "broken-markup", "not-a-feed",
    "compressed".
    """
    raw = _unpacked(raw, min(limit, MOST))
    decoded = encoding.decode(raw, content_type)
    if not decoded.text.strip():
        raise Unreadable("empty")
    feed = _read(decoded.text, address, zone)
    doubts = (*feed.doubts, "letters-lost") if decoded.lost else feed.doubts
    return replace(feed, doubts=doubts, encoding=decoded.encoding)


def _read(text: str, address: str, zone: tzinfo) -> Feed:
    if text.lstrip()[:1] == "{":
        return jsonfeed.read(text, address=address, zone=zone)
    head = prolog.head(text)
    if head.kind.startswith("sitemap"):
        return sitemaps.read(text, head, address=address, zone=zone)
    if head.kind:
        return syndicated.read(text, head, address=address, zone=zone)
    feed = None if head.root.lower() in _HTML else flattened.read(text, address=address, zone=zone)
    if feed is None:
        raise Unreadable("not-a-feed", root=head.root)
    return feed


def _unpacked(raw: bytes, limit: int) -> bytes:
    """The bytes, unpacked if they are a .gz file, and never more of them than the limit."""
    if raw.startswith(_GZIP) and len(raw) <= limit:
        unpacking = zlib.decompressobj(wbits=31)
        try:
            raw = unpacking.decompress(raw, limit + 1)
        except zlib.error as broken:
            raise Unreadable("compressed") from broken
    if len(raw) > limit:
        raise Unreadable("too-large", bytes=len(raw), limit=limit)
    return raw
