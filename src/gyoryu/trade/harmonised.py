"""Codes of the Harmonised System: how people write them, and what one covers.

A code is 2 digits (chapter), 4 (heading), 6 (subheading, alike in all countries) or 8 to 10 (a
country's own). A shorter one covers all that begin with it. Source: the World Customs
Organization's Harmonised System; Korea's own codes (HSK) have 10 digits.
"""

import re

LENGTHS = {2, 4, 6, 8, 10}
_APART = re.compile(r"[,;·/\n]+|\s{2,}| (?=\d{4})")
_WRITTEN = re.compile(r"\d(?:[\d.\- ]*\d)?")


class NotACode(ValueError):
    """A text that is no code; ``text`` is what was written."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def code(text: str) -> str:
    """Return the digits of one code as people write it: 3304.99-1000, 3304 99."""
    plain = text.strip().removeprefix("HS").strip()
    digits = re.sub(r"[.\- ]", "", plain)
    known = plain.isascii() and _WRITTEN.fullmatch(plain) and len(digits) in LENGTHS
    # Chapters run from 01 to 97; 98 and 99 are kept for what a country counts itself.
    if not known or digits.startswith("00"):
        raise NotACode(text.strip())
    return digits


def codes(text: str) -> list[str]:
    """Return the codes of a line, parted by commas or lines, each once."""
    bare = re.sub(r"\bHS\s*(?=\d)", "", text.strip())
    parts = [part for part in _APART.split(bare) if part.strip()]
    return list(dict.fromkeys(code(part) for part in parts))


def written(digits: str) -> str:
    """Write a code as customs do: 3304.99-1000."""
    head, middle, tail = digits[:4], digits[4:6], digits[6:]
    return head + (f".{middle}" if middle else "") + (f"-{tail}" if tail else "")


def covers(wide: str, narrow: str) -> bool:
    """Tell whether one of two codes lies within the other."""
    return narrow.startswith(wide) or wide.startswith(narrow)
