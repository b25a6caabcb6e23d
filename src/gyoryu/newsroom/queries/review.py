"""What the review screen shows of an article: its text with marks, and a card for each fact."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gyoryu.agreements.models import Agreement, Body
from gyoryu.agreements.models.agreements import Side
from gyoryu.base.periods import Period, Precision
from gyoryu.newsroom.marks import Mark
from gyoryu.newsroom.models import Article, Candidate, Conflict, Trust
from gyoryu.newsroom.queries import lines, proposals, words
from gyoryu.newsroom.queries.lines import Line
from gyoryu.newsroom.queries.proposals import Proposals
from gyoryu.newsroom.rules import candidates as rules

Kind, Match, State = Candidate.Kind, Candidate.Match, Candidate.State


@dataclass(frozen=True)
class Compared:
    """A row of a comparison: what, as the article has it, as the record or the text has it."""

    what: str
    one: Any
    other: Any
    recorded: Any = None
    differs: bool = True


@dataclass
class Card:
    """A fact or a conflict as it is shown: its number, anchor, lines, and why it may be stuck."""

    number: int
    anchor: str
    candidate: Candidate | None = None
    conflict: Conflict | None = None
    title: str = ""
    lines: list[Line] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    record: Model | None = None
    made: Model | None = None
    source: str = ""
    notices: list[str] = field(default_factory=list)
    why_not: str = ""
    missing: list[str] = field(default_factory=list)
    certain: bool = False
    current: bool = False

    @property
    def open(self) -> bool:
        """Waits for a decision."""
        if self.candidate:
            return self.candidate.open
        return bool(self.conflict and self.conflict.state == Conflict.State.OPEN)

    @property
    def bad(self) -> bool:
        """Something here does not agree."""
        if self.candidate:
            return self.candidate.match == Match.CONTRADICTION
        return bool(self.conflict)

    @property
    def choice(self) -> bool:
        """Needs to be told signed or not."""
        return bool(
            self.candidate
            and self.candidate.kind == Kind.AGREEMENT
            and self.candidate.match == Match.NEW
        )

    @property
    def resolves(self) -> bool:
        """Needs to be told which of two values holds."""
        return bool(self.candidate and self.candidate.match in {Match.UPDATE, Match.CONTRADICTION})


@dataclass
class Sheet:
    """An article laid out for review."""

    article: Article
    cards: list[Card]
    marks: list[Mark]
    title_marks: list[Mark]

    @property
    def open(self) -> list[Card]:
        """The cards that wait."""
        return [card for card in self.cards if card.open]

    @property
    def certain(self) -> int:
        """How many facts the office's rule lets in together."""
        return sum(card.certain for card in self.cards)


def sheet(article: Article, current: str = "") -> Sheet:
    """Lay an article out: conflicts first, then what waits, then the rest."""
    candidates = list(
        article.candidates.exclude(state=State.SUPERSEDED).select_related("decided_by")
    )
    conflicts = list(
        article.conflicts.exclude(state=Conflict.State.GONE).select_related("decided_by")
    )
    for one in candidates:
        one.article = article
    numbers = _numbers(candidates, conflicts)
    known = Proposals(article, candidates)
    records = _records(candidates, known)
    known.known_accepted = _accepted(candidates, records)
    trust = _trust(article, candidates)
    cards = [_conflict_card(one, numbers, candidates) for one in conflicts]
    cards += [_card(one, numbers, known, records, trust) for one in candidates]
    cards.sort(key=lambda card: (not card.open, not card.bad, card.number))
    _choose_current(cards, current)
    return Sheet(article, cards, _marks(cards), _title_marks(cards))


def _trust(article: Article, candidates: list[Candidate]) -> Trust | None:
    """The office's rule; asked for only where some fact could meet it."""
    if not any(one.open and one.kind in rules.IN_BULK for one in candidates):
        return None
    return Trust.objects.filter(government=article.government_id).first()


def _choose_current(cards: list[Card], current: str) -> None:
    waiting = [card for card in cards if card.open]
    chosen = next((card for card in waiting if card.anchor == current), None)
    chosen = chosen or next((card for card in waiting if card.candidate), None)
    if chosen or waiting:
        (chosen or waiting[0]).current = True


def _numbers(candidates: list[Candidate], conflicts: list[Conflict]) -> dict[str, int]:
    """Number facts and conflicts together by where they first stand, the headline first."""
    places = [(one.start, f"c{one.pk}") for one in candidates]
    for conflict in conflicts:
        first = min((_place(span) for span in conflict.spans), default=0)
        places.append((first, f"x{conflict.pk}"))
    return {anchor: number for number, (_start, anchor) in enumerate(sorted(places), start=1)}


def _place(span: list[Any]) -> int:
    return int(span[1]) - 1_000_000 if span[0] == "title" else int(span[1])


def _records(candidates: list[Candidate], known: Proposals) -> dict[tuple[int, int], Model]:
    """The records that facts were matched with or have made: one query for each model."""
    fetched: dict[Any, Any] = {Agreement: known.beside.agreements, Body: known.beside.bodies}
    wanted: dict[int, set[int]] = {}
    for one in candidates:
        for model, pk in ((one.model_id, one.record), (one.made_model_id, one.made)):
            if model and pk:
                wanted.setdefault(model, set()).add(pk)
    found: dict[tuple[int, int], Model] = {}
    for model, pks in wanted.items():
        kind: Any = ContentType.objects.get_for_id(model).model_class()
        if kind in fetched:
            found |= {(model, pk): row for pk, row in fetched[kind].items() if pk in pks}
        else:
            found |= {(model, row.pk): row for row in kind.objects.filter(pk__in=pks)}
    return found


