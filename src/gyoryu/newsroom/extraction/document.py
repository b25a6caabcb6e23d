"""What is read and what a reading is made of: the document, its spans, and the items found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text as written.

    `start` and `end` are code point offsets (end exclusive), `quote` is exactly that piece,
    `value` its normalised form where there is one, `how` a few words on how it was resolved.
    """

    start: int
    end: int
    quote: str
    value: str | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets, its text, and its role.

    Roles: `body`, `lead` (a summary in bullets), `heading` (a headline or subtitle),
    `note` (a footnote or an asterisk line),
    `header` (release time and embargo lines) and `cut` (contacts, attachments, other stories).
    """

    start: int
    end: int
    text: str
    role: str = "body"
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A text to read: its language (`ko` or `en`), day of publication, and its sentences."""

    text: str
    lang: str
    published: date | None
    title: str
    sentences: Sequence[Sentence]
    starts: Sequence[int]
    quotes: Sequence[tuple[int, int]]

    def span(self, start: int, end: int, value: str | None = None, how: str = "") -> Span:
        """Quote the text from `start` to `end`."""
        return Span(start, end, self.text[start:end], value, how)

    def sentence_at(self, position: int) -> Sentence:
        """Give the sentence that holds a position, or the one before it."""
        return self.sentences[max(0, bisect_right(self.starts, position) - 1)]

    def quoted(self, position: int) -> bool:
        """Tell whether a position lies within somebody's quoted words."""
        at = bisect_right(self.quotes, (position, len(self.text))) - 1
        return at >= 0 and position < self.quotes[at][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount: ISO 4217 currency; one value, or a low and a high one; and its hedge.

    `approx` is `approx`, `approx+`, `min`, `max`, `each`, `expected` or None.
    """

    span: Span
    currency: str
    amount: Decimal | tuple[Decimal, Decimal]
    approx: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date or period: `norm` as in `2031-05-14`, `2031-09`, `a/b`, `a/`, `a,b`, `2031-04-end`.

    `kind` is `absolute` (the year is stated), `partial` (it is missing) or `relative`.
    `resolved` is False where the text alone does not settle it.
    """

    span: Span
    norm: str
    kind: str
    resolved: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named with an office: the first mention with a title."""

    name: Span
    title: Span | None = None
    org: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A region or an organisation as written; no identity is resolved."""

    name: Span
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement spoken of, with what the text says of its standing.

    `status` is `signed`, `announced`, `presented`, `planned`, `intended`, `verbal` or `existing`.
    """

    sub: str
    status: str
    trigger: Span
    name: Span | None = None
    parties: tuple[Span, ...] = ()
    date: Span | None = None
    place: Span | None = None
    signatories: tuple[Span, ...] = ()
    areas: tuple[Span, ...] = ()
    cadence: Span | None = None
    count: Span | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """A meeting, visit, forum or other encounter, `held` or `planned`."""

    kind: str
    status: str
    trigger: Span
    who: tuple[Span, ...] = ()
    date: Span | None = None
    place: Span | None = None
    headcount: Span | None = None
    topic: Span | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a trade event brought: numbers and amounts of consultations and contracts.

    `status` grades the contracts: `achieved`, `contracts pursued`, `expected`, `planned`, `held`.
    """

    status: str
    trigger: Span
    event: Span | None = None
    place: Span | None = None
    dates: Span | None = None
    companies: Span | None = None
    buyers: Span | None = None
    visitors: Span | None = None
    consult_n: Span | None = None
    consult_amt: Span | None = None
    contract_n: Span | None = None
    contract_amt: Span | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The terms of a support programme: budget, ceilings, how many, and what is covered."""

    status: str
    trigger: Span
    program: Span | None = None
    budget: Span | None = None
    dates: Span | None = None
    ceiling: tuple[Span, ...] = ()
    counts: tuple[Span, ...] = ()
    covers: tuple[Span, ...] = ()
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """An action somebody can later check off, who is to do it, and by when."""

    status: str
    trigger: Span
    actor: Span | None = None
    due: Span | None = None
    how: str = ""


Item = Money | Date | Person | Party | Agreement | Engagement | Result | Support | Commitment


@dataclass(slots=True)
class Facts:
    """The simple facts of a document, found first and shared by the readers of events."""

    money: list[Money] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
