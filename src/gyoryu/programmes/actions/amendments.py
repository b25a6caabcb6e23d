"""How awards are amended: asked for, decided, and all of a call's at once."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.programmes.actions import ledger
from gyoryu.programmes.models import (
    Amendment,
    Award,
    AwardCategory,
    Call,
    LedgerEntry,
)
from gyoryu.programmes.queries import awards as queries
from gyoryu.programmes.rules import awards as rules
from gyoryu.programmes.rules.awards import Change
from gyoryu.programmes.rules.money import Movement

Kind, State = LedgerEntry.Kind, Amendment.State
# How many awards that do not fit a bulk amendment are told one by one.
TOLD = 30


@transaction.atomic
def ask(
    award: Award,
    change: Change,
    *,
    reason: str,
    on: date,
    by: User | None,
    at: datetime,
    key: str = "",
) -> Amendment:
    """Ask for an amendment, which somebody else decides; nothing moves before that."""
    check_may(by, "programmes.change", award.unit)
    key = key or str(uuid4())
    if earlier := Amendment.objects.filter(award=award, key=key).first():
        return earlier
    award = _fresh(award)
    rules.check_can_amend(award, change, reason)
    changes = _changes(award, _planned(award, change))
    rules.check_something_changes(changes)
    asked = Amendment.objects.create(
        award=award, on=on, reason=reason.strip(), changes=changes, asked_by=by, at=at, key=key
    )
    told = _in_words(award, changes)
    history.record("award.amendment_asked", award, by=by, at=at, changes=told, reason=reason)
    return asked


@transaction.atomic
def decide(
    amendment: Amendment, *, approve: bool, by: User | None, at: datetime, remark: str = ""
) -> Amendment:
    """Bring an amendment into force, or refuse it with a remark; never by whoever asked."""
    check_may(by, "programmes.approve", amendment.award.unit)
    queries.hold_allotment(amendment.award)
    amendment = Amendment.objects.select_for_update().get(pk=amendment.pk)
    rules.check_can_decide(amendment, by)
    award = _fresh(amendment.award)
    if approve:
        rules.check_stands(award)
        after = {name: pair[1] for name, pair in amendment.changes.items()}
        return _put_in_force(amendment, award, after, remark, by=by, at=at)
    check_reason(remark)
    amendment.state, amendment.remark = State.REFUSED, remark.strip()
    amendment.approved_by, amendment.decided_at = by, at
    amendment.save()
    history.record("award.amendment_refused", award, by=by, at=at, reason=remark)
    return amendment


@transaction.atomic
def amend(
    award: Award,
    change: Change,
    *,
    reason: str,
    on: date,
    by: User | None,
    at: datetime,
    key: str = "",
) -> Amendment:
    """Amend an award at once, as an approver; the same key twice is one amendment.

    Raises ``Refused`` with what is left when money is in the way.
    """
    check_may(by, "programmes.approve", award.unit)
    key = key or str(uuid4())
    queries.hold_allotment(award)
    if earlier := Amendment.objects.filter(award=award, key=key).first():
        return earlier
    award = _fresh(award)
    rules.check_can_amend(award, change, reason)
    made = Amendment(award=award, on=on, reason=reason.strip(), asked_by=None, at=at, key=key)
    return _put_in_force(made, award, _planned(award, change), "", by=by, at=at)


@transaction.atomic
def amend_call(
    call: Call,
    change: Change,
    *,
    reason: str,
    on: date,
    by: User | None,
    at: datetime,
    key: str = "",
) -> list[Amendment]:
    """Amend all awards of a call that stand, in one transaction: all of them or none.

    What the call gives to each at most follows. Raises ``Refused`` with each that does not fit.
    """
    check_may(by, "programmes.approve", call.unit)
    check_reason(reason)
    key = key or str(uuid4())
    call = Call.objects.select_for_update().get(pk=call.pk)
    _raise_call(call, change, reason, by=by, at=at)
    made, refused = [], []
    for award in queries.amendable(call):
        try:
            with transaction.atomic():
                own = f"{key}/{award.pk}"
                made.append(amend(award, change, reason=reason, on=on, by=by, at=at, key=own))
        except Refused as refusal:
            refused.append(f"{award}: {refusal}")
    if refused:
        raise Refused(_not_fitting(refused))
    if not made:
        raise Refused(_("This call has no award that could be amended."))
    return made


def _not_fitting(refused: list[str]) -> str:
    head = ngettext_lazy(
        "Nothing was amended, because %(count)d award does not fit:",
        "Nothing was amended, because %(count)d awards do not fit:",
        len(refused),
    ) % {"count": len(refused)}
    return "\n".join([str(head), *refused[:TOLD], *(["…"] if len(refused) > TOLD else [])])


def _raise_call(call: Call, change: Change, reason: str, *, by: User | None, at: datetime) -> None:
    """Let what the call gives to each, and its categories' caps, follow an amendment of all."""
    changes: dict[str, Any] = {}
    if change.amount and call.award_most is not None and change.amount > call.award_most:
        changes = history.changes(call, {"award_most": change.amount})
        call.save(update_fields=["award_most"])
    for category in call.categories.filter(pk__in=change.caps):
        most = change.caps[category.pk]
        if category.most is not None and most > category.most:
            changes[str(category)] = [category.most, most]
            category.most = most
            category.save(update_fields=["most"])
    if changes:
        history.record("call.ceiling_raised", call, by=by, at=at, changes=changes, reason=reason)


