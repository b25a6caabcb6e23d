"""Online malls: who sees which, what is listed where, and what is a company's own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.parties.models import Organisation, Product
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Campaign, Channel, Listing

SEE = "trade.view"
ON_BOARD = 12
State = Listing.State


def channels(user: User, capability: str = SEE) -> QuerySet[Channel]:
    """Return the malls a user may see, or change."""
    rows = Channel.objects.filter(voided_at=None)
    rows = rows.select_related("unit", "region", "operator", "centre")
    return visible(rows, user, capability)


def used(user: User, capability: str = SEE) -> QuerySet[Channel]:
    """Return the malls that are still used."""
    return channels(user, capability).filter(ended_on=None).order_by("name_ko", "pk")


def open_to_companies() -> QuerySet[Channel]:
    """Return the malls to which a company may propose its products."""
    rows = Channel.objects.filter(voided_at=None, ended_on=None)
    return rows.select_related("region", "unit").order_by("name_ko", "pk")


def listings(user: User, capability: str = SEE) -> QuerySet[Listing]:
    """Return the listings a user may see, or change."""
    rows = Listing.objects.filter(voided_at=None)
    rows = rows.select_related("product__organisation", "channel", "unit")
    return visible(rows, user, capability)


def campaigns(user: User, capability: str = SEE) -> QuerySet[Campaign]:
    """Return the promotions a user may see, or change."""
    rows = Campaign.objects.filter(voided_at=None).select_related("channel", "unit")
    return visible(rows, user, capability)


def own(user: User) -> QuerySet[Listing]:
    """Return the listings of companies that somebody surely acts for."""
    rows = Listing.objects.filter(
        voided_at=None, product__organisation__in=representatives.sure_of(user)
    )
    return rows.select_related("product__organisation", "channel").order_by("-state_since", "-pk")


def own_products(user: User) -> QuerySet[Product]:
    """Return the products of companies that somebody surely acts for."""
    rows = Product.objects.filter(organisation__in=representatives.sure_of(user))
    return rows.select_related("organisation").order_by("organisation", "pk")


def listed(channel: Channel, products: Iterable[Product]) -> dict[int, str]:
    """Return which of some products are on a mall, with the words of their state."""
    rows = Listing.objects.filter(
        channel=channel, product__in=[one.pk for one in products], voided_at=None
    )
    return {row.product_id: str(row.get_state_display()) for row in rows}


def offered(channel: Channel, organisation: Organisation) -> QuerySet[Product]:
    """Return the products of a company that are not on a mall yet."""
    there = Listing.objects.filter(channel=channel, voided_at=None).values("product")
    rows = Product.objects.filter(organisation=organisation).exclude(pk__in=there)
    return rows.select_related("organisation").order_by("pk")


def holder(channel: int, code: str) -> Listing | None:
    """Return the listing that has a mall's number."""
    rows = Listing.objects.filter(channel=channel, code=code, voided_at=None)
    return rows.select_related("product").first()


@dataclass(frozen=True)
class Lane:
    """A state of the board, how many listings it has, and those that came to it last."""

    state: str
    label: str
    count: int
    rows: list[Listing]


def board(channel: Channel) -> list[Lane]:
    """Return a mall's listings by state, a few of each."""
    rows = Listing.objects.filter(channel=channel, voided_at=None)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    newest = Window(
        RowNumber(), partition_by=F("state"), order_by=[F("state_since").desc(), F("pk").desc()]
    )
    held: dict[str, list[Listing]] = defaultdict(list)
    some = rows.annotate(place=newest).filter(place__lte=ON_BOARD)
    for row in some.select_related("product__organisation").order_by("place"):
        held[row.state].append(row)
    return [
        Lane(one.value, str(one.label), counts.get(one.value, 0), held[one.value]) for one in State
    ]


def to_tie(channel: Channel) -> QuerySet[Listing]:
    """Return the listings of a mall that have no number yet."""
    rows = Listing.objects.filter(channel=channel, voided_at=None, code="")
    rows = rows.exclude(state=State.DELISTED)
    return rows.select_related("product__organisation").order_by("product__name_ko", "pk")


def coded(channel: Channel, codes: Iterable[str]) -> dict[str, Listing]:
    """Return the listings of a mall that have these numbers."""
    rows = Listing.objects.filter(channel=channel, code__in=list(codes), voided_at=None)
    return {row.code: row for row in rows.select_related("channel", "product")}


def running(channel: Channel) -> list[tuple[Campaign, frozenset[int]]]:
    """Return a mall's promotions with the listings each is of; none means all."""
    rows = Campaign.objects.filter(channel=channel, voided_at=None).order_by("pk")
    return [
        (row, frozenset(one.pk for one in row.listings.all()))
        for row in rows.prefetch_related("listings")
    ]


def on_sale(channels_: Iterable[int]) -> QuerySet[Listing]:
    """Return what is on sale now on some malls that are still used."""
    rows = Listing.objects.filter(
        Q(channel__in=list(channels_)),
        state=State.LIVE,
        voided_at=None,
        channel__ended_on=None,
        channel__voided_at=None,
    )
    return rows.select_related("product__organisation", "channel")
