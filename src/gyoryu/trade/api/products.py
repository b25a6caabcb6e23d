"""Participants of events and the products they show in the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.parties.actions import organisations
from gyoryu.programmes.forms.reviews import ReasonForm
from gyoryu.trade.actions import exhibits, invitations
from gyoryu.trade.actions import participants as actions
from gyoryu.trade.forms import exhibits as exhibit_forms
from gyoryu.trade.forms import participants as forms
from gyoryu.trade.forms.availability import AvailabilityForm, availability_of
from gyoryu.trade.models import Event, Exhibit, Participant
from gyoryu.trade.queries import events
from gyoryu.trade.queries import participants as queries
from gyoryu.web.calls import Call, Desk, Named, Shape
from gyoryu.web.forms import Form, MultipleChoiceField

VIEW, CHANGE = "trade.view", "trade.change"
Side = Participant.Side
desk = Desk(_("Participants of events"))
DESKS: list[Desk] = [desk]


class ParticipantRow(Shape):
    """An exhibitor or a buyer. ``hs_codes`` are digits of the Harmonised System."""

    id: int
    name: str
    side: Participant.Side
    state: Participant.State
    state_since: date
    state_reason: str
    organisation: Named
    region: Named | None
    booth: str
    languages: list[str]
    interests: str
    hs_codes: list[str]
    most: int | None
    most_a_day: int | None
    meeting_slots: int | None
    in_catalogue: bool
    products: int

    @staticmethod
    def resolve_name(row: Participant) -> str:
        """Return the organisation's name in the language asked for."""
        return str(row)

    @staticmethod
    def resolve_region(row: Participant) -> Any:
        """Return where the organisation is."""
        return row.organisation.region

    @staticmethod
    def resolve_products(row: Any) -> int:
        """Return how many products it shows."""
        return int(row.n_exhibits)


class ExhibitShape(Shape):
    """A product that is shown."""

    id: int
    product: Named
    hs: str
    about_ko: str
    about_en: str
    price: Decimal | None
    currency: str

    @staticmethod
    def resolve_hs(row: Exhibit) -> str:
        """Return the product's code."""
        return row.product.hs


class AbsenceShape(Shape):
    """When it is away: a slot of a half-day from 1, or 0 for all of it."""

    half_day: int
    slot: int

    @staticmethod
    def resolve_half_day(row: Any) -> int:
        """Return the number of the half-day."""
        return int(row.half_day_id)


class ParticipantPage(ParticipantRow):
    """A participant with what it shows and when it is away."""

    event: Named
    exhibits: list[ExhibitShape]
    absences: list[AbsenceShape]

    @staticmethod
    def resolve_exhibits(row: Participant) -> Any:
        """Return the products shown."""
        return list(queries.exhibits(row))

    @staticmethod
    def resolve_absences(row: Participant) -> Any:
        """Return when it is away."""
        return list(row.absences.all())


class ContactShape(Shape):
    """Whom to reach, and how its invitation went; only for those who write to it."""

    contact_name: str
    contact_email: str
    language: str
    invited_at: datetime | None
    answered_at: datetime | None
    consented_at: datetime | None


def _event(call: Call) -> Event:
    return get_object_or_404(events.in_full(call.user), pk=call.pk)


def _own_event(call: Call) -> Event:
    row = _event(call)
    check_may(call.user, CHANGE, row.unit)
    return row


def _page(call: Call) -> Any:
    return get_object_or_404(queries.dressed(queries.seen_by(call.user)), pk=call.pk)


def _own(call: Call) -> Participant:
    row = get_object_or_404(queries.seen_by(call.user), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _exhibit(call: Call) -> Exhibit:
    one = get_object_or_404(Exhibit.objects.select_related("product"), pk=call.pk)
    row = get_object_or_404(queries.seen_by(call.user), pk=one.participant_id)
    check_may(call.user, CHANGE, row.unit)
    one.participant = row
    return one


def _new_form(side: str) -> Any:
    return lambda _call: forms.NewParticipantForm(side=side)


def _add(side: str) -> Any:
    def add(call: Call, form: Any) -> Participant:
        known = form.cleaned_data["organisation"] or organisations.add_organisation(
            call.row.unit, form.new, **call.who
        )
        return actions.add(call.row, side, known, form.values(), **call.who)

    return add


def _take_over(call: Call, _form: Any) -> Event:
    actions.take_over(call.row, **call.who)
    row: Event = call.row
    return row


def _invite_all(call: Call, _form: Any) -> Event:
    invitations.invite_all(call.row, **call.who)
    row: Event = call.row
    return row


def _participant_form(call: Call) -> forms.ParticipantForm:
    row = call.row
    if row is None:
        return forms.ParticipantForm(side="")
    return forms.ParticipantForm(side=row.side, initial=forms.edited(row))


def _times(call: Call) -> AvailabilityForm:
    return availability_of(call.row) if call.row else AvailabilityForm()


def _exhibit_form(call: Call) -> exhibit_forms.ExhibitForm:
    first = exhibit_forms.edited(call.row) if call.row else None
    return exhibit_forms.ExhibitForm(initial=first)


desk.lists(
    "events/{pk}/participants", _("Participants"), ParticipantRow, forms.participant_listing,
    may=VIEW, find=_event,
)  # fmt: skip
for side, path, words in (
    (Side.EXHIBITOR.value, "exhibitors", _("Add an exhibitor")),
    (Side.BUYER.value, "buyers", _("Add a buyer")),
):
    desk.writes(
        f"events/{{pk}}/{path}", words,
        _new_form(side), _add(side),
        may=CHANGE, find=_own_event, creates="event-participants",
    )  # fmt: skip
desk.writes(
    "events/{pk}/take-over", _("Take over exhibitors"), Form, _take_over,
    may=CHANGE, find=_own_event,
)  # fmt: skip
desk.writes(
    "events/{pk}/invite", _("Invite buyers"), Form, _invite_all, may=CHANGE, find=_own_event
)
desk.shows("event-participants/{pk}", _("Participant"), ParticipantPage, _page, may=VIEW)
desk.shows("event-participants/{pk}/contact", _("Contact"), ContactShape, _own, may=CHANGE)
desk.writes(
    "event-participants/{pk}", _("Change the participant"), _participant_form,
    lambda call, form: actions.change(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_own, method="PATCH",
)  # fmt: skip
desk.writes(
    "event-participants/{pk}/step", _("Next step of the participant"),
    lambda call: forms.StepForm(row=call.row),
    lambda call, form: actions.move(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "event-participants/{pk}/void", _("Entered by mistake"), ReasonForm,
    lambda call, form: actions.void(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "event-participants/{pk}/times", _("When it can be met"), _times,
    lambda call, form: actions.set_absences(call.row, form.absences(), **call.who),
    may=CHANGE, find=_own,
    fields={"^half_[0-9]+$": MultipleChoiceField(
        label=_("Slots of the half-day at which it is there"), required=False
    )},
)  # fmt: skip
desk.writes(
    "event-participants/{pk}/invite", _("Invite"), Form,
    lambda call, _form: invitations.invite(call.row, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "event-participants/{pk}/products", _("Show a product"),
    lambda call: exhibit_forms.NewExhibitForm(row=call.row),
    lambda call, form: exhibits.add(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "exhibits/{pk}", _("Change the product shown"), _exhibit_form,
    lambda call, form: exhibits.change(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_exhibit, method="PATCH",
)  # fmt: skip
desk.writes(
    "exhibits/{pk}/remove", _("Take the product away"), Form,
    lambda call, _form: exhibits.remove(call.row, **call.who),
    may=CHANGE, find=_exhibit,
)  # fmt: skip
