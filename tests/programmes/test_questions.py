"""A form reads whatever is typed: each answer gives a value or an error, never a crash."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.programmes import questions
from gyoryu.programmes.questions import Wrong, values

FORM = [
    {"code": "event", "kind": "text", "label": {"ko": "참가 전시회", "en": "Exhibition"}, "required": True, "most": "40"},
    {"code": "plan", "kind": "long", "label": {"ko": "참가 계획", "en": ""}, "least": "10", "most": "100"},
    {"code": "staff", "kind": "number", "label": {"ko": "종업원 수", "en": "Employees"}, "least": "1", "most": "300"},
    {"code": "sales", "kind": "money", "label": {"ko": "전년도 매출", "en": "Sales"}, "required": True},
    {"code": "founded", "kind": "date", "label": {"ko": "설립일", "en": "Founded"}, "most": "2025-12-31"},
    {"code": "market", "kind": "choice", "label": {"ko": "시장", "en": "Market"},
     "options": [{"code": "cn", "label": {"ko": "중국", "en": "China"}}, {"code": "vn", "label": {"ko": "베트남", "en": "Vietnam"}}]},
    {"code": "costs", "kind": "choices", "label": {"ko": "신청 비용", "en": "Costs"}, "required": True, "most": "2",
     "options": [{"code": "booth", "label": {"ko": "참가비", "en": "Fee"}}, {"code": "freight", "label": {"ko": "운송비", "en": "Freight"}},
                 {"code": "interpreter", "label": {"ko": "통역비", "en": "Interpretation"}}]},
    {"code": "budget", "kind": "table", "label": {"ko": "예산", "en": "Budget"}, "most": "3",
     "columns": [{"code": "item", "kind": "text", "label": {"ko": "항목", "en": "Item"}, "required": True},
                 {"code": "amount", "kind": "money", "label": {"ko": "금액", "en": "Amount"}, "required": True, "most": "12000000"}]},
    {"code": "brochure", "kind": "file", "label": {"ko": "소개서", "en": "Brochure"}, "reveals": True},
    {"code": "true", "kind": "consent", "label": {"ko": "사실과 다름이 없습니다", "en": "It is true"}, "required": True},
]  # fmt: skip
GOOD = {
    "event": " 선전 국제\t전자전 ",
    "plan": "부스 두 칸에\r\n신제품을 전시한다",
    "staff": "1,2",
    "sales": "₩ 1,234,567,890원",
    "founded": "2019. 3. 4.",
    "market": "cn",
    "costs": ["freight", "booth"],
    "budget": [
        {"item": "부스", "amount": "8,000,000"},
        {"item": "", "amount": ""},
        {"item": "운송", "amount": 3500000},
    ],
    "brochure": "17",
    "true": "on",
}


@pytest.fixture(scope="module")
def form():
    return questions.load(FORM)


def test_a_form_written_down_reads_the_same(form) -> None:
    again = questions.parse(json.loads(json.dumps(questions.dump(form))))
    assert again == questions.Parsed(form, {})


def test_answers_become_values_and_what_is_wrong_stands_by_its_code(form) -> None:
    checked = questions.check(form, GOOD)
    assert checked == questions.Checked(
        {
            "event": "선전 국제 전자전",
            "plan": "부스 두 칸에\n신제품을 전시한다",
            "sales": 1234567890,
            "founded": "2019-03-04",
            "market": "cn",
            "costs": ["booth", "freight"],
            "budget": [
                {"item": "부스", "amount": 8000000},
                {"item": "운송", "amount": 3500000},
            ],
            "brochure": [17],
            "true": True,
        },
        {"staff": Wrong("not_a_number", {"text": "1,2"})},
    )


def test_every_kind_says_what_is_wrong(form) -> None:
    wrong = {
        "event": "가" * 41,
        "plan": "짧다",
        "staff": "301",
        "sales": "-5",
        "founded": "2026-01-01",
        "market": "us",
        "costs": ["booth", "freight", "interpreter"],
        "budget": [{"item": "부스", "amount": "12,000,001"}, {"amount": "5.5"}, {"item": "가"}],
        "brochure": ["17", "18"],
        "true": "no",
    }
    assert questions.check(form, wrong) == questions.Checked(
        {},
        {
            "event": Wrong("too_long", {"most": 40, "length": 41}),
            "plan": Wrong("too_short", {"least": 10, "length": 2}),
            "staff": Wrong("too_much", {"most": "300"}),
            "sales": Wrong("below_zero"),
            "founded": Wrong("too_late", {"most": "2025-12-31"}),
            "market": Wrong("no_such_option", {"text": "us"}),
            "costs": Wrong("too_many_chosen", {"most": 2, "count": 3}),
            "budget.1.amount": Wrong("too_much", {"most": "12000000"}),
            "budget.2.amount": Wrong("not_whole_won"),
            "budget.2.item": Wrong("required"),
            "budget.3.amount": Wrong("required"),
            "brochure": Wrong("too_many_files", {"most": 1, "count": 2}),
            "true": Wrong("required"),
        },
    )


def test_a_draft_may_leave_out_what_is_required(form) -> None:
    assert questions.check(form, {"plan": "짧다"}, draft=True) == questions.Checked(
        {"plan": "짧다"}, {}
    )
    assert set(questions.check(form, {}).errors) == {"event", "sales", "costs", "true"}


def test_a_blind_panel_is_not_shown_what_reveals(form) -> None:
    kept = questions.check(form, GOOD).values
    seen = questions.shown(form, kept, blind=True, language="en")
    assert "brochure" not in {one.code for one in seen}
    told = {one.code: one.text or one.rows or one.agreed for one in seen}
    assert told == {
        "event": "선전 국제 전자전",
        "plan": "부스 두 칸에\n신제품을 전시한다",
        "staff": False,
        "sales": "1,234,567,890",
        "founded": "2019-03-04",
        "market": "China",
        "costs": "Fee, Freight",
        "budget": (("부스", "8,000,000"), ("운송", "3,500,000")),
        "true": True,
    }
    assert questions.shown(form, kept)[8].files == (17,)


def test_what_is_posted_is_read_by_name(form) -> None:
    fields = {
        "q.event": ["전시회"],
        "q.costs": ["booth", "freight"],
        "q.budget.item": ["부스", "운송"],
        "q.budget.amount": ["1"],
    }
    posted = questions.posted(form, lambda name: fields.get(name, []))
    assert posted["budget"] == [{"item": "부스", "amount": "1"}, {"item": "운송", "amount": ""}]
    assert (posted["event"], posted["costs"], posted["plan"]) == (
        "전시회",
        ["booth", "freight"],
        "",
    )


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"code": "Event"}, {"code": Wrong("code_not_good")}),
        ({"kind": "video"}, {"kind": Wrong("kind_unknown")}),
        ({"label": {"ko": " "}}, {"label": Wrong("label_missing")}),
        ({"label": {"ko": "가" * 301}}, {"label": Wrong("too_long", {"most": 300, "length": 301})}),
        ({"least": "50"}, {"most": Wrong("bounds_crossed")}),
        ({"most": "0"}, {"most": Wrong("bound_out_of_range", {"least": 1, "most": 300})}),
        ({"most": "many"}, {"most": Wrong("not_a_number", {"text": "many"})}),
        ({"kind": "choice"}, {"options": Wrong("options_count", {"least": 2, "most": 60})}),
        ({"kind": "table"}, {"columns": Wrong("columns_count", {"least": 1, "most": 10})}),
    ],
)
def test_a_form_that_cannot_be_says_where(change, errors) -> None:
    assert questions.parse([FORM[1], {**FORM[0], **change}]).errors == {1: errors}


def test_two_questions_of_one_code_are_refused() -> None:
    assert questions.parse([FORM[0], FORM[0]]).errors == {
        1: {"code": Wrong("code_twice", {"code": "event"})}
    }
    with pytest.raises(ValueError, match="not a form"):
        questions.load([FORM[0], FORM[0]])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1,234.50", "1234.5"), ("０１２", "12"), ("-0", "0"), ("-0.5", "-0.5"), ("1e5", None), ("1,23", None),
        ("9" * 15, "9" * 15), ("9" * 16, None), ("0." + "1" * 7, None), ("٣", None), ("12 ", "12"), ("+3", "3"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed, read) -> None:
    try:
        found = values.plain(values.number(typed) or Decimal(0))
    except Wrong:
        found = None
    assert found == read


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["1,000", "2025-02-30", "booth", "9" * 400, 10**4000, "\x00", "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["item", "amount", "ko", "code", "kind", "label", "options", "columns", "most"]) | st.text(max_size=5),
        inner, max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip


@given(answers=st.dictionaries(st.sampled_from([one["code"] for one in FORM]), JUNK) | JUNK)
def test_any_answers_give_values_or_errors(form, answers) -> None:
    for draft in (True, False):
        checked = questions.check(form, answers, draft=draft)
        told = json.dumps(checked.values, ensure_ascii=False)
        assert "\\u0000" not in told
        told.encode()
        # What was kept once is kept again: nothing is wrong with what was found to be right.
        again = questions.check(form, json.loads(told), draft=True)
        assert again == questions.Checked(checked.values, {})
        if not draft:
            required = {one.code for one in form if one.required}
            said = {*checked.values, *(key.partition(".")[0] for key in checked.errors)}
            assert required <= said
    questions.shown(form, answers if isinstance(answers, dict) else {}, language="en")


@given(raw=st.lists(JUNK, max_size=4) | JUNK)
def test_any_json_is_a_form_or_says_why_not(raw) -> None:
    parsed = questions.parse(raw)
    if not parsed.errors:
        assert questions.load(questions.dump(parsed.questions)) == parsed.questions


ODD = st.fixed_dictionaries(
    {"code": st.sampled_from(["a", "b", "c"]), "kind": st.sampled_from(questions.KINDS), "label": st.just({"ko": "물음"})},
    optional={
        "least": st.sampled_from(["", "1", "5", "2025-01-01", "-3", "x"]), "most": st.sampled_from(["", "3", "12", "2024-01-01", "9" * 20]),
        "required": st.booleans(), "reveals": st.booleans(),
        "options": st.just([{"code": "x", "label": {"ko": "가"}}, {"code": "y", "label": {"ko": "나"}}]),
        "columns": st.just([{"code": "n", "kind": "number", "label": {"ko": "수"}, "least": "1"}]),
    },
)  # fmt: skip


@given(raw=st.lists(ODD, max_size=4), answers=st.dictionaries(st.sampled_from("abc"), JUNK))
def test_any_form_checks_any_answers(raw, answers) -> None:
    parsed = questions.parse(raw)
    if not parsed.errors:
        checked = questions.check(parsed.questions, answers)
        assert questions.check(parsed.questions, checked.values, draft=True).errors == {}
