"""Shop windows: who sees which at the office, and what the public sees in one."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.base.money import Money, plain
from gyoryu.trade.models import Channel, Listing, ShopWindow
from gyoryu.trade.queries import malls

SEE = "trade.view"
MOST = 300


def seen_by(user: User, capability: str = SEE) -> QuerySet[ShopWindow]:
    """Return the shop windows a user may see, or change."""
    rows = ShopWindow.objects.filter(voided_at=None).select_related("unit")
    return visible(rows, user, capability)


def opened(slug: str) -> ShopWindow | None:
    """Return the window of an address that is open to the public now."""
    rows = ShopWindow.objects.filter(slug=slug, voided_at=None, open_since__isnull=False)
    return rows.select_related("unit").first()


def languages(row: ShopWindow) -> list[str]:
    """Return the languages a window is read in; the buyer's first, where it has one."""
    own = [row.language] if row.language else []
    return [*own, *(one for one in ("ko", "en") if one != row.language)]


@dataclass(frozen=True)
class Good:
    """Something on sale as a buyer reads it; ``language`` is that of its name."""

    name: str
    language: str
    about: str
    maker: str
    price: str
    mall: str
    address: str


@dataclass(frozen=True)
class Shown:
    """A shop window in a language: its words, and the goods that are on sale at this moment."""

    title: str
    intro: str
    goods: list[Good]


def shown(row: ShopWindow, language: str) -> Shown:
    """Return what the public sees; goods that have stopped since are not among them."""
    there = malls.on_sale(row.channels.values_list("pk", flat=True))
    listings = there.order_by("product__organisation", "product", "pk")[:MOST]
    native = language not in {"ko", "en"}
    title = _said(language, row.title_native, row.title_ko, row.title_en)
    intro = _said(language, row.intro_native, row.intro_ko, row.intro_en)
    return Shown(title[0], intro[0], [_good(one, language, native) for one in listings])


def _said(language: str, native: str, ko: str, en: str) -> tuple[str, str]:
    """Return a text in a language and which that is: else in English, else in Korean."""
    if language == "ko":
        ways = [(ko, "ko"), (en, "en")]
    elif language == "en":
        ways = [(en, "en"), (ko, "ko")]
    else:
        ways = [(native, language), (en, "en"), (ko, "ko")]
    return next((way for way in ways if way[0]), ("", language))


def _good(row: Listing, language: str, native: bool) -> Good:
    product, channel = row.product, row.channel
    maker = product.organisation
    name, spoken = _said(language, row.name_native, product.name_ko, product.name_en)
    made, _of = _said(language, maker.name_native, maker.name_ko, maker.name_en)
    mall, _at = _said(language, channel.name_native, channel.name_ko, channel.name_en)
    return Good(
        name,
        spoken,
        row.about_native if native else "",
        made,
        _price(row.price, channel),
        mall,
        row.address or channel.address,
    )


def _price(price: Decimal | None, channel: Channel) -> str:
    return "" if price is None else f"{channel.currency} {plain(Money(price, channel.currency))}"
