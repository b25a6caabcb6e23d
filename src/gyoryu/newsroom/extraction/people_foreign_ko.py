"""Foreign names in Korean writing: with a Latin or Chinese gloss, or beside a country."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gyoryu.newsroom.extraction import shapes_ko as shapes
from gyoryu.newsroom.extraction.vocab import names_ko as names
from gyoryu.newsroom.extraction.vocab import words

Piece = tuple[int, int]

WORD = re.compile(
    r"(?P<word>[^\s()]{1,40})(?P<gloss>\(\s?[^()]{0,48}\))?(?P<tail>[*＊]{0,2})(?=\s|$)"
)
_LATIN = re.compile(r"\(\s?(?=[^()]*[A-Za-z])[A-Za-zÀ-ɏḀ-ỹ'’`.,\s-]{2,46}\)")
_HAN = re.compile(r"\(\s?[一-鿿･·\s]{0,10}\s?\)")


# Titles that share their first syllable with the office before them.
_FUSED = words("청장 처장 원장 시장 성장 국장 회장 도지사 주지사 군수 구청장")


@dataclass(frozen=True, slots=True)
class Named:
    """A person found in a sentence: offsets of name, title and organisation within it."""

    name: Piece
    title: Piece
    org: Piece | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What stands to the left of a title: its words, where they begin, and the title found."""

    words: list[re.Match[str]]
    begin: int
    title: re.Match[str]

    def piece(self, first: re.Match[str], last: re.Match[str], group: str = "word") -> Piece:
        """Give the offsets from the start of one word to the end of another."""
        return self.begin + first.start("word"), self.begin + last.end(group)

    def office(self) -> Piece | None:
        """The organisation fused to a title: `개발청` in `개발청장`."""
        if not self.title["office"]:
            return None
        start, end = self.title.span("office")
        return start, end + (self.title["title"] in _FUSED)

    def organisation(self, row: list[re.Match[str]]) -> Piece | None:
        """The run of words before a name that ends in an organisation or a country."""
        if not row:
            return None
        last = row[-1]["word"]
        if shapes.is_organisation(last):
            pass
        elif shapes.is_marked(last) or not (shapes.is_country(last) or last.isascii()):
            return None
        wider = len(row) > 1 and shapes.is_organisation(row[-2]["word"])
        return self.piece(row[-2] if wider else row[-1], row[-1])


def has_gloss(word: re.Match[str]) -> bool:
    """A gloss in letters or Chinese marks a name, an acronym marks an organisation."""
    gloss, text = word["gloss"] or "", word["word"]
    if not gloss or (shapes.is_place(text) and len(text) > 1) or gloss.strip("() ").isupper():
        return False
    if shapes.is_organisation(text) and len(gloss) > 12 and len(gloss.split()) > 2:
        return False
    return bool(_LATIN.fullmatch(gloss) or _HAN.fullmatch(gloss))


def glossed(left: Left, at: int) -> Named | None:
    """A name with its Latin or Chinese writing in brackets: as many row as the gloss has."""
    row = left.words
    gloss = row[at]["gloss"].strip("() ")
    count = _pieces(gloss) if gloss and gloss.isascii() else _syllable_words(row, at, gloss)
    first, have = at, _pieces(row[at]["word"])
    while first > 0 and have < count and _joins(row[first - 1]):
        first -= 1
        have += _pieces(row[first]["word"])
    if not shapes.HANGUL.match(row[first]["word"]) or row[at]["word"] in names.NOT_NAMES:
        return None
    name = left.piece(row[first], row[at], "gloss" if gloss else "word")
    between = row[at + 1 :]
    org = left.piece(between[0], between[-1]) if between else left.organisation(row[:first])
    return Named(name, left.title.span("title"), org)


def _joins(word: re.Match[str]) -> bool:
    return not word["gloss"] and shapes.may_join(word["word"])


def _pieces(text: str) -> int:
    return len(re.split(r"[\s-]+", text))


def _syllable_words(row: list[re.Match[str]], at: int, gloss: str) -> int:
    """How many row a Chinese gloss covers: a syllable each, Japanese names two row."""
    if not _HAN.fullmatch(f"({gloss})"):
        return _pieces(gloss)
    if any(word["word"] == "일본" for word in row) or not gloss.strip():
        return 2
    return 1 if len(row[at]["word"]) >= len(gloss.replace(" ", "")) else 2


def bare(left: Left) -> Named | None:
    """A foreign name without a gloss, next to a country or region, before a title of state."""
    title, office = left.title["title"], left.title["office"] or ""
    if title not in names.STATE_TITLES:
        return None
    province = office in shapes.PROVINCES and bool(office)
    if title in ("시장", "성장") and not province:
        return None
    end = _before_country(left.words) or _before_office(left.words)
    first = _name_start(left.words, end)
    if first == end or (first > 0 and end - first == 4):
        return None
    near = any(shapes.is_country(word["word"]) for word in left.words[end:])
    if not (near or province or _follows_country(left.words, first)):
        return None
    name = left.piece(left.words[first], left.words[end - 1])
    if name[1] - name[0] < 3 and not province:
        return None
    after = left.words[end:]
    org = left.piece(after[0], after[-1]) if after else left.office()
    return Named(name, left.title.span("title"), org)


def _before_country(row: list[re.Match[str]]) -> int:
    """Step back over `나라 부처`; 0 where no country is met."""
    end = len(row)
    while end > 0 and shapes.is_organisation(row[end - 1]["word"]):
        if shapes.is_country(row[end - 1]["word"]):
            break
        end -= 1
    start = end
    while end > 0 and shapes.is_country(row[end - 1]["word"]):
        end -= 1
    return end if end < start else 0


def _before_office(row: list[re.Match[str]]) -> int:
    """Step back over the office in `나라 이름 부처 직함`."""
    end = len(row)
    while end > 1 and shapes.is_organisation(row[end - 1]["word"]):
        end -= 1
    return end


def _name_start(row: list[re.Match[str]], end: int) -> int:
    first = end
    while first > 0 and end - first < 4:
        word = row[first - 1]
        if word["gloss"] or not shapes.is_foreign_part(word["word"]):
            break
        first -= 1
    return first


def _follows_country(row: list[re.Match[str]], first: int) -> bool:
    """`나라 이름 직함` and `나라 부처 이름 직함`."""
    if first and shapes.is_country(row[first - 1]["word"]):
        return True
    return (
        first > 1
        and shapes.is_organisation(row[first - 1]["word"])
        and shapes.is_country(row[first - 2]["word"])
    )
