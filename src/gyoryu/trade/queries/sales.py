"""What malls sold: by mall, product, month and promotion, each currency by itself."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet, Sum
from django.db.models.functions import TruncMonth

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.trade.models import Campaign, Channel, Listing, Sale
from gyoryu.trade.rules import campaigns as rules

SEE = "trade.view"
MOST = 500


def seen_by(user: User) -> QuerySet[Sale]:
    """Return the sales a user may see."""
    rows = Sale.objects.filter(voided_at=None)
    rows = rows.select_related("listing__product__organisation", "listing__channel", "campaign")
    return visible(rows, user, SEE)


@dataclass(frozen=True)
class Line:
    """Sales of one thing in one currency: how many orders and pieces, and for how much."""

    key: Any
    label: str
    currency: str
    orders: int
    quantity: int
    amount: Decimal


FIGURES = {
    "orders": Count("order", distinct=True),
    "pieces": Sum("quantity"),
    "total": Sum("amount"),
}


def _lines(rows: QuerySet[Sale], field: str, named: Any) -> list[Line]:
    """Group sales by a field; ``named`` turns the values found into words, all at once."""
    grouped = rows.order_by().values(field, "currency").annotate(**FIGURES)
    held = list(grouped.order_by(F(field).asc(nulls_last=True), "currency")[:MOST])
    names = named([one[field] for one in held])
    return [
        Line(one[field], names.get(one[field], ""), one["currency"], one["orders"],
             one["pieces"], one["total"])
        for one in held
    ]  # fmt: skip


def by_channel(rows: QuerySet[Sale]) -> list[Line]:
    """Add sales up by mall."""
    return _lines(rows, "listing__channel", lambda keys: _named(Channel.objects, keys))


def by_product(rows: QuerySet[Sale]) -> list[Line]:
    """Add sales up by listing: a product on a mall."""
    found = Listing.objects.select_related("product", "channel")
    return _lines(rows, "listing", lambda keys: _named(found, keys))


def by_campaign(rows: QuerySet[Sale]) -> list[Line]:
    """Add sales up by promotion; what fell into none stands last, under no name."""
    return _lines(rows, "campaign", lambda keys: _named(Campaign.objects, keys))


def by_month(rows: QuerySet[Sale]) -> list[Line]:
    """Add sales up by month."""
    months = rows.annotate(month=TruncMonth("on"))
    return _lines(months, "month", lambda keys: {key: f"{key:%Y-%m}" for key in keys if key})


def _named(rows: Any, keys: list[Any]) -> dict[Any, str]:
    return {row.pk: str(row) for row in rows.filter(pk__in=[key for key in keys if key])}


def totals(rows: QuerySet[Sale]) -> list[Line]:
    """Add sales up by currency alone; two currencies are never added."""
    found: Any = rows.order_by().values("currency").annotate(**FIGURES).order_by("currency")
    return [
        Line(one["currency"], one["currency"], one["currency"], one["orders"], one["pieces"],
             one["total"])
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """A promotion's figures: what was told of it, beside what the sales taken in say.

    ``sold`` is by currency; it is empty where no sale fell into it. ``span`` is from when to when
    the mall's sales have been taken in, so that no sale and no file are told apart.
    """

    cost_per_order: Decimal | None
    why_no_cost: Any
    click_rate: Decimal | None
    why_no_rate: Any
    orders: int
    sold: list[Line]
    cost_per_sold: Decimal | None
    span: tuple[date, date] | None


def counted(row: Campaign) -> Counted:
    """Return a promotion's figures."""
    rows = Sale.objects.filter(campaign=row, voided_at=None)
    sold = totals(rows)
    orders = sum(one.orders for one in sold)
    taken = Sale.objects.filter(listing__channel=row.channel_id, voided_at=None)
    ends = taken.aggregate(first=Min("on"), last=Max("on"))
    return Counted(
        rules.cost_per_order(row.spend, row.orders),
        rules.why_none(row.spend, row.orders),
        rules.click_rate(row.clicks, row.impressions),
        rules.why_no_rate(row.clicks, row.impressions),
        orders,
        sold,
        rules.cost_per_order(row.spend, orders),
        (ends["first"], ends["last"]) if ends["first"] else None,
    )


def of_listings(listings: list[Listing]) -> dict[int, list[Line]]:
    """Return what each of some listings sold, by currency; one query."""
    rows = Sale.objects.filter(listing__in=[one.pk for one in listings], voided_at=None)
    found: dict[int, list[Line]] = {}
    grouped: Any = rows.order_by().values("listing", "currency").annotate(**FIGURES)
    for one in grouped.order_by("listing", "currency"):
        line = Line(one["listing"], "", one["currency"], one["orders"], one["pieces"], one["total"])
        found.setdefault(one["listing"], []).append(line)
    return found
