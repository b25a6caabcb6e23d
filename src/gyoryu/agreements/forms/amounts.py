"""Amounts of money as people type them, and what to type when they wrote them in words."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gyoryu.web import forms

_NUMERALS = {char: number for number, char in enumerate("영일이삼사오육칠팔구")} | {
    "공": 0,
    "육": 6,
    "륙": 6,
}
_TENS = {"십": 10, "백": 100, "천": 1000}
_MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
MOST = Decimal(10) ** 15


class AmountField(forms.TextField):
    """An amount in digits: 12,000,000. Empty means not known, which is not zero."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Return the amount, or say what to type instead."""
        text = super().to_python(value)
        return read_amount(text) if text else None

    def run_validators(self, value: Any) -> None:
        """The text was read; a number needs no more."""

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount with separators and without empty decimals."""
        if not isinstance(value, Decimal):
            return value
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,}"


def read_amount(text: str) -> Decimal:
    """Read digits with or without separators, or raise the error a reader understands."""
    bare = re.sub(r"[\s,]|원$|^[₩$€]", "", unicodedata.normalize("NFKC", text))
    try:
        if not re.fullmatch(r"-?\d+(\.\d+)?", bare):
            raise InvalidOperation
        amount = Decimal(bare)
    except InvalidOperation:
        raise ValidationError(_in_digits(text, bare)) from None
    if amount < 0:
        raise ValidationError(_("A cost is not below zero."))
    if amount >= MOST:
        raise ValidationError(_("This is more than can be kept. Check the number."))
    return amount


def _in_digits(text: str, bare: str) -> Any:
    number = korean_number(bare)
    if number is None:
        return _("Write digits only, for example 12,000,000.")
    return _("Write digits only. %(text)s is %(number)s.") % {
        "text": text[:40],
        "number": f"{number:,}",
    }


def korean_number(text: str) -> int | None:
    """Read a number in Korean words or half in digits: 천이백만, 1,200만, 3억 5천만; else none."""
    rest = re.sub(r"[\s,원]", "", text)
    total, group, digit, seen = Decimal(0), Decimal(0), Decimal(0), False
    while rest:
        found = _NUMBER.match(rest)
        word = found.group() if found else rest[0]
        if found or word in _NUMERALS:
            digit = Decimal(word) if found else Decimal(_NUMERALS[word])
        elif word in _TENS:
            group, digit = group + (digit or 1) * _TENS[word], Decimal(0)
        elif word in _MYRIADS:
            total += ((group + digit) or 1) * _MYRIADS[word]
            group = digit = Decimal(0)
        else:
            return None
        rest, seen = rest[len(word) :], True
    return int(total + group + digit) if seen else None
