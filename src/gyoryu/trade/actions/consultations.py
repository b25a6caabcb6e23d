"""Consultations logged once, changed, taken back; next steps noted and told of."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.agreements.rules import given
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.evidence.rules import files
from gyoryu.history import actions as history
from gyoryu.history.inserting import insert_one
from gyoryu.parties.actions.organisations import add_organisation
from gyoryu.parties.models import Region
from gyoryu.trade.actions import tallies
from gyoryu.trade.models import Consultation, Event, Participant
from gyoryu.trade.queries import consultations as queries
from gyoryu.trade.rules import consultations as rules

# What a form gives of a consultation, besides who talked with whom.
OWN = (
    "leg", "meeting", "product", "about", "hs_code", "amount", "currency", "interest",
    "next_steps", "next_due", "note",
)  # fmt: skip
Values = dict[str, Any]


@dataclass(frozen=True)
class WalkIn:
    """A buyer nobody expected, as somebody typed them at the booth."""

    name: str
    country: Region | None


@transaction.atomic
def log(
    exhibitor: Participant,
    values: Values,
    *,
    key: UUID | None = None,
    sent: str = "",
    by: User | None,
    at: datetime,
) -> Consultation:
    """Log a talk of an exhibitor with a buyer; the same key again gives the row that stands.

    ``values`` are ``buyer`` (a participant, or a ``WalkIn``), ``at`` (when they talked), ``card``
    (a photo) and the fields of ``OWN``. ``sent`` is the digest of what came with the key: another
    one with the same key is refused with ``SentBefore``.
    """
    rules.check_may_log(exhibitor, by)
    rules.check_exhibitor(exhibitor)
    event = _locked(exhibitor.event)
    if key and (there := queries.by_key(key)):
        rules.check_same(there, sent, by)
        return there
    rules.check_event(event)
    values = {**values, "buyer": _buyer(event, values["buyer"], by=by, at=at)}
    row = _filled(Consultation(unit=event.unit, event=event), exhibitor, values, at)
    row.key, row.sent = key or uuid4(), sent
    row.logged_by, row.logged_at = by, at
    if not insert_one(row, unless_there=True):
        # The key is that of another event, whose lock is not ours.
        raise rules.SentBefore(_("This was sent before for another event."))
    tallies.moved([], tallies.of_consultation(row))
    history.record("consultation.logged", row, by=by, at=at)
    if card := values.get("card"):
        hold_card(row, card, by=by, at=at)
    return row


def _locked(event: Event) -> Event:
    """Wait for who else logs at this event: of two sendings of one key one finds the other."""
    rows = Event.objects.select_for_update(of=("self",), no_key=True).select_related("unit")
    return rows.get(pk=event.pk)


def _filled(
    row: Consultation, exhibitor: Participant, values: Values, at: datetime
) -> Consultation:
    """Set a row's fields from what was typed, and check them by the rules."""
    rules.check_sides(exhibitor, values)
    rules.check_content(exhibitor, values)
    row.exhibitor, row.buyer, row.at = exhibitor, values["buyer"], values["at"]
    for name in OWN:
        if name in values:
            setattr(row, name, values[name])
    product = values.get("product")
    if product is not None:
        row.about, row.hs_code = row.about or str(product), row.hs_code or product.hs
    row.country = queries.country_of(row.buyer.organisation)
    rules.check_when(row.leg, row.at, at)
    rules.check_due(row)
    given.check_texts(row)
    return row


