"""What a feed says, as values."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One article as its feed tells it; times are always aware, texts are never None.

    `body` is plain text, `html` the same with harmless tags kept (empty where there were none).
    `span` says where the body lies in the decoded text of a flattened feed, in code points.
    """

    title: str
    address: str
    identity: str
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    authors: tuple[str, ...] = ()
    body: str = ""
    html: str = field(default="", repr=False)
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Feed:
    """A feed read whole.

    `kind` is atom, rss, rdf, cdf, json, sitemap, sitemap-index, flattened-atom or flattened-rss.
    `sitemaps` are the addresses that a sitemap index points to. `doubts` are machine codes of what
    was guessed or lost: "broken-markup", "letters-lost", "titles-guessed", "text-before",
    "cut-short".
    """

    kind: str
    title: str = ""
    address: str = ""
    language: str = ""
    updated: datetime | None = None
    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    encoding: str = "utf-8"
