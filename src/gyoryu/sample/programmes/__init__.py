"""Five programmes from open call to the last won returned: real figures, invented companies."""

from collections.abc import Iterator

from gyoryu.sample.book import Book
from gyoryu.sample.programmes import cast, portfolio, shows


def tell(book: Book) -> Iterator[str]:
    """Tell all five; yield what was entered."""
    company = cast.enter(book)
    programmes = portfolio.enter(book)
    lines = portfolio.lines(book, programmes)
    yield f"4 strategies, {len(programmes)} programmes, {sum(map(len, lines.values()))} budget lines"
    yield shows.tell(book, company, programmes["shows"], lines["shows"])
