"""Facts out of a reading: periods, spans, keys, clashes, and the pieces in which text is marked."""

from datetime import date

import newsroom_stages as stages
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.base.periods import Period, Precision, parse
from gyoryu.newsroom import extraction, facts, marks


def read(text, title="", lang="ko", published=date(2025, 3, 25)):
    items = extraction.read(text, published=published, lang=lang, title=title)
    return facts.drafts(items, text), facts.clashes(title, text, items, lang)


@pytest.mark.parametrize(
    ("norm", "period"),
    [
        ("2025-03-27", parse("2025-03-27")),
        ("2024-09", parse("2024-09")),
        ("2025", parse("2025")),
        ("/2025-06", parse("2025-06")),
        ("2024-04-end", parse("2024-04")),
        ("2025-07/2025-12", parse("2025년 하반기")),
        ("2025-04/2025-06", parse("2025 Q2")),
        ("2025-03-27/2025-03-29", Period(date(2025, 3, 27), date(2025, 3, 29), Precision.DAY)),
        ("2025-05/", None),
        ("2021-??-09", None),
        ("????-09", None),
        ("every year", None),
        ("2025-03-29/2025-03-27", None),
        ("2025-02-30", None),
    ],
)
def test_a_date_of_the_reader_becomes_a_period_or_stays_open(norm, period):
    assert facts.period_of(norm) == period


def test_every_span_of_a_fact_quotes_the_text():
    drafts, _clashes = read(stages.BODY, stages.TITLE)
    assert {draft.kind for draft in drafts} == {"agreement", "commitment"}
    for draft in drafts:
        for field in draft.fields.values():
            for span in field if isinstance(field, list) else [field]:
                if "s" in span:
                    assert stages.BODY[span["s"] : span["e"]] == span["q"]
        assert 0 <= draft.start < draft.end <= len(stages.BODY)


def test_keys_stay_when_the_text_around_a_fact_changes():
    before, _ = read(stages.BODY)
    after, _ = read(f"머리말이 붙었다.\n\n{stages.BODY}\n\n꼬리말도 붙었다.")
    assert {draft.key for draft in before} == {draft.key for draft in after}


def test_facts_that_say_the_same_have_keys_of_their_own():
    text = "한결도는 24일 다낭시, 하노이시와 각각 업무협약을 체결했다."
    drafts, _ = read(text)
    agreements = [draft for draft in drafts if draft.kind == "agreement"]
    assert len({draft.key for draft in agreements}) == len(agreements)


@pytest.mark.parametrize(
    ("title", "text", "lang", "kinds"),
    [
        ("업무협약 3건 체결", "이날 업무협약 1건과 의향서 2건에 서명했다.", "ko", ["counts"]),
        ("업무협약 2건 체결", "이날 업무협약 2건에 서명했다.", "ko", []),
        ("수출상담 900만 달러", "상담액은 420만 달러였다.", "ko", ["amounts"]),
        ("수출상담 420만 달러", "상담액은 419만 9천 달러였다.", "ko", []),
        (
            "다낭과 업무협약 체결",
            "두 지역은 오는 6월 업무협약을 체결할 예정이다.",
            "ko",
            ["standing"],
        ),
        (
            "Province signs three MOUs",
            "The province signed one MOU and two letters of intent.",
            "en",
            ["counts"],
        ),
        ("다낭과 간담회", "두 지역은 간담회를 열었다.", "ko", []),
    ],
)
def test_a_headline_that_says_otherwise_is_found_and_one_that_agrees_is_left(
    title, text, lang, kinds
):
    _drafts, clashes = read(text, title, lang)
    assert [clash.kind for clash in clashes] == kinds


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_pieces_put_together_are_the_text_however_marks_overlap(text, spans):
    made = [marks.Mark(min(a, b), max(a, b), f"c{n}", n) for n, (a, b) in enumerate(spans)]
    cut = marks.pieces(text, made)
    assert "".join(piece.text for piece in cut) == text
    for piece in cut:
        assert piece.lead + piece.last == piece.text
        assert set(piece.ends) <= set(piece.marks)


def test_overlapping_marks_each_end_with_their_number():
    cut = marks.pieces("abcdef", [marks.Mark(0, 4, "c1", 1), marks.Mark(2, 6, "c2", 2, bad=True)])
    told = [
        (one.text, [m.number for m in one.marks], [m.number for m in one.ends], one.bad)
        for one in cut
    ]
    assert told == [
        ("ab", [1], [], False),
        ("cd", [1, 2], [1], True),
        ("ef", [2], [2], True),
    ]
