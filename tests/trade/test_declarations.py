"""A declaration's number is read as people type it; what cannot be one is told why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.trade import declarations
from gyoryu.trade.declarations import Declaration, NotADeclaration

DIGITS, CAPITALS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def digits(count):
    return st.text(DIGITS, min_size=count, max_size=count)


SERIAL = st.integers(1, 999_999)
NEW = st.builds(
    lambda by, year, serial, end: f"{by}{year}{serial:06}{end}",
    st.text(DIGITS + CAPITALS, min_size=5, max_size=5),
    st.integers(16, 99), SERIAL, st.sampled_from(DIGITS + CAPITALS),
)  # fmt: skip
OLD = st.builds(
    lambda office, section, year, serial, end: f"{office}{section}{year:02}{serial:07}{end}",
    digits(3), digits(2), st.integers(0, 99), SERIAL, digits(1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("41774-26-003706X", Declaration("4177426003706X", "41774-26-003706X", 2026)),
        (" 41774 26 003706x ", Declaration("4177426003706X", "41774-26-003706X", 2026)),
        (
            "４１７７４－２６－００３７０６Ｘ",
            Declaration("4177426003706X", "41774-26-003706X", 2026),
        ),
        ("122-10-09-0034003-3", Declaration("122100900340033", "122-10-09-0034003-3", 2009)),
        ("120101500914619", Declaration("120101500914619", "120-10-15-0091461-9", 2015)),
        ("020109800000017", Declaration("020109800000017", "020-10-98-0000001-7", 1998)),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed, told) -> None:
    assert declarations.parse(typed) == told


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "length"),
        ("41774-26-00370X", "length"),
        ("41774-26-0037066XX", "length"),
        ("41774-26-00370€X", "characters"),
        ("수출신고번호", "characters"),
        ("41774-AB-003706X", "shape"),
        ("122-10-09-0034003-X", "shape"),
        ("41774-26-000000X", "serial"),
        ("122-10-09-0000000-3", "serial"),
        ("41774-15-003706X", "year"),
    ],
)
def test_what_cannot_be_a_number_says_why(typed, code) -> None:
    with pytest.raises(NotADeclaration) as wrong:
        declarations.parse(typed)
    assert wrong.value.code == code


@given(st.one_of(NEW, OLD), st.sampled_from(["-", " ", "–", "·", ""]))
def test_written_and_read_again_it_is_the_same(number, between) -> None:
    read = declarations.parse(number)
    assert declarations.parse(read.written.replace("-", between)) == read
    assert declarations.parse(read.number.lower()) == read
    assert declarations.written(read.number) == read.written
    assert 1994 <= read.year <= 2099


@given(st.text(max_size=24))
def test_any_text_is_a_number_or_says_why(text) -> None:
    told = ""
    try:
        found = declarations.parse(text).number
    except NotADeclaration as wrong:
        found, told = "", wrong.code
    assert len(found) in {14, 15} or told in {"characters", "length", "shape", "serial", "year"}