def _fresh(award: Award) -> Award:
    return Award.objects.select_related("ceiling", "call", "unit").get(pk=award.pk)


def _headings(award: Award) -> list[AwardCategory]:
    return list(award.categories.select_related("ceiling", "category", "service"))


def _planned(award: Award, change: Change) -> dict[str, int | str]:
    """Return what is to stand after the amendment, by name: amount, cap:<heading>, days.

    A cap that was the whole award follows the award, unless the call sets one of its own.
    """
    amount = award.ceiling.limit if change.amount is None else change.amount
    after: dict[str, int | str] = {"amount": amount}
    for heading in _headings(award):
        of = heading.category or heading.service
        assert of is not None, "a heading is of a category or a service"
        most = change.caps.get(heading.category_id or 0)
        if most is None:
            follows = heading.ceiling.limit == award.ceiling.limit
            most = amount if follows else min(heading.ceiling.limit, amount)
            most = most if of.most is None else min(most, of.most)
        rules.check_cap(of, most, amount=amount)
        after[f"cap:{heading.pk}"] = most
    return after | {name: day.isoformat() for name, day in change.days.items()}


def _changes(award: Award, after: dict[str, Any]) -> dict[str, list[int | str]]:
    """Return [before, after] of what really changes."""
    before: dict[str, int | str] = {"amount": award.ceiling.limit}
    before |= {f"cap:{one.pk}": one.ceiling.limit for one in _headings(award)}
    before |= {name: getattr(award, name).isoformat() for name in rules.DAYS}
    return {name: [before[name], new] for name, new in after.items() if before[name] != new}


def _put_in_force(
    amendment: Amendment,
    award: Award,
    after: dict[str, Any],
    remark: str,
    *,
    by: User | None,
    at: datetime,
) -> Amendment:
    changes = _changes(award, after)
    rules.check_something_changes(changes)
    last = award.amendments.aggregate(last=Max("number"))["last"] or 0
    amendment.state, amendment.number, amendment.changes = State.IN_FORCE, last + 1, changes
    amendment.approved_by, amendment.decided_at, amendment.remark = by, at, remark
    amendment.save()
    _move_money(amendment, award, changes, by=by, at=at)
    days = {
        name: date.fromisoformat(str(new[1])) for name, new in changes.items() if name in rules.DAYS
    }
    if days:
        history.changes(award, days)
        award.save(update_fields=list(days))
    history.record(
        "award.amended",
        award,
        by=by,
        at=at,
        changes=_in_words(award, changes),
        reason=amendment.reason,
    )
    return amendment


def _move_money(
    amendment: Amendment,
    award: Award,
    changes: dict[str, list[Any]],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Enter what an amendment changes: caps first, the award after them, as claims do."""
    movements = [
        Movement(
            heading.ceiling,
            Kind.CAPPED,
            changes[name][1] - changes[name][0],
            f"amendment/{amendment.pk}/{name}",
            amendment.on,
            note=amendment.reason[:300],
        )
        for heading in _headings(award)
        if (name := f"cap:{heading.pk}") in changes
    ]
    if "amount" in changes:
        by_how_much = changes["amount"][1] - changes["amount"][0]
        whole = Movement(
            award.ceiling,
            Kind.AWARDED,
            by_how_much,
            f"amendment/{amendment.pk}/amount",
            amendment.on,
            note=amendment.reason[:300],
        )
        movements.append(replace(whole, drawn=by_how_much))
    for movement in movements:
        ledger.move(movement, by=by, at=at)


def _in_words(award: Award, changes: dict[str, Any]) -> dict[str, Any]:
    """Name the headings in what goes into the history."""
    names = {f"cap:{one.pk}": str(one) for one in _headings(award)}
    return {names.get(name, name): pair for name, pair in changes.items()}
