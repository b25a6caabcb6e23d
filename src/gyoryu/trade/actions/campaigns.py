"""Promotions on online malls, and which sales fall into each."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts
from gyoryu.history import actions as history
from gyoryu.trade.models import Campaign, Channel, Listing, Sale
from gyoryu.trade.rules import campaigns as rules
from gyoryu.trade.rules import malls

CHANGE = "trade.change"


@transaction.atomic
def add(
    channel: Channel,
    values: dict[str, Any],
    listings: list[Listing],
    *,
    by: User | None,
    at: datetime,
) -> Campaign:
    """Enter a promotion of a channel; without ``listings`` it is of all its goods."""
    check_may(by, CHANGE, channel.unit)
    malls.check_open(channel)
    row = Campaign(unit=channel.unit, channel=channel, **_with_currency(channel, values))
    check_texts(row)
    rules.check(row, listings)
    row.save()
    row.listings.set(listings)
    history.record("campaign.added", row, by=by, at=at)
    _tie(row)
    return row


@transaction.atomic
def change(
    row: Campaign,
    values: dict[str, Any],
    listings: list[Listing],
    *,
    by: User | None,
    at: datetime,
) -> Campaign:
    """Change a promotion's days, figures or goods; the sales that fall into it are found anew."""
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    changes = history.changes(row, _with_currency(row.channel, values))
    check_texts(row)
    rules.check(row, listings)
    before = {one.pk for one in row.listings.all()}
    if before != {one.pk for one in listings}:
        row.listings.set(listings)
        changes["listings"] = [len(before), len(listings)]
    if changes:
        row.save(update_fields=[name for name in changes if name != "listings"])
        history.record("campaign.changed", row, by=by, at=at, changes=changes)
        _tie(row)
    return row


@transaction.atomic
def void(row: Campaign, reason: str, *, by: User | None, at: datetime) -> Campaign:
    """Take back a promotion that was none; its sales stay, without it."""
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    check_reason(reason)
    changes = history.changes(row, {"voided_at": at, "voided_reason": reason})
    row.save(update_fields=list(changes))
    row.sales.update(campaign=None, campaign_told=False)
    history.record("campaign.voided", row, by=by, at=at, changes=changes, reason=reason)
    return row


def _with_currency(channel: Channel, values: dict[str, Any]) -> dict[str, Any]:
    """Say in which money was spent: the channel's, where anything was said."""
    if "spend" not in values:
        return values
    return {**values, "currency": channel.currency if values["spend"] is not None else ""}


def _tie(row: Campaign) -> None:
    """Find the sales of a promotion anew: those of its goods on its days, and told of no other.

    A sale belongs to one promotion: to the one its file names, else to the first that it fell into.
    """
    own = _fitting(row)
    held = Sale.objects.filter(campaign=row, campaign_told=False)
    held.exclude(pk__in=own.values("pk")).update(campaign=None)
    own.filter(campaign=None).update(campaign=row)


def _fitting(row: Campaign) -> QuerySet[Sale]:
    rows = Sale.objects.filter(
        voided_at=None, on__gte=row.starts_on, on__lte=row.ends_on,
        listing__channel=row.channel_id,
    )  # fmt: skip
    chosen = [one.pk for one in row.listings.all()]
    return rows.filter(listing__in=chosen) if chosen else rows
