"""What a page says, as values."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Selectors:
    """CSS selectors of one source, for where the general reading of its pages leaks.

    `drop` is taken out first; an empty selector leaves that part to the general reading.
    """

    body: str = ""
    title: str = ""
    published: str = ""
    updated: str = ""
    drop: str = ""


@dataclass(frozen=True)
class Cut:
    """A line that was taken out, and why: title, board, header, contacts, related and so on."""

    reason: str
    text: str


@dataclass(frozen=True)
class Article:
    """An article without what surrounds it; times are aware, `cut` holds the lines taken out.

    `doubts` are machine codes: "letters-lost", "no-body", "tangled-markup", "selector-missed",
    "bad-selector".
    """

    title: str
    body: str
    html: str = field(default="", repr=False)
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    address: str = ""
    encoding: str = "utf-8"
    cut: tuple[Cut, ...] = field(default=(), repr=False)
    doubts: tuple[str, ...] = ()
