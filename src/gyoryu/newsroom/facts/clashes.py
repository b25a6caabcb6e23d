"""What an article says twice and not alike: headline against text, two dates for one act.

The rules are narrow on purpose: a false alarm costs a person's minute, every day.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gyoryu.newsroom import extraction
from gyoryu.newsroom.extraction.document import Agreement, Date, Item, Money, Result
from gyoryu.newsroom.extraction.money import written
from gyoryu.newsroom.facts.days import period_of

Row = dict[str, str]
Place = tuple[str, int, int]

_INSTRUMENTS = {
    "mou": r"업무\s?협약|양해각서|MOUs?|memorand(?:a|ums?)(?:\sof\s[Uu]nderstanding)?",
    "loi": r"의향서|letters?\sof\sintent|LOIs?",
    "sisterhood": r"자매결연|sister(?:hood)?\s(?:agreements?|ties)",
    "action_plan": r"실행계획|[Aa]ction\s[Pp]lans?",
    "contract": r"수출\s?계약|(?:export|supply)\scontracts?",
}
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a": 1, "an": 1,
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5,
}  # fmt: skip
_NUMBER = r"(?P<n>\d{1,3}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_ACTS = {
    "sisterhood": r"자매결연|자매도시|[Ss]ister(?:hood|ed|\s(?:city|cities|ties|agreement|state))",
    "friendship": r"우호협력|우호교류|[Ff]riendship",
    "action_plan": r"실행계획|[Aa]ction\s[Pp]lan",
    "mou": r"업무\s?협약|양해각서|MOU|[Mm]emorandum",
}
_CONCLUDED = re.compile(
    r"체결|맺|결연|서명|signed|formed|established|concluded|entered\sinto|became|since"
)
_LAST_YEAR = re.compile(
    r"지난해|작년|전년|last\syear|previous\s(?:year|edition)|year[- ]on[- ]year"
)
_SIGNED_TITLE = re.compile(
    r"체결(?!\s?(?:추진|예정|하기로|키로|협의))|서명(?!\s?예정)|\bsign(?:s|ed)\b|\binks?\b"
)
_NEWS = {"signed", "announced"}
_PLANS = {"planned", "intended", "presented", "verbal"}


@dataclass(frozen=True)
class Clash:
    """Two statements that do not agree. ``rows`` compare them, ``spans`` say where they stand."""

    kind: str
    key: str
    rows: tuple[Row, ...]
    spans: tuple[Place, ...]


def clashes(title: str, text: str, items: Iterable[Item], lang: str) -> list[Clash]:
    """Return everything in an article that does not agree with itself."""
    known = list(items)
    found = [
        _counts(title, text, known),
        _amounts(title, text, known, lang),
        _standing(title, known),
        *_dates(text, known),
        _editions(text, known),
    ]
    return [clash for clash in found if clash]


def _clash(kind: str, rows: list[Row], spans: list[Place]) -> Clash:
    told = "\x1f".join(f"{row['what']}={row['one']}|{row['other']}" for row in rows)
    key = hashlib.sha256(f"{kind}\x1f{told}".encode()).hexdigest()[:40]
    return Clash(kind, key, tuple(rows), tuple(spans))


def _counted(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield every counted instrument: which, how many, and where."""
    for name, noun in _INSTRUMENTS.items():
        korean = rf"(?:{noun})\S{{0,3}}\s?(?:등\s)?(?:총\s)?(?P<n>\d{{1,3}})\s?(?:건|개)"
        before = (
            rf"(?<![\w.,]){_NUMBER}(?:\s?(?:건|개)의?\s?|\s(?:[a-z]+\s){{0,2}})(?:{noun})(?![a-z])"
        )
        seen: set[int] = set()
        for pattern in (korean, before):
            for found in re.finditer(pattern, text):
                if found.start() not in seen:
                    seen.add(found.start())
                    count = found["n"]
                    number = int(count) if count.isdigit() else _WORDS[count]
                    yield name, number, found.start(), found.end()


