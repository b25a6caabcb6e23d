"""What is known of exchange rates: those of a day, and how often each was used."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from gyoryu.programmes.models import ExchangeRate
from gyoryu.programmes.rules import rates as rules


def listed() -> QuerySet[ExchangeRate]:
    """Return all rates; they are open to every reader of programmes."""
    return ExchangeRate.objects.all()


def with_use(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add to each rate how many claims were reckoned at it (``used``)."""
    told: QuerySet[Any] = rows.annotate(used=Count("claims"))
    return told


def used(row: ExchangeRate) -> int:
    """Return how many claims were reckoned at a rate."""
    return row.claims.count()


def of_day(currency: str, day: date, source: str = "") -> ExchangeRate:
    """Return the rate of a currency on a stated day, of a source if one is named.

    Raises ``Refused`` without one or with several, as ``rules.rates.check_one`` says.
    """
    rows = ExchangeRate.objects.filter(currency=currency)
    rows = rows.filter(source=source) if source else rows
    found = list(rows.filter(day=day).order_by("source"))
    earlier = None if found else rows.filter(day__lt=day).order_by("-day", "source").first()
    return rules.check_one(found, earlier, currency, day)
