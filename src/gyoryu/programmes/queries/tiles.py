"""What stands on an outsider's first page: sections of rows, made by the queries of each part."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Line:
    """One thing of somebody's: its words, where it leads, and until when something is due of them.

    ``asks`` says in one sentence what they have to do; without it nothing is due from them.
    """

    label: Any
    href: str
    meta: Any = ""
    asks: Any = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Section:
    """A heading with its lines; ``more`` is the address of all of them, ``empty`` what to say."""

    title: Any
    icon: str
    lines: list[Line] = field(default_factory=list)
    empty: Any = ""
    more: str = ""
