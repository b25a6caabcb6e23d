"""Boilerplate told line by line: what a press office prints around its own words.

Every rule looks at one short line, or at a heading and the short lines under it, so that a sentence
of the release is never lost to a word that it happens to hold. What is cut is kept with its reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gyoryu.newsroom.pages import wording
from gyoryu.newsroom.pages.values import Cut
from gyoryu.newsroom.pages.wording import BULLETS, CELL, SHORT

# In this order: the first that fits the whole line gives the reason.
_ALONE = (
    ("board", wording.BOARD),
    ("contacts", wording.CONTACT_LINE),
    ("contacts", wording.PHONE_ALONE),
    ("copyright", wording.COPYRIGHT),
    ("weather", wording.WEATHER),
    ("caption", wording.CAPTION),
    ("byline", wording.BYLINE),
    ("attached", wording.ATTACHED),
    ("end", wording.END_MARK),
)
_OPENING = 400  # letters of prose after which a repeated headline is no headline any more
_TEASER = 90


@dataclass
class _Sifting:
    title: str
    kept: list[str] = field(default_factory=list)
    cut: list[Cut] = field(default_factory=list)
    under: str = ""  # the heading whose lines are being cut
    prose: int = 0  # letters kept so far in real sentences


def sift(text: str, title: str = "") -> tuple[str, tuple[Cut, ...]]:
    """The text without boilerplate lines, and what was cut."""
    lines = text.split("\n")
    state = _Sifting(_letters(title))
    related = _related_from(lines)
    for number, line in enumerate(lines):
        reason = "related" if number >= related else _reason(line, state)
        if not line.strip():
            state.kept.append("")
        elif reason:
            state.cut.append(Cut(reason, line.strip()))
        else:
            _keep(line, state)
    return "\n".join(_single_blanks(state.kept)).strip("\n"), tuple(state.cut)


def is_header(line: str) -> bool:
    """Whether a line belongs to the head of a release form, or to nothing at all."""
    bare = line.strip(BULLETS)
    return not bare or bool(wording.HEADER.fullmatch(bare) or wording.DATE_ALONE.fullmatch(bare))


def may_be_title(line: str) -> bool:
    """Whether the first line of a text is its title, and not already its first sentence."""
    is_sentence = line.rstrip().endswith("다.") or (line.endswith(".") and len(line) > 80)
    return len(line) <= 2 * SHORT and not is_sentence


def is_related(line: str) -> bool:
    """Whether a line heads a list of other articles."""
    bare = line.strip(BULLETS)
    return len(bare) <= CELL and bool(wording.RELATED.fullmatch(bare))


def _related_from(lines: Sequence[str]) -> int:
    """Where a list of other articles begins that runs to the end of the page."""
    total = sum(map(len, lines)) or 1
    before = 0
    for number, line in enumerate(lines):
        # Near the top it is a box beside the article, cut below line by line.
        if before * 3 > total and is_related(line):
            return number
        before += len(line)
    return len(lines)


def _keep(line: str, state: _Sifting) -> None:
    state.kept.append(line)
    state.under = ""
    if len(line) > CELL and wording.SENTENCE.search(line):
        state.prose += len(line)


def _reason(line: str, state: _Sifting) -> str:
    bare = line.strip(BULLETS)
    if not bare:
        return "end" if line.strip() else ""
    if len(bare) > 2 * SHORT:
        return ""
    if _letters(bare) == state.title and state.prose < _OPENING:
        return "title"
    return _heading(bare, state) or _below(bare, state) or _alone(line.strip(), bare)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower() or "\n"


def _heading(bare: str, state: _Sifting) -> str:
    """The reason that a heading gives for itself and for the short lines under it."""
    found = ""
    if is_related(bare):
        found = "related"
    elif len(bare) <= SHORT and wording.CONTACTS.fullmatch(bare):
        found = "contacts"
    elif state.prose < 100 and len(bare) <= SHORT and wording.HEADER.fullmatch(bare):
        found = "header"
    state.under = found or state.under
    return found


def _below(bare: str, state: _Sifting) -> str:
    fits = {
        "header": bool(wording.DATE_ALONE.fullmatch(bare)),
        "contacts": len(bare) <= CELL and not wording.SENTENCE.search(bare),
        "related": len(bare) <= _TEASER and not bare.endswith("다"),
    }
    return state.under if fits.get(state.under) else ""


def _alone(line: str, bare: str) -> str:
    if _is_buttons(bare) or _is_board(bare):
        return "board"
    if _is_weather(bare):
        return "weather"
    if bare.endswith("다"):  # a sentence, or a headline that says something
        return "caption" if wording.CAPTION.fullmatch(line) else ""
    for reason, pattern in _ALONE:
        if pattern.fullmatch(bare) or pattern.fullmatch(line):
            return reason
    return ""


def _is_buttons(bare: str) -> bool:
    words = bare.lower().replace("|", " ").split()
    return len(words) <= 12 and all(word.strip(BULLETS) in wording.BUTTONS for word in words)


def _is_board(bare: str) -> bool:
    """Whether a line holds several labels of a board: 작성자 홍보과 등록일 2025-03-28 조회수 12."""
    labels = len(wording.BOARD_LABEL.findall(bare)) if len(bare) <= SHORT else 0
    return labels >= 2 and not wording.SENTENCE.search(bare)


def _is_weather(bare: str) -> bool:
    """Whether a line is hardly more than places and degrees: 서울 12℃ 맑음 부산 15℃."""
    degrees = len(wording.DEGREES.findall(bare))
    words = re.findall(r"[^\W\d_]+", wording.DEGREES.sub(" ", bare))
    return degrees > 0 and len(words) <= 3 * degrees and sum(map(len, words)) <= 8 * degrees


def _single_blanks(lines: Sequence[str]) -> Iterator[str]:
    last = ""
    for line in lines:
        if line.strip() or last:
            yield line
        last = line.strip()
