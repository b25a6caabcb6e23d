"""An exhibitor's own wishes and timetable."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.trade.actions import meetings as actions
from gyoryu.trade.forms import timetables as forms
from gyoryu.trade.models import Meeting, Participant
from gyoryu.trade.queries import meetings as queries
from gyoryu.trade.rules import timetables as rules
from gyoryu.trade.rules import wishes as wish_rules
from gyoryu.trade.views import calendars
from gyoryu.trade.views.wishes import sheet
from gyoryu.web import clock, posting
from gyoryu.web.access import Request, signed_in
from gyoryu.web.posting import typed
from gyoryu.web.records import why_not


def _own(request: Request, pk: int) -> Participant:
    return get_object_or_404(queries.own(request.user), pk=pk)


@signed_in
def my_wishes(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return sheet(
        request,
        row,
        "trade/wishes/my.html",
        to=reverse("my-wishes", args=[row.pk]),
        context={"why_not": why_not(wish_rules.check_open, row, own=True)},
        own=True,
    )


@signed_in
def my_timetable(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    context = {"row": row, "of": row.event, **agenda(row)}
    return render(request, "trade/meetings/my.html", context)


def agenda(row: Participant) -> dict[str, object]:
    """Return a party's meetings by day, with what its page needs of each."""
    now = clock.now()
    days: dict[object, list[dict[str, object]]] = {}
    count = 0
    for one in queries.of_party(row):
        begins = queries.starts(one)
        cancellable = not why_not(rules.check_can_cancel, one, "x", now, begins)
        standing = one.state != Meeting.State.CANCELLED
        count += standing
        days.setdefault(one.half_day.day, []).append(
            {
                "meeting": one,
                "other": queries.other_side(one, row),
                "cancellable": cancellable,
                "standing": standing,
            }
        )
    return {"days": sorted(days.items(), key=str), "count": count}


@signed_in
def my_timetable_ics(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    name = f"meetings-{row.event.number}"
    return calendars.answer(name, request.get_host(), queries.of_party(row), row)


@signed_in
def my_meeting_cancel(request: Request, pk: int, meeting: int) -> HttpResponse:
    row = _own(request, pk)
    found = get_object_or_404(
        Meeting.objects.select_related(*queries.WITH), pk=meeting, exhibitor=row
    )
    return posting.run(
        request,
        forms.CancelForm(typed(request)),
        "trade/meetings/my_cancel.html",
        lambda values: actions.cancel(found, **values, party=row, by=request.user, at=clock.now()),
        context={"row": row, "of": row.event, "meeting": found},
        to=reverse("my-timetable", args=[row.pk]),
        done=_("The meeting is cancelled, and the other side is written to."),
    )
