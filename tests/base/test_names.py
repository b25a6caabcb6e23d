"""Names meet when they may be one person's or one body's, and stay apart when they are not."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gyoryu.base import names, romanisation

ONE = [
    ("김동연", "Dong Yeon Kim"), ("김동연", "Kim Dong-yeon"), ("김동연", "KIM, Dongyeon"),
    ("김동연", "KIM Dong Yeon"), ("김동연", "Dong-Yeon KIM"), ("김동연", "Kim Tongyŏn"),
    ("김동연", "김 동연"), ("김동연", "동연 김"), ("김동연", "Gim Dongyeon"),
    ("김동연", "Governor Kim Dong-yeon"), ("김동연", "김동연 지사"), ("김동연(Kim D.)", "김동연"),
    ("Kim Dong-yeon", "Dongyeon Kim"), ("Kim Dong-yeon", "Dong Youn Kim"),
    ("이명박", "Lee Myung-bak"), ("이명박", "Yi Myeongbak"), ("이명박", "Myung Bak Rhee"),
    ("이영호", "리영호"), ("리영호", "Ri Yong-ho"), ("임성재", "Sungjae Im"), ("임성재", "Lim Sung Jae"),
    ("림성재", "임성재"), ("박하은", "Haeun Park"), ("박하은", "Ha-Eun Pak"), ("박정희", "Park Chung-hee"),
    ("박정희", "Pak Chŏnghŭi"), ("최수인", "Choi Soo-in"), ("최수인", "Suin Choe"),
    ("정민준", "Jung Min Jun"), ("정민준", "Minjoon Jeong"), ("정민준", "Chung Min-jun"),
    ("유재석", "Yoo Jae Suk"), ("류재석", "Ryu Jaeseok"), ("류재석", "유재석"), ("노무현", "Roh Moo-hyun"),
    ("나경원", "Na Kyung-won"), ("라경원", "나경원"), ("허준", "Hur Jun"), ("우원식", "Woo Won-shik"),
    ("안철수", "Ahn Cheol-soo"), ("조국", "Cho Kuk"), ("윤석열", "Yoon Suk Yeol"), ("오세훈", "Oh Se-hoon"),
    ("문재인", "Moon Jae-in"), ("한덕수", "Han Duck-soo"), ("추미애", "Choo Mi-ae"),
    ("강경화", "Kang Kyung-wha"), ("황교안", "Hwang Kyo-ahn"), ("배현진", "Bae Hyun Jin"),
    ("남궁윤", "Namgung Yun"), ("남궁윤", "Nam Gung Yun"), ("남궁윤", "Yun Namgung"),
    ("선우재덕", "Sunwoo Jae-duk"), ("제갈공명", "Jegal Gongmyeong"), ("황보라", "Hwang Bo-ra"),
    ("황보라", "Hwangbo Ra"), ("김민정", "Min Jung Kim"), ("Jung Min Kim", "김정민"),
    ("데이비드 이비", "이비 데이비드"), ("데이비드 이비", "데이비드이비"), ("David Eby", "EBY, David"),
    ("John A. Smith", "Smith John"), ("José García", "Garcia Jose"), ("Jürgen Müller", "Juergen Mueller"),
    ("Nguyễn Văn An", "Nguyen Van An"), ("信长星", "信长星"), ("Xin Changxing", "Changxing XIN"),
    ("Спиридонов Иван", "Иван Спиридонов"),
]  # fmt: skip
TWO = [
    ("김동연", "김연동"), ("김동연", "Yeon Dong Kim"), ("Kim Dong-yeon", "Kim Yeon-dong"),
    ("김동연", "이동연"), ("김동연", "Lee Dong Yeon"), ("김영호", "김용호"), ("김용호", "Kim Young-ho"),
    ("김준호", "김춘호"), ("박민수", "박민서"), ("박민수", "Park Min"), ("정민", "정민준"),
    ("김수인", "김신"), ("최은", "최운"), ("이승호", "이성호"), ("이성호", "Lee Seung-ho"),
    ("남궁윤", "남윤궁"), ("데이비드 이비", "David Eby"), ("신창싱", "Xin Changxing"),
    ("신창싱", "信长星"), ("Xin Changxing", "信长星"), ("마리아", "Maria"), ("John A. Smith", "John B. Smith"),
    ("John Smith", "Johan Smith"), ("Amy Lee", "May Lee"), ("Listen Silent", "Silent Enlist"),
    ("김나은", "김내운"), ("오세훈", "오세현"), ("한나", "나한"), ("", "김동연"), ("...", "김동연"), ("-", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE)
def test_these_may_be_one_person_and_are_found_by_each_other(one, other):
    assert names.same_person(one, other)
    assert names.same_person(other, one)
    assert set(names.person_keys(one)) & set(names.person_keys(other))


@pytest.mark.parametrize(("one", "other"), TWO)
def test_these_are_two_people(one, other):
    assert not names.same_person(one, other)
    assert not names.same_person(other, one)


FAMILIES = st.sampled_from(sorted(names._FAMILIES | names._DOUBLE_FAMILIES))
SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
GIVEN = st.text(SYLLABLES, min_size=1, max_size=3)


@given(FAMILIES, GIVEN)
@example("가", "겨이")  # the o and the i of "gyeoi" are two syllables'
@example("가", "계외")
@example("반", "헤")  # "He" is a title as well
@example("정", "혼")
@example("가", "이이")
def test_any_korean_name_in_official_letters_is_the_same_in_both_orders(family, name):
    family_en = romanisation.joined(family).capitalize()
    parts = [romanisation.joined(char) for char in name]
    for spelled in ("".join(parts), "-".join(parts)):
        for written in (
            f"{family_en} {spelled}",
            f"{spelled} {family_en}",
            f"{family_en}, {spelled}",
        ):
            assert set(names.person_keys(written)) & set(names.person_keys(family + name))
            assert names.same_person(written, family + name)


@given(st.text(max_size=60))
def test_composed_and_decomposed_are_one(text):
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert names.person_keys(composed) == names.person_keys(apart)
    assert names.organisation_key(composed) == names.organisation_key(apart)
    assert names.place_key(composed) == names.place_key(apart)


@given(st.text(max_size=80))
def test_every_text_has_few_short_keys(text):
    keys = names.person_keys(text)
    assert len(keys) <= 16
    assert all(0 < len(key) <= names.LONGEST_KEY for key in keys)
    assert names.same_person(text, text) == bool(keys)


@pytest.mark.parametrize(
    "seed", ["가", "가나다 ", "Kim ", "a-", "(", "(주)", "co., ", "a.b.", "wo", "́", "서울시청"]
)
def test_long_names_take_linear_time(seed):
    def took(length):
        text = (seed * length)[:length]
        started = time.process_time()
        names.person_keys(text)
        names.same_person(text, text)
        names.organisation_key(text)
        names.organisation_words(text)
        names.organisation_sound(text)
        names.place_of(text)
        return time.process_time() - started

    # Eight times the length; a square would take sixty-four times as long.
    short = max(min(took(20_000) for _ in range(3)), 0.004)
    assert min(took(160_000) for _ in range(3)) < short * 32


SAME_BODY = [
    ("(주)가온텍", "㈜가온텍"), ("(주)가온텍", "주식회사 가온텍"), ("가온텍 주식회사", "가온텍"),
    ("Gaontek Co., Ltd.", "GAONTEK Inc."), ("Gaontek Corp.", "Gaontek"), ("Müller GmbH", "Muller"),
    ("The Utah Trade Office", "Utah Trade Office"), ("J&K Foods", "J and K Foods"),
    ("사단법인 한국무역협회", "한국무역협회"), ("ＧＡＯＮ", "Gaon"), ("株式会社トヨタ", "トヨタ"),
    ("江苏银行股份有限公司", "江苏银行"),
]  # fmt: skip
OTHER_BODY = [
    ("경기도청", "경기도"), ("Gyeonggi Province", "Province of Gyeonggi"), ("장쑤성", "장쑤성 인민정부"),
    ("가온텍", "가온테크"), ("Cobalt", "balt"), ("Incheon Port", "heon Port"), ("Samsung SDI", "Samsung SDS"),
    ("トヨタ", "ドヨタ"), ("주식회사", "유한회사"),
]  # fmt: skip


def test_company_forms_do_not_count_and_nothing_else_is_lost():
    assert [
        p for p in SAME_BODY if names.organisation_key(p[0]) != names.organisation_key(p[1])
    ] == []
    assert [
        p for p in OTHER_BODY if names.organisation_key(p[0]) == names.organisation_key(p[1])
    ] == []


def test_governments_of_one_place_are_suspected_but_not_equal():
    for group in (
        [
            "경기도",
            "경기도청",
            "Gyeonggi Province",
            "Province of Gyeonggi",
            "Gyeonggi Provincial Government",
        ],
        ["장쑤성", "장쑤성 인민정부", "장쑤성정부"],
        ["Jiangsu Province", "Province of Jiangsu", "Jiangsu Provincial People's Government"],
        ["수원시", "수원시청", "Suwon City", "City of Suwon"],
    ):
        assert len({names.place_of(name) for name in group}) == 1, group
        assert names.place_of(group[0])
    for name in ("가온텍", "Gaontek Co., Ltd.", "경기도의회", "Utah"):
        assert names.place_of(name) == "" or name == "경기도의회"


def test_a_name_in_hangul_sounds_like_itself_in_letters():
    assert names.organisation_sound("(주)가온텍") == names.organisation_sound("Gaontek Co., Ltd.")
    assert names.organisation_sound("한빛전자") == names.organisation_sound("Hanbit Jeonja")
    assert names.organisation_sound("トヨタ") == ""


def test_the_official_letters_are_the_ministrys():
    told = {
        "김동연": "gim dong yeon",
        "값": "gap",
        "닭": "dak",
        "읽": "ik",
        "넓": "neol",
        "삶": "sam",
        "앉": "an",
    }
    assert {name: names.romanise(name) for name in told} == told
