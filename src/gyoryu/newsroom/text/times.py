"""Words become an aware time.

Feed libraries read a time without a zone as UTC, which moves every Korean release of a morning to
the day before. Here such a time is Korean (+09:00) unless the caller names another zone.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo

KST = timezone(timedelta(hours=9), "KST")

_LONGEST = 120
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = r"(?P<name>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_CLOCK = (
    r"(?:[\sT,]*(?:\((?:[월화수목금토일]|[a-z]{3})\.?\))?[\sT,]*(?P<half>오전|오후|[ap]\.?m\.?)?\s*"
    r"(?P<hour>\d{1,2})(?:\s*시|\s*:\s*(?=\d))\s*(?P<minute>\d{1,2})?(?:\s*분)?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:[.,]\d{1,9})?\s*초?)?\s*(?P<after>[ap]\.?m\.?\b)?)?"
)
_ZONE = r"\s*(?P<zone>z\b|[+-]\d{2}:?\d{2}|[+-]\d{2}\b|\(?[a-z]{1,5}\)?)?"
_SHAPES = tuple(
    re.compile(shape + _ZONE, re.I)
    for shape in (
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})T(?P<hour>\d{2})(?P<minute>\d{2})"
        r"(?P<second>\d{2})?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)" + _CLOCK,
        r"['`\u2018\u2019]?(?P<year>\d{4}|\d{2})\s*[-./년]\s*(?P<month>\d{1,2})\s*[-./월]\s*"
        r"(?P<day>\d{1,2})(?!\d)\s*[.일]?" + _CLOCK,
        r"(?:[a-z]{3,9},?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+" + _MONTH + r",?[\s-]+"
        r"(?P<year>\d{4}|\d{2})(?!\d)" + _CLOCK,
        r"(?:[a-z]{3,9},?\s+)?" + _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
        r"(?P<year>\d{4})(?!\d)" + _CLOCK,
        # Java servers: 금, 28 3월 2025 09:30:00 KST; Fri Mar 28 09:30:00 KST 2025
        r"(?:[월화수목금토일],?\s+)(?P<day>\d{1,2})\s+(?P<month>\d{1,2})월?\s+"
        r"(?P<year>\d{4})(?!\d)" + _CLOCK,
        r"[a-z]{3}\s+" + _MONTH + r"\s+(?P<day>\d{1,2})\s+(?P<hour>\d{1,2}):(?P<minute>\d{2}):"
        r"(?P<second>\d{2})\s+(?P<early>[a-z]{3,4}\s+)?(?P<year>\d{4})(?!\d)",
        r"(?P<year>\d{4})-(?P<month>\d{2})(?!\d)",
    )
)
_HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "kst": 9, "jst": 9, "cet": 1, "cest": 2, "bst": 1,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip


def read(words: str, zone: tzinfo = KST) -> datetime | None:
    """The time that the words begin with, or None; `zone` is meant where they name none."""
    words = words.strip()[:_LONGEST]
    for shape in _SHAPES:
        if found := shape.match(words):
            return _built(found.groupdict(), zone)
    return None


def is_known(words: str) -> bool:
    """Whether the words are in a known form, even if they name no day there is (30 February)."""
    words = words.strip()[:_LONGEST]
    return any(shape.match(words) for shape in _SHAPES)


def names_zone(words: str) -> bool:
    """Whether the words end in a zone, so that the default does not apply."""
    tail = words.strip()[-8:].lower()
    return bool(re.search(r"(z|[+-]\d{2}:?\d{2}|\b(ut|utc|gmt|kst|[ecmp][sd]t))$", tail))


def _built(parts: Mapping[str, str | None], zone: tzinfo) -> datetime | None:
    try:
        day = datetime(
            _year(parts), _month(parts), int(parts.get("day") or 1), tzinfo=_zone(parts, zone)
        )
        return day + timedelta(
            hours=_hour(parts),
            minutes=_under(60, parts.get("minute")),
            seconds=_under(61, parts.get("second")),
        )
    except (ValueError, OverflowError):
        return None


def _year(parts: Mapping[str, str | None]) -> int:
    year = int(parts["year"] or 0)
    if year < 100:
        year += 2000 if year < 70 else 1900
    if not 1900 <= year <= 2200:
        raise ValueError(year)
    return year


def _month(parts: Mapping[str, str | None]) -> int:
    if name := parts.get("name"):
        return _MONTHS[name[:3].lower()]
    return int(parts["month"] or 0)


def _hour(parts: Mapping[str, str | None]) -> int:
    hour = _under(25, parts.get("hour"))  # 24:00 is the end of the day in Korean notices
    half = (parts.get("half") or parts.get("after") or "").lower()
    if half.startswith(("오후", "p")) and hour < 12:
        return hour + 12
    if half.startswith(("오전", "a")) and hour == 12:
        return 0
    return hour


def _under(bound: int, digits: str | None) -> int:
    number = int(digits or 0)
    if number >= bound:
        raise ValueError(number)
    return number


def _zone(parts: Mapping[str, str | None], zone: tzinfo) -> tzinfo:
    told = (parts.get("early") or parts.get("zone") or "").strip("() ").lower()
    if told[:1] in ("+", "-") and told:
        digits = told[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=_under(15, digits[:2]), minutes=_under(60, digits[2:]))
        return timezone(-offset if told[0] == "-" else offset) if offset else UTC
    if told in _HOURS:
        hours = _HOURS[told]
        return timezone(timedelta(hours=hours)) if hours else UTC
    return zone
