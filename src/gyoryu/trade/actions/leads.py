"""Buyer leads that a centre found: entered, checked, dropped."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts, day_of
from gyoryu.history import actions as history
from gyoryu.trade.models import Centre, Lead, LeadCode
from gyoryu.trade.rules import centres
from gyoryu.trade.rules import leads as rules

CHANGE = "trade.change"


@transaction.atomic
def add(centre: Centre, values: dict[str, Any], *, by: User | None, at: datetime) -> Lead:
    """Enter a buyer that a centre found."""
    check_may(by, CHANGE, centre.unit)
    centres.check_open(centre)
    rules.check_codes(values.get("hs_codes", []))
    rules.check_found(values["found_on"], day_of(at))
    row = Lead(unit=centre.unit, centre=centre, state_since=day_of(at), **values)
    check_texts(row)
    row.save()
    _keep_codes(row)
    history.record("lead.added", row, by=by, at=at)
    return row


@transaction.atomic
def change(row: Lead, values: dict[str, Any], *, by: User | None, at: datetime) -> Lead:
    """Change what a lead looks for."""
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    rules.check_codes(values.get("hs_codes", []))
    rules.check_found(values.get("found_on", row.found_on), day_of(at))
    changes = history.changes(row, values)
    check_texts(row)
    if changes:
        row.save(update_fields=list(changes))
        history.record("lead.changed", row, by=by, at=at, changes=changes)
    if "hs_codes" in changes:
        row.codes.all().delete()
        _keep_codes(row)
    return row


def _keep_codes(row: Lead) -> None:
    """Write a lead's codes a row each, by which it is found."""
    codes = dict.fromkeys(row.hs_codes)
    LeadCode.objects.bulk_create(LeadCode(lead=row, code=code) for code in codes)


@transaction.atomic
def move(row: Lead, state: str, reason: str, *, by: User | None, at: datetime) -> Lead:
    """Note that a lead was checked, or is dropped."""
    check_may(by, CHANGE, row.unit)
    rules.check_step(row, state, reason)
    values = {"state": state, "state_since": day_of(at), "state_reason": reason}
    changes = history.changes(row, values)
    row.save(update_fields=list(changes))
    history.record("lead.moved", row, by=by, at=at, changes=changes, reason=reason)
    return row


@transaction.atomic
def void(row: Lead, reason: str, *, by: User | None, at: datetime) -> Lead:
    """Take back a lead that was entered by mistake."""
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    check_reason(reason)
    changes = history.changes(row, {"voided_at": at, "voided_reason": reason})
    row.save(update_fields=list(changes))
    history.record("lead.voided", row, by=by, at=at, changes=changes, reason=reason)
    return row
