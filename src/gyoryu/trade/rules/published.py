"""What a release tells of results, and what may be noted of it beside the register."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules import given
from gyoryu.base.refused import Refused
from gyoryu.trade.models import Event, Published

COUNTS = ("companies", "buyers", "consultations", "deals")
AMOUNTS = ("consulted", "pursued")
FIGURES = ("companies", "buyers", "consultations", "consulted", "deals", "pursued")
MOST_COUNT, MOST_AMOUNT = 10_000_000, Decimal(10) ** 15


def check_event(event: Event | None) -> None:
    """Refuse figures that belong to no event that stands."""
    if event is None:
        raise Refused(
            _(
                "Choose the event that these figures are of. They enter with their grade, "
                "consulted or pursued; nothing is added up."
            ),
            field="event",
        )
    given.check_stands(event)


def check_figures(values: Mapping[str, Any]) -> None:
    """Refuse no figure at all, an amount without its currency, and what cannot be right."""
    if all(values.get(name) is None for name in FIGURES):
        raise Refused(_("Give at least one figure, as it was told."), field="consultations")
    for name in COUNTS:
        if (count := values.get(name)) is not None and not 0 <= count <= MOST_COUNT:
            raise Refused(_("This cannot be right. Check the number."), field=name)
    for name in AMOUNTS:
        if (amount := values.get(name)) is not None and not 0 <= amount < MOST_AMOUNT:
            raise Refused(_("This cannot be right. Check the amount."), field=name)
    told = any(values.get(name) is not None for name in AMOUNTS)
    if told and not values.get("currency"):
        raise Refused(_("Say in which currency."), field="currency")


def check_edition(event: Event, edition: int) -> None:
    """Refuse an edition that is neither the event's own nor the one before it."""
    if edition not in (0, -1):
        raise Refused(_("This edition, or the one before it."), field="edition")


def check_void(row: Published, reason: str) -> None:
    """Refuse to take back twice or without a reason."""
    given.check_stands(row)
    given.check_reason(reason)
