"""Finds places for some pairs of a show while all others stay where they are.

One model for three questions: which of the pairs of a half-day fit into it, whom free places can
still bring together, and what moves when a plan has to change. A literal says that a pair meets in
a place, which is a half-day and a slot; who stays has taken its places, tables and interpreters
beforehand.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from ortools.sat.python import cp_model

from gyoryu.trade.timetable.show import Held, Show
from gyoryu.trade.timetable.solving import stoppable
from gyoryu.trade.timetable.values import Limits

Place = tuple[int, int]
Key = tuple[str, int]
Goal = cp_model.LinearExprT
# The solver's own count of work for one question, about a second each.
WORK = 20.0
ALL: Key = ("all", 0)


class Taken:
    """What those who stay have taken of everybody's time, of tables and of interpreters."""

    def __init__(self, show: Show, staying: Mapping[int, Place]) -> None:
        self.show = show
        self.staying: dict[int, Place] = {}
        self.tables: Counter[Place] = Counter()
        self.interpreters: Counter[tuple[int, Place]] = Counter()
        self.busy: set[tuple[int, Place]] = set()
        self.counts: Counter[tuple[int, Key]] = Counter()
        for pair, place in staying.items():
            self.take(pair, place)

    def take(self, pair: int, place: Place) -> None:
        """Let a pair meet in a place."""
        self.staying[pair] = place
        for party in self.show.pairs[pair].both:
            for key in keys_of(self.show, place):
                self.counts[party, key] += 1
        for at in taken(self.show, pair, place):
            self.tables[at] += 1
            self.busy.update((party, at) for party in self.show.pairs[pair].both)
            for row in self.show.interpreters_of[pair]:
                self.interpreters[row, at] += 1

    def open_places(self, pair: int) -> list[Place]:
        """Return where a pair could meet, those who stay being where they are."""
        one = self.show.pairs[pair]
        return [
            (half_day, slot)
            for half_day in sorted(one.half_days)
            if self._wanted(pair, half_day)
            for slot in sorted(self.show.open_slots(pair, half_day))
            if all(self._there(pair, at) for at in taken(self.show, pair, (half_day, slot)))
            and self._in_order(pair, (half_day, slot))
        ]

    def has_time(self, pair: int) -> bool:
        """Say whether both have time for a meeting more, if their others are put elsewhere."""
        one = self.show.pairs[pair]
        return all(
            self._idle(party) >= one.length
            and ((most := limit(self.show, party, ALL)) is None or self.counts[party, ALL] < most)
            for party in one.both
        )

    def _idle(self, party: int) -> int:
        return sum(map(len, self.show.free[party])) - sum(one == party for one, _ in self.busy)

    def beside(self, pair: int, place: Place) -> int:
        """Count how often a meeting in a place would adjoin one that its parties have anyway."""
        half_day, slot = place
        return sum(
            (party, (half_day, at)) in self.busy
            for party in self.show.pairs[pair].both
            for at in (slot - 1, slot + self.show.pairs[pair].length)
        )

    def _wanted(self, pair: int, half_day: int) -> bool:
        return all(
            (most := limit(self.show, party, key)) is None or self.counts[party, key] < most
            for party in self.show.pairs[pair].both
            for key in keys_of(self.show, (half_day, 0))
        )

    def _there(self, pair: int, place: Place) -> bool:
        rows = self.show.interpreter_rows
        return (
            self.tables[place] < self.show.tables
            and not any((party, place) in self.busy for party in self.show.pairs[pair].both)
            and all(
                self.interpreters[row, place] < rows[row][1]
                for row in self.show.interpreters_of[pair]
            )
        )

    def _in_order(self, pair: int, place: Place) -> bool:
        for earlier, later in self.show.before:
            sooner, after = self.staying.get(earlier), self.staying.get(later)
            if later == pair and sooner and last(self.show, earlier, sooner) >= place:
                return False
            if earlier == pair and after and after <= last(self.show, pair, place):
                return False
        return True


def in_order(
    show: Show, places: Mapping[int, Place], among: Container[int] | None = None
) -> dict[int, Place]:
    """Return the places without those who need another to meet before them, who does not.

    With ``among`` only these others are looked for.
    """
    kept = dict(places)
    while loose := [
        later
        for earlier, later in show.before
        if later in kept and earlier not in kept and (among is None or earlier in among)
    ]:
        for pair in loose:
            kept.pop(pair, None)
    return kept


def taken(show: Show, pair: int, place: Place) -> list[Place]:
    """Return all places that a meeting takes which begins in one."""
    return [(place[0], slot) for slot in show.taken(pair, place[1])]


def last(show: Show, pair: int, place: Place) -> Place:
    """Return the last of the places that a meeting takes."""
    return (place[0], place[1] + show.pairs[pair].length - 1)


def keys_of(show: Show, place: Place) -> list[Key]:
    """Return what a meeting in a place counts towards: its half-day, its day, and all."""
    half_day = place[0]
    return [("half-day", half_day), ("day", show.half_days[half_day].day), ALL]


