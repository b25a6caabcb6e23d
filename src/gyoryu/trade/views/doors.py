"""What is needed at the door: lists of a half-day, cards for the tables, sheets, check-in."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gyoryu.trade.actions import meetings as actions
from gyoryu.trade.models import HalfDay, Leg, Meeting, Participant
from gyoryu.trade.queries import doors as queries
from gyoryu.trade.views.timetables import leg_of
from gyoryu.web import clock
from gyoryu.web.access import Request, may

SEE, CHANGE = "trade.view", "trade.change"


def _half_day(request: Request, leg: Leg) -> HalfDay | None:
    """Return the half-day of the address, else the one that is on now or next."""
    rows = list(leg.half_days.all())
    asked = request.GET.get("half_day", "")
    chosen = next((one for one in rows if str(one.pk) == asked), None)
    return chosen or queries.current(rows, leg, clock.now())


def _around(request: Request, leg: Leg, half_day: HalfDay | None) -> dict[str, Any]:
    return {
        "leg": leg,
        "event": leg.event,
        "half_day": half_day,
        "half_days": list(leg.half_days.all()),
    }


@may(SEE)
def door_list(request: Request, pk: int) -> HttpResponse:
    leg = leg_of(request, pk)
    half_day = _half_day(request, leg)
    rows = queries.of_half_day(half_day) if half_day else []
    context = {**_around(request, leg, half_day), "slots": queries.by_slot(rows)}
    return render(request, "trade/doors/list.html", context)


@may(SEE)
def table_cards(request: Request, pk: int) -> HttpResponse:
    leg = leg_of(request, pk)
    half_day = _half_day(request, leg)
    tables: dict[int, list[Meeting]] = defaultdict(list)
    for row in queries.of_half_day(half_day) if half_day else []:
        tables[row.table].append(row)
    context = {**_around(request, leg, half_day), "tables": sorted(tables.items())}
    return render(request, "trade/doors/cards.html", context)


@may(SEE)
def party_sheets(request: Request, pk: int) -> HttpResponse:
    leg = leg_of(request, pk)
    side = request.GET.get("side", "")
    context = {
        **_around(request, leg, None),
        "side": side,
        "sides": Participant.Side.choices,
        "parties": queries.agendas(leg, side),
    }
    return render(request, "trade/doors/sheets.html", context)


@may(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: Request, pk: int) -> HttpResponse:
    leg = leg_of(request, pk, CHANGE)
    half_day = _half_day(request, leg)
    if request.method == "POST" and half_day:
        number = request.POST.get("participant", "")
        rows = Participant.objects.filter(event=leg.event_id, voided_at=None)
        found = get_object_or_404(
            rows.select_related("event__unit", "organisation"),
            pk=int(number) if number.isdecimal() and len(number) < 19 else 0,
        )
        here = request.POST.get("here") == "1"
        actions.came(found, half_day.pk, here, by=request.user, at=clock.now())
        return HttpResponseRedirect(f"{request.get_full_path()}#p{found.pk}")
    asked = request.GET.get("q", "")
    arrivals = queries.arrivals(half_day, asked) if half_day else []
    context = {
        **_around(request, leg, half_day),
        "asked": asked,
        "arrivals": arrivals,
        "here": sum(one.came is not None for one in arrivals),
        "late": [one for one in arrivals if one.late(clock.now())],
        "heading": _("Check-in"),
    }
    return render(request, "trade/doors/check_in.html", context)
