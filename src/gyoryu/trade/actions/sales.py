"""Sales as a mall's file tells them: entered together, and taken back together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Record, Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, day_of
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.history.inserting import insert_all
from gyoryu.trade.models import Sale
from gyoryu.trade.rules import sales as rules

CHANGE = "trade.change"


@transaction.atomic
def enter_sales(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Sale]:
    """Take sales over from a file; ``rows`` have listing, order, on, quantity, amount, currency,
    campaign, campaign_told and source_note. All are entered, or none.
    """
    today, made = day_of(at), []
    for one in {row["listing"].channel.unit_id: row["listing"].channel for row in rows}.values():
        check_may(by, CHANGE, one.unit)
    for values in rows:
        rules.check(values, today)
        rules.check_currency(values["listing"], values["currency"])
        made.append(
            Sale(unit_id=values["listing"].unit_id, source=Record.Source.IMPORTED, **values)
        )
    insert_all(made)
    told = [Done("sale.entered", row, reason=row.source_note) for row in made]
    history.record_many(told, by=by, at=at)
    return made


@transaction.atomic
def void_sales(
    verb: str, rows: Sequence[Sale], *, reason: str, by: User | None, at: datetime
) -> None:
    """Take a file's sales back, together and for one reason."""
    check_reason(reason)
    for one in {row.unit_id: row for row in rows}.values():
        check_may(by, CHANGE, one.unit)
    for row in rows:
        check_stands(row)
    history.void_together(verb, rows, by=by, at=at, reason=reason)
