"""Who is expected at a place in a half-day, and who has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from gyoryu.base import names
from gyoryu.trade.models import HalfDay, Leg, Meeting, Participant
from gyoryu.trade.queries import floors, meetings

Side = Participant.Side


def current(half_days: list[HalfDay], leg: Leg, at: datetime) -> HalfDay | None:
    """Return the half-day that is on or comes next; the last one when all are over."""
    coming = (one for one in half_days if floors.begins(one, one.slots + 1, leg.timezone) > at)
    return next(coming, half_days[-1] if half_days else None)


def of_half_day(half_day: HalfDay) -> list[Meeting]:
    """Return the meetings of a half-day that were not cancelled, in the order of the day."""
    rows = half_day.meetings.exclude(state=Meeting.State.CANCELLED)
    return list(rows.select_related(*meetings.WITH).order_by("slot", "table"))


def by_slot(rows: Iterable[Meeting]) -> list[tuple[datetime, list[Meeting]]]:
    """Return meetings under the time at which they begin."""
    return [(time, list(some)) for time, some in groupby(rows, lambda one: one.begins)]


def agendas(leg: Leg, side: str = "") -> list[tuple[Participant, list[Meeting]]]:
    """Return everybody who meets somebody at a place, with their meetings."""
    rows = meetings.standing(leg).select_related(*meetings.WITH)
    ordered = rows.order_by("half_day__day", "half_day__begins", "slot")
    found: dict[int, tuple[Participant, list[Meeting]]] = {}
    for row in ordered:
        for party in (row.exhibitor, row.buyer):
            if not side or party.side == side:
                found.setdefault(party.pk, (party, []))[1].append(row)
    return sorted(found.values(), key=lambda one: (one[0].side != Side.EXHIBITOR, str(one[0])))


@dataclass(frozen=True)
class Arrival:
    """Somebody who is expected in a half-day: the first meeting, and since when they are there."""

    party: Participant
    first: Meeting
    meetings: int
    came: datetime | None

    def late(self, at: datetime) -> bool:
        """Tell whether the first meeting has begun without them."""
        return self.came is None and meetings.starts(self.first) <= at


def arrivals(half_day: HalfDay, asked: str = "") -> list[Arrival]:
    """Return who is expected in a half-day, the earliest first; ``asked`` is a part of a name."""
    own: dict[int, tuple[Participant, list[Meeting]]] = {}
    for row in of_half_day(half_day):
        for party in (row.exhibitor, row.buyer):
            own.setdefault(party.pk, (party, []))[1].append(row)
    text = names.nfc(asked).strip().casefold()
    found = [
        Arrival(party, rows[0], len(rows), _came(rows[0], party))
        for party, rows in own.values()
        if text in _names(party)
    ]
    return sorted(found, key=lambda one: (one.first.slot, str(one.party)))


def _names(party: Participant) -> str:
    of = party.organisation
    return f"{of.name_ko}\n{of.name_en}\n{of.name_native}\n{party.contact_name}".casefold()


def _came(row: Meeting, party: Participant) -> datetime | None:
    return row.came_exhibitor if row.exhibitor_id == party.pk else row.came_buyer
