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
    values = {"kind": "feed", "name": "경기도 소식", "address": "https://news.gyoryu.example/feed.xml"}
    return sources.add_source(book.desk, values, by=book.officer, at=TODAY)


def read(source, by):
    return ingest.ingest(source, papers.entries(FEED.read_bytes()), by=by, at=TODAY)


def fact(kind, word, language="ko"):
    return next(
        one
        for one in Candidate.objects.filter(kind=kind, article__language=language, state="waiting")
        if word in str(one.fields) or word in one.article.title
    )


def signed(kind, word, by):
    candidate = fact("agreement", word)
    assert candidate.fields["kind"]["value"] == kind
    deciding.accept(candidate, {"standing": "signed"}, confirm_signed=True, by=by, at=TODAY)
    candidate.refresh_from_db()
    return Agreement.objects.get(pk=candidate.made)


def test_the_news_becomes_the_register_once_and_with_its_evidence(book, source):
    officer = book.officer
    taken = read(source, officer)
    assert (taken.made, taken.updated, taken.same, taken.failed) == (7, 0, 0, 0)
    for one in Candidate.objects.select_related("article"):
        print(one.article.title[:20], one.kind, one.status, one.match, {k: v for k, v in one.fields.items() if k in ("ours", "theirs", "side", "unknown")})
    assert not Agreement.objects.exists()