def limit(show: Show, party: int, key: Key) -> int | None:
    """Return how many meetings a party wants at most, in a half-day, on a day or in all."""
    one = show.parties[party]
    return {"half-day": one.most_a_half_day, "day": one.most_a_day, "all": one.most}[key[0]]


class Placing:
    """The model: the pairs that have no place yet or may change it, and where they can be."""

    def __init__(
        self, show: Show, staying: Mapping[int, Place], seeking: Mapping[int, Iterable[Place]]
    ) -> None:
        self.show, self.cp = show, cp_model.CpModel()
        self.taken, self.proven = Taken(show, staying), True
        self.at: dict[int, dict[Place, cp_model.IntVar]] = {}
        for pair, places in sorted(seeking.items()):
            self.at[pair] = {place: self.cp.new_bool_var("") for place in places}
            self.cp.add_at_most_one(self.at[pair].values())
        self._add_parties()
        self._add_places()
        for earlier, later in show.before:
            self._add_precedence(earlier, later)

    def placed(self, pair: int) -> Goal:
        """Return 1 where the pair meets."""
        return sum(self.at[pair].values())

    def best(self, goals: Iterable[Goal], limits: Limits) -> dict[int, Place] | None:
        """Maximise the goals, each without giving up on those before it; None if impossible."""
        solver, found = cp_model.CpSolver(), None
        turns = "true" if limits.workers == 1 else "false"
        solver.parameters.parse_text_format(
            f"num_workers: {limits.workers} random_seed: {limits.seed} interleave_search: {turns}"
            f" max_time_in_seconds: {limits.seconds} max_deterministic_time: {limits.work or WORK}"
        )
        for goal in goals:
            self.cp.maximize(goal)
            with stoppable(solver, limits):
                status = solver.solve(self.cp)
            self.proven = self.proven and status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return found
            self.cp.add(goal >= round(solver.objective_value))
            found = self._found(solver)
            self._hint(found)
        return found

    def _found(self, solver: cp_model.CpSolver) -> dict[int, Place]:
        return {
            pair: place
            for pair, places in self.at.items()
            for place, literal in places.items()
            if solver.boolean_value(literal)
        }

    def _hint(self, found: Mapping[int, Place]) -> None:
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for pair, places in self.at.items():
            for place, literal in places.items():
                self.cp.add_hint(literal, found.get(pair) == place)

    def _add_parties(self) -> None:
        at_once: dict[tuple[int, Place], list[cp_model.IntVar]] = defaultdict(list)
        counted: dict[tuple[int, Key], list[cp_model.IntVar]] = defaultdict(list)
        for party, pair, place, literal in self._literals():
            for at in taken(self.show, pair, place):
                at_once[party, at].append(literal)
            for key in keys_of(self.show, place):
                counted[party, key].append(literal)
        for literals in at_once.values():
            self.cp.add_at_most_one(literals)
        for (party, key), literals in counted.items():
            most = limit(self.show, party, key)
            if most is not None:
                self.cp.add(sum(literals) <= most - self.taken.counts[party, key])

    def _literals(self) -> Iterator[tuple[int, int, Place, cp_model.IntVar]]:
        for pair, places in self.at.items():
            for place, literal in places.items():
                for party in self.show.pairs[pair].both:
                    yield party, pair, place, literal

    def _add_places(self) -> None:
        here: dict[Place, list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        for pair, places in self.at.items():
            for place, literal in places.items():
                for at in taken(self.show, pair, place):
                    here[at].append((pair, literal))
        for place, some in here.items():
            left = self.show.tables - self.taken.tables[place]
            if len(some) > left:
                self.cp.add(sum(literal for _, literal in some) <= left)
            for row, (members, count) in enumerate(self.show.interpreter_rows):
                used = self.taken.interpreters[row, place]
                self.cp.add(sum(one for pair, one in some if pair in members) <= count - used)

    def _add_precedence(self, earlier: int, later: int) -> None:
        """Whoever meets later needs the earlier meeting before it."""
        staying = self.taken.staying
        ends = {last(self.show, earlier, at): one for at, one in self.at.get(earlier, {}).items()}
        ended = last(self.show, earlier, staying[earlier]) if earlier in staying else None
        for place, literal in self.at.get(later, {}).items():
            if ended is None or ended >= place:
                sooner = [one for at, one in ends.items() if at < place]
                self.cp.add_bool_or([~literal, *sooner])
        if later in staying and earlier in self.at:
            self.cp.add_bool_or([one for at, one in ends.items() if at < staying[later]])


def as_places(held: Iterable[Held]) -> dict[int, Place]:
    """Return the place of each pair."""
    return {one.pair: (one.half_day, one.slot) for one in held}


def as_held(places: Mapping[int, Place]) -> tuple[Held, ...]:
    """Return the places in the order of the day."""
    return tuple(sorted(Held(half_day, slot, pair) for pair, (half_day, slot) in places.items()))
