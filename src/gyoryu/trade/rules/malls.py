"""What is allowed with online malls: channels, listings and the states they pass through."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import check_reason, check_stands
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.parties.models import Product
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Channel, Listing

State = Listing.State
# Which state may follow which. A mall's own check comes between papers and sale.
NEXT: dict[str, tuple[str, ...]] = {
    State.PROPOSED: (State.DOCUMENTS, State.DELISTED),
    State.DOCUMENTS: (State.REGISTERED, State.PROPOSED, State.DELISTED),
    State.REGISTERED: (State.LIVE, State.DELISTED),
    State.LIVE: (State.PAUSED, State.DELISTED),
    State.PAUSED: (State.LIVE, State.DELISTED),
    State.DELISTED: (State.PROPOSED,),
}
# Steps back and stops; each with its reason, for the company reads it.
REASONED = {(State.DOCUMENTS, State.PROPOSED), (State.DELISTED, State.PROPOSED)}
STOPPED = (State.PAUSED, State.DELISTED)
AT_THE_MALL = (State.REGISTERED, State.LIVE, State.PAUSED)
MOST_AT_ONCE = 200
MOST_PRICE = Decimal(10) ** 12


def check_channel(row: Channel) -> None:
    """Refuse a channel without a name, or one that ends without a reason."""
    if not row.name_ko.strip():
        raise Refused(_("Give the name in Korean."), field="name_ko")


def check_open(row: Channel) -> None:
    """Refuse to work on with a channel that has ended."""
    check_stands(row)
    if row.ended_on:
        raise Refused(
            _("This mall is not used any more: %(reason)s") % {"reason": row.ended_reason}
        )


def check_end(row: Channel, on: date, reason: str, today: date) -> None:
    """Refuse to end twice, in the future, or while goods are on sale."""
    check_open(row)
    check_reason(reason, most=300)
    if on > today:
        raise Refused(_("This day lies in the future."), field="on")
    left = row.listings.filter(voided_at=None, state=State.LIVE).count()
    if left:
        raise Refused(_("%(n)d products are still on sale there. Take them off first.")
                      % {"n": left})  # fmt: skip


def check_products(channel: Channel, products: list[Product], listed: dict[int, str]) -> None:
    """Refuse to propose nothing, very many at once, or what is on the channel already.

    ``listed`` are the products that are, with the words of their state.
    """
    check_open(channel)
    if not products:
        raise Refused(_("Choose at least one product."), field="products")
    if len(products) > MOST_AT_ONCE:
        raise Refused(
            _("At most %(most)d products at a time.") % {"most": MOST_AT_ONCE}, field="products"
        )
    for product in products:
        if product.pk in listed:
            raise Refused(
                _("“%(product)s” is on this mall already: %(state)s.")
                % {"product": product, "state": listed[product.pk]},
                field="products",
            )


def check_own(user: User, products: list[Product]) -> None:
    """Refuse to propose what is not a product of a company that one surely acts for."""
    own = set(representatives.sure_of(user))
    if any(product.organisation_id not in own for product in products):
        raise NotAllowed(_("You do not act for this company."))


def check_listing(row: Listing) -> None:
    """Refuse a price below zero or beyond any goods', and to take a number from what is sold."""
    if row.price is not None and not 0 <= row.price < MOST_PRICE:
        raise Refused(_("This cannot be right. Check the number."), field="price")
    if row.state in AT_THE_MALL and not row.code:
        raise Refused(_("Give the mall's number for it: sales are found by it."), field="code")


def needs_reason(now: str, state: str) -> bool:
    """Tell whether a step needs a reason."""
    return state in STOPPED or (now, state) in REASONED


def check_move(row: Listing, state: str, on: date, reason: str, code: str, today: date) -> None:
    """Refuse a step that does not follow, out of order, or without what it needs."""
    check_stands(row)
    if state not in NEXT[row.state]:
        allowed = ", ".join(str(State(one).label) for one in NEXT[row.state])
        raise Refused(
            _("It is “%(now)s”. From there it goes to: %(allowed)s.")
            % {"now": row.get_state_display(), "allowed": allowed},
            field="state",
        )
    if on > today:
        raise Refused(_("This day lies in the future."), field="on")
    if on < row.state_since:
        raise Refused(
            _("It has been “%(now)s” since %(day)s: the next step cannot be earlier.")
            % {"now": row.get_state_display(), "day": row.state_since},
            field="on",
        )
    if needs_reason(row.state, state):
        check_reason(reason, most=300)
    if state not in STOPPED:
        check_open(row.channel)
    if state in AT_THE_MALL and not code:
        raise Refused(_("Give the mall's number for it: sales are found by it."), field="code")


def check_code_free(row: Listing, holder: Any) -> None:
    """Refuse a number that another listing of the channel has."""
    if holder is not None and holder.pk != row.pk:
        raise Refused(
            _("“%(other)s” has this number already.") % {"other": holder.product}, field="code"
        )


def check_ties(channel: Channel, codes: dict[str, Listing]) -> None:
    """Refuse to tie a mall's numbers to another mall's products, or two to one."""
    seen: set[int] = set()
    for code, row in codes.items():
        if row.channel_id != channel.pk:
            raise Refused(_("A product of another mall is among them."), field=code)
        if row.pk in seen:
            raise Refused(
                _("“%(product)s” is chosen for two numbers.") % {"product": row.product},
                field=code,
            )
        seen.add(row.pk)


def check_unsold(row: Listing) -> None:
    """Refuse to take back what has sold."""
    if row.sales.filter(voided_at=None).exists():
        raise Refused(_("It has sold: take it off the mall instead."))
