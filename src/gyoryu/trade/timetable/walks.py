"""The ways in which one agenda can fill, as a network: slot by slot, busy or idle.

A state is (slot, meetings so far, busy just before); a step leads from one state to the next, and
costs one where a break ends with it. The whole agendas of a participant are exactly the walks
through its network, so that a linear programme over the steps loses nothing of it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gyoryu.trade.timetable.domains import Domains
from gyoryu.trade.timetable.values import Problem, Session

State = tuple[int, int, bool]


@dataclass(frozen=True)
class Kind:
    """What an agenda must fit: how many meetings, of which so many in the morning or afternoon.

    ``slots`` are those that can be busy, ``fixed`` those that must; ``noon`` is the first slot of
    the afternoon.
    """

    meetings: int
    mornings: int
    afternoons: int
    slots: frozenset[int]
    fixed: frozenset[int]
    noon: int

    @property
    def first(self) -> State:
        """Return the state in which every walk begins."""
        return (min(self.slots, default=0), 0, False)


@dataclass(frozen=True)
class Step:
    """From one state to another; ``ends_break`` where a busy slot follows idle ones."""

    start: State
    end: State
    ends_break: bool

    @property
    def slot(self) -> int:
        """Return the slot in which the step is made."""
        return self.start[0]

    @property
    def busy(self) -> bool:
        """Say whether there is a meeting in the slot."""
        return self.end[2]


def steps(kind: Kind) -> list[Step]:
    """Return the steps of all walks; none where the meetings cannot fit."""
    found: list[Step] = []
    states = {kind.first}
    for slot in range(min(kind.slots, default=0), max(kind.slots, default=-1) + 1):
        least, most = _allowed(kind, slot)
        new = [
            step
            for state in sorted(states)
            for step in _from(kind, state)
            if least <= step.end[1] <= most
        ]
        found += new
        states = {step.end for step in new}
    return found


def _from(kind: Kind, state: State) -> Iterator[Step]:
    slot, used, was_busy = state
    if slot not in kind.fixed:
        yield Step(state, (slot + 1, used, False), ends_break=False)
    if slot in kind.slots:
        yield Step(state, (slot + 1, used + 1, True), ends_break=used > 0 and not was_busy)


def _allowed(kind: Kind, slot: int) -> tuple[int, int]:
    """Return how many meetings there can be up to and in a slot, at least and at most."""
    after = sum(later > slot for later in kind.slots)
    least, most = max(0, kind.meetings - after), kind.meetings
    if slot < kind.noon:
        most -= kind.afternoons
    if slot >= kind.noon - 1:
        least = max(least, kind.mornings)
    return least, most


def kind_of(problem: Problem, agenda: list[int], open_slots: Domains) -> Kind:
    """Return what a participant's agenda must fit."""
    sessions = Counter(problem.meetings[number].session for number in agenda)
    domains = [open_slots[number] for number in agenda]
    return Kind(
        len(agenda),
        sessions[Session.MORNING],
        sessions[Session.AFTERNOON],
        frozenset().union(*domains),
        frozenset(next(iter(slots)) for slots in domains if len(slots) == 1),
        problem.mornings,
    )
