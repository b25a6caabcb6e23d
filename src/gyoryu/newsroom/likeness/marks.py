"""What two versions of one story share in any language: figures, days, foreign names, countries."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from gyoryu.newsroom.likeness import sounds

_KOREAN_UNITS = {"조": 10**12, "억": 10**8, "만": 10**4}
_KOREAN_SMALL = {"천": 1000, "백": 100}
_ENGLISH_UNITS = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
_KOREAN = re.compile(
    r"(?:\d[\d,]{0,15}(?:\.\d{1,4})?\s?(?:천|백)?여?\s?[조억만천백]?\s?여?\s?){1,4}"
)
_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([천백])?여?\s?([조억만])?")
_ENGLISH = re.compile(
    r"(\d[\d,]{0,15}(?:\.\d{1,4})?)(?:[\s-]?(trillion|billion|million|thousand)\b)?", re.I
)
_KOREAN_DAY = re.compile(r"(\d{1,2})월\s?(\d{1,2})일|(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.?\s?\(")
_KOREAN_DATE = re.compile(r"(?:\d{1,2}월\s?)?\d{1,2}일|\d{1,2}\.\s?\d{1,2}\.?\s?(?=\()")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(" + "|".join(_MONTHS) + r")[a-z]{0,6}\.?"
_ENGLISH_DAY = re.compile(
    rf"\b{_MONTH}\s(\d{{1,2}})(?!\d)|\b(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b", re.I
)
# Not by word boundaries: in "COVAX와" there is none for Python.
_LATIN_NAME = re.compile("(?<![A-Za-z\u00c0-\u024f])[A-Z][A-Za-z\u00c0-\u024f]{2,}")
_WORD = re.compile(r"\b[a-z]{3,}\b")
# Words of titles and offices, in the gloss of every second Korean release.
# fmt: off
_COMMON = frozenset((
    "the", "and", "for", "with", "this", "that", "mou", "usd", "krw", "ceo", "eng", "version",
    "press", "release", "international", "global", "national", "business", "center", "centre",
    "institute", "affairs", "economic", "energy", "innovation", "partnership", "program", "east",
    "west", "north", "south", "middle", "city", "day", "prince", "forum", "week", "conference",
    "association", "agreement", "trade", "investment", "technology", "development", "ministry",
    "authority", "services", "korea", "korean", "republic",
))
# fmt: on
_AMERICA = re.compile(r"\bU\.?S\.?A?\.?(?=\W)|\bAmerican?\b")
_FEWEST = 20  # smaller counts are in every text


@dataclass(frozen=True)
class Marks:
    """The marks of one text: figures as values, names in lower case, countries as codes."""

    figures: frozenset[float] = frozenset()
    days: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    sounds: frozenset[str] = field(default=frozenset(), repr=False)


def of_korean(text: str) -> Marks:
    """The marks of a Korean text."""
    return Marks(
        figures=frozenset(_telling(_korean_values(text))),
        days=frozenset(_korean_days(text)),
        names=frozenset(_names(text)),
        places=_places(text, "ko"),
        sounds=sounds.of_korean(text),
    )


def of_english(text: str) -> Marks:
    """The marks of an English text."""
    places = _places(text, "en") | ({"US"} if _AMERICA.search(text) else set())
    return Marks(
        figures=frozenset(_telling(_english_values(text))),
        days=frozenset(_english_days(text)),
        names=frozenset(_names(text)),
        places=places,
        sounds=frozenset(sounds.of_latin(text)),
    )


def same_figures(one: frozenset[float], other: frozenset[float]) -> set[float]:
    """Figures of one text that the other has too, as exactly as the rounder of both tells."""
    rounded = {_rounded(value, 3) for value in other} | {
        _rounded(value, 2) for value in other if _rounded(value, 2) == value
    }
    exact = {value for value in one if _rounded(value, 3) in rounded}
    coarse = {_rounded(value, 2) for value in other}
    return exact | {v for v in one if _rounded(v, 2) == v and v >= 1000 and v in coarse}


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")


def _telling(values: Iterator[float]) -> Iterator[float]:
    for value in values:
        is_year = 1980 <= value <= 2040 and value == int(value)
        if value >= _FEWEST and not is_year:
            yield value


def _korean_values(text: str) -> Iterator[float]:
    for found in _KOREAN.findall(_KOREAN_DATE.sub(" ", text)):
        total = 0.0
        for digits, small, large in _PART.findall(found):
            value = _number(digits) * _KOREAN_SMALL.get(small, 1) * _KOREAN_UNITS.get(large, 1)
            total += _held_over(total, large) + value
        yield total


def _held_over(total: float, large: str) -> float:
    # In 3천623만 the 3천 counts ten thousands as well: what came before is lifted by the unit.
    unit = _KOREAN_UNITS.get(large, 1)
    return total * (unit - 1) if 0 < total < unit else 0.0


def _english_values(text: str) -> Iterator[float]:
    for digits, unit in _ENGLISH.findall(_ENGLISH_DAY.sub(" ", text)):
        yield _number(digits) * _ENGLISH_UNITS.get(unit.lower(), 1)


def _number(digits: str) -> float:
    return float(digits.replace(",", "") or 0)


def _korean_days(text: str) -> Iterator[str]:
    for month, day, dotted_month, dotted_day in _KOREAN_DAY.findall(text):
        yield f"{int(month or dotted_month):02}-{int(day or dotted_day):02}"


def _english_days(text: str) -> Iterator[str]:
    for before, day, day_before, after in _ENGLISH_DAY.findall(text):
        month = _MONTHS.index((before or after).lower()) + 1
        yield f"{month:02}-{int(day or day_before):02}"


def _names(text: str) -> Iterator[str]:
    # What the same text also writes small is a word and no name.
    words = set(_WORD.findall(text))
    for name in _LATIN_NAME.findall(text):
        if (folded := _unaccented(name)) not in _COMMON and folded not in words:
            yield folded


def _unaccented(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _places(text: str, language: str) -> frozenset[str]:
    pattern, codes = _countries(language)
    return frozenset(codes[name] for name in pattern.findall(text))


@cache
def _countries(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Every country by its name in the language; the release's own country says nothing."""
    told = Locale.parse(language).territories
    codes = {name: code for code, name in told.items() if len(code) == 2 and code.isalpha()}
    codes = {name: code for name, code in codes.items() if code != "KR" and len(name) > 1}
    longest_first = sorted(codes, key=len, reverse=True)
    edge = r"\b" if language == "en" else ""
    return re.compile(edge + "(" + "|".join(map(re.escape, longest_first)) + ")" + edge), codes
