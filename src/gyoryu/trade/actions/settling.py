"""How a plan becomes meetings: what is new is set, what is elsewhere moved, what is gone cancelled.

One way for all: publishing, moving by hand and mending after a cancellation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.history.inserting import insert_all
from gyoryu.trade.models import HalfDay, Leg, Meeting
from gyoryu.trade.queries import meetings
from gyoryu.trade.queries.floors import PairOf, Seat

State = Meeting.State
STATE = ["state", "reason", "cancelled_by"]
CHANGING = ["half_day", "slot", "slots", "table", "interpreter", "fixed", "moved_at"]


@dataclass
class Settled:
    """The meetings that a plan has set, moved and cancelled."""

    new: list[Meeting] = field(default_factory=list)
    moved: list[Meeting] = field(default_factory=list)
    cancelled: list[Meeting] = field(default_factory=list)

    @property
    def concerned(self) -> set[int]:
        """The participants whose agenda has changed."""
        return meetings.concerned([*self.new, *self.moved, *self.cancelled])


def settle(
    leg: Leg, seats: Iterable[Seat], *, reason: str, by: User | None, at: datetime
) -> Settled:
    """Make a place's open meetings those of a plan; call it within a transaction.

    Meetings that took place, or did not, stay whatever the plan says. ``reason`` is kept with what
    falls out of it.
    """
    check_may(by, "trade.change", leg.event.unit)
    days = {one.pk: one for one in leg.half_days.all()}
    rows = meetings.standing(leg).select_for_update(of=("self",))
    there = {(one.exhibitor_id, one.buyer_id): one for one in rows}
    wanted = {one.pair: one for one in seats}
    done = Settled()
    open_rows = {pair: row for pair, row in there.items() if row.state == State.SET}
    done.cancelled = [row for pair, row in open_rows.items() if pair not in wanted]
    staying = {pair: row for pair, row in open_rows.items() if pair in wanted}
    done.moved = [row for pair, row in staying.items() if _place(row) != _wanted(wanted[pair])]
    before = {row.pk: _told(days, row) for row in done.moved}
    _cancel(done.cancelled, reason or _("It is not in the new plan."))
    _move(done.moved, wanted, at)
    _plain_changes(staying, wanted)
    done.new = [_made(leg, one) for pair, one in wanted.items() if pair not in there]
    insert_all(done.new)
    unit = leg.event.unit_id
    told = [
        *(Done("meeting.cancelled", one, unit, reason=one.reason) for one in done.cancelled),
        *(
            Done("meeting.moved", one, unit, {"seat": [before[one.pk], _told(days, one)]})
            for one in done.moved
        ),
        *(Done("meeting.set", one, unit, {"seat": [None, _told(days, one)]}) for one in done.new),
    ]
    if told:
        history.record_many(told, by=by, at=at)
    return done


def _place(row: Meeting) -> tuple[int, int, int, int]:
    return row.half_day_id, row.slot, row.table, row.slots


def _wanted(seat: Seat) -> tuple[int, int, int, int]:
    return *seat.place, seat.slots


def _made(leg: Leg, seat: Seat) -> Meeting:
    return Meeting(
        leg=leg,
        exhibitor_id=seat.exhibitor,
        buyer_id=seat.buyer,
        half_day_id=seat.half_day,
        slot=seat.slot,
        table=seat.table,
        slots=seat.slots,
        fixed=seat.fixed,
        interpreter_id=seat.interpreter,
    )


def _cancel(rows: list[Meeting], reason: str) -> None:
    for row in rows:
        row.state, row.cancelled_by, row.reason = State.CANCELLED, Meeting.Side.PLAN, reason
    Meeting.objects.bulk_update(rows, STATE, batch_size=500)


def _move(rows: list[Meeting], wanted: Mapping[PairOf, Seat], at: datetime) -> None:
    # Out of the way first: two that change places would else stand in one for a moment.
    Meeting.objects.filter(pk__in=[one.pk for one in rows]).update(
        state=State.CANCELLED, reason="-", cancelled_by=Meeting.Side.PLAN
    )
    for row in rows:
        seat = wanted[row.exhibitor_id, row.buyer_id]
        row.half_day_id, row.slot, row.table, row.slots = _wanted(seat)
        row.interpreter_id, row.fixed, row.moved_at = seat.interpreter, seat.fixed, at
    Meeting.objects.bulk_update(rows, [*CHANGING, *STATE], batch_size=500)


def _plain_changes(staying: Mapping[PairOf, Meeting], wanted: Mapping[PairOf, Seat]) -> None:
    """Note who interprets, and what is fixed, where nothing else has changed."""
    changed = []
    for pair, row in staying.items():
        seat = wanted[pair]
        if (row.interpreter_id, row.fixed) != (seat.interpreter, seat.fixed):
            row.interpreter_id, row.fixed = seat.interpreter, seat.fixed
            changed.append(row)
    Meeting.objects.bulk_update(changed, ["interpreter", "fixed"], batch_size=500)


def _told(days: Mapping[int, HalfDay], row: Meeting) -> str:
    """Name a place as the history keeps it: when by the place's clocks, and the table."""
    at = Meeting(half_day=days[row.half_day_id], slot=row.slot, slots=row.slots)
    return f"{at.begins:%Y-%m-%d %H:%M}–{at.ends:%H:%M} #{row.table}"
