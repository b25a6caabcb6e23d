"""Folding a text without moving anything in it, and the runs of characters it is made of."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gyoryu.base import names

# Written without blanks between words, or with blanks put freely: Hangul, Han characters, kana.
_SYLLABLE = (
    "가-힣\u3005\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
)
_RUN = re.compile(f"([{_SYLLABLE}]+)|[^\\W_{_SYLLABLE}]+")
_SYLLABLES = re.compile(f"[{_SYLLABLE}]+")
# A letter or figure that is no syllable: what a word in letters may not follow on.
LETTER = f"[^\\W_{_SYLLABLE}]"


@lru_cache(maxsize=20_000)
def _folded(char: str) -> str:
    if "가" <= char <= "힣":
        return char
    return names.place_key(char)[:1] or char


def fold(text: str) -> str:
    """Fold a composed text: no case, accents or wide forms; as long as it was."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


def runs(folded: str) -> Iterator[tuple[str, bool]]:
    """Yield the runs of a folded text, each with whether it is written in syllables."""
    for match in _RUN.finditer(folded):
        yield match.group(), match.lastindex == 1


def is_syllables(run: str) -> bool:
    """Tell whether a run is Hangul, Han characters or kana."""
    return _SYLLABLES.fullmatch(run) is not None


def stem(word: str) -> str:
    """Take the plural's s off a word in letters; short words and figures stay."""
    if len(word) < 5 or not word.isalpha() or not word.endswith("s") or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
