"""What a row of a mall's sales may say."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.trade.models import Listing, Sale

MOST = Decimal(10) ** 12
MOST_QUANTITY = 1_000_000


def check(values: dict[str, Any], today: date) -> None:
    """Refuse a sale of tomorrow, of nothing, in no goods' amount, or with crossed signs."""
    if values["on"] > today:
        raise Refused(_("This day lies in the future."), field="on")
    quantity, amount = values["quantity"], values["amount"]
    if quantity == 0 or abs(quantity) > MOST_QUANTITY:
        raise Refused(_("This cannot be right. Check the number."), field="quantity")
    if abs(amount) >= MOST:
        raise Refused(_("This cannot be right. Check the number."), field="amount")
    if amount and (amount < 0) != (quantity < 0):
        raise Refused(
            _("What comes back has its number and its amount below zero, both."), field="amount"
        )


def check_currency(listing: Listing, currency: str) -> None:
    """Refuse a sale in another money than the channel's."""
    if currency != listing.channel.currency:
        raise Refused(
            _("This mall sells in %(currency)s.") % {"currency": listing.channel.currency},
            field="currency",
        )


def check_same(row: Sale, values: dict[str, Any]) -> None:
    """Refuse an order that was taken in before and says something else now."""
    for name in ("on", "quantity", "amount", "currency"):
        if getattr(row, name) != values[name]:
            raise Refused(
                _("This order was taken in with something else (%(source)s). Undo that first.")
                % {"source": row.source_note or row.pk},
                field=name,
            )
