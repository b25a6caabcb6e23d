"""What is done to agreements: drafted, signed, moved through their life, shared, voided."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import duties
from gyoryu.agreements.models import (
    Agreement,
    Area,
    Commitment,
    Duty,
    Party,
    Signatory,
    Status,
    StatusChange,
)
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import agreements as queries
from gyoryu.agreements.queries import duties as known
from gyoryu.agreements.rules import agreements as rules
from gyoryu.agreements.rules import duties as duty_rules
from gyoryu.agreements.rules.values import fields_of, their_region
from gyoryu.base import periods
from gyoryu.base.periods import Period
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.parties.models import Organisation, Person, Position, Region


@transaction.atomic
def draft(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Agreement:
    """Begin an agreement, with the duties that come before a signing.

    ``values`` are its fields and ``signed``, ``areas``, ``parties``, ``shared_with``.
    """
    check_may(by, "agreements.change", unit)
    today = rules.day_of(at)
    rules.check_values(values, today=today)
    parties = list(values.get("parties") or [])
    rules.check_parties(parties)
    made = Agreement(unit=unit, status=Status.DRAFT, status_since=today, **fields_of(values))
    made.partner_region_id = made.partner_region_id or their_region(parties)
    year = made.signed_first.year if made.signed_first else today.year
    made.number = next_number(unit, "AG", year, by=by)
    rows = _first_duties(made, today)
    made.save()
    Duty.objects.bulk_create(rows)
    _tie(made, values.get("areas") or [], parties)
    _show_to(made, values.get("shared_with") or [])
    planned = [
        Done("duty.planned", made, None, {r.template.name_ko: [None, r.due_on]}) for r in rows
    ]
    history.record_many([Done("agreement.drafted", made), *planned], by=by, at=at)
    return made


def _first_duties(made: Agreement, today: date) -> list[Duty]:
    templates = known.templates_for(known.branch(made.unit.path))
    rows = duty_rules.rows(made, duty_rules.owed(made, templates, [], on=today))
    made.next_duty_on = min((row.due_on for row in rows), default=None)
    return rows


def _tie(made: Agreement, areas: Iterable[Area], parties: list[tuple[Organisation, str]]) -> None:
    if areas := list(areas):
        through = Agreement.areas.through
        through.objects.bulk_create(through(agreement=made, area=area) for area in areas)
    Party.objects.bulk_create(
        Party(agreement=made, organisation=organisation, side=side, order=order)
        for order, (organisation, side) in enumerate(parties)
    )


def _show_to(made: Agreement, units: Iterable[Unit]) -> None:
    if units := list(units):
        through = Agreement.shared_with.through
        through.objects.bulk_create(through(agreement=made, unit=unit) for unit in units)


@transaction.atomic
def change(
    agreement: Agreement, values: dict[str, Any], *, by: User | None, at: datetime
) -> Agreement:
    """Change fields of an agreement; its duties follow the days. Its status has its own actions."""
    check_may(by, "agreements.change", agreement.unit)
    rules.check_stands(agreement)
    rules.check_values(values, today=rules.day_of(at), itself=agreement)
    if "signed" in values:
        _correct_signing(agreement, values["signed"])
    changes = history.changes(agreement, fields_of(values))
    agreement.save(update_fields=list(changes))
    if "areas" in values:
        changes |= _change_areas(agreement, values["areas"])
    if changes:
        history.record("agreement.changed", agreement, by=by, at=at, changes=changes)
        duties.plan(agreement, on=rules.day_of(at), by=by, at=at)
    if "shared_with" in values:
        share(agreement, values["shared_with"], by=by, at=at)
    return agreement


def _correct_signing(agreement: Agreement, signed: Period | None) -> None:
    """Put the signing's step on its corrected day, so that the course and the record agree."""
    steps = list(agreement.course.exclude(status=Status.REVIEWED).order_by("on", "pk"))
    later = next((step.on for step in steps if step.status != Status.SIGNED), None)
    rules.check_resigned(agreement, signed, later)
    if signed and steps and steps[0].status == Status.SIGNED and steps[0].on != signed.first:
        StatusChange.objects.filter(pk=steps[0].pk).update(on=signed.first)
        if agreement.status == Status.SIGNED:
            agreement.status_since = signed.first
            agreement.save(update_fields=["status_since"])


