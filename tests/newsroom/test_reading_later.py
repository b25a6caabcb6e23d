"""Visits and long readings are a worker's: nobody waits for them, and nothing is read twice."""

import json

import newsroom_stages as stages
import pytest
from django.urls import reverse

from gyoryu.jobs.models import Job
from gyoryu.jobs.tasks.worker import run_waiting
from gyoryu.newsroom import fetching
from gyoryu.newsroom.actions import ingest, visits
from gyoryu.newsroom.models import Article, Visit

pytestmark = pytest.mark.django_db
FOUND = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>{}
</channel></rss>"""
ITEM = """<item><title>소식 {0}</title><link>https://news.example.test/{0}</link>
<description>한결도는 {0}일 회의를 열었다. 교류 계획을 논의하였다.</description></item>"""


@pytest.fixture
def feed(monkeypatch):
    """The source answers with so many articles; what it was asked is counted."""
    asked = []

    def make(count):
        content = FOUND.format("".join(ITEM.format(n) for n in range(count))).encode()

        def bring(address, *, now, **_more):
            asked.append(address)
            return fetching.Fetched(
                asked=address, address=address, status=200, at=now, content=content
            )

        # Its default was bound when the module was read.
        monkeypatch.setitem(visits.visit.__kwdefaults__, "bring", bring)
        return asked

    return make


def lines(count):
    return "\n".join(
        json.dumps({"title": f"소식 {n}", "body": f"{stages.BODY} {n}"}) for n in range(count)
    ).encode()


def test_a_source_is_visited_by_a_worker_however_often_the_button_is_pressed(
    signed_in, officer, source, feed
):
    asked, browser = feed(7), signed_in(officer, "en")
    page = reverse("source", args=[source.pk])
    for _press in range(2):
        assert browser.post(reverse("source-visit", args=[source.pk])).url == page
    assert (asked, Job.objects.count()) == ([], 1)
    assert "In the queue" in browser.get(page).content.decode()
    assert run_waiting() == 1
    job, visit = Job.objects.select_related("result").get(), Visit.objects.get()
    assert (job.state, job.done, job.total) == ("done", 7, 7)
    assert (visit.made, visit.by, visit.ended_at is None) == (7, officer, False)
    assert (len(asked), Article.objects.count()) == (1, 7)
    assert "In the queue" not in browser.get(page).content.decode()


def test_what_goes_wrong_is_said_in_the_readers_language(signed_in, officer, source, monkeypatch):
    def bring(address, **_more):
        raise fetching.Unreachable("no-connection", host="news.example.test")

    monkeypatch.setitem(visits.visit.__kwdefaults__, "bring", bring)
    signed_in(officer).post(reverse("source-visit", args=[source.pk]))
    run_waiting()
    job = Job.objects.select_related("result").get()
    assert (job.state, job.tries) == ("failed", 1)
    assert job.trouble_en == "news.example.test does not answer."
    assert job.trouble_ko == "news.example.test에서 응답이 없습니다."


def test_a_visit_cut_short_is_gone_on_with_and_not_begun_anew(
    signed_in, officer, source, feed, now
):
    asked = feed(7)
    visit = visits.visit(source, by=officer, at=now)
    visits.go_on(visit, by=officer, at=now, most=3)
    browser = signed_in(officer, "en")
    assert "It was cut short." in browser.get(visit.get_absolute_url()).content.decode()
    browser.post(visit.get_absolute_url())
    assert "It was cut short." not in browser.get(visit.get_absolute_url()).content.decode()
    run_waiting()
    visit.refresh_from_db()
    assert (visit.made, visit.same, visit.ended_at is None) == (7, 0, False)
    assert len(asked) == 1


def test_two_who_go_on_with_one_visit_count_each_article_once(officer, source, feed, now):
    feed(7)
    visit = visits.visit(source, by=officer, at=now)
    other = Visit.objects.get()
    visits.go_on(visit, by=officer, at=now, most=4)
    visits.go_on(other, by=officer, at=now, most=4)
    assert (other.made, other.done, len(other.waiting)) == (4, 4, 3)
    visits.go_on(other, by=officer, at=now, most=4)
    assert (other.made, other.same, other.done) == (7, 0, 7)


def test_of_many_articles_handed_in_the_first_are_read_at_once_and_the_rest_by_a_worker(
    province, officer, now
):
    taken = ingest.hand_in(province.division, [("a.jsonl", lines(23))], by=officer, at=now)
    assert (taken.made, Article.objects.count()) == (ingest.CHUNK, ingest.CHUNK)
    assert run_waiting() == 1
    visit = Visit.objects.get()
    assert (visit.made, visit.total, Article.objects.count()) == (3, 3, 23)
