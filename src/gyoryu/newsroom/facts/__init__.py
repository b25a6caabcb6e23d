"""What an article's items mean to a register: facts with their fields, spans and how sure they are.

Plain Python between the reading engine and the database. `drafts` turns items into facts a person
can accept; `clashes` names what in the article does not agree with itself.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gyoryu.base import names
from gyoryu.newsroom.extraction.document import (
    Agreement,
    Commitment,
    Engagement,
    Item,
    Person,
    Result,
    Span,
    Support,
)
from gyoryu.newsroom.facts import bodies
from gyoryu.newsroom.facts.clashes import Clash, clashes
from gyoryu.newsroom.facts.days import period_of
from gyoryu.newsroom.facts.sureness import sureness

__all__ = ["Clash", "Draft", "clashes", "drafts", "period_of"]

Field = dict[str, Any]

# The engine's words for instruments, in the register's; what is not here a person has to choose.
INSTRUMENTS = {
    "sisterhood": "sisterhood", "friendship": "friendship", "mou": "mou", "arrangement": "mou",
    "action_plan": "action_plan", "loi": "loi", "joint_statement": "declaration",
}  # fmt: skip
# Instruments that are no agreement between governments, and are not made one.
NO_AGREEMENT = {"letter_of_support", "contract", "contract_verbal"}
ENCOUNTERS = {"event": "ceremony", "consultative_meeting": "meeting"}


@dataclass(frozen=True)
class Draft:
    """A fact as read: ``key`` is the same for the same fact of a later text of the article."""

    kind: str
    key: str
    start: int
    end: int
    fields: dict[str, Any]
    status: str
    how: str
    confidence: float


def drafts(items: Iterable[Item], text: str) -> list[Draft]:
    """Turn the engine's items into facts, in the order of the text."""
    known = list(items)
    found = [draft for item in known if (draft := _draft(item, text))]
    if body := bodies.find(known, text):
        found.append(_body(body, text))
    return list(_told_apart(sorted(found, key=lambda one: (one.start, one.end))))


def _draft(item: Item, text: str) -> Draft | None:
    make = _MAKERS.get(type(item))
    return make(item, text) if make else None


def _told_apart(found: list[Draft]) -> Iterator[Draft]:
    """Number facts that say the same ("two memoranda were signed"), so that each has its key."""
    seen: dict[str, int] = {}
    for one in found:
        seen[one.key] = count = seen.get(one.key, 0) + 1
        key = one.key if count == 1 else _digest(one.key, str(count))
        yield Draft(**{**one.__dict__, "key": key})


def _agreement(item: Agreement, text: str) -> Draft:
    body = item.sub == "consultative_body"
    fields = {
        "instrument": {"value": item.sub},
        "kind": {"value": "" if body else INSTRUMENTS.get(item.sub, "")},
        "signed": _day(item.date),
        "name": _span(item.name),
        "place": _span(item.place),
        "cadence": _span(item.cadence),
        "count": _span(item.count),
        "parties": _spans(item.parties),
        "signatories": _spans(item.signatories),
    }
    sides = sorted(names.organisation_key(span.quote) for span in item.parties)
    own = (item.sub, _value(item.date), *(sides or [_folded(item.trigger.quote)]))
    return _made("body" if body else "agreement", item, item.trigger, fields, own, text)


def _body(body: bodies.Body, text: str) -> Draft:
    trigger = Span(body.start, body.end, text[body.start : body.end])
    beside = body.beside
    fields: dict[str, Any] = {
        "instrument": {"value": "consultative_body"},
        "signed": _day(beside.date if beside else None),
        "parties": _spans(beside.parties if beside else ()),
    }
    if body.cadence:
        times, start, end = body.cadence
        told = {"value": f"{times}/year", "q": text[start:end], "s": start, "e": end}
        fields["cadence"] = told
    status = beside.status if beside else "announced"
    item = Agreement(sub="consultative_body", status=status, trigger=trigger, how="set up by it")
    sides = sorted(names.organisation_key(one["q"]) for one in fields["parties"])
    return _made(
        "body", item, trigger, fields, (_value(beside.date if beside else None), *sides), text
    )


def _engagement(item: Engagement, text: str) -> Draft:
    fields = {
        "kind": {"value": ENCOUNTERS.get(item.kind, item.kind)},
        # A meeting of a standing body, if the register has the body.
        **({"of_body": {"value": True}} if item.kind == "consultative_meeting" else {}),
        "when": _day(item.date),
        "place": _span(item.place),
        "headcount": _span(item.headcount),
        "topic": _span(item.topic),
        "who": _spans(item.who),
    }
    own = (item.kind, _value(item.date), _folded(item.trigger.quote))
    return _made("engagement", item, item.trigger, fields, own, text)


