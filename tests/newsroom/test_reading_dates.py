"""Dates are settled against the day of publication, and say how."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyoryu.newsroom import extraction
from gyoryu.newsroom.extraction.document import Date

DAY = date(2031, 5, 14)  # a Wednesday
MONTHS = "January February March April May June July August September October November December"


def norms(text, lang, published=DAY):
    found = extraction.read(text, published=published, lang=lang)
    return [i.norm for i in found if isinstance(i, Date)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5월 2일 문을 열었다.", ["2031-05-02"]),
        ("2030년 11월 3일 문을 열었다.", ["2030-11-03"]),
        ("’29.4.20. 문을 열었다.", ["2029-04-20"]),
        ("행사는 5.12.(월) 열렸다.", ["2031-05-12"]),
        ("5월 20(화) 문을 연다.", ["2031-05-20"]),
        ("12일 문을 열었다.", ["2031-05-12"]),
        ("20일 문을 열었다.", ["2031-04-20"]),
        ("오는 20일 문을 연다.", ["2031-05-20"]),
        ("지난 9월 문을 열었다.", ["2030-09"]),
        ("지난달 문을 열었다.", ["2031-04"]),
        ("내년 3월 문을 연다.", ["2032-03"]),
        ("올해 하반기 문을 연다.", ["2031-07/2031-12"]),
        ("올해 하반기부터 문을 연다.", ["2031-07/"]),
        ("상반기 중 문을 연다.", ["/2031-06-30"]),
        ("이달 말 문을 연다.", ["2031-05-end"]),
        ("연말까지 문을 연다.", ["/2031-12-31"]),
        ("’30년 3/4분기에 문을 열었다.", ["2030-07/2030-09"]),
        ("5월 2일부터 6일까지 열렸다.", ["2031-05-02/2031-05-06"]),
        ("4.28(월)~5.2(금) 열렸다.", ["2031-04-28/2031-05-02"]),
        ("5.12.(월)-14(수) 열렸다.", ["2031-05-12/2031-05-14"]),
        ("5월 7일과 9일 열렸다.", ["2031-05-07,2031-05-09"]),
        ("2028~2030년간 지었다.", ["2028/2030"]),
        ("오늘 문을 열었다.", ["2031-05-14"]),
    ],
)
def test_korean_dates_are_settled(text, expected):
    assert norms(text, "ko") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened on May 2.", ["2031-05-02"]),
        ("It opened on November 3, 2030.", ["2030-11-03"]),
        ("It opened on 3 November 2030.", ["2030-11-03"]),
        ("It runs May 20-22, 2031.", ["2031-05-20/2031-05-22"]),
        ("It ran from May 2 to 6.", ["2031-05-02/2031-05-06"]),
        ("It opened last September.", ["2030-09"]),
        ("It opens this September.", ["2031-09"]),
        ("It opened in June 2029.", ["2029-06"]),
        ("It has grown since 2028.", ["2028/"]),
        ("It will close by 2040.", ["/2040"]),
        ("It opened today.", ["2031-05-14"]),
        ("It opened yesterday.", ["2031-05-13"]),
        ("It opened on Monday.", ["2031-05-12"]),
        ("They will meet within the next thirty days.", ["/2031-06-13"]),
        ("It opened last year.", ["2030"]),
        ("Sales rose in fiscal year 2030.", ["FY2030"]),
        ("It opens in the second half of 2031.", ["2031-07/2031-12"]),
    ],
)
def test_english_dates_are_settled(text, expected):
    assert norms(text, "en") == expected


def test_years_within_names_are_no_dates():
    assert norms("‘2031년 도자기 박람회’가 열렸다.", "ko") == []
    assert norms("The Clean Rivers Act of 2029 passed at Expo 2030.", "en") == []


def test_a_decimal_is_no_date():
    assert norms("성장률은 3.5%이고 지수는 4.7이다. 규모는 1.2억 원이다.", "ko") == []


def test_a_span_of_days_is_no_date():
    assert norms("행사는 3일간 열렸고 10일 이내 신청한다.", "ko") == []


def test_a_bare_day_falls_in_the_period_already_named():
    text = "행사는 5월 20일부터 22일까지 열린다. 21일에는 상담이 있다."
    assert norms(text, "ko") == ["2031-05-20/2031-05-22", "2031-05-21"]


def test_without_a_publication_date_relative_dates_stay_open():
    found = extraction.read("12일 열렸고 지난 9월 맺었다.", published=None, lang="ko")
    dates = [i for i in found if isinstance(i, Date)]
    assert [(i.norm, i.resolved) for i in dates] == [("????-??-12", False), ("????-09", False)]
    assert all("open" in i.span.how for i in dates)


def test_every_date_says_how_it_was_settled():
    found = extraction.read("It opened last September.", published=DAY, lang="en")
    assert [i.span.how for i in found if isinstance(i, Date)] == ["most recent, from 2031-05-14"]


@settings(deadline=None)
@given(st.dates(min_value=DAY - timedelta(days=150), max_value=DAY + timedelta(days=150)))
def test_a_day_near_publication_round_trips_in_korean(day):
    weekday = "월화수목금토일"[day.weekday()]
    spellings = [
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{day.month}월 {day.day}일",
        f"{day.month}.{day.day}.({weekday})",
        f"{day.month}. {day.day}.({weekday})",
        f"’{day.year % 100}.{day.month}.{day.day}.",
        f"{day.year}. {day.month}. {day.day}.({weekday})",
    ]
    for spelling in spellings:
        assert norms(f"개관식은 {spelling} 열렸다.", "ko") == [day.isoformat()]


@settings(deadline=None)
@given(st.dates(min_value=DAY - timedelta(days=150), max_value=DAY + timedelta(days=150)))
def test_a_day_near_publication_round_trips_in_english(day):
    month = MONTHS.split()[day.month - 1]
    for spelling in (
        f"{month} {day.day}, {day.year}",
        f"{month} {day.day}",
        f"{day.day} {month} {day.year}",
    ):
        assert norms(f"The hall opened on {spelling}.", "en") == [day.isoformat()]
