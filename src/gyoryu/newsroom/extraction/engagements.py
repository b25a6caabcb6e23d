"""Finds encounters (meetings, visits, forums, delegations), held or planned, once each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from gyoryu.newsroom.extraction import amounts, engagements_en, engagements_ko
from gyoryu.newsroom.extraction.document import Date, Document, Engagement, Sentence, Span
from gyoryu.newsroom.extraction.engagements_ko import Encounter
from gyoryu.newsroom.extraction.scene import Scene, as_span

_HEADS_KO = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})?)\s?(?P<more>여)?\s?(?P<unit>명|개사|"
    r"개\s사)(?P<about>\s?내외|\s?이상)?"
)
_HEADS_EN = re.compile(
    rf"\b(?P<n>{amounts.ENGLISH})(?:-member\b|\s(?P<what>(?:other\s|business\s|"
    rf"senior\s)?(?:executives|people|participants|officials|leaders|companies|members|"
    rf"students|guests|representatives)))"
)
_TOPIC_KO = re.compile(
    r"(?P<topic>[가-힣A-Za-z·,\s()-]{4,60}?)(?:\s?등)?(?:에\s대해|방안을|방안에|을\s논의|"
    r"를\s논의|에\s관해)"
)
_TOPIC_EN = re.compile(r"\b(?:on|to\sdiscuss|discussed|about)\s(?P<topic>[^.;,]{8,120})")


def find(scene: Scene) -> list[Engagement]:
    """Give each encounter once, in the order of the text."""
    document = scene.document
    scan = engagements_ko.scan if document.lang == "ko" else engagements_en.scan
    rows: list[tuple[Encounter, Engagement]] = []
    for sentence in document.sentences:
        if sentence.role != "body":
            continue
        for one in scan(sentence.text, sentence.role):
            item = _item(scene, sentence, one)
            if not document.quoted(item.trigger.start) and (item.date or not one.needs_date):
                rows.append((replace(one, fresh=_is_fresh(scene, item.trigger.start)), item))
    return _distinct(rows)


# No release tells of more; the bound keeps hostile texts from costing more than they should.
_MOST = 40
# A counterpart stands this near before the words of meeting, with a title in between.
_NEAR = 50


def _is_fresh(scene: Scene, position: int) -> bool:
    before = scene.people_in(position - 2 * _NEAR, position)
    return any(0 <= position - one.name.end < _NEAR for one in before)


def _item(scene: Scene, sentence: Sentence, one: Encounter) -> Engagement:
    document = scene.document
    start, end = sentence.start + one.start, sentence.start + one.end
    when = scene.date_of(sentence, start, end)
    if one.status == "planned":
        when = scene.coming_date(sentence, when)
    return Engagement(
        kind=one.kind,
        status=_settled(one.status, when, document.published),
        trigger=document.span(start, end),
        who=_who(scene, sentence),
        date=as_span(when),
        place=scene.place_of(sentence, end),
        headcount=_headcount(document, sentence),
        topic=_topic(document, sentence),
        how=one.how,
    )


def _settled(status: str, when: Date | None, published: date | None) -> str:
    """What is dated after publication is still a plan, whatever the tense."""
    if when and published and re.fullmatch(r"\d{4}-\d\d-\d\d.*", when.norm):
        if when.norm[:10] > published.isoformat() and status == "held":
            return (
                "planned" if (date.fromisoformat(when.norm[:10]) - published).days > 1 else status
            )
    return status


def _who(scene: Scene, sentence: Sentence) -> tuple[Span, ...]:
    people = [one.name for one in scene.people_in(sentence.start, sentence.end)]
    if people:
        return tuple(people[:6])
    return scene.parties_in(sentence.start, sentence.end)[:4]


def _headcount(document: Document, sentence: Sentence) -> Span | None:
    korean = document.lang == "ko"
    found = (_HEADS_KO if korean else _HEADS_EN).search(sentence.text)
    if not found:
        return None
    value = _count_ko(found) if korean else _count_en(found)
    return document.span(sentence.start + found.start(), sentence.start + found.end(), value)


def _count_ko(found: re.Match[str]) -> str:
    tail = "+" if found["more"] else (" approx" if "내외" in (found["about"] or "") else "")
    unit = " companies" if found["unit"] != "명" else ""
    return found["n"].replace(",", "") + tail + unit


def _count_en(found: re.Match[str]) -> str:
    value = amounts.english(found["n"])
    other = " others" if (found["what"] or "").startswith("other") else ""
    return (amounts.plain(value) if value else found["n"]) + other


def _topic(document: Document, sentence: Sentence) -> Span | None:
    pattern = _TOPIC_KO if document.lang == "ko" else _TOPIC_EN
    found = pattern.search(sentence.text)
    if not found:
        return None
    return document.span(sentence.start + found.start("topic"), sentence.start + found.end("topic"))


def _distinct(rows: Iterable[tuple[Encounter, Engagement]]) -> list[Engagement]:
    """Drop an encounter told again: the same kind and day, and nobody new."""
    kept: list[tuple[Encounter, Engagement]] = []
    for one, item in rows:
        if not any(_same(one, item, *old) for old in kept):
            kept.append((one, item))
        if len(kept) == _MOST:
            break
    return [item for _, item in kept]


def _same(one: Encounter, item: Engagement, old: Encounter, was: Engagement) -> bool:
    if item.kind != was.kind:
        return False
    day, before = (item.date and item.date.value), (was.date and was.date.value)
    if day and before and day != before:
        return False
    if item.kind == "visit":
        return not item.date or day == before
    if one.fresh and item.kind == "meeting":
        return False
    if one.key and old.key and one.key != old.key:
        return bool(item.date is None and not item.who)
    return True
