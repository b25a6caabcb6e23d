"""Finds the people a release names with an office: first mention of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gyoryu.newsroom.extraction import people_en, people_ko
from gyoryu.newsroom.extraction.document import Document, Person, Span
from gyoryu.newsroom.extraction.people_foreign_ko import Named

_ACCENT = re.compile(r"[\u0300-\u036f]")
_MARKS = re.compile(r"[\s.,'’·-]+|Jr\b|Sr\b")


def find(document: Document) -> list[Person]:
    """Give everybody named with a title, once, in the order of the text."""
    scan = people_ko.scan if document.lang == "ko" else people_en.scan
    mentions: list[Person] = []
    for sentence in document.sentences:
        if sentence.role in ("cut", "header"):
            continue
        for named in scan(sentence.text):
            mentions.append(_person(document, sentence.start, named))
    return list(_distinct(mentions, document.lang))


def _person(document: Document, base: int, named: Named) -> Person:
    def span(piece: tuple[int, int]) -> Span:
        return document.span(base + piece[0], base + piece[1])

    return Person(
        name=span(named.name),
        title=span(named.title) if named.title[1] > named.title[0] else None,
        org=span(named.org) if named.org else None,
    )


def _distinct(mentions: list[Person], lang: str) -> Iterator[Person]:
    """Leave out later short forms: a surname, a first name with a surname already given in full."""
    full = [person for person in mentions if _is_full(person.name.quote, lang)]
    known = {key for person in full for key in _short_forms(person.name.quote, lang)}
    seen: set[str] = set()
    for person in mentions:
        key = _key(person.name.quote)
        short = not _is_full(person.name.quote, lang)
        if key in seen or key in known or (lang == "ko" and _is_part(key, seen)):
            continue
        if lang == "en" and not short and _known_by_ends(person.name.quote, seen):
            continue
        seen.add(key)
        seen.update(_ends(person.name.quote) if lang == "en" and not short else ())
        yield person


def _is_part(key: str, seen: set[str]) -> bool:
    """`하오 당서기` after `하오펑 당서기`: the beginning or the end of a name already given."""
    return any(
        len(key) < len(name) and (name.startswith(key) or name.endswith(key)) for name in seen
    )


def _is_full(name: str, lang: str) -> bool:
    return " " in name.partition("(")[0].strip() or (lang == "ko" and len(name) > 2)


def _key(name: str) -> str:
    name = name.partition("(")[0]
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name)
    return _MARKS.sub("", _ACCENT.sub("", plain)).lower()


def _short_forms(name: str, lang: str) -> set[str]:
    name = name.partition("(")[0].strip()
    if " " not in name:
        return set()
    return {_key(word) for word in re.split(r"[\s-]+", name)} | {_key(" ".join(name.split()[1:]))}


def _ends(name: str) -> set[str]:
    """A nickname shares the surname and how the name begins: `Joe Hill`, `Joseph Hill`."""
    words = [word for word in name.replace(",", "").split() if word not in ("Jr.", "Sr.", "Jr")]
    return {f"{words[0][:2].lower()}+{words[-1].lower()}"} if len(words) > 1 else set()


def _known_by_ends(name: str, seen: set[str]) -> bool:
    return any(end in seen for end in _ends(name))
