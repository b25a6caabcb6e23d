"""Offices are one in both languages, and their deputies are others."""

import pytest

from gyoryu.base import titles


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("지사", "governor"), ("경기도지사", "governor"), ("Governor of Utah", "governor"),
        ("장쑤성 성장", "governor"), ("수원시장", "mayor"), ("Mayor", "mayor"), ("가평군수", "county"),
        ("주총리", "premier"), ("Premier of British Columbia", "premier"), ("총영사", "consul"),
    ],
)  # fmt: skip
def test_an_office_is_named_in_either_language(title, office):
    assert titles.office(title) == office
    assert titles.exclusive(title)


@pytest.mark.parametrize(
    "title",
    ["행정부지사", "경제부지사", "Vice Governor", "Deputy Mayor", "전 지사", "former governor", "과장",
     "시장실장", "Director", "Lieutenant Governor", ""],
)  # fmt: skip
def test_deputies_and_former_holders_hold_another_office(title):
    assert not titles.exclusive(title)
