"""Finds agreements and grades what the text says of them; new ones are kept from historic ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gyoryu.newsroom.extraction import agreements_en, agreements_ko, tense
from gyoryu.newsroom.extraction.agreements_ko import Concluding
from gyoryu.newsroom.extraction.document import Agreement, Date, Document, Sentence, Span
from gyoryu.newsroom.extraction.scene import Scene, as_span
from gyoryu.newsroom.extraction.vocab import places_en

_COUNT_KO = re.compile(r"(?:총\s)?\d{1,4}\s?건")
_COUNT_EN = re.compile(
    r"\b(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|"
    r"ten)\b(?=\s(?:\w+\s){0,2}(?:[Mm]emor|MOU|agree))"
)
# How far from the act its sides may be named.
_BEFORE, _AFTER = 260, 60
# A side of an agreement is its subject, or joined by "and" or "between".
_SIDE = re.compile(
    r"(?:\([^()\n]{0,60}\))?[*'’」]{0,2}(?:[은는이가와과]|간|측|의\s|[,·]\s?[가-힣]|\s?(?:및|사))(?!\s?관련)"
)
_CADENCE = re.compile(
    r"(?P<n>one|two|once|twice|a)\s(?:[\w-]+\s){0,4}?(?:annually|a year|per year|every "
    r"year|each year)|annual(?:ly)?\s(?:joint\s)?(?:consultative\s)?meetings?"
    r"|(?:매년|연)\s?(?P<times>[1-4])?\s?(?:회|차례|번)?\s?(?:정례|정기|개최)"
)
_TIMES = {"one": 1, "once": 1, "a": 1, "two": 2, "twice": 2}
# An event this long before publication is history, not news.
_RECENT = timedelta(days=21)
# No release tells of more; the bound keeps hostile texts from costing more than they should.
_MOST = 40
_STRENGTH = {"signed": 6, "announced": 5, "presented": 5, "verbal": 4, "planned": 3, "intended": 2}


def find(scene: Scene) -> list[Agreement]:
    """Give each agreement once, in the order of the text."""
    document = scene.document
    scan = agreements_ko.scan if document.lang == "ko" else agreements_en.scan
    stated: list[tuple[Sentence, Concluding]] = []
    for sentence in document.sentences:
        if sentence.role in ("body", "lead", "note"):
            stated += [(sentence, one) for one in scan(sentence.text, sentence.role)]
    rows = [_row(scene, sentence, one) for sentence, one in stated]
    return _distinct(row for row in rows if row)


class _Row:
    """An agreement with what tells it apart from others of its kind."""

    def __init__(self, item: Agreement, told: _Told, repeat: bool, pair: bool = False) -> None:
        self.item = item
        self.told = told
        self.repeat = repeat
        self.pair = pair


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words around an agreement say of it: who, which countries, and what about."""

    keys: frozenset[str]
    countries: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()

    def apart(self, other: _Told) -> bool:
        """Whether two statements cannot be of one agreement: other countries, another subject."""
        if self.countries - other.countries and other.countries - self.countries:
            return True
        return bool(self.topic and other.topic) and not self.topic & other.topic

    def joined(self, other: _Told) -> _Told:
        """Take up what another statement of the same agreement says."""
        return _Told(
            self.keys | other.keys, self.countries | other.countries, self.topic | other.topic
        )


def _row(scene: Scene, sentence: Sentence, one: Concluding) -> _Row | None:
    document = scene.document
    start, end = sentence.start + one.start, sentence.start + one.end
    told = _sentence_of(document, sentence)
    when = scene.date_of(sentence, start, end) or scene.day_of(told)
    if one.status == "planned":
        when = scene.coming_date(sentence, when)
    if when and one.status in ("signed", "announced", "old?") and _is_term(document, when):
        when = None
        one = replace(one, status="signed") if one.status == "old?" else one
    status, how = _settled(document, sentence, one, when)
    if document.quoted(start) and status in ("signed", "planned", "intended"):
        return None
    if status == "linked?":
        status = "signed" if _told_as_past(document, sentence, when) else "planned"
    if one.how.startswith("the text is the instrument") and sentence.paragraph:
        return None
    reach = end if document.lang == "ko" else min(sentence.end, end + _AFTER)
    first = told.start if told else sentence.start
    named = scene.parties_in(max(first, start - _BEFORE), reach)
    if document.lang == "ko":
        named = tuple(span for span in named if _SIDE.match(document.text, span.end))
        named = _with_offices(scene, sentence, named)
    item = Agreement(
        sub=one.sub,
        status=status,
        trigger=document.span(start, end),
        parties=named[:6],
        date=as_span(when),
        place=scene.place_of(sentence, start),
        signatories=_signatories(scene, told or sentence, status),
        cadence=_cadence(document, sentence),
        count=_count(document, sentence, one),
        how=how,
    )
    pair = one.pair and status == "signed"
    return _Row(item, _told(scene, sentence, one), one.repeat, pair)


