"""The head of an XML document, read before any XML parser may see it.

A document type can declare entities that grow without end or that open files, so it is taken off
here: harmless declarations are dropped, the others refuse the feed.
"""

import re
from dataclasses import dataclass

from gyoryu.newsroom.text.refusal import Unreadable

_ROOTS = {
    "rss": "rss",
    "feed": "atom",
    "rdf": "rdf",
    "channel": "cdf",
    "urlset": "sitemap",
    "sitemapindex": "sitemap-index",
}
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>])")
_STRAY_ROOT = re.compile(r"<(rss|feed|rdf:RDF|urlset|sitemapindex)(?=[\s>])", re.I)
_DECLARED = re.compile(r"<!ENTITY\s{1,9}(%?)\s{0,9}([^\s\"']{0,80})\s{0,9}([^<>]{0,2000})")
_STANDARD_SETS = re.compile(r"""PUBLIC\s{1,9}["']-//W3C//ENTITIES""")
_REFERENCE = re.compile(r"[&%](?!#)[^;\s]{1,80};")
_JUNK, _LONGEST_ENTITY = 20_000, 100


@dataclass(frozen=True)
class Head:
    """What stood before the root: which root it is and where, and the harmless short entities."""

    kind: str
    start: int
    root: str = ""
    entities: tuple[tuple[str, str], ...] = ()


def head(text: str) -> Head:
    """Find the root element past declarations, comments and the document type."""
    at, declared = 0, ""
    while (at := _next_mark(text, at)) >= 0:
        if text.startswith("<!DOCTYPE", at) or text.startswith("<!doctype", at):
            end = _end_of_doctype(text, at)
            declared, at = text[at:end], end
        elif past := _past_aside(text, at):
            at = past
        else:
            return _rooted(text, at, declared)
    return _rooted(text, 0, declared)


def _next_mark(text: str, at: int) -> int:
    return text.find("<", at) if 0 <= at < len(text) else -1


def _past_aside(text: str, at: int) -> int:
    # A comment or an instruction; one without an end is taken to reach the end of the text.
    for opening, closing in (("<!--", "-->"), ("<?", "?>"), ("<!", ">")):
        if text.startswith(opening, at):
            end = text.find(closing, at + len(opening))
            return end + len(closing) if end >= 0 else len(text)
    return 0


def _rooted(text: str, at: int, declared: str) -> Head:
    entities = _harmless(declared)
    found = _ROOT.match(text, at)
    if found and (kind := _ROOTS.get(found[1].lower())):
        return Head(kind, at, found[1], entities)
    # Warnings of a broken server often stand before a good feed.
    if stray := _STRAY_ROOT.search(text, at, at + _JUNK):
        name = stray[1].lower().removeprefix("rdf:")
        return Head(_ROOTS[name], stray.start(), stray[1], entities)
    return Head("", at, found[1] if found else "")


def _end_of_doctype(text: str, at: int) -> int:
    """Past `>`, or past `]…>` where declarations stand inside; quotes may hold either."""
    mark = re.compile(r"[\[\]>\"']")
    inside, position = False, at
    while found := mark.search(text, position):
        sign, position = found[0], found.end()
        if sign == "[":
            inside = True
        elif sign == "]":
            inside = False
        elif sign == ">" and not inside:
            return position
        elif sign in "\"'":
            closing = text.find(sign, position)
            position = closing + 1 if closing >= 0 else position
    raise Unreadable("broken-markup")


def _harmless(declared: str) -> tuple[tuple[str, str], ...]:
    kept = []
    for percent, name, value in _DECLARED.findall(declared):
        if _STANDARD_SETS.match(value):
            continue
        quoted = value[:1] in ("'", '"')
        if percent or not quoted or _REFERENCE.search(value) or len(value) > _LONGEST_ENTITY:
            raise Unreadable("entities", name=name[:80])
        kept.append((name, value.strip()[1:-1]))
    return tuple(kept)
