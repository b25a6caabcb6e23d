"""Working days are counted from Monday to Friday, the day of receipt never with them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.base import workdays

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def _walked(day, count):
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


@given(DAYS, st.integers(1, 400))
def test_after_is_what_walking_day_by_day_finds(day, count):
    found = workdays.after(day, count)
    assert found == _walked(day, count)
    assert workdays.between(day, found) == count


@given(DAYS, st.integers(-30, 60))
def test_between_counts_the_days_walked_over(day, ahead):
    last = day + timedelta(days=ahead)
    days = (day + timedelta(days=n) for n in range(1, ahead + 1))
    assert workdays.between(day, last) == sum(one.weekday() < 5 for one in days)


def test_no_count_is_no_day():
    with pytest.raises(ValueError, match="one or more"):
        workdays.after(date(2025, 4, 1), 0)
