"""Letters about settlements: before and after a report or a return is due, and what is decided.

A letter's key names what is due, its day and the step, as reminders of agreements do: a second run
adds nothing, after an outage only the latest step is sent, and a day that is moved begins anew.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules import reminders as steps
from gyoryu.outbox import actions as outbox
from gyoryu.outbox.models import Letter
from gyoryu.programmes.models import Award, Recovery, Report, Representative
from gyoryu.programmes.queries import settlement as queries

AT_ONCE = 200


@transaction.atomic
def returned(report: Report, reason: str, *, by: User | None, at: datetime) -> None:
    """Write to the awardee that the report has to be completed."""
    award = report.award
    said = {"number": award.number, "reason": reason}
    for user in _awardees([award]).get(award.pk, []):
        outbox.queue(
            user,
            key=f"report.returned:{report.pk}:{at:%Y%m%d%H%M%S}",
            subject=_("Report on %(number)s was returned for completion") % said,
            body=_("Please complete it and hand it in again. What is missing: %(reason)s") % said,
            about=award,
            link=reverse("my-report", args=[award.pk]),
            at=at,
        )


@transaction.atomic
def asked(row: Recovery, *, by: User | None, at: datetime) -> None:
    """Write to the awardee what has to come back, by when and why."""
    award = row.award
    said = {"number": award.number, "sum": f"{row.amount + row.interest:,}",
            "amount": f"{row.amount:,}", "interest": f"{row.interest:,}", "due": row.due_on,
            "reason": row.reason}  # fmt: skip
    for user in _awardees([award]).get(award.pk, []):
        outbox.queue(
            user,
            key=f"recovery.asked:{row.pk}",
            subject=_("%(sum)s KRW has to be returned: %(number)s") % said,
            body=_(
                "Please return %(amount)s KRW and %(interest)s KRW of interest by %(due)s."
                " The reason: %(reason)s"
            )
            % said,
            about=award,
            link=reverse("my-report", args=[award.pk]),
            at=at,
        )


def remind(*, on: date, by: User | None, at: datetime) -> int:
    """Queue the letters whose step has come, before and after the day; return how many are new.

    To the awardee, and from a week after the day to the officer of the programme too.
    """
    check_may(by, "programmes.approve")
    until = on - timedelta(days=steps.STEPS[0])
    new = 0
    for rows, tell in (
        (queries.reports_due(until), _of_report),
        (queries.returns_due(until), _of_return),
    ):
        for some in _in_batches(rows):
            new += _queue(some, tell, on, at)
    return new


def _in_batches(rows: Any) -> Iterable[list[Any]]:
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        yield some


@transaction.atomic
def _queue(rows: list[Any], tell: Any, on: date, at: datetime) -> int:
    awards = [row if isinstance(row, Award) else row.award for row in rows]
    awardees = _awardees(awards)
    wanted = []
    for row, award in zip(rows, awards, strict=True):
        key, due, said = tell(row)
        step = steps.step(due, on)
        if step is None:
            continue
        officer = award.call.programme.owner if step >= steps.ESCALATES else None
        to = {one.pk: one for one in [*awardees.get(award.pk, []), officer] if one}
        wanted += [(user, f"{key}:{due}:{step:+d}", said, award) for user in to.values()]
    there = set(Letter.objects.filter(key__in={one[1] for one in wanted}).values_list("to", "key"))
    new = [one for one in wanted if (one[0].pk, one[1]) not in there]
    for user, key, (subject, body), award in new:
        own = award.call.programme.owner_id != user.pk
        link = reverse("my-report" if own else "settlement", args=[award.pk])
        outbox.queue(user, key=key, subject=subject, body=body, about=award, link=link, at=at)
    return len(new)


def _of_report(row: Award) -> tuple[str, date, tuple[Any, Any]]:
    said = {"number": row.number, "due": row.report_due_on, "call": row.call}
    subject = _("Final report on %(number)s is due on %(due)s") % said
    body = _("%(call)s\nHand the final report in by %(due)s: what was done, used and left.") % said
    return f"report:{row.pk}", row.report_due_on, (subject, body)


def _of_return(row: Recovery) -> tuple[str, date, tuple[Any, Any]]:
    left = row.amount - row.returned + row.interest - row.returned_interest
    said = {"number": row.award.number, "due": row.due_on, "left": f"{left:,}"}
    subject = _("%(left)s KRW of %(number)s has to be returned by %(due)s") % said
    body = _("%(left)s KRW has not come back yet. It is due on %(due)s.") % said
    return f"recovery:{row.pk}", row.due_on, (subject, body)


def _awardees(awards: list[Award]) -> dict[int, list[User]]:
    """Return who acts for each award: the confirmed representatives, or the applicant."""
    companies = {one.organisation_id for one in awards if one.organisation_id}
    rows = Representative.objects.filter(
        organisation__in=companies, ended_on=None, confirmed_at__isnull=False, user__is_active=True
    ).select_related("user")
    acting: dict[int, list[User]] = {}
    for row in rows:
        acting.setdefault(row.organisation_id, []).append(row.user)
    found = {}
    for one in awards:
        applicant = one.application.applicant if one.application else None
        found[one.pk] = acting.get(one.organisation_id or 0) or [
            user for user in [applicant] if user and not one.organisation_id
        ]
    return found
