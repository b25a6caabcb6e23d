"""A plan as a grid: a day's slots down, its tables across, and one party's day as a strip."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from gyoryu.trade.models import HalfDay, Interpreter, Meeting, Participant, Timetable
from gyoryu.trade.queries import faults, floors, meetings
from gyoryu.trade.queries.floors import Floor, PairOf, Seat

State = Timetable.State
# A half-day, a slot and a table.
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Shown:
    """A meeting in the grid; ``wrong`` says what is wrong with it, ``mark`` what became of it.

    ``until`` is when one of several slots ends.
    """

    seat: Seat
    exhibitor: Participant
    buyer: Participant
    meeting: Meeting | None = None
    wrong: tuple[str, ...] = ()
    mark: str = ""
    interpreter: Interpreter | None = None
    until: datetime | None = None

    @property
    def key(self) -> str:
        """The pair as addresses and forms name it."""
        return f"{self.seat.exhibitor}-{self.seat.buyer}"

    @property
    def kind(self) -> str:
        """The class of its cell."""
        if self.wrong:
            return "clash"
        return "moved" if self.mark in ("moved", "new") else ""


@dataclass(frozen=True)
class Cell:
    """A table in a slot: one meeting or none; a cancelled one while nobody has its place.

    A meeting of several slots reaches over as many ``rows``.
    """

    table: int
    held: list[Shown] = field(default_factory=list)
    rows: int = 1

    @property
    def kind(self) -> str:
        """The class of the cell."""
        return self.held[0].kind if self.held else "void"


@dataclass(frozen=True)
class Line:
    """A slot with its cells; or, with ``pause``, the words of a break before the next half-day."""

    time: datetime
    half_day: int = 0
    slot: int = 0
    cells: list[Cell] = field(default_factory=list)
    pause: str = ""


@dataclass(frozen=True)
class Head:
    """A table and who interprets at it on this day."""

    table: int
    interpreters: list[Interpreter]


@dataclass(frozen=True)
class Step:
    """A slot of one party's day: whom it meets, or that it is free."""

    time: datetime
    held: list[Shown]


