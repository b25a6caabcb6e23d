"""The page of search: what it says, what it leads to, what it costs."""

import pytest
import search_makers as make
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gyoryu.search.queries import finding

pytestmark = pytest.mark.django_db


def ask(browser, **asked):
    with CaptureQueriesContext(connection) as queries:
        reply = browser.get("/search/", asked)
    return reply, len([one for one in queries if "SAVEPOINT" not in one["sql"]])


def test_what_was_just_saved_is_found(
    province, officer, signed_in, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        make.organisation(province.division, "가온텍")
    reply, _ = ask(signed_in(officer), q="가온")
    assert "<mark>가온</mark>텍" in reply.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_result_says_where_it_matched(province, officer, signed_in, language):
    make.agreement(province.division, "딴 협약", summary="지난해 벽란도에서 맺은 약속을 잇는다")
    call_command("index", verbosity=0)
    reply, _ = ask(signed_in(officer, language), q="벽란")
    html = reply.content.decode()
    assert "지난해 <mark>벽란</mark>도에서 맺은 약속을 잇는다" in html
    assert f">{'요약' if language == 'ko' else 'Summary'}</span>" in html


def test_text_is_never_taken_for_html(province, officer, signed_in):
    make.agreement(province.division, "<b>벽란</b> & 딴", summary="<script>벽란</script>")
    call_command("index", verbosity=0)
    reply, _ = ask(signed_in(officer), q="벽란")
    html = reply.content.decode()
    assert "&lt;b&gt;<mark>벽란</mark>&lt;/b&gt; &amp; 딴" in html
    assert "<script>벽란" not in html


def test_a_search_costs_the_same_whatever_it_finds(province, officer, signed_in):
    browser, costs = signed_in(officer), set()
    for count in (1, 3, 50):
        for number in range(count):
            make.agreement(province.division, f"벽란 협약 {count}", f"AG-{count}-{number}")
        call_command("index", verbosity=0)
        costs.add(ask(browser, q="벽란")[1])
    assert len(costs) == 1
    assert costs.pop() <= 8


def test_pages_hold_twenty_and_no_result_twice(province, officer, signed_in):
    for number in range(45):
        make.agreement(province.division, f"벽란 협약 {number}", f"AG-{number}")
    call_command("index", verbosity=0)
    browser, seen = signed_in(officer), []
    for page in (1, 2, 3):
        found = ask(browser, q="벽란", page=page)[0].context["found"]
        seen += [one.href for one in found.results]
    assert (len(seen), len(set(seen)), found.count) == (45, 45, 45)
    assert finding.PAGE == 20
    assert ask(browser, q="벽란", page=99)[0].context["found"].page == 3


def test_a_choice_narrows_and_a_second_click_widens_again(province, officer, signed_in):
    make.agreement(province.division, "벽란 협약", "AG-1")
    make.engagement(province.division, "벽란 방문")
    call_command("index", verbosity=0)
    browser = signed_in(officer)
    first = ask(browser, q="벽란")[0].context["groups"][0]
    assert [(link.label, link.count) for link in first.links] == [("협약", 1), ("교류활동", 1)]
    reply = browser.get(f"/search/{first.links[0].href}")
    assert reply.context["found"].count == 1
    assert [link.label for link in reply.context["applied"]] == ["종류: 협약"]
    again = browser.get(f"/search/{reply.context['groups'][0].links[0].href}")
    assert again.context["found"].count == 2


def test_a_mistyped_name_is_answered_with_what_may_be_meant(province, officer, signed_in):
    make.organisation(province.division, "수원시청")
    call_command("index", verbosity=0)
    reply, _ = ask(signed_in(officer), q="수언시청")
    assert [link.label for link in reply.context["alike"]] == ["수원시청"]
    assert browser_finds(signed_in(officer), reply.context["alike"][0].href) == 1


def browser_finds(browser, href):
    return browser.get(f"/search/{href}").context["found"].count


@pytest.mark.parametrize(
    "asked", [{"year": "작년"}, {"year": "1"}, {"kind": "x"}, {"q": "가" * 101}, {"year": "20250"}]
)
def test_what_cannot_be_searched_is_said_beside_its_field(officer, signed_in, asked):
    reply, _ = ask(signed_in(officer), **{"q": "벽란", **asked})
    assert reply.status_code == 422
    assert 'aria-invalid="true"' in reply.content.decode()


def test_an_empty_search_teaches_and_a_fruitless_one_leads_on(province, officer, signed_in):
    browser = signed_in(officer)
    assert "“수원”" in ask(browser)[0].content.decode()
    reply = ask(browser, q="벽란", year="2024")[0].content.decode()
    assert "조건 모두 지우기" in reply or "모든 조건" in reply
    assert ask(browser, q="!?")[0].status_code == 200


def test_duties_and_requests_lead_to_the_page_that_shows_them(province, officer, signed_in):
    make.of_every_kind(province.division, "벽란도")
    call_command("index", verbosity=0)
    browser = signed_in(officer)
    for one in ask(browser, q="벽란도")[0].context["found"].results:
        address, _, place = one.href.partition("#")
        page = browser.get(address)
        assert page.status_code == 200
        assert not place or f'id="{place}"' in page.content.decode()
