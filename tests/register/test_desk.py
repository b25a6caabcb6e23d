"""The desk of the register on screen: preview, publish, correct, and what changed since."""

from datetime import date

import pytest
from django.urls import reverse
from register_moments import moment

from gyoryu.agreements.actions import agreements
from gyoryu.register import actions
from gyoryu.register.models import Default, Publication, Rule
from gyoryu.register.queries import publications as queries

pytestmark = pytest.mark.django_db
FEBRUARY = date(2025, 2, 1)


@pytest.fixture
def browser(signed_in, officer):
    return signed_in(officer, "en")


def text_of(reply, status=200):
    assert reply.status_code == status, reply.content.decode()[:500]
    return reply.content.decode()


def test_an_officer_sees_what_the_next_month_will_say_and_publishes_it(
    browser, make, province, officer
):
    make("2024-01-10")
    make("2025-03-14", title_en="")
    page = reverse("publication-next")
    text = text_of(browser.get(page))
    for words in (
        "Register of Mar 2025",
        "no title in English",
        "Newly listed",
        "Publish Mar 2025",
    ):
        assert words in text, words
    posted = browser.post(page, {"government": province.root.pk, "month": "2025-03"})
    made = Publication.objects.get()
    assert (posted.status_code, posted.url) == (302, made.get_absolute_url())
    assert (made.edition, made.count, made.published_by) == ("2025-03.v1", 2, officer)
    assert "Every month that is over is published" in text_of(browser.get(page))


def test_a_refused_publication_says_why_on_its_page(browser, province):
    reply = browser.post(
        reverse("publication-next"), {"government": province.root.pk, "month": "2025-03"}
    )
    assert "No agreement of this government" in text_of(reply, 422)


def test_what_changed_after_the_publication_shows_with_old_and_new(
    browser, make, province, officer
):
    made = make("2024-01-10")
    actions.publish(province.root, FEBRUARY, by=officer, at=moment("2025-03-04"))
    state = reverse("publication-state", args=[made.pk])
    assert "As published" in text_of(browser.get(state))
    agreements.change(made, {"title_en": "Right"}, by=officer, at=moment("2025-03-10"))
    on = date(2025, 3, 20)
    agreements.move(made, "suspended", on=on, reason="중단", by=officer, at=moment(on))
    newest = queries.newest(province.root)
    [drift] = queries.drifted(
        newest, queries.lines(newest), today=date(2025, 4, 1), known=moment("2025-04-01")
    )
    assert drift.wrong == {"title"}
    assert {one["field"] for one in drift.fields} == {
        "title", "status", "since", "reason", "course",
    }  # fmt: skip
    for address in (state, reverse("publication-changed"),
                    reverse("publication-rule", args=[made.pk])):  # fmt: skip
        text = text_of(browser.get(address))
        for words in ("Changed since publication", "<del>Hangyeol–Jiangsu MOU</del>",
                      "<ins>Right</ins>", "<ins>Suspended</ins>"):  # fmt: skip
            assert words in text, (address, words)
    page = text_of(browser.get(made.get_absolute_url()))
    assert f'hx-get="{state}"' in page


def test_an_approver_corrects_and_both_versions_stay(signed_in, approver, make, province, officer):
    made = make("2024-01-10")
    first = actions.publish(province.root, FEBRUARY, by=officer, at=moment("2025-03-04"))
    agreements.change(made, {"title_en": "Right"}, by=officer, at=moment("2025-03-10"))
    browser = signed_in(approver, "en")
    page = reverse("publication-correct", args=[first.pk])
    assert "<ins>Right</ins>" in text_of(browser.get(page))
    assert "This field is required" in text_of(browser.post(page, {"reason": ""}), 422)
    posted = browser.post(page, {"reason": "Misspelt"})
    assert posted.status_code == 302
    text = text_of(browser.get(posted.url))
    for words in ("Why this month was corrected", "Misspelt", "What this version corrects"):
        assert words in text
    assert "This version was corrected already" in text_of(browser.get(first.get_absolute_url()))
    assert [one.edition for one in queries.versions(first)] == ["2025-02.v2", "2025-02.v1"]


def test_a_rule_is_set_on_the_agreements_page_and_only_by_who_may(
    browser, signed_in, person_with, make, province
):
    made = make("2024-01-10")
    page = reverse("publication-rule", args=[made.pk])
    refused = browser.post(page, {"level": "withheld", "ground": "", "reason": "x"})
    assert "Name the ground" in text_of(refused, 422)
    browser.post(page, {"level": "withheld", "ground": "9-1-5", "reason": "Still negotiated"})
    assert Rule.objects.get().ground == "9-1-5"
    assert "Publication rule changed" in text_of(browser.get(page))
    viewer = signed_in(person_with("viewer"), "en")
    assert "Your role does not allow this here" in text_of(viewer.get(page))
    assert viewer.post(page, {"level": "public", "reason": "x"}).status_code == 403
    other = signed_in(person_with("officer", province.other), "en")
    assert other.get(page).status_code == 404


def test_the_policy_is_changed_by_kind(signed_in, approver, province):
    browser = signed_in(approver, "en")
    page = reverse("publication-policy-edit", args=[province.root.pk, "mou"])
    browser.post(page, {"level": "title", "ground": "", "reason": "Guideline"})
    assert Default.objects.get().level == "title"
    assert "Title and partner only" in text_of(browser.get(reverse("publication-policy")))
    elsewhere = reverse("publication-policy-edit", args=[province.other.pk, "mou"])
    assert browser.get(elsewhere).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_desk_asks_as_little_for_fifty_as_for_one(
    count, browser, make, province, officer, django_assert_max_num_queries
):
    made = [make("2024-01-10") for _ in range(count)]
    published = actions.publish(province.root, FEBRUARY, by=officer, at=moment("2025-03-04"))
    for one in made:
        agreements.change(one, {"title_en": "Right"}, by=officer, at=moment("2025-03-10"))
    for address, most in (
        (reverse("publications"), 8), (published.get_absolute_url(), 15),
        (reverse("publication-changed"), 15),
        (reverse("publication-state", args=[made[0].pk]), 15),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            text_of(browser.get(address))
