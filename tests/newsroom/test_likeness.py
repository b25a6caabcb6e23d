"""Articles that say the same are found, in the same words and in the other language."""

import random
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyoryu.newsroom import likeness
from gyoryu.newsroom.likeness import marks, sounds

DAY = datetime(2025, 3, 28, tzinfo=UTC)

KOREAN = """해안도, 린드마르크주와 씨앗은행 업무협약 체결
해안도(지사 오나리)는 28일 린드마르크주 노르홀름에서 씨앗은행을 여는 업무협약을 맺었다고 밝혔다.
두 지역은 앞으로 5년 동안 해마다 씨앗 2,340종을 주고받고, 보관 비용 12억 4천만 원을 반씩 낸다.
협약식에는 에리크 산드스트룀(Erik Sandström) 주지사와 농업 단체 36곳의 대표가 함께하였다.
오 지사는 “작은 씨앗이 두 지역을 잇는 다리가 될 것”이라며 “내년 4월 2일 시작한다”고 말했다.
한편 해안도는 독일과 캐나다의 지방정부와도 비슷한 협약을 준비하고 있으며, 곧 결과를 알린다."""

ENGLISH = """Haean Province and Lindmark Region Agree to Open a Joint Seed Bank
Haean Province signed an agreement with the Lindmark Region in Norholm on March 28.
The two sides will exchange 2,340 kinds of seed each year and share the 1.24 billion won it costs.
Governor Erik Sandström and leaders of 36 farming groups attended. The first exchange is on April 2.
Haean is preparing similar agreements with local governments in Germany and Canada."""

OTHERS_KO = [
    """해안도, 갯마을 축제에 관광객 20만 명 찾아
해안도는 5일부터 사흘 동안 열린 갯마을 축제에 20만 3천 명이 다녀갔다고 밝혔다.
일본과 대만에서 온 관광객은 4,120명으로, 지난해보다 18% 늘었다.""",
    """해안도 청년 수출학교, 3월 28일 문 열어
해안도는 28일 청년 45명이 참가하는 수출학교를 열었다. 미국과 독일의 바이어 12명이 강의를 맡는다.
도는 올해 예산 3억 2천만 원을 쓴다.""",
]
OTHERS_EN = [
    """Haean Seaside Festival Draws 203,000 Visitors
Haean Province said 203,000 people came to the three-day festival.
Visitors from Japan and Taiwan numbered 4,120, up 18 percent.""",
    """Haean Sends Medical Team to Kirona
Haean Province sent 14 doctors to Kirona on March 28. The team carries supplies worth $250,000.""",
]


def story(key, text, days=0):
    return likeness.Story(key, text, DAY + timedelta(days=days))


def test_a_text_is_identical_to_itself_and_its_signature_can_be_kept():
    one = likeness.signature(KOREAN)
    kept = likeness.Signature.unpacked(one.packed())
    assert kept == one
    assert likeness.compare(one, kept) == likeness.Likeness(1.0, 1.0, 1.0, "identical")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (KOREAN.replace("밝혔다", "말했다").replace("함께하였다", "참석했다"), "same-words"),
        ("\n".join(reversed(KOREAN.split("\n"))), "same-words"),
        (
            KOREAN + "\n기사 제보는 누리집으로 받습니다. 문의는 대표전화로 하시기 바랍니다.",
            "same-words",
        ),
        ("\n".join(KOREAN.split("\n")[:3]), "contained"),
        (OTHERS_KO[0], "different"),
        (ENGLISH, "different"),
        ("", "different"),
    ],
    ids=["endings", "order", "notice", "excerpt", "another", "other language", "nothing"],
)
def test_likeness_says_in_what_way_two_texts_are_alike(changed, reason):
    found = likeness.compare(likeness.signature(KOREAN), likeness.signature(changed))
    assert found.reason == reason
    assert found.same is (reason != "different")


def monthly(month, figures):
    first, second, third, fourth, fifth = figures
    return (
        f"해안도는 {month}월 수출이 {first}만 달러로 집계되었다고 밝혔다. 품목별로는 김이 "
        f"{second}만 달러, 전복이 {third}만 달러로 가장 많았고, 나라별로는 일본이 {fourth}만 달러, "
        f"미국이 {fifth}만 달러였다. 도는 앞으로도 해외 시장을 넓히고 "
        "수출 기업을 도울 계획이라고 덧붙였다. "
        "자세한 통계는 누리집에 있다."
    )


def test_the_same_words_around_other_figures_are_a_template_and_no_duplicate():
    march = likeness.signature(monthly(3, (1234, 410, 322, 515, 208)))
    april = likeness.signature(monthly(4, (1301, 466, 298, 540, 231)))
    found = likeness.compare(march, april)
    assert (found.reason, found.same) == ("template", False)


def test_near_duplicates_share_a_key_to_be_found_by():
    one, other = likeness.signature(KOREAN), likeness.signature(KOREAN.replace("밝혔다", "말했다"))
    assert set(likeness.bands(one)) & set(likeness.bands(other))
    assert not set(likeness.bands(one)) & set(likeness.bands(likeness.signature(OTHERS_KO[0])))
    assert likeness.bands(likeness.signature("")) == ()


