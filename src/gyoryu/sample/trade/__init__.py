"""Trade with the world: real figures of four undertakings, invented companies and buyers."""

from collections.abc import Iterator

from gyoryu.sample.book import Book
from gyoryu.sample.trade import ceramics, mission, mobile, yanbian


def tell(book: Book) -> Iterator[str]:
    """Tell all four; yield what was entered."""
    for story in (ceramics, mission, mobile, yanbian):
        yield story.tell(book)
