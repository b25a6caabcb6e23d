"""Amounts in English releases: `$7.5 million`, `KRW 30–40 million`, `14 million dollars`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gyoryu.newsroom.extraction import amounts
from gyoryu.newsroom.extraction.money_ko import Sum

_SIGNS = {
    "US$": "USD",
    "U.S.$": "USD",
    "$": "USD",
    "USD": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "AUD": "AUD",
    "S$": "SGD",
    "SGD": "SGD",
    "NZ$": "NZD",
    "NZD": "NZD",
    "HK$": "HKD",
    "HKD": "HKD",
    "€": "EUR",
    "EUR": "EUR",
    "£": "GBP",
    "GBP": "GBP",
    "¥": "JPY",
    "JPY": "JPY",
    "CNY": "CNY",
    "RMB": "CNY",
    "₩": "KRW",
    "KRW": "KRW",
    "VND": "VND",
    "INR": "INR",
}
_WORDS = (
    ("USD", r"(?:(?:US|U\.S\.|American)\s)?dollars?"),
    ("CAD", r"Canadian\sdollars?"),
    ("AUD", r"Australian\sdollars?"),
    ("KRW", r"(?:(?:Korean|South Korean)\s)?won(?!\s(?:the|a|an|over|by)\b)"),
    ("CNY", r"(?:Chinese\s)?yuan|renminbi"),
    ("JPY", r"(?:Japanese\s)?yen"),
    ("EUR", r"euros?"),
    ("GBP", r"pounds?(?:\ssterling)"),
    ("INR", r"(?:Indian\s)?rupees?"),
)
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_CODE = "|".join(sorted({code for code in _SIGNS if code.isalpha() and len(code) == 3}))
_N = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,6})?"
_SCALE = r"(?:[\s-]?(?:trillion|billion|million|thousand|bn|mn)\b|(?:[MBKk]|mil)\b)"
_DASH = r"\s?[-–—]\s?|\sto\s|\sand\s"
_PREFIXED = re.compile(
    rf"(?<![A-Za-z\d])(?P<sign>{_SIGN})\s?(?P<low>{_N})(?P<lows>{_SCALE})?"
    rf"(?:(?P<by>{_DASH})(?:(?P=sign))?\s?(?P<high>{_N})(?P<highs>{_SCALE})?)?(?![\d%]|,\d|\spercent)"
)
_UNIT = "|".join(f"(?P<{code}>{pattern})" for code, pattern in _WORDS)
_SUFFIXED = re.compile(
    rf"(?<![\w$€£¥₩.,])(?P<low>{_N}|(?:{amounts.ENGLISH})(?=\s(?:m|b|tr)illion))(?P<lows>{_SCALE})?"
    rf"(?:(?:\s?[-–—]\s?|\sto\s)(?P<high>{_N})(?P<highs>{_SCALE})?)?"
    rf"[\s-](?:{_UNIT}|(?P<code>{_CODE}))\b"
)
_CUE = re.compile(rf"[$€£¥₩]|\b(?:{_CODE})|dollar|\bwon\b|yuan|\byen\b|euro|pounds|rupee|renminbi")
_CHANGE = re.compile(r"(?:increas|rais|grow|grew|ris|rose|reduc|cut|decreas|expand|lower|jump)")
_BEFORE = (
    (re.compile(r"(?:up to|maximum of|as much as|at most|no more than)\s(?:a\s)?$"), "max"),
    (
        re.compile(
            r"(?:more than|over|at least|exceed(?:ing|s)|surpass\w*|in excess of)\s(?:a\s)?$"
        ),
        "min",
    ),
    (
        re.compile(r"(?:about|approximately|around|nearly|some|roughly|almost|an estimated)\s$"),
        "approx",
    ),
    (re.compile(r"(?:each|respectively)\s$"), "each"),
    (re.compile(r"expected\s(?:to\s\w{2,12}\s)?$"), "expected"),
)
_EACH = re.compile(r"\s(?:each|apiece|per\s(?:company|team|person|participant))\b")


def scan(text: str) -> Iterator[Sum]:
    """Find the amounts of one sentence, in the order they are written."""
    if not _CUE.search(text):
        return
    sums = [one for found in _PREFIXED.finditer(text) for one in _prefixed(text, found)]
    sums += [one for found in _SUFFIXED.finditer(text) for one in _suffixed(text, found)]
    end = 0
    for one in sorted(sums, key=lambda s: (s.start, -s.end)):
        if one.start >= end:
            yield one
            end = one.end


def _prefixed(text: str, found: re.Match[str]) -> Iterator[Sum]:
    code = _SIGNS[found["sign"]]
    if found["high"] and not _is_range(text, found):
        yield from _apart(text, found, code)
    elif found["high"]:
        pair = (
            _value(found["low"], found["lows"] or found["highs"]),
            _value(found["high"], found["highs"]),
        )
        yield Sum(*found.span(), code, pair, _hedge(text, *found.span()))
    else:
        value = _value(found["low"], found["lows"])
        yield Sum(*found.span(), code, value, _hedge(text, *found.span()))


def _is_range(text: str, found: re.Match[str]) -> bool:
    """`$3 to $6 million` is a range; `raised from $4 to $9 million` is two amounts."""
    if found["by"].strip() == "and":
        return bool(re.search(r"between\s$", text[max(0, found.start() - 9) : found.start()]))
    if found["by"].strip() != "to":
        return bool(found["highs"]) or not found["lows"]
    return not _CHANGE.search(text[max(0, found.start() - 40) : found.start()])


def _apart(text: str, found: re.Match[str], code: str) -> Iterator[Sum]:
    """Two amounts side by side, of which the second may lack its sign."""
    to = found["by"].strip() == "to"
    scale = found["lows"] or (found["highs"] if to else None)
    middle = found.end("lows") if found["lows"] else found.end("low")
    yield Sum(
        found.start(),
        middle,
        code,
        _value(found["low"], scale),
        _hedge(text, found.start(), middle),
    )
    tail = text[found.end("by") : found.end()]
    if to or tail[:1] in "$€£¥₩":
        value = _value(found["high"], found["highs"])
        yield Sum(found.end("by"), found.end(), code, value, None)


def _suffixed(text: str, found: re.Match[str]) -> Iterator[Sum]:
    code = next((code for code, _ in _WORDS if found[code]), None)
    code = code or _SIGNS[found["code"]]
    low = _value(found["low"], found["lows"] or found["highs"])
    hedge = _hedge(text, *found.span())
    if found["high"]:
        high = _value(found["high"], found["highs"])
        yield Sum(*found.span(), code, (low, high), hedge)
    else:
        yield Sum(*found.span(), code, low, hedge)


def _value(number: str, scale: str | None) -> Decimal:
    value = amounts.english(number) or Decimal(0)
    return value * amounts.SCALES[scale.strip(" -").lower()] if scale else value


def _hedge(text: str, start: int, end: int) -> str | None:
    if _EACH.match(text, end):
        return "each"
    before = text[max(0, start - 30) : start]
    return next((name for pattern, name in _BEFORE if pattern.search(before)), None)
