"""What stands around an event: its sentence, the dates, people and parties near it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from gyoryu.newsroom.extraction.document import Date, Document, Party, Person, Sentence, Span

_SAME_DAY = re.compile(r"이날|같은\s날|당일|the same day|that day")
_PLACE_KO = re.compile(
    r"(?:^|[\s,])(?P<place>(?:[가-힣A-Za-z0-9·]{1,12}(?:\([^()]{1,20}\))?[가-힣]{0,3}\s){0,3}"
    r"[가-힣A-Za-z0-9·]{1,14}(?:\([^()]{1,20}\))?)(?:에서|(?<=[가-힣])(?<!에)서(?=\s))"
)
_NOT_PLACE_KO = re.compile(
    r"(?:행사|회의|회담|면담|포럼|자리|분야|축사|인사말|이|통|과정|현장|모두발언|개회사|"
    r"가운데|상황|측면|차원|점|교류회|상담회"
    r"|간담회|만찬|오찬|이후|시장|속|앞)$"
)
_TRIM_KO = re.compile(
    r"^(?:.*(?:[은는이가을를]|\d일|\)|오전|오후|까지|일간|간|동안|지난|이날|오는)\s)"
)
_PLACE_EN = re.compile(
    r"\b(?:at|in)\s(?P<place>(?:the\s)?(?:[A-Z][\w’.-]{1,20}|D\.?C\.?)(?:(?:,\s|\s(?:of\s|"
    r"in\s|and\s)?)"
    r"(?:[A-Z][\w’.-]{1,20}|D\.?C\.?)){0,6})"
)
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)


# In a long English sentence a date further off than this belongs to something else.
_FAR = 160
# A date that opens a sentence ("Today, …") dates all of it.
_OPENING = 20


@dataclass(frozen=True, slots=True)
class Scene:
    """The simple facts of a document, by position."""

    document: Document
    dates: Sequence[Date]
    people: Sequence[Person]
    parties: Sequence[Party]
    date_starts: Sequence[int]
    party_starts: Sequence[int]
    people_starts: Sequence[int]

    @classmethod
    def of(
        cls,
        document: Document,
        dates: Sequence[Date],
        people: Sequence[Person],
        parties: Sequence[Party],
    ) -> Scene:
        """Lay the facts out by position."""
        ordered = sorted(people, key=lambda one: one.name.start)
        return cls(
            document,
            dates,
            ordered,
            parties,
            [one.span.start for one in dates],
            [one.name.start for one in parties],
            [one.name.start for one in ordered],
        )

    def dates_in(self, start: int, end: int) -> Sequence[Date]:
        """Give the dates that begin within a stretch of the text."""
        return self.dates[bisect_left(self.date_starts, start) : bisect_left(self.date_starts, end)]

    def people_in(self, start: int, end: int) -> Sequence[Person]:
        """Give the people first named in a stretch of the text."""
        begin, stop = bisect_left(self.people_starts, start), bisect_left(self.people_starts, end)
        return self.people[begin:stop]

    def parties_in(self, start: int, end: int) -> tuple[Span, ...]:
        """Give the parties named in a stretch of the text, each form once."""
        begin, stop = bisect_left(self.party_starts, start), bisect_left(self.party_starts, end)
        found: dict[str, Span] = {}
        for one in self.parties[begin:stop]:
            found.setdefault(one.name.quote.removeprefix("the "), one.name)
        return tuple(found.values())

    def date_of(self, sentence: Sentence, position: int, end: int = 0) -> Date | None:
        """Give the date of an event: the nearest in its sentence, before it rather than after."""
        found = self.dates_in(sentence.start, sentence.end)
        if not found:
            return self._same_day(sentence, position)
        if self.document.lang == "ko":
            before = [one for one in found if one.span.start < position]
            return before[-1] if before else found[0]
        outside = [one for one in found if not _in_brackets(sentence, one, position)]
        end = max(end, position)

        def away(one: Date) -> int:
            return max(position - one.span.end, one.span.start - end)

        near = min(outside, key=away, default=None)
        if near and near.span.start - sentence.start < _OPENING:
            return near
        return near if near and away(near) < _FAR else None

    def day_of(self, sentence: Sentence | None) -> Date | None:
        """Give the last whole day a sentence names."""
        found = self.dates_in(sentence.start, sentence.end) if sentence else ()
        return next((one for one in reversed(found) if len(one.norm) == 10), None)

    def coming_date(self, sentence: Sentence, when: Date | None) -> Date | None:
        """Give the date of a plan: one after publication, where the sentence has it."""
        published = self.document.published
        if published is None or (when and when.norm[:10] > published.isoformat()):
            return when
        found = self.dates_in(sentence.start, sentence.end)
        ahead = [one for one in found if one.norm[:10] > published.isoformat()]
        return ahead[0] if ahead else when

    def _same_day(self, sentence: Sentence, position: int) -> Date | None:
        said = _SAME_DAY.search(sentence.text)
        if not said:
            return None
        at = bisect_right(self.date_starts, position) - 1
        while at >= 0 and len(self.dates[at].norm) < 10:
            at -= 1
        if at < 0:
            return None
        norm = self.dates[at].norm
        span = self.document.span(
            sentence.start + said.start(), sentence.start + said.end(), norm, "the day named before"
        )
        return Date(span=span, norm=norm, kind="relative")

    def place_of(self, sentence: Sentence, position: int) -> Span | None:
        """Give the place of an event, read from its sentence."""
        text, offset = sentence.text, position - sentence.start
        if self.document.lang == "ko":
            return self._korean_place(sentence, text, offset)
        best = None
        for found in _PLACE_EN.finditer(text):
            if _MONTH.match(found["place"]):
                continue
            if best is None or abs(found.start() - offset) < abs(best.start() - offset):
                best = found
        if best is None:
            return None
        return self.document.span(
            sentence.start + best.start("place"), sentence.start + best.end("place")
        )

    def _korean_place(self, sentence: Sentence, text: str, offset: int) -> Span | None:
        best = None
        for found in _PLACE_KO.finditer(text, 0, offset + 4):
            if not _NOT_PLACE_KO.search(found["place"]):
                best = found
        if best is None:
            return None
        start, end = best.span("place")
        trim = _TRIM_KO.match(text[start:end])
        start += trim.end() if trim else 0
        return (
            self.document.span(sentence.start + start, sentence.start + end)
            if end > start
            else None
        )


def _in_brackets(sentence: Sentence, one: Date, position: int) -> bool:
    """Tell whether a date stands in brackets that the event stands outside of."""
    begin = max(0, one.span.start - sentence.start - 100)
    left = sentence.text[begin : one.span.start - sentence.start]
    opened = left.rfind("(")
    return opened > left.rfind(")") and position < sentence.start + begin + opened


def as_span(date: Date | None) -> Span | None:
    """Give a date as a field of an event: its words with the resolved value."""
    if date is None:
        return None
    return Span(date.span.start, date.span.end, date.span.quote, date.norm, date.span.how)
