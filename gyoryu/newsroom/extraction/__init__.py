"""Reads a press release, Korean or English, and gives the facts it states with their spans.

`read` gives typed items; `to_json` turns them into plain values for a file. Nothing here knows
of a database or of a clock: the day of publication is an argument.
"""

from __future__ import annotations

from datetime import date, datetime

from gyoryu.newsroom.extraction import dates, money, people
from gyoryu.newsroom.extraction.document import Item
from gyoryu.newsroom.extraction.opening import open_document
from gyoryu.newsroom.extraction.written import to_json

__all__ = ["Item", "read", "to_json"]


def read(
    text: str, *, published: date | datetime | None, lang: str | None = None, title: str = ""
) -> list[Item]:
    """Read one article; relative dates are left open where `published` is None."""
    document = open_document(text, published, lang, title)
    items: list[Item] = []
    items += money.distinct(money.find(document))
    items += dates.distinct(dates.find(document))
    items += people.find(document)
    return items
