"""The decision on a call that no panel judges."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import applications
from gyoryu.programmes.models import Application, Call
from gyoryu.programmes.queries.screening import to_select, unscreened
from gyoryu.programmes.rules import selecting as rules
from gyoryu.programmes.rules.applications import Decision

Status = Application.Status


@transaction.atomic
def select(
    call: Call,
    chosen: Collection[int],
    *,
    others: str = "",
    reason: str = "",
    by: User | None,
    at: datetime,
) -> int:
    """Select eligible applications by their keys; return how many.

    ``others`` says whether the rest stands on the reserve list, in the order it came in, or is not
    selected, and ``reason`` why; the applicants read it.
    """
    check_may(by, "programmes.approve", call.unit)
    # Locked, so that nobody is screened between the count and the decision.
    call = Call.objects.select_for_update().get(pk=call.pk)
    rules.check_call(call, at)
    rules.check_none_waits(unscreened(call).count())
    rows = list(to_select(call))
    left = [row.pk for row in rows if row.pk not in chosen]
    rules.check_others(left, others, reason)
    outcomes = [Decision(row, Status.SELECTED) for row in rows if row.pk in chosen]
    outcomes += [
        Decision(row, others, place if others == Status.RESERVE else None, reason=reason)
        for place, row in enumerate((row for row in rows if row.pk in left), start=1)
    ]
    applications.decide(call, outcomes, by=by, at=at)
    return len(rows) - len(left)
