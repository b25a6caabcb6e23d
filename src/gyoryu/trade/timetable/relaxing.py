"""Quick lower bounds on the breaks of any timetable, by two relaxations of the problem.

`grouped` forgets who meets whom. Participants of one kind are counted together, as a flow of whole
numbers through their network (`walks`); in each slot the busy ones are two for each of at most so
many meetings, and where everybody belongs to one of two sides, both sides are as busy.
`linear` keeps who meets whom, but allows fractions: a meeting may be held half here and half there,
and each participant's agenda is a mixture of walks.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from gyoryu.trade.timetable.domains import Domains, later
from gyoryu.trade.timetable.values import Limits, Problem
from gyoryu.trade.timetable.walks import Kind, State, kind_of, steps

# Where there is room to spare, hardly anybody must wait, and the search sees it as soon.
FULL = 0.85
# For the grouped bound, in the solver's own count of work, about a second each.
WORK = 1.5
# In longer sessions the linear bound takes long and says little.
SLOTS = 12
ROUNDING = 1e-4
# A participant's kind, and its side where there are two.
Group = tuple[Kind, int]
Steps = list[cp_model.IntVar]


def grouped(problem: Problem, open_slots: Domains, limits: Limits) -> int | None:
    """Return how many breaks every plan has at least; None when there can be no plan."""
    room = problem.slots * problem.tables
    if len(problem.meetings) > room:
        return None
    if len(problem.meetings) < FULL * room:
        return 0
    cp = cp_model.CpModel()
    busy: dict[tuple[int, int], Steps] = defaultdict(list)
    waits: Steps = []
    sides = _sides(problem)
    for group, count in _groups(problem, open_slots, sides).items():
        _flow(cp, group, count, busy, waits)
    for slot in range(problem.slots):
        held = cp.new_int_var(0, problem.tables, "")
        if sides:
            cp.add(sum(busy[slot, 0]) == held)
            cp.add(sum(busy[slot, 1]) == held)
        else:
            cp.add(sum(busy[slot, 0]) == 2 * held)
    cp.minimize(sum(waits))
    return _least(cp, limits)


def _least(cp: cp_model.CpModel, limits: Limits) -> int | None:
    solver = cp_model.CpSolver()
    solver.parameters.parse_text_format(
        f"num_workers: 1 random_seed: {limits.seed}"
        f" max_deterministic_time: {WORK} max_time_in_seconds: {limits.seconds / 4}"
    )
    if solver.solve(cp) == cp_model.INFEASIBLE:
        return None
    return max(0, math.ceil(solver.best_objective_bound - ROUNDING))


def _groups(problem: Problem, open_slots: Domains, sides: list[int]) -> Counter[Group]:
    return Counter(
        (kind_of(problem, agenda, open_slots), sides[person] if sides else 0)
        for person, agenda in enumerate(problem.agendas)
        if agenda
    )


def _sides(problem: Problem) -> list[int]:
    """Return 0 or 1 for each participant so that only different ones meet; else nothing."""
    others: list[list[int]] = [[] for _ in range(problem.participants)]
    for meeting in problem.meetings:
        others[meeting.first].append(meeting.second)
        others[meeting.second].append(meeting.first)
    sides = [-1] * problem.participants
    for start in range(problem.participants):
        waiting = [start] if sides[start] < 0 else []
        while waiting:
            one = waiting.pop()
            sides[one] = max(sides[one], 0)
            waiting += [other for other in others[one] if sides[other] < 0]
            for other in others[one]:
                if sides[other] == sides[one]:
                    return []
                sides[other] = 1 - sides[one]
    return sides


def _flow(
    cp: cp_model.CpModel,
    group: Group,
    count: int,
    busy: dict[tuple[int, int], Steps],
    waits: Steps,
) -> None:
    """Add the walks of a group; put its busy steps into ``busy`` and its breaks into ``waits``."""
    kind, side = group
    balance: dict[State, list[cp_model.LinearExprT]] = defaultdict(list)
    balance[kind.first].append(count)
    for step in steps(kind):
        taken = cp.new_int_var(0, count, "")
        balance[step.start].append(-taken)
        balance[step.end].append(taken)
        if step.busy:
            busy[step.slot, side].append(taken)
        if step.ends_break:
            waits.append(taken)
    for state, terms in balance.items():
        if state[0] <= max(kind.slots):
            cp.add(sum(terms) == 0)


def linear(problem: Problem, open_slots: Domains, seconds: float) -> int | None:
    """Return how many breaks every plan has at least; None when there can be no plan."""
    if problem.slots > SLOTS:
        return 0
    solver = pywraplp.Solver.CreateSolver("GLOP")
    held = _held(solver, problem, open_slots)
    for slot in range(problem.slots):
        here = [row[slot] for row in held if slot in row]
        _set(solver.Constraint(0.0, float(problem.tables)), here, 1.0)
    for agenda in problem.agendas:
        if len(agenda) > 1:
            kind = kind_of(problem, agenda, open_slots)
            _mixture(solver, kind, [held[number] for number in agenda])
    solver.Objective().SetMinimization()
    solver.SetTimeLimit(max(1, round(1000 * seconds)))
    status = solver.Solve()
    if status != pywraplp.Solver.OPTIMAL:
        return None if status == pywraplp.Solver.INFEASIBLE else 0
    least: int = math.ceil(solver.Objective().Value() - ROUNDING)
    return max(0, least)


def _held(
    solver: pywraplp.Solver, problem: Problem, open_slots: Domains
) -> list[dict[int, pywraplp.Variable]]:
    """Return how much of each meeting is held in each slot, in all one."""
    part_before = {following: part for part, following in problem.joined}
    held: list[dict[int, pywraplp.Variable]] = []
    for number, slots in enumerate(open_slots):
        if number in part_before:
            held.append(later(held[part_before[number]]))
            continue
        held.append({slot: solver.NumVar(0.0, 1.0, "") for slot in sorted(slots)})
        _set(solver.Constraint(1.0, 1.0), held[-1].values(), 1.0)
    return held


def _mixture(solver: pywraplp.Solver, kind: Kind, held: list[dict[int, pywraplp.Variable]]) -> None:
    """Let a participant be busy as a mixture of walks is; each break costs one."""
    balance: dict[State, pywraplp.Constraint] = defaultdict(lambda: solver.Constraint(0.0, 0.0))
    balance[kind.first] = solver.Constraint(-1.0, -1.0)
    link = {slot: solver.Constraint(0.0, 0.0) for slot in sorted(kind.slots)}
    for slot, row in link.items():
        _set(row, [one[slot] for one in held if slot in one], -1.0)
    for step in steps(kind):
        taken = solver.NumVar(0.0, 1.0, "")
        balance[step.start].SetCoefficient(taken, -1.0)
        if step.slot < max(kind.slots):
            balance[step.end].SetCoefficient(taken, 1.0)
        if step.busy:
            link[step.slot].SetCoefficient(taken, 1.0)
        if step.ends_break:
            solver.Objective().SetCoefficient(taken, 1.0)


def _set(
    row: pywraplp.Constraint, columns: Iterable[pywraplp.Variable], coefficient: float
) -> None:
    for column in columns:
        row.SetCoefficient(column, coefficient)