def _counts(title: str, text: str, items: list[Item]) -> Clash | None:
    headline = {name: (n, s, e) for name, n, s, e in _counted(title)}
    if not headline:
        return None
    body: dict[str, int] = {}
    places: list[Place] = []
    for name, number, start, end in _counted(text):
        if number >= body.get(name, 0):
            body[name] = number
            places.append(("body", start, end))
    for name in headline.keys() - body.keys():
        read = [i for i in items if isinstance(i, Agreement) and i.sub == name]
        body[name] = sum(1 for one in read if one.status in _NEWS)
        places += [("body", one.trigger.start, one.trigger.end) for one in read]
    if all(body.get(name) in (0, n) for name, (n, _s, _e) in headline.items()):
        return None
    named = [name for name in _INSTRUMENTS if name in headline or name in body]
    rows = [
        {"what": name, "one": str(headline.get(name, (0,))[0]), "other": str(body.get(name, 0))}
        for name in named
    ]
    return _clash("counts", rows, [*(("title", s, e) for _n, s, e in headline.values()), *places])


def _amounts(title: str, text: str, items: list[Item], lang: str) -> Clash | None:
    """An amount of the headline that the text lacks, though it has others of its currency."""
    told = [one for one in items if isinstance(one, Money)]
    for head in extraction.read(title, published=None, lang=lang):
        if not isinstance(head, Money):
            continue
        same = [one for one in told if one.currency == head.currency]
        # A headline rounds: a tenth up or down is no contradiction.
        if not same or any(_close(head.amount, one.amount) for one in same):
            continue
        rows = [
            {
                "what": "amount",
                "one": written(head.currency, head.amount, head.approx),
                "other": ", ".join(written(one.currency, one.amount) for one in same[:3]),
            }
        ]
        spans: list[Place] = [("title", head.span.start, head.span.end)]
        spans += [("body", one.span.start, one.span.end) for one in same[:3]]
        return _clash("amounts", rows, spans)
    return None


def _close(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) or isinstance(other, tuple):
        return bool(one == other)
    return bool(abs(one - other) * 10 <= max(one, other))


def _standing(title: str, items: list[Item]) -> Clash | None:
    """The headline says signed; every new agreement of the text is only planned."""
    found = _SIGNED_TITLE.search(title)
    new = [i for i in items if isinstance(i, Agreement) and i.status in _NEWS | _PLANS]
    if not found or not new or any(one.status in _NEWS for one in new):
        return None
    rows = [{"what": one.sub, "one": "signed", "other": one.status} for one in new[:3]]
    places: list[Place] = [("title", found.start(), found.end())]
    places += [("body", one.trigger.start, one.trigger.end) for one in new[:3]]
    return _clash("standing", rows, places)


def _dates(text: str, items: list[Item]) -> Iterator[Clash]:
    """One act that is dated twice: sentences that conclude the same instrument on unlike days."""
    days = [one for one in extraction_dates(text, items) if period_of(one.norm)]
    for name, noun in _ACTS.items():
        if name == "mou":  # an article may well tell of two memoranda
            continue
        told: list[Date] = []
        for start, end in _sentences(text):
            piece = text[start:end]
            if re.search(noun, piece) and _CONCLUDED.search(piece):
                inside = [one for one in days if start <= one.span.start < end]
                told += inside if len(inside) == 1 else []
        if pair := _unlike(told):
            rows = [{"what": name, "one": pair[0].norm, "other": pair[1].norm}]
            spans: list[Place] = [("body", one.span.start, one.span.end) for one in pair]
            yield _clash("dates", rows, spans)


def extraction_dates(text: str, items: list[Item]) -> list[Date]:
    """Return the article's distinct dates that are past facts, not plans left open."""
    return [one for one in items if isinstance(one, Date) and one.resolved]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in re.finditer(r"(?<=[다음.])\.?\s+|\n+", text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _unlike(told: list[Date]) -> tuple[Date, Date] | None:
    for index, one in enumerate(told):
        for other in told[index + 1 :]:
            first, second = period_of(one.norm), period_of(other.norm)
            if first and second and (first.last < second.first or second.last < first.first):
                return one, other
    return None


def _editions(text: str, items: list[Item]) -> Clash | None:
    """A figure that the text gives for an earlier year, beside this year's."""
    results = [one for one in items if isinstance(one, Result)]
    now = [one for one in results if one.how == "this edition"]
    before = [one for one in results if one.how == "an earlier edition"]
    if not now or not before:
        return None
    rows, places = [], list[Place]()
    for name in ("consult_n", "consult_amt", "contract_n", "contract_amt"):
        this, last = getattr(now[0], name), getattr(before[0], name)
        if this and last:
            rows.append({"what": name, "one": this.value or "", "other": last.value or ""})
            places += [("body", span.start, span.end) for span in (this, last)]
    return _clash("editions", rows, places) if rows else None
