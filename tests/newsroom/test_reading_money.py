"""Amounts are read to the last unit, in every spelling releases use."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyoryu.newsroom import extraction
from gyoryu.newsroom.extraction.document import Money

DAY = date(2031, 5, 14)


def amounts(text, lang):
    found = extraction.read(text, published=DAY, lang=lang)
    return [(i.currency, i.amount, i.approx) for i in found if isinstance(i, Money)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("기업들은 3천412만 달러를 벌었다.", [("USD", 34_120_000, None)]),
        ("성과는 730만불이다.", [("USD", 7_300_000, None)]),
        ("모두 4.6백만불 규모다.", [("USD", 4_600_000, None)]),
        ("계약은 1.7억 달러에 이른다.", [("USD", 170_000_000, None)]),
        ("예산은 3억 5천만 원이다.", [("KRW", 350_000_000, None)]),
        ("총사업비 2조 1,300억원이 든다.", [("KRW", 2_130_000_000_000, None)]),
        ("백만 달러를 넘겼다.", [("USD", 1_000_000, None)]),
        ("그는 U$20만을 송금했다.", [("USD", 200_000, None)]),
        ("광고비 $3백만이 쓰였다.", [("USD", 3_000_000, None)]),
        ("투자액은 90억 위안이다.", [("CNY", 9_000_000_000, None)]),
        ("기부금 500만 엔을 받았다.", [("JPY", 5_000_000, None)]),
        ("시장은 12억 호주달러 규모다.", [("AUD", 1_200_000_000, None)]),
        ("상담액은 약 40만 달러다.", [("USD", 400_000, "approx")]),
        ("수출계약 40만 달러를 맺었다.", [("USD", 400_000, None)]),
        ("성과는 2천4백여만 달러다.", [("USD", 24_000_000, "approx+")]),
        ("600만 달러 이상을 수출했다.", [("USD", 6_000_000, "min")]),
        ("업체당 최대 3천만 원을 준다.", [("KRW", 30_000_000, "max")]),
    ],
)
def test_korean_amounts_are_read_whole(text, expected):
    assert amounts(text, "ko") == [(c, Decimal(v), a) for c, v, a in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It earned $7.25 million.", [("USD", 7_250_000, None)]),
        ("It earned USD 812.4 million.", [("USD", 812_400_000, None)]),
        ("They lent USD30 million.", [("USD", 30_000_000, None)]),
        ("It costs KRW 1,250,000.", [("KRW", 1_250_000, None)]),
        ("It costs 6.2 billion KRW.", [("KRW", 6_200_000_000, None)]),
        ("They gave 14 million dollars.", [("USD", 14_000_000, None)]),
        (
            "They gave C$40 million and £3 million.",
            [("CAD", 40_000_000, None), ("GBP", 3_000_000, None)],
        ),
        ("Up to €9 million is on offer.", [("EUR", 9_000_000, None)]),
        ("It spent approximately $2 billion.", [("USD", 2_000_000_000, "approx")]),
        ("It spent more than $80 million.", [("USD", 80_000_000, "min")]),
    ],
)
def test_english_amounts_are_read_whole(text, expected):
    assert [row[:2] for row in amounts(text, "en")] == [(c, Decimal(v)) for c, v, _ in expected]
    assert all(
        a is None or a == b[2] for (_, _, a), b in zip(expected, amounts(text, "en"), strict=True)
    )


def test_a_range_keeps_both_ends():
    low_high = (Decimal(20_000_000), Decimal(30_000_000))
    assert amounts("Fees range from KRW 20–30 million.", "en")[0][:2] == ("KRW", low_high)
    assert amounts("지원금은 2천만~3천만 원이다.", "ko")[0][:2] == ("KRW", low_high)


def test_a_raise_from_one_amount_to_another_is_two_amounts():
    found = amounts("The limit was increased from KRW 5 million to 9 million.", "en")
    assert [row[1] for row in found] == [Decimal(5_000_000), Decimal(9_000_000)]


def test_a_conversion_in_brackets_is_read_beside_its_original():
    found = amounts("계약은 90만 달러(한화 약 12억 원)이다.", "ko")
    assert found == [("USD", Decimal(900_000), None), ("KRW", Decimal(1_200_000_000), "approx")]


def test_a_unit_over_a_table_is_no_amount():
    assert amounts("수출액(백만 달러) : ('29) 15 → ('30) 17", "ko") == []


def test_a_value_is_given_once_however_often_it_is_said():
    assert len(amounts("예산은 5억 원이다. 예산 5억원은 모두 쓰였다.", "ko")) == 1


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=9_999_999_999))
def test_won_round_trips_in_digits_and_in_units(n):
    eok, man = n // 10_000, n % 10_000
    mixed = (f"{eok}억" if eok else "") + (f" {man}만" if man else "")
    spellings = [
        f"{n * 10_000:,}원",
        f"{n * 10_000}원",
        f"{mixed.strip()} 원",
        f"{mixed.strip()}원",
    ]
    for spelling in spellings:
        assert amounts(f"사업비는 {spelling}이다.", "ko") == [("KRW", Decimal(n * 10_000), None)]


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=99_999), st.sampled_from(["달러", "불", " 달러", " 불"]))
def test_dollars_round_trip_in_korean(n, unit):
    assert amounts(f"상담액은 {n:,}만{unit}이다.", "ko") == [("USD", Decimal(n * 10_000), None)]
    assert amounts(f"상담액은 {n}백만{unit}이다.", "ko") == [("USD", Decimal(n * 1_000_000), None)]


@settings(deadline=None)
@given(st.decimals(min_value="0.01", max_value="9999.99", places=2))
def test_dollars_round_trip_in_english(n):
    million = n * 1_000_000
    for spelling in (
        f"${n} million",
        f"USD {n} million",
        f"{n} million dollars",
        f"US${n} million",
    ):
        assert amounts(f"The fund holds {spelling}.", "en") == [("USD", million, None)]
