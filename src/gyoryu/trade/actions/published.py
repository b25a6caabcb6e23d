"""What was published of an event's results is noted beside the register, and counts in nothing."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules import given
from gyoryu.history import actions as history
from gyoryu.trade.models import Event, Published
from gyoryu.trade.rules import published as rules

CHANGE = "trade.change"


@transaction.atomic
def note(
    event: Event | None, values: dict[str, Any], *, by: User | None, at: datetime
) -> Published:
    """Note figures as they were told; ``values`` are fields of Published, ``on`` among them."""
    rules.check_event(event)
    assert event is not None
    check_may(by, CHANGE, event.unit)
    rules.check_figures(values)
    rules.check_edition(event, values.get("edition", 0))
    if values.get("consulted") is None and values.get("pursued") is None:
        values = {**values, "currency": ""}
    row = Published(unit=event.unit, event=event, **values)
    given.check_texts(row)
    row.save()
    history.record("published.noted", row, by=by, at=at)
    return row


@transaction.atomic
def void(row: Published, *, reason: str, by: User | None, at: datetime) -> Published:
    """Take back what was noted wrongly; it stays, with why."""
    check_may(by, CHANGE, row.unit)
    rules.check_void(row, reason)
    row.voided_at, row.voided_reason = at, reason
    row.save(update_fields=["voided_at", "voided_reason"])
    history.record("published.voided", row, by=by, at=at, reason=reason)
    return row
