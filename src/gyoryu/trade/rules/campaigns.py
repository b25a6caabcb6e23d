"""What is allowed with promotions: figures that can be, and listings of their own channel."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_stands
from gyoryu.base.refused import Refused
from gyoryu.trade.models import Campaign, Listing

MOST_SPEND = Decimal(10) ** 12
MOST_LISTINGS = 500


def check(row: Campaign, listings: list[Listing]) -> None:
    """Refuse a promotion that ends before it begins, or counts more clicks than were shown."""
    check_stands(row)
    if row.ends_on < row.starts_on:
        raise Refused(_("It ends before it starts."), field="ends_on")
    if row.spend is not None and not 0 <= row.spend < MOST_SPEND:
        raise Refused(_("This cannot be right. Check the number."), field="spend")
    if row.clicks is not None and row.impressions is not None and row.clicks > row.impressions:
        raise Refused(
            _("More clicks than times it was shown: one of the two is wrong."), field="clicks"
        )
    if any(listing.channel_id != row.channel_id for listing in listings):
        raise Refused(_("A product of another mall is among them."), field="listings")
    if len(listings) > MOST_LISTINGS:
        raise Refused(
            _("At most %(most)d products at a time.") % {"most": MOST_LISTINGS}, field="listings"
        )


def cost_per_order(spend: Decimal | None, orders: int | None) -> Decimal | None:
    """Return what an order cost; none where either was not said, or nobody ordered."""
    if spend is None or not orders:
        return None
    return (spend / orders).quantize(Decimal("0.01"))


def click_rate(clicks: int | None, impressions: int | None) -> Decimal | None:
    """Return clicks of times shown in percent; none where either was not said, or none was."""
    if clicks is None or not impressions:
        return None
    return (Decimal(100 * clicks) / impressions).quantize(Decimal("0.01"))


def why_none(spend: Any, orders: Any) -> Any:
    """Say why there is no cost of an order: nothing was said, or nobody ordered."""
    if spend is None or orders is None:
        return _("Not stated")
    return _("Nobody ordered") if not orders else ""


def why_no_rate(clicks: Any, impressions: Any) -> Any:
    """Say why there is no click rate: nothing was said, or it was never shown."""
    if clicks is None or impressions is None:
        return _("Not stated")
    return _("Never shown") if not impressions else ""
