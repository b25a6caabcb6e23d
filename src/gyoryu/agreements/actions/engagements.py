"""What is done to engagements: planned, recorded, held, cancelled, voided."""

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery, Value
from django.db.models.functions import Least

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import sessions
from gyoryu.agreements.actions.delegations import (
    add_delegation,
    add_participant,
    add_stop,
    change_delegation,
    change_participant,
    change_stop,
    give_feedback,
    remove,
)
from gyoryu.agreements.actions.requests import answer, ask, ask_each, reopen
from gyoryu.agreements.models import Agreement, Delegation, Engagement
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import engagements as queries
from gyoryu.agreements.rules import engagements as rules
from gyoryu.agreements.rules.given import check_reason, day_of
from gyoryu.agreements.rules.values import sorted_out
from gyoryu.history import actions as history

# Everything that is done to an engagement is called through this module.
__all__ = [
    "add_delegation",
    "add_participant",
    "add_stop",
    "answer",
    "ask",
    "ask_each",
    "cancel",
    "change",
    "change_delegation",
    "change_participant",
    "change_stop",
    "give_feedback",
    "hold",
    "record",
    "remove",
    "reopen",
    "tie",
    "untie",
    "void",
]
State = Engagement.State


@transaction.atomic
def record(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Engagement:
    """Record an engagement, held unless ``values`` say that it is planned.

    ``values`` are its fields by name, and besides: ``when`` (a Period, for the three fields of its
    days), ``agreements`` and ``areas`` (lists), ``organisation`` (the partner, who becomes the
    other side's delegation).
    """
    made, done = enter(unit, values, by=by, at=at)
    history.record_many([done], by=by, at=at)
    return made


def enter(
    unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime
) -> tuple[Engagement, history.Done]:
    """Write an engagement within another action, which writes the history returned beside it."""
    check_may(by, "agreements.change", unit)
    fields, ties, partner = sorted_out(values)
    made = Engagement(unit=unit, **fields)
    rules.check_engagement(made, today=day_of(at))
    made.save()
    for name, rows in ties.items():
        _tie(made, name, rows)
    if partner:
        Delegation.objects.create(engagement=made, side=Side.THEIRS, organisation=partner)
    if made.state == State.HELD:
        keep_contact(ties.get("agreements", []), day_of(at), by=by)
    verb = "engagement.planned" if made.state == State.PLANNED else "engagement.recorded"
    return made, history.Done(verb, made)


@transaction.atomic
def change(
    engagement: Engagement, values: dict[str, Any], *, by: User | None, at: datetime
) -> Engagement:
    """Change fields and ties of an engagement; what stays the same is not written down."""
    check_may(by, "agreements.change", engagement.unit)
    fields, ties, _partner = sorted_out(values)
    rules.check_change(engagement, fields)
    proposed = copy(engagement)
    for name, value in fields.items():
        setattr(proposed, name, value)
    rules.check_engagement(proposed, today=day_of(at))
    rules.check_parts_fit(proposed)
    touched = set(engagement.agreements.values_list("pk", flat=True))
    changes = history.changes(engagement, fields)
    for name, rows in ties.items():
        changes |= _retie(engagement, name, rows)
    if changes:
        engagement.save()
        history.record("engagement.changed", engagement, by=by, at=at, changes=changes)
    if changes.keys() & {"starts_on", "ends_on", "agreements"}:
        _keep(engagement, touched | {row.pk for row in ties.get("agreements", [])}, by=by, at=at)
    return engagement


@transaction.atomic
def hold(
    engagement: Engagement, values: dict[str, Any], *, by: User | None, at: datetime
) -> Engagement:
    """Note that a planned engagement took place; ``values`` correct its fields on the way.

    A session of a body carries the open commitments over and sets when the next one is due.
    """
    check_may(by, "agreements.change", engagement.unit)
    fields, _ties, _partner = sorted_out(values)
    proposed = copy(engagement)
    for name, value in fields.items():
        setattr(proposed, name, value)
    rules.check_hold(proposed, today=day_of(at))
    proposed.state = State.HELD
    rules.check_engagement(proposed, today=day_of(at))
    rules.check_parts_fit(proposed)
    changes = history.changes(engagement, {**fields, "state": State.HELD})
    engagement.save()
    keep_contact(engagement.agreements.values_list("pk", flat=True), day_of(at), by=by)
    done = [history.Done("engagement.held", engagement, changes=changes)]
    if engagement.body and engagement.kind == Engagement.Kind.SESSION:
        done.append(sessions.took_place(engagement, by=by, at=at))
    history.record_many(done, by=by, at=at)
    return engagement


@transaction.atomic
def cancel(engagement: Engagement, *, reason: str, by: User | None, at: datetime) -> Engagement:
    """Cancel a planned engagement, for a reason that its page shows."""
    check_may(by, "agreements.change", engagement.unit)
    check_reason(reason)
    rules.check_can_cancel(engagement)
    changes = history.changes(engagement, {"state": State.CANCELLED})
    engagement.save(update_fields=["state"])
    history.record("engagement.cancelled", engagement, by=by, at=at, changes=changes, reason=reason)
    return engagement


def tie(
    engagement: Engagement, agreement: Agreement, *, by: User | None, at: datetime
) -> Engagement:
    """Say that an engagement touches one more agreement."""
    rows = [*engagement.agreements.all(), agreement]
    return change(engagement, {"agreements": rows}, by=by, at=at)


@transaction.atomic
def untie(
    engagement: Engagement,
    agreement: Agreement,
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> Engagement:
    """Say that an engagement does not touch an agreement after all, and why."""
    check_may(by, "agreements.change", engagement.unit)
    check_reason(reason)
    rules.check_can_untie(engagement, agreement)
    engagement.agreements.remove(agreement)
    history.record(
        "engagement.untied",
        engagement,
        by=by,
        at=at,
        changes={"agreement": [agreement, None]},
        reason=reason,
    )
    keep_contact([agreement], day_of(at), by=by)
    return engagement


@transaction.atomic
def void(engagement: Engagement, *, reason: str, by: User | None, at: datetime) -> Engagement:
    """Void an engagement that was recorded by mistake: kept, but counted nowhere."""
    check_may(by, "agreements.change", engagement.unit)
    check_reason(reason)
    rules.check_can_void(engagement, **queries.resting_on(engagement))
    engagement.voided_at, engagement.voided_reason = at, reason
    engagement.save(update_fields=["voided_at", "voided_reason"])
    history.record("engagement.voided", engagement, by=by, at=at, reason=reason)
    _keep(engagement, by=by, at=at)
    return engagement


def _tie(engagement: Engagement, name: str, rows: list[Any]) -> None:
    """Tie a fresh engagement; written straight, because there is nothing there to compare with."""
    relation = getattr(Engagement, name)
    through, target = relation.through, relation.rel.model._meta.model_name
    through.objects.bulk_create(
        through(engagement_id=engagement.pk, **{f"{target}_id": pk})
        for pk in dict.fromkeys(row.pk for row in rows)
    )


def _retie(engagement: Engagement, name: str, rows: list[Any]) -> dict[str, Any]:
    relation = getattr(engagement, name)
    before = list(relation.all())
    if {row.pk for row in before} == {row.pk for row in rows}:
        return {}
    relation.set(rows)
    return {name: [", ".join(map(str, before)), ", ".join(map(str, rows))]}


def _keep(
    engagement: Engagement,
    agreements: Iterable[int] | None = None,
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Bring up to date what is kept from engagements: last contacts, and when a body is due."""
    if agreements is None:
        agreements = engagement.agreements.values_list("pk", flat=True)
    keep_contact(agreements, day_of(at), by=by)
    if engagement.body and engagement.kind == Engagement.Kind.SESSION:
        sessions.keep_due(engagement.body, by=by)


def keep_contact(agreements: Iterable[Any], today: date, *, by: User | None) -> None:
    """Set the last contact of agreements to the last day of what was held, today at the latest."""
    ids = [getattr(row, "pk", row) for row in agreements]
    if not ids:
        return
    last = (
        Engagement.objects.filter(agreements=OuterRef("pk"), state=State.HELD, voided_at=None)
        .order_by()
        .values("agreements")
        .annotate(last=Max(Least("ends_on", Value(today))))
        .values("last")
    )
    Agreement.objects.filter(pk__in=ids).update(last_contact_on=Subquery(last))
