"""The linear programme over (pair, half-day) that chooses meetings and bounds their value.

A pair meets at most once; nobody has more meetings in a half-day than free slots, nor more than it
wants in a half-day, a day and in all; a half-day has so many tables and interpreters, in each slot
that a meeting takes; who meets first does not meet in a later half-day. Its optimum bounds any
timetable from above.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ortools.linear_solver import pywraplp

from gyoryu.trade.timetable.show import Show

Column = tuple[int, int]
# What a pair and half-day must differ from 0 and 1 by to be neither.
WHOLE = 1e-4
# What a meeting short of somebody's least counts, in values of the dearest pair.
SHORT = 3.0


class Impossible(ValueError):
    """The fixed meetings of a show contradict each other or its limits."""


def fractional(value: float) -> bool:
    """Say whether a value is neither 0 nor 1."""
    return WHOLE < value < 1 - WHOLE


class Programme:
    """The programme of a show; ``fair`` asks for everybody's least.

    ``mended`` are the values of another one's optimum: what is whole there and has nothing to do
    with fractions stays, and the rest is asked for in whole numbers.
    """

    def __init__(
        self, show: Show, *, fair: bool, mended: Mapping[Column, float] | None = None
    ) -> None:
        self.show = show
        self.solver = pywraplp.Solver.CreateSolver("SCIP" if mended else "GLOP")
        self.columns = self._columns() if mended is None else self._mended(mended)
        self.lacking: list[pywraplp.Variable] = []
        self._add_pairs()
        self._add_parties(fair)
        self._add_half_days()
        self._add_precedences()

    def solve(self) -> float:
        """Return the optimum."""
        goal = self.solver.Objective()
        pairs = self.show.pairs
        for (number, _), column in self.columns.items():
            goal.SetCoefficient(column, float(pairs[number].value))
        dearest = max((pair.value for pair in pairs), default=1)
        for one in self.lacking:
            goal.SetCoefficient(one, -SHORT * dearest)
        goal.SetMaximization()
        settings = pywraplp.MPSolverParameters()
        settings.SetDoubleParam(settings.RELATIVE_MIP_GAP, WHOLE)
        if self.solver.Solve(settings) != pywraplp.Solver.OPTIMAL:
            raise Impossible("the fixed meetings contradict each other or the limits of the show")
        return float(goal.Value())

    def values(self) -> dict[Column, float]:
        """Return how much of each pair and half-day the optimum holds."""
        return {one: column.solution_value() for one, column in self.columns.items()}

    def _mended(self, values: Mapping[Column, float]) -> dict[Column, pywraplp.Variable]:
        torn = {
            party
            for (number, _), value in values.items()
            if fractional(value)
            for party in self.show.pairs[number].both
        }
        return {
            one: self.solver.IntVar(0.0 if fractional(value) else round(value), 1.0, "")
            for one, value in values.items()
            if value > WHOLE or torn & set(self.show.pairs[one[0]].both)
        }

    def _columns(self) -> dict[Column, pywraplp.Variable]:
        fixed = {held.pair: held.half_day for held in self.show.fixed}
        return {
            (number, half_day): self.solver.NumVar(float(number in fixed), 1.0, "")
            for number, pair in enumerate(self.show.pairs)
            for half_day in ([fixed[number]] if number in fixed else sorted(pair.half_days))
            if number in fixed or self.show.open_slots(number, half_day)
        }

    def _at_most(
        self, most: float, columns: Iterable[Column], minus: Iterable[Column] = ()
    ) -> None:
        """Let so many meetings be held at most; those in ``minus`` allow as many more."""
        row = self.solver.Constraint(-self.solver.infinity(), float(most))
        for one in columns:
            row.SetCoefficient(self.columns[one], 1.0)
        for one in minus:
            row.SetCoefficient(self.columns[one], -1.0)

    def _room(self, slots: int, columns: list[Column]) -> None:
        """Let the meetings take so many slots at most."""
        if self._slots(columns) > slots:
            row = self.solver.Constraint(-self.solver.infinity(), float(slots))
            for one in columns:
                row.SetCoefficient(self.columns[one], float(self.show.pairs[one[0]].length))

    def _slots(self, columns: list[Column]) -> int:
        return sum(self.show.pairs[pair].length for pair, _ in columns)

    def _add_pairs(self) -> None:
        self.by_pair: dict[int, list[Column]] = defaultdict(list)
        for one in self.columns:
            self.by_pair[one[0]].append(one)
        for columns in self.by_pair.values():
            if len(columns) > 1:
                self._at_most(1, columns)

    def _add_parties(self, fair: bool) -> None:
        held: dict[int, list[list[Column]]] = defaultdict(lambda: [[] for _ in self.show.half_days])
        for one in self.columns:
            for party in self.show.pairs[one[0]].both:
                held[party][one[1]].append(one)
        for party, blocks in sorted(held.items()):
            self._add_party(party, blocks)
            if fair:
                self._add_least(party, [one for block in blocks for one in block])

    def _add_party(self, number: int, blocks: list[list[Column]]) -> None:
        party, free = self.show.parties[number], self.show.free[number]
        days: dict[int, list[Column]] = defaultdict(list)
        for half_day, columns in enumerate(blocks):
            days[self.show.half_days[half_day].day] += columns
            most, room = party.most_a_half_day, len(free[half_day])
            if most is not None and len(columns) > most:
                self._at_most(most, columns)
            # A limit that is no more than the room says it all where all take one slot.
            if most is None or most > room or self._slots(columns) > len(columns):
                self._room(room, columns)
        for columns in days.values() if party.most_a_day is not None else ():
            self._at_most(party.most_a_day or 0, columns)
        if party.most is not None:
            self._at_most(party.most, [one for columns in blocks for one in columns])

    def _add_least(self, number: int, columns: list[Column]) -> None:
        least = min(self.show.parties[number].least, len({pair for pair, _ in columns}))
        if least <= 0:
            return
        lacking = self.solver.NumVar(0.0, float(least), "")
        row = self.solver.Constraint(float(least), self.solver.infinity())
        row.SetCoefficient(lacking, 1.0)
        for one in columns:
            row.SetCoefficient(self.columns[one], 1.0)
        self.lacking.append(lacking)

    def _add_half_days(self) -> None:
        for half_day, block in enumerate(self.show.half_days):
            columns = [one for one in self.columns if one[1] == half_day]
            self._room(self.show.tables * block.slots, columns)
            for members, count in self.show.interpreter_rows:
                self._room(count * block.slots, [one for one in columns if one[0] in members])

    def _add_precedences(self) -> None:
        """By the end of every half-day the later has not met more than the earlier."""
        for earlier, later in self.show.before:
            for last in range(len(self.show.half_days)):
                self._at_most(
                    0,
                    [one for one in self.by_pair[later] if one[1] <= last],
                    [one for one in self.by_pair[earlier] if one[1] <= last],
                )
