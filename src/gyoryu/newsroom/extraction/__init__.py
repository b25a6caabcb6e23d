"""Reads a press release, Korean or English, and gives the facts it states with their spans.

`read` gives typed items; `to_json` turns them into plain values for a file. Nothing here knows
of a database or of a clock: the day of publication is an argument.
"""

from __future__ import annotations

from datetime import date, datetime

from gyoryu.newsroom.extraction import (
    agreements,
    commitments,
    dates,
    engagements,
    money,
    parties,
    people,
    results,
    support,
)
from gyoryu.newsroom.extraction.document import Item
from gyoryu.newsroom.extraction.opening import open_document
from gyoryu.newsroom.extraction.scene import Scene
from gyoryu.newsroom.extraction.written import to_json

__all__ = ["Item", "read", "to_json"]


def read(
    text: str, *, published: date | datetime | None, lang: str | None = None, title: str = ""
) -> list[Item]:
    """Read one article; relative dates are left open where `published` is None."""
    document = open_document(text, published, lang, title)
    amounts, days, persons = money.find(document), dates.find(document), people.find(document)
    named = parties.find(document)
    scene = Scene.of(document, days, persons, named)
    items: list[Item] = [*money.distinct(amounts), *dates.distinct(days), *persons]
    items += parties.distinct(named)
    items += agreements.find(scene)
    items += engagements.find(scene)
    items += results.find(scene, amounts)
    terms = support.find(scene, amounts)
    items += terms
    items += commitments.find(scene, terms)
    return items