_YEARS = re.compile(r"/?\d{4}(?:/\d{4})?/?")


def _is_term(document: Document, when: Date) -> bool:
    """`signed an action plan for 2032–2034`: coming years beside an act done are its term."""
    published, day = document.published, _last_day(when)
    return bool(published and day and day > published and _YEARS.fullmatch(when.norm))


_TWO_SIDES = re.compile(
    r"(?:The\stwo\s|Both\s|They\s|The\s(?:sides|parties|leaders|officials)\b|At\sthe\s(?:meeting|event|"
    r"ceremony)|During\sthe\s)|[□○ㅇ\s-]{0,4}(?:이\s자리에서|양측은|양\s?기관은|두\s기관은|양\s?지역은|"
    r"이들은|양\s?도시는)"
)


def _sentence_of(document: Document, sentence: Sentence) -> Sentence | None:
    """`The two officials signed …`: the sentence before tells who they are, and when."""
    if not _TWO_SIDES.match(sentence.text):
        return None
    before = document.sentence_at(max(0, sentence.start - 2))
    same = before.end <= sentence.start and before.paragraph == sentence.paragraph
    return before if same and before.role == "body" else None


def _settled(
    document: Document, sentence: Sentence, one: Concluding, when: Date | None
) -> tuple[str, str]:
    """An old date makes history of a signing; a future one makes a plan of it."""
    status = one.status
    day = _last_day(when)
    if status in ("old?", "established?"):
        status = "signed"
        if day is None and one.status == "old?":
            return "existing", one.how
    told = status in ("signed", "announced") or one.how in ("present form", "no past form")
    if told and day and document.published:
        if day < document.published - _RECENT:
            return "existing", f"dated {day}, before the news"
        if day > document.published + timedelta(days=2):
            return "planned", f"dated {day}, after publication"
    if status == "signed" and sentence.role == "note" and "이번" not in sentence.text:
        return ("signed", one.how) if day else ("existing", "a note")
    return status, one.how


def _told_as_past(document: Document, sentence: Sentence, when: Date | None) -> bool:
    """Whether what is joined to a promise has itself happened, by its date or the context."""
    day = _last_day(when)
    if day and document.published and when and len(when.norm) >= 10:
        return day <= document.published
    before = document.sentence_at(max(0, sentence.start - 3))
    return before is not sentence and tense.sentence_tense(before.text) == "done"


def _last_day(when: Date | None) -> date | None:
    """Give the last day a date may mean, where it has a year and a month, or a year past."""
    if when is None:
        return None
    norm = re.split(r"[/,]", when.norm.strip("/"))[-1]
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$", norm)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return date(year or 1, month or 12, day or 28)
    except ValueError:
        return None


def _with_offices(scene: Scene, sentence: Sentence, named: tuple[Span, ...]) -> tuple[Span, ...]:
    """Somebody who signs does so for an office: add the offices of the people named."""
    found = {span.quote: span for span in named}
    for one in scene.people_in(sentence.start, sentence.end):
        if one.org and len(one.org.quote) > 2:
            found.setdefault(one.org.quote, one.org)
    return tuple(sorted(found.values(), key=lambda span: span.start))


def _signatories(scene: Scene, sentence: Sentence, status: str) -> tuple[Span, ...]:
    if status != "signed":
        return ()
    return tuple(one.name for one in scene.people_in(sentence.start, sentence.end))[:4]


def _cadence(document: Document, sentence: Sentence) -> Span | None:
    found = _CADENCE.search(sentence.text)
    if not found:
        return None
    times = found["times"] or _TIMES.get(found["n"] or "", 1)
    start = sentence.start + found.start()
    return document.span(start, sentence.start + found.end(), f"{times}/year")


