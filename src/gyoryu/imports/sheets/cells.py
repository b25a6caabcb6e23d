"""How the text of a cell is read, and what is said where it cannot be."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names, periods
from gyoryu.base.money import CURRENCIES
from gyoryu.base.periods import Period
from gyoryu.base.refused import Refused
from gyoryu.parties import business_number

_SHORT_YEAR = re.compile(r"['’‘]?(\d\d)\s*[./년-]\s*(\d{1,2})\s*[./월-]\s*(\d{1,2})\s*[.일]?")
_WEEKDAY = re.compile(r"\s*[(（][월화수목금토일][)）]\s*$")
_SPAN = re.compile(r"\s*(?:~|～|–|—|부터| - )\s*")
_MONTHS = re.compile(r"(\d{1,4})\s*(?:개월|months?)?", re.I)
_YEARS = re.compile(r"(\d{1,3})\s*(?:년간?|years?)", re.I)
_NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")


def line(text: str) -> str:
    """Read one line of text: blanks folded, Hangul composed."""
    return names.nfc(text)


def paragraph(text: str) -> str:
    """Read a text of several lines."""
    return text.strip()


def period(text: str) -> Period:
    """Read a date as exactly as it is known; two-digit years are of this century from 00 to 49."""
    return _period(" ".join(text.split()))


@lru_cache(maxsize=20_000)
def _period(text: str) -> Period:
    bare = _WEEKDAY.sub("", text).strip()
    if found := _SHORT_YEAR.fullmatch(bare):
        year = int(found[1]) + (2000 if int(found[1]) < 50 else 1900)
        bare = f"{year}-{found[2]}-{found[3]}"
    if bare[10:11] in {" ", "T"} and bare[:4].isdigit():
        bare = bare[:10]
    try:
        return periods.parse(bare)
    except periods.NotAPeriod as wrong:
        raise _no_date(wrong, text) from None


def _no_date(wrong: periods.NotAPeriod, text: str) -> Refused:
    if wrong.code == "no_such_day" and wrong.last_day:
        last = wrong.last_day
        told = {"year": last.year, "month": last.month, "last": last.day}
        return Refused(_("%(year)d-%(month)02d has only %(last)d days.") % told)
    if wrong.code == "no_such_month":
        return Refused(_("There are only 12 months."))
    return Refused(
        _("“%(text)s” is not a date. Write 2025-04-07, 2025-04, spring 2025 or 2025.")
        % {"text": text[:40]}
    )


def span(text: str) -> Period:
    """Read the days something took: one date, or two with a wave between them."""
    parts = [part for part in _SPAN.split(text) if part]
    if len(parts) != 2:
        return period(text)
    first, last = period(parts[0]), _end(parts[1], period(parts[0]))
    if last.last < first.first:
        raise Refused(_("It ends before it starts."))
    return Period(first.first, last.last, first.precision)


def _end(text: str, start: Period) -> Period:
    """Read an end that leaves out what it shares with the start: 2025-05-18 ~ 21, ~ 5.21."""
    bare = _WEEKDAY.sub("", text).strip().rstrip(".일")
    numbers = re.split(r"[./월-]\s*", bare)
    if all(part.isdigit() and len(part) <= 2 for part in numbers) and len(numbers) <= 2:
        whole = [str(start.first.year), str(start.first.month)][: 3 - len(numbers)]
        return period("-".join([*whole, *numbers]))
    return period(text)


def day(text: str) -> date:
    """Read a date that must be known to the day."""
    found = period(text)
    if found.precision != periods.Precision.DAY:
        raise Refused(_("Write the whole date, for example 2025-04-07."))
    return found.first


def looks_like_date(text: str) -> bool:
    """Tell whether a text is a date with a day."""
    try:
        return period(text).precision == periods.Precision.DAY
    except Refused:
        return False


def number_between(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number within bounds."""

    def read(text: str) -> int:
        bare = text.rstrip("년월일. ")
        if not bare.isdecimal() or not least <= int(bare) <= most:
            told = {"least": least, "most": most}
            raise Refused(_("Write a number from %(least)d to %(most)d.") % told)
        return int(bare)

    return read


def months(text: str) -> int:
    """Read a term: 36, 36개월, 3년, 3 years."""
    if found := _YEARS.fullmatch(text):
        return int(found[1]) * 12
    if found := _MONTHS.fullmatch(text):
        return int(found[1])
    raise Refused(_("Write the term in months, such as 36, or in years, such as 3년."))


def amount(text: str) -> Decimal:
    """Read an amount without its currency."""
    bare = text.removesuffix("원").strip()
    if not _NUMBER.fullmatch(bare):
        raise Refused(_("“%(text)s” is not an amount.") % {"text": text[:40]})
    try:
        return Decimal(bare.replace(",", ""))
    except InvalidOperation:
        raise Refused(_("“%(text)s” is not an amount.") % {"text": text[:40]}) from None


def currency(text: str) -> str:
    """Read a currency by its code, or won and dollars by their words."""
    code = {"원": "KRW", "달러": "USD", "유로": "EUR", "엔": "JPY", "위안": "CNY"}.get(
        text, text.upper()
    )
    if code not in CURRENCIES:
        raise Refused(_("This currency is not known."))
    return code


def company_number(text: str) -> str:
    """Read a business number as people write it; ten digits."""
    digits = business_number.digits(text)
    if len(digits) != 10:
        raise Refused(_("A business number has ten digits."))
    return digits


def looks_like_company_number(text: str) -> bool:
    """Tell whether a text is a business number with the right check digit."""
    digits = business_number.digits(text)
    return len(digits) == 10 and len(text) <= 14 and business_number.is_valid(digits)


def web(text: str) -> str:
    """Read a web address; one without a scheme is taken for https."""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or ""):
        raise Refused(_("A website begins with https:// or http://."))
    return address


def looks_like_web(text: str) -> bool:
    """Tell whether a text is a web address."""
    return text.startswith(("http://", "https://", "www."))


def email(text: str) -> str:
    """Read an e-mail address."""
    try:
        return str(django_forms.EmailField().clean(text))
    except django_forms.ValidationError:
        raise Refused(_("This is not an e-mail address.")) from None


def choice(choices: Any, synonyms: Mapping[str, str]) -> Callable[[str], str]:
    """Return what reads one of a model's choices: by value, its words in both languages, or more.

    ``synonyms`` map further words, folded (no case, no blanks), to values.
    """
    values = {value.casefold(): value for value in choices.values}
    words = {"".join(key.casefold().split()): value for key, value in synonyms.items()}

    def read(text: str) -> str:
        plain = "".join(text.casefold().split())
        if found := values.get(plain) or words.get(plain):
            return str(found)
        told = " / ".join(str(label) for label in choices.labels)
        raise Refused(
            _("“%(text)s” is none of these: %(choices)s.") % {"text": text[:40], "choices": told}
        )

    return read


def several(text: str) -> list[str]:
    """Part a cell that names several: by lines or semicolons; a comma may be part of a name."""
    return [part for part in (names.nfc(one) for one in re.split(r"[\n;；]", text)) if part]


def listed(text: str) -> list[str]:
    """Part a cell that lists words: by lines, commas, semicolons or middle dots."""
    return [part for part in (names.nfc(one) for one in re.split(r"[\n;；,、·/]", text)) if part]
