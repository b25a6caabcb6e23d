"""What stands on an outsider's first page: sections of rows, made by the queries of each part."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings


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

    @property
    def last_day(self) -> date | None:
        """The last whole day, where it ends with a day; none where it ends within one."""
        ends = self.until.astimezone(ZoneInfo(settings.TIME_ZONE)) if self.until else None
        return ends.date() - timedelta(days=1) if ends and ends.time() == time() else None


@dataclass(frozen=True)
class Section:
    """A heading with its lines; ``more`` is the address of all of them, ``empty`` what to say."""

    title: Any
    icon: str
    lines: list[Line] = field(default_factory=list)
    empty: Any = ""
    more: str = ""
