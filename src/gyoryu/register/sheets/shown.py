"""Frozen rows in words, for pages: facts, courses, and what changed from what to what."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gyoryu.base.periods import Period, Precision
from gyoryu.register.sheets.words import Words, tell

Row = dict[str, Any]
FACTS = ("signed", "place", "method", "areas", "term", "bodies", "unit")


@dataclass(frozen=True)
class Difference:
    """A field and what it said before and after, in words."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """What happened to a row since another edition."""

    key: str
    kind: str
    label: str
    title: str
    fields: list[Difference] = field(default_factory=list)


@dataclass(frozen=True)
class Changes:
    """All that changed since another edition, by kind of change."""

    since: str
    lines: list[Change]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many of each kind: its name, its words, how many."""
        found: dict[tuple[str, str], int] = {}
        for one in self.lines:
            found[one.kind, one.label] = found.get((one.kind, one.label), 0) + 1
        return [(*kind, count) for kind, count in found.items()]


def told(since: Row | None, words: Words, language: str) -> Changes | None:
    """Return what a document says changed, in words."""
    if since is None:
        return None
    return Changes(since["since"], [_change(line, words, language) for line in since["lines"]])


def _change(line: Row, words: Words, language: str) -> Change:
    return Change(
        line["key"],
        line["change"],
        words["change"][line["change"]],
        tell("title", line["title"], words, language),
        differences(line["fields"], words, language),
    )


def differences(fields: list[Row], words: Words, language: str) -> list[Difference]:
    """Return fields with their old and new values in words."""
    return [_difference(one, words, language) for one in fields]


def _difference(one: Row, words: Words, language: str) -> Difference:
    """Tell a field in the reader's language; in the other where only that one changed."""
    name = str(one["field"])
    other = "en" if language == "ko" else "ko"
    pairs = [
        [_told_in(said, name, one[end], words, language) for end in ("old", "new")]
        for said in (language, other)
    ]
    old, new = pairs[0] if pairs[0][0] != pairs[0][1] else pairs[1]
    return Difference(name, words["columns"].get(name, name), old, new)


def _told_in(said: str, name: str, value: Any, words: Words, language: str) -> str:
    if said != language and isinstance(value, dict) and said in value:
        return str(value[said])
    return tell(name, value, words, said)


def facts(row: Row, words: Words, language: str) -> list[tuple[str, str]]:
    """Return the facts of a row with their labels; what there is none of, is left out."""
    said = [(words["columns"][name], tell(name, row.get(name), words, language)) for name in FACTS]
    return [(label, value) for label, value in said if value]


def course(row: Row, words: Words) -> list[tuple[date, str, str]]:
    """Return the steps of an agreement's life, the newest first: day, status, reason."""
    steps = row.get("course", [])
    return [
        (date.fromisoformat(one["on"]), words["status"][one["status"]], one["reason"])
        for one in reversed(steps)
    ]


def signed(row: Row) -> Period | None:
    """Return the period of signing, as it is known."""
    value = row.get("signed")
    if not value:
        return None
    first, last = (date.fromisoformat(value[end]) for end in ("first", "last"))
    return Period(first, last, Precision(value["precision"]))


@dataclass(frozen=True)
class Line:
    """A row as the public list shows it."""

    key: str
    heading: str
    other: str
    other_language: str
    kind: str
    region: str
    partners: str
    signed: Period | None
    status: str
    status_label: str
    since: date | None
    reason: str
    publication: str
    publication_label: str
    ground: str


def line(row: Row, words: Words, language: str) -> Line:
    """Return a row in words."""
    title = row.get("title") or {}
    other = "en" if language == "ko" else "ko"
    heading = tell("title", row.get("title"), words, language)
    beside = title.get(other, "") if title.get(language) else ""

    def said(name: str) -> str:
        return tell(name, row.get(name), words, language)

    return Line(
        row["key"],
        heading,
        beside if beside != heading else "",
        other,
        said("kind"),
        said("partner_region"),
        said("partners"),
        signed(row),
        row.get("status", ""),
        said("status"),
        date.fromisoformat(row["since"]) if row.get("since") else None,
        row.get("reason", ""),
        row["publication"],
        said("publication"),
        said("ground"),
    )
