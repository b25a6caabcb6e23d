"""What an index knows of a text: its pieces, what a query asks for, and where it was found.

Plain Python. Texts are composed (NFC) and folded character by character, so that a place in the
folded text is the same place in the text. Hangul, Han characters and kana are cut into pieces of
two ("수원시" into 수원, 원시): Korean writes no blank before 시, 을 or 에서, so a word is found
wherever it stands. Letters and figures are words, without accents, case and the plural's s.

Titles and names are cut finer than long texts: into one, two and three characters, across blanks,
and words by their beginnings. They are short, and what is looked for is mostly a name.
"""

from gyoryu.search.words.asking import Asked, Word, ask
from gyoryu.search.words.cutting import everything, titled, whole
from gyoryu.search.words.marking import Piece, begins, excerpt, finds, likeness

__all__ = [
    "Asked",
    "Piece",
    "Word",
    "ask",
    "begins",
    "everything",
    "excerpt",
    "finds",
    "likeness",
    "titled",
    "whole",
]
