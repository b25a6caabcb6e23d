"""People are read with their titles, in both name orders and both scripts."""

from datetime import date

import pytest

from gyoryu.newsroom import extraction
from gyoryu.newsroom.extraction.document import Party, Person

DAY = date(2031, 5, 14)


def people(text, lang):
    found = extraction.read(text, published=DAY, lang=lang)
    return [
        (i.name.quote, i.title and i.title.quote, i.org and i.org.quote)
        for i in found
        if isinstance(i, Person)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("해양진흥청(청장 배도윤)은 문을 열었다.", [("배도윤", "청장", "해양진흥청")]),
        ("하늘부(장관: 신아람)는 문을 열었다.", [("신아람", "장관", "하늘부")]),
        ("배도윤 해양진흥청 차장이 말했다.", [("배도윤", "차장", "해양진흥청")]),
        ("해양진흥청 배도윤 국제협력관은 말했다.", [("배도윤", "협력관", "해양진흥청")]),
        ("배도윤 해양진흥청장은 말했다.", [("배도윤", "청장", "해양진흥청")]),
        (
            "청장은 「루카 베르디」 이탈리아 토스카나 주지사를 접견했다.",
            [("루카 베르디", "주지사", "이탈리아 토스카나")],
        ),
        (
            "청장은 루카 베르디(Luca Verdi) 이탈리아 농업부 장관을 만났다.",
            [("루카 베르디(Luca Verdi)", "장관", "이탈리아 농업부")],
        ),
        (
            "청장은 왕더룽(王德龍) 산둥성 부성장과 면담했다.",
            [("왕더룽(王德龍)", "부성장", "산둥성")],
        ),
    ],
)
def test_korean_names_come_with_title_and_organisation(text, expected):
    named = people(text, "ko")
    assert [row[0] for row in named] == [row[0] for row in expected]
    assert [row[2] for row in named] == [row[2] for row in expected]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Governor Min-ho Baek spoke.", "Min-ho Baek", "Governor"),
        ("Harbor Province Trade Director Baek Min-ho spoke.", "Baek Min-ho", "Trade Director"),
        ("Secretary of Commerce Dana Whitfield spoke.", "Dana Whitfield", "Secretary of Commerce"),
        ("They met Oskar Lind, the Chancellor of Norland.", "Oskar Lind", "the Chancellor"),
        ("Vice President Ama K. Boateng, Jr. spoke.", "Ama K. Boateng, Jr.", "Vice President"),
        ("Ms. Dana Whitfield, Consul General, U.S. Consulate Porto", "Dana Whitfield", None),
    ],
)
def test_english_names_come_with_title(text, name, title):
    found = people(text, "en")
    assert [row[0] for row in found] == [name]
    assert title is None or found[0][1] == title


def test_a_plural_title_is_shared_by_two_names():
    text = "They met Vice Presidents Ines Duarte and Per Holm."
    assert [row[0] for row in people(text, "en")] == ["Ines Duarte", "Per Holm"]


def test_a_later_short_form_is_not_a_new_person():
    text = "Governor Min-ho Baek arrived. Governor Baek left. Director Ann Lee and Lee stayed."
    assert [row[0] for row in people(text, "en")] == ["Min-ho Baek", "Ann Lee"]
    korean = "해양진흥청(청장 배도윤)이 열었다. 배도윤 청장은 기뻐했다. 배 청장은 떠났다."
    assert [row[0] for row in people(korean, "ko")] == ["배도윤"]


def test_a_market_is_no_mayor_and_growth_no_governor():
    assert people("기업들은 해외조달시장과 신흥 시장에서 경제 성장을 이뤘다.", "ko") == []


def test_a_contact_table_names_nobody():
    text = "청사가 문을 열었다.\n\n담당 부서\n\n과 장\n\n배도윤\n\n(044-000-1234)"
    assert people(text, "ko") == []


def test_a_photo_caption_names_nobody():
    text = (
        "청사가 문을 열었다.\n\n▶배도윤 해양진흥청 차장(앞줄 왼쪽)이 손을 흔들고 있다.\n\n"
        "신아람 하늘부 장관이 말했다."
    )
    assert [row[0] for row in people(text, "ko")] == ["신아람"]


def test_regions_and_organisations_are_given_as_written():
    found = extraction.read("해양진흥청은 강원도와 만났다.", published=DAY, lang="ko")
    parties = [(i.name.quote, i.kind) for i in found if isinstance(i, Party)]
    assert parties == [("해양진흥청", "organisation"), ("강원도", "region")]
