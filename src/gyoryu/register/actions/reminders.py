"""Reminders of a month that is not published, one letter a step, however often this runs."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules import reminders as steps
from gyoryu.base import periods
from gyoryu.outbox import actions as outbox
from gyoryu.outbox.models import Letter
from gyoryu.register import rules
from gyoryu.register.queries import publications as queries


def remind(*, on: date, by: User | None, at: datetime) -> int:
    """Remind each government of a month that is over and not published; return how many are new.

    Nobody is reminded of a register that was never begun.
    """
    check_may(by, "agreements.policy")
    return sum(_remind(government, on, at) for government in queries.publishing())


@transaction.atomic
def _remind(government: Unit, on: date, at: datetime) -> int:
    month = queries.next_month(government, on)
    due = rules.due_on(month, queries.due_day(government)) if month else None
    step = steps.step(due, on) if due else None
    if month is None or due is None or step is None:
        return 0
    key = f"register:{government.pk}:{month:%Y-%m}:{step:+d}"
    new = 0
    for user in queries.publishers(government):
        if not Letter.objects.filter(to=user, key=key).exists():
            _write(user, key, government, month, due, on, at)
            new += 1
    return new


def _write(
    to: User, key: str, government: Unit, month: date, due: date, on: date, at: datetime
) -> None:
    with override(to.language):
        when = periods.in_words(periods.month(month.year, month.month), to.language)
        day = periods.day_in_words(due, to.language)
        subject = _("Publish the register of %(month)s")
        body = _("The register of %(month)s is due on %(day)s.")
        if on > due:
            subject = _("The register of %(month)s is late")
            body = _("The register of %(month)s was due on %(day)s and is not published.")
        outbox.queue(
            to,
            key=key,
            subject=subject % {"month": when},
            body=body % {"month": when, "day": day},
            link=reverse("publication-next"),
            about=government,
            at=at,
        )
