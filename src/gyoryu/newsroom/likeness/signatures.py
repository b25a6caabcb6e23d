"""How alike two texts are, from two small signatures.

A signature is one pass over the text (one-permutation MinHash), is kept with the article, and is
compared in microseconds. `bands` are keys to look up: two texts that are half alike share at least
one with a probability of about 0.9, two that are three quarters alike practically always.
"""

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from gyoryu.newsroom.text import languages

_BINS = 128
_ROWS = 4
_EMPTY = 0xFFFFFFFF
_SYLLABLES, _WORDS = 5, 3
_FORM = struct.Struct(f"<HI{_BINS}I")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SAME, _CONTAINED, _IDENTICAL = 0.5, 0.8, 0.98
_FEWEST = 40  # shingles below which a text is too short to be called contained
_FEW_FIGURES = 4


@dataclass(frozen=True)
class Signature:
    """What is kept of a text: the least hash of each bin, the number of shingles, the figures."""

    minima: tuple[int, ...]
    size: int
    figures: frozenset[str] = frozenset()

    def packed(self) -> bytes:
        """The signature as bytes, to be kept beside the article."""
        listed = "\n".join(sorted(self.figures)).encode()
        return _FORM.pack(1, min(self.size, _EMPTY), *self.minima) + listed

    @classmethod
    def unpacked(cls, packed: bytes) -> "Signature":
        """A signature from the bytes of `packed`."""
        _, size, *minima = _FORM.unpack_from(packed)
        listed = packed[_FORM.size :].decode()
        return cls(tuple(minima), size, frozenset(filter(None, listed.split("\n"))))


@dataclass(frozen=True)
class Likeness:
    """How alike two texts are: shared part of both, part of the shorter one, shared figures.

    `reason` is "identical", "same-words", "contained", "template" (the same words around other
    figures: this month's statistics and last month's) or "different".
    """

    share: float
    contained: float
    figures: float
    reason: str

    @property
    def same(self) -> bool:
        """Whether the two tell the same story in the same words."""
        return self.reason in ("identical", "same-words", "contained")


def signature(text: str) -> Signature:
    """The signature of a text, in time linear in its length."""
    minima = [_EMPTY] * _BINS
    hashes = {zlib.crc32(shingle.encode()) for shingle in _shingles(text)}
    for crc in hashes:
        mixed = _mixed(crc)
        place, value = mixed % _BINS, (mixed >> 7) & 0xFFFFFFFE
        if value < minima[place]:
            minima[place] = value
    return Signature(tuple(minima), len(hashes), frozenset(_figures(text)))


def compare(one: Signature, other: Signature) -> Likeness:
    """How alike the texts of two signatures are."""
    pairs = [(a, b) for a, b in zip(one.minima, other.minima, strict=True) if min(a, b) != _EMPTY]
    share = sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0
    smaller = min(one.size, other.size)
    common = share * (one.size + other.size) / (1 + share)
    contained = min(1.0, common / smaller) if smaller else 0.0
    figures = _shared(one.figures, other.figures)
    reason = _reason(share, contained, smaller, figures, one.figures == other.figures)
    told = reason if not _is_template(one, other, figures) or reason == "different" else "template"
    return Likeness(share, contained, figures, told)


def bands(of: Signature) -> tuple[int, ...]:
    """Keys under which to look for texts alike: one in common makes two texts candidates."""
    if not of.size:
        return ()
    full = _without_gaps(of.minima)
    return tuple(
        (at // _ROWS) << 32 | zlib.crc32(struct.pack(f"<{_ROWS}I", *full[at : at + _ROWS]))
        for at in range(0, _BINS, _ROWS)
    )


def _shingles(text: str) -> Iterator[str]:
    """Five syllables in a row for Korean, whose endings change; three words for other languages."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"[^\W_]+", folded)
    if languages.of(text) == "ko":
        run = "".join(words)
        yield from (run[at : at + _SYLLABLES] for at in range(max(1, len(run) - _SYLLABLES + 1)))
    elif words:
        starts = range(max(1, len(words) - _WORDS + 1))
        yield from (" ".join(words[at : at + _WORDS]) for at in starts)


def _figures(text: str) -> Iterator[str]:
    for found in _FIGURE.findall(text):
        figure = found.replace(",", "").rstrip(".")
        if len(figure) > 1:
            yield figure[:20]


def _mixed(crc: int) -> int:
    # CRC is linear: without this stir its low bits would fill the bins unevenly.
    crc = (crc ^ 0x9E3779B97F4A7C15) * 0xFF51AFD7ED558CCD & 0xFFFFFFFFFFFFFFFF
    crc = (crc ^ crc >> 33) * 0xC4CEB9FE1A85EC53 & 0xFFFFFFFFFFFFFFFF
    return crc ^ crc >> 29


def _without_gaps(minima: tuple[int, ...]) -> list[int]:
    """Empty bins borrow from the next full one, so that short texts have bands too."""
    full = list(minima)
    borrowed = next(value for value in minima if value != _EMPTY)
    for place in range(_BINS - 1, -1, -1):
        if full[place] == _EMPTY:
            full[place] = borrowed
        else:
            borrowed = full[place]
    return full


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _is_template(one: Signature, other: Signature, figures: float) -> bool:
    # An excerpt has few of the figures of the whole, so the shorter list decides.
    fewer = min(len(one.figures), len(other.figures))
    common = len(one.figures & other.figures)
    return fewer >= _FEW_FIGURES and common < 0.6 * fewer and figures < 0.6


def _reason(share: float, contained: float, smaller: int, figures: float, alike: bool) -> str:
    if share >= _IDENTICAL and alike:
        return "identical"
    if share >= _SAME:
        return "same-words"
    if contained >= _CONTAINED and smaller >= _FEWEST:
        return "contained"
    return "different"
