"""Plans of an event's places: their list, the grid of one, and what is done with it as a whole."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.jobs import queries as jobs
from gyoryu.trade.actions import timetables as actions
from gyoryu.trade.forms import timetables as forms
from gyoryu.trade.models import Event, Leg, Participant, Timetable
from gyoryu.trade.queries import boards, unplaced
from gyoryu.trade.queries import timetables as queries
from gyoryu.trade.rules import timetables as rules
from gyoryu.web import clock, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.posting import typed
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, CHANGE = "trade.view", "trade.change"
State = Timetable.State
# Of a place's plans so many are listed; older ones stay in the history.
NEWEST = 10


def event_of(request: Request, pk: int) -> Event:
    """Return an event that the reader may see."""
    return get_object_or_404(queries.events_seen(request.user), pk=pk)


def leg_of(request: Request, pk: int, capability: str = SEE) -> Leg:
    """Return a place that the reader may see, or change."""
    row = get_object_or_404(queries.legs_seen(request.user), pk=pk)
    check_may(request.user, capability, row.event.unit)
    return row


def timetable_of(request: Request, pk: int, capability: str = SEE) -> Timetable:
    """Return a plan that the reader may see, or change."""
    row = get_object_or_404(queries.seen_by(request.user), pk=pk)
    check_may(request.user, capability, row.leg.event.unit)
    return row


@may(SEE)
def timetables(request: Request, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    plans: dict[int, list[Timetable]] = {}
    for row in queries.of_event(event).defer("places").order_by("-version"):
        row.share = unplaced.share(row)  # type: ignore[attr-defined]
        row.first_share = unplaced.share_of_first_come(row)  # type: ignore[attr-defined]
        plans.setdefault(row.leg_id, []).append(row)
    legs = list(event.legs.select_related("region").prefetch_related("half_days"))
    for leg in legs:
        leg.event = event
    may_change = request.user.access.may(CHANGE, event.unit.path)
    context = {
        "event": event,
        "places": [(leg, plans.get(leg.pk, [])[:NEWEST], _published(plans, leg)) for leg in legs],
        "numbers": queries.numbers(event),
        "may_change": may_change,
    }
    return render(request, "trade/timetables/list.html", context)


def _published(plans: dict[int, list[Timetable]], leg: Leg) -> Timetable | None:
    return next((one for one in plans.get(leg.pk, []) if one.state == State.PUBLISHED), None)


@may(SEE)
def timetable(request: Request, pk: int) -> HttpResponse:
    row = timetable_of(request, pk)
    board = boards.Board(row)
    day = board.day_asked(request.GET.get("day", ""))
    job = jobs.of_record(row) if row.state in rules.UNDER_WAY else None
    context = {
        "row": row,
        "board": board,
        "day": day,
        "heads": board.heads(day),
        "lines": board.lines(day),
        "counts": board.counts,
        "kept": unplaced.kept(board.floor, board.seats),
        "share": unplaced.share(row),
        "first_share": unplaced.share_of_first_come(row),
        "short": [board.floor.people[pk] for pk in row.short if pk in board.floor.people],
        "job": job,
        "wrong": board.shown(one for one in board.seats if one.pair in board.wrong),
        "may_change": request.user.access.may(CHANGE, row.leg.event.unit.path),
        "may_edit": request.user.access.may(CHANGE, row.leg.event.unit.path)
        and row.state in (State.DRAFT, State.PUBLISHED),
        "why_not_publish": why_not(rules.check_can_publish, row, len(board.wrong)),
        "entries": history.of_record(row)[:20],
        **_strip(request, board, day),
    }
    return render(request, "trade/timetables/page.html", context)


def _strip(request: Request, board: boards.Board, day: Any) -> dict[str, Any]:
    seated = board.seated
    asked = request.GET.get("who", "")
    who: Participant | None = next((one for one in seated if str(one.pk) == asked), None)
    if who is None and board.wrong:
        first = next(iter(board.wrong))[0]
        who = next((one for one in seated if one.pk == first), None)
    return {"seated": seated, "who": who, "strip": board.strip(day, who.pk) if who else []}


@may(SEE)
def timetable_unplaced(request: Request, pk: int) -> HttpResponse:
    row = timetable_of(request, pk)
    board = boards.Board(row)
    context = {
        "row": row,
        "kept": unplaced.kept(board.floor, board.seats),
        "listed": unplaced.listed(board.floor, board.seats),
        "may_edit": request.user.access.may(CHANGE, row.leg.event.unit.path)
        and row.state in (State.DRAFT, State.PUBLISHED),
    }
    return render(request, "trade/timetables/unplaced.html", context)


@may(CHANGE)
def leg_plan(request: Request, pk: int) -> HttpResponse:
    row = leg_of(request, pk, CHANGE)
    return small.act_on(
        request,
        row,
        forms.PlanForm,
        actions.ask,
        _page(
            row.event,
            _("Plan the meetings"),
            _("A worker plans while you go on. The result is a draft that only the office sees."),
            _("Plan"),
        ),
        done=_("The plan is being made."),
    )


@may(CHANGE)
def leg_mend(request: Request, pk: int) -> HttpResponse:
    row = leg_of(request, pk, CHANGE)
    return small.run(
        request,
        forms.PlanForm(typed(request)),
        lambda values: actions.ask(row, mends=True, **values, by=request.user, at=clock.now()),
        _page(
            row.event,
            _("Mend the published timetable"),
            _(
                "As few published meetings as possible are moved. The result is a draft that says"
                " what would change; nothing changes before you publish it."
            ),
            _("Mend"),
        ),
        done=_("The plan is being made."),
    )


def _page(event: Event, heading: str, explained: str, save: str) -> Page:
    above = (_("Timetables"), reverse("timetables", args=[event.pk]))
    return Page(heading, above=above, explained=explained, save=save)


@may(CHANGE)
def timetable_publish(request: Request, pk: int) -> HttpResponse:
    row = timetable_of(request, pk, CHANGE)
    return small.run(
        request,
        Form(typed(request)),
        lambda _values: actions.publish(row, by=request.user, at=clock.now()),
        Page(
            _("Make the timetable public"),
            row,
            explained=_(
                "Everybody whose meetings are new or have changed gets a letter with their own"
                " timetable. Companies and buyers see it on their pages from then on."
            ),
            save=_("Make public"),
        ),
        done=_("The timetable is public."),
    )


@may(CHANGE)
def timetable_stop(request: Request, pk: int) -> HttpResponse:
    row = timetable_of(request, pk, CHANGE)
    return small.run(
        request,
        Form(typed(request)),
        lambda _values: actions.stop(row, by=request.user, at=clock.now()),
        Page(
            _("Stop the search"),
            row,
            explained=_("The best plan found so far becomes the draft."),
            save=_("Stop the search"),
        ),
        done=_("The search ends in a moment."),
    )


@may(CHANGE)
def timetable_discard(request: Request, pk: int) -> HttpResponse:
    row = timetable_of(request, pk, CHANGE)
    return small.run(
        request,
        Form(typed(request)),
        lambda _values: actions.discard(row, by=request.user, at=clock.now()),
        Page(_("Put the draft away"), row, save=_("Put away")),
    )
