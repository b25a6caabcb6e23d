"""Events, places, participants, interpreters in the API."""

from datetime import date, datetime, time
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import home_unit
from gyoryu.accounts.rules import check_may
from gyoryu.programmes.forms.reviews import ReasonForm
from gyoryu.trade.actions import events as actions
from gyoryu.trade.actions import legs as places
from gyoryu.trade.forms import events as forms
from gyoryu.trade.forms import legs as place_forms
from gyoryu.trade.models import Event, HalfDay, Interpreter, Leg
from gyoryu.trade.queries import events as queries
from gyoryu.web.calls import Call, Desk, Named, Shape
from gyoryu.web.forms import Form

VIEW, CHANGE = "trade.view", "trade.change"
desk = Desk(_("Events"))
DESKS: list[Desk] = [desk]


class EventRow(Shape):
    """An event; ``exhibitors`` and ``buyers`` count who registered or was confirmed."""

    id: int
    name: str
    number: str
    kind: Event.Kind
    state: Event.State
    state_since: date
    state_reason: str
    title_ko: str
    title_en: str
    starts_on: date
    ends_on: date
    register_until: datetime | None
    unit: Named
    programme: Named | None
    host: str
    cost: int | None
    meeting_slots: int | None
    catalogue_since: datetime | None
    results_since: datetime | None
    exhibitors: int
    buyers: int

    @staticmethod
    def resolve_name(row: Event) -> str:
        """Return the title in the language asked for."""
        return str(row)

    @staticmethod
    def resolve_exhibitors(row: Any) -> int:
        """Return how many exhibitors are counted on."""
        return int(row.n_exhibitors)

    @staticmethod
    def resolve_buyers(row: Any) -> int:
        """Return how many buyers are counted on."""
        return int(row.n_buyers)


class HalfDayShape(Shape):
    """Slots that follow each other at one place; ``begins`` by the clock of the place."""

    id: int
    day: date
    part: HalfDay.Part
    begins: time
    minutes: int
    slots: int


class InterpreterShape(Shape):
    """Somebody who interprets at a place, with the languages' codes (ISO 639-1)."""

    id: int
    name: str
    languages: list[str]


class PlaceShape(Shape):
    """A place of an event. ``timezone`` is an IANA name."""

    id: int
    name: str
    name_ko: str
    name_en: str
    region: Named | None
    venue: str
    hall: str
    starts_on: date
    ends_on: date
    timezone: str
    tables: int
    half_days: list[HalfDayShape]
    interpreters: list[InterpreterShape]

    @staticmethod
    def resolve_name(row: Leg) -> str:
        """Return the place's name in the language asked for."""
        return str(row)

    @staticmethod
    def resolve_half_days(row: Leg) -> Any:
        """Return the half-days of the place."""
        return list(row.half_days.all())

    @staticmethod
    def resolve_interpreters(row: Leg) -> Any:
        """Return who interprets there."""
        return list(row.interpreters.all())


class EventPage(EventRow):
    """An event with its places, its call, and the edition it follows."""

    call: Named | None
    follows: Named | None
    about_ko: str
    about_en: str
    places: list[PlaceShape]

    @staticmethod
    def resolve_places(row: Event) -> Any:
        """Return the places in their order."""
        return queries.places(row)


def _page(call: Call) -> Any:
    return get_object_or_404(queries.dressed(queries.in_full(call.user)), pk=call.pk)


