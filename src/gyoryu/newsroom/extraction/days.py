"""Arithmetic of incomplete dates against the day of publication."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """A date with holes: any part may be missing; `part` is `end`, `H1` or `Q3`."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None

    @property
    def norm(self) -> str:
        """Write it as `2031-05-14`, `2031-09`, `????-09`, `2031-04-end`, `2031-07/2031-12`."""
        year = f"{self.year:04}" if self.year else "????"
        if self.part and self.part[0] in "HQ":
            first, last = _MONTHS[self.part]
            return f"{year}-{first:02}/{year}-{last:02}"
        month = f"-{self.month:02}" if self.month else ("-??" if self.day else "")
        tail = f"-{self.day:02}" if self.day else (f"-{self.part}" if self.part else "")
        return year + month + tail

    @property
    def complete(self) -> bool:
        """Tell whether a year is known and no hole is left above the smallest part."""
        return self.year is not None and not (self.day and not self.month)

    def exists(self) -> bool:
        """Tell whether the calendar has such a day in some year."""
        if self.month is None or self.day is None:
            return True
        return self.day <= monthrange(self.year or 2024, self.month)[1]


@dataclass(frozen=True, slots=True)
class Raw:
    """A date as written, not yet resolved against the day of publication.

    `relative` is a year word (`올해`), `way` a direction (`past`, `coming`), `unit` a whole
    relative period (`today`, `month-1`), `weekday` Monday as 0, `edge` an open side.
    """

    start: int
    end: int
    day: Day
    year_word: str = ""
    way: str = ""
    unit: str = ""
    weekday: int | None = None
    edge: str = ""


_MONTHS = {
    "H1": (1, 6),
    "H2": (7, 12),
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
}


def last_day_of(part: str, year: int | None, month: int | None = None) -> str:
    """Give the last day of a half, a quarter, a month or a year: `2031-06-30`."""
    month = _MONTHS[part][1] if part in _MONTHS else month or 12
    day = monthrange(year or 2024, month)[1]
    return f"{year or '????'}-{month:02}-{day}"


def nearest_year(month: int, day: int | None, published: date) -> int:
    """Give the year that brings a month (and day) nearest to the publication."""
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda year: abs((on(year, month, day or 15) - published).days))


def past_year(month: int, day: int | None, published: date) -> int:
    """Give the most recent year in which the month (and day) had come by publication."""
    this = (published.month, published.day if day else 99)
    return published.year if (month, day or 1) <= this else published.year - 1


def past_month_year(month: int, published: date) -> int:
    """Give the year of "last September": before the month of publication."""
    return published.year if month < published.month else published.year - 1


def coming_year(month: int, day: int | None, published: date) -> int:
    """Give the first year in which the month (and day) is not yet over at publication."""
    this = (published.month, published.day if day else 0)
    return published.year if (month, day or 31) >= this else published.year + 1


def past_day(day: int, published: date) -> Day:
    """Give the most recent such day of a month, on or before publication."""
    return _walk(day, published, -1)


def coming_day(day: int, published: date) -> Day:
    """Give the next such day of a month, on or after publication."""
    return _walk(day, published, 1)


def is_nearer_ahead(day: int, published: date) -> bool:
    """Tell whether the next such day of a month is nearer to publication than the last one."""
    past, coming = past_day(day, published), coming_day(day, published)
    if not (past.year and past.month and coming.year and coming.month):
        return False
    last, following = on(past.year, past.month, day), on(coming.year, coming.month, day)
    return following - published < published - last


def day_with_weekday(day: int, weekday: int, published: date) -> Day | None:
    """Give the day of a month nearest to publication that falls on a weekday (Monday is 0)."""
    near: list[tuple[int, date]] = []
    for shift in range(-3, 4):
        year, month = _month(published, shift)
        if day <= monthrange(year, month)[1] and date(year, month, day).weekday() == weekday:
            found = date(year, month, day)
            near.append((abs((found - published).days), found))
    return of(min(near)[1]) if near else None


def weekday(name: int, published: date, direction: int) -> Day:
    """Give the last (-1), nearest past or same (0), or next (1) such weekday."""
    back = (published.weekday() - name) % 7
    if direction > 0:
        return of(published + timedelta(days=7 - back if back else 7))
    return of(published - timedelta(days=back if back or not direction else 7))


def month_from(published: date, shift: int) -> Day:
    """Give a month relative to that of publication."""
    year, month = _month(published, shift)
    return Day(year, month)


def week_from(published: date, shift: int) -> str:
    """Give a week relative to that of publication, Monday to Sunday: `a/b`."""
    monday = published - timedelta(days=published.weekday() - 7 * shift)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def of(day: date) -> Day:
    """Turn a calendar day into a complete one."""
    return Day(day.year, day.month, day.day)


def on(year: int, month: int, day: int) -> date:
    """Give a day of the calendar; one beyond the month's end becomes its last."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _month(published: date, shift: int) -> tuple[int, int]:
    total = published.year * 12 + published.month - 1 + shift
    return total // 12, total % 12 + 1


def _walk(day: int, published: date, step: int) -> Day:
    for shift in range(4):
        year, month = _month(published, step * shift)
        if day > monthrange(year, month)[1]:
            continue
        if (date(year, month, day) - published).days * step >= 0:
            return Day(year, month, day)
    return Day(day=day)
