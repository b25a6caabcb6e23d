"""Standing bodies that two sides set up: found by their founding verb, for the reader gives few.

A body is told of beside the memorandum that founds it, so it takes that one's day and sides.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from gyoryu.newsroom.extraction.document import Agreement, Item

_FOUNDED = re.compile(
    r"(?P<noun>(?:공동|실무|상설|정례)\s?협의체)(?:를|을|\s)?\s?"
    r"(?:구성|설립|설치|출범|발족|신설|만들|꾸리|두기)"
    r"|(?:establish(?:ed)?|set\sup|launch(?:ed)?|form(?:ed)?|create[d]?)\s(?:an?|the)\s"
    r"(?P<noun_en>(?:[\w-]+\s){0,3}consultative\s(?:body|council|committee))"
)
_CADENCE = re.compile(
    r"매년\s?(?:(?P<n>[1-4])\s?[회차번])?|연\s?(?P<n2>[1-4])\s?회|해마다"
    r"|(?P<word>once|twice)\sa\syear|annually|every\syear|each\syear"
)


class Body(NamedTuple):
    """A body as it is told of: where, the agreement beside it, and how often it meets."""

    start: int
    end: int
    beside: Agreement | None
    cadence: tuple[int, int, int] | None


def find(items: Iterable[Item], text: str) -> Body | None:
    """Return the first body the text tells of; none where the reader gave one itself."""
    agreements = [item for item in items if isinstance(item, Agreement)]
    if any(item.sub == "consultative_body" for item in agreements):
        return None
    found = _FOUNDED.search(text)
    if found is None:
        return None
    near = [
        one
        for one in agreements
        if one.status in {"signed", "announced"} and abs(one.trigger.start - found.start()) < 400
    ]
    beside = min(near, key=lambda one: abs(one.trigger.start - found.start()), default=None)
    return Body(found.start(), found.end(), beside, _cadence(text, found.start()))


def _cadence(text: str, near: int) -> tuple[int, int, int] | None:
    """How many times a year, and the words that say so: the mention nearest the founding."""
    found = min(_CADENCE.finditer(text), key=lambda one: abs(one.start() - near), default=None)
    if found is None:
        return None
    times = found["n"] or found["n2"] or ("2" if found["word"] == "twice" else "1")
    return int(times), found.start(), found.end()
