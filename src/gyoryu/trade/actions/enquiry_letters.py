"""Letters about enquiries: to who asked, and to the staff of a centre that lets somebody wait."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from gyoryu.accounts.models import Membership, User
from gyoryu.accounts.rules import check_may
from gyoryu.base import workdays
from gyoryu.outbox import actions as outbox
from gyoryu.outbox.models import Letter
from gyoryu.trade.models import Enquiry
from gyoryu.trade.queries import centres, enquiries

# Working days after which an enquiry that is still open is told of again.
AGAIN = 5


@transaction.atomic
def came_in(row: Enquiry, *, by: User | None, at: datetime) -> int:
    """Tell the staff of the centre that somebody asks; return how many were written to."""
    staff = centres.working([row.centre_id], row.state_since).get(row.centre_id, [])
    for user in staff:
        with override(user.language):
            outbox.queue(
                user,
                key=f"enquiry:{row.pk}",
                subject=_("Enquiry %(number)s came in") % {"number": row.number},
                body=_("%(centre)s was asked (%(kind)s). It is to be answered until %(day)s.")
                % {"centre": row.centre, "kind": row.get_kind_display(), "day": row.due_on},
                link=reverse("enquiry", args=[row.pk]),
                about=row,
                at=at,
            )
    return len(staff)


@transaction.atomic
def answered(row: Enquiry, *, by: User | None, at: datetime) -> Letter | None:
    """Send the answer to who asked: their account, else the address they left, if they left any."""
    told = {"number": row.number}
    if row.asked_by is not None:
        if not row.asked_by.is_active:
            return None
        with override(row.asked_by.language):
            return outbox.queue(
                row.asked_by,
                key=f"enquiry-answered:{row.pk}",
                subject=_("Answer to your enquiry %(number)s") % told,
                body=f"{row.answer}\n\n{row.centre}",
                link=reverse("my-enquiry", args=[row.pk]),
                about=row,
                at=at,
            )
    if not row.contact_email:
        return None
    with override(row.language):
        return outbox.queue_to(
            row.contact_email,
            language=row.language,
            unit=row.unit,
            key=f"enquiry-answered:{row.pk}",
            subject=_("Answer to your enquiry %(number)s") % told,
            body=f"{row.answer}\n\n{row.centre}",
            about=row,
            at=at,
        )


@transaction.atomic
def matched(row: Enquiry, *, by: User | None, at: datetime) -> Letter | None:
    """Tell a company on its own page that the centre has found it a partner."""
    if row.asked_by is None or row.lead is None or not row.asked_by.is_active:
        return None
    with override(row.asked_by.language):
        return outbox.queue(
            row.asked_by,
            key=f"enquiry-matched:{row.pk}",
            subject=_("A partner for your enquiry %(number)s") % {"number": row.number},
            body=_("%(centre)s proposes: %(partner)s. The centre will bring you together.")
            % {"centre": row.centre, "partner": row.lead.organisation},
            link=reverse("my-enquiry", args=[row.pk]),
            about=row,
            at=at,
        )


def remind(*, on: date, by: User | None, at: datetime) -> int:
    """Write about enquiries that are late: a day after, and every week again until answered.

    To the staff who work at the centre; where nobody does, to those who approve for its unit. The
    key names the week, so that a second run, or one after an outage, adds nothing.
    """
    check_may(by, "trade.change")
    rows = list(enquiries.waiting(on))
    staff = centres.working({row.centre_id for row in rows}, on)
    new = 0
    for row in rows:
        late = workdays.between(row.due_on, on)
        for user in staff.get(row.centre_id) or _approvers(row):
            new += _late(row, user, late, at) if late else 0
    return new


def _approvers(row: Enquiry) -> list[User]:
    path = row.unit.path
    above = [path[: place + 1] for place, char in enumerate(path) if char == "/" and place]
    rows = Membership.objects.filter(
        role=Membership.Role.APPROVER, unit__path__in=above, user__is_active=True
    )
    found = list(rows.select_related("user", "unit").order_by("-unit__path", "user"))
    nearest = found[0].unit.path if found else ""
    return [one.user for one in found if one.unit.path == nearest]


@transaction.atomic
def _late(row: Enquiry, user: User, late: int, at: datetime) -> int:
    key = f"enquiry-late:{row.pk}:{row.due_on}:{(late - 1) // AGAIN}"
    if Letter.objects.filter(to=user, key=key).exists():
        return 0
    with override(user.language):
        days = ngettext("%(n)d working day", "%(n)d working days", late) % {"n": late}
        outbox.queue(
            user,
            key=key,
            subject=_("Enquiry %(number)s is late by %(days)s")
            % {"number": row.number, "days": days},
            body=_("%(centre)s promised an answer until %(day)s.")
            % {"centre": row.centre, "day": row.due_on},
            link=reverse("enquiry", args=[row.pk]),
            about=row,
            at=at,
        )
    return 1
