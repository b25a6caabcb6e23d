"""How what was published is withdrawn: the public is told since when and why, and sees no more."""

from datetime import datetime

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.agreements.models import Agreement
from gyoryu.history import actions as history
from gyoryu.register import rules
from gyoryu.register.models import PageWithdrawal, Publication
from gyoryu.register.queries import lists
from gyoryu.register.queries import publications as queries


@transaction.atomic
def withdraw(
    publication: Publication, *, reason: str, by: User | None, at: datetime
) -> Publication:
    """Withdraw a version: its pages and files tell everybody why, and nothing of its rows.

    What it says stays kept for the desk; the next version of its month is a new number.
    """
    rules.check_may_for(by, "register.withdraw", publication.unit)
    Unit.objects.select_for_update().get(pk=publication.unit_id)
    row = Publication.objects.get(pk=publication.pk)
    rules.check_withdraw(row, reason)
    row.withdrawn_at, row.withdrawn_by, row.withdrawal = at, by, reason.strip()[:500]
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal"])
    history.record("register.withdrawn", row, by=by, at=at, reason=row.withdrawal)
    return row


@transaction.atomic
def withdraw_page(agreement: Agreement, *, reason: str, by: User | None, at: datetime) -> Agreement:
    """Withdraw an agreement's public page and documents until a later publication tells of it."""
    government = queries.government_of(agreement)
    rules.check_may_for(by, "register.withdraw", government)
    Unit.objects.select_for_update().get(pk=government.pk)
    newest = queries.standing(government)
    line = lists.line_of(agreement, newest)
    there = queries.page_withdrawal(government, line.key, newest) if newest and line else None
    rules.check_withdraw_page(line, there, reason)
    assert line
    PageWithdrawal.objects.create(
        agreement=agreement,
        publication=line.publication,
        key=line.key,
        reason=reason.strip()[:500],
        withdrawn_at=at,
        withdrawn_by=by,
    )
    history.record("register.page_withdrawn", agreement, by=by, at=at, reason=reason.strip()[:500])
    return agreement
