"""What may be done with plans and with published meetings, with the reason when it may not."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.trade.models import Leg, Meeting, Timetable
from gyoryu.trade.rules import wishes

State = Timetable.State
CHANGE = "trade.change"
UNDER_WAY = (State.WAITING, State.PLANNING)
SECONDS_MOST = 600
# A job that has not begun to plan for so long was lost with its worker.


def check_may_change(leg: Leg, by: User | None) -> None:
    """Refuse who may not write at the event, or an event that is over."""
    check_may(by, CHANGE, leg.event.unit)
    wishes.check_event_lives(leg.event)


def check_can_plan(leg: Leg, *, mends: bool) -> None:
    """Refuse to plan a place without time or tables, twice at once, or over meetings held."""
    if not leg.half_days.exists():
        raise Refused(_("This place has no half-days yet. Enter when people can meet."))
    if leg.timetables.filter(state__in=UNDER_WAY).exists():
        raise Refused(_("A plan is being made already. Wait for it or stop it."))
    published = leg.timetables.filter(state=State.PUBLISHED).exists()
    if mends and not published:
        raise Refused(_("Nothing is published yet, so there is nothing to mend. Make a plan."))
    begun = leg.meetings.filter(state__in=[Meeting.State.HELD, Meeting.State.MISSED])
    if not mends and begun.exists():
        raise Refused(_("Meetings have taken place already. Change the published plan instead."))


def check_can_stop(timetable: Timetable) -> None:
    """Refuse to stop what is not being planned."""
    if timetable.state not in UNDER_WAY:
        raise Refused(_("It is not being planned any more."))


def check_can_discard(timetable: Timetable) -> None:
    """Refuse to put away anything but a draft or a plan that failed."""
    if timetable.state not in (State.DRAFT, State.FAILED):
        raise Refused(_("Only a draft can be put away."))


def check_can_edit(timetable: Timetable) -> None:
    """Refuse to change anything but a draft or what is published."""
    if timetable.state not in (State.DRAFT, State.PUBLISHED):
        raise Refused(_("Only a draft or the published timetable can be changed."))


def check_can_publish(timetable: Timetable, wrong: int) -> None:
    """Refuse to publish anything but a draft in which nothing is wrong."""
    if timetable.state != State.DRAFT:
        raise Refused(_("Only a draft can be published."))
    if not timetable.places:
        raise Refused(_("There is no meeting in it yet."))
    if wrong:
        raise Refused(
            _("%(n)d meetings have to be settled before it can be published.") % {"n": wrong}
        )


def check_table(leg: Leg, table: int) -> None:
    """Refuse a table that the place does not have."""
    if not 1 <= table <= leg.tables:
        raise Refused(_("There are tables 1 to %(most)d.") % {"most": leg.tables}, field="table")


def check_is_set(meeting: Meeting) -> None:
    """Refuse to change a meeting that took place, did not, or was cancelled."""
    if meeting.state != Meeting.State.SET:
        raise Refused(_("This meeting is not open any more."))


def check_can_cancel(meeting: Meeting, reason: str, at: datetime, begins: datetime) -> None:
    """Refuse to cancel twice, without a reason, or what has begun."""
    check_is_set(meeting)
    if begins <= at:
        raise Refused(_("It has begun already. Note whether it took place."))
    if not reason.strip():
        raise Refused(_("Say why the meeting is cancelled."), field="reason")


def check_begun(at: datetime, begins: datetime) -> None:
    """Refuse to note what became of a meeting before it has begun."""
    if at < begins:
        raise Refused(_("This meeting has not begun yet."))
