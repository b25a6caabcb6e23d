"""Shop windows: laid out, opened to the public, closed."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_stands, check_texts
from gyoryu.history import actions as history
from gyoryu.trade.models import Channel, ShopWindow
from gyoryu.trade.rules import shop_windows as rules

CHANGE = "trade.change"


@transaction.atomic
def add(
    unit: Unit,
    values: dict[str, Any],
    channels: list[Channel],
    *,
    by: User | None,
    at: datetime,
) -> ShopWindow:
    """Lay out a shop window of the goods on some channels; nobody sees it until it is opened."""
    check_may(by, CHANGE, unit)
    row = ShopWindow(unit=unit, **values)
    _check(row)
    row.save()
    row.channels.set(channels)
    history.record("window.added", row, by=by, at=at)
    return row


@transaction.atomic
def change(
    row: ShopWindow,
    values: dict[str, Any],
    channels: list[Channel],
    *,
    by: User | None,
    at: datetime,
) -> ShopWindow:
    """Change a window's words, its address, or whose goods it shows."""
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    changes = history.changes(row, values)
    _check(row)
    before = sorted(one.pk for one in row.channels.all())
    after = sorted(one.pk for one in channels)
    if before != after:
        row.channels.set(channels)
        changes["channels"] = [str(before), str(after)]
    if changes:
        row.save(update_fields=[name for name in changes if name != "channels"])
        history.record("window.changed", row, by=by, at=at, changes=changes)
    return row


@transaction.atomic
def open_window(row: ShopWindow, *, by: User | None, at: datetime) -> ShopWindow:
    """Open a window to the public."""
    check_may(by, CHANGE, row.unit)
    rules.check_open(row, list(row.channels.all()))
    changes = history.changes(row, {"open_since": at})
    row.save(update_fields=["open_since"])
    history.record("window.opened", row, by=by, at=at, changes=changes)
    return row


@transaction.atomic
def close_window(row: ShopWindow, reason: str, *, by: User | None, at: datetime) -> ShopWindow:
    """Close a window; its page answers nobody from this moment on."""
    check_may(by, CHANGE, row.unit)
    rules.check_close(row)
    changes = history.changes(row, {"open_since": None})
    row.save(update_fields=["open_since"])
    history.record("window.closed", row, by=by, at=at, changes=changes, reason=reason)
    return row


def _check(row: ShopWindow) -> None:
    check_texts(row)
    rules.check(row)
    rules.check_free(row, ShopWindow.objects.filter(slug=row.slug).first())