class Board:
    """A plan with all that its page shows. ``seats`` are a draft's, or the published meetings."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable, self.leg = timetable, timetable.leg
        self.published = timetable.state == State.PUBLISHED
        rows = self.leg.meetings.select_related("half_day").order_by("pk")
        self.meetings = {(one.exhibitor_id, one.buyer_id): one for one in rows}
        standing = [one for one in self.meetings.values() if one.state != Meeting.State.CANCELLED]
        self.now = [meetings.seat_of(one) for one in standing]
        self.seats = self.now if self.published else floors.read(timetable.places)
        self.floor: Floor = floors.floor(self.leg, self.seats)
        self.wrong = self._faults()
        self.marks = self._marks()

    def _faults(self) -> dict[PairOf, list[str]]:
        """Return what is wrong; of what has taken place already nothing is."""
        over = {
            pair
            for pair, one in self.meetings.items()
            if one.state in (Meeting.State.HELD, Meeting.State.MISSED)
        }
        live = self.timetable.state in (State.DRAFT, State.PUBLISHED)
        found = faults.found(self.floor, self.seats) if live else {}
        return {pair: told for pair, told in found.items() if pair not in over}

    def _marks(self) -> dict[PairOf, str]:
        """Say which meetings were moved since they were published, or would be by this draft."""
        if self.published:
            return {
                one.pair: "moved" if self.meetings[one.pair].moved_at else "" for one in self.seats
            }
        before = {one.pair: one.place for one in self.now}
        if not before:
            return {}
        return {
            one.pair: ""
            if before.get(one.pair) == one.place
            else "moved"
            if one.pair in before
            else "new"
            for one in self.seats
        }

    @property
    def dropped(self) -> list[Shown]:
        """The published meetings that this draft does without."""
        if self.published:
            return []
        kept = {one.pair for one in self.seats}
        return [self._shown(one) for one in self.now if one.pair not in kept]

    @property
    def counts(self) -> Counter[str]:
        """How many meetings were moved, are new, are wrong, or were cancelled."""
        found = Counter(mark for mark in self.marks.values() if mark)
        found["wrong"] = len(self.wrong)
        found["cancelled"] = len(self._cancelled())
        found["dropped"] = len(self.dropped)
        return found

    @property
    def days(self) -> list[date]:
        """The days of the place."""
        return list(dict.fromkeys(one.day for one in self.floor.half_days))

    def day_asked(self, asked: str) -> date | None:
        """Return the day of the address, else the first with meetings, else the first."""
        days = self.days
        chosen = next((day for day in days if day.isoformat() == asked), None)
        if chosen or not days:
            return chosen
        used = {one.half_day for one in self.seats}
        return next((one.day for one in self.floor.half_days if one.pk in used), days[0])

    def heads(self, day: date | None) -> list[Head]:
        """Return the tables, each with who interprets there on that day."""
        half_days = {one.pk for one in self.floor.half_days if one.day == day}
        known = {one.pk: one for one in self.floor.interpreters}
        there: dict[int, dict[int, None]] = defaultdict(dict)
        for one in self.seats:
            if one.half_day in half_days and one.interpreter in known:
                there[one.table][one.interpreter or 0] = None
        last = max([self.leg.tables, *(one.table for one in self.seats)])
        return [Head(n, [known[pk] for pk in there[n]]) for n in range(1, last + 1)]

    def lines(self, day: date | None) -> list[Line]:
        """Return a day's slots with their tables, and the breaks between half-days."""
        held: dict[Place, list[Shown]] = defaultdict(list)
        for one in self.seats:
            held[one.place].append(self._shown(one))
        taken = {place for one in self.seats for place in one.taken}
        for row in self._cancelled():
            seat = meetings.seat_of(row)
            if taken.isdisjoint(seat.taken):
                held[seat.place].append(self._shown(seat, mark="cancelled"))
        tables = [one.table for one in self.heads(day)]
        found: list[Line] = []
        goes_on: set[Place] = set()
        for half_day in (one for one in self.floor.half_days if one.day == day):
            begins = self.time(half_day, 1)
            if found:
                pause = self._ends(found[-1])
                until = _("Break until %(time)s") % {"time": f"{begins:%H:%M}"}
                found.append(Line(pause, pause=until))
            for slot in range(1, half_day.slots + 1):
                cells = [
                    Cell(n, held[half_day.pk, slot, n], _rows(held, (half_day.pk, slot, n)))
                    for n in tables
                    if (half_day.pk, slot, n) not in goes_on
                ]
                for cell in cells:
                    goes_on |= {
                        (half_day.pk, slot + more, cell.table) for more in range(1, cell.rows)
                    }
                found.append(Line(self.time(half_day, slot), half_day.pk, slot, cells))
        return found

    def _ends(self, line: Line) -> datetime:
        half_day = next(one for one in self.floor.half_days if one.pk == line.half_day)
        return line.time + timedelta(minutes=half_day.minutes)

    def _cancelled(self) -> list[Meeting]:
        if not self.published:
            return []
        return [one for one in self.meetings.values() if one.state == Meeting.State.CANCELLED]

    def strip(self, day: date | None, participant: int) -> list[Step]:
        """Return one party's day, slot by slot."""
        own: dict[tuple[int, int], list[Shown]] = defaultdict(list)
        for one in self.seats:
            if participant in one.pair:
                for half_day, slot, _table in one.taken:
                    own[half_day, slot].append(self._shown(one))
        return [
            Step(self.time(half_day, slot), own[half_day.pk, slot])
            for half_day in self.floor.half_days
            if half_day.day == day
            for slot in range(1, half_day.slots + 1)
        ]

    def time(self, half_day: HalfDay, slot: int) -> datetime:
        """Return when a slot begins by the clocks of the place."""
        return floors.begins(half_day, slot, self.leg.timezone).replace(tzinfo=None)

    def shown(self, seats: Iterable[Seat]) -> list[Shown]:
        """Return these meetings as the grid shows them."""
        return [self._shown(one) for one in seats]

    def _shown(self, seat: Seat, mark: str = "") -> Shown:
        known: Mapping[int, Interpreter] = {one.pk: one for one in self.floor.interpreters}
        return Shown(
            seat,
            self.floor.people[seat.exhibitor],
            self.floor.people[seat.buyer],
            self.meetings.get(seat.pair),
            tuple(self.wrong.get(seat.pair, ())),
            mark or self.marks.get(seat.pair, ""),
            known.get(seat.interpreter or 0),
            self._until(seat) if seat.slots > 1 else None,
        )

    def _until(self, seat: Seat) -> datetime | None:
        half_day = next((one for one in self.floor.half_days if one.pk == seat.half_day), None)
        return self.time(half_day, seat.slot + seat.slots) if half_day else None

    @property
    def seated(self) -> list[Participant]:
        """Everybody who meets somebody, by side and name."""
        numbers = {pk for one in self.seats for pk in one.pair}
        rows = [self.floor.people[pk] for pk in numbers if pk in self.floor.people]
        return sorted(rows, key=lambda one: (one.side != Participant.Side.EXHIBITOR, str(one)))

    def sides(self) -> tuple[int, int]:
        """Return how many companies and how many buyers meet somebody."""
        pairs = [one.pair for one in self.seats]
        return len({pair[0] for pair in pairs}), len({pair[1] for pair in pairs})


def _rows(held: Mapping[Place, list[Shown]], place: Place) -> int:
    """Return over how many lines a cell reaches: its meeting's, or until another begins."""
    here = held.get(place, [])
    half_day, slot, table = place
    most = max((one.seat.slots for one in here), default=1)
    return next((n for n in range(1, most) if held.get((half_day, slot + n, table))), most)
