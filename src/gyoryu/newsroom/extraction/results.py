"""Finds what trade events brought; this edition is kept apart from earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gyoryu.newsroom.extraction import results_en, results_ko
from gyoryu.newsroom.extraction.document import Document, Money, Result, Sentence, Span
from gyoryu.newsroom.extraction.results_ko import Figure
from gyoryu.newsroom.extraction.scene import Scene, as_span


@dataclass(slots=True)
class _Edition:
    """One edition of an event while it is put together."""

    past: bool
    fields: dict[str, Span] = field(default_factory=dict)
    total: set[str] = field(default_factory=set)
    strong: bool = False
    status: str = ""
    trigger: Span | None = None
    sentence: Sentence | None = None


def find(scene: Scene, money: Sequence[Money]) -> list[Result]:
    """Give one result for this edition, and one for earlier ones where figures are given."""
    document = scene.document
    trade = results_ko.TRADE if document.lang == "ko" else results_en.TRADE
    if not trade.search(document.text):
        return []
    editions = {False: _Edition(False), True: _Edition(True)}
    at = 0
    for sentence in document.sentences:
        begin = at
        while at < len(money) and money[at].span.start < sentence.end:
            at += 1
        if sentence.role in ("body", "note", "lead") and not document.quoted(sentence.start + 1):
            _gather(document, sentence, money[begin:at], editions)
    if not editions[False].trigger and document.lang == "ko":
        _event_only(document, editions[False])
    return [_result(scene, one) for one in editions.values() if one.trigger]


def _gather(
    document: Document,
    sentence: Sentence,
    money: Sequence[Money],
    editions: dict[bool, _Edition],
) -> None:
    """Take the figures of one sentence up into the edition they belong to."""
    reader = results_ko if document.lang == "ko" else results_en
    base, year = sentence.start, document.published.year if document.published else None
    sums = [(m.span.start - base, m.span.end - base, m.span.value or "") for m in money]
    for figure in reader.figures(sentence.text, sums):
        name = _field(figure)
        if name and (figure.under != "gain" or _is_trade_gain(document, sentence)):
            past = reader.is_past_edition(sentence.text, figure.start, year)
            _keep(document, sentence, figure, name, editions[past])


def _is_trade_gain(document: Document, sentence: Sentence) -> bool:
    """A mere "result" counts where the story and the sentence speak of trade."""
    said = ("상담", "실적", "집계", "계약")
    return "상담" in document.text[:400] and any(word in sentence.text for word in said)


def _field(figure: Figure) -> str:
    under = "consult" if figure.under == "gain" else figure.under
    if under not in ("consult", "contract"):
        return ""
    return f"{under}_{'amt' if figure.amount else 'n'}"


def _keep(
    document: Document, sentence: Sentence, figure: Figure, name: str, edition: _Edition
) -> None:
    """Keep the first figure of each kind; a later total replaces a part."""
    start, end = sentence.start + figure.start, sentence.start + figure.end
    weak = figure.under == "gain"
    is_total = "총" in document.text[max(0, start - 3) : start + 2]
    if weak and edition.strong:
        return
    if name in edition.fields and not _better(edition, name, figure, is_total):
        return
    edition.strong = edition.strong or not weak
    edition.fields[name] = document.span(start, end, figure.value, "counted as " + (figure.under))
    if is_total:
        edition.total.add(name)
    if edition.trigger is None:
        reach = sentence.start + max(figure.reach, figure.end)
        edition.trigger, edition.sentence = document.span(start, reach), sentence
    _grade(edition, figure, name)


def _better(edition: _Edition, name: str, figure: Figure, is_total: bool) -> bool:
    """A total replaces a part, and an exact figure the rounded one it stands for."""
    old, new = _number(edition.fields[name].value or ""), _number(figure.value)
    if is_total and name not in edition.total:
        return new > old
    rough = (edition.fields[name].value or "").endswith(("+", "approx"))
    return rough and not figure.value.endswith(("+", "approx")) and abs(new - old) * 50 < old


def _number(value: str) -> float:
    digits = re.search(r"\d[\d.]*", value)
    return float(digits.group()) if digits else 0.0


def _grade(edition: _Edition, figure: Figure, name: str) -> None:
    """The status grades the contracts; consultations alone were simply held."""
    if name.startswith("contract") or figure.under == "gain":
        edition.status = figure.status or edition.status or "held"
    elif not edition.status:
        edition.status = "planned" if figure.status == "planned" else ""


def _event_only(document: Document, edition: _Edition) -> None:
    """An event announced or told of with its companies and buyers, but without results."""
    for sentence in document.sentences:
        if sentence.role != "body":
            continue
        for pattern, status in (
            (results_ko.PLANNED_EVENT, "planned"),
            (results_ko.HELD_EVENT, "held"),
        ):
            found = pattern.search(sentence.text)
            counted = results_ko.firms(sentence.text) or results_ko.buyers(sentence.text)
            if found and counted:
                edition.trigger = document.span(
                    sentence.start + found.start(), sentence.start + found.end()
                )
                edition.sentence, edition.status = sentence, status
                return


def _result(scene: Scene, edition: _Edition) -> Result:
    document, sentence = scene.document, edition.sentence
    assert edition.trigger is not None
    assert sentence is not None
    fields = dict(edition.fields)
    fields |= _attendance(document, [sentence] if edition.past else document.sentences)
    when = scene.date_of(sentence, edition.trigger.start)
    return Result(
        status=edition.status or "held",
        trigger=edition.trigger,
        event=_event(document),
        place=scene.place_of(sentence, edition.trigger.start),
        dates=as_span(when),
        how="an earlier edition" if edition.past else "this edition",
        **fields,
    )


def _attendance(document: Document, sentences: Sequence[Sentence]) -> dict[str, Span]:
    """Find companies, buyers and visitors where the story first counts them."""
    reader = results_ko if document.lang == "ko" else results_en
    found: dict[str, Span] = {}
    for sentence in sentences:
        if sentence.role not in ("body", "note", "lead"):
            continue
        for name, read in (("companies", reader.firms), ("buyers", reader.buyers)):
            counted = read(sentence.text) if name not in found else None
            if counted:
                start, end = sentence.start + counted[0], sentence.start + counted[1]
                found[name] = document.span(start, end, counted[2])
    return found


def _event(document: Document) -> Span | None:
    reader = results_ko if document.lang == "ko" else results_en
    for sentence in document.sentences:
        found = reader.event(sentence.text) if sentence.role == "body" else None
        if found:
            return document.span(sentence.start + found[0], sentence.start + found[1])
    return None
