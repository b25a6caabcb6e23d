"""What was to follow a talk is told of before it is due, and again when it is late."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from gyoryu.accounts.models import User
from gyoryu.outbox import actions as outbox
from gyoryu.programmes.models import Representative
from gyoryu.trade.models import Consultation, Participant
from gyoryu.trade.queries import consultations as queries

# Lines of one letter; who has more finds them on the page.
LISTED = 20
BEFORE, AFTER = 1, 2
MOST = 5000


@transaction.atomic
def remind(*, on: date, by: User | None, at: datetime) -> int:
    """Tell of next steps that are due in some days, and of those that are late; once each.

    A company's talks stand in one letter to each of its confirmed people; where it has none, to
    whoever owns the event. Returns how many next steps were told of. Missed days are caught up.
    """
    rows = list(queries.to_remind(on).order_by("next_due", "pk")[:MOST])
    people = _people({row.exhibitor.organisation_id for row in rows})
    by_exhibitor: dict[Participant, list[Consultation]] = defaultdict(list)
    for row in rows:
        row.reminded = AFTER if row.next_due and row.next_due < on else BEFORE
        by_exhibitor[row.exhibitor].append(row)
    for exhibitor, own in by_exhibitor.items():
        for to in people.get(exhibitor.organisation_id) or _officers(own):
            _tell(to, exhibitor, own, on, at)
    Consultation.objects.bulk_update(rows, ["reminded"], batch_size=500)
    return len(rows)


def _people(organisations: Iterable[int]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = defaultdict(list)
    rows = Representative.objects.filter(
        organisation__in=organisations, ended_on=None, confirmed_at__isnull=False,
        user__is_active=True,
    )  # fmt: skip
    for row in rows.select_related("user"):
        found[row.organisation_id].append(row.user)
    return found


def _officers(rows: list[Consultation]) -> list[User]:
    first = rows[0]
    named = first.event.owner or first.logged_by
    return [named] if named and named.is_active else []


def _tell(
    to: User, exhibitor: Participant, rows: list[Consultation], on: date, at: datetime
) -> None:
    event = rows[0].event
    officer = to == event.owner
    with override(to.language):
        count = len(rows)
        lines = [f"- {row.next_due}: {row.buyer} ({_steps(row)})" for row in rows[:LISTED]]
        if count > LISTED:
            lines.append(_("and %(n)d more") % {"n": count - LISTED})
        said = ngettext(
            "What was to follow %(n)d talk at “%(event)s” is due or late:",
            "What was to follow %(n)d talks at “%(event)s” is due or late:",
            count,
        ) % {"n": count, "event": event}
        outbox.queue(
            to,
            key=f"next-steps:{exhibitor.pk}:{on}",
            subject=_("To do after your talks: %(company)s") % {"company": exhibitor},
            body="\n".join([said, *lines]),
            link=reverse("consultations")
            if officer
            else reverse("my-talks-of", args=[event.pk, exhibitor.pk]),
            about=exhibitor,
            at=at,
        )


def _steps(row: Consultation) -> str:
    return ", ".join(str(Consultation.Step(one).label) for one in row.next_steps)
