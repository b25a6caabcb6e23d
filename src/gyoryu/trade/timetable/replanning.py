"""Changes a published plan by moving as few of its meetings as possible.

A published meeting is a promise: it stays where it is, unless somebody is not there any more. Those
that cannot stay are placed anew without moving anybody if that is possible, else with the fewest
moves there are. Who arrived late gets its least likewise. Only then whoever has time is brought
together. Each of these goals is proven before the next is looked at. Searched are moves of those
whom the change concerns (who shares a party with a partner of a meeting to be placed), and in a
small show of everybody.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from gyoryu.trade.timetable import placing
from gyoryu.trade.timetable.placing import Goal, Place, Placing, Taken
from gyoryu.trade.timetable.show import Held, Show
from gyoryu.trade.timetable.values import Limits

# Up to so many meetings every one of them may move; beyond, those near the change.
SMALL = 60
# What staying in its half-day counts for a meeting that moves: more than adjoining others can.
SAME = 5


@dataclass(frozen=True)
class Change:
    """A plan after a change: who had to be placed anew, who was moved for them, who is new.

    ``proven`` says that no more could be placed and no fewer moved, among those who could move.
    """

    held: tuple[Held, ...]
    displaced: tuple[int, ...] = ()
    unplaced: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    proven: bool = True
    seconds: float = field(default=0.0, compare=False)


def replan(
    show: Show,
    published: tuple[Held, ...],
    limits: Limits,
    arrived: Collection[int] = (),
) -> Change:
    """Return the plan of a show that has changed; ``published`` counts its pairs as the show does.

    Pairs that were cancelled are left out of ``published`` by whoever asks (`carried`). For the
    parties in ``arrived`` others may be moved until each has the meetings that it should have at
    least, as far as it asks for or is asked for so many; beyond that nobody is moved for them.
    """
    started = time.monotonic()
    before = placing.as_places(published)
    staying = _possible(show, before)
    displaced = sorted((before.keys() | placing.as_places(show.fixed).keys()) - staying.keys())
    places, proven = _placed(show, staying, displaced, limits)
    if arrived:
        places, known = _welcomed(show, places, arrived, limits)
        proven = proven and known
    after = {**places, **inserted(show, places, limits)}
    return Change(
        placing.as_held(after),
        tuple(displaced),
        tuple(pair for pair in displaced if pair not in after),
        tuple(sorted(pair for pair, place in staying.items() if after[pair] != place)),
        tuple(sorted(after.keys() - before.keys() - set(displaced))),
        proven,
        time.monotonic() - started,
    )


def carried(before: Show, after: Show, published: tuple[Held, ...]) -> tuple[Held, ...]:
    """Return a plan by the numbers of another show; parties are the same by name."""
    names = {
        frozenset(after.parties[party].name for party in pair.both): number
        for number, pair in enumerate(after.pairs)
    }
    found = []
    for one in published:
        both = frozenset(before.parties[party].name for party in before.pairs[one.pair].both)
        if both in names:
            found.append(replace(one, pair=names[both]))
    return tuple(sorted(found))


def inserted(show: Show, places: Mapping[int, Place], limits: Limits) -> dict[int, Place]:
    """Return the most valuable meetings that can be added, nobody moving, with few waits."""
    taken = Taken(show, places)
    seeking = {
        number: room
        for number in range(len(show.pairs))
        if number not in places and (room := taken.open_places(number))
    }
    if not seeking:
        return {}
    model = Placing(show, places, seeking)
    return model.best([_worth(model, seeking), _near(model)], limits) or {}


def _near(model: Placing, before: Mapping[int, Place] = MappingProxyType({})) -> Goal:
    """Return how often the meetings placed adjoin others of the same parties.

    Who moves does so within its half-day if possible: its parties may not be there in another.
    """
    total: Goal = sum(
        (model.taken.beside(pair, place) + SAME * (pair in before and before[pair][0] == place[0]))
        * literal
        for pair, places in model.at.items()
        for place, literal in places.items()
    )
    return total


def _possible(show: Show, before: Mapping[int, Place]) -> dict[int, Place]:
    """Return who can stay: what is fixed, then the dearest, as far as limits allow."""
    taken = Taken(show, placing.as_places(show.fixed))
    for pair in sorted(before, key=lambda one: (-show.pairs[one].value, one)):
        if pair not in taken.staying and before[pair] in taken.open_places(pair):
            taken.take(pair, before[pair])
    return placing.in_order(show, taken.staying)


def _placed(
    show: Show, staying: Mapping[int, Place], displaced: Collection[int], limits: Limits
) -> tuple[dict[int, Place], bool]:
    """Return everybody's places, as many of the displaced as can be, and whether it is proven."""
    taken = Taken(show, staying)
    model = Placing(show, staying, {pair: taken.open_places(pair) for pair in displaced})
    found = model.best([sum(map(model.placed, displaced)), _near(model)], limits) or {}
    if len(found) == len(displaced):
        return {**staying, **found}, model.proven
    model = _moving(show, staying, displaced)
    goals = [sum(map(model.placed, displaced)), _staying(model, staying), _near(model, staying)]
    found = model.best(goals, limits) or found
    return {**staying, **found}, model.proven


