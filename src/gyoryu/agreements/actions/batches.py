"""Agreements, engagements and commitments taken over from files: thousands in few statements."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.actions.typed import keep_ahead, next_numbers
from gyoryu.accounts.models import Record, Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions.engagements import keep_contact
from gyoryu.agreements.models import (
    Agreement,
    Commitment,
    Delegation,
    Duty,
    Engagement,
    Party,
    Status,
    StatusChange,
)
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import duties as known
from gyoryu.agreements.rules import agreements as rules
from gyoryu.agreements.rules import batches, given
from gyoryu.agreements.rules import commitments as commitment_rules
from gyoryu.agreements.rules import duties as duty_rules
from gyoryu.agreements.rules import engagements as engagement_rules
from gyoryu.agreements.rules.values import fields_of, sorted_out, their_region, told_due
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.history.inserting import insert_all, insert_rows

TOGETHER = 1000
# What a row says beside the fields of an agreement.
BESIDE = {"since", "signed", "areas", "parties"}
Change = tuple[Any, dict[str, Any]]


@transaction.atomic
def enter_agreements(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Agreement]:
    """Take agreements over as they stand, with the steps behind them and the duties before them.

    ``rows`` are the values of a draft, and ``status``, ``since``, ``source_note`` and perhaps
    ``number``. An agreement's duties are told in its own entry.
    """
    check_may(by, "agreements.change", unit)
    today = rules.day_of(at)
    made = [_agreement(unit, values, today) for values in rows]
    _number(unit, "AG", made, [(row.signed_first or today).year for row in made], by)
    templates = list(known.templates_for(known.branch(unit.path)))
    owed = [duty_rules.owed(row, templates, [], on=today) for row in made]
    for row, duties in zip(made, owed, strict=True):
        row.next_duty_on = min((duty.due_on for duty in duties), default=None)
    insert_all(made)
    _owe(made, owed)
    _tie_agreements(made, rows)
    _write_course(made, by, at)
    history.record_many(
        [
            Done(
                "agreement.entered",
                row,
                changes={duty.template.name_ko: [None, duty.due_on] for duty in duties},
                reason=row.source_note,
            )
            for row, duties in zip(made, owed, strict=True)
        ],
        by=by,
        at=at,
    )
    return made


def _owe(made: Sequence[Agreement], owed: Sequence[Sequence[duty_rules.Owed]]) -> None:
    """Write the duties of new agreements; the agreement's owner answers for them."""
    insert_rows(
        Duty,
        ["agreement_id", "template_id", "kind", "due_on", "owner_id"],
        (
            (row.pk, one.template.pk, one.template.kind, one.due_on, row.owner_id)
            for row, duties in zip(made, owed, strict=True)
            for one in duties
        ),
    )


def _agreement(unit: Unit, values: dict[str, Any], today: date) -> Agreement:
    batches.check_agreement(values, today=today)
    own = {name: value for name, value in values.items() if name not in BESIDE - {"signed"}}
    row = Agreement(unit=unit, source=Record.Source.IMPORTED, **fields_of(own))
    prepared = row.status in batches.PREPARED
    row.status_since = today if prepared else batches.since_of(values) or today
    row.partner_region_id = row.partner_region_id or their_region(values.get("parties") or [])
    given.check_texts(row)
    return row


def _number(
    unit: Unit, prefix: str, made: Sequence[Any], years: Sequence[int], by: User | None
) -> None:
    """Give out numbers to rows that came without one; given ones are not given out again."""
    keep_ahead(unit, prefix, [row.number for row in made if row.number], by=by)
    for year in sorted(set(years)):
        waiting = [
            row for row, own in zip(made, years, strict=True) if own == year and not row.number
        ]
        numbers = next_numbers(unit, prefix, year, len(waiting), by=by)
        for row, number in zip(waiting, numbers, strict=True):
            row.number = number


def _tie_agreements(made: Sequence[Agreement], rows: Sequence[dict[str, Any]]) -> None:
    both = list(zip(made, rows, strict=True))
    insert_rows(
        Party,
        ["agreement_id", "organisation_id", "side", "order"],
        (
            (row.pk, organisation.pk, side, order)
            for row, values in both
            for order, (organisation, side) in enumerate(values.get("parties") or [])
        ),
    )
    insert_rows(
        Agreement.areas.through,
        ["agreement_id", "area_id"],
        ((row.pk, area.pk) for row, values in both for area in values.get("areas") or []),
    )


def _write_course(made: Sequence[Agreement], by: User | None, at: datetime) -> None:
    steps: list[tuple[Any, ...]] = []
    for row in made:
        if row.status in batches.PREPARED:
            continue
        steps.append((row.pk, Status.SIGNED, row.signed_first, row.source_note))
        if row.status != Status.SIGNED:
            steps.append((row.pk, row.status, row.status_since, row.source_note))
    insert_rows(
        StatusChange,
        ["agreement_id", "status", "on", "reason", "by_id", "at"],
        ((*step, by.pk if by else None, at) for step in steps),
    )


