"""How one answer is read: a text, a number, an amount of won, a day."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

# Whole digits of a number, and digits after its point.
WHOLE, PLACES = 15, 6
MOST_WON = 10**15
LONGEST_NUMBER = 40
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
_CURRENCY = re.compile(r"^(?:₩|KRW)\s*|\s*(?:원|KRW)$", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Wrong(Exception):
    """What is wrong with an answer or a question: a code, and the numbers that belong to it."""

    def __init__(self, code: str, values: dict[str, Any] | None = None) -> None:
        super().__init__(code, values or {})
        self.code = code
        self.values = values or {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wrong) and (self.code, self.values) == (other.code, other.values)

    def __hash__(self) -> int:
        return hash(self.code)


def line(value: Any) -> str:
    """Return what was typed as one line of composed text (NFC); "" for what is no text."""
    return " ".join(paragraphs(value).split())


def paragraphs(value: Any) -> str:
    """Return what was typed, composed (NFC), without blanks around it; lines are kept."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, int) and abs(value) >= 10**LONGEST_NUMBER:
        raise Wrong("too_many_digits", {"most": WHOLE})
    text = unicodedata.normalize("NFC", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    if _CONTROL.search(text):
        raise Wrong("characters")
    return text.strip()


def number(value: Any) -> Decimal | None:
    """Read a number as people write it (1,234.5); none for an empty answer."""
    text = unicodedata.normalize("NFKC", line(value)).replace("−", "-")
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if not found or not text.isascii():
        raise Wrong("not_a_number", {"text": text[:40]})
    sign, whole, places = found[1], found[2].replace(",", "").lstrip("0"), found[3] or ""
    if len(whole) > WHOLE:
        raise Wrong("too_many_digits", {"most": WHOLE})
    if len(places.rstrip("0")) > PLACES:
        raise Wrong("too_many_places", {"most": PLACES})
    # A minus before nothing is nothing.
    return Decimal(f"{sign}{whole or '0'}.{places or '0'}") + Decimal(0)


def won(value: Any) -> int | None:
    """Read a whole amount of won, zero or more; none for an empty answer."""
    text = unicodedata.normalize("NFKC", line(value))
    amount = number(_CURRENCY.sub("", text))
    if amount is None:
        if text:
            raise Wrong("not_a_number", {"text": text[:40]})
        return None
    if amount != amount.to_integral_value():
        raise Wrong("not_whole_won")
    if amount < 0:
        raise Wrong("below_zero")
    if amount >= MOST_WON:
        raise Wrong("too_many_digits", {"most": WHOLE})
    return int(amount)


def day(value: Any) -> date | None:
    """Read a day (2025-04-07, 2025. 4. 7., 2025년 4월 7일); none for an empty answer."""
    text = unicodedata.normalize("NFKC", line(value))
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if not found:
        raise Wrong("not_a_day", {"text": text[:40]})
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Wrong("no_such_day", {"text": text[:40]}) from None


def plain(value: Decimal) -> str:
    """Write a number with no zeros it does not need, and never with an exponent."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text
