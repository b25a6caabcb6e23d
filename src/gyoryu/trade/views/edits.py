"""Changes of a plan by hand: move, add, take out, fix. With a script by dragging, else by forms."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.trade.actions import edits as actions
from gyoryu.trade.forms import timetables as forms
from gyoryu.trade.models import HalfDay, Meeting, Timetable
from gyoryu.trade.queries import changing, floors, meetings
from gyoryu.trade.queries.changing import Asked, Place
from gyoryu.trade.queries.floors import Floor, PairOf, Seat
from gyoryu.trade.rules import timetables as rules
from gyoryu.trade.views.timetables import timetable_of
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

CHANGE = "trade.change"


def plan_of(row: Timetable) -> tuple[Floor, list[Seat]]:
    """Return a plan's place and its seats, as they stand now."""
    if row.state == Timetable.State.PUBLISHED:
        seats = meetings.seats(row.leg)
    else:
        seats = floors.read(row.places)
    return floors.floor(row.leg, seats), seats


@may(CHANGE)
def timetable_move(request: Request, pk: int) -> HttpResponse:
    row = timetable_of(request, pk, CHANGE)
    rules.check_can_edit(row)
    floor, seats = plan_of(row)
    moved = _asked_for(request, seats)
    pair = moved.pair
    place = _place(request, floor, moved)
    asked = changing.asked(floor, seats, moved, place) if place != moved.place else None
    initial = {"when": f"{place[0]}-{place[1]}", "table": place[2], "slots": moved.slots}
    form = forms.SwapForm(_posted(request), floor=floor, seats=seats, pair=pair, initial=initial)
    context = _context(row, floor, moved, place, asked)
    if request.GET.get("part"):
        # What the script shows beside the grid: what the move would break, and the button for it.
        return render(request, "trade/timetables/asked.html", {**context, "form": form})
    return posting.run(
        request,
        form,
        "trade/timetables/move.html",
        lambda values: actions.move(
            row,
            pair,
            form.place(),
            swap=values["swap"],
            slots=values["slots"],
            by=request.user,
            at=clock.now(),
        ),
        context=context,
        to=f"{row.get_absolute_url()}?day={_day(floor, place[0])}",
        done=_("The meeting is moved."),
    )


def _context(
    row: Timetable, floor: Floor, moved: Seat, place: Place, asked: Asked | None
) -> dict[str, Any]:
    half_days = {one.pk: one for one in floor.half_days}
    return {
        "row": row,
        "moved": moved,
        "key": f"{moved.exhibitor}-{moved.buyer}",
        "pair": [floor.people[pk] for pk in moved.pair],
        "place": place,
        "from_time": _local(half_days[moved.half_day], moved.slot),
        "to_time": _local(half_days[place[0]], place[1]),
        "asked": asked,
        "other": [floor.people[pk] for pk in asked.other.pair] if asked and asked.other else [],
    }


def _local(half_day: HalfDay, slot: int) -> datetime:
    """Return when a slot begins by the clocks of its place."""
    return Meeting(half_day=half_day, slot=slot).begins


def _place(request: Request, floor: Floor, moved: Seat) -> Place:
    """Return the place of the address; where the meeting is, unless it names one that is there."""
    given = request.POST if request.method == "POST" else request.GET
    slots = {(one.pk, slot) for one in floor.half_days for slot in range(1, one.slots + 1)}
    half_day, _sep, slot = given.get("when", "").partition("-")
    table = given.get("table", "")
    if not (half_day.isdecimal() and slot.isdecimal() and table.isdecimal()):
        return moved.place
    if (int(half_day), int(slot)) not in slots or not 1 <= int(table) <= floor.leg.tables:
        return moved.place
    return int(half_day), int(slot), int(table)


def _day(floor: Floor, half_day: int) -> str:
    return next(one.day.isoformat() for one in floor.half_days if one.pk == half_day)


@may(CHANGE)
def timetable_add(request: Request, pk: int) -> HttpResponse:
    row = timetable_of(request, pk, CHANGE)
    floor, _seats = plan_of(row)
    initial = {name: request.GET.get(name, "") for name in ("when", "table")}
    if asked := request.GET.get("pair"):
        pair = forms.read_pair(asked)
        initial |= {"exhibitor": str(pair[0]), "buyer": str(pair[1])}
    form = forms.AddForm(_posted(request), floor=floor, initial=initial)
    return small.run(
        request,
        form,
        lambda values: actions.add(
            row,
            form.pair(),
            form.place(),
            fixed=values["fixed"],
            slots=values["slots"],
            by=request.user,
            at=clock.now(),
        ),
        Page(
            _("Add a meeting"),
            row,
            explained=_("What it would break is said before anything changes."),
            save=_("Add"),
        ),
        done=_("The meeting is in the plan."),
    )


def _one(request: Request, row: Timetable) -> tuple[PairOf, list[Any], Seat]:
    floor, seats = plan_of(row)
    seat = _asked_for(request, seats)
    return seat.pair, [floor.people[pk] for pk in seat.pair], seat


def _posted(request: Request) -> Any:
    """Return what was posted; a move is no form that is put off and gone on with."""
    return request.POST if request.method == "POST" else None


def _asked_for(request: Request, seats: list[Seat]) -> Seat:
    """Return the meeting that the address names; the first one when it names none."""
    asked = request.POST.get("pair", "") or request.GET.get("pair", "")
    seat = changing.seat_of(seats, forms.read_pair(asked)) if asked else next(iter(seats), None)
    if seat is None:
        raise Refused(_("This meeting is not in the plan any more."))
    return seat


@may(CHANGE)
def timetable_take_out(request: Request, pk: int) -> HttpResponse:
    row = timetable_of(request, pk, CHANGE)
    pair, people, _seat = _one(request, row)
    return small.run(
        request,
        forms.Bare(_posted(request)),
        lambda _values: actions.take_out(row, pair, by=request.user, at=clock.now()),
        Page(
            _("Take the meeting out"),
            row,
            explained=" × ".join(str(one) for one in people),
            save=_("Take out"),
        ),
        done=_("The meeting is out of the plan."),
    )


@may(CHANGE)
def timetable_fix(request: Request, pk: int) -> HttpResponse:
    row = timetable_of(request, pk, CHANGE)
    pair, people, seat = _one(request, row)
    return small.run(
        request,
        forms.HoldForm(_posted(request), initial={"fixed": seat.fixed}),
        lambda values: actions.fix(row, pair, values["fixed"], by=request.user, at=clock.now()),
        Page(
            _("Fix the meeting"),
            row,
            explained=" × ".join(str(one) for one in people),
        ),
    )
