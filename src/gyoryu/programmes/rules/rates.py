"""Which exchange rates may be entered and corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_reason, told
from gyoryu.base.money import CURRENCIES
from gyoryu.base.refused import Refused
from gyoryu.programmes.models import ExchangeRate

MOST = Decimal(10) ** 8
OURS = "KRW"


@dataclass(frozen=True)
class Rate:
    """Won for one unit of a currency on a day, as a source stated it."""

    currency: str
    day: date
    rate: Decimal
    source: str


def check(rate: Rate, *, today: date) -> None:
    """Refuse an unknown currency, a day to come, a rate that cannot be, or one without source."""
    if rate.currency not in CURRENCIES or rate.currency == OURS:
        raise Refused(
            _("“%(code)s” is not a foreign currency that is known here.")
            % {"code": rate.currency[:10]},
            field="currency",
        )
    if rate.day > today:
        raise Refused(_("This day has not come yet."), field="day")
    if not 0 < rate.rate < MOST:
        raise Refused(_("A rate lies above zero and below 100,000,000 won."), field="rate")
    if not rate.source.strip():
        raise Refused(_("Say who stated the rate."), field="source")
    if len(rate.source) > 80:
        raise Refused(_("Name the source in 80 characters."), field="source")


def check_unused(row: ExchangeRate, claims: int) -> None:
    """Refuse to touch a rate on which a claim was reckoned."""
    if claims:
        raise Refused(
            _("Claims were reckoned at this rate: %(count)d. It stays as it is.")
            % {"count": claims}
        )


def check_correct(row: ExchangeRate, claims: int, reason: str) -> None:
    """Refuse to correct a rate that is used, or without a reason."""
    check_unused(row, claims)
    check_reason(reason)


def check_one(
    found: Sequence[ExchangeRate], earlier: ExchangeRate | None, currency: str, day: date
) -> ExchangeRate:
    """Return the one rate of a stated day; refuse none, and several of which none is chosen.

    Without one the nearest earlier day's is named. It is never used silently.
    """
    if len(found) == 1:
        return found[0]
    said = {"currency": currency, "on": told(day)}
    if found:
        sources = ", ".join(one.source for one in found)
        raise Refused(
            _("Several rates are entered for that day. Choose one: %(sources)s.")
            % {"sources": sources},
            field="rate_source",
        )
    if earlier is None:
        raise Refused(_("No rate of %(currency)s is entered for %(on)s.") % said, field="rate_on")
    raise Refused(
        _(
            "No rate of %(currency)s is entered for %(on)s. The nearest before is %(rate)s"
            " of %(day)s (%(source)s); state that day if it is the one that counts."
        )
        % {
            **said,
            "rate": f"{earlier.rate.normalize():f}",
            "day": told(earlier.day),
            "source": earlier.source,
        },
        field="rate_on",
    )
