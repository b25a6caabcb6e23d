"""Fields: what people type is read, and what is wrong with it is said in their language."""

import unicodedata

import pytest
from django.forms import ValidationError
from django.utils import translation

from gyoryu.base import periods
from gyoryu.base.periods import Period, Precision
from gyoryu.web import forms


def complaint(field, typed, language):
    """Return what the field says of a text, in a language."""
    with translation.override(language):
        with pytest.raises(ValidationError) as wrong:
            field.clean(typed)
        return wrong.value.messages


@pytest.mark.parametrize(
    ("typed", "ko", "en"),
    [
        ("2025-02-30", "2025년 2월은 28일까지입니다.", "2025-02 has only 28 days."),
        ("2026-13", "달은 12월까지입니다.", "There are only 12 months."),
    ],
)
def test_a_date_that_is_none_is_answered_with_what_is_wrong(typed, ko, en):
    for language, words in (("ko", ko), ("en", en)):
        assert complaint(forms.PeriodField(), typed, language) == [words]


def test_a_month_is_no_day():
    said = complaint(forms.DayField(), "2025-02", "en")
    assert said == ["Write the whole date, for example 2025-04-07."]


def test_decomposed_hangul_is_composed_and_blanks_are_folded():
    typed = unicodedata.normalize("NFD", "  경기도   교류 ")
    assert forms.TextField().clean(typed) == "경기도 교류"


def test_a_name_of_10000_characters_is_refused_with_both_lengths():
    said = complaint(forms.TextField(), "가" * 10_000, "en")
    assert said == ["This is 10000 characters long; at most 200 fit."]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2025-03-27", "2025-03-27", "2025-03-27", Precision.DAY),
        ("2025. 3. 27.", "2025-03-27", "2025-03-27", Precision.DAY),
        ("2025년 3월", "2025-03-01", "2025-03-31", Precision.MONTH),
        ("2025년 겨울", "2025-12-01", "2026-02-28", Precision.SEASON),
        ("spring 2025", "2025-03-01", "2025-05-31", Precision.SEASON),
        ("2025년 하반기", "2025-07-01", "2025-12-31", Precision.HALF),
        ("2025년 3분기", "2025-07-01", "2025-09-30", Precision.QUARTER),
        ("2025", "2025-01-01", "2025-12-31", Precision.YEAR),
    ],
)
def test_a_period_is_read_as_it_is_said(text, first, last, precision):
    found = periods.parse(text)
    assert (found.first.isoformat(), found.last.isoformat(), found.precision) == (
        first,
        last,
        precision,
    )
    assert periods.parse(forms.typed(found)) == found


def test_a_period_is_told_as_it_was_said_in_both_languages():
    spring = periods.parse("2025 봄")
    assert [periods.in_words(spring, lang) for lang in ("ko", "en")] == ["2025년 봄", "spring 2025"]
    day = Period.day(periods.parse("2025-03-27").first)
    assert [periods.in_words(day, lang) for lang in ("ko", "en")] == [
        "2025-03-27 (목)",
        "27 Mar 2025",
    ]
