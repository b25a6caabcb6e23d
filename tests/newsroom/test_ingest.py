"""Articles come in once; a changed text leaves its older one behind; trouble is told in words."""

from dataclasses import replace
from datetime import timedelta

import newsroom_stages as stages
import pytest
from django.db import IntegrityError, transaction

from gyoryu.base.refused import Refused
from gyoryu.newsroom.actions import ingest, reading, sources, visits
from gyoryu.newsroom.fetching import Fetched, Unreachable
from gyoryu.newsroom.models import Article, Candidate, Reading, Source, Version, Visit
from gyoryu.newsroom.queries import articles as queries

pytestmark = pytest.mark.django_db
FEED = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>소식</title>
<id>urn:feed</id><updated>2025-03-25T09:00:00+09:00</updated>
<entry><title>{title}</title><id>urn:1</id><link href="https://news.example.test/1?utm_source=rss"/>
<updated>2025-03-25T09:00:00+09:00</updated><content type="text">{body}</content></entry></feed>"""


def answer(content=b"", status=200, **told):
    def bring(address, **_asked):
        bring.asked = _asked
        return Fetched(
            asked=address, address=address, status=status, at=_asked["now"], content=content, **told
        )

    return bring


def feed(title=stages.TITLE, body=stages.BODY):
    return answer(FEED.format(title=title, body=body).encode(), etag='"7"')


def finish(source, by, at, bring):
    visit = visits.visit(source, by=by, at=at, bring=bring)
    while visit.ended_at is None:
        visits.go_on(visit, by=by, at=at, bring=bring)
    return visit


def test_reading_a_feed_twice_changes_nothing(source, parties, officer, now):
    first = finish(source, officer, now, feed())
    before = [list(model.objects.values()) for model in (Article, Candidate, Version, Reading)]
    again = finish(source, officer, now + timedelta(hours=1), feed())
    assert (first.made, again.made, again.updated, again.same, again.facts) == (1, 0, 0, 1, 0)
    assert [
        list(model.objects.values()) for model in (Article, Candidate, Version, Reading)
    ] == before


def test_tracking_in_the_address_makes_no_second_article(source, take_in):
    take_in(address="https://news.example.test/1?utm_source=mail#top")
    take_in(address="http://www.news.example.test/1")
    assert Article.objects.count() == 1


def test_an_updated_article_keeps_its_older_text_and_asks_only_for_what_changed(
    take_in, parties, officer, now
):
    first = take_in()
    kept = first.candidates.get(kind="commitment")
    again = take_in(body=f"{stages.SIGNED.replace('24일', '23일')}\n\n{stages.PROMISE}")
    assert again.pk == first.pk
    assert [(one.number, one.body) for one in Version.objects.all()] == [(1, stages.BODY)]
    states = {(one.kind, one.state) for one in again.candidates.all()}
    assert states == {
        ("agreement", "superseded"),
        ("agreement", "waiting"),
        ("commitment", "waiting"),
    }
    assert again.candidates.get(kind="commitment").pk == kept.pk
    (revision,) = queries.revisions(again)
    (line,) = revision.lines
    assert [(one.kind, one.text.strip()) for one in line if one.kind != "same"] == [
        ("gone", "24일"),
        ("new", "23일"),
    ]


def test_a_stale_copy_brings_no_older_text_back(take_in, now):
    take_in(updated=stages.PUBLISHED + timedelta(hours=2), body="새 글입니다.")
    take_in(updated=stages.PUBLISHED, body="헌 글입니다.")
    assert Article.objects.get().body == "새 글입니다."
    assert not Version.objects.exists()


def test_a_visit_asks_only_for_what_is_new_and_takes_304_for_an_answer(source, officer, now):
    finish(source, officer, now, feed())
    bring = answer(status=304)
    visit = finish(source, officer, now, bring)
    assert bring.asked["etag"] == '"7"'
    assert (visit.status, visit.total, visit.trouble) == (304, 0, "")
    assert Source.objects.get().failures == 0


def test_each_failure_makes_the_next_visit_wait_longer_and_is_told_in_words(source, officer, now):
    def broken(address, **_asked):
        raise Unreachable("no-such-host", host="news.example.test")

    waits = []
    for _round in range(4):
        visit = visits.visit(source, by=officer, at=now, bring=broken)
        waits.append(source.next_visit_at - now)
    assert waits == sorted(waits)
    assert waits[-1] > 3 * waits[0]
    assert (visit.trouble, visit.params, source.failures) == (
        "no-such-host",
        {"host": "news.example.test"},
        4,
    )


def test_a_visit_cut_short_is_gone_on_with_where_it_stopped(source, officer, now):
    visits.visit(source, by=officer, at=now, bring=feed())
    assert (Visit.objects.get().total, Article.objects.count()) == (1, 0)
    never = answer(status=500)
    # Somebody may be at it still; after a quarter of an hour it is taken for left behind.
    assert visits.visit_due(at=now + timedelta(minutes=14), by=None, bring=never) == 0
    assert visits.visit_due(at=now + timedelta(minutes=16), by=None, bring=never) == 1
    assert Visit.objects.get().ended_at is not None
    assert Article.objects.count() == 1


def test_due_sources_are_visited_and_paused_ones_are_not(source, officer, now):
    sources.pause(source, reason="점검 중", by=officer, at=now)
    assert visits.visit_due(at=now + timedelta(days=1), by=None, bring=feed()) == 0
    sources.resume(source, by=officer, at=now)
    assert visits.visit_due(at=now, by=None, bring=feed()) == 1
    assert visits.visit_due(at=now, by=None, bring=feed()) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.update(paused_at=now, paused_reason="")


def test_a_feed_without_texts_is_completed_from_its_pages(source, officer, now):
    page = f"<article><h1>{stages.TITLE}</h1><p>{stages.SIGNED}</p></article>"

    def bring(address, **asked):
        told = feed(body="") if address.endswith("feed") else answer(page.encode())
        return told(address, **asked)

    finish(source, officer, now, bring)
    assert stages.SIGNED in Article.objects.get().body


def test_the_inner_network_and_other_folders_are_refused_with_the_reason(
    source, officer, now, province, tmp_path, settings
):
    for values, field in (
        ({"kind": "feed", "name": "x", "address": "ftp://news.example.test/"}, "address"),
        ({"kind": "folder", "name": "x", "address": str(tmp_path)}, "address"),
        ({"kind": "feed", "name": "", "address": "https://news.example.test/2"}, "name"),
        ({"kind": "feed", "name": "x", "address": source.address}, "address"),
    ):
        with pytest.raises(Refused) as refusal:
            sources.add_source(province.division, values, by=officer, at=now)
        assert refusal.value.field == field
    settings.FOLDERS = [str(tmp_path)]
    (tmp_path / "a.txt").write_text(f"{stages.TITLE}\n\n{stages.BODY}")
    values = {"kind": "folder", "name": "폴더", "address": str(tmp_path)}
    folder = sources.add_source(province.division, values, by=officer, at=now)
    assert (finish(folder, officer, now, None).made, finish(folder, officer, now, None).made) == (
        1,
        0,
    )


def test_near_copies_are_grouped_and_the_english_version_is_paired(take_in, parties):
    long = stages.BODY + "\n\n" + "두 기관은 하천 수위 관측과 공무원 연수에도 힘을 모은다. " * 6
    first = take_in(body=long)
    copy = take_in(
        body=long.replace("25일 밝혔다", "어제 밝혔다"), address="https://press.example.test/9"
    )
    assert copy.original == first
    english = take_in(
        "Hangyeol Province signed a memorandum of understanding with the Da Nang People's Committee"
        " on March 24.\n\nHangyeol Province will send two experts to the Da Nang People's Committee"
        " by September.",
        title="Hangyeol and Da Nang sign an MOU",
        address="https://news.example.test/en/1",
        language="en",
    )
    first.refresh_from_db()
    assert (english.pair, first.pair) == (first, english)


def test_what_is_handed_in_is_read_and_bad_files_are_refused_with_their_name(
    province, officer, now, parties
):
    taken = ingest.hand_in(
        province.division,
        [("a.txt", f"{stages.TITLE}\n\n{stages.BODY}".encode())],
        by=officer,
        at=now,
        published=stages.PUBLISHED,
    )
    assert taken.last.source.kind == "upload"
    assert taken.last.candidates.get(kind="agreement").fields["signed"]["value"] == "2025-03-24"
    with pytest.raises(Refused, match=r"b\.jsonl"):
        ingest.hand_in(province.division, [("b.jsonl", b"{broken")], by=officer, at=now)


def test_a_relative_day_without_a_day_of_publication_stays_open(take_in, parties):
    article = take_in(published=None)
    candidate = article.candidates.get(kind="agreement")
    assert candidate.fields["signed"]["open"] is True


def test_new_rules_read_again_and_keep_what_was_decided(
    take_in, parties, officer, now, monkeypatch
):
    article = take_in()
    before = {one.key: one.pk for one in article.candidates.all()}
    monkeypatch.setattr(queries, "rules_version", lambda: "newer")
    assert reading.read_article(article, by=officer, at=now) == 0
    assert {one.key: one.pk for one in article.candidates.all()} == before
    assert set(article.readings.values_list("rules", flat=True)) >= {"newer"}


def test_one_article_that_breaks_does_not_stop_the_others(source, officer, now, monkeypatch):
    def broken(text, **_told):
        raise ValueError("a rule broke") if "깨진" in text else AssertionError

    good = stages.entry(address="https://news.example.test/2", body="")
    monkeypatch.setattr(
        reading.extraction, "read", lambda text, **_told: broken(text) if "깨진" in text else []
    )
    taken = ingest.ingest(
        source,
        [replace(good, body="깨진 글", address="https://news.example.test/3"), good],
        by=officer,
        at=now,
    )
    assert (taken.made, taken.failed) == (1, 1)
    assert Article.objects.get().address == "https://news.example.test/2"


def test_only_who_may_review_takes_articles_in(source, person_with, now):
    for role in ("viewer", "auditor", "administrator"):
        with pytest.raises(Refused):
            ingest.ingest(source, [stages.entry()], by=person_with(role), at=now)


def test_an_address_that_is_no_web_address_never_becomes_a_link(province, officer, now):
    line = (
        '{"id": "1", "title": "x", "text": "글", "address": "javascript:alert(1)", "lang": "en-US"}'
    )
    taken = ingest.hand_in(province.division, [("a.jsonl", line.encode())], by=officer, at=now)
    assert (taken.last.address, taken.last.language) == ("", "en")


def test_a_source_that_breaks_in_a_new_way_does_not_stop_the_round(source, officer, now, province):
    values = {"kind": "feed", "name": "둘째", "address": "https://other.example.test/feed"}
    other = sources.add_source(province.division, values, by=officer, at=now)

    def bring(address, **asked):
        if address == source.address:
            raise ZeroDivisionError
        return feed()(address, **asked)

    assert visits.visit_due(at=now, by=None, bring=bring) == 2
    assert source.visits.get().trouble == "unforeseen"
    assert other.visits.get().made == 1


def test_two_workers_never_visit_one_source_or_one_visit_at_once(source, officer, now):
    """The second worker's round runs in the middle of the first one's fetching."""
    others: list[int] = []

    def bring(address, **asked):
        others.append(visits.visit_due(at=now, by=None, bring=answer(status=500)))
        return feed()(address, **asked)

    assert visits.visit_due(at=now, by=None, bring=bring) == 1
    assert others == [0]
    assert Visit.objects.get().made == 1
    left = visits.visit(source, by=officer, at=now, bring=feed(title="새 제목"))
    first, second = Visit.objects.get(pk=left.pk), Visit.objects.get(pk=left.pk)
    visits.go_on(first, by=officer, at=now)
    visits.go_on(second, by=officer, at=now)
    assert (second.updated, second.same, second.waiting) == (1, 0, [])


LIST = """<html><body><header><a href="/login">로그인하고 더 보기 링크</a></header><h2>보도자료</h2>
<table>{rows}</table><a href="/list?page=2">다음 쪽으로 넘어가기 링크</a></body></html>"""
ROW = '<tr><td>{n}</td><td><a href="/view?no={n}&page=1">{title} {n}호 소식</a></td></tr>'


def test_a_page_that_lists_releases_leads_to_them_once_and_within_bounds(province, officer, now):
    values = {"kind": "page", "name": "목록", "address": "https://press.example.test/list"}
    row = sources.add_source(province.division, values, by=officer, at=now)
    rows = "".join(ROW.format(n=n, title=stages.TITLE) for n in range(1, 41))
    elsewhere = '<tr><td><a href="https://other.example.test/view?no=9&page=1">{}</a></td></tr>'
    listing = LIST.format(rows=elsewhere.format(stages.TITLE) + rows).encode()
    asked: list[str] = []

    def bring(address, **told):
        asked.append(address)
        if address.endswith("/list"):
            return answer(listing)(address, **told)
        if address.endswith("no=3&page=1"):
            raise Unreachable("robots", address=address)
        page = f"<article><h1>{address}의 소식</h1><p>{stages.SIGNED}</p></article>"
        return answer(page.encode())(address, **told)

    visit = finish(row, officer, now, bring)
    assert (visit.total, visit.made, visit.failed) == (30, 29, 1)
    assert {address.rpartition("/")[0] for address in asked} == {"https://press.example.test"}
    asked.clear()
    again = finish(row, officer, now + timedelta(hours=1), bring)
    # The one that its robots keep back is asked for again; those far down the list never are.
    assert (again.made, again.same, len(asked)) == (0, 0, 2)


def test_a_release_corrected_behind_its_list_is_read_again_when_it_has_come_of_age(
    province, officer, now
):
    values = {"kind": "page", "name": "목록", "address": "https://press.example.test/list"}
    row = sources.add_source(province.division, values, by=officer, at=now)
    rows = "".join(ROW.format(n=n, title=stages.TITLE) for n in range(1, 6))
    listing, words = LIST.format(rows=rows).encode(), [stages.SIGNED]
    asked: list[str] = []

    def bring(address, **told):
        asked.append(address)
        if address.endswith("/list"):
            return answer(listing)(address, **told)
        page = f"<article><h1>{address}의 소식</h1><p>{words[-1]}</p></article>"
        return answer(page.encode())(address, **told)

    def visited(hours):
        asked.clear()
        visit = finish(row, officer, now + timedelta(hours=hours), bring)
        return visit.made, visit.updated, visit.same, len(asked)

    assert visited(0) == (5, 0, 0, 6)
    words.append(f"{stages.SIGNED} 바로잡은 글이다.")
    assert visited(2) == (0, 0, 0, 1)
    assert visited(7) == (0, 5, 0, 6)
    assert visited(8) == (0, 0, 0, 1)
    assert visited(25) == (0, 0, 5, 6)
    assert visited(24 * 30) == (0, 0, 5, 6)
    assert visited(24 * 31) == (0, 0, 0, 1)


def test_a_release_that_ends_with_a_list_of_others_is_no_list(province, officer, now):
    values = {"kind": "page", "name": "글", "address": "https://press.example.test/view?no=0"}
    row = sources.add_source(province.division, values, by=officer, at=now)
    body = "".join(f"<p>{stages.SIGNED} {stages.PROMISE} {n}.</p>" for n in range(10))
    rows = "".join(ROW.format(n=n, title="다른 소식 하나") for n in range(1, 9))
    page = f"<html><body><article><h1>{stages.TITLE}</h1>{body}</article><table>{rows}</table>"
    visit = finish(row, officer, now, answer(page.encode()))
    assert (visit.total, visit.made) == (1, 1)
    assert stages.SIGNED in Article.objects.get().body
