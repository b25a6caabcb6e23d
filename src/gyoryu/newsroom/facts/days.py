"""The reading engine's dates as periods of the register."""

import re
from datetime import date

from gyoryu.base import periods
from gyoryu.base.periods import Period, Precision

_MONTH_END = re.compile(r"(\d{4}-\d\d)-end")


def period_of(norm: str) -> Period | None:
    """Read `2025-03-27`, `2024-09`, `2025`, `a/b`, `/b` or `2024-04-end`; None where it is open."""
    if found := _MONTH_END.fullmatch(norm):
        norm = found.group(1)
    first, _, last = norm.rpartition("/")
    try:
        # "By the end of June" is in time until its last day; "from May on" has no such day.
        end = periods.parse(last) if last else None
        start = periods.parse(first) if first else None
    except periods.NotAPeriod:
        return None
    if end is None:
        return None
    if start is None:
        return end
    return _between(start.first, end.last, start, end)


def _between(first: date, last: date, start: Period, end: Period) -> Period | None:
    if last < first:
        return None
    whole = {5: Precision.HALF, 2: Precision.QUARTER}
    if start.precision == end.precision == Precision.MONTH:
        months = periods.months_between(first, end.first)
        if months in whole and (first.month - 1) % (months + 1) == 0:
            return Period(first, last, whole[months])
    if start.precision == end.precision == Precision.DAY:
        return Period(first, last, Precision.DAY)
    return None
