"""Periods: what we print can be typed, in both languages; what is no period is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.base import periods
from gyoryu.base.periods import NotAPeriod, Period, Precision

DAYS = st.dates(date(1900, 1, 1), date(2098, 12, 31))
FORMS = {
    Precision.MONTH: lambda day: f"{day.year}-{day.month}",
    Precision.SEASON: lambda day: f"{day.year} {['봄', '여름', '가을', '겨울'][day.month % 4]}",
    Precision.QUARTER: lambda day: f"Q{day.month % 4 + 1} {day.year}",
    Precision.HALF: lambda day: f"H{day.month % 2 + 1} {day.year}",
    Precision.YEAR: lambda day: f"{day.year}",
}
VAGUE = st.builds(
    lambda day, precision: periods.parse(FORMS[precision](day)), DAYS, st.sampled_from(list(FORMS))
)
SEVERAL = st.builds(
    lambda day, more: Period(day, day + timedelta(days=more)), DAYS, st.integers(0, 200)
)


@given(VAGUE | SEVERAL, st.sampled_from(["ko", "en"]), st.booleans())
def test_what_is_printed_is_read_back(period, language, weekday):
    shown = periods.in_words(period, language, weekday=weekday)
    assert periods.parse(shown) == period


@given(DAYS, st.sampled_from(["ko", "en"]), st.booleans())
def test_a_day_that_is_printed_is_read_back(day, language, weekday):
    shown = periods.day_in_words(day, language, weekday=weekday)
    assert periods.parse(shown) == Period.day(day)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("27 Mar 2025", "2025-03-27", "2025-03-27", "day"),
        ("27 march 2025", "2025-03-27", "2025-03-27", "day"),
        ("Mar. 27, 2025", "2025-03-27", "2025-03-27", "day"),
        ("SEPT 3 1983", "1983-09-03", "1983-09-03", "day"),
        ("May 2025", "2025-05-01", "2025-05-31", "month"),
        ("February 2024", "2024-02-01", "2024-02-29", "month"),
        ("2025-03-27 (목)", "2025-03-27", "2025-03-27", "day"),
        ("27 Mar 2025 – 2 Apr 2025", "2025-03-27", "2025-04-02", "day"),
        ("2025-03-27 ~ 2025-03-29", "2025-03-27", "2025-03-29", "day"),
    ],
)
def test_english_and_several_days_are_read(text, first, last, precision):
    expected = Period(date.fromisoformat(first), date.fromisoformat(last), Precision(precision))
    assert periods.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30 Feb 2025", "no_such_day"), ("0 May 2025", "no_such_day"), ("27 Mars 2025", "unknown"),
        ("2025-03-27 (금)", "unknown"), ("2025 (목)", "unknown"), ("May 1850", "unknown"),
        ("2 Apr 2025 – 27 Mar 2025", "unknown"), ("May 2025 – June 2025", "unknown"),
        ("1 May 2025 – 2 May 2025 – 3 May 2025", "unknown"), ("–", "unknown"), ("", "unknown"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_the_reason(text, code):
    with pytest.raises(NotAPeriod) as caught:
        periods.parse(text)
    assert caught.value.code == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_period_or_refused(text):
    try:
        period = periods.parse(text)
    except NotAPeriod:
        return
    assert period.first <= period.last
