"""Finds the timetable with the fewest breaks, and proves that there are none with fewer.

Two searches learn from each other, side by side or, with one worker, by turns: one takes the
objective apart by its unsatisfiable cores, the other leans on the model's linear relaxation.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Lock, Thread

from ortools.sat.python import cp_model

from gyoryu.trade.timetable import idling, relaxing, swapping
from gyoryu.trade.timetable.clock import Clock
from gyoryu.trade.timetable.domains import Domains, domains
from gyoryu.trade.timetable.model import Model, pairing
from gyoryu.trade.timetable.values import Limits, Problem, Status, Timetable

PROVING = "optimize_with_core: true linearization_level: 0 core_minimization_level: 0"
BOUNDING = "linearization_level: 2"
FINDING = "linearization_level: 0"
TOGETHER = f"""
    subsolvers: "proving" subsolvers: "bounding"
    subsolver_params {{ name: "proving" {PROVING} }}
    subsolver_params {{ name: "bounding" {BOUNDING} }}
"""
LOOKING = TOGETHER.replace("bounding", "finding").replace(BOUNDING, FINDING)
# The first look, in the solver's own count of work, about a second each: often it is enough.
LOOK = 1.0
# Chains are plain Python, of which one thread runs at a time: two that take turns by the
# millisecond take twice as long together as one after the other.
CHAINS = Lock()
STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


def solve(problem: Problem, limits: Limits) -> Timetable:
    """Return the best plan found within the limits, and how good any plan can be."""
    clock = Clock(limits)
    found = _solved(problem, clock)
    if limits.tell and found.slots:
        limits.tell(found.value, found.bound)
    return replace(found, seconds=clock.spent())


def _solved(problem: Problem, clock: Clock) -> Timetable:
    open_slots = domains(problem)
    if open_slots is None:
        return Timetable(Status.INFEASIBLE)
    bound = relaxing.grouped(problem, open_slots, clock.limits)
    if bound is None:
        return Timetable(Status.INFEASIBLE)
    return _searched(_model(problem, open_slots, bound), clock, bound)


def _model(problem: Problem, open_slots: Domains, bound: int) -> Model:
    model = pairing(problem, open_slots)
    idling.add_breaks(model)
    if bound:
        model.cp.add(sum(one for counter in model.breaks for one in counter) >= bound)
    return model


def _searched(model: Model, clock: Clock, bound: int) -> Timetable:
    """Search until a proof or the limits; what one turn has found is a hint for the next."""
    best = Timetable(Status.UNKNOWN, bound=bound)
    total = sum(one for counter in model.breaks for one in counter)
    limits = clock.limits
    for number, search in enumerate(_turns(limits)):
        if clock.over():
            break
        if number == 1:
            # What one look did not settle is worth a better bound.
            linear = relaxing.linear(model.problem, model.domains, clock.left())
            if linear is None:
                return Timetable(Status.INFEASIBLE, bound=best.bound)
            best = _better(best, Timetable(Status.UNKNOWN, bound=linear))
        if number > 0:
            # Other chains before each turn: one attempt often ends a single break above the bound.
            best = _swapped(model, best, clock, limits.seed + number - 1)
        if best.status != Status.OPTIMAL:
            model.cp.add(total >= best.bound)
            left = f"max_time_in_seconds: {clock.left()}"
            best = _better(best, _turn(model, limits, best, f"{search} {left}"))
        if best.status in (Status.OPTIMAL, Status.INFEASIBLE):
            break
        _hint(model, best)
    return best


def _swapped(model: Model, best: Timetable, clock: Clock, seed: int) -> Timetable:
    """Improve the plan that a look has found, where meetings can change slots in chains."""
    if best.value in (None, best.bound) or not swapping.applies(model.problem):
        return best

    with CHAINS:
        slots, value = swapping.improved(
            model.problem, model.domains, best.slots, best.bound, seed, clock.over
        )
    found = _better(best, Timetable(Status.FEASIBLE, slots, value, best.bound))
    _hint(model, found)
    return found


def _turns(limits: Limits) -> Iterator[str]:
    """Give the searches and the work each may do: a look, then both at once or by turns."""
    common = f"num_workers: {limits.workers} random_seed: {limits.seed}"
    work = math.inf if limits.work is None else limits.work
    yield f"{common} {FINDING if limits.workers == 1 else LOOKING} {_work(min(LOOK, work))}"
    if limits.workers > 1:
        yield f"{common} {TOGETHER} {_work(work)}"
        return
    spent, turn = LOOK, 2 * LOOK
    while spent < work:
        for search in (FINDING, PROVING, BOUNDING):
            yield f"{common} {search} {_work(turn)}"
        spent, turn = spent + 3 * turn, 2 * turn


def _work(most: float) -> str:
    return "" if most == math.inf else f"max_deterministic_time: {most}"


def _better(best: Timetable, found: Timetable) -> Timetable:
    """Return the better plan with the better bound; nothing can be where a search proved so."""
    if found.status == Status.INFEASIBLE:
        return found
    bound = max(best.bound, found.bound)
    if best.value is None or (found.value is not None and found.value < best.value):
        best = found
    status = Status.OPTIMAL if best.value == bound else best.status
    return replace(best, status=status, bound=bound)


def _hint(model: Model, best: Timetable) -> None:
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    hinted = {following for _, following in model.problem.joined}
    for number, (row, at) in enumerate(zip(model.held, best.slots, strict=False)):
        for slot, literal in row.items() if number not in hinted else ():
            model.cp.add_hint(literal, slot == at)


def _turn(model: Model, limits: Limits, best: Timetable, parameters: str) -> Timetable:
    solver = cp_model.CpSolver()
    solver.parameters.parse_text_format(parameters)
    heard = _Hearing(limits, best)
    if limits.tell:
        solver.best_bound_callback = heard.bound_is
    with stoppable(solver, limits):
        status = STATUS.get(solver.solve(model.cp, heard), Status.UNKNOWN)
    bound = max(best.bound, round(solver.best_objective_bound))
    if status in (Status.INFEASIBLE, Status.UNKNOWN):
        return Timetable(status, bound=best.bound if status == Status.INFEASIBLE else bound)
    slots = tuple(
        next(slot for slot, literal in row.items() if solver.boolean_value(literal))
        for row in model.held
    )
    return Timetable(status, slots, round(solver.objective_value), bound)


class _Hearing(cp_model.CpSolverSolutionCallback):
    """Passes on each better plan and bound."""

    def __init__(self, limits: Limits, best: Timetable) -> None:
        super().__init__()
        self.tell, self.bound, self.best = limits.tell, best.bound, best.value

    def on_solution_callback(self) -> None:
        found = round(self.objective_value)
        self.best = found if self.best is None else min(self.best, found)
        self.bound = max(self.bound, round(self.best_objective_bound))
        self._pass_on()

    def bound_is(self, bound: float) -> None:
        self.bound = max(self.bound, round(bound))
        self._pass_on()

    def _pass_on(self) -> None:
        if self.tell:
            self.tell(self.best, self.bound)


@contextmanager
def stoppable(solver: cp_model.CpSolver, limits: Limits) -> Iterator[None]:
    """Ask some ten times a second whether to stop."""
    if limits.stop is None:
        yield
        return
    ended, stop = Event(), limits.stop

    def ask() -> None:
        while not ended.wait(0.1):
            if stop():
                solver.stop_search()

    asking = Thread(target=ask, daemon=True)
    asking.start()
    try:
        yield
    finally:
        ended.set()
        asking.join()