def _change_areas(agreement: Agreement, areas: Iterable[Area]) -> dict[str, Any]:
    before, after = set(agreement.areas.all()), set(areas)
    if before == after:
        return {}
    agreement.areas.set(after)
    told = [", ".join(sorted(area.name_ko for area in held)) for held in (before, after)]
    return {"areas": told}


@transaction.atomic
def add_party(
    agreement: Agreement, organisation: Organisation, side: str, *, by: User | None, at: datetime
) -> Party:
    """Add a party on one side."""
    check_may(by, "agreements.change", agreement.unit)
    rules.check_stands(agreement)
    there = [(party.organisation, party.side) for party in agreement.parties.all()]
    rules.check_parties([*there, (organisation, side)])
    party = Party.objects.create(
        agreement=agreement, organisation=organisation, side=side, order=len(there)
    )
    _keep_region(agreement)
    told = {"party": [None, organisation], "side": [None, side]}
    history.record("party.added", agreement, by=by, at=at, changes=told)
    return party


@transaction.atomic
def remove_party(party: Party, *, reason: str = "", by: User | None, at: datetime) -> None:
    """Take a party away, with who signed for it; the history keeps both."""
    check_may(by, "agreements.change", party.agreement.unit)
    row = queries.as_it_stands(party.agreement)
    rules.check_stands(row)
    rules.check_remove_party(row, party.side, queries.facts(row))
    told: dict[str, Any] = {"party": [party.organisation, None], "side": [party.side, None]}
    if signed := ", ".join(str(one) for one in party.signatories.select_related("person")):
        told["signatories"] = [signed, None]
    history.record("party.removed", row, by=by, at=at, changes=told, reason=reason)
    party.delete()
    _keep_region(row)


def _keep_region(agreement: Agreement) -> None:
    """Keep where the partners are: the region of the first party of theirs that has one."""
    theirs = agreement.parties.filter(side=Side.THEIRS, organisation__region__isnull=False)
    region = theirs.values_list("organisation__region", flat=True).first()
    if region and region != agreement.partner_region_id:
        agreement.partner_region = Region(pk=region)
        Agreement.objects.filter(pk=agreement.pk).update(partner_region=region)


@transaction.atomic
def add_signatory(
    party: Party,
    person: Person,
    *,
    title: str = "",
    position: Position | None = None,
    by: User | None,
    at: datetime,
) -> Signatory:
    """Note who signed for a party, tied to the position held on the day unless another is given."""
    check_may(by, "agreements.change", party.agreement.unit)
    rules.check_stands(party.agreement)
    rules.check_signatory(party, person)
    position = position or queries.held(party, person)
    made = Signatory.objects.create(party=party, person=person, position=position, title=title)
    told = {"signatory": [None, f"{party.organisation}: {made}"]}
    history.record("signatory.added", party.agreement, by=by, at=at, changes=told)
    return made


@transaction.atomic
def remove_signatory(signatory: Signatory, *, by: User | None, at: datetime) -> None:
    """Take a signatory away who was noted by mistake; the history keeps the name."""
    agreement = signatory.party.agreement
    check_may(by, "agreements.change", agreement.unit)
    rules.check_stands(agreement)
    # By key too, so that the register can say who stood there before.
    told = {
        "signatory": [f"{signatory.party.organisation}: {signatory}", None],
        "party": [signatory.party.organisation, None],
        "person": [signatory.person, None],
        "position": [signatory.position, None],
        "title": [signatory.title, None],
    }
    history.record("signatory.removed", agreement, by=by, at=at, changes=told)
    signatory.delete()


