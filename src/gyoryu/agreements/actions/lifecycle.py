"""What time does to agreements: terms that run out, and are renewed or expire."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import agreements, duties
from gyoryu.agreements.models import Agreement, Status, StatusChange
from gyoryu.agreements.queries import agreements as queries
from gyoryu.agreements.rules import agreements as rules
from gyoryu.history import actions as history


@transaction.atomic
def renew(
    agreement: Agreement,
    *,
    on: date,
    reason: str,
    ends_on: date | None = None,
    by: User | None,
    at: datetime,
) -> Agreement:
    """Renew an agreement, to a day or for another term of its own length."""
    row = queries.as_it_stands(agreement)
    check_may(by, "agreements.change", row.unit)
    ends_on = ends_on or rules.next_end(row, on)
    rules.check_renew(row, ends_on, on)
    rules.check_step(on, reason, today=rules.day_of(at), facts=queries.facts(row))
    values: dict[str, Any] = {"ends_on": ends_on}
    if row.status == Status.EXPIRED:
        values |= {"status": Status.IN_FORCE, "status_since": on}
    changes = history.changes(agreement, values)
    agreement.save(update_fields=list(values))
    StatusChange.objects.create(
        agreement=agreement, status=Status.IN_FORCE, on=on, reason=reason, by=by, at=at
    )
    history.record("agreement.renewed", agreement, by=by, at=at, changes=changes, reason=reason)
    duties.follow(agreement, "renewed", on=on, reason=reason, by=by, at=at)
    return agreement


@transaction.atomic
def expire_due(*, on: date, by: User | None, at: datetime) -> list[Agreement]:
    """Do what each agreement says of the end of its own term; return those it was done to.

    One that ends with its term expires on the day after. One that renews by itself begins its next
    term. One that is renewed by agreement, is suspended, or does not say, waits in the queue for
    somebody's decision: the system does not guess what two governments agreed.
    """
    return [row for row in queries.term_over(on) if _run_out(row, on, by, at)]


def _run_out(row: Agreement, on: date, by: User | None, at: datetime) -> bool:
    if row.ends_on is None:
        return False
    day = rules.after_term(row, queries.last_step(row))
    if day > on:
        return False
    if row.renewal == Agreement.Renewal.NONE:
        agreements.move(row, Status.EXPIRED, on=day, reason=_("Its term ran out."), by=by, at=at)
        return True
    own = row.renewal == Agreement.Renewal.AUTOMATIC and row.status == Status.IN_FORCE
    if own and row.term_months:
        _renew_until(row, on, by, at)
        return True
    return False


def _renew_until(row: Agreement, on: date, by: User | None, at: datetime) -> None:
    """Renew for each term that passed unseen, so that the course shows every one of them."""
    reason = _("Renewed by itself for another term.")
    while row.ends_on and row.ends_on < on:
        renew(row, on=rules.after_term(row, queries.last_step(row)), reason=reason, by=by, at=at)
