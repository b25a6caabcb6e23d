"""Sitemaps, sitemap indexes and news sitemaps."""

from collections.abc import Iterator
from datetime import tzinfo

from lxml import etree  # type: ignore[import-untyped]

from gyoryu.newsroom.feeds.prolog import Head
from gyoryu.newsroom.feeds.values import Entry, Feed
from gyoryu.newsroom.text import languages, markup, times
from gyoryu.newsroom.text.addresses import canonical, resolved
from gyoryu.newsroom.text.refusal import Unreadable

_MOST = 50_000  # the protocol's own bound for one file


def read(text: str, head: Head, *, address: str = "", zone: tzinfo = times.KST) -> Feed:
    """Read a sitemap text whose root begins at `head.start`."""
    root, broken = _tree(markup.without_controls(text[head.start :]))
    told = [
        _told(one) for one in root.iterchildren(etree.Element) if _name(one) in ("url", "sitemap")
    ]
    doubts = (("broken-markup",) if broken else ()) + (("cut-short",) if len(told) > _MOST else ())
    if head.kind == "sitemap-index":
        found = (resolved(one.get("loc", ""), address) for one in told[:_MOST])
        return Feed(head.kind, address=address, sitemaps=tuple(filter(None, found)), doubts=doubts)
    return Feed(
        head.kind,
        address=address,
        entries=tuple(_entries(told[:_MOST], address, zone)),
        doubts=doubts,
    )


def _tree(body: str) -> tuple[etree._Element, bool]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Unreadable("broken-markup") from broken
    if root is None:
        raise Unreadable("broken-markup")
    return root, bool(parser.error_log)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _told(one: etree._Element) -> dict[str, str]:
    """The words of each leaf by its name; the first of a name counts, so images add nothing."""
    words: dict[str, str] = {}
    for leaf in one.iter(etree.Element):
        if leaf.text and leaf.text.strip():
            words.setdefault(_name(leaf), leaf.text.strip())
    return words


def _entries(told: list[dict[str, str]], address: str, zone: tzinfo) -> Iterator[Entry]:
    for one in told:
        place = resolved(one.get("loc", ""), address)
        if not place:
            continue
        news = "publication_date" in one or "publication" in one
        title = markup.fold(one.get("title", "")) if news else ""
        yield Entry(
            title=title,
            address=place,
            identity=canonical(place),
            published=times.read(one.get("publication_date", ""), zone),
            updated=times.read(one.get("lastmod", ""), zone),
            language=languages.of(title, one.get("language", "")) if news else "",
        )
