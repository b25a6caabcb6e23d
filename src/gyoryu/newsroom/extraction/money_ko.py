"""Amounts as Korean releases write them: `2천4백여만 달러`, `730만불`, `4.6백만불`, `U$20만`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gyoryu.newsroom.extraction import amounts


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount found in a sentence: offsets within it, currency, value(s) and hedge."""

    start: int
    end: int
    currency: str
    amount: Decimal | tuple[Decimal, Decimal]
    approx: str | None


_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,6})?"
_PIECE = (
    rf"(?:{_NUMBER}\s?여?\s?(?:[십백천]{{1,2}}여?[조억만]?|[조억만])?|"
    rf"[일이삼사오육칠팔구]?[십백천][조억만]?)여?"
)
_QUANTITY = rf"(?:{_PIECE})(?:\s?(?:{_PIECE})){{0,5}}"
CURRENCIES = {
    "USD": r"(?:미국?\s?|美\s?|US\s?)?(?:달러|불)|(?:US)?[$＄](?![\d])|USD",
    "AUD": r"호주\s?(?:달러|불)",
    "CAD": r"캐나다\s?(?:달러|불)",
    "SGD": r"싱가포르\s?(?:달러|불)",
    "HKD": r"홍콩\s?(?:달러|불)",
    "NZD": r"뉴질랜드\s?(?:달러|불)",
    "TWD": r"대만\s?(?:달러|불)",
    "CNY": r"(?:중국\s?)?위안화?|CNY|RMB",
    "JPY": r"(?:일본\s?)?엔화?(?!진|지니|터|드|딩|씨)|JPY",
    "EUR": r"유로화?(?!파|존|넥)|EUR",
    "GBP": r"(?:영국\s?)?파운드|GBP",
    "VND": r"(?:베트남\s?)?동(?=화|\s?상당)",
    "INR": r"(?:인도\s?)?루피(?!아)",
    "RUB": r"루블",
    "KRW": r"원(?=화|[\s,.()\[\]~∼·→:/*”’\"'+…]|$|[을를이가은는의에로과와도씩대어까부으]|규모|"
    r"상당|이상|이하|미만|내외|수준|짜리|정도|가량|여)(?!어민|이름|칙|에이)|KRW",
}
_UNIT = "|".join(f"(?P<{code}>{pattern})" for code, pattern in CURRENCIES.items())
_SUFFIXED = re.compile(
    r"(?<![\d.,제])(?P<open>\(|단위\s?:?\s?)?"
    rf"(?P<low>{_QUANTITY})(?:\s?[~∼～〜–-]\s?(?P<high>{_QUANTITY}))?(?P<plus>\s?\+\s?[αa]?)?"
    rf"\s{{0,2}}(?P<more>이상\s)?(?:{_UNIT})(?P<after>\s?\+\s?α)?"
)
_PREFIXED = re.compile(
    r"(?P<sign>US\s?[$＄]|U[$＄]|[$＄]|USD\s?|미화\s?|€|EUR\s?|£|¥|₩|KRW\s?|C[$]|A[$])\s?"
    rf"(?P<low>{_QUANTITY})(?:\s?[~∼–-]\s?(?P<high>{_QUANTITY}))?(?!\s?[\d만억조천백십])"
    r"(?P<scale>\s?(?:million|billion|trillion)\b)?(?!\s?(?:달러|불))"
)
_SIGNS = {"€": "EUR", "EUR": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "KRW": "KRW"}
_SIGNS |= {"C$": "CAD", "A$": "AUD"}
_CUE = re.compile(r"[달불원위엔유파루$＄€£¥₩]|USD|KRW|EUR|CNY|JPY|RMB|GBP")
_DIGIT = re.compile(r"\d")
_LAST_UNIT = re.compile(r"(?:[십백천]{1,2}[조억만]?|[조억만])여?$")
_BEFORE = (
    (re.compile(r"(?:최대|최고)\s?(?:연\s?|약\s?)?$"), "max"),
    (re.compile(r"(?:최소|최저)\s?(?:약\s?)?$"), "min"),
    (re.compile(r"(?:각각|각|개당|사당|팀당|1인당|업체당|기업당)\s?(?:약\s?)?$"), "each"),
    (re.compile(r"(?:(?<![가-힣])약|대략|어림잡아)\s{0,2}(?:한화\s|미화\s)?$"), "approx"),
)
_AFTER = (
    (re.compile(r"\s?(?:규모\s|상당\s)?(?:이상|초과|을\s넘|\+)"), "min"),
    (re.compile(r"\s?(?:이하|미만|이내|한도|까지)"), "max"),
    (re.compile(r"\s?(?:내외|안팎|가량|정도|수준|남짓)"), "approx"),
    (re.compile(r"\s?(?:이\s|의\s|가\s)?(?:예상|전망)"), "expected"),
)


def scan(text: str) -> Iterator[Sum]:
    """Find the amounts of one sentence, in the order they are written."""
    if not _CUE.search(text) or not (_DIGIT.search(text) or "만" in text or "억" in text):
        return
    sums = [one for found in _SUFFIXED.finditer(text) if (one := _suffixed(text, found))]
    sums += [one for found in _PREFIXED.finditer(text) if (one := _prefixed(text, found))]
    end = 0
    for one in sorted(sums, key=lambda s: (s.start, -s.end)):
        if one.start >= end:
            yield one
            end = one.end


def _suffixed(text: str, found: re.Match[str]) -> Sum | None:
    low, high = found["low"], found["high"]
    if not _DIGIT.search(low) and _is_label(text, found):
        return None
    code = next(code for code in CURRENCIES if found[code])
    start = found.start("low")
    amount = _amount(low, high)
    if amount is None:
        return None
    return Sum(start, found.end(), code, amount, _hedge(text, found, start))


def _prefixed(text: str, found: re.Match[str]) -> Sum | None:
    amount = _amount(found["low"], found["high"])
    if amount is None:
        return None
    if found["scale"]:
        scale = amounts.SCALES[found["scale"].strip()]
        amount = tuple(scale * x for x in amount) if isinstance(amount, tuple) else amount * scale  # type: ignore[assignment]
    code = _SIGNS.get(found["sign"].strip(), "USD")
    return Sum(found.start(), found.end(), code, amount, _hedge(text, found, found.start()))


def _is_label(text: str, found: re.Match[str]) -> bool:
    """`(백만 달러)` over a table names the unit and is no amount; nor is `수천만 원`."""
    before = text[max(0, found.start("low") - 3) : found.start("low")].rstrip()
    if before.endswith(("수", "몇")) and len(found["low"]) <= 3:
        return True
    return bool(found["open"]) or (
        before.endswith((":", "(", ",")) and text[found.end() :][:1] == ")"
    )


def _amount(low: str, high: str | None) -> Decimal | tuple[Decimal, Decimal] | None:
    if not high:
        return amounts.korean(low)
    unit, own = _LAST_UNIT.search(high), _LAST_UNIT.search(low)
    first = amounts.korean(low + unit.group() if unit and not own else low)
    last = amounts.korean(high)
    return (first, last) if first and last else None


def _hedge(text: str, found: re.Match[str], start: int) -> str | None:
    if "여" in found["low"]:
        return "approx+"
    has = found.groupdict()
    if has.get("more") or has.get("plus") or has.get("after"):
        return "min"
    after = text[found.end() : found.end() + 12]
    for pattern, name in _AFTER:
        if pattern.match(after):
            return name
    before = text[max(0, start - 14) : start]
    return next((name for pattern, name in _BEFORE if pattern.search(before)), None)
