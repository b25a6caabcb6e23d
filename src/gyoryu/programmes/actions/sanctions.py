"""Sanctions: somebody is excluded from support for a time, and the exclusion is lifted."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason
from gyoryu.history import actions as history
from gyoryu.programmes.models import Sanction
from gyoryu.programmes.rules import sanctions as rules


@transaction.atomic
def exclude(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Sanction:
    """Exclude a company or provider from support between two days, both included.

    ``values`` are ``organisation``, ``from_on``, ``until_on``, ``reason`` and ``legal_basis``.
    """
    check_may(by, "programmes.sanction", unit)
    rules.check_sanction(
        values["from_on"], values["until_on"], values["reason"], values["legal_basis"]
    )
    made = Sanction.objects.create(unit=unit, **values)
    days = {name: [None, values[name]] for name in ("from_on", "until_on")}
    history.record("sanction.imposed", made, by=by, at=at, changes=days, reason=values["reason"])
    return made


@transaction.atomic
def lift(sanction: Sanction, *, on: date, reason: str, by: User | None, at: datetime) -> Sanction:
    """Lift a sanction from a day on, for a reason; what it stopped until then stays stopped."""
    check_may(by, "programmes.sanction", sanction.unit)
    sanction = Sanction.objects.select_for_update(of=("self",)).get(pk=sanction.pk)
    rules.check_can_lift(sanction, on)
    check_reason(reason)
    changes = history.changes(sanction, {"lifted_on": on, "lifted_reason": reason.strip()[:500]})
    sanction.save(update_fields=["lifted_on", "lifted_reason"])
    history.record("sanction.lifted", sanction, by=by, at=at, changes=changes, reason=reason)
    return sanction


@transaction.atomic
def void(sanction: Sanction, *, reason: str, by: User | None, at: datetime) -> Sanction:
    """Take back a sanction that was entered by mistake; it stays, with the reason."""
    check_may(by, "programmes.sanction", sanction.unit)
    sanction = Sanction.objects.select_for_update(of=("self",)).get(pk=sanction.pk)
    rules.check_can_lift(sanction)
    check_reason(reason)
    sanction.voided_at, sanction.voided_reason = at, reason.strip()[:500]
    sanction.save(update_fields=["voided_at", "voided_reason"])
    history.record("sanction.voided", sanction, by=by, at=at, reason=reason)
    return sanction
