"""Whatever the text, spans quote it, reading repeats itself, and time grows with length."""

import gc
import time
import unicodedata
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyoryu.newsroom import extraction
from gyoryu.newsroom.extraction.document import Span

DAY = date(2031, 5, 14)
PIECES = [
    "업무협약을 체결했다. ",
    "하늘시(시장 배도윤)는 ",
    "5월 12일(월) ",
    "’31.5.12. ",
    "루카 베르디(Luca Verdi) 장관과 면담했다. ",
    "300만 달러 ",
    "상담 40건 ",
    "지난 9월 ",
    "President Ann Lee ",
    "signed an MOU ",
    "on May 12, ",
    "$4 million ",
    "will hold ",
    "“",
    "”",
    "\n",
    "( ",
    ") ",
    "㈜가람, ",
    "ㅇ ",
    "* ",
    "끝.",
    "\U0001f41f",
    "한",
]


def spans(item):
    for field in fields(item):
        held = getattr(item, field.name)
        for one in held if isinstance(held, tuple) else (held,):
            if isinstance(one, Span):
                yield one


def check(text, lang):
    items = extraction.read(text, published=DAY, lang=lang)
    for item in items:
        for span in spans(item):
            assert 0 <= span.start < span.end <= len(text)
            assert span.quote == text[span.start : span.end]
    return items


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(["ko", "en"]))
def test_every_span_quotes_the_text_exactly(text, lang):
    check(text, lang)


@settings(deadline=None)
@given(st.text(max_size=400), st.sampled_from(["ko", "en", None]))
def test_any_text_is_read_without_complaint(text, lang):
    check(text, lang)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_reading_twice_gives_the_same(text):
    text = unicodedata.normalize("NFC", text)
    first = extraction.read(text, published=DAY)
    assert first == extraction.read(text, published=DAY)


def test_no_publication_date_and_an_empty_text_are_fine():
    assert extraction.read("", published=None) == []
    assert extraction.read("\n \n", published=DAY, lang="ko") == []


HOSTILE = {
    "digits": "1",
    "commas": "9,",
    "brackets": "((",
    "and": "and ",
    "spaces": " ",
    "syllables": "가",
    "syllable words": "가나 ",
    "quotes": "“",
    "straight quotes": '"',
    "lines": "\n",
    "capitals": "Aa ",
    "titles": "장관 ",
    "English titles": "President ",
    "amounts": "1억 ",
    "signs": "$1 ",
    "dates": "5월 ",
    "dotted": "1.1.",
    "agreements": "MOU를 ",
    "conclusions": "체결 ",
    "promises": "will hold ",
    "consultations": "상담 1건 ",
    "commas and names": "Kim, ",
}


def seconds(text, lang):
    """Processor time of the quickest of three readings: what the text costs, not its neighbours.

    The collector is off meanwhile: in a long test run it walks millions of objects that are not
    the reader's, and would be counted as growth.
    """
    taken = []
    gc.disable()
    try:
        for _ in range(3):
            begin = time.process_time()
            extraction.read(text, published=DAY, lang=lang)
            taken.append(time.process_time() - begin)
    finally:
        gc.enable()
    return min(taken)


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_length_and_no_faster(piece, lang):
    """Eight times the text takes far less than the sixty-four times of a quadratic reading."""
    full = (piece * 100_000)[:100_000]
    before = seconds(full[:12_500], lang)
    assert seconds(full, lang) < 30 * max(before, 0.02)


DIFFERENT = {
    "ko": (
        "배{a}{b} 장관은 {y}년 {m}월 {d}일 가{a}{b}청과 업무협약을 체결하고 "
        "{n}만 달러 계약을 맺었다. "
    ),
    "en": (
        "Director Ann {c}ton met with Minister Bo {c}berg on {d} May {y} "
        "and signed an MOU for ${n}. "
    ),
}


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_many_different_facts_take_time_in_proportion(lang):
    rows = []
    for n in range(2400):
        a, b = chr(0xAC00 + n * 7), chr(0xAC00 + n * 3)
        c = "".join(chr(97 + (n // 26**k) % 26) for k in range(3)).title()
        fill = {"a": a, "b": b, "c": c, "n": n + 1, "y": 1950 + n % 80, "m": n % 12 + 1}
        rows.append(DIFFERENT[lang].format(d=n % 28 + 1, **fill))
    before = seconds("".join(rows[:300]), lang)
    assert seconds("".join(rows), lang) < 30 * max(before, 0.02)
