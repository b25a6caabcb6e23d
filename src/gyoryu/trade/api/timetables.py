"""Wishes, plans, meetings, door lists in the API."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.trade.actions import edits, meetings, timetables, wishes
from gyoryu.trade.forms import timetables as forms
from gyoryu.trade.forms import wishes as wish_forms
from gyoryu.trade.models import Event, Leg, Meeting, Participant, Timetable, Wish
from gyoryu.trade.queries import floors
from gyoryu.trade.queries import meetings as meeting_queries
from gyoryu.trade.queries import timetables as queries
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE = "trade.view", "trade.change"
desk = Desk(_("Wishes, timetables and meetings"))


class WishRow(Shape):
    """Whom a participant wants to meet: 5 is must meet, 0 is never."""

    id: int
    by: Named
    to: Named
    worth: int
    part: Wish.Part
    slots: int | None
    at: datetime


class TimetableRow(Shape):
    """A plan of a place: its points of wishes, and what no plan can pass (``bound``)."""

    id: int
    leg: Named
    version: int
    state: Timetable.State
    mends: bool
    proven: bool | None
    value: int | None
    bound: float | None
    breaks: int | None
    least_breaks: int | None
    table_changes: int | None
    least_table_changes: int | None
    first_come: int | None
    short: list[int]
    seed: int
    made_at: datetime
    published_at: datetime | None


class SeatShape(Shape):
    """A meeting of a plan by the numbers of its rows. Slots and tables count from 1.

    ``slot`` is the first of the ``slots`` that it takes.
    """

    exhibitor: int
    buyer: int
    half_day: int
    slot: int
    table: int
    slots: int
    fixed: bool
    interpreter: int | None


class TimetableShape(TimetableRow):
    """A plan with its meetings: a draft's, or those that are published."""

    seats: list[SeatShape]


class MeetingRow(Shape):
    """A published meeting."""

    id: int
    leg: Named
    exhibitor: Named
    buyer: Named
    day: date
    begins: datetime
    ends: datetime
    timezone: str
    slot: int
    slots: int
    table: int
    interpreter: str
    fixed: bool
    state: Meeting.State
    absent: str
    reason: str
    cancelled_by: str
    moved_at: datetime | None
    came_exhibitor: datetime | None
    came_buyer: datetime | None

    @staticmethod
    def resolve_begins(row: Meeting) -> datetime:
        """Return when it begins, with the zone of its place."""
        return meeting_queries.starts(row)

    @staticmethod
    def resolve_ends(row: Meeting) -> datetime:
        """Return when it ends, with the zone of its place."""
        return meeting_queries.ends(row)

    @staticmethod
    def resolve_day(row: Meeting) -> date:
        """Return the day of its half-day."""
        return row.half_day.day

    @staticmethod
    def resolve_timezone(row: Meeting) -> str:
        """Return the zone of its place."""
        return row.leg.timezone

    @staticmethod
    def resolve_interpreter(row: Meeting) -> str:
        """Return who interprets; empty for nobody."""
        return str(row.interpreter or "")


def _event(call: Call) -> Event:
    return get_object_or_404(queries.events_seen(call.user), pk=call.pk)


def _leg(call: Call) -> Leg:
    row = get_object_or_404(queries.legs_seen(call.user), pk=call.pk)
    check_may(call.user, CHANGE, row.event.unit)
    return row


def _participant(call: Call) -> Participant:
    events = queries.events_seen(call.user).values("pk")
    rows = Participant.objects.filter(event__in=events, voided_at=None)
    row = get_object_or_404(rows.select_related("event__unit", "organisation"), pk=call.pk)
    check_may(call.user, CHANGE, row.event.unit)
    return row


def _plan(call: Call) -> Timetable:
    row = get_object_or_404(queries.seen_by(call.user), pk=call.pk)
    check_may(call.user, CHANGE, row.leg.event.unit)
    return row


def _whole(call: Call) -> Any:
    row: Any = get_object_or_404(queries.seen_by(call.user), pk=call.pk)
    published = row.state == Timetable.State.PUBLISHED
    row.seats = meeting_queries.seats(row.leg) if published else floors.read(row.places)
    return row


def _meeting_seen(call: Call) -> Meeting:
    return get_object_or_404(meeting_queries.seen_by(call.user), pk=call.pk)


def _meeting(call: Call) -> Meeting:
    row = _meeting_seen(call)
    check_may(call.user, CHANGE, row.leg.event.unit)
    return row


def _planned(form: type[Any]) -> Any:
    """Return what makes a form that knows the plan it is about."""

    def make(call: Call) -> Any:
        if call.row is None:
            return form()
        published = call.row.state == Timetable.State.PUBLISHED
        leg = call.row.leg
        seats = meeting_queries.seats(leg) if published else floors.read(call.row.places)
        floor = floors.floor(leg, seats)
        return form(floor=floor) if form is forms.AddForm else form(floor=floor, seats=seats)

    return make


