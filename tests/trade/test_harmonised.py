"""Codes of the Harmonised System are read as people write them, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.trade import harmonised

DIGITS = st.sampled_from([2, 4, 6, 8, 10]).flatmap(
    lambda n: st.integers(1, 97).map(lambda chapter: f"{chapter:02}".ljust(n, "1"))
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("3304.99-1000", ["3304991000"]),
        ("HS 3304, 19; 2008.99", ["3304", "19", "200899"]),
        ("3304 99", ["330499"]),
        ("3304\n3304", ["3304"]),
        ("", []),
    ],
)
def test_codes_are_read_as_they_are_written(text, codes) -> None:
    assert harmonised.codes(text) == codes


@pytest.mark.parametrize("text", ["330", "33049", "abc", "0012", "٣٣٠٤", "3304.99.10.001", "33-"])
def test_what_is_no_code_is_named(text) -> None:
    with pytest.raises(harmonised.NotACode) as wrong:
        harmonised.codes(f"19, {text}")
    assert wrong.value.text == text


@given(DIGITS)
def test_a_written_code_is_read_back(code) -> None:
    assert harmonised.code(harmonised.written(code)) == code


@given(DIGITS, DIGITS)
def test_one_covers_the_other_whichever_is_asked_first(one, other) -> None:
    assert harmonised.covers(one, other) == harmonised.covers(other, one)
    assert harmonised.covers(one, one)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text) -> None:
    try:
        found = harmonised.codes(text)
    except harmonised.NotACode:
        return
    assert all(code.isdigit() and len(code) in harmonised.LENGTHS for code in found)
