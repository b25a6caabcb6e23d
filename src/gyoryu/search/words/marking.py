"""Finding a query's words in a text again, to show why a record was found."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from gyoryu.base import romanisation
from gyoryu.search.words import folding
from gyoryu.search.words.asking import Asked, Word

AROUND = 60
WIDTH = 180


@dataclass(frozen=True)
class Piece:
    """A piece of a text; ``marked`` when it is what was looked for."""

    text: str
    marked: bool = False


def finds(asked: Asked, text: str) -> int:
    """Count the words of a query that a text has."""
    folded = folding.fold(text)
    return sum(bool(_pattern(word).search(folded)) for word in asked.words)


def begins(asked: Asked, text: str) -> bool:
    """Tell whether a text begins with the first word of a query."""
    return bool(asked.words) and bool(_pattern(asked.words[0]).match(folding.fold(text)))


def likeness(asked: Asked, text: str) -> float:
    """Rate from 0 to 1 how much a name, or its beginning, is like what was asked, by its letters.

    Hangul is compared letter by letter, as it is typed: 수언 is nearly 수원.
    """
    ours = romanisation.joined("".join(word.text for word in asked.words))
    theirs = romanisation.joined("".join(run for run, _ in folding.runs(folding.fold(text))))
    return max(
        SequenceMatcher(None, ours, theirs[:length]).ratio()
        for length in (len(ours) - 1, len(ours), len(ours) + 1, len(theirs))
    )


def excerpt(asked: Asked, text: str, width: int = WIDTH) -> list[Piece]:
    """Cut a text down to the surroundings of its first match, with every match in it marked."""
    spans = _spans(asked, text)
    start = _start(text, spans[0][0]) if spans and len(text) > width else 0
    end = min(len(text), start + width)
    cut: list[Piece] = [Piece("… ")] if start else []
    at = start
    for first, last in spans:
        if first >= at and last <= end:
            cut += [Piece(text[at:first])] if first > at else []
            cut.append(Piece(text[first:last], marked=True))
            at = last
    tail = text[at:end] + (" …" if end < len(text) else "")
    return cut + ([Piece(tail)] if tail else [])


def _start(text: str, first: int) -> int:
    """Begin some way before the match, and at the beginning of a word."""
    start = max(0, first - AROUND)
    blank = text.find(" ", start, first)
    return blank + 1 if start and blank >= 0 else start


def _spans(asked: Asked, text: str) -> list[tuple[int, int]]:
    folded = folding.fold(text)
    found = [match.span() for word in asked.words for match in _pattern(word).finditer(folded)]
    spans: list[tuple[int, int]] = []
    for first, last in sorted(found, key=lambda span: (span[0], -span[1])):
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


@lru_cache(maxsize=64)
def _pattern(word: Word) -> re.Pattern[str]:
    if word.syllables:
        # Blanks between syllables do not count, as in titles.
        return re.compile(r"\s?".join(map(re.escape, word.text)))
    return re.compile(f"(?<!{folding.LETTER}){re.escape(folding.stem(word.text))}")
