"""Periods: dates that are known to the day, or only to a month, a season, a half or a year.

An agreement may be signed "in September 1983"; a promise may be due "in spring 2025". A period
keeps its first and last day, so that it sorts and falls overdue like a date, and its precision, so
that it is shown as it was said.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a period is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class NotAPeriod(ValueError):
    """Text that names no period.

    ``code`` is one of ``unknown``, ``no_such_day`` and ``no_such_month``.

    ``last_day`` is the last day of the month that was meant, when the code is ``no_such_day``.
    """

    def __init__(self, code: str, *, last_day: date | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.last_day = last_day


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, both ends included, and how it was said."""

    first: date
    last: date
    precision: Precision = Precision.DAY

    @classmethod
    def day(cls, day: date) -> "Period":
        """Return the period of one day."""
        return cls(day, day, Precision.DAY)

    @property
    def season(self) -> int:
        """0 spring, 1 summer, 2 autumn, 3 winter: by the first month, as Korea counts them."""
        return (self.first.month - 3) % 12 // 3


# Korean seasons by the meteorological calendar: spring is March to May, winter begins in December.
SEASONS = {
    "봄": 3, "여름": 6, "가을": 9, "겨울": 12,
    "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12,
}  # fmt: skip
_SEASON_WORDS = "|".join(SEASONS)
_YEAR = r"(?P<y>(?:19|20)\d\d)\s*년?"
_ISO_DAY = re.compile(_YEAR + r"\s*[-./]?\s*(?P<m>\d{1,2})\s*[-./월]\s*(?P<d>\d{1,2})\s*[.일]?")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_MONTH = re.compile(_YEAR + r"\s*[-./]?\s*(?P<m>\d{1,2})\s*[.월]?")
_SEASON = re.compile(
    rf"{_YEAR}\s*(?P<s>{_SEASON_WORDS})|(?P<s2>{_SEASON_WORDS})\s*(?P<y2>(?:19|20)\d\d)", re.I
)
_QUARTER = re.compile(
    rf"{_YEAR}\s*-?\s*(?:(?P<q>[1-4])\s*분기|Q(?P<q2>[1-4]))|Q(?P<q3>[1-4])\s*(?P<y2>(?:19|20)\d\d)",
    re.I,
)
_HALF = re.compile(
    rf"{_YEAR}\s*-?\s*(?:(?P<h>[상하])반기|H(?P<h2>[12]))|H(?P<h3>[12])\s*(?P<y2>(?:19|20)\d\d)",
    re.I,
)
_ONLY_YEAR = re.compile(_YEAR)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_NAMED = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_BARE_YEAR = r"(?:19|20)\d\d"
_ENGLISH_DAY = re.compile(
    rf"(?P<d>\d{{1,2}})\s+(?P<n>{_NAMED})\.?,?\s+(?P<y>{_BARE_YEAR})"
    rf"|(?P<n2>{_NAMED})\.?\s+(?P<d2>\d{{1,2}}),?\s+(?P<y2>{_BARE_YEAR})",
    re.I,
)
_ENGLISH_MONTH = re.compile(rf"(?P<n>{_NAMED})\.?,?\s+(?P<y>{_BARE_YEAR})", re.I)
_WEEKDAYS = "월화수목금토일"
_WITH_WEEKDAY = re.compile(rf"(.+?)\s*\(([{_WEEKDAYS}])\)")
_BETWEEN = re.compile(r"\s*[–~]\s*|\s+-\s+")


def parse(text: str) -> Period:
    """Read a period as people write it: 2025-03-27, 27 Mar 2025, 2025.3, 2025년 봄, H1 2025, 2025.

    What ``in_words`` writes is among it, weekdays and several days included. Raises NotAPeriod
    with a code that says what is wrong.
    """
    ends = _BETWEEN.split(text.strip())
    if len(ends) == 1:
        return _one(ends[0])
    first, last = _one(ends[0]), _one(ends[-1])
    if len(ends) > 2 or {first.precision, last.precision} != {Precision.DAY} or last < first:
        raise NotAPeriod("unknown")
    return Period(first.first, last.last)


def _one(text: str) -> Period:
    """Read what has no end of its own: a day, with or without its weekday, or a vaguer time."""
    if dated := _WITH_WEEKDAY.fullmatch(text):
        named = _one(dated[1])
        # A weekday that is not that day's says that one of the two is mistaken.
        if named.precision != Precision.DAY or _WEEKDAYS[named.first.weekday()] != dated[2]:
            raise NotAPeriod("unknown")
        return named
    for pattern, make in _SHAPES:
        found = pattern.fullmatch(text)
        if found:
            return make(found)
    raise NotAPeriod("unknown")


def month(year: int, number: int) -> Period:
    """Return the period of one calendar month; raise NotAPeriod when there is no such month."""
    return _span(year, number, 1, Precision.MONTH)


