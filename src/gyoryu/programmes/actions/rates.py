"""What is done to exchange rates: entered, taken in from a file, corrected while unused."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import home_unit
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.programmes.models import ExchangeRate
from gyoryu.programmes.queries import rates as queries
from gyoryu.programmes.rules import rates as rules
from gyoryu.programmes.rules.rates import Rate

CHANGE = "programmes.change"


@transaction.atomic
def enter(rate: Rate, *, by: User | None, at: datetime) -> ExchangeRate:
    """Enter the rate of a currency on a day as a source stated it."""
    return enter_all([rate], by=by, at=at)[0]


@transaction.atomic
def enter_all(rates: Sequence[Rate], *, by: User | None, at: datetime) -> list[ExchangeRate]:
    """Enter several rates, all of them or none; one that stands already is left as it is.

    Raises ``Refused`` when one stands with another number.
    """
    check_may(by, CHANGE)
    for rate in rates:
        rules.check(rate, today=day_of(at))
    made, new = [], []
    for rate in rates:
        row, added = ExchangeRate.objects.get_or_create(
            currency=rate.currency, day=rate.day, source=rate.source.strip(),
            defaults={"rate": rate.rate},
        )  # fmt: skip
        if not added and row.rate != rate.rate:
            raise Refused(
                _("%(source)s stands with another rate for %(currency)s on %(day)s: %(rate)s.")
                % {"source": row.source, "currency": row.currency, "day": row.day,
                   "rate": f"{row.rate.normalize():f}"},
                field="rate",
            )  # fmt: skip
        made.append(row)
        if added:
            new.append(Done("rate.entered", row, _unit(by), {"rate": [None, rate.rate]}))
    history.record_many(new, by=by, at=at) if new else None
    return made


@transaction.atomic
def correct(
    row: ExchangeRate, *, rate: Decimal, reason: str, by: User | None, at: datetime
) -> ExchangeRate:
    """Correct a rate at which no claim was reckoned yet."""
    check_may(by, CHANGE)
    row = ExchangeRate.objects.select_for_update().get(pk=row.pk)
    rules.check_correct(row, queries.used(row), reason)
    rules.check(Rate(row.currency, row.day, rate, row.source), today=day_of(at))
    changes = history.changes(row, {"rate": rate})
    row.save(update_fields=["rate"])
    history.record(
        "rate.corrected", row, by=by, at=at, unit=_unit(by), changes=changes, reason=reason
    )
    return row


@transaction.atomic
def drop(row: ExchangeRate, *, reason: str, by: User | None, at: datetime) -> None:
    """Take a rate out that was entered by mistake and is not used."""
    check_may(by, CHANGE)
    row = ExchangeRate.objects.select_for_update().get(pk=row.pk)
    rules.check_correct(row, queries.used(row), reason)
    history.record("rate.dropped", row, by=by, at=at, unit=_unit(by), reason=reason)
    row.delete()


def _unit(by: User | None) -> "int | None":
    return home_unit(by, CHANGE).pk if by else None