def _buyer(
    event: Event, told: Participant | WalkIn, *, by: User | None, at: datetime
) -> Participant:
    """Return the participant who is meant; who was not expected is entered as a buyer.

    They are looked for first: among the event's buyers, then in the register.
    """
    if isinstance(told, Participant):
        return told
    rules.check_walk_in(told.name, told.country)
    assert told.country is not None
    if there := queries.walked_in(event, told.name, told.country):
        return there
    known = queries.known_buyer(told.name, told.country)
    if known is None:
        name = "name_en" if told.name.isascii() else "name_ko"
        # Somebody of a company may not write the register; that a buyer came, they may say.
        fields = {name: told.name, "kind": "company", "region": told.country}
        note = _("Walked in at %(event)s") % {"event": event}
        known = add_organisation(event.unit, {**fields, "source_note": note[:300]}, by=None, at=at)
    made = Participant.objects.create(
        unit=event.unit,
        event=event,
        side=Participant.Side.BUYER,
        organisation=known,
        state=Participant.State.REGISTERED,
        state_since=given.day_of(at),
        state_reason=_("Came without being expected"),
    )
    history.record("participant.walked_in", made, by=by, at=at)
    return made


@transaction.atomic
def hold_card(
    row: Consultation, file: "UploadedFile[Any]", *, by: User | None, at: datetime
) -> Document:
    """Hold the photo of a business card; only who may see single consultations sees it."""
    rules.check_may_log(row.exhibitor, by)
    rules.check_card(files.check_file(file).content_type)
    return evidence.hold(
        row,
        kind=Document.Kind.PHOTO,
        title=_("Business card"),
        file=file,
        dated=rules.day_at(row.leg, row.at),
        unit=row.unit,
        handed_in=True,
        by=by,
        at=at,
    )


@transaction.atomic
def change(row: Consultation, values: Values, *, by: User | None, at: datetime) -> Consultation:
    """Correct what was logged; an officer does so at the desk."""
    row = Consultation.objects.select_related(*queries.BESIDE).get(pk=row.pk)
    rules.check_change(row, by)
    return _changed(row, values, by, at)


@transaction.atomic
def correct(row: Consultation, values: Values, *, by: User | None, at: datetime) -> Consultation:
    """Correct what a company's people sent from the booth: the same row, until results stand."""
    _locked(row.event)
    row = Consultation.objects.select_related(*queries.BESIDE).get(pk=row.pk)
    rules.check_may_correct(row, by)
    return _changed(row, values, by, at)


def _changed(row: Consultation, values: Values, by: User | None, at: datetime) -> Consultation:
    before, was = tallies.of_consultation(row), {name: getattr(row, name) for name in _CHANGED}
    values = {**values, "buyer": _buyer(row.event, values["buyer"], by=by, at=at)}
    _filled(row, row.exhibitor, values, at)
    changes = {
        name: [old, getattr(row, name)] for name, old in was.items() if old != getattr(row, name)
    }
    if "next_due" in changes:
        row.reminded = 0
    if card := values.get("card"):
        hold_card(row, card, by=by, at=at)
    if changes:
        row.save(update_fields=[*changes, "reminded"])
        tallies.moved(before, tallies.of_consultation(row))
        history.record("consultation.changed", row, by=by, at=at, changes=changes)
    return row


_CHANGED = (*OWN, "buyer", "country", "at")


@transaction.atomic
def void(row: Consultation, *, reason: str, by: User | None, at: datetime) -> Consultation:
    """Take a consultation back that did not happen or was logged twice; it stays, with why."""
    rules.check_may_change(row, by)
    row = Consultation.objects.select_related(*queries.BESIDE).get(pk=row.pk)
    rules.check_void(row, reason, deals=row.deals.filter(voided_at=None)[:3])
    before = tallies.of_consultation(row)
    row.voided_at, row.voided_reason = at, reason
    row.save(update_fields=["voided_at", "voided_reason"])
    tallies.moved(before, [])
    history.record("consultation.voided", row, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def note_done(row: Consultation, *, on: date, by: User | None, at: datetime) -> Consultation:
    """Note that what was to follow has been done, by the company's people or an officer."""
    rules.check_may_log(row.exhibitor, by)
    rules.check_step_done(row, on, given.day_of(at))
    row.next_done_on = on
    row.save(update_fields=["next_done_on"])
    done = {"next_done_on": [None, on]}
    history.record("consultation.step_done", row, by=by, at=at, changes=done)
    return row
