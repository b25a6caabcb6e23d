"""Online malls as channels: entered, changed, ended."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_texts, day_of
from gyoryu.history import actions as history
from gyoryu.trade.models import Channel
from gyoryu.trade.rules import malls as rules

CHANGE = "trade.change"


@transaction.atomic
def add(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Channel:
    """Enter an online mall on which goods can be listed."""
    check_may(by, CHANGE, unit)
    row = Channel(unit=unit, **values)
    check_texts(row)
    rules.check_channel(row)
    row.save()
    history.record("channel.added", row, by=by, at=at)
    return row


@transaction.atomic
def change(row: Channel, values: dict[str, Any], *, by: User | None, at: datetime) -> Channel:
    """Change a mall's facts."""
    check_may(by, CHANGE, row.unit)
    rules.check_open(row)
    changes = history.changes(row, values)
    check_texts(row)
    rules.check_channel(row)
    if changes:
        row.save(update_fields=list(changes))
        history.record("channel.changed", row, by=by, at=at, changes=changes)
    return row


@transaction.atomic
def end(row: Channel, on: date, reason: str, *, by: User | None, at: datetime) -> Channel:
    """Stop using a mall; what was listed there stays as it was."""
    check_may(by, CHANGE, row.unit)
    rules.check_end(row, on, reason, day_of(at))
    changes = history.changes(row, {"ended_on": on, "ended_reason": reason})
    row.save(update_fields=list(changes))
    history.record("channel.ended", row, by=by, at=at, changes=changes, reason=reason)
    return row
