"""Finds promised actions, who is to do them, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from gyoryu.newsroom.extraction import commitments_en, commitments_ko
from gyoryu.newsroom.extraction.commitments_ko import Promise
from gyoryu.newsroom.extraction.document import Commitment, Date, Document, Sentence, Span, Support
from gyoryu.newsroom.extraction.scene import Scene, as_span

# How far back a mission named again may have been dated.
_BACK = 600
_EVERY = re.compile(r"\b(?:annually|every\syear|each\syear|a\syear)\b|매년|해마다")
_WITHIN = re.compile(r"\s?(?:중|까지|내에|안에)")
_TONIGHT = re.compile(r"evening|tonight")
_EVENT = re.compile(r"\bthe\s(?:delegation|mission|visit|trip|summit)\b")
_YEARLY = "every year"


def find(scene: Scene, supports: Sequence[Support]) -> list[Commitment]:
    """Give the promises of a release, in the order of the text; terms of support are none."""
    terms = {limit.start for one in supports for limit in one.ceiling}
    document = scene.document
    scan = commitments_ko.scan if document.lang == "ko" else commitments_en.scan
    found: list[Commitment] = []
    for sentence in document.sentences:
        if sentence.role not in ("body", "lead"):
            continue
        if any(sentence.start <= at < sentence.end for at in terms):
            continue
        ahead = _coming(scene, sentence.start, sentence.end)
        yearly = document.lang == "ko" and bool(_EVERY.search(sentence.text))
        for one in scan(sentence.text, bool(ahead) or yearly):
            if ahead or not document.quoted(sentence.start + one.start):
                found.append(_item(scene, sentence, one, ahead))
    return _distinct(found)


def _coming(scene: Scene, start: int, end: int) -> Sequence[Date]:
    """Give the dates of a stretch that are not over at publication."""
    published = scene.document.published
    found = scene.dates_in(start, end)
    return [
        one
        for one in found
        if not _is_bare_year(scene.document, one)
        and (
            published is None
            or _is_coming(one.norm, published, bool(_TONIGHT.search(one.span.quote)))
        )
    ]


def _is_bare_year(document: Document, one: Date) -> bool:
    """`올해` alone sets no term; `올해 중`, `올해까지` do."""
    if not one.span.quote.startswith(("올", "금년")) or len(one.norm) != 4:
        return False
    return not _WITHIN.match(document.text, one.span.end)


def _is_coming(norm: str, published: date, later: bool) -> bool:
    last = re.split(r"[/,]", norm.rstrip("/"))[-1]
    year = re.match(r"(?:FY)?(\d{4})", last)
    if not year:
        return False
    today = published.isoformat()
    if len(last) == 10 and last[4] == "-":
        return last > today or (last == today and (later or norm.startswith("/")))
    return int(year.group(1)) >= published.year and last[:7] >= today[: len(last[:7])]


def _item(scene: Scene, sentence: Sentence, one: Promise, ahead: Sequence[Date]) -> Commitment:
    document = scene.document
    start, end = sentence.start + one.start, sentence.start + one.end
    earlier = _coming(scene, sentence.start - _BACK, sentence.start)
    actor = None
    if one.actor:
        actor = document.span(sentence.start + one.actor[0], sentence.start + one.actor[1])
    return Commitment(
        status=one.status,
        trigger=document.span(start, end),
        actor=actor,
        due=_due(document, sentence, (start, end), ahead, earlier),
        how=one.how,
    )


def _due(
    document: Document,
    sentence: Sentence,
    at: tuple[int, int],
    ahead: Sequence[Date],
    earlier: Sequence[Date],
) -> Span | None:
    """The coming date nearest to the act; `annually` where no date is given."""
    if ahead:
        near = min(ahead, key=lambda one: max(at[0] - one.span.end, one.span.start - at[1], 0))
        return as_span(near)
    if _EVENT.search(sentence.text, max(0, at[0] - sentence.start)):
        before = [one for one in earlier if one.span.start < at[0]]
        return as_span(before[-1]) if before else None
    found = _EVERY.search(sentence.text)
    if not found:
        return None
    return document.span(
        sentence.start + found.start(), sentence.start + found.end(), _YEARLY, "recurring"
    )


def _distinct(found: Sequence[Commitment]) -> list[Commitment]:
    """Drop a promise told twice: the same due date and much the same words."""
    kept: list[Commitment] = []
    for item in found:
        words = set(item.trigger.quote.split())
        if not any(_same(item, old, words) for old in kept):
            kept.append(item)
        if len(kept) == 40:
            break
    return kept


def _same(item: Commitment, old: Commitment, words: set[str]) -> bool:
    if (item.due and item.due.value) != (old.due and old.due.value):
        return False
    return 2 * len(words & set(old.trigger.quote.split())) > len(words)