def _accepted(
    candidates: list[Candidate], records: dict[tuple[int, int], Model]
) -> dict[type[Model], list[Model]]:
    """What accepting the article's facts has made so far, by model."""
    found: dict[type[Model], list[Model]] = {}
    for one in candidates:
        made: Any = records.get((one.made_model_id or 0, one.made or 0))
        if made and not made.voided_at and made not in found.get(type(made), []):
            found.setdefault(type(made), []).append(made)
    return found


def _card(
    candidate: Candidate,
    numbers: dict[str, int],
    known: Proposals,
    records: dict[tuple[int, int], Model],
    trust: Trust | None,
) -> Card:
    anchor = f"c{candidate.pk}"
    card = Card(numbers[anchor], anchor, candidate, title=_title(candidate))
    card.made = records.get((candidate.made_model_id or 0, candidate.made or 0))
    if not candidate.open:
        return card
    values = known.of(candidate)
    card.lines = [*lines.LINES[candidate.kind](candidate, values), lines.sure(candidate)]
    if candidate.match == Match.SAME:
        # What is known already needs its day and office to be recognised, no more.
        told = {_("Office"), pgettext("newsroom", "Standing")}
        card.lines = [
            one for one in card.lines if isinstance(one.value, Period) or one.label in told
        ]
    card.record = records.get((candidate.model_id or 0, candidate.record or 0))
    card.compared = [_compared(row) for row in candidate.conflicts]
    card.source = _source_of(card.record) if card.record else ""
    if candidate.kind == Kind.AGREEMENT:
        kind = str(values.get("kind", ""))
        if not kind:
            card.why_not = rules.why_not(rules.check_instrument, candidate, kind)
    card.missing = proposals.held_by(candidate, values) if candidate.match == Match.NEW else []
    card.certain = rules.certain(candidate, trust, card.missing)
    return card


def _title(candidate: Candidate) -> str:
    """Name a card: its kind, and what kind of it."""
    kind = str(candidate.get_kind_display())
    if candidate.kind == Kind.AGREEMENT:
        told = candidate.fields.get("kind", {}).get("value") or ""
        instrument = candidate.fields.get("instrument", {}).get("value", "")
        own = Agreement.Kind(told).label if told else words.instrument(instrument)
        return f"{kind} · {own}"
    if candidate.kind == Kind.COMMITMENT:
        side = candidate.fields.get("side", {}).get("value", "")
        return f"{kind} · {Side(side).label}" if side in Side.values else kind
    if candidate.kind == Kind.ENGAGEMENT:
        return f"{kind} · {words.encounter(candidate.fields.get('kind', {}).get('value', ''))}"
    if candidate.kind == Kind.PERSON:
        return f"{kind} · {candidate.fields.get('name', {}).get('q', '')}"
    return kind


def _compared(row: dict[str, str]) -> Compared:
    what = row["what"]
    if what == "state":
        return Compared(words.what(what), words.status(row["one"]), words.status(row["other"]))
    return Compared(words.what(what), _shown(row["one"]), _shown(row["other"]))


def _shown(text: str) -> Any:
    """Read a kept period back; other values are shown as they are."""
    parts = text.split("|")
    if len(parts) != 3:
        return text
    return Period(date.fromisoformat(parts[0]), date.fromisoformat(parts[1]), Precision(parts[2]))


def _source_of(record: Any) -> str:
    """Where a record's own values come from."""
    note = getattr(record, "source_note", "")
    return f"{record.get_source_display()} · {note}" if note else str(record.get_source_display())


def _conflict_card(
    conflict: Conflict, numbers: dict[str, int], candidates: list[Candidate]
) -> Card:
    anchor = f"x{conflict.pk}"
    card = Card(numbers[anchor], anchor, conflict=conflict, title=str(conflict.get_kind_display()))
    for row in conflict.rows:
        recorded = None
        if conflict.kind == Conflict.Kind.COUNTS:
            recorded = str(_recorded(row["what"], candidates))
        one, other = (words.told(conflict.kind, row[side]) for side in ("one", "other"))
        card.compared.append(Compared(words.what(row["what"]), one, other, recorded, one != other))
    return card


def _recorded(kind: str, candidates: list[Candidate]) -> int:
    """How many agreements of a kind this article has brought into the register."""
    return sum(
        one.state in {State.ACCEPTED, State.EDITED}
        and one.kind == Kind.AGREEMENT
        and one.fields.get("kind", {}).get("value") == kind
        for one in candidates
    )


def _marks(cards: list[Card]) -> list[Mark]:
    found = []
    for card in cards:
        if card.candidate:
            one = card.candidate
            found.append(Mark(one.start, one.end, card.anchor, card.number, card.bad and card.open))
        elif card.conflict:
            found += [
                Mark(start, end, card.anchor, card.number, card.open)
                for where, start, end in card.conflict.spans
                if where == "body"
            ]
    return found


def _title_marks(cards: list[Card]) -> list[Mark]:
    return [
        Mark(start, end, card.anchor, card.number, card.open)
        for card in cards
        if card.conflict
        for where, start, end in card.conflict.spans
        if where == "title"
    ]
