"""The small pages of an event's places, half-days and interpreters."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gyoryu.accounts.rules import check_may
from gyoryu.trade.actions import legs as actions
from gyoryu.trade.forms import legs as forms
from gyoryu.trade.models import Event, HalfDay, Interpreter, Leg
from gyoryu.trade.queries import events as queries
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.small import Page

CHANGE = "trade.change"
GROUPED = "trade/events/small_groups.html"


def _event(request: Request, pk: int) -> Event:
    row = get_object_or_404(queries.seen_by(request.user), pk=pk)
    check_may(request.user, CHANGE, row.unit)
    return row


def _leg(request: Request, pk: int) -> Leg:
    leg = get_object_or_404(Leg.objects.select_related("region"), pk=pk)
    leg.event = _event(request, leg.event_id)
    return leg


def _half_day(request: Request, pk: int) -> HalfDay:
    row = get_object_or_404(HalfDay, pk=pk)
    row.leg = _leg(request, row.leg_id)
    return row


def _interpreter(request: Request, pk: int) -> Interpreter:
    row = get_object_or_404(Interpreter, pk=pk)
    row.leg = _leg(request, row.leg_id)
    return row


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now()}


@may(CHANGE)
def leg_new(request: Request, pk: int) -> HttpResponse:
    row = _event(request, pk)
    first = {"starts_on": row.starts_on, "ends_on": row.ends_on}
    return small.run(
        request,
        forms.LegForm(posting.typed(request), initial=first),
        lambda values: actions.add_leg(row, values, **_who(request)),
        Page(_("Add a place"), row, at="#places"),
        template=GROUPED,
    )


@may(CHANGE)
def leg_edit(request: Request, pk: int) -> HttpResponse:
    leg = _leg(request, pk)
    return small.run(
        request,
        forms.LegForm(posting.typed(request), initial=forms.edited_leg(leg)),
        lambda values: actions.change_leg(leg, values, **_who(request)),
        Page(_("Change: %(what)s") % {"what": leg}, leg.event, at=f"#leg-{leg.pk}"),
        template=GROUPED,
    )


@may(CHANGE)
def leg_remove(request: Request, pk: int) -> HttpResponse:
    leg = _leg(request, pk)
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.remove_leg(leg, **_who(request)),
        Page(
            _("Take away: %(what)s") % {"what": leg},
            leg.event,
            at="#places",
            explained=_("Its half-days and interpreters go with it."),
            save=_("Take away"),
        ),
    )


@may(CHANGE)
def lay_out(request: Request, pk: int) -> HttpResponse:
    leg = _leg(request, pk)
    form = forms.LayOutForm(posting.typed(request), initial=forms.begin_lay_out(leg))

    def act(values: dict[str, Any]) -> Leg:
        days = values["first"], values["last"]
        actions.lay_out(leg, *days, form.sessions(), **_who(request))
        return leg

    return small.run(
        request,
        form,
        act,
        Page(
            _("Make half-days: %(what)s") % {"what": leg},
            leg.event,
            at=f"#leg-{leg.pk}",
            explained=_(
                "Every day from the first to the last gets the same. Half-days that are there "
                "already stay as they are."
            ),
            save=_("Make half-days"),
        ),
        template=GROUPED,
        done=_("The half-days are laid out."),
    )


@may(CHANGE)
def half_day_edit(request: Request, pk: int) -> HttpResponse:
    row = _half_day(request, pk)
    return small.run(
        request,
        forms.HalfDayForm(posting.typed(request), initial=forms.edited_half_day(row)),
        lambda values: actions.change_half_day(row, values, **_who(request)),
        Page(_("Change: %(what)s") % {"what": row}, row.leg.event, at=f"#leg-{row.leg_id}"),
    )


@may(CHANGE)
def half_day_remove(request: Request, pk: int) -> HttpResponse:
    row = _half_day(request, pk)
    n = row.absences.count()
    lost = ngettext("%d note of absence goes with it.", "%d notes of absence go with it.", n) % n
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.remove_half_day(row, **_who(request)),
        Page(
            _("Take away: %(what)s") % {"what": row},
            row.leg.event,
            at=f"#leg-{row.leg_id}",
            explained=lost if n else "",
            save=_("Take away"),
        ),
    )


@may(CHANGE)
def interpreter_new(request: Request, pk: int) -> HttpResponse:
    leg = _leg(request, pk)
    return small.run(
        request,
        forms.InterpreterForm(posting.typed(request)),
        lambda values: actions.add_interpreter(leg, **values, **_who(request)),
        Page(_("Add an interpreter: %(what)s") % {"what": leg}, leg.event, at=f"#leg-{leg.pk}"),
    )


@may(CHANGE)
def interpreter_edit(request: Request, pk: int) -> HttpResponse:
    row = _interpreter(request, pk)
    return small.run(
        request,
        forms.InterpreterForm(posting.typed(request), initial=forms.edited_interpreter(row)),
        lambda values: actions.change_interpreter(row, **values, **_who(request)),
        Page(_("Change: %(what)s") % {"what": row}, row.leg.event, at=f"#leg-{row.leg_id}"),
    )


@may(CHANGE)
def interpreter_remove(request: Request, pk: int) -> HttpResponse:
    row = _interpreter(request, pk)
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.remove_interpreter(row, **_who(request)),
        Page(
            _("Take away: %(what)s") % {"what": row},
            row.leg.event,
            at=f"#leg-{row.leg_id}",
            explained=_("Meetings that counted on them stay, without an interpreter."),
            save=_("Take away"),
        ),
    )
