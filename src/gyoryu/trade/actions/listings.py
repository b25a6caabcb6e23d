"""Products on online malls: proposed, moved from state to state, tied to the mall's number."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts, day_of
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.parties.models import Product
from gyoryu.trade.actions import listing_letters as letters
from gyoryu.trade.models import Channel, Listing, ListingStep
from gyoryu.trade.queries import malls as queries
from gyoryu.trade.rules import malls as rules

CHANGE = "trade.change"
State = Listing.State


@transaction.atomic
def propose(
    channel: Channel, products: list[Product], *, by: User | None, at: datetime
) -> list[Listing]:
    """Propose several products to a mall: all of them, or none."""
    check_may(by, CHANGE, channel.unit)
    return _proposed(channel, products, None, by=by, at=at)


@transaction.atomic
def propose_own(
    channel: Channel, products: list[Product], *, by: User, at: datetime
) -> list[Listing]:
    """Propose products of a company that one surely acts for; an officer takes it on."""
    rules.check_own(by, products)
    return _proposed(channel, products, by, by=by, at=at)


def _proposed(
    channel: Channel, products: list[Product], who: User | None, *, by: User | None, at: datetime
) -> list[Listing]:
    # Locked, so that two who propose at once find each other's.
    channel = Channel.objects.select_for_update(of=("self",)).select_related("unit").get(
        pk=channel.pk
    )  # fmt: skip
    rules.check_products(channel, products, queries.listed(channel, products))
    day = day_of(at)
    made = [
        Listing(
            unit=channel.unit, channel=channel, product=product, state_since=day, proposed_by=who
        )
        for product in products
    ]
    Listing.objects.bulk_create(made)
    ListingStep.objects.bulk_create(
        ListingStep(listing=row, state=row.state, on=day) for row in made
    )
    history.record_many([Done("listing.proposed", row) for row in made], by=by, at=at)
    return made


@transaction.atomic
def change(row: Listing, values: dict[str, Any], *, by: User | None, at: datetime) -> Listing:
    """Change what the mall shows of it: its number, name and words there, price, address."""
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    changes = history.changes(row, values)
    check_texts(row)
    rules.check_listing(row)
    if row.code and "code" in changes:
        rules.check_code_free(row, queries.holder(row.channel_id, row.code))
    if changes:
        row.save(update_fields=list(changes))
        history.record("listing.changed", row, by=by, at=at, changes=changes)
    return row


@transaction.atomic
def move(
    row: Listing,
    state: str,
    on: date,
    reason: str = "",
    *,
    code: str = "",
    by: User | None,
    at: datetime,
) -> Listing:
    """Bring a listing to another state, on its day and with its reason."""
    check_may(by, CHANGE, row.unit)
    rows = Listing.objects.select_for_update(of=("self",))
    row = rows.select_related("channel", "product__organisation", "unit").get(pk=row.pk)
    code = code or row.code
    rules.check_move(row, state, on, reason, code, day_of(at))
    if code:
        rules.check_code_free(row, queries.holder(row.channel_id, code))
    values = {"state": state, "state_since": on, "state_reason": reason, "code": code}
    changes = history.changes(row, values)
    check_texts(row)
    row.save(update_fields=list(values))
    ListingStep.objects.create(listing=row, state=state, on=on, reason=reason)
    history.record("listing.moved", row, by=by, at=at, changes=changes, reason=reason)
    letters.moved(row, by=by, at=at)
    return row


@transaction.atomic
def tie_codes(channel: Channel, codes: dict[str, Listing], *, by: User | None, at: datetime) -> int:
    """Tie numbers that a mall's file names to the listings they belong to: all, or none."""
    check_may(by, CHANGE, channel.unit)
    rules.check_ties(channel, codes)
    for code, row in codes.items():
        change(row, {"code": code}, by=by, at=at)
    return len(codes)


@transaction.atomic
def void(row: Listing, reason: str, *, by: User | None, at: datetime) -> Listing:
    """Take back a listing that was proposed by mistake; one that has sold stays."""
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    check_reason(reason)
    rules.check_unsold(row)
    changes = history.changes(row, {"voided_at": at, "voided_reason": reason})
    row.save(update_fields=list(changes))
    history.record("listing.voided", row, by=by, at=at, changes=changes, reason=reason)
    return row
