"""What is allowed with shop windows, and whose words a buyer reads."""

import re

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_stands
from gyoryu.base.refused import Refused
from gyoryu.trade.models import Channel, ShopWindow

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Addresses under /shops/ that are pages of the house.
TAKEN = {"new", "ko", "en"}
# The languages of buyers that a window can speak, with their fixed words (queries/shop_words).
LANGUAGES = ("zh", "ja", "vi", "es", "ru")


def check(row: ShopWindow) -> None:
    """Refuse a window without a title or with an address that cannot be one."""
    if not row.title_ko.strip():
        raise Refused(_("Give the title in Korean."), field="title_ko")
    if not SLUG.fullmatch(row.slug) or row.slug in TAKEN or row.slug.isdigit():
        raise Refused(_("Small letters, digits and dashes, such as yanbian-goods."), field="slug")
    if row.language and row.language not in LANGUAGES:
        raise Refused(_("This language has no words here yet."), field="language")


def check_free(row: ShopWindow, holder: ShopWindow | None) -> None:
    """Refuse an address that another window has."""
    if holder is not None and holder.pk != row.pk:
        raise Refused(_("Another shop window has this address."), field="slug")


def check_open(row: ShopWindow, channels: list[Channel]) -> None:
    """Refuse to open twice, and to open a window on nothing."""
    check_stands(row)
    if row.open_since:
        raise Refused(_("It is open already."))
    if not channels:
        raise Refused(_("Choose first whose goods it shows."))


def check_close(row: ShopWindow) -> None:
    """Refuse to close what is not open."""
    check_stands(row)
    if not row.open_since:
        raise Refused(_("It is not open."))
