"""Which slots each meeting can still have, before any search.

Source: the usual propagation of the constraint, to its fixpoint; what remains is what the solver's
model has a variable for, and an empty domain proves that there is no plan.
"""

from typing import TypeVar

from gyoryu.trade.timetable.values import Problem, Session

Domains = list[set[int]]
Column = TypeVar("Column")


def domains(problem: Problem) -> Domains | None:
    """Return the slots open to each meeting, or None where one has none left."""
    found = [_alone(problem, number) for number in range(len(problem.meetings))]
    agendas = problem.agendas
    changed = True
    while changed and all(found):
        changed = _ordered(problem, found)
        changed = _joined(problem, found) or changed
        changed = _apart(found, agendas) or changed
    return found if all(found) else None


def later(row: dict[int, Column]) -> dict[int, Column]:
    """Return the row of a meeting's next part: the same columns, each a slot later."""
    return {slot + 1: column for slot, column in row.items()}


def _alone(problem: Problem, number: int) -> set[int]:
    meeting = problem.meetings[number]
    first = problem.mornings if meeting.session == Session.AFTERNOON else 0
    last = problem.mornings if meeting.session == Session.MORNING else problem.slots
    slots = set(range(first, last))
    fixed = problem.fixed[number]
    if fixed is not None:
        slots &= {fixed}
    for one in meeting.pair:
        slots -= problem.forbidden[one]
    return slots


def _ordered(problem: Problem, found: Domains) -> bool:
    """Keep what lies after the earliest of what comes before, and the other way round."""
    changed = False
    for number, before in enumerate(problem.before):
        for earlier in before:
            if not (found[earlier] and found[number]):
                return False
            first, last = min(found[earlier]), max(found[number])
            late = {slot for slot in found[number] if slot > first}
            early = {slot for slot in found[earlier] if slot < last}
            changed = changed or late != found[number] or early != found[earlier]
            found[number], found[earlier] = late, early
    return changed


def _joined(problem: Problem, found: Domains) -> bool:
    """Keep what has the other part just after or before it: the same slots, one later."""
    changed = False
    for part, following in problem.joined:
        both = {slot for slot in found[part] if slot + 1 in found[following]}
        later = {slot + 1 for slot in both}
        changed = changed or both != found[part] or later != found[following]
        found[part], found[following] = both, later
    return changed


def _apart(found: Domains, agendas: list[list[int]]) -> bool:
    """Take a slot that one meeting of a participant must have from its others."""
    changed = False
    for agenda in agendas:
        taken: dict[int, int] = {}
        for number in agenda:
            if len(found[number]) == 1:
                slot = next(iter(found[number]))
                if slot in taken:
                    found[number] = set()
                    return False
                taken[slot] = number
        for number in agenda:
            if len(found[number]) > 1 and found[number] & taken.keys():
                found[number] = found[number] - taken.keys()
                changed = True
    return changed
