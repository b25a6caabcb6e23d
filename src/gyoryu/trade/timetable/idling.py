"""The breaks of a timetable in the model: how many idle runs lie between one's meetings.

For each participant: ``begun`` (a meeting at or before a slot), ``pending`` (one at or after it)
and a restart (busy, not busy just before, begun before that); restarts are counted by an ordered
counter. The clause that makes proofs short says it directly: idle, begun and pending is a break.
"""

from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from gyoryu.trade.timetable.model import Literal, Model


@dataclass
class Agenda:
    """One participant's slots from the first to the last that can be busy."""

    cp: cp_model.CpModel
    busy: dict[int, Literal]
    meetings: int

    @property
    def span(self) -> range:
        """Return all slots from the first to the last that can be busy."""
        return range(min(self.busy), max(self.busy) + 1)

    @property
    def most(self) -> int:
        """Return how many breaks there can be at most, by counting alone."""
        return max(0, min(self.meetings - 1, len(self.span) - self.meetings))


def add_breaks(model: Model) -> None:
    """Add the breaks of all participants, their fairness, and that the fewest are wanted."""
    cap = model.problem.fairness if _somebody_never_waits(model) else None
    for busy, agenda in zip(model.busy, model.problem.agendas, strict=True):
        if len(agenda) > 1 and cap == 0:
            _without(Agenda(model.cp, busy, len(agenda)))
        elif len(agenda) > 1:
            counter = _count(Agenda(model.cp, busy, len(agenda)), cap)
            if counter:
                model.breaks.append(counter)
    if model.problem.fairness is not None and cap is None:
        _fair(model, model.problem.fairness)
    model.cp.minimize(sum(one for counter in model.breaks for one in counter))


def _somebody_never_waits(model: Model) -> bool:
    return any(
        len(agenda) <= 1 or Agenda(model.cp, busy, len(agenda)).most == 0
        for busy, agenda in zip(model.busy, model.problem.agendas, strict=True)
    )


def _fair(model: Model, apart: int) -> None:
    """Keep everybody's breaks within so many of the fewest that anybody has."""
    most = max((len(counter) for counter in model.breaks), default=0)
    least = model.cp.new_int_var(0, most, "least")
    for counter in model.breaks:
        model.cp.add(sum(counter) >= least)
        model.cp.add(sum(counter) <= least + apart)


def _without(agenda: Agenda) -> None:
    """Let there be no break: all slots from the first meeting to the last are busy.

    Said by the slot in which the agenda begins, of which there is exactly one: whoever is busy in a
    slot began so many slots ago at most. That is far tighter than a counter that must stay at none.
    """
    cp = agenda.cp
    begins: dict[int, Literal] = {}
    for slot in agenda.span:
        filled = range(slot, slot + agenda.meetings)
        if all(at in agenda.busy for at in filled):
            begins[slot] = cp.new_bool_var("")
            for at in filled:
                cp.add_implication(begins[slot], agenda.busy[at])
    cp.add_exactly_one(begins.values())
    for slot, here in agenda.busy.items():
        since = range(slot - agenda.meetings + 1, slot + 1)
        cp.add(sum(begins[at] for at in since if at in begins) == here)


def _count(agenda: Agenda, cap: int | None) -> list[Literal]:
    cp = agenda.cp
    begun, pending = _begun(agenda), _pending(agenda)
    most = agenda.most if cap is None else min(agenda.most, cap)
    counter: list[Literal] = [cp.new_bool_var("") for _ in range(most)]
    restarts = []
    for slot in agenda.span[2:]:
        if slot in agenda.busy:
            restarts.append(_restart(agenda, slot, begun[slot - 1]))
    cp.add(sum(restarts) == sum(counter))
    for sooner, later in pairwise(counter):
        cp.add_implication(later, sooner)
    first = counter[:1]
    for slot in agenda.span[1:-1]:
        here = [agenda.busy[slot]] if slot in agenda.busy else []
        cp.add_bool_or([*here, ~begun[slot - 1], ~pending[slot + 1], *first])
    for restart in restarts:
        cp.add_bool_or([~restart, *first])
    for one in first:
        cp.add_bool_or([~one, *restarts])
    return counter


def _restart(agenda: Agenda, slot: int, begun: Literal) -> Literal:
    """Return the literal: busy here, idle just before, and busy at some time before that."""
    cp, here, before = agenda.cp, agenda.busy[slot], agenda.busy.get(slot - 1)
    idle = [] if before is None else [~before]
    restart = cp.new_bool_var("")
    for one in (here, begun, *idle):
        cp.add_implication(restart, one)
    cp.add_bool_or([restart, ~here, ~begun, *(~one for one in idle)])
    return restart


def _begun(agenda: Agenda) -> dict[int, Literal]:
    return _running(agenda, list(agenda.span))


def _pending(agenda: Agenda) -> dict[int, Literal]:
    return _running(agenda, list(reversed(agenda.span)))


def _running(agenda: Agenda, order: list[int]) -> dict[int, Literal]:
    """Return for each slot whether there was a meeting in it or before it, in this order.

    True where fewer slots are left than there are meetings.
    """
    cp = agenda.cp
    found: dict[int, Literal] = {}
    left = sum(slot in agenda.busy for slot in order)
    so_far: Literal | None = None
    for slot in order:
        here = agenda.busy.get(slot)
        left -= here is not None
        if left < agenda.meetings:
            so_far = cp.new_constant(1)
        elif here is not None:
            so_far = here if so_far is None else _either(cp, so_far, here)
        assert so_far is not None
        found[slot] = so_far
    return found


def _either(cp: cp_model.CpModel, one: Literal, other: Literal) -> Literal:
    both = cp.new_bool_var("")
    cp.add_implication(one, both)
    cp.add_implication(other, both)
    cp.add_bool_or([~both, one, other])
    return both
