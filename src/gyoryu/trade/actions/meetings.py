"""What becomes of published meetings: cancelled, taken place, somebody did not come."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import NotAllowed
from gyoryu.history import actions as history
from gyoryu.trade.actions import timetable_letters
from gyoryu.trade.models import Meeting, Participant
from gyoryu.trade.queries import meetings as queries
from gyoryu.trade.rules import timetables as rules
from gyoryu.trade.rules import wishes

State, Side, Absent = Meeting.State, Meeting.Side, Meeting.Absent
CHANGE = "trade.change"


@transaction.atomic
def cancel(
    meeting: Meeting,
    reason: str,
    *,
    party: Participant | None = None,
    by: User | None,
    at: datetime,
) -> Meeting:
    """Cancel a meeting and write to both sides; ``party`` is whose wish it is, else the office's.

    A party that is signed in must be of the meeting; who holds a buyer's link comes with ``by``
    None. It is not planned again by itself.
    """
    side = _side(meeting, party, by)
    row = Meeting.objects.select_for_update(of=("self",)).select_related(*queries.WITH)
    fresh = row.get(pk=meeting.pk)
    rules.check_can_cancel(fresh, reason, at, queries.starts(fresh))
    _cancel([fresh], reason.strip(), side, by, at)
    timetable_letters.cancelled([fresh], by=by, at=at)
    return fresh


def _side(meeting: Meeting, party: Participant | None, by: User | None) -> str:
    if party is None:
        check_may(by, CHANGE, meeting.leg.event.unit)
        return Side.OFFICE
    if party.pk not in (meeting.exhibitor_id, meeting.buyer_id):
        raise NotAllowed(_("This meeting is not yours."))
    if by is not None and not wishes.acts_for(party, by):
        check_may(by, CHANGE, meeting.leg.event.unit)
    return Side.EXHIBITOR if party.pk == meeting.exhibitor_id else Side.BUYER


def _cancel(rows: list[Meeting], reason: str, side: str, by: User | None, at: datetime) -> None:
    for row in rows:
        row.state, row.reason, row.cancelled_by = State.CANCELLED, reason[:300], side
    Meeting.objects.bulk_update(rows, ["state", "reason", "cancelled_by"], batch_size=500)
    done = [
        history.Done("meeting.cancelled", row, row.leg.event.unit_id, reason=row.reason)
        for row in rows
    ]
    if done:
        history.record_many(done, by=by, at=at)


@transaction.atomic
def withdraw(participant: Participant, reason: str, *, by: User | None, at: datetime) -> int:
    """Cancel all coming meetings of who has withdrawn; return how many. Others are written to.

    The participant's own state is its desk's matter; here it only leaves its meetings.
    """
    check_may(by, CHANGE, participant.event.unit)
    both = Q(exhibitor=participant) | Q(buyer=participant)
    rows = Meeting.objects.filter(both, state=State.SET).select_related(*queries.WITH)
    coming = [row for row in rows.order_by("pk") if queries.starts(row) > at]
    side = Side.EXHIBITOR if participant.side == Participant.Side.EXHIBITOR else Side.BUYER
    _cancel(coming, reason.strip() or str(_("Withdrawn")), side, by, at)
    timetable_letters.cancelled(coming, besides=participant.pk, by=by, at=at)
    return len(coming)


@transaction.atomic
def came(
    participant: Participant, half_day: int, here: bool, *, by: User | None, at: datetime
) -> int:
    """Note that a participant has come for a half-day, or take it back; return its meetings."""
    check_may(by, CHANGE, participant.event.unit)
    exhibitor = participant.side == Participant.Side.EXHIBITOR
    name = "came_exhibitor" if exhibitor else "came_buyer"
    whose = {"exhibitor" if exhibitor else "buyer": participant}
    rows = Meeting.objects.filter(half_day=half_day, **whose).exclude(state=State.CANCELLED)
    changed = rows.update(**{name: at if here else None})
    if changed:
        told = {"came": [not here, here]}
        history.record("participant.came", participant, by=by, at=at, changes=told)
    return changed


@transaction.atomic
def hold(meeting: Meeting, *, by: User | None, at: datetime) -> Meeting:
    """Note that a meeting took place."""
    return _note(meeting, State.HELD, "", "meeting.held", by, at)


@transaction.atomic
def miss(meeting: Meeting, absent: str, *, by: User | None, at: datetime) -> Meeting:
    """Note that a meeting did not take place, and who did not come."""
    return _note(meeting, State.MISSED, absent, "meeting.missed", by, at)


def _note(
    meeting: Meeting, state: str, absent: str, verb: str, by: User | None, at: datetime
) -> Meeting:
    check_may(by, CHANGE, meeting.leg.event.unit)
    row = Meeting.objects.select_for_update(of=("self",)).select_related(*queries.WITH)
    fresh = row.get(pk=meeting.pk)
    if fresh.state not in (State.SET, State.HELD, State.MISSED):
        rules.check_is_set(fresh)
    rules.check_begun(at, queries.starts(fresh))
    changes = history.changes(fresh, {"state": state, "absent": absent})
    if changes:
        fresh.save(update_fields=list(changes))
        unit = fresh.leg.event.unit
        history.record(verb, fresh, by=by, at=at, unit=unit, changes=changes)
    return fresh
