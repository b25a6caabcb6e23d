"""An exhibitor's own pages: its events, what it shows there, when its people are away."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.trade import harmonised
from gyoryu.trade.actions import exhibits, participants
from gyoryu.trade.forms import availability
from gyoryu.trade.forms import exhibits as forms
from gyoryu.trade.forms.participants import ContactForm, edited
from gyoryu.trade.models import Exhibit, Participant
from gyoryu.trade.queries import events
from gyoryu.trade.queries import my_events as queries
from gyoryu.trade.queries import participants as rows
from gyoryu.trade.rules import languages
from gyoryu.trade.rules import participants as rules
from gyoryu.trade.views.participants import standing
from gyoryu.web import clock, small
from gyoryu.web.access import Request, signed_in
from gyoryu.web.forms import Form
from gyoryu.web.posting import typed
from gyoryu.web.records import why_not
from gyoryu.web.small import Page


@signed_in
def my_events(request: Request) -> HttpResponse:
    found = list(queries.own(request.user)[:200])
    for row in found:
        row.standing = standing(row)  # type: ignore[attr-defined]
    return render(request, "trade/my/events.html", {"rows": found})


def _found(request: Request, pk: int) -> Participant:
    return get_object_or_404(queries.own(request.user), pk=pk)


@signed_in
def my_event(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    away = events.away(row.absences.all())
    half_days = list(events.half_days(row.event))
    slots = sum(one.slots for one in half_days)
    gone = sum(_gone(one.slots, away.get(one.pk, set())) for one in half_days)
    context = {
        "row": row,
        "of": row.event,
        "standing": standing(row),
        "places": events.places(row.event),
        "exhibits": list(rows.exhibits(row)),
        "languages": languages.told(row.languages),
        "codes": list(map(harmonised.written, row.hs_codes)),
        "slots": slots,
        "there": slots - gone,
        "ways": events.my_ways(row),
        "why_closed": why_not(rules.check_may_act, row, request.user),
    }
    return render(request, "trade/my/event.html", context)


def _gone(slots: int, away: set[int]) -> int:
    return slots if 0 in away else len(away)


def _page(heading: Any, row: Participant, **more: Any) -> Page:
    above = (str(row.event), reverse("my-event", args=[row.pk]))
    return Page(heading, above=above, **more)


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now()}


@signed_in
def my_contact(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return small.run(
        request,
        ContactForm(typed(request), initial=edited(row, ContactForm)),
        lambda values: participants.change(row, values, **_who(request)),
        _page(_("Contact and interests"), row),
        template="trade/my/groups.html",
    )


@signed_in
def my_times(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    form = availability.availability_of(row, typed(request))
    return small.run(
        request,
        form,
        lambda _values: participants.set_absences(row, form.absences(), **_who(request)),
        _page(_("When we can be met"), row, explained=availability.ABOUT),
        template="trade/my/times_form.html",
    )


@signed_in
def my_product_new(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return small.run(
        request,
        forms.NewExhibitForm(typed(request), row=row),
        lambda values: exhibits.add(row, values, **_who(request)),
        _page(_("Show a product"), row),
        template="trade/my/groups.html",
        done=_("The product is shown."),
    )


def _exhibit(request: Request, pk: int) -> Exhibit:
    return get_object_or_404(queries.own_exhibits(request.user), pk=pk)


@signed_in
def my_product_edit(request: Request, pk: int) -> HttpResponse:
    one = _exhibit(request, pk)
    return small.run(
        request,
        forms.ExhibitForm(typed(request), initial=forms.edited(one)),
        lambda values: exhibits.change(one, values, **_who(request)),
        _page(_("Change: %(what)s") % {"what": one.product}, one.participant),
        template="trade/my/groups.html",
    )


@signed_in
def my_product_remove(request: Request, pk: int) -> HttpResponse:
    one = _exhibit(request, pk)
    return small.run(
        request,
        Form(typed(request)),
        lambda _values: exhibits.remove(one, **_who(request)),
        _page(
            _("Take away: %(what)s") % {"what": one.product},
            one.participant,
            explained=_("It stays a product of the company."),
            save=_("Take away"),
        ),
        template="trade/my/groups.html",
    )
