"""The columns a kind of sheet may have, and how the columns of a file are guessed from them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import override

from gyoryu.imports.sheets import cells

# Rows looked at to guess a column from what stands in it.
SAMPLE = 30


@dataclass(frozen=True, eq=False)
class Column:
    """A column that is read: its field, its words, the headings it may have, how a cell is read.

    ``read`` takes a cell's text, which is never empty, and raises Refused. ``refers`` names what
    the text is looked up in instead ("organisation", "region", …). ``looks`` tells from a cell's
    text that it belongs here, whatever the heading.
    """

    name: str
    label: Any
    headings: tuple[str, ...]
    read: Callable[[str], Any] = cells.line
    refers: str = ""
    required: bool = False
    example: tuple[str, str] = ("", "")
    looks: Callable[[str], bool] | None = None
    help: Any = ""

    def folded(self) -> frozenset[str]:
        """Return every heading it may have, folded; our own words for it are among them."""
        return _folded(self)


# Bounded, because the questions of each call are columns of their own.
@lru_cache(maxsize=2000)
def _folded(column: Column) -> frozenset[str]:
    labels = []
    for language in ("ko", "en"):
        with override(language):
            labels.append(str(column.label))
    return frozenset(fold(text) for text in (*column.headings, *labels)) - {""}


_BRACKETS = re.compile(r"[(\[（［<〈].*?[)\]）］>〉]")


def fold(heading: str) -> str:
    """Fold a heading: no case, blanks, punctuation or brackets. "체결일 (서명일)" is 체결일."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(c for c in _BRACKETS.sub("", plain) if c.isalnum())


def is_known(columns: Sequence[Column]) -> Callable[[str], bool]:
    """Return what tells whether a text is a heading of one of the columns."""
    known = IGNORED.union(*(column.folded() for column in columns))

    def known_heading(text: str) -> bool:
        return len(text) <= 40 and fold(text) in known

    return known_heading


# Headings that say nothing about a record: the running number of a list, remarks on its making.
IGNORED = {"연번", "순번", "no", "순", "구분번호", "serial", "sn"}


def guess(
    headings: Sequence[str], rows: Iterable[Sequence[str]], columns: Sequence[Column]
) -> dict[int, str]:
    """Guess which field each column holds: by its heading, a part of it, then by its content.

    A heading that two columns have is left to a person: nothing says which of them is meant.
    """
    sample = [list(row) for _, row in zip(range(SAMPLE), rows, strict=False)]
    found: dict[int, str] = {}
    doubled = {text for text in headings if text and headings.count(text) > 1}
    open_places = [i for i, text in enumerate(headings) if text not in doubled]
    for match in (_by_heading, _by_part):
        for place in open_places:
            taken = set(found.values())
            left = [column for column in columns if column.name not in taken]
            if place not in found and (name := match(headings[place], left)):
                found[place] = name
    for place in open_places:
        taken = set(found.values())
        left = [column for column in columns if column.name not in taken and column.looks]
        if place not in found and (name := _by_content(place, sample, left)):
            found[place] = name
    return found


def _by_heading(heading: str, columns: Sequence[Column]) -> str:
    folded = fold(heading)
    if not folded or folded in IGNORED:
        return ""
    for column in columns:
        if folded in column.folded():
            return column.name
    return ""


def _by_part(heading: str, columns: Sequence[Column]) -> str:
    """Find the column whose heading is the longest part of this one, in brackets or out of them."""
    folded = "".join(c for c in unicodedata.normalize("NFKC", heading).casefold() if c.isalnum())
    if not folded or folded in IGNORED:
        return ""
    found = [
        # Of two lines of a header the lower says what it is: "their side: country" is a country.
        (folded.endswith(part), len(part), column.name)
        for column in columns
        for part in column.folded()
        if len(part) >= (4 if part.isascii() else 2) and part in folded
    ]
    return max(found, key=lambda one: one[:2])[2] if found else ""


def _by_content(place: int, sample: list[list[str]], columns: Sequence[Column]) -> str:
    texts = [row[place] for row in sample if place < len(row) and row[place]]
    if len(texts) < 2:
        return ""
    for column in columns:
        if column.looks and all(map(column.looks, texts)):
            return column.name
    return ""
