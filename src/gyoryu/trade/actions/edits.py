"""Changes of a plan by hand: of a draft, or of what is published, by the same steps.

Each is first judged against everybody's time, tables and interpreters; what breaks anything is
refused with all reasons. Of what is published, the parties concerned are written to.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.trade.actions import settling, timetable_letters
from gyoryu.trade.models import Leg, Participant, Timetable
from gyoryu.trade.queries import changing, floors, meetings, plans
from gyoryu.trade.queries.changing import Place
from gyoryu.trade.queries.floors import Floor, PairOf, Seat
from gyoryu.trade.rules import lengths as sizes
from gyoryu.trade.rules import timetables as rules
from gyoryu.trade.rules import wishes

State = Timetable.State
Change = Callable[[Floor, list[Seat]], list[Seat]]


@transaction.atomic
def move(
    timetable: Timetable,
    pair: PairOf,
    place: Place,
    *,
    swap: bool = False,
    slots: int | None = None,
    by: User | None,
    at: datetime,
) -> Timetable:
    """Put a meeting elsewhere; ``swap`` changes places with the meeting that is there.

    It stays as long as it is, unless ``slots`` says otherwise.
    """
    lengths = _lengths(pair, slots)

    def change(floor: Floor, seats: list[Seat]) -> list[Seat]:
        moved = changing.seat_of(seats, pair)
        if moved is None:
            raise Refused(_("This meeting is not in the plan any more."))
        _check_time(floor, moved.half_day, moved.slot, timetable, at)
        asked = changing.asked(floor, seats, moved, place, swap=swap)
        if asked.reasons:
            raise Refused(" ".join(asked.reasons))
        return asked.seats

    return _edit(timetable, change, place, lengths=lengths, by=by, at=at)


@transaction.atomic
def add(
    timetable: Timetable,
    pair: PairOf,
    place: Place,
    *,
    fixed: bool = False,
    slots: int | None = None,
    by: User | None,
    at: datetime,
) -> Timetable:
    """Put a meeting into the plan that nobody may have asked for.

    Without ``slots`` it is as long as was asked for, or as the event's meetings are.
    """
    lengths = _lengths(pair, slots)

    def change(floor: Floor, seats: list[Seat]) -> list[Seat]:
        if changing.seat_of(seats, pair):
            raise Refused(_("They meet already."))
        new = Seat(*pair, *place, fixed=fixed, slots=floor.slots(pair))
        if reasons := changing.reasons(floor, seats, new):
            raise Refused(" ".join(reasons))
        return [*seats, new]

    for one in Participant.objects.filter(pk__in=pair):
        if one.event_id != timetable.leg.event_id:
            raise Refused(_("%(name)s does not take part in this event.") % {"name": one})
    extra = Seat(*pair, *place, slots=0)
    return _edit(timetable, change, place, extra=extra, lengths=lengths, by=by, at=at)


def _lengths(pair: PairOf, slots: int | None) -> dict[PairOf, int]:
    if slots is None:
        return {}
    sizes.check_slots(slots, field="slots")
    return {pair: slots}


@transaction.atomic
def take_out(
    timetable: Timetable, pair: PairOf, *, reason: str = "", by: User | None, at: datetime
) -> Timetable:
    """Take a meeting out of a draft. A published one is cancelled instead, with its reason."""
    if timetable.state == State.PUBLISHED:
        raise Refused(_("A published meeting is cancelled on its own page, with the reason."))

    def change(_floor: Floor, seats: list[Seat]) -> list[Seat]:
        return [one for one in seats if one.pair != pair]

    return _edit(timetable, change, None, by=by, at=at)


@transaction.atomic
def fix(
    timetable: Timetable, pair: PairOf, fixed: bool, *, by: User | None, at: datetime
) -> Timetable:
    """Keep a meeting where it is whatever is planned later, or let it go again."""

    def change(_floor: Floor, seats: list[Seat]) -> list[Seat]:
        return [replace(one, fixed=fixed) if one.pair == pair else one for one in seats]

    return _edit(timetable, change, None, by=by, at=at)


def _edit(
    timetable: Timetable,
    change: Change,
    place: Place | None,
    *,
    extra: Seat | None = None,
    lengths: Mapping[PairOf, int] = MappingProxyType({}),
    by: User | None,
    at: datetime,
) -> Timetable:
    leg = timetable.leg
    rules.check_may_change(leg, by)
    # Locked, so that two who move at once do not put two meetings at one table.
    Leg.objects.select_for_update().get(pk=leg.pk)
    row = Timetable.objects.select_for_update(of=("self",)).get(pk=timetable.pk)
    rules.check_can_edit(row)
    if place:
        rules.check_table(leg, place[2])
    published = row.state == State.PUBLISHED
    before = meetings.seats(leg) if published else floors.read(row.places)
    floor = floors.floor(leg, [*before, *([extra] if extra else [])], lengths=lengths)
    if place:
        _check_time(floor, place[0], place[1], row, at)
    after = floor.staffed(change(floor, before))
    if published:
        done = settling.settle(leg, after, reason="", by=by, at=at)
        step = f"{row.version}:{at.timestamp()}"
        timetable_letters.changed(leg, done, step, by=by, at=at)
    else:
        _keep(row, floor, after)
    history.record(
        "timetable.changed",
        row,
        by=by,
        at=at,
        unit=leg.event.unit,
        changes=changing.told(floor, before, after),
    )
    timetable.places = row.places
    return row


def _keep(row: Timetable, floor: Floor, seats: list[Seat]) -> None:
    row.places = floors.written(seats)
    # How few breaks these meetings could have was proven for others.
    figures = {**plans.figures(floor, seats), "least_breaks": None}
    for name, value in figures.items():
        setattr(row, name, value)
    row.save(update_fields=["places", *figures])


def _check_time(floor: Floor, half_day: int, slot: int, row: Timetable, at: datetime) -> None:
    """Refuse to change what has begun, once people go by it."""
    found = next((one for one in floor.half_days if one.pk == half_day), None)
    if found is None:
        raise Refused(_("This place has no such half-day."), field="half_day")
    if row.state == State.PUBLISHED:
        wishes.check_changeable_at(at, floors.begins(found, slot, floor.leg.timezone))