def _moving(show: Show, staying: Mapping[int, Place], seeking: Collection[int]) -> Placing:
    """Return the model in which those near the change may move, but not out of the plan."""
    moving = _movable(show, staying, seeking)
    rest = {pair: place for pair, place in staying.items() if pair not in moving}
    taken = Taken(show, rest)
    model = Placing(show, rest, {pair: taken.open_places(pair) for pair in [*seeking, *moving]})
    for pair in moving:
        model.cp.add(model.placed(pair) == 1)
        for place, literal in model.at[pair].items():
            model.cp.add_hint(literal, place == staying[pair])
    return model


def _staying(model: Placing, staying: Mapping[int, Place]) -> Goal:
    """Return how many of those who may move stay where they are."""
    return sum(model.at[pair][staying[pair]] for pair in model.at.keys() & staying.keys())


def _welcomed(
    show: Show, staying: Mapping[int, Place], arrived: Collection[int], limits: Limits
) -> tuple[dict[int, Place], bool]:
    """Return everybody's places with the least for who arrived, and whether it is proven.

    Of equal numbers of moves the most valuable meetings are taken.
    """
    newcomers = set(arrived)
    seeking = [
        pair
        for pair, one in enumerate(show.pairs)
        if pair not in staying and newcomers & set(one.both)
    ]
    taken = Taken(show, staying)
    model = Placing(show, staying, {pair: taken.open_places(pair) for pair in seeking})
    goals = [_least(model, staying, arrived), _worth(model, seeking), _near(model)]
    found = model.best(goals, limits) or {}
    if not any(_lacking(show, {**staying, **found}, party) for party in arrived):
        return {**staying, **found}, model.proven
    seeking = [pair for pair in seeking if taken.has_time(pair)]
    if not seeking:
        return {**staying, **found}, model.proven
    model = _moving(show, staying, seeking)
    goals = [_least(model, staying, arrived), _staying(model, staying)]
    goals += [_worth(model, seeking), _near(model, staying)]
    found = model.best(goals, limits) or found
    return {**staying, **found}, model.proven


def _least(model: Placing, staying: Mapping[int, Place], arrived: Collection[int]) -> Goal:
    """Return how many meetings, up to its least, each has who arrived, beyond those it has."""
    total: list[Goal] = []
    for party in arrived:
        some = model.cp.new_int_var(0, _lacking(model.show, staying, party), "")
        new = [
            model.placed(pair)
            for pair in model.at
            if pair not in staying and party in model.show.pairs[pair].both
        ]
        model.cp.add(some <= sum(new))
        total.append(some)
    return sum(total)


def _lacking(show: Show, places: Mapping[int, Place], party: int) -> int:
    """Return how many meetings a party has fewer than it should and could."""
    asked = {pair for pair, one in enumerate(show.pairs) if party in one.both}
    room = sum(map(len, show.free[party]))
    one = show.parties[party]
    wanted = min(one.least, len(asked), room if one.most is None else min(room, one.most))
    return max(0, wanted - len(places.keys() & asked))


def _worth(model: Placing, pairs: Collection[int]) -> Goal:
    total: Goal = sum(model.show.pairs[pair].value * model.placed(pair) for pair in pairs)
    return total


def _movable(show: Show, staying: Mapping[int, Place], displaced: Collection[int]) -> list[int]:
    fixed = {held.pair for held in show.fixed}
    free = [pair for pair in sorted(staying) if pair not in fixed]
    if len(free) <= SMALL:
        return free
    near = {party for pair in displaced for party in show.pairs[pair].both}
    partners = {
        party
        for pair in free
        if near & set(show.pairs[pair].both)
        for party in show.pairs[pair].both
    }
    return [pair for pair in free if partners & set(show.pairs[pair].both)]
