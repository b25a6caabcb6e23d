"""People in English releases: `Governor Dong-min Kim`, `Ann Lee, Chair`, roll lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gyoryu.newsroom.extraction.people_foreign_ko import Named
from gyoryu.newsroom.extraction.sentences import last_match
from gyoryu.newsroom.extraction.vocab import names_en as names

_HEADS = "|".join(re.escape(head) for head in sorted(set(names.TITLE_HEADS), key=len, reverse=True))
_CAP = r"(?!Jr\b|Sr\b)[A-ZÀ-ÖØ-ÞĀ-Ž][\wÀ-ɏ]{0,20}(?:[’'-][A-Za-zÀ-ɏ]\w{0,18}){0,3}"
_INITIAL = r"[A-Z]\.(?:[A-Z]\.)?"
_SUFFIX = r"(?:,?\s(?:Jr|Sr)\.?|\s(?:I{2,3}|IV)\b|,?\sPh\.?D\.?)?"
_PARTICLE = "|".join(names.PARTICLES[:-1])
_NAME = rf"{_CAP}(?:\s(?:{_INITIAL}|{_CAP}|(?:{_PARTICLE})(?=\s)|al-{_CAP})){{0,4}}"
# A title that is a first name too: after another title it opens the name.
_GIVEN = r"Dean"
_FIRST_NAME = re.compile(rf"{_GIVEN}\s[A-Z][a-z]")
_OF = (
    r"(?:\s(?:of|for)\s(?:the\s)?[A-Z][\w&’-]{1,20}(?:,?\s(?:and\s|of\s|the\s|"
    r"for\s)?[A-Z][\w&’-]{1,20}){0,5}?)?"
)
_TITLE_NAME = re.compile(
    rf"\b(?P<title>(?:{_HEADS})(?:(?:/|\sand\s|"
    rf"\s(?!{_GIVEN}\s[A-Z]))(?:{_HEADS})){{0,2}}(?:-designate|-elect|\s[Dd]esignate)?)(?P<of>{_OF})s?\s(?:(?:Mr|Ms|Mrs|"
    rf"Dr)\.\s)?(?P<name>{_NAME})(?P<suffix>{_SUFFIX})"
)
_NAME_TITLE = re.compile(
    rf"(?P<name>{_CAP}(?:\s(?:{_INITIAL}|{_CAP}|(?:{_PARTICLE})(?=\s)|"
    rf"al-{_CAP})){{1,4}}(?P<suffix>{_SUFFIX}))"
    rf",\s(?P<title>(?:the\s|a\s)?(?:[A-Z][\w.’-]{{1,18}}[\s/](?:and\s|of\s|"
    rf"for\s)?){{0,6}}(?:{_HEADS})\b"
    r"(?:\s(?:ad interim|of State|of Staff|General))?(?P<rest>[^\n;.]{0,120}))"
)
_ROLL = re.compile(
    rf"(?:The Honorable|Mr\.|Ms\.|Mrs\.|Dr\.|Hon\.|His Excellency|Her "
    rf"Excellency)\s(?:(?:Dr|Mr|Ms|Mrs|Prof)\.\s)?(?P<name>(?:{_INITIAL}\s)?{_NAME})(?P<suffix>{_SUFFIX})"
    r",\s(?P<title>[^\n;]{3,160}+)"
)
# A sentence that tells of somebody is no line of a roll.
_TOLD = re.compile(r"\b(?:will|is|was|were|are|has|have|signed|met|said|visited|attended|told)\b")
_AND_NAME = re.compile(rf"\sand\s(?P<name>{_NAME})")
_HONORED = re.compile(
    rf"\b(?:His|Her) (?:Majesty|Royal Highness|Highness|Excellency) (?P<title>(?:King|"
    rf"Queen|Prince|Princess|Sheikh|Sultan|Crown Prince)?)\s?(?P<name>{_NAME})"
)
_PREFIX = re.compile(r"(?:[A-Z][\w.&’-]{0,20},?\s(?:and\s|of\s|for\s|the\s)?){1,7}$")
_ORG_SPLIT = re.compile(r"\s(?:of|at|for|to)\s(?:the\s)?|,\s(?:the\s)?")
_CUE = re.compile(rf"\b(?:(?:{_HEADS})s?|Honorable|Mr\.|Ms\.|Mrs\.|Dr\.|Majesty|Highness)\b")
_SPACE_HANGING = re.compile(rf"\s(?:{_PARTICLE})$")
_RUNS_ON = re.compile(r"\s(?!of\b|for\b|and\b|at\b|in\b|to\b|on\b|from\b|with\b|ad\b|who\b)")
_OTHERS = re.compile(rf"^.*(?:,\s|\band\s|\b(?:{_HEADS})\s)")


def scan(text: str) -> Iterator[Named]:
    """Find the people of one sentence who are named with a title."""
    if not _CUE.search(text):
        return
    roll = _ROLL.match(text)
    if roll and not _TOLD.search(roll["title"]):
        yield _named(roll, roll["name"])
        return
    taken: list[Named] = []
    for pattern in (_TITLE_NAME, _HONORED, _NAME_TITLE):
        for found in _overlapping(pattern, text):
            named = _checked(text, found)
            if named and not any(_meets(named.name, other.name) for other in taken):
                second = _second(text, named, found) if found.re is _TITLE_NAME else None
                taken += [named, second] if second else [named]
    yield from sorted(taken, key=lambda named: named.name)


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Search on from the end of each title, since a wrong name may hide the next title."""
    at = 0
    while found := pattern.search(text, at):
        yield found
        clean = _clean(found["name"])
        at = found.start("name") + len(clean) if clean else found.start("name") + 1