def _move(call: Call, form: Any) -> Any:
    typed = form.cleaned_data
    more = {"swap": typed["swap"], "slots": typed["slots"]}
    return edits.move(call.row, typed["pair"], form.place(), **more, **call.who)


def _add(call: Call, form: Any) -> Any:
    more = {name: form.cleaned_data[name] for name in ("fixed", "slots")}
    return edits.add(call.row, form.pair(), form.place(), **more, **call.who)


def _wish(call: Call, form: Any) -> Any:
    wishes.keep(call.row, form.wanted(), **call.who)
    return call.row


def _order(call: Call, form: Any) -> Any:
    wishes.order(call.row, *form.both(), **call.who)
    return call.row


def _came(call: Call, form: Any) -> Any:
    typed = form.cleaned_data
    rows = Participant.objects.filter(event=call.row.event_id, voided_at=None)
    found = get_object_or_404(rows.select_related("event__unit"), pk=typed["participant"])
    half_day = get_object_or_404(call.row.half_days, pk=typed["half_day"])
    meetings.came(found, half_day.pk, typed["here"], **call.who)
    return found


desk.lists(
    "events/{pk}/wishes", _("Wishes for meetings"), WishRow, wish_forms.wish_listing,
    may=VIEW, find=_event,
)  # fmt: skip
desk.writes(
    "event-participants/{pk}/wishes", _("Say a wish"),
    lambda call: wish_forms.WishForm(participant=call.row), _wish,
    may=CHANGE, find=_participant,
)  # fmt: skip
desk.writes(
    "event-participants/{pk}/order", _("Order of two meetings"),
    lambda call: wish_forms.OrderForm(participant=call.row), _order,
    may=CHANGE, find=_participant,
)  # fmt: skip
desk.lists(
    "events/{pk}/timetables", _("Timetables"), TimetableRow, forms.timetable_listing,
    may=VIEW, find=_event,
)  # fmt: skip
desk.shows("timetables/{pk}", _("Timetable"), TimetableShape, _whole, may=VIEW)
desk.writes(
    "event-places/{pk}/plan", _("Plan the meetings"), forms.PlanForm,
    lambda call, form: timetables.ask(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_leg, creates="timetables",
)  # fmt: skip
desk.writes(
    "event-places/{pk}/mend", _("Mend the published timetable"), forms.PlanForm,
    lambda call, form: timetables.ask(call.row, mends=True, **form.cleaned_data, **call.who),
    may=CHANGE, find=_leg, creates="timetables",
)  # fmt: skip
desk.writes(
    "event-places/{pk}/check-in", _("Check-in"), forms.CameForm, _came, may=CHANGE, find=_leg
)
desk.writes(
    "timetables/{pk}/move", _("Move a meeting"), _planned(forms.MoveForm), _move,
    may=CHANGE, find=_plan,
)  # fmt: skip
desk.writes(
    "timetables/{pk}/add", _("Add a meeting"), _planned(forms.AddForm), _add,
    may=CHANGE, find=_plan,
)  # fmt: skip
desk.writes(
    "timetables/{pk}/take-out", _("Take the meeting out"), _planned(forms.PairForm),
    lambda call, form: edits.take_out(call.row, form.cleaned_data["pair"], **call.who),
    may=CHANGE, find=_plan,
)  # fmt: skip
desk.writes(
    "timetables/{pk}/fix", _("Fix the meeting"), _planned(forms.FixForm),
    lambda call, form: edits.fix(
        call.row, form.cleaned_data["pair"], form.cleaned_data["fixed"], **call.who
    ),
    may=CHANGE, find=_plan,
)  # fmt: skip


def _doing(act: Any) -> Any:
    return lambda call, _form: act(call.row, **call.who)


for path, title, act in (
    ("publish", _("Make the timetable public"), timetables.publish),
    ("stop", _("Stop the search"), timetables.stop),
    ("put-away", _("Put the draft away"), timetables.discard),
):
    desk.writes(f"timetables/{{pk}}/{path}", title, forms.Bare, _doing(act), may=CHANGE, find=_plan)
desk.lists(
    "events/{pk}/meetings", _("Meetings"), MeetingRow, forms.meeting_listing,
    may=VIEW, find=_event,
)  # fmt: skip
desk.shows("meetings/{pk}", _("Business meeting"), MeetingRow, _meeting_seen, may=VIEW)
desk.writes(
    "meetings/{pk}/cancel", _("Cancel the meeting"), forms.CancelForm,
    lambda call, form: meetings.cancel(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_meeting,
)  # fmt: skip
desk.writes(
    "meetings/{pk}/held", _("It took place"), forms.Bare,
    lambda call, _form: meetings.hold(call.row, **call.who),
    may=CHANGE, find=_meeting,
)  # fmt: skip
desk.writes(
    "meetings/{pk}/missed", _("Somebody did not come"), forms.MissForm,
    lambda call, form: meetings.miss(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_meeting,
)  # fmt: skip
DESKS = [desk]
