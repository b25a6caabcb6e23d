"""What is done to awards: granted, signed for, cancelled with its money going back."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_texts, day_of
from gyoryu.history import actions as history
from gyoryu.programmes.actions import ledger, steps
from gyoryu.programmes.models import (
    Allotment,
    Award,
    AwardCategory,
    Ceiling,
    CostCategory,
    LedgerEntry,
)
from gyoryu.programmes.queries import awards as queries
from gyoryu.programmes.rules import awards as rules
from gyoryu.programmes.rules.awards import Grant, Heading
from gyoryu.programmes.rules.money import Movement

Kind, Level = LedgerEntry.Kind, Ceiling.Level


@transaction.atomic
def award(grant: Grant, *, by: User | None, at: datetime) -> Award:
    """Grant support to one applicant, out of what is set apart for its call.

    The same key twice is one award. Raises ``Refused`` with what is left of the allotment.
    """
    check_may(by, "programmes.approve", grant.call.unit)
    key = f"award/{grant.key or uuid4()}"
    allotment = rules.check_allotment(grant.call, grant.allotment)
    queries.hold(allotment.ceiling_id)
    if earlier := Award.objects.filter(ceiling__entries__key=key).first():
        return earlier
    rules.check_grant(grant)
    made = _made(grant, allotment, by=by, at=at)
    _move(made.ceiling, Kind.AWARDED, grant.amount, key, drawn=grant.drawn, by=by, at=at)
    for heading in grant.headings or _headings(grant):
        add_heading(made, heading, by=by, at=at)
    history.record("award.granted", made, by=by, at=at, changes={"amount": [None, grant.amount]})
    return made


def _made(grant: Grant, allotment: Allotment, *, by: User | None, at: datetime) -> Award:
    application, today = grant.application, day_of(at)
    organisation = grant.organisation or (application.organisation if application else None)
    given = application.name if application else str(organisation or "")
    made = Award(
        unit=grant.call.unit,
        call=grant.call,
        application=application,
        organisation=organisation,
        name=(grant.name or given)[:200],
        kind=grant.kind,
        own_share=grant.own_share,
        status_since=today,
        awarded_on=today,
        **{name: getattr(grant, name) for name in rules.DAYS},
    )
    check_texts(made)
    made.number = next_number(grant.call.unit, "AW", today.year, by=by)
    made.ceiling = Ceiling.objects.create(level=Level.AWARD, parent=allotment.ceiling)
    made.save()
    return made


def _headings(grant: Grant) -> list[Heading]:
    """Return the call's categories with their own caps, or the whole amount where none is set."""
    return [
        Heading(category, min(category.most or grant.amount, grant.amount))
        for category in grant.call.categories.all()
        if not category.in_kind or grant.kind == Award.Kind.BENEFIT
    ]


def add_heading(award: Award, heading: Heading, *, by: User | None, at: datetime) -> AwardCategory:
    """Give an award a heading with a cap, for what its call or its menu has gained since."""
    check_may(by, "programmes.approve", award.unit)
    of = heading.of
    ceiling = Ceiling.objects.create(level=Level.CATEGORY, parent=award.ceiling)
    made = AwardCategory.objects.create(
        award=award,
        category=of if isinstance(of, CostCategory) else None,
        service=None if isinstance(of, CostCategory) else of,
        ceiling=ceiling,
    )
    if heading.most:
        _move(ceiling, Kind.CAPPED, heading.most, f"heading/{made.pk}", by=by, at=at)
    return made


@transaction.atomic
def sign(award: Award, *, on: date, by: User | None, at: datetime) -> Award:
    """Note that the grant agreement was signed; from then on the award runs."""
    check_may(by, "programmes.change", award.unit)
    award = Award.objects.select_for_update().get(pk=award.pk)
    rules.check_can_sign(award, on, today=day_of(at))
    changes = history.changes(
        award, {"agreed_on": on, "status": Award.Status.RUNNING, "status_since": on}
    )
    award.save(update_fields=list(changes))
    history.record("award.signed", award, by=by, at=at, changes=changes)
    steps.along(award, by=by, at=at)
    return award


@transaction.atomic
def cancel(award: Award, *, reason: str, by: User | None, at: datetime) -> Award:
    """Cancel an award: what was not approved of it goes back to the call's allotment.

    What was approved or advanced stays in the books until it is reversed or clawed back.
    """
    check_may(by, "programmes.approve", award.unit)
    queries.hold_allotment(award)
    award = Award.objects.select_related("ceiling").get(pk=award.pk)
    rules.check_can_cancel(award, reason)
    freed = _free(award, by=by, at=at)
    changes = history.changes(
        award,
        {
            "status": Award.Status.CANCELLED,
            "status_since": day_of(at),
            "status_reason": reason.strip(),
        },
    )
    award.save(update_fields=list(changes))
    changes["amount"] = [freed + award.ceiling.limit, award.ceiling.limit]
    history.record("award.cancelled", award, by=by, at=at, changes=changes, reason=reason)
    return award


def _free(award: Award, *, by: User | None, at: datetime) -> int:
    """Lower an award's ceilings to what is used of them; return how many won went back."""
    for heading in award.categories.select_related("ceiling"):
        unused = heading.ceiling.limit - max(
            heading.ceiling.committed, heading.ceiling.paid + heading.ceiling.advanced
        )
        if unused:
            _move(heading.ceiling, Kind.CAPPED, -unused, f"cancel/h{heading.pk}", by=by, at=at)
    ceiling = award.ceiling
    unused = ceiling.limit - max(ceiling.committed, ceiling.paid + ceiling.advanced)
    if unused:
        drawn = -min(unused, ceiling.drawn) if ceiling.drawn else 0
        _move(ceiling, Kind.AWARDED, -unused, f"cancel/{award.pk}", drawn=drawn, by=by, at=at)
        ceiling.refresh_from_db()
    return unused


def _move(
    ceiling: Ceiling,
    kind: str,
    amount: int,
    key: str,
    *,
    by: User | None,
    at: datetime,
    drawn: int | None = None,
) -> LedgerEntry:
    movement = Movement(ceiling, kind, amount, key, day_of(at))
    return ledger.move(replace(movement, drawn=drawn), by=by, at=at)