def _own(call: Call) -> Event:
    row = get_object_or_404(queries.in_full(call.user), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _within(call: Call, pk: int) -> Event:
    row = get_object_or_404(queries.seen_by(call.user), pk=pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _leg(call: Call) -> Leg:
    leg = get_object_or_404(Leg.objects.select_related("region"), pk=call.pk)
    leg.event = _within(call, leg.event_id)
    return leg


def _half_day(call: Call) -> HalfDay:
    row = get_object_or_404(HalfDay.objects.select_related("leg"), pk=call.pk)
    row.leg.event = _within(call, row.leg.event_id)
    return row


def _interpreter(call: Call) -> Interpreter:
    row = get_object_or_404(Interpreter.objects.select_related("leg"), pk=call.pk)
    row.leg.event = _within(call, row.leg.event_id)
    return row


def _event_form(call: Call) -> forms.EventForm:
    first = forms.edited(call.row) if call.row else None
    return forms.EventForm(user=call.user, row=call.row, initial=first)


def _edited(form: Any, begin: Any) -> Any:
    return lambda call: form(initial=begin(call.row) if call.row else None)


def _catalogue(opened: bool) -> Any:
    def show(call: Call, _form: Any) -> Event:
        return actions.show_catalogue(call.row, opened=opened, **call.who)

    return show


def _lay_out(call: Call, form: Any) -> Leg:
    days = form.cleaned_data["first"], form.cleaned_data["last"]
    places.lay_out(call.row, *days, form.sessions(), **call.who)
    leg: Leg = call.row
    return leg


desk.lists("events", _("Events"), EventRow, forms.event_listing, may=VIEW)
desk.writes(
    "events", _("Plan an event"), _event_form,
    lambda call, form: actions.add(home_unit(call.user, CHANGE), form.cleaned_data, **call.who),
    may=CHANGE, creates="events",
)  # fmt: skip
desk.shows("events/{pk}", _("Event"), EventPage, _page, may=VIEW)
desk.writes(
    "events/{pk}", _("Change the event"), _event_form,
    lambda call, form: actions.change(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_own, method="PATCH",
)  # fmt: skip
desk.writes(
    "events/{pk}/step", _("Next step of the event"),
    lambda call: forms.StepForm(row=call.row),
    lambda call, form: actions.move(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "events/{pk}/copy", _("Plan the next edition"),
    lambda call: forms.CopyForm(initial=forms.next_edition(call.row) if call.row else None),
    lambda call, form: actions.copy(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_own, creates="events",
)  # fmt: skip
for opened, path, words in (
    (True, "open-catalogue", _("Open the catalogue")),
    (False, "close-catalogue", _("Close the catalogue")),
):
    desk.writes(
        f"events/{{pk}}/{path}", words, Form,
        _catalogue(opened),
        may=CHANGE, find=_own,
    )  # fmt: skip
desk.writes(
    "events/{pk}/confirm-results", _("Confirm the results"), Form,
    lambda call, _form: actions.confirm_results(call.row, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "events/{pk}/open-results", _("Open the results again"), ReasonForm,
    lambda call, form: actions.confirm_results(
        call.row, **form.cleaned_data, confirmed=False, **call.who
    ),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "events/{pk}/void", _("Entered by mistake"), ReasonForm,
    lambda call, form: actions.void(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "events/{pk}/places", _("Add a place"), place_forms.LegForm,
    lambda call, form: places.add_leg(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "event-places/{pk}", _("Change the place"),
    _edited(place_forms.LegForm, place_forms.edited_leg),
    lambda call, form: places.change_leg(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_leg, method="PATCH",
)  # fmt: skip
desk.writes(
    "event-places/{pk}/remove", _("Take the place away"), Form,
    lambda call, _form: places.remove_leg(call.row, **call.who),
    may=CHANGE, find=_leg,
)  # fmt: skip
desk.writes(
    "event-places/{pk}/half-days", _("Make half-days"), place_forms.LayOutForm, _lay_out,
    may=CHANGE, find=_leg,
)  # fmt: skip
desk.writes(
    "half-days/{pk}", _("Change the half-day"),
    _edited(place_forms.HalfDayForm, place_forms.edited_half_day),
    lambda call, form: places.change_half_day(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_half_day, method="PATCH",
)  # fmt: skip
desk.writes(
    "half-days/{pk}/remove", _("Take the half-day away"), Form,
    lambda call, _form: places.remove_half_day(call.row, **call.who),
    may=CHANGE, find=_half_day,
)  # fmt: skip
desk.writes(
    "event-places/{pk}/interpreters", _("Add an interpreter"), place_forms.InterpreterForm,
    lambda call, form: places.add_interpreter(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_leg,
)  # fmt: skip
desk.writes(
    "interpreters/{pk}", _("Change the interpreter"),
    _edited(place_forms.InterpreterForm, place_forms.edited_interpreter),
    lambda call, form: places.change_interpreter(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_interpreter, method="PATCH",
)  # fmt: skip
desk.writes(
    "interpreters/{pk}/remove", _("Take the interpreter away"), Form,
    lambda call, _form: places.remove_interpreter(call.row, **call.who),
    may=CHANGE, find=_interpreter,
)  # fmt: skip
