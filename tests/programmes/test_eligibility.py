"""Rules of calls answer yes, no or not known, never a guess; tables worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.programmes import eligibility
from gyoryu.programmes.eligibility import Facts, Found, Outcome, Rule, Sanction, Support

GYEONGGI, SUWON, SEOUL, KOREA = 31, 3101, 11, 1
DAY = date(2025, 3, 14)
FACTS = Facts(
    on=DAY,
    year=2025,
    regions=frozenset({KOREA, GYEONGGI, SUWON}),
    size="small",
    exports={2024: Decimal(180_000)},
    sanctions=(),
    earlier=(),
    event="선전 국제 전자전",
    categories=frozenset({"참가비", "운송비"}),
    answers={"sales": 4_200_000_000, "founded": "2019-03-15", "true": True},
)
EARLIER = Support(
    number="2025-AW-00007",
    programme="해외마케팅 지원",
    year=2025,
    event="선전국제 전자전",
    categories=frozenset({"운송비"}),
    name="한빛전자",
)
DOUBLE = Rule(1, "double", {"event": True, "category": True, "years": 1, "affiliates": True})


def said(rule: Rule, facts: Facts = FACTS) -> tuple[str, str]:
    (found,) = eligibility.evaluate([rule], facts)
    return str(found.outcome), found.reason


@pytest.mark.parametrize(
    ("rule", "change", "outcome", "reason"),
    [
        (("region", {"regions": [GYEONGGI]}), {}, "met", "region_inside"),
        (("region", {"regions": [SEOUL]}), {}, "not_met", "region_outside"),
        (("region", {"regions": [GYEONGGI]}), {"regions": None}, "not_known", "region_missing"),
        (("size", {"sizes": ["small", "medium"]}), {}, "met", "size_among"),
        (("size", {"sizes": ["large"]}), {}, "not_met", "size_not"),
        (("size", {"sizes": ["small"]}), {"size": ""}, "not_known", "size_missing"),
        (("sales", {"below": "12000000000", "question": "sales"}), {}, "met", "sales_within"),
        (("sales", {"below": "4200000000", "question": "sales"}), {}, "not_met", "sales_too_high"),
        (("sales", {"below": "4200000001"}), {}, "not_known", "sales_missing"),
        (("sales", {"least": "1"}), {"sales": {2024: Decimal(0)}}, "not_met", "sales_too_low"),
        (("sales", {"least": "1", "year": 2023}), {"sales": {2024: Decimal(9)}}, "not_known", "sales_missing"),
        (("exports", {"below": "20000000"}), {}, "met", "exports_within"),
        (("exports", {"least": "180000"}), {}, "met", "exports_within"),
        (("exports", {"least": "180000.01"}), {}, "not_met", "exports_too_low"),
        (("exports", {"least": "1", "years_back": 2}), {}, "not_known", "exports_missing"),
        # Six years old until the day before its seventh birthday's year begins.
        (("age", {"below": 7, "question": "founded"}), {}, "met", "age_within"),
        (("age", {"below": 6, "question": "founded"}), {}, "met", "age_within"),
        (("age", {"below": 6, "question": "founded"}), {"on": date(2025, 3, 15)}, "not_met", "age_too_high"),
        (("age", {"least": 3}), {}, "not_known", "age_missing"),
        (("age", {"least": 3}), {"founded": date(2025, 4, 1)}, "not_known", "age_in_future"),
        (("sanction", {}), {}, "met", "sanction_none"),
        (("sanction", {}), {"sanctions": None}, "not_known", "sanction_missing"),
        (("sanction", {}), {"sanctions": None, "sanctioned": True}, "not_met", "sanction_said"),
        (("answer", {"question": "sales", "most": "1"}), {}, "not_met", "answer_beyond"),
        (("answer", {"question": "market", "options": ["cn"]}), {}, "not_known", "answer_missing"),
        (("answer", {"question": "market", "options": ["cn"]}), {"answers": {"market": ["vn", "cn"]}}, "met", "answer_good"),
        (("answer", {"question": "market", "options": ["cn"]}), {"answers": {"market": "vn"}}, "not_met", "answer_not"),
        (("declared", {"question": "true"}), {}, "met", "declared"),
        (("declared", {"question": "clean"}), {}, "not_known", "declaration_missing"),
        (("declared", {"question": "true"}), {"answers": {"true": False}}, "not_met", "not_declared"),
    ],
)  # fmt: skip
def test_each_kind_by_hand(rule, change, outcome, reason) -> None:
    assert said(Rule(1, *rule), replace(FACTS, **change)) == (outcome, reason)


@pytest.mark.parametrize(
    ("day", "affiliate", "terms", "outcome"),
    [
        (date(2025, 1, 1), False, {}, "not_met"),
        (date(2025, 6, 30), False, {}, "not_met"),
        (date(2025, 7, 1), False, {}, "met"),
        (date(2024, 12, 31), False, {}, "met"),
        (date(2025, 3, 1), True, {}, "met"),
        (date(2025, 3, 1), True, {"affiliates": True}, "not_met"),
    ],
)
def test_a_sanction_holds_from_its_first_day_to_its_last(day, affiliate, terms, outcome) -> None:
    one = Sanction("한빛전자", date(2025, 1, 1), date(2025, 6, 30), affiliate)
    assert said(Rule(1, "sanction", terms), replace(FACTS, on=day, sanctions=(one,)))[0] == outcome


@pytest.mark.parametrize(
    ("earlier", "terms", "outcome", "reason"),
    [
        ({}, {}, "not_met", "double_own"),
        ({"affiliate": True}, {}, "not_met", "double_affiliate"),
        ({"affiliate": True}, {"affiliates": False}, "met", "double_none"),
        ({"year": 2024}, {}, "met", "double_none"),
        ({"year": 2024}, {"years": 2}, "not_met", "double_own"),
        ({"year": 2001}, {"years": None}, "not_met", "double_own"),
        ({"year": 2026}, {"years": 3}, "met", "double_none"),
        ({"event": "베트남 식품전"}, {}, "met", "double_none"),
        ({"event": "베트남 식품전"}, {"event": False}, "not_met", "double_own"),
        ({"event": ""}, {}, "not_known", "double_unknown"),
        ({"categories": frozenset({"통역비"})}, {}, "met", "double_none"),
        ({"categories": frozenset({"통역비"}), "event": ""}, {}, "met", "double_none"),
        ({"categories": frozenset()}, {}, "not_known", "double_unknown"),
        ({}, {"most": 1}, "met", "double_none"),
    ],
)
def test_double_support_by_hand(earlier, terms, outcome, reason) -> None:
    rule = replace(DOUBLE, terms={**DOUBLE.terms, **terms})
    facts = replace(FACTS, earlier=(replace(EARLIER, **earlier),))
    assert said(rule, facts) == (outcome, reason)


def test_double_support_names_the_earlier_award() -> None:
    facts = replace(FACTS, earlier=(EARLIER,))
    assert eligibility.evaluate([DOUBLE], facts) == [
        Found(
            1,
            "double",
            Outcome.NOT_MET,
            "double_own",
            {
                "number": "2025-AW-00007",
                "programme": "해외마케팅 지원",
                "year": 2025,
                "name": "한빛전자",
                "event": "선전국제 전자전",
                "count": 1,
                "most": 0,
            },
        )
    ]


def test_together_one_no_decides_and_then_one_not_known() -> None:
    yes, no, unknown = (
        Found(1, "size", outcome, "")
        for outcome in (Outcome.MET, Outcome.NOT_MET, Outcome.NOT_KNOWN)
    )
    assert eligibility.together([yes, unknown, no]) == "not_met"
    assert eligibility.together([yes, unknown]) == "not_known"
    assert eligibility.together([]) == "met"


NOTHING = Facts(on=DAY, year=2025)
TERMS = {
    "region": {"regions": [1]}, "size": {"sizes": ["small"]}, "sales": {"least": "1"}, "exports": {"below": "5"}, "age": {"least": 1},
    "sanction": {}, "double": {"years": 3}, "answer": {"question": "a", "least": "1"}, "declared": {"question": "b"},
}  # fmt: skip


@given(kind=st.sampled_from(sorted(TERMS)))
def test_who_is_not_known_is_never_guessed(kind) -> None:
    assert said(Rule(1, kind, TERMS[kind]), NOTHING)[0] == "not_known"


@given(
    kind=st.sampled_from(sorted(TERMS)),
    answer=st.none()
    | st.text()
    | st.integers()
    | st.lists(st.text())
    | st.floats()
    | st.booleans(),
)
def test_no_answer_breaks_a_rule(kind, answer) -> None:
    terms = {**TERMS[kind], "question": "a"}
    facts = replace(NOTHING, answers={"a": answer})
    assert said(Rule(1, kind, terms), facts)[0] in {"met", "not_met", "not_known"}


# The conditions of five programmes as an office lays them down, and companies worked out by hand:
# each row is a rule, each column what it says of one applicant.
TRADE_SHOW = [
    Rule("seat", "region", {"regions": [GYEONGGI]}),
    Rule("size", "size", {"sizes": ["small", "medium"]}),
    Rule("exports", "exports", {"below": "20000000"}),
    Rule("sanction", "sanction", {"affiliates": True}),
    Rule("double", "double", {"event": True, "category": True, "years": 1, "affiliates": True}),
]
TRAINING = [
    Rule("staff", "answer", {"question": "affiliation", "options": ["province", "city"]}),
    Rule("members", "answer", {"question": "members", "least": "3", "most": "5"}),
    Rule("declared", "declared", {"question": "not_abroad"}),
]
VOUCHER = [
    Rule("seat", "region", {"regions": [GYEONGGI]}),
    Rule("sales", "sales", {"below": "70000000000", "question": "sales"}),
    Rule("exports", "exports", {"below": "20000000"}),
    Rule("twice", "double", {"years": 3, "most": 2}),
]
CERAMICS = [
    Rule("seat", "region", {"regions": [GYEONGGI]}),
    Rule("trade", "answer", {"question": "trade", "options": ["ceramics"]}),
    Rule("double", "double", {"event": True, "years": 1}),
]
INCUBATION = [
    Rule("age", "age", {"below": 7, "question": "founded"}),
    Rule("size", "size", {"sizes": ["small"]}),
    Rule("sanction", "sanction", {}),
]
BEFORE = (
    replace(EARLIER, year=2025, event="선전 국제 전자전"),
    replace(EARLIER, number="2024-AW-1", year=2024, event="하노이 식품전"),
    replace(EARLIER, number="2023-AW-2", year=2023, event="두바이 건설전"),
)


@pytest.mark.parametrize(
    ("rules", "change", "said"),
    [
        (TRADE_SHOW, {}, "met met met met met"),
        (TRADE_SHOW, {"size": "midsize", "exports": {2024: Decimal("20000000")}}, "met not_met not_met met met"),
        (TRADE_SHOW, {"exports": {2023: Decimal(1)}, "earlier": BEFORE[:1]}, "met met not_known met not_met"),
        (TRADE_SHOW, {"earlier": (replace(BEFORE[0], categories=frozenset({"통역비"})),)}, "met met met met met"),
        (TRADE_SHOW, {"regions": frozenset({KOREA, SEOUL}), "sanctions": (Sanction("자회사", DAY, DAY, affiliate=True),)}, "not_met met met not_met met"),
        (TRAINING, {"answers": {"affiliation": "city", "members": "5", "not_abroad": True}}, "met met met"),
        (TRAINING, {"answers": {"affiliation": "other", "members": "6"}}, "not_met not_met not_known"),
        (TRAINING, {"answers": {"affiliation": "province", "members": "2", "not_abroad": False}}, "met not_met not_met"),
        (VOUCHER, {}, "met met met met"),
        (VOUCHER, {"answers": {"sales": 70_000_000_000}, "earlier": BEFORE}, "met not_met met not_met"),
        (VOUCHER, {"answers": {}, "earlier": BEFORE[1:]}, "met not_known met met"),
        (CERAMICS, {"answers": {"trade": "ceramics"}, "event": "도자 비엔날레"}, "met met met"),
        (CERAMICS, {"answers": {"trade": "glass"}, "event": "선전국제전자전", "earlier": BEFORE}, "met not_met not_met"),
        (CERAMICS, {"answers": {}, "event": ""}, "met not_known not_known"),
        (INCUBATION, {}, "met met met"),
        (INCUBATION, {"answers": {"founded": "2018-03-14"}, "size": "medium"}, "not_met not_met met"),
        (INCUBATION, {"answers": {"founded": "2018-03-15"}, "size": ""}, "met not_known met"),
    ],
)  # fmt: skip
def test_the_conditions_of_five_programmes_by_hand(rules, change, said) -> None:
    found = eligibility.evaluate(rules, replace(FACTS, **change))
    assert " ".join(str(one.outcome) for one in found) == said
