"""./gyoryu timetable: meeting timetables from the shell, without a database.

solve FILE          the fewest breaks for agreed meetings (.dzn), with proof
check FILE PLAN     whether a plan (JSON with "slots", from 1) keeps every promise
plan FILE           choose meetings from requests (JSON) and give them slots and tables
replan FILE PLAN    the same show after a change, moving as few published meetings as possible;
                    with --arrived NAME also so that who came late gets its least
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gyoryu.trade.timetable import (
    auditing,
    checking,
    first_come,
    planning,
    reading,
    replanning,
    seating,
    selection,
    showing,
    solving,
)
from gyoryu.trade.timetable.programme import Impossible
from gyoryu.trade.timetable.show import Held, Plan, Show
from gyoryu.trade.timetable.values import Limits, Problem, Timetable


class Unusable(Exception):
    """A file that cannot be used, said as the reader shall see it."""


def main(argv: list[str]) -> int:
    """Carry out one of the four; 1 where there is no plan or it has faults, 2 for a bad file."""
    asked = _asked(argv)
    try:
        code: int = asked.do(asked)
    except (Unusable, Impossible) as trouble:
        print(f"{asked.file}: {trouble}", file=sys.stderr)
        return 2
    return code


def _asked(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./gyoryu timetable",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = parser.add_subparsers(required=True, metavar="WHAT")
    for name, do, takes_plan in (
        ("solve", _solve, False),
        ("check", _check, True),
        ("plan", _plan, False),
        ("replan", _replan, True),
    ):
        one = what.add_parser(name)
        one.set_defaults(do=do)
        one.add_argument("file", metavar="FILE")
        if takes_plan:
            one.add_argument("plan", metavar="PLAN")
        if name == "replan":
            one.add_argument("--arrived", action="append", default=[], metavar="NAME")
        one.add_argument("--fairness", type=int, default=2, help="breaks apart; below 0 for any")
        one.add_argument("--seconds", type=float, default=60.0)
        one.add_argument("--seed", type=int, default=1)
        one.add_argument("--workers", type=int, default=2)
        one.add_argument("--json", action="store_true", help="one line of JSON")
    return parser.parse_args(argv)


def _limits(asked: argparse.Namespace) -> Limits:
    return Limits(asked.seconds, workers=max(1, asked.workers), seed=asked.seed)


def _text(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except OSError as trouble:
        raise Unusable(trouble.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise Unusable("is no text in UTF-8") from None


def _json(name: str) -> Any:
    try:
        return json.loads(_text(name))
    except json.JSONDecodeError as trouble:
        raise Unusable(f"line {trouble.lineno}: {trouble.msg}") from None
    except RecursionError:
        raise Unusable("is nested too deep") from None


def _problem(asked: argparse.Namespace) -> Problem:
    fairness = None if asked.fairness < 0 else asked.fairness
    try:
        return reading.read(_text(asked.file), fairness=fairness)
    except reading.Unreadable as trouble:
        raise Unusable(str(trouble)) from None


def _show(asked: argparse.Namespace) -> Show:
    try:
        return showing.read(_json(asked.file))
    except showing.WrongShow as trouble:
        raise Unusable(str(trouble)) from None


def _solve(asked: argparse.Namespace) -> int:
    found = solving.solve(_problem(asked), _limits(asked))
    name = Path(asked.file).name.removesuffix(".dzn")
    if asked.json:
        print(json.dumps(told(name, found)))
    else:
        print(f"{name}: {found.status}", end="")
        print("" if found.value is None else f", {found.value} breaks", end="")
        print(f" (bound {found.bound}, {found.seconds:.1f} s)")
        print(" ".join(str(slot + 1) for slot in found.slots))
    return 0 if found.slots else 1


def told(name: str, found: Timetable) -> dict[str, object]:
    """Return a timetable as plain values, its slots counted from 1."""
    return {
        "instance": name,
        "status": found.status.value,
        "value": found.value,
        "bound": found.bound,
        "seconds": round(found.seconds, 2),
        "slots": [slot + 1 for slot in found.slots],
    }


def _check(asked: argparse.Namespace) -> int:
    problem, plan = _problem(asked), _json(asked.plan)
    slots = plan.get("slots") if isinstance(plan, dict) else plan
    if not isinstance(slots, list) or not all(type(slot) is int for slot in slots):
        raise Unusable(f'{asked.plan} has no "slots"')
    wrong = checking.faults(problem, [slot - 1 for slot in slots])
    for fault in wrong:
        print(fault)
    if not wrong:
        print(f"all is kept; {sum(checking.breaks(problem, [s - 1 for s in slots]))} breaks")
    return 1 if wrong else 0


def _plan(asked: argparse.Namespace) -> int:
    show = _show(asked)
    found = planning.plan(show, _limits(asked))
    more = {"least_breaks": found.least_breaks, "seconds": round(found.seconds, 2)}
    _print_plan(show, found, found.held, more, asked)
    return 0


def _replan(asked: argparse.Namespace) -> int:
    show = _show(asked)
    names = {party.name: number for number, party in enumerate(show.parties)}
    for name in asked.arrived:
        if name not in names:
            raise Unusable(f"there is no party “{name}”")
    arrived = [names[name] for name in asked.arrived]
    published = _published(show, _json(asked.plan))
    change = replanning.replan(show, published, _limits(asked), arrived)
    figures = planning.assess(show, list(change.held), selection.bound_of(show))
    more = {
        "displaced": [_names(show, pair) for pair in change.displaced],
        "unplaced": [_names(show, pair) for pair in change.unplaced],
        "moved": [_names(show, pair) for pair in change.moved],
        "added": [_names(show, pair) for pair in change.added],
        "proven": change.proven,
        "seconds": round(change.seconds, 2),
    }
    _print_plan(show, figures, change.held, more, asked)
    return 0


def _published(show: Show, plan: object) -> tuple[Held, ...]:
    """Return the meetings of a plan that are still asked for."""
    numbers = {frozenset(_names(show, number)): number for number in range(len(show.pairs))}
    try:
        rows = [
            (frozenset(row["parties"]), row["half_day"] - 1, row["slot"] - 1)
            for row in plan["meetings"]  # type: ignore[index]
        ]
    except (KeyError, TypeError):
        raise Unusable(
            'the plan has no "meetings" as ./gyoryu timetable plan writes them'
        ) from None
    return tuple(Held(at, slot, numbers[both]) for both, at, slot in rows if both in numbers)


def _names(show: Show, pair: int) -> list[str]:
    return [show.parties[party].name for party in show.pairs[pair].both]


def _print_plan(
    show: Show,
    found: Plan,
    held: tuple[Held, ...],
    more: Mapping[str, object],
    asked: argparse.Namespace,
) -> None:
    tables = seating.seat(show, held)
    booked = first_come.book(show, asked.seed)
    whole: dict[str, object] = {
        "value": found.value,
        "bound": round(found.bound, 2),
        "breaks": found.breaks,
        "idle_slots": found.idle,
        "half_days_attended": found.half_days,
        "table_changes": seating.changes(show, held, tables),
        "least_table_changes": seating.least_changes(show, held),
        "short": {show.parties[party].name: by for party, by in found.short.items()},
        "first_come_value": selection.worth(show, (one.pair for one in booked)),
        "faults": auditing.faults(show, held),
        **more,
        "meetings": [
            {
                "parties": _names(show, one.pair),
                "half_day": one.half_day + 1,
                "slot": one.slot + 1,
                "slots": show.pairs[one.pair].length,
                "table": tables[one.pair] + 1,
            }
            for one in held
        ],
    }
    if asked.json:
        print(json.dumps(whole, ensure_ascii=False))
        return
    for key, value in whole.items():
        if key != "meetings":
            print(f"{key:22}{value}")
    for one in held:
        names = " – ".join(_names(show, one.pair))
        where = show.half_days[one.half_day].name
        print(f"{where:24}slot {one.slot + 1:2}  table {tables[one.pair] + 1:3}  {names}")
