"""The sample's newsroom: a feed in our own words, read and waiting for somebody's yes."""

from pathlib import Path

from gyoryu.newsroom import papers
from gyoryu.newsroom.actions import ingest, sources
from gyoryu.sample.book import Book, at

FEED = Path(__file__).parent / "newsroom" / "feed.xml"
READ = at("2025-04-01", 8)


def load(book: Book) -> str:
    """Take the sample feed in; the stories it tells are in the register, some of its facts are not."""
    source = sources.add_source(
        book.desk,
        {
            "kind": "feed",
            "name": "경기도 국제협력 소식",
            "address": "https://news.gyoryu.example/feed.xml",
        },
        by=book.officer,
        at=READ,
    )
    taken = ingest.ingest(source, papers.entries(FEED.read_bytes()), by=book.officer, at=READ)
    # Nobody answers at an address of the sample, so nobody is asked.
    sources.pause(source, reason="표본의 주소라 방문하지 않음", by=book.officer, at=READ)
    return f"{taken.made} articles read, {taken.facts} facts to decide"
