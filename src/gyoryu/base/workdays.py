"""Working days: Monday to Friday. Public holidays are not known here, and count as working days.

The house keeps no calendar of holidays, of which each year's substitute days are decided late; a
day that is promised so is never earlier than the one a calendar with holidays would give, and
whoever shows it says that weekends alone are left out.
"""

from datetime import date, timedelta

_DAY = timedelta(days=1)
SATURDAY = 5


def is_one(day: date) -> bool:
    """Tell whether a day is from Monday to Friday."""
    return day.weekday() < SATURDAY


def after(day: date, count: int) -> date:
    """Return the working day that is ``count`` of them after a day; ``count`` is one or more.

    The day itself never counts: one working day after a Friday, Saturday or Sunday is Monday.
    """
    if count < 1:
        raise ValueError("count is one or more")
    weeks, rest = divmod(count, 5)
    start = day
    while not is_one(start):
        start -= _DAY
    found = start + timedelta(weeks=weeks)
    for _ in range(rest):
        found += _DAY
        while not is_one(found):
            found += _DAY
    return found


def between(first: date, last: date) -> int:
    """Count the working days after ``first`` up to and with ``last``; 0 when ``last`` is earlier.

    ``between(day, after(day, n)) == n``.
    """
    if last <= first:
        return 0
    weeks, rest = divmod((last - first).days, 7)
    end = first + timedelta(weeks=weeks)
    return weeks * 5 + sum(is_one(end + _DAY * (n + 1)) for n in range(rest))
