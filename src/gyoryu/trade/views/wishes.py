"""Wishes at the desk: an event's list and matrix, and one participant's sheet."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.trade.actions import wishes as actions
from gyoryu.trade.forms import wishes as forms
from gyoryu.trade.models import Participant, Sequence
from gyoryu.trade.queries import timetables
from gyoryu.trade.queries import wishes as queries
from gyoryu.trade.rules import wishes as rules
from gyoryu.trade.views.timetables import event_of
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.posting import typed
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, CHANGE = "trade.view", "trade.change"
COLUMNS = [
    export.Column(gettext_lazy("Wished by"), lambda row: str(row.by)),
    export.Column(gettext_lazy("Which side"), lambda row: row.by.get_side_display()),
    export.Column(gettext_lazy("Whom"), lambda row: str(row.to)),
    export.Column(gettext_lazy("How much"), lambda row: row.worth),
    export.Column(gettext_lazy("Part of the day"), lambda row: row.get_part_display()),
    export.Column(gettext_lazy("Slots of a meeting"), lambda row: row.slots),
]


@may(SEE)
def wishes(request: Request, pk: int) -> Any:
    event = event_of(request, pk)
    listing = forms.wish_listing(request, clock.today(), event)
    if file := export.asked(request, listing.chosen, export.Sheet(_("Wishes"), COLUMNS)):
        return file
    context = {
        "event": event,
        "listing": listing,
        "heading": _("Wishes for meetings"),
        "may_change": request.user.access.may(CHANGE, event.unit.path),
    }
    return render(request, "trade/wishes/list.html", context)


@may(SEE)
def wish_matrix(request: Request, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    buyers, lines, whole = queries.matrix(event)
    context = {
        "event": event,
        "buyers": buyers,
        "lines": lines,
        "whole": whole,
        "may_change": request.user.access.may(CHANGE, event.unit.path),
    }
    return render(request, "trade/wishes/matrix.html", context)


@may(CHANGE)
def wishes_import(request: Request, pk: int) -> HttpResponse:
    event = event_of(request, pk)
    check_may(request.user, CHANGE, event.unit)
    form = forms.SheetForm(typed(request), event=event)
    address = reverse("wishes", args=[event.pk])
    return small.run(
        request,
        form,
        lambda _values: _taken(actions.take_in(event, form.read, by=request.user, at=clock.now())),
        Page(_("Paste rows of a spreadsheet"), above=(_("Wishes for meetings"), address)),
        done=_("The wishes are kept."),
    )


def _taken(_changed: int) -> None:
    """A sheet has no page of its own: its list is where it leads."""


def participant_of(request: Request, pk: int) -> Participant:
    """Return a participant whose event the reader may change."""
    events = timetables.events_seen(request.user).values("pk")
    rows = Participant.objects.filter(event__in=events, voided_at=None)
    row = get_object_or_404(rows.select_related("event__unit", "organisation"), pk=pk)
    check_may(request.user, CHANGE, row.event.unit)
    return row


@may(CHANGE)
def participant_wishes(request: Request, pk: int) -> HttpResponse:
    row = participant_of(request, pk)
    return sheet(
        request,
        row,
        "trade/wishes/sheet.html",
        to=reverse("wishes", args=[row.event_id]),
        context={
            "sequences": list(queries.sequences(row)),
            "why_not": why_not(rules.check_open, row, own=False),
        },
    )


def sheet(
    request: Any,
    row: Participant,
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    own: bool = False,
) -> HttpResponse:
    """Show or post a participant's sheet of wishes, for whoever may say them."""
    asked = request.GET.get("q", "")
    found = queries.candidates(row, asked, own=own)
    form = forms.WishesForm(typed(request), candidates=found, own=own)
    return posting.run(
        request,
        form,
        template,
        lambda _values: actions.keep(row, form.wanted(), own=own, by=request.user, at=clock.now()),
        context={"row": row, "of": row.event, "asked": asked, "most": queries.MOST, **context},
        to=to,
        done=_("The wishes are kept."),
    )


@may(CHANGE)
def sequence_new(request: Request, pk: int) -> HttpResponse:
    row = participant_of(request, pk)
    form = forms.OrderForm(typed(request), participant=row)
    address = reverse("participant-wishes", args=[row.pk])
    return posting.run(
        request,
        form,
        "web/small_form.html",
        lambda _values: actions.order(row, *form.both(), by=request.user, at=clock.now()),
        context={"page": Page(_("Order of two meetings"), above=(row, address)), "row": None},
        to=address,
    )


@may(CHANGE)
def sequence_remove(request: Request, pk: int) -> HttpResponse:
    rows = Sequence.objects.select_related("first__organisation", "then__organisation")
    found = get_object_or_404(rows, pk=pk)
    row = participant_of(request, found.of_id)
    found.of = row
    return small.run(
        request,
        Form(typed(request)),
        lambda _values: actions.unorder(found, by=request.user, at=clock.now()),
        Page(
            _("Take the order back"),
            above=(row, reverse("participant-wishes", args=[row.pk])),
            explained=f"{found.first} < {found.then}",
            save=_("Take the order back"),
        ),
    )