def test_articles_are_grouped_as_they_come_in():
    groups = likeness.Groups()
    texts = {"a": KOREAN, "b": OTHERS_KO[0], "c": KOREAN.replace("밝혔다", "말했다"), "d": KOREAN}
    placed = {key: groups.add(key, likeness.signature(text), DAY) for key, text in texts.items()}
    assert {key: one.group for key, one in placed.items()} == {
        "a": "a",
        "b": "b",
        "c": "a",
        "d": "a",
    }
    assert (placed["d"].like, placed["d"].likeness.reason) == ("a", "identical")


def test_an_article_that_repeats_two_groups_joins_them():
    told = KOREAN.split("\n")
    groups = likeness.Groups()
    for key, part in (("a", told[:4]), ("b", told[3:]), ("c", told)):
        groups.add(key, likeness.signature("\n".join(part)), DAY)
    assert len({groups.group(key) for key in "abc"}) == 1


def test_last_years_release_is_not_grouped_with_this_years():
    groups = likeness.Groups(within=timedelta(days=30))
    groups.add("then", likeness.signature(KOREAN), DAY - timedelta(days=365))
    assert groups.add("now", likeness.signature(KOREAN), DAY).group == "now"


def test_grouping_stays_quick_when_thousands_are_the_same():
    groups = likeness.Groups()
    one = likeness.signature(KOREAN)
    began = time.process_time()
    placed = [groups.add(str(number), one, DAY) for number in range(2_000)]
    assert {one.group for one in placed} == {"0"}
    assert time.process_time() - began < 60


def test_the_versions_of_one_story_are_paired_with_the_reason():
    korean = [story("k1", KOREAN), story("k2", OTHERS_KO[0], 8), story("k3", OTHERS_KO[1])]
    english = [story("e1", ENGLISH, 1), story("e2", OTHERS_EN[0], 9), story("e3", OTHERS_EN[1])]
    pairs = likeness.pair(korean, english)
    assert {(one.korean, one.english) for one in pairs} == {("k1", "e1"), ("k2", "e2")}
    (first,) = [one for one in pairs if one.korean == "k1"]
    reasons = {reason.kind: reason.shared for reason in first.reasons}
    assert reasons["figures"] == ("1,240,000,000", "2,340", "36")
    assert reasons["days"] == ("04-02",)
    assert {"erik", "sandstrom"} <= set(reasons["names"])
    assert reasons["places"] == ("CA", "DE")
    assert reasons["time"] == ("24h",)


def test_a_story_of_another_month_is_not_a_version():
    assert likeness.compare_versions(story("k", KOREAN), story("e", ENGLISH, 40)) is None
    assert likeness.compare_versions(story("k", KOREAN), story("e", ENGLISH)) is not None


def test_a_version_without_a_time_is_paired_by_its_marks_alone():
    found = likeness.compare_versions(likeness.Story("k", KOREAN), story("e", ENGLISH))
    assert "time" not in {reason.kind for reason in found.reasons}


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("3천623만 달러", "$36.2 million"),
        ("496억 원", "49.6 billion won"),
        ("12억 5천만 원", "1.25 billion won"),
        ("1,276만불", "12.76 million dollars"),
        ("2천여만 달러", "about 20 million dollars"),
        ("1조 9,892억 달러", "1.99 trillion dollars"),
        ("580만 불", "$5.8 million"),
        ("참가 기업 138개사", "138 companies"),
    ],
)
def test_figures_are_the_same_in_both_languages(korean, english):
    shared = marks.same_figures(marks.of_korean(korean).figures, marks.of_english(english).figures)
    assert len(shared) == 1


def test_other_figures_and_years_are_not_shared():
    one = marks.of_korean("2025년 3천623만 달러, 45명").figures
    assert (
        marks.same_figures(one, marks.of_english("In 2025, $37 million, 46 people").figures)
        == set()
    )


@pytest.mark.parametrize(
    ("korean", "english"),
    [("바르셀로나에서", "Barcelona"), ("캘리포니아주", "California"), ("광둥성과", "Guangdong")],
)
def test_foreign_names_are_heard_in_both_scripts(korean, english):
    assert sounds.of_korean(korean) & set(sounds.of_latin(english))


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared_in_either_order(one, other):
    first, second = likeness.signature(one), likeness.signature(other)
    found = likeness.compare(first, second)
    assert found == likeness.compare(second, first)
    assert 0 <= found.share <= 1
    assert 0 <= found.contained <= 1
    assert likeness.Signature.unpacked(first.packed()) == first
    likeness.compare_versions(likeness.Story("k", one), likeness.Story("e", other))


SHAPES = {
    "digits": "1" * 300_000,
    "numbers": "1,2 " * 100_000,
    "units": "1천 " * 100_000,
    "capitals": "Aa" * 150_000,
    "names": "Aaaa " * 60_000,
    "dots": "1." * 150_000,
    "months": "3월 " * 100_000,
    "syllables": "가" * 300_000,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_line_takes_seconds_and_not_hours(shape):
    began = time.process_time()
    likeness.signature(SHAPES[shape])
    marks.of_korean(SHAPES[shape])
    marks.of_english(SHAPES[shape])
    assert time.process_time() - began < 60


def test_what_is_shared_is_estimated_within_a_tenth_or_two():
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghij", k=6)) for _ in range(3000)]
    whole, part = " ".join(words[:2000]), " ".join(words[1000:])
    found = likeness.compare(likeness.signature(whole), likeness.signature(part))
    assert abs(found.share - 1 / 3) < 0.15