def _count(document: Document, sentence: Sentence, one: Concluding) -> Span | None:
    pattern = _COUNT_KO if document.lang == "ko" else _COUNT_EN
    begin = max(0, one.start - 30)
    found = pattern.search(sentence.text, begin, one.end)
    if not found:
        return None
    digits = re.search(r"\d+", found.group())
    value = digits.group() if digits else found.group()
    return document.span(sentence.start + found.start(), sentence.start + found.end(), value)


_PARTY_MARK = re.compile(
    r"(?P<who>[가-힣A-Za-z0-9·’'()&-]{2,24}?)['’]?(?:\([^()]{1,30}\))?(?:와의|과의|"
    r"[와과간은는이가])(?=\s|$)"
)
_CAPITALISED = re.compile(r"[A-Z][\w’-]{2,20}")


_NEW_ONE = re.compile(r"\b(?:an?|another|two|separate)\s(?:[\w$’.-]+\s){0,5}$")
_ABOUT = re.compile(
    r"(?:\s\([^()]{1,40}\))?\s(?:on|for|to|in\sthe\sfield\sof|covering|regarding)\s"
)
_WORD = re.compile(r"[a-z]{5,20}")
_PLAIN = frozenset(
    ["deepen", "expand", "their", "between", "cooperation", "promote", "strengthen", "establish"]
)


def _told(scene: Scene, sentence: Sentence, one: Concluding) -> _Told:
    keys = _keys(sentence, one)
    if scene.document.lang == "ko":
        return _Told(keys)
    named = scene.parties_in(sentence.start, sentence.start + one.end + _AFTER)
    places = (span.quote.removeprefix("the ") for span in named)
    countries = frozenset(place for place in places if place in _COUNTRIES)
    about = _ABOUT.match(sentence.text, one.end)
    if not about or not _NEW_ONE.search(sentence.text[max(0, one.noun - 70) : one.noun]):
        return _Told(keys, countries)
    words = _WORD.findall(sentence.text[about.end() : about.end() + 60].lower())
    return _Told(keys, countries, frozenset(words) - _PLAIN)


_COUNTRIES = frozenset(name.removeprefix("the ") for name in places_en.COUNTRIES)


def _keys(sentence: Sentence, one: Concluding) -> frozenset[str]:
    """The words that may name the sides of an agreement, to tell one from another."""
    before = sentence.text[max(0, one.noun - 90) : one.noun]
    if re.search(r"[가-힣]", before):
        return frozenset(found["who"][:3] for found in _PARTY_MARK.finditer(before))
    return frozenset(_CAPITALISED.findall(sentence.text[: one.end + 120]))


def _distinct(rows: Iterable[_Row]) -> list[Agreement]:
    """Drop statements that only repeat an agreement already found, keeping the stronger."""
    kept: list[_Row] = []
    for row in rows:
        same = next((old for old in kept if _same(old, row)), None)
        if same is None:
            kept.append(row)
        elif _stronger(row.item, same.item):
            kept[kept.index(same)] = _Row(
                row.item, row.told.joined(same.told), row.repeat, row.pair
            )
        if len(kept) == _MOST:
            break
    return [item for row in kept for item in [row.item] * (2 if row.pair else 1)]


def _stronger(new: Agreement, old: Agreement) -> bool:
    """A statement of the act itself outweighs a plan; the first of two equals stays."""
    return _STRENGTH.get(new.status, 0) > _STRENGTH.get(old.status, 0)


def _same(old: _Row, new: _Row) -> bool:
    if old.item.sub != new.item.sub:
        return False
    history = "existing" in (old.item.status, new.item.status)
    if new.repeat:
        return True
    if old.told.apart(new.told) or _later_act(old.item, new.item):
        return False
    if history and old.item.status != new.item.status:
        return False
    if history:
        return (old.item.date and old.item.date.value) == (new.item.date and new.item.date.value)
    keys = new.told.keys
    return not keys or len(keys & old.told.keys) * 2 >= len(keys)


def _later_act(old: Agreement, new: Agreement) -> bool:
    """One signed, and another that is planned for a day of its own."""
    if {old.status, new.status} not in ({"signed", "planned"}, {"signed", "intended"}):
        return False
    ahead = new if new.status != "signed" else old
    dates = {one.date.value if one.date else None for one in (old, new)}
    return bool(ahead.date) and len(dates) == 2
