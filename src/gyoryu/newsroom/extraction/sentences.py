"""Cuts a text into lines and sentences of bounded length, and finds quoted speech."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

# A sentence is never longer than this, so that work within one sentence is bounded.
LONGEST = 900

_LINE = re.compile(r"[^\r\n\u2028\u2029]++")
# A full stop ends a sentence after a letter or a closing mark, not after a digit ("3. 4.").
_STOP = re.compile(r"(?<=[^\W\d_]|[)\]”’\"'%…])[.!?]{1,3}+[”’\"')\]]{0,2}+(?=\s|[□○ㅇ])\s*+")
# … but a year or a day before a new English sentence does end one ("in 1998. The").
_STOP_AFTER_DIGIT = re.compile(r"(?<=\d)\.(?=\s+[A-Z“])\s*+")
_WORD_BEFORE = re.compile(r"[a-z,%$]\s[$€£]?[\d,.]{1,12}$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:Mr|Mrs|Ms|Dr|Jr|Sr|St|Gen|Sen|Rep|Gov|Lt|Col|Prof|Hon|Amb|Inc|Ltd|Co|Corp"
    r"|No|vs|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mt|Ft|(?:[A-Z]\.){0,3}[A-Z])$"
)
_LOWER = re.compile(r"[a-z(]")
# What follows the words of somebody: 라고, 며, 는 in Korean; a verb of saying in English.
_SAID = re.compile(r"\s?(?:이?라|고\s|며|면서|는\s|하)|\s(?:said|he|she|they)\b")
_CURLY = re.compile(r"“[^“”\n]{8,1500}+[”\n]?")
_STRAIGHT = re.compile(r"\"[^\"\n]{8,1500}+[\"\n]?")


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Give the lines that hold anything, without the spaces around them."""
    for found in _LINE.finditer(text):
        piece = found.group()
        kept = piece.strip()
        if kept:
            start = found.start() + piece.index(kept[0])
            yield start, start + len(kept)


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut one line into sentences, each at most `LONGEST` characters."""
    begin = start
    for stop in _stops(text, start, end):
        if stop - begin >= 2:
            yield from _bounded(text, begin, stop)
            begin = stop
    if begin < end:
        yield from _bounded(text, begin, end)


def quoted(text: str) -> list[tuple[int, int]]:
    """Find the ranges of quoted speech, in order; a quoted title is not speech."""
    found = [*_CURLY.finditer(text), *_STRAIGHT.finditer(text)]
    return sorted(one.span() for one in found if _is_speech(text, one))


def _is_speech(text: str, found: re.Match[str]) -> bool:
    inner = found.group().rstrip('”"\n ')
    if len(inner) > 90 or inner[-1:] in ".,!?…":
        return True
    return bool(_SAID.match(text, found.end()))


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    found = [one.end() for one in _STOP.finditer(text, start, end) if _is_stop(text, one)]
    found += [
        one.end()
        for one in _STOP_AFTER_DIGIT.finditer(text, start, end)
        if _WORD_BEFORE.search(text[max(start, one.start() - 16) : one.start()])
    ]
    yield from sorted(found)


def _is_stop(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 1]
    if _LOWER.match(after):
        return False
    return not _ABBREVIATION.search(text[max(0, found.start() - 8) : found.start()])


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def last_match(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    """Give the last of a run of matches."""
    return next(iter(deque(found, maxlen=1)), None)
