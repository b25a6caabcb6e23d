"""What a timetable is made of: clean values that solver, checker and planner share.

Participants, meetings, slots and tables count from 0 here; files and screens count from 1.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Session(IntEnum):
    """The part of the day in which two participants asked to meet."""

    MORNING = 1
    AFTERNOON = 2
    ANY = 3


@dataclass(frozen=True)
class Meeting:
    """Two participants who meet once, and when they can."""

    first: int
    second: int
    session: Session = Session.ANY

    @property
    def pair(self) -> tuple[int, int]:
        """Return both participants."""
        return (self.first, self.second)


@dataclass(frozen=True)
class Problem:
    """Meetings that are agreed and want a slot each.

    ``fairness`` is the most by which the breaks of two participants may differ, None for any.
    ``forbidden`` has the slots in which each participant is away, ``fixed`` the slot of each
    meeting that has one, and ``before`` the meetings that come earlier than each meeting. Of the
    meetings in each of ``shared`` only so many can be at once, because they need the same people.
    ``joined`` has the parts of a meeting that takes several slots: (part, next part), their numbers
    rising; the next is held in the slot just after.
    """

    participants: int
    slots: int
    mornings: int
    tables: int
    meetings: tuple[Meeting, ...]
    forbidden: tuple[frozenset[int], ...]
    fixed: tuple[int | None, ...]
    before: tuple[frozenset[int], ...]
    fairness: int | None = 2
    shared: tuple[tuple[frozenset[int], int], ...] = ()
    joined: tuple[tuple[int, int], ...] = ()

    @classmethod
    def plain(
        cls, participants: int, slots: int, tables: int, pairs: "list[tuple[int, int]]"
    ) -> "Problem":
        """Return a problem without sessions, absences, fixed slots, precedences or fairness."""
        return cls(
            participants,
            slots,
            slots,
            tables,
            tuple(Meeting(one, other) for one, other in pairs),
            (frozenset(),) * participants,
            (None,) * len(pairs),
            (frozenset(),) * len(pairs),
            None,
        )

    @property
    def agendas(self) -> list[list[int]]:
        """Return the meetings of each participant."""
        held: list[list[int]] = [[] for _ in range(self.participants)]
        for number, meeting in enumerate(self.meetings):
            for one in meeting.pair:
                held[one].append(number)
        return held


class Status(StrEnum):
    """How far a solver came."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Timetable:
    """The slot of each meeting, the breaks they leave, and the fewest there could be.

    ``slots`` is empty and ``value`` None where no plan was found; ``bound`` is proven. ``seconds``
    is by the clock.
    """

    status: Status
    slots: tuple[int, ...] = ()
    value: int | None = None
    bound: int = 0
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Limits:
    """How long and how a solver may work.

    One worker and one seed give the same plan every time, unless ``seconds`` runs out. ``work``
    limits it in the solver's own count of work instead, about a second each, which is the same on
    every machine. ``stop`` is asked some ten times a second; ``tell`` hears of each better plan or
    bound as (value, bound), the value None before the first plan.
    """

    seconds: float = 60.0
    work: float | None = None
    workers: int = 2
    seed: int = 1
    stop: Callable[[], bool] | None = None
    tell: Callable[[int | None, int], None] | None = None
