"""Whose wishes a plan could not keep, and why; and how near it is to what no plan can pass."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gyoryu.trade.models import Participant, Timetable
from gyoryu.trade.queries.floors import Floor, PairOf, Seat
from gyoryu.trade.timetable import placing
from gyoryu.trade.timetable.placing import Taken


@dataclass(frozen=True)
class Unplaced:
    """Two who do not meet although somebody asked: what it was worth, and why not."""

    exhibitor: Participant
    buyer: Participant
    points: int
    reason: str
    possible: bool = False

    @property
    def key(self) -> str:
        """The pair as addresses and forms name it."""
        return f"{self.exhibitor.pk}-{self.buyer.pk}"


@dataclass(frozen=True)
class Kept:
    """How many of the pairs that were asked for meet."""

    asked: int
    met: int

    @property
    def missing(self) -> int:
        """How many do not."""
        return self.asked - self.met

    @property
    def share(self) -> int:
        """In percent, never rounded up to all."""
        return 100 * self.met // self.asked if self.asked else 0


def kept(floor: Floor, seats: Iterable[Seat]) -> Kept:
    """Count the pairs that were asked for and refused by nobody, and those of them that meet."""
    met = {one.pair for one in seats}
    wanted = [pair for pair, number in floor.pairs.items() if floor.show.pairs[number].value]
    return Kept(len(wanted), sum(pair in met for pair in wanted))


def share(timetable: Timetable) -> str:
    """Return what a plan is worth of what no plan can pass, in percent, never rounded up."""
    return _hundredths(timetable.value, timetable.bound)


def share_of_first_come(timetable: Timetable) -> str:
    """Return the same of first come, first served."""
    return _hundredths(timetable.first_come, timetable.bound)


def _hundredths(value: int | None, bound: float | None) -> str:
    if value is None or not bound:
        return ""
    # The bound is a fraction's sum: what differs by less than a point in a million is the same.
    hundredths = min(10_000, int(10_000 * value / bound + 1e-6))
    return f"{hundredths // 100}.{hundredths % 100:02}"


def listed(floor: Floor, seats: Iterable[Seat], most: int = 500) -> list[Unplaced]:
    """Return who was asked for and does not meet, the dearest first, each with the reason.

    Only so many, because each reason is looked for by itself; who was refused comes last.
    """
    rows = list(seats)
    taken = Taken(floor.show, placing.as_places(floor.held(rows)))
    met = {one.pair for one in rows}
    values = {pair: floor.show.pairs[number].value for pair, number in floor.pairs.items()}
    missing = [pair for pair, value in values.items() if value and pair not in met]
    missing.sort(key=lambda pair: (-values[pair], pair))
    found = [_why(floor, taken, pair) for pair in missing[:most]]
    refused = [pair for pair in sorted(floor.refused) if pair not in floor.pairs]
    found += [_refused(floor, pair) for pair in refused[: most - len(found)]]
    return found


def _refused(floor: Floor, pair: PairOf) -> Unplaced:
    reason = _("%(name)s said never.") % {"name": floor.people[floor.refused[pair]]}
    return Unplaced(floor.people[pair[0]], floor.people[pair[1]], 0, reason)


def _why(floor: Floor, taken: Taken, pair: PairOf) -> Unplaced:
    number = floor.pairs[pair]
    points = floor.show.pairs[number].value
    both = floor.people[pair[0]], floor.people[pair[1]]
    if taken.open_places(number):
        return Unplaced(*both, points, _("There is room: it can be added."), possible=True)
    return Unplaced(*both, points, _reason(floor, taken, number))


def _reason(floor: Floor, taken: Taken, number: int) -> str:
    show = floor.show
    one = show.pairs[number]
    if show.needs[number] == frozenset():
        return _("Nobody at this place interprets between their languages.")
    times = [
        (half_day, slot)
        for half_day in sorted(one.half_days)
        for slot in show.open_slots(number, half_day)
    ]
    if all(one.length > half_day.slots for half_day in floor.half_days):
        return _("They are to meet for %(n)d slots, and no half-day has so many.") % {
            "n": one.length
        }
    if not times:
        return _("They are never there at the same time, or want different parts of the day.")
    for party in one.both:
        name = floor.people[floor.participant(party)]
        most = placing.limit(show, party, placing.ALL)
        if most is not None and taken.counts[party, placing.ALL] >= most:
            return _("%(name)s has as many meetings as it wants.") % {"name": name}
        if all((party, time) in taken.busy for time in times):
            return _("%(name)s is in other meetings whenever both are there.") % {"name": name}
    if all(any((party, time) in taken.busy for party in one.both) for time in times):
        return _("Whenever one is free, the other is in a meeting.")
    return _("When both are free, all tables or interpreters are taken.")
