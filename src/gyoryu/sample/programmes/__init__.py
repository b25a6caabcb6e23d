"""Five programmes from open call to the last won returned: real figures, invented companies."""

from collections.abc import Iterator

from gyoryu.sample.book import Book
from gyoryu.sample.programmes import (
    cast,
    ceramics,
    incubation,
    portfolio,
    shows,
    training,
    vouchers,
)

# In the order in which they began; the vouchers go to companies of the shows.
STORIES = {
    "training": training.tell,
    "incubation": incubation.tell,
    "shows": shows.tell,
    "voucher": vouchers.tell,
    "ceramics": ceramics.tell,
}


def tell(book: Book) -> Iterator[str]:
    """Tell all five; yield what was entered."""
    people = cast.enter(book)
    programmes = portfolio.enter(book)
    lines = portfolio.lines(book, programmes)
    count = sum(map(len, lines.values()))
    yield f"4 strategies, {len(programmes)} programmes, {count} budget lines"
    for key, story in STORIES.items():
        yield story(book, people, programmes[key], lines[key])
