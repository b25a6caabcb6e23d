"""A text cut into pieces, so that overlapping stretches of it can be marked and the rest escaped.

Nothing here is HTML: a template writes each piece, and the template engine escapes it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Mark:
    """A stretch to be marked: the fact's anchor and number, and whether it is in conflict."""

    start: int
    end: int
    anchor: str
    number: int
    bad: bool = False


@dataclass(frozen=True)
class Piece:
    """A run of text under the same marks. ``ends`` are the marks whose stretch ends with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()

    @property
    def first(self) -> Mark | None:
        """The mark that the text links to: the shortest, which says most about these words."""
        return min(self.marks, key=lambda mark: mark.end - mark.start, default=None)

    @property
    def lead(self) -> str:
        """The text but for its last word."""
        return self.text[: len(self.text) - len(self.last)]

    @property
    def last(self) -> str:
        """The last word, which keeps its number on its line."""
        return self.text.rsplit(" ", 1)[-1][-16:]

    @property
    def bad(self) -> bool:
        """Whether any fact under these words is in conflict."""
        return any(mark.bad for mark in self.marks)


def pieces(text: str, marks: Iterable[Mark], *, offset: int = 0) -> list[Piece]:
    """Cut a text at every edge of a mark; marks outside the text are left out.

    ``offset`` is where the text stands in the whole that the marks count in.
    """
    end = offset + len(text)
    inside = [mark for mark in marks if max(mark.start, offset) < min(mark.end, end)]
    edges = {offset, end}
    for mark in inside:
        edges |= {max(offset, mark.start), min(end, mark.end)}
    cuts = sorted(edges)
    return [
        Piece(
            text[first - offset : last - offset],
            tuple(mark for mark in inside if mark.start <= first and mark.end >= last),
            tuple(mark for mark in inside if mark.end == last),
        )
        for first, last in pairwise(cuts)
    ]


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[list[Piece]]:
    """Yield the lines of a text that hold anything, each cut into pieces."""
    known = [mark for mark in marks if mark.end > mark.start]
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield pieces(line, known, offset=start)
        start += len(line) + 1