def _commitment(item: Commitment, text: str) -> Draft:
    fields = {
        "words": {"value": _words(text, item)},
        "actor": _span(item.actor),
        "due": _day(item.due),
    }
    own = (_folded(item.trigger.quote), _value(item.due))
    return _made("commitment", item, item.trigger, fields, own, text)


def _person(item: Person, text: str) -> Draft:
    fields = {"name": _span(item.name), "title": _span(item.title), "org": _span(item.org)}
    own = (*names.person_keys(item.name.quote)[:1], _value(item.title, quote=True))
    return _made("person", item, item.name, fields, own, text)


_FIGURES = ("companies", "buyers", "visitors", "consult_n", "consult_amt", "contract_n")


def _result(item: Result, text: str) -> Draft:
    named = ("event", "place", *_FIGURES, "contract_amt")
    fields = {name: _span(getattr(item, name)) for name in named}
    fields["dates"] = _day(item.dates)
    own = tuple(_value(getattr(item, name)) for name in (*_FIGURES, "contract_amt"))
    return _made("result", item, item.trigger, fields, own, text)


def _support(item: Support, text: str) -> Draft:
    fields: dict[str, Any] = {
        "program": _span(item.program),
        "budget": _span(item.budget),
        "dates": _day(item.dates),
        "ceiling": _spans(item.ceiling),
        "counts": _spans(item.counts),
        "covers": _spans(item.covers),
    }
    limits = tuple(span.value or span.quote for span in item.ceiling)
    own = (_value(item.program, quote=True), _value(item.budget), *limits)
    return _made("support", item, item.trigger, fields, own, text)


_MAKERS: dict[type, Any] = {
    Agreement: _agreement,
    Engagement: _engagement,
    Commitment: _commitment,
    Person: _person,
    Result: _result,
    Support: _support,
}


def _made(
    kind: str, item: Any, trigger: Span, fields: dict[str, Any], own: tuple[str, ...], text: str
) -> Draft:
    kept = {name: field for name, field in fields.items() if field and _says(field)}
    status = str(getattr(item, "status", ""))
    kept["trigger"] = _span(trigger)
    start, end = (trigger.start, trigger.end) if kind == "body" else extent(text, trigger, kept)
    return Draft(
        kind=kind,
        key=_digest(kind, *own),
        start=start,
        end=end,
        fields=kept,
        status=status,
        how=str(getattr(item, "how", ""))[:200],
        confidence=sureness(kind, kept, status),
    )


def extent(text: str, trigger: Span, fields: dict[str, Any]) -> tuple[int, int]:
    """The stretch that is marked: the trigger and what belongs to it in the same sentence."""
    first, last = max(0, trigger.start - 160), min(len(text), trigger.end + 160)
    first = max([first, *(one.end() for one in _STOP.finditer(text, first, trigger.start))])
    stop = _STOP.search(text, trigger.end, last)
    last = stop.start() if stop else last
    inside = [
        span
        for field in fields.values()
        for span in (field if isinstance(field, list) else [field])
        if "s" in span and first <= span["s"] and span["e"] <= last
    ]
    start = min([trigger.start, *(span["s"] for span in inside)])
    return start, max([trigger.end, *(span["e"] for span in inside)])


def _says(field: Any) -> bool:
    return bool(field) if isinstance(field, list) else field.get("value") not in (None, "")


def _span(span: Span | None) -> Field:
    if span is None:
        return {}
    field: Field = {"value": span.value or span.quote, "q": span.quote}
    field |= {"s": span.start, "e": span.end}
    return {**field, "how": span.how} if span.how else field


def _spans(spans: tuple[Span, ...]) -> list[Field]:
    return [_span(span) for span in spans]


def _day(span: Span | None) -> Field:
    """A date's field; its value is empty where the text leaves it open, and the words stay."""
    if span is None:
        return {}
    return {**_span(span), "value": span.value or "?", "open": period_of(span.value or "") is None}


def _value(span: Span | None, *, quote: bool = False) -> str:
    return "" if span is None else (span.quote if quote else span.value or span.quote)


_EDGES = re.compile(r"^[\s,.;·○□–-]+|[\s,;·–-]+$")
_STOP = re.compile(r"[.!?](?=\s|$)|\n")
_HANGUL = re.compile(r"[가-힣]")
_LONGEST_TAIL = {True: 6, False: 180}


def _words(text: str, item: Commitment) -> str:
    """The promise as it was said: from who makes it to its end, where that is near."""
    start, end = item.trigger.start, item.trigger.end
    if item.actor and start - 120 < item.actor.start < start:
        between = text[item.actor.end : start]
        start = item.actor.start if not _STOP.search(between) else start
    # A Korean promise ends with its verb; an English one goes on with what and when.
    stop = _STOP.search(text, end)
    reach = _LONGEST_TAIL[bool(_HANGUL.search(item.trigger.quote))]
    if stop and stop.start() - end <= reach:
        end = stop.start()
    return _EDGES.sub("", " ".join(text[start:end].split()))[:500]


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]
