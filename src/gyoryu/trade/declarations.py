"""Numbers of Korean export declarations (수출신고번호): their two shapes, and what they tell.

Since the customs service's fourth system (2016) a number has 14 characters: the declarant's code
(신고인부호, 5 letters or digits), the year (2 digits), a serial number (6 digits) and one letter or
digit that closes it, on exports usually X. Certificates write it 41774-26-003706X. Before, it had
15 digits: customs office (3), its section (2), year (2), serial number (7) and a check digit,
written 122-10-09-0034003-3; such numbers still stand on older papers and in tax statements.

Sources: Korea Customs Service, UNI-PASS Open API guide 3.0, operation API002 (expDclrNo, whose
samples have 15 digits); the customs service's forms, which part a number after the fifth and the
seventh character; the National Tax Service's statement of export results (수출실적명세서), which
keeps 15 places for it.

How the closing character is reckoned has not been made public, so it is not reckoned here: that a
number keeps the shape does not make it true. An approver looks it up in UNI-PASS.
"""

import re
import unicodedata
from dataclasses import dataclass

# The system with numbers of 14 characters began in 2016; electronic declarations in 1994.
FIRST_NEW, FIRST_OLD = 16, 94
_NEW = re.compile(r"(?P<by>[0-9A-Z]{5})(?P<year>\d{2})(?P<serial>\d{6})(?P<end>[0-9A-Z])", re.A)
_OLD = re.compile(
    r"(?P<by>\d{3})(?P<section>\d{2})(?P<year>\d{2})(?P<serial>\d{7})(?P<end>\d)", re.A
)
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−.·/]")


class NotADeclaration(ValueError):
    """What is wrong with a number: ``characters``, ``length``, ``shape``, ``serial``, ``year``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Declaration:
    """A number that keeps the shape: as it is kept, as certificates write it, and of which year."""

    number: str
    written: str
    year: int


def parse(text: str) -> Declaration:
    """Read a number as people type it, with blanks, hyphens, full-width or small letters.

    Raises ``NotADeclaration`` for what cannot be one.
    """
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not re.fullmatch(r"[0-9A-Z]*", bare, re.A):
        raise NotADeclaration("characters")
    if len(bare) not in {14, 15}:
        raise NotADeclaration("length")
    found = (_NEW if len(bare) == 14 else _OLD).fullmatch(bare)
    if found is None:
        raise NotADeclaration("shape")
    if not int(found["serial"]):
        raise NotADeclaration("serial")
    return Declaration(bare, written(bare), _year(int(found["year"]), len(bare)))


def _year(two: int, length: int) -> int:
    if length == 14:
        if two < FIRST_NEW:
            raise NotADeclaration("year")
        return 2000 + two
    return (1900 if two >= FIRST_OLD else 2000) + two


def written(number: str) -> str:
    """Write a number that is kept as certificates write it; any other text as it is."""
    if len(number) == 14:
        return f"{number[:5]}-{number[5:7]}-{number[7:]}"
    if len(number) == 15:
        return f"{number[:3]}-{number[3:5]}-{number[5:7]}-{number[7:14]}-{number[14]}"
    return number
