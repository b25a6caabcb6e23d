"""Published meetings at the desk: their list, one meeting, and what became of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.trade.actions import meetings as actions
from gyoryu.trade.forms import timetables as forms
from gyoryu.trade.models import Meeting
from gyoryu.trade.queries import meetings as queries
from gyoryu.trade.queries import timetables
from gyoryu.trade.rules import timetables as rules
from gyoryu.trade.views import calendars
from gyoryu.trade.views.timetables import event_of, leg_of
from gyoryu.web import clock, export, small
from gyoryu.web.access import Request, may
from gyoryu.web.posting import typed
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, CHANGE = "trade.view", "trade.change"
COLUMNS = [
    export.Column(gettext_lazy("Place"), lambda row: str(row.leg)),
    export.Column(gettext_lazy("Day"), lambda row: row.half_day.day),
    export.Column(gettext_lazy("Time"), lambda row: f"{queries.starts(row):%H:%M}"),
    export.Column(gettext_lazy("Table"), lambda row: row.table),
    export.Column(gettext_lazy("Exhibitor"), lambda row: str(row.exhibitor)),
    export.Column(gettext_lazy("Buyer"), lambda row: str(row.buyer)),
    export.Column(gettext_lazy("Country"), lambda row: str(row.buyer.organisation.region or "")),
    export.Column(gettext_lazy("Interpreter"), lambda row: str(row.interpreter or "")),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("Reason"), lambda row: row.reason),
]


@may(SEE)
def meetings(request: Request, pk: int) -> Any:
    event = event_of(request, pk)
    listing = forms.meeting_listing(request, clock.today(), event)
    if file := export.asked(request, listing.chosen, export.Sheet(_("Meetings"), COLUMNS)):
        return file
    context = {"event": event, "listing": listing, "heading": _("Meetings")}
    return render(request, "trade/meetings/list.html", context)


def meeting_of(request: Request, pk: int, capability: str = SEE) -> Meeting:
    """Return a meeting that the reader may see, or change."""
    row = get_object_or_404(queries.seen_by(request.user), pk=pk)
    check_may(request.user, capability, row.leg.event.unit)
    return row


@may(SEE)
def meeting(request: Request, pk: int) -> HttpResponse:
    row = meeting_of(request, pk)
    begins = queries.starts(row)
    context = {
        "row": row,
        "published": timetables.published(row.leg),
        "may_change": request.user.access.may(CHANGE, row.leg.event.unit.path),
        "why_not_cancel": why_not(rules.check_can_cancel, row, "x", clock.now(), begins),
        "why_not_begun": why_not(rules.check_begun, clock.now(), begins),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/meetings/page.html", context)


@may(CHANGE)
def meeting_cancel(request: Request, pk: int) -> HttpResponse:
    row = meeting_of(request, pk, CHANGE)
    page = Page(
        _("Cancel the meeting"),
        row,
        explained=_("Both sides get a letter. It is not planned again by itself."),
        save=_("Cancel the meeting"),
    )
    return small.act_on(
        request,
        row,
        forms.CancelForm,
        actions.cancel,
        page,
        done=_("The meeting is cancelled, and both sides are written to."),
    )


@may(CHANGE)
def meeting_held(request: Request, pk: int) -> HttpResponse:
    row = meeting_of(request, pk, CHANGE)
    return small.run(
        request,
        forms.Bare(typed(request)),
        lambda _values: actions.hold(row, by=request.user, at=clock.now()),
        Page(_("It took place"), row, save=_("It took place")),
    )


@may(CHANGE)
def meeting_missed(request: Request, pk: int) -> HttpResponse:
    row = meeting_of(request, pk, CHANGE)
    return small.run(
        request,
        forms.MissForm(typed(request), initial={"absent": row.absent}),
        lambda values: actions.miss(row, **values, by=request.user, at=clock.now()),
        Page(_("Somebody did not come"), row),
    )


@may(SEE)
def leg_ics(request: Request, pk: int) -> HttpResponse:
    row = leg_of(request, pk)
    rows = row.meetings.select_related(*queries.WITH).order_by("pk")
    return calendars.answer(f"meetings-{row.pk}", request.get_host(), rows)
