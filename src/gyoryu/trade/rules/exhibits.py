"""What is allowed about the products that exhibitors show."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_texts
from gyoryu.base.refused import Refused
from gyoryu.parties.models import Product
from gyoryu.trade.models import Exhibit, Participant

OWN = ("about_ko", "about_en", "price", "currency")
MOST, MOST_PRICE = 100, Decimal(10) ** 12


def check_room(row: Participant) -> None:
    """Refuse more products than anybody looks through."""
    if row.exhibits.count() >= MOST:
        raise Refused(_("%(most)d products at most.") % {"most": MOST})


def check_product(row: Participant, product: Product) -> None:
    """Refuse a product of another company, or one that is shown already."""
    if product.organisation_id != row.organisation_id:
        raise Refused(_("This is a product of another company."), field="product")
    if row.exhibits.filter(product=product).exists():
        raise Refused(_("This product is shown already."), field="product")


def check_exhibit(exhibit: Exhibit) -> None:
    """Refuse texts that do not fit, and a price without its currency or out of all bounds."""
    check_texts(exhibit)
    if exhibit.price is None:
        return
    if not 0 <= exhibit.price < MOST_PRICE:
        raise Refused(_("This cannot be right. Check the number."), field="price")
    if not exhibit.currency:
        raise Refused(_("Say in which currency."), field="currency")
