"""A person reviews ten facts by the keyboard alone, from the first to the empty queue."""

from datetime import datetime

import pytest
from django.urls import reverse

from gyoryu.agreements.models import Agreement, Commitment, Engagement
from gyoryu.newsroom.actions import ingest, sources
from gyoryu.newsroom.models import Candidate
from gyoryu.newsroom.papers import Entry
from gyoryu.newsroom.text.times import KST
from gyoryu.parties.actions import organisations
from gyoryu.parties.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = """한결도는 지난 24일 다낭시 인민위원회와 스마트도시 협력 업무협약을 체결했다.
한결도는 오는 9월까지 교통관제 전문가 두 명을 다낭시 인민위원회에 파견하기로 했다.
한결도는 올해 12월까지 다낭시 인민위원회에 도서 500권을 기증할 예정이다.
한결도는 지난 20일 다낭시 인민위원회와 간담회를 열었다.
안세원 한결연구원장은 “좋은 출발”이라고 말했다."""
SECOND = """한결도는 지난 18일 후에시 인민위원회와 우호교류협약을 체결했다.
한결도는 오는 7월까지 수의사 세 명을 후에시 인민위원회에 파견하기로 했다.
한결도는 지난 19일 후에시 인민위원회와 포럼을 개최했다.
한결도는 올해 11월까지 후에시 인민위원회에 소방차 두 대를 제공할 예정이다.
류다온 한결도의회 의장은 “기대가 크다”고 말했다."""


@pytest.fixture
def ten(transactional_db, province, officer, now):
    for ko, en in (
        ("한결도", "Hangyeol Province"),
        ("다낭시 인민위원회", "Da Nang People's Committee"),
        ("후에시 인민위원회", "Hue People's Committee"),
    ):
        values = {"kind": "government", "name_ko": ko, "name_en": en}
        organisations.add_organisation(province.division, values, by=officer, at=now)
    values = {"kind": "feed", "name": "한결도 소식", "address": "https://news.example.test/feed"}
    source = sources.add_source(province.division, values, by=officer, at=now)
    told = {"published": datetime(2025, 3, 25, 9, tzinfo=KST), "language": "ko"}
    for number, (title, body) in enumerate((("다낭 소식", FIRST), ("후에 소식", SECOND))):
        address = f"https://news.example.test/{number}"
        one = Entry(title=title, address=address, identity=address, body=body, **told)
        ingest.ingest(source, [one], by=officer, at=now)
    assert Candidate.objects.filter(state="waiting").count() == 10


def framed(page):
    card = page.locator(".candidate[aria-current]")
    return card.get_attribute("id") if card.count() else ""


def fact(page):
    return Candidate.objects.get(pk=int(framed(page)[1:]))


def tab_to(page, selector):
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def accept(page):
    key = "a"
    if page.locator(".candidate[aria-current] input[type=radio]").count():
        # Signed or not is asked, and answered by the person: the first is "signed".
        page.keyboard.press("a")
        page.keyboard.press("Space")
        key = "Enter"
    with page.expect_navigation():
        page.keyboard.press(key)


def turn_down(page, reason):
    page.keyboard.press("r")
    page.wait_for_url("**/refuse/")
    tab_to(page, "textarea")
    page.keyboard.type(reason)
    tab_to(page, "form button.main")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def correct(page, name, words):
    page.keyboard.press("e")
    page.wait_for_url("**/edit/")
    tab_to(page, f"[name={name}]")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    tab_to(page, "form button.main")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_ten_facts_are_reviewed_by_the_keyboard_alone(ten, window, officer):
    page = window(officer)
    page.mouse.move = page.mouse.click = None  # nothing below may touch it
    page.goto(reverse("review"))
    refused = 0
    for turn in range(10):
        if not framed(page):
            with page.expect_navigation():
                page.keyboard.press("n")
            page.wait_for_selector(".candidate[aria-current]")
        one = fact(page)
        if one.kind == "engagement" and not refused:
            turn_down(page, "이미 다른 곳에 적었습니다")
            refused += 1
        elif one.kind == "commitment" and "도서" in one.quote:
            correct(page, "due", "2025년 11월")
        elif one.kind == "person":
            page.keyboard.press("k")
            page.keyboard.press("j")
            page.keyboard.press("k")
            accept(page)
        else:
            accept(page)
        assert Candidate.objects.filter(state="waiting").count() == 9 - turn
    page.goto(reverse("review"))
    assert page.locator(".empty").is_visible()

    assert {(one.kind, str(one.signed_on)) for one in Agreement.objects.all()} == {
        ("mou", "2025-03-24"),
        ("friendship", "2025-03-18"),
    }
    assert {one.status for one in Agreement.objects.all()} == {"signed"}
    assert sorted(str(one.due_on)[:7] for one in Commitment.objects.all()) == [
        "2025-07",
        "2025-09",
        "2025-11",
        "2025-11",
    ]
    assert [one.kind for one in Engagement.objects.all()] == ["roundtable"]
    assert {one.name_ko for one in Person.objects.all()} == {"안세원", "류다온"}
    assert Candidate.objects.get(state="refused").reason == "이미 다른 곳에 적었습니다"
    assert Candidate.objects.filter(state="edited").count() == 1