@transaction.atomic
def enter_engagements(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Engagement]:
    """Take engagements over; ``rows`` are as for one engagement, and ``source_note``."""
    check_may(by, "agreements.change", unit)
    today, made, beside = given.day_of(at), [], []
    for values in rows:
        fields, ties, partner = sorted_out(values)
        row = Engagement(unit=unit, source=Record.Source.IMPORTED, **fields)
        batches.check_engagement(row)
        engagement_rules.check_engagement(row, today=today)
        made.append(row)
        beside.append((ties, partner))
    insert_all(made)
    for name in ("agreements", "areas"):
        _tie_engagements(
            name, [(row, ties.get(name, [])) for row, (ties, _) in _pairs(made, beside)]
        )
    insert_rows(
        Delegation,
        ["engagement_id", "side", "organisation_id"],
        (
            (row.pk, Side.THEIRS, partner.pk)
            for row, (_ties, partner) in _pairs(made, beside)
            if partner
        ),
    )
    _keep_contacts((one for ties, _ in beside for one in ties.get("agreements", [])), today, by)
    told = [
        Done(
            "engagement.planned"
            if row.state == Engagement.State.PLANNED
            else "engagement.recorded",
            row,
            reason=row.source_note,
        )
        for row in made
    ]
    history.record_many(told, by=by, at=at)
    return made


def _pairs(made: list[Any], beside: list[Any]) -> list[tuple[Any, Any]]:
    return list(zip(made, beside, strict=True))


def _tie_engagements(name: str, tied: list[tuple[Engagement, list[Any]]]) -> None:
    through: Any = getattr(Engagement, name).through
    target = getattr(Engagement, name).rel.model._meta.model_name
    insert_rows(
        through,
        ["engagement_id", f"{target}_id"],
        ((row.pk, pk) for row, ties in tied for pk in dict.fromkeys(one.pk for one in ties)),
    )


def _keep_contacts(agreements: Iterable[Any], today: date, by: User | None) -> None:
    pks = sorted({getattr(one, "pk", one) for one in agreements})
    for start in range(0, len(pks), TOGETHER):
        keep_contact(pks[start : start + TOGETHER], today, by=by)


@transaction.atomic
def enter_commitments(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Commitment]:
    """Take promises over; ``rows`` are as for one promise, and ``status`` and ``source_note``."""
    check_may(by, "agreements.change", unit)
    today = given.day_of(at)
    made = [_commitment(unit, values, today) for values in rows]
    _number(unit, "CM", made, [today.year for _ in made], by)
    insert_all(made)
    told = [Done("commitment.promised", row, reason=row.source_note) for row in made]
    history.record_many(told, by=by, at=at)
    return made


def _commitment(unit: Unit, values: dict[str, Any], today: date) -> Commitment:
    batches.check_commitment(values, today=today)
    said = values.get("said_on")
    own = {name: value for name, value in values.items() if name not in {"due", "said_on"}}
    agreement = own.get("agreement")
    signed = agreement.signed_first if agreement else None
    row = Commitment(
        unit=unit,
        source=Record.Source.IMPORTED,
        status_since=min(said or signed or today, today),
        **told_due(values.get("due")),
        **own,
    )
    given.check_texts(row)
    return row


@transaction.atomic
def change_agreements(
    changes: Sequence[Change], *, by: User | None, at: datetime, reason: str = ""
) -> list[dict[str, Any]]:
    """Change fields of agreements; return what each had before. Their duties keep their days."""
    today = rules.day_of(at)
    for row, values in changes:
        batches.check_change(row, values, today=today)
    fields = [(row, fields_of(values)) for row, values in changes]
    return _changed("agreement.changed", fields, reason, by, at)


@transaction.atomic
def change_engagements(
    changes: Sequence[Change], *, by: User | None, at: datetime, reason: str = ""
) -> list[dict[str, Any]]:
    """Change fields of engagements; return what each had before."""
    today = given.day_of(at)
    for row, values in changes:
        engagement_rules.check_change(row, values)
    before = _changed("engagement.changed", changes, reason, by, at)
    for row, _values in changes:
        engagement_rules.check_engagement(row, today=today)
    return before


@transaction.atomic
def change_commitments(
    changes: Sequence[Change], *, by: User | None, at: datetime, reason: str = ""
) -> list[dict[str, Any]]:
    """Change fields of open promises; return what each had before. A due date is only set."""
    fields = []
    for row, values in changes:
        commitment_rules.check_change(row, values)
        own = {name: value for name, value in values.items() if name != "due"}
        fields.append((row, own | (told_due(values["due"]) if "due" in values else {})))
    return _changed("commitment.changed", fields, reason, by, at)


@transaction.atomic
def put_back(
    verb: str, changes: Sequence[Change], *, by: User | None, at: datetime, reason: str
) -> None:
    """Give rows the values they had before an import; who undoes it has asked what stands."""
    _changed(verb, changes, reason, by, at)


def _changed(
    verb: str, changes: Sequence[Change], reason: str, by: User | None, at: datetime
) -> list[dict[str, Any]]:
    def may(row: Any, _values: dict[str, Any]) -> None:
        check_may(by, "agreements.change", row.unit)
        given.check_stands(row)

    return history.change_together(
        verb, changes, may, given.check_texts, by=by, at=at, reason=reason
    )


@transaction.atomic
def void_many(
    verb: str, rows: Sequence[Any], *, reason: str, by: User | None, at: datetime
) -> None:
    """Void records that an import made, together and for one reason."""
    given.check_reason(reason)
    for row in rows:
        check_may(by, "agreements.change", row.unit)
        given.check_stands(row)
    history.void_together(verb, rows, by=by, at=at, reason=reason)
    _forget_contacts(rows, by, at)


def _forget_contacts(rows: Sequence[Any], by: User | None, at: datetime) -> None:
    """Work out anew the last contact of agreements that voided engagements had touched."""
    if rows and isinstance(rows[0], Engagement):
        through: Any = Engagement.agreements.through
        for start in range(0, len(rows), TOGETHER):
            pks = [row.pk for row in rows[start : start + TOGETHER]]
            touched = through.objects.filter(engagement__in=pks).values_list("agreement", flat=True)
            _keep_contacts(touched, given.day_of(at), by)
