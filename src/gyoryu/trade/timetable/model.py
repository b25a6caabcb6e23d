"""The pairing of meetings and slots as a model for CP-SAT.

The problem's source is JAIR 74 (2022) 263-301; the formulation is ours. A literal says that a
meeting is held in a slot, another that a participant is busy in it. That a participant is busy as
often as it has meetings, and a slot at most twice as often as there are tables, follows from the
rest; said aloud it makes proofs short. Literals that are known from the start are constants.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from gyoryu.trade.timetable.domains import Domains, later
from gyoryu.trade.timetable.values import Problem

Literal = cp_model.IntVar


@dataclass
class Model:
    """CP-SAT's model and its literals: ``held[meeting][slot]``, ``busy[participant][slot]``."""

    problem: Problem
    domains: Domains
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    held: list[dict[int, Literal]] = field(default_factory=list)
    busy: list[dict[int, Literal]] = field(default_factory=list)
    # The breaks of each participant that can have any, as an ordered counter: first, second, …
    breaks: list[list[Literal]] = field(default_factory=list)


def pairing(problem: Problem, domains: Domains) -> Model:
    """Return a model of everything but breaks: clashes, absences, tables, precedences."""
    model = Model(problem, domains)
    part_before = {following: part for part, following in problem.joined}
    for number, slots in enumerate(domains):
        if number in part_before:
            model.held.append(later(model.held[part_before[number]]))
            continue
        row: dict[int, Literal] = {
            slot: model.cp.new_bool_var(f"m{number}@{slot}") for slot in sorted(slots)
        }
        model.cp.add_exactly_one(row.values())
        model.held.append(row)
    for person, agenda in enumerate(problem.agendas):
        model.busy.append(_busy(model, person, agenda))
    _tables(model)
    for members, count in problem.shared:
        _share(model, members, count)
    for number, before in enumerate(problem.before):
        for earlier in sorted(before):
            _precede(model, earlier, number)
    return model


def _busy(model: Model, person: int, agenda: list[int]) -> dict[int, Literal]:
    cp = model.cp
    row: dict[int, Literal] = {}
    for slot in sorted(set().union(*(model.domains[number] for number in agenda))):
        row[slot] = cp.new_bool_var(f"p{person}@{slot}")
        held = [model.held[number][slot] for number in agenda if slot in model.held[number]]
        cp.add_exactly_one([*held, ~row[slot]])
    cp.add(sum(row.values()) == len(agenda))
    return row


def _tables(model: Model) -> None:
    """Count each slot's meetings by stars: those that share one participant exclude each other."""
    cp, problem = model.cp, model.problem
    for slot in range(problem.slots):
        people = [row[slot] for row in model.busy if slot in row]
        if len(people) < 2:
            continue
        cp.add(sum(people) <= 2 * problem.tables)
        stars = list(_stars(model, slot))
        if len(stars) > problem.tables:
            cp.add(sum(stars) <= problem.tables)


def _stars(model: Model, slot: int) -> Iterator[Literal]:
    """Give a literal for each star: that one of its meetings is held in the slot."""
    left = {number for number, row in enumerate(model.held) if slot in row}
    shares = Counter(one for number in left for one in model.problem.meetings[number].pair)
    agendas = model.problem.agendas
    whole = dict(shares)
    while left:
        centre = max(shares, key=lambda one: (shares[one], -one))
        star = [number for number in agendas[centre] if number in left]
        left.difference_update(star)
        for number in star:
            shares.subtract(model.problem.meetings[number].pair)
        if len(star) == whole[centre]:
            yield model.busy[centre][slot]
        elif len(star) == 1:
            yield model.held[star[0]][slot]
        else:
            some = model.cp.new_bool_var(f"star{centre}@{slot}")
            model.cp.add_exactly_one([*(model.held[number][slot] for number in star), ~some])
            yield some


def _share(model: Model, members: frozenset[int], count: int) -> None:
    for slot in range(model.problem.slots):
        rows = [model.held[number] for number in sorted(members)]
        held = [row[slot] for row in rows if slot in row]
        if len(held) > count:
            model.cp.add(sum(held) <= count)


def _precede(model: Model, earlier: int, later: int) -> None:
    """One meeting before another, said from both ends: each slot needs one for the other."""
    first, last = model.held[earlier], model.held[later]
    for slot, literal in last.items():
        model.cp.add_bool_or([~literal, *(one for at, one in first.items() if at < slot)])
    for slot, literal in first.items():
        model.cp.add_bool_or([~literal, *(one for at, one in last.items() if at > slot)])
