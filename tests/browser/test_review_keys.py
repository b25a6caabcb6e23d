"""The shortcuts of the review screen hasten what forms and links do, and know when to rest."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from gyoryu import sample
from gyoryu.accounts.models import User
from gyoryu.newsroom.models import Article, Candidate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def review(transactional_db, window):
    list(sample.load(many=False))
    article = Article.objects.get(address__endswith="0314-utah")

    def open_review(*, script=True):
        page = window(User.objects.get(email="officer@gyoryu.example"), script=script)
        page.goto(reverse("review-article", args=[article.pk]))
        return page

    return open_review


def framed(page):
    return page.locator(".candidate[aria-current]").get_attribute("id")


def test_j_k_a_e_and_r_do_what_the_buttons_do_and_rest_in_fields(review):
    page = review()
    cards = page.locator(".candidate:not([data-done])").evaluate_all(
        "all => all.map(one => one.id)"
    )
    assert framed(page) == cards[0]
    for key, expected in (("j", cards[1]), ("j", cards[2]), ("k", cards[1])):
        page.keyboard.press(key)
        assert framed(page) == expected
    page.locator("#q").focus()
    page.keyboard.press("j")
    assert framed(page) == cards[1]
    page.locator("body").click(position={"x": 5, "y": 300})
    page.keyboard.press("?")
    assert page.locator("#keys-help").is_visible()
    page.keyboard.press("e")
    page.wait_for_url("**/edit/")
    page.go_back()
    page.keyboard.press("r")
    page.wait_for_url("**/refuse/")
    page.go_back()
    first = framed(page)
    page.keyboard.press("a")
    page.wait_for_selector("[role=status]")
    assert Candidate.objects.get(pk=int(first[1:])).state == "accepted"


def test_shortcuts_are_switched_off_and_stay_off(review):
    page = review()
    page.locator("#keys-switch").click()
    page.reload()
    before = framed(page)
    page.locator("body").click(position={"x": 5, "y": 300})
    page.keyboard.press("j")
    assert framed(page) == before
    assert page.locator("#keys-switch").get_attribute("aria-pressed") == "false"


def test_a_choice_that_is_not_made_is_asked_for_and_never_made_by_a_key(review):
    page = review()
    page.goto(reverse("review"))
    page.keyboard.press("j") if page.locator(
        ".candidate[aria-current] input[type=radio]"
    ).count() == 0 else None
    radios = page.locator(".candidate[aria-current] input[type=radio]")
    assert radios.count() == 2
    page.keyboard.press("a")
    assert radios.first.evaluate("one => one === document.activeElement")
    assert not Candidate.objects.filter(state="accepted").exists()


def test_without_a_script_the_same_is_done_by_forms(review):
    page = review(script=False)
    assert page.locator("#keys").is_hidden()
    card = page.locator(".candidate:not([data-done])").first
    number = int(card.get_attribute("id")[1:])
    card.locator("button.main").click()
    assert urlsplit(page.url).path.startswith("/review/")
    assert Candidate.objects.get(pk=number).state == "accepted"
