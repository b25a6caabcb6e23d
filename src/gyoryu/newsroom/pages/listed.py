"""Tells a page that lists releases from one that is a release, and gives the addresses it lists.

A list is many links of one shape (`/news/view?id=…`) with words enough to be headlines, and never
a long stretch of text between two of them: an article that ends with a list of others has one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gyoryu.newsroom.text import encoding, markup
from gyoryu.newsroom.text.addresses import canonical, resolved

MOST = 30  # releases that one visit follows
_FEWEST = 5
_HEADLINE = 10  # letters of a link's words
_STRETCH = 700  # letters without a link of the list; a release has more
_MENUS = "nav, header, footer, aside, script, style, noscript, template, select"
_FILES = re.compile(r"\.(?:pdf|hwpx?|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|mp4)$", re.I)
_LARGEST = 3_000_000


@dataclass(frozen=True)
class Link:
    """A release that a page lists: its address and its headline there."""

    address: str
    words: str


def links(page: bytes, *, address: str, content_type: str = "") -> list[Link]:
    """Return what a page lists, at most `MOST`, in its order; nothing where it is no list."""
    if len(page) > _LARGEST:
        return []
    text = markup.without_controls(encoding.decode(page, content_type).text)
    if not markup.has_tags(text) or markup.is_tangled(text):
        return []
    tree = LexborHTMLParser(text)
    tree.strip_tags([tag.strip() for tag in _MENUS.split(",")], recursive=True)
    shapes: dict[tuple[str, ...], dict[str, Link]] = defaultdict(dict)
    for link in _candidates(tree, address):
        shapes[_shape(link.address)].setdefault(canonical(link.address), link)
    group = max(shapes.values(), key=len, default={})
    found = list(group.values())
    if len(found) < _FEWEST or _longest_stretch(tree, found) > _STRETCH:
        return []
    return found[:MOST]


def _candidates(tree: LexborHTMLParser, address: str) -> Iterator[Link]:
    here, host = canonical(address), _host(address)
    for node in tree.css("a[href]"):
        words = markup.fold(node.text(separator=" "))
        there = resolved(node.attributes.get("href") or "", _base(tree, address))
        if len(words) < _HEADLINE or not there or _host(there) != host:
            continue
        if canonical(there) != here and not _FILES.search(urlsplit(there).path):
            yield Link(there, words)


def _base(tree: LexborHTMLParser, address: str) -> str:
    node: LexborNode | None = tree.css_first("base[href]")
    return resolved(node.attributes.get("href") or "", address) if node is not None else address


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _shape(address: str) -> tuple[str, ...]:
    """What addresses of one list share: the folder, or with a query the page and its fields."""
    parts = urlsplit(address)
    fields = sorted({name for name, _value in parse_qsl(parts.query)})
    if fields:
        return (parts.path, *fields)
    return (re.sub(r"\d+", "#", str(PurePosixPath(parts.path).parent)),)


def _longest_stretch(tree: LexborHTMLParser, found: list[Link]) -> int:
    """How many letters stand between two neighbouring links, before the first, after the last."""
    text = markup.fold(markup.of_tree(tree.body))
    at, longest = 0, 0
    for link in found:
        place = text.find(link.words, at)
        if place >= 0:
            longest = max(longest, place - at)
            at = place + len(link.words)
    return max(longest, len(text) - at)