def _day(found: re.Match[str]) -> Period:
    year, number, day = int(found["y"]), int(found["m"]), int(found["d"])
    last = _last_day(year, number)
    if not 1 <= day <= last.day:
        raise NotAPeriod("no_such_day", last_day=last)
    return Period.day(date(year, number, day))


def _english_day(found: re.Match[str]) -> Period:
    year, day = int(found["y"] or found["y2"]), int(found["d"] or found["d2"])
    last = _last_day(year, _named(found["n"] or found["n2"]))
    if not 1 <= day <= last.day:
        raise NotAPeriod("no_such_day", last_day=last)
    return Period.day(last.replace(day=day))


def _english_month(found: re.Match[str]) -> Period:
    return month(int(found["y"]), _named(found["n"]))


def _named(name: str) -> int:
    return _MONTHS.index(name[:3].capitalize()) + 1


def _month(found: re.Match[str]) -> Period:
    return month(int(found["y"]), int(found["m"]))


def _season(found: re.Match[str]) -> Period:
    year, word = int(found["y"] or found["y2"]), found["s"] or found["s2"]
    return _span(year, SEASONS[word.lower()], 3, Precision.SEASON)


def _quarter(found: re.Match[str]) -> Period:
    quarter = int(found["q"] or found["q2"] or found["q3"])
    return _span(int(found["y"] or found["y2"]), quarter * 3 - 2, 3, Precision.QUARTER)


def _half(found: re.Match[str]) -> Period:
    half = {"상": 1, "하": 2}.get(found["h"] or "") or int(found["h2"] or found["h3"])
    return _span(int(found["y"] or found["y2"]), half * 6 - 5, 6, Precision.HALF)


def _year(found: re.Match[str]) -> Period:
    return _span(int(found["y"]), 1, 12, Precision.YEAR)


def _span(year: int, first_month: int, months: int, precision: Precision) -> Period:
    _last_day(year, first_month)
    years, last_month = divmod(first_month + months - 2, 12)
    return Period(date(year, first_month, 1), _last_day(year + years, last_month + 1), precision)


def _last_day(year: int, number: int) -> date:
    if not 1 <= number <= 12:
        raise NotAPeriod("no_such_month")
    return date(year, number, calendar.monthrange(year, number)[1])


_SHAPES: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]]] = [
    (_COMPACT, _day), (_ISO_DAY, _day), (_ENGLISH_DAY, _english_day),
    (_ENGLISH_MONTH, _english_month), (_ONLY_YEAR, _year), (_SEASON, _season),
    (_QUARTER, _quarter), (_HALF, _half), (_MONTH, _month),
]  # fmt: skip


def add_months(day: date, months: int) -> date:
    """Move a day by whole months; the 31st becomes the last day of a shorter month."""
    years, index = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, index + 1)[1]
    return date(day.year + years, index + 1, min(day.day, last))


def months_between(earlier: date, later: date) -> int:
    """Count the whole months from one day to another."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (add_months(earlier, months) > later)


_SEASON_NAMES = {
    "ko": ["봄", "여름", "가을", "겨울"],
    "en": ["spring", "summer", "autumn", "winter"],
}


def day_in_words(day: date, language: str, *, weekday: bool = True) -> str:
    """Write a day as 2025-03-27 (목) or 27 Mar 2025."""
    if language == "ko":
        return f"{day.isoformat()} ({_WEEKDAYS[day.weekday()]})" if weekday else day.isoformat()
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def in_words(period: Period, language: str, *, weekday: bool = True) -> str:
    """Write a period as it was said, in Korean or English."""
    first, ko = period.first, language == "ko"
    words = {
        Precision.DAY: lambda: _days_in_words(period, language, weekday),
        Precision.MONTH: lambda: (
            f"{first.year}년 {first.month}월" if ko else f"{_MONTHS[first.month - 1]} {first.year}"
        ),
        Precision.SEASON: lambda: _season_in_words(period, language),
        Precision.QUARTER: lambda: (
            f"{first.year}년 {(first.month + 2) // 3}분기"
            if ko
            else f"Q{(first.month + 2) // 3} {first.year}"
        ),
        Precision.HALF: lambda: (
            f"{first.year}년 {'상' if first.month < 7 else '하'}반기"
            if ko
            else f"H{1 if first.month < 7 else 2} {first.year}"
        ),
        Precision.YEAR: lambda: f"{first.year}년" if ko else f"{first.year}",
    }
    return words[period.precision]()


def _days_in_words(period: Period, language: str, weekday: bool) -> str:
    first = day_in_words(period.first, language, weekday=weekday)
    if period.last == period.first:
        return first
    return f"{first} – {day_in_words(period.last, language, weekday=weekday)}"


def _season_in_words(period: Period, language: str) -> str:
    name = _SEASON_NAMES["ko" if language == "ko" else "en"][period.season]
    return f"{period.first.year}년 {name}" if language == "ko" else f"{name} {period.first.year}"
