"""Applications on paper entered and taken back together, as an import of a sheet does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from gyoryu.accounts.models import Unit, User
from gyoryu.agreements.rules.given import check_reason, check_stands
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.programmes.actions import screening, steps
from gyoryu.programmes.models import Application
from gyoryu.programmes.rules import screening as rules


@transaction.atomic
def enter_applications(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Application]:
    """Enter applications that came on paper, and examine the conditions of their call.

    ``rows`` are what ``screening.enter`` takes, all of one call; they belong to the unit of the
    call, whoever takes the file in. Each gets its number and its letters as one handed in on line.
    """
    made = [screening.enter(**row, by=by, at=at) for row in rows]
    if made and made[0].call.rules.exists():
        screening.screen(made, by=by, at=at)
    return made


@transaction.atomic
def void_applications(
    rows: Sequence[Application], *, reason: str, by: User | None, at: datetime
) -> None:
    """Take back applications that were entered by mistake; whoever got a letter is told."""
    check_reason(reason)
    prefetch_related_objects(rows, "unit", "organisation", "call")
    for row in rows:
        rules.check_may_screen(by, row)
        check_stands(row)
        row.voided_at, row.voided_reason = at, reason
    if not rows:
        return
    Application.objects.bulk_update(rows, ["voided_at", "voided_reason"], batch_size=200)
    history.record_many(
        [Done("application.voided", row, reason=reason) for row in rows], by=by, at=at
    )
    for row in rows:
        steps.tell_voided(row, by=by, at=at)