@transaction.atomic
def sign(
    agreement: Agreement,
    *,
    signed: Period,
    method: str = "",
    place: Region | None = None,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> Agreement:
    """Record the signing, on the day or in the period it is known to have been."""
    row = _ready(agreement, Status.SIGNED, by)
    today, reason = rules.day_of(at), reason or _("Signed.")
    rules.check_signed(signed, today)
    rules.check_term(row.term_months, row.ends_on, signed)
    rules.check_step(signed.first, reason, today=today, facts=queries.facts(row))
    fields = fields_of({"signed": signed})
    fields |= {"method": method} if method else {}
    fields |= {"place": place} if place else {}
    _step(agreement, Status.SIGNED, signed.first, reason, fields, by=by, at=at)
    return agreement


@transaction.atomic
def move(
    agreement: Agreement, to: str, *, on: date, reason: str, by: User | None, at: datetime
) -> Agreement:
    """Take a step that needs only a day and a reason: reviewed, in force, suspended and so on."""
    rules.check_plain(to)
    row = _ready(agreement, to, by)
    rules.check_step(on, reason, today=rules.day_of(at), facts=queries.facts(row))
    fields: dict[str, Any] = {}
    if to == Status.IN_FORCE and row.ends_on is None and row.term_months:
        fields["ends_on"] = periods.add_months(on, row.term_months) - timedelta(days=1)
    _step(agreement, to, on, reason, fields, by=by, at=at)
    return agreement


def _ready(agreement: Agreement, to: str, by: User | None) -> Agreement:
    """Read the agreement as it stands now; check that the step is open to it and to who asks."""
    row = queries.as_it_stands(agreement)
    check_may(by, "agreements.change", row.unit)
    rules.check_move(row, to, queries.facts(row))
    agreement.status = row.status
    return row


def _step(
    agreement: Agreement,
    to: str,
    on: date,
    reason: str,
    fields: dict[str, Any],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Write a step: the status since its day, its line of the course, its entry, its duties."""
    changes = history.changes(agreement, {"status": to, "status_since": on, **fields})
    agreement.save(update_fields=["status", "status_since", *fields])
    StatusChange.objects.create(agreement=agreement, status=to, on=on, reason=reason, by=by, at=at)
    verb = "agreement.signed" if to == Status.SIGNED else "agreement.moved"
    history.record(verb, agreement, by=by, at=at, changes=changes, reason=reason)
    duties.follow(agreement, to, on=on, reason=reason, by=by, at=at)


@transaction.atomic
def replace(
    agreement: Agreement,
    successor: Agreement,
    *,
    on: date,
    reason: str,
    by: User | None,
    at: datetime,
) -> Agreement:
    """Put a signed successor in an agreement's place; what is still open passes on to it."""
    row = queries.as_it_stands(agreement)
    check_may(by, "agreements.change", row.unit)
    rules.check_replace(row, successor)
    rules.check_step(on, reason, today=rules.day_of(at), facts=queries.facts(row))
    agreement.status = row.status
    _step(agreement, Status.REPLACED, on, reason, {"replaced_by": successor}, by=by, at=at)
    _pass_on(agreement, successor, by=by, at=at)
    return agreement


def _pass_on(agreement: Agreement, successor: Agreement, *, by: User | None, at: datetime) -> None:
    rows = Commitment.objects.filter(agreement=agreement, status__in=queries.OPEN, voided_at=None)
    changes = {"agreement": [agreement, successor]}
    told = [Done("commitment.changed", row, None, changes) for row in rows]
    rows.update(agreement=successor)
    history.record_many(told, by=by, at=at)


@transaction.atomic
def share(
    agreement: Agreement, units: Iterable[Unit], *, by: User | None, at: datetime
) -> Agreement:
    """Let other departments see an agreement: exactly these."""
    check_may(by, "agreements.change", agreement.unit)
    before, after = set(agreement.shared_with.all()), set(units)
    if before != after:
        agreement.shared_with.set(after)
        told = [", ".join(sorted(unit.name_ko for unit in held)) for held in (before, after)]
        history.record("agreement.shared", agreement, by=by, at=at, changes={"shared_with": told})
    return agreement


@transaction.atomic
def void(agreement: Agreement, *, reason: str, by: User | None, at: datetime) -> Agreement:
    """Void an agreement that should not be in the register. It stays readable, with the reason.

    Officers void their drafts; what was signed is an approver's to void.
    """
    drafted = agreement.status in {Status.DRAFT, Status.REVIEWED}
    check_may(by, "agreements.change" if drafted else "agreements.approve", agreement.unit)
    row = queries.as_it_stands(agreement)
    rules.check_void(row, reason, queries.facts(row))
    agreement.voided_at, agreement.voided_reason = at, reason.strip()[:500]
    agreement.save(update_fields=["voided_at", "voided_reason"])
    history.record("agreement.voided", agreement, by=by, at=at, reason=reason)
    return agreement
