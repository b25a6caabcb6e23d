"""Consultations and what was published of them in the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.trade.actions import consultations as actions
from gyoryu.trade.actions import published as told
from gyoryu.trade.forms import consultations as lists
from gyoryu.trade.forms import published as telling
from gyoryu.trade.forms import talks as forms
from gyoryu.trade.models import Consultation, Event, Participant, Published
from gyoryu.trade.queries import consultations as queries
from gyoryu.trade.queries import published as beside
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, SEE, CHANGE = "trade.view", "trade.dealings", "trade.change"
desk = Desk(_("Consultations"))
DESKS: list[Desk] = [desk]


class ConsultationRow(Shape):
    """A talk of an exhibitor with a buyer; ``amount`` is null where none was spoken of."""

    id: int
    name: str
    event: Named
    leg: Named
    exhibitor: Named
    buyer: Named
    country: Named | None
    at: datetime
    about: str
    hs_code: str
    amount: Decimal | None
    currency: str
    interest: str
    next_steps: list[str]
    next_due: date | None
    next_done_on: date | None

    @staticmethod
    def resolve_name(row: Consultation) -> str:
        """Name it by its two sides."""
        return str(row)


class ConsultationPage(ConsultationRow):
    """A talk with who noted it, and why it was taken back."""

    note: str
    logged_at: datetime
    voided_at: datetime | None
    voided_reason: str
    unit: Named


class PublishedRow(Shape):
    """Figures of an event's results as a release told them; they count in no report."""

    id: int
    event: Named
    leg: Named | None
    edition: int
    on: date
    companies: int | None
    buyers: int | None
    consultations: int | None
    consulted: Decimal | None
    deals: int | None
    pursued: Decimal | None
    currency: str
    source_note: str


class FigureShape(Shape):
    """One figure as it was told and as the register has it; null where nothing was said."""

    name: str
    told: Decimal | None
    held: Decimal | None
    currency: str


class ToldShape(Shape):
    """One telling beside the register."""

    id: int
    on: date
    edition: int
    figures: list[FigureShape]


class ShortShape(Shape):
    """A company or a place with fewer consultations than meetings that took place."""

    of: Named
    meetings: int
    consultations: int


class BesideShape(Shape):
    """What was published of an event beside the register, and what is not written down.

    Companies are named to who may see single consultations.
    """

    event: Named
    told: list[ToldShape]
    exhibitors_without: int
    meetings_without: int
    silent: list[Named]
    companies: list[ShortShape]
    places: list[ShortShape]


def _found(call: Call) -> Consultation:
    return get_object_or_404(queries.page(call.user), pk=call.pk)


def _own(call: Call) -> Consultation:
    row = _found(call)
    check_may(call.user, CHANGE, row.unit)
    return row


def _exhibitor(call: Call) -> Participant:
    rows = Participant.objects.filter(voided_at=None, side=Participant.Side.EXHIBITOR)
    seen = visible(rows, call.user, SEE)
    row = get_object_or_404(seen.select_related("event__unit", "organisation"), pk=call.pk)
    check_may(call.user, CHANGE, row.event.unit)
    return row


def _event(call: Call) -> Event:
    rows = visible(Event.objects.filter(voided_at=None), call.user, VIEW)
    return get_object_or_404(rows.select_related("unit", "follows"), pk=call.pk)


def _own_event(call: Call) -> Event:
    row = _event(call)
    check_may(call.user, CHANGE, row.unit)
    return row


def _published(call: Call) -> Published:
    row = get_object_or_404(beside.seen_by(call.user), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _form(call: Call) -> forms.DeskForm:
    row = call.row
    if isinstance(row, Consultation):
        offered = forms.Offered(row.exhibitor)
        initial = forms.edited(row, offered)
        return forms.DeskForm(offered=offered, at=call.now, row=row, initial=initial)
    return forms.DeskForm(offered=forms.Offered(row), at=call.now)


def _beside(call: Call) -> Any:
    event = _event(call)
    found = beside.beside(event, named=call.user.access.may(SEE, event.unit.path))
    lack = found.missing
    return {
        "event": event,
        "told": [
            {
                "id": one.row.pk,
                "on": one.row.on,
                "edition": one.row.edition,
                "figures": [
                    {
                        "name": figure.name,
                        "told": figure.told,
                        "held": figure.held,
                        "currency": figure.currency,
                    }
                    for figure in one.figures
                ],
            }
            for one in found.told
        ],
        "exhibitors_without": lack.n_silent,
        "meetings_without": lack.n_unwritten,
        "silent": lack.silent,
        "companies": lack.companies,
        "places": lack.places,
    }


desk.lists(
    "consultations", _("Consultations"), ConsultationRow, lists.consultation_listing, may=SEE
)
desk.writes(
    "exhibitors/{pk}/consultations", _("New consultation"), _form,
    lambda call, form: actions.log(call.row, form.values(), **call.who),
    may=CHANGE, find=_exhibitor, creates="consultations",
)  # fmt: skip
desk.shows("consultations/{pk}", _("Consultation"), ConsultationPage, _found, may=SEE)
desk.writes(
    "consultations/{pk}", _("Correct the consultation"), _form,
    lambda call, form: actions.change(call.row, form.values(), **call.who),
    may=CHANGE, find=_own, method="PATCH",
)  # fmt: skip
desk.writes(
    "consultations/{pk}/void", _("Take the consultation back"), lists.ReasonForm,
    lambda call, form: actions.void(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "consultations/{pk}/done", _("Next step done"), forms.DoneForm,
    lambda call, form: actions.note_done(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.lists("published", _("Published figures"), PublishedRow, telling.published_listing, may=VIEW)
desk.shows(
    "events/{pk}/published", _("Published beside the register"), BesideShape, _beside, may=VIEW
)
desk.writes(
    "events/{pk}/published", _("Note published figures"),
    lambda call: telling.PublishedForm(event=call.row),
    lambda call, form: told.note(call.row, form.values(), **call.who),
    may=CHANGE, find=_own_event,
)  # fmt: skip
desk.writes(
    "published/{pk}/void", _("Take these figures back"), lists.ReasonForm,
    lambda call, form: told.void(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_published,
)  # fmt: skip