def _checked(text: str, found: re.Match[str]) -> Named | None:
    name = _clean(found["name"])
    if not name and found.re is _TITLE_NAME and found["of"]:
        return _after_office(found)
    if not name:
        return None
    if found.re is _NAME_TITLE and len(name) < len(_bare(found["name"])):
        return None
    if found.re is _NAME_TITLE and _RUNS_ON.match(found["rest"]):
        return None
    if found.re is _TITLE_NAME and not _stands(text, found):
        return None
    if found.re is _TITLE_NAME and found["of"] and " " not in name:
        return None
    return _named(found, name)


def _after_office(found: re.Match[str]) -> Named | None:
    """`Advisor for Foreign Trade Ann Lee`: drop the words of the office before the name."""
    start, words = found.start("name"), found["name"].split(" ")
    while words and _not_of_name(words[0]):
        start += len(words.pop(0)) + 1
    name = _clean(" ".join(words))
    if " " not in name:
        return None
    title = _title_before(found)[0]
    return Named((start, start + len(name)), (title[0], start - 1))


def _second(text: str, named: Named, found: re.Match[str]) -> Named | None:
    """`Vice Presidents Ann Lee and Bo Berg`: a plural title is shared by two names."""
    if not text.startswith("s ", found.end("title")):
        return None
    other = _AND_NAME.match(text, named.name[1])
    name = _clean(other["name"]) if other else ""
    if not other or " " not in name:
        return None
    return Named((other.start("name"), other.start("name") + len(name)), named.title, named.org)


def _stands(text: str, found: re.Match[str]) -> bool:
    """`Vice President` is found whole; `President of the Council Ann Lee` keeps its office."""
    before = text[: found.start()][-6:]
    return not before.endswith(("Vice ", "-")) or found["title"].startswith("Vice")


def _bare(name: str) -> str:
    return re.sub(r",?\s(?:Jr|Sr)\.?$|,?\sPh\.?D\.?$", "", name)


def _clean(name: str) -> str:
    """Cut a run of capitalised words at the first that belongs to no name."""
    words: list[str] = []
    for word in name.split(" "):
        if _not_of_name(word) and (words or not _FIRST_NAME.match(name)):
            break
        words.append(word)
    kept = " ".join(words)
    return _SPACE_HANGING.sub("", kept)


def _not_of_name(word: str) -> bool:
    bare = re.sub(r"[’']s?$", "", word)
    if bare in names.NOT_NAMES or bare in _HEAD_WORDS:
        return True
    return len(bare) > 2 and bare.isupper() and bare.isascii() and "." not in bare


_HEAD_WORDS = frozenset(word for head in names.TITLE_HEADS for word in head.split())
_POSSESSIVE = re.compile(r"[’']s?$")


def _named(found: re.Match[str], name: str) -> Named:
    start = found.start("name")
    end = start + len(_POSSESSIVE.sub("", name))
    groups = found.groupdict()
    if groups.get("suffix") and end == found.end("name"):
        end = found.end("suffix") if "Ph" not in found["suffix"] else end
    if found.re is _TITLE_NAME:
        return Named((start, end), *_title_before(found))
    if found.re is _HONORED:
        return Named(
            (start, end), found.span("title") if found["title"] else (found.start(), start - 1)
        )
    return Named((start, end), *_title_after(found))


def _title_before(found: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int] | None]:
    text, start = found.string, found.start("title")
    end = found.end("of") if found["of"] else found.end("title")
    prefix = _PREFIX.search(text, max(0, start - 90), start)
    if not prefix:
        return (start, end), None
    words = prefix.group().split()
    title = start
    while words and words[-1] in names.QUALIFIERS:
        title -= len(words.pop()) + 1
    first = prefix.start()
    other = _OTHERS.match(text[first : max(first, title)])
    first += other.end() if other else 0
    return (title, end), (first, title - 1) if title - 1 > first else None


def _title_after(found: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int] | None]:
    start, end = found.span("title")
    cut = last_match(_ORG_SPLIT.finditer(found.string, start, end))
    if not cut:
        return (start, end), None
    return (start, cut.start()), (cut.end(), end)


def _meets(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
