"""The office reads its own news: the sample feed becomes records, once, by people's decisions."""

from pathlib import Path

import pytest

import gyoryu
from gyoryu.accounts.models import User
from gyoryu.agreements.models import Agreement, Body, Commitment, Engagement, Status
from gyoryu.base.periods import Period, parse
from gyoryu.evidence import queries as evidence
from gyoryu.newsroom import papers
from gyoryu.newsroom.actions import deciding, ingest, sources
from gyoryu.newsroom.models import Article, Candidate, Version
from gyoryu.parties.actions import regions
from gyoryu.sample import people
from gyoryu.sample.book import Book, at
from gyoryu.sample.stories import cast

pytestmark = pytest.mark.django_db
FEED = Path(gyoryu.__file__).parent / "sample" / "newsroom" / "feed.xml"
TODAY = at("2025-04-01")


@pytest.fixture
def book():
    """The sample's offices, people and partners; none of its stories."""
    people.load(at("2025-01-02"))
    regions.install_regions(by=None, at=at("2025-01-02"))
    made = Book(people.units(), {user.email: user for user in User.objects.all()})
    cast.enter(made)
    return made


@pytest.fixture
def source(book):
    values = {
        "kind": "feed",
        "name": "경기도 소식",
        "address": "https://news.gyoryu.example/feed.xml",
    }
    return sources.add_source(book.desk, values, by=book.officer, at=TODAY)


def read(source, by):
    return ingest.ingest(source, papers.entries(FEED.read_bytes()), by=by, at=TODAY)


def fact(kind, word, **more):
    waiting = Candidate.objects.filter(kind=kind, article__language="ko", state="waiting", **more)
    return next(one for one in waiting if word in str(one.fields) or word in one.article.title)


def signed(kind, word, by):
    candidate = fact("agreement", word, fields__kind__value=kind)
    deciding.accept(candidate, {"standing": "signed"}, confirm_signed=True, by=by, at=TODAY)
    candidate.refresh_from_db()
    return Agreement.objects.get(pk=candidate.made)


def test_the_news_becomes_the_register_once_and_with_its_evidence(book, source):
    officer = book.officer
    taken = read(source, officer)
    assert (taken.made, taken.updated, taken.same, taken.failed) == (7, 0, 0, 0)
    assert not Agreement.objects.exists()

    sisterhood = signed("sisterhood", "장쑤성", officer)
    memorandum = signed("mou", "공동협의체", officer)
    assert memorandum.parent == sisterhood
    deciding.accept(fact("body", "공동협의체"), by=officer, at=TODAY)
    session = deciding.accept(fact("engagement", "공동협의체"), by=officer, at=TODAY)
    invitation = deciding.accept(fact("commitment", "청정대기"), by=officer, at=TODAY)
    body = Body.objects.get()
    assert (body.agreement, body.cadence_months) == (memorandum, 12)
    assert Engagement.objects.get(pk=session.made).starts_on.isoformat() == "2025-03-27"
    promise = Commitment.objects.get(pk=invitation.made)
    assert (promise.side, promise.due, promise.owner) == ("ours", parse("2025-09"), officer)

    utah = signed("sisterhood", "1983-09", officer)
    plan = signed("action_plan", "2024-09", officer)
    tour = deciding.accept(fact("engagement", "fam_tour"), by=officer, at=TODAY)
    assert (utah.signed, plan.parent) == (parse("1983-09"), utah)
    assert plan in Engagement.objects.get(pk=tour.made).agreements.all()

    yanbian = signed("mou", "옌볜", officer)
    assert yanbian.signed == Period.day(parse("2025-02-27").first)
    assert yanbian.parties.filter(side="theirs").count() == 3
    assert {one.status for one in Agreement.objects.all()} == {Status.SIGNED}
    links = {
        one.title_ko: [d.link for d in evidence.of_record(one)] for one in Agreement.objects.all()
    }
    assert all(len(link) == 1 and link[0].startswith("https://") for link in links.values()), links

    before = counts()
    again = read(source, officer)
    assert (again.made, again.updated, again.same, again.facts) == (0, 0, 7, 0)
    assert counts() == before


def test_the_english_version_finds_what_the_korean_one_has_entered(book, source):
    officer = book.officer
    read(source, officer)
    korean, english = (
        Article.objects.filter(address__endswith="0328-jiangsu").order_by("language").reverse()
    )
    assert korean.pair == english
    signed("sisterhood", "장쑤성", officer)
    memorandum = signed("mou", "공동협의체", officer)
    told = english.candidates.get(kind="agreement", fields__kind__value="mou")
    assert (told.match, told.record) == ("same", memorandum.pk)
    deciding.accept(told, by=officer, at=TODAY)
    assert Agreement.objects.filter(kind="mou").count() == 1
    assert evidence.of_record(memorandum).count() == 2


def counts():
    return {
        model.__name__: model.objects.count()
        for model in (Article, Version, Candidate, Agreement, Body, Engagement, Commitment)
    }
