"""Reads numbers as releases write them: `3천412만`, `1.7억`, `3억 5천만`, `twenty-six`, `1,250`."""

from __future__ import annotations

import re
from decimal import Decimal

_BIG = {"조": 10**12, "억": 10**8, "만": 10**4}
_SMALL = {"천": 1000, "백": 100, "십": 10}
_DIGITS = {word: n for n, word in enumerate("일이삼사오육칠팔구", start=1)}
_TOKEN = re.compile(r"\d[\d,]*+(?:\.\d++)?|[조억만천백십일이삼사오육칠팔구]")

SCALES = {
    "trillion": Decimal(10**12),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "million": Decimal(10**6),
    "mn": Decimal(10**6),
    "mil": Decimal(10**6),
    "m": Decimal(10**6),
    "thousand": Decimal(1000),
    "k": Decimal(1000),
}

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: n for n, word in enumerate(_ONES)}
WORDS |= {word: 10 * n for n, word in enumerate(_TENS, start=2)}
WORDS |= {"hundred": 100, "a hundred": 100, "dozen": 12, "a dozen": 12}

# A number in English: digits, or one or two number words.
ENGLISH = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|(?:"
    + "|".join(_TENS)
    + ")(?:-(?:"
    + "|".join(_ONES[1:10])
    + "))?|"
    + "|".join(sorted(_ONES[1:], key=len, reverse=True))
)


def korean(text: str) -> Decimal | None:
    """Read a Korean number made of digits, number words and 십 to 조; None where there is none."""
    total = section = Decimal(0)
    number: Decimal | None = None
    for token in _TOKEN.findall(text):
        if token in _BIG:
            held = section + (number or Decimal(0))
            total += (held or Decimal(1)) * _BIG[token]
            section, number = Decimal(0), None
        elif token in _SMALL:
            section += (Decimal(1) if number is None else number) * _SMALL[token]
            number = None
        else:
            number = _digits(token)
    value = total + section + (number or Decimal(0))
    return value if value else None


def english(text: str) -> Decimal | None:
    """Read an English number in digits or in words up to ninety-nine."""
    lowered = text.lower().strip()
    if lowered[:1].isdigit():
        return _digits(lowered)
    if lowered in WORDS:
        return Decimal(WORDS[lowered])
    tens, _, ones = lowered.partition("-")
    if tens in WORDS and ones in WORDS:
        return Decimal(WORDS[tens] + WORDS[ones])
    return None


def plain(value: Decimal) -> str:
    """Write a number without exponent and without needless zeros."""
    whole = value.to_integral_value()
    return str(int(whole)) if whole == value else format(value.normalize(), "f")


def _digits(token: str) -> Decimal:
    if token in _DIGITS:
        return Decimal(_DIGITS[token])
    return Decimal(token.replace(",", "").rstrip("."))
