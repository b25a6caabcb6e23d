"""Signed, planned, pursued, hoped for, verbal and historic are kept apart."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyoryu.newsroom import extraction
from gyoryu.newsroom.extraction.document import Agreement

DAY = date(2031, 5, 14)


def agreements(text, lang, published=DAY):
    found = extraction.read(text, published=published, lang=lang)
    return [(i.sub, i.status) for i in found if isinstance(i, Agreement)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("두 기관은 14일 업무협약을 체결했다.", ("mou", "signed")),
        ("두 기관은 14일 양해각서(MOU)를 체결하였다고 밝혔다.", ("mou", "signed")),
        ("14일 두 도시의 자매결연 협약이 체결됐다.", ("sisterhood", "signed")),
        ("두 기관은 14일 업무협약 체결식을 개최했다.", ("mou", "signed")),
        ("두 기관은 오는 20일 업무협약을 체결할 예정이다.", ("mou", "planned")),
        ("두 기관은 업무협약을 체결하기로 했다.", ("mou", "planned")),
        ("두 기관은 14일 업무협약을 체결한다고 밝혔다.", ("mou", "planned")),
        ("두 기관은 협정에 가서명했다.", ("agreement", "planned")),
        ("두 기관은 업무협약 체결을 추진하고 있다.", ("mou", "intended")),
        ("두 기관은 2024년 업무협약을 체결한 바 있다.", ("mou", "existing")),
        ("지난해 8월 체결한 업무협약의 이행을 점검했다.", ("mou", "existing")),
        ("양사는 투자의향서를 교환했다.", ("loi", "signed")),
    ],
)
def test_korean_endings_settle_the_standing(text, expected):
    assert agreements(text, "ko") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Today, the two cities signed a memorandum of understanding.", ("mou", "signed")),
        ("An action plan was signed on May 13.", ("action_plan", "signed")),
        ("The two cities will sign an MOU.", ("mou", "planned")),
        ("The two cities plan to sign a friendship agreement in June.", ("friendship", "planned")),
        ("They voiced their intent to move forward with a ports MOU.", ("mou", "intended")),
        ("They look forward to signing a ports agreement.", ("agreement", "intended")),
        ("They reached an agreement on fishing.", ("agreement", "announced")),
        ("They announced a framework for fishing.", ("agreement", "announced")),
        (
            "Norland presented the city with a letter of support.",
            ("letter_of_support", "presented"),
        ),
        ("They praised the fishing agreement signed in 2019.", ("agreement", "existing")),
        ("They have been sister cities since 1998.", ("sisterhood", "existing")),
    ],
)
def test_english_verbs_settle_the_standing(text, expected):
    assert agreements(text, "en") == [expected]


PLANS_KO = [
    "체결할 예정이다.",
    "체결하기로 했다.",
    "체결할 계획이라고 밝혔다.",
    "체결한다.",
    "체결한다고 밝혔다.",
    "체결을 추진하고 있다.",
    "체결을 추진하기로 했다.",
    "체결을 논의했다.",
    "체결 가능성이 크다.",
    "체결이 예상된다.",
    "체결을 앞두고 있다.",
    "체결될 것으로 기대된다.",
    "체결하면 교류가 늘 것이다.",
    "체결을 제안했다.",
    "체결을 희망했다.",
    "체결하지 못했다.",
]
PLANS_EN = [
    "will sign",
    "plan to sign",
    "intend to sign",
    "hope to conclude",
    "are negotiating to conclude",
    "agreed to sign",
    "look forward to signing",
    "discussed signing",
    "are expected to sign",
    "would sign",
    "are working to conclude",
    "seek to sign",
    "are scheduled to sign",
]
NOUNS_KO = ["업무협약을", "양해각서(MOU)를", "투자계약을", "자유무역협정을", "의향서를"]
NOUNS_EN = ["an MOU", "a trade agreement", "a memorandum of understanding", "a joint statement"]


@settings(deadline=None)
@given(
    st.sampled_from(NOUNS_KO),
    st.sampled_from(PLANS_KO),
    st.sampled_from(["", "14일 ", "오는 20일 ", "올해 안에 "]),
)
def test_a_plan_is_never_read_as_signed_in_korean(noun, plan, when):
    noun = noun[:-1] + " " if plan.startswith(("체결을", "체결이", "체결 ")) else noun + " "
    statuses = [status for _, status in agreements(f"양 기관은 {when}{noun}{plan}", "ko")]
    assert "signed" not in statuses


@settings(deadline=None)
@given(
    st.sampled_from(NOUNS_EN),
    st.sampled_from(PLANS_EN),
    st.sampled_from([" today", " in June", ""]),
)
def test_a_plan_is_never_read_as_signed_in_english(noun, plan, when):
    statuses = [status for _, status in agreements(f"The two ministers {plan} {noun}{when}.", "en")]
    assert "signed" not in statuses


def test_what_is_dated_after_publication_is_a_plan():
    text = "The two cities signed an MOU on June 20."
    assert agreements(text, "en") == [("mou", "planned")]


def test_an_agreement_long_past_is_history():
    text = "두 도시는 2029년 3월 2일 업무협약을 체결했다."
    assert agreements(text, "ko") == [("mou", "existing")]


def test_two_agreements_in_one_sentence_with_each_are_two():
    text = "가람시와 나래시, 다솜군과 라온군은 14일 각각 업무협약을 체결했다."
    assert agreements(text, "ko") == [("mou", "signed"), ("mou", "signed")]


def test_an_agreement_told_again_is_given_once():
    text = (
        "하늘시는 14일 바다청과 업무협약을 체결했다.\n\n"
        "이번 업무협약을 체결함으로써 두 기관은 가까워졌다. 하늘시는 바다청과 업무협약을 체결했다."
    )
    assert agreements(text, "ko") == [("mou", "signed")]


def test_export_contracts_belong_to_results_and_not_to_agreements():
    assert agreements("참가 기업들은 70만 달러의 수출계약을 체결했다.", "ko") == []


def test_what_somebody_says_in_quotes_is_not_taken_as_fact():
    text = "시장은 “우리는 반드시 업무협약을 체결했다고 말하게 될 것”이라고 했다."
    assert agreements(text, "ko") == []


def test_an_agreement_carries_its_parties_day_and_place():
    text = "하늘시는 5월 14일 서울에서 바다진흥원과 업무협약을 체결했다."
    [item] = [
        i for i in extraction.read(text, published=DAY, lang="ko") if isinstance(i, Agreement)
    ]
    assert item.date.value == "2031-05-14"
    assert item.place.quote == "서울"
    assert "바다진흥원" in [party.quote for party in item.parties]
    assert item.trigger.quote == "업무협약을 체결"
