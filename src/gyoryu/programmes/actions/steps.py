"""How an application takes a step: its status, its line in the timeline, history and letter."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import day_of
from gyoryu.history import actions as history
from gyoryu.outbox import actions as outbox
from gyoryu.programmes.models import Application, Award, Representative, Step
from gyoryu.programmes.queries.steps import meaning
from gyoryu.programmes.rules import applications as rules

Status = Application.Status


@transaction.atomic
def take(
    application: Application,
    to: str,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    values: dict[str, Any] | None = None,
    verb: str = "",
) -> Application:
    """Move an application to a status and tell the applicant; who may is asked before.

    ``values`` are columns that change with it. Of two at once one moves it, and the other is
    refused by what the first has made of it.
    """
    rules.check_move(application, to, reason=reason)
    changed = {
        "status": to,
        "status_since": day_of(at),
        "status_reason": reason,
        **(values or {}),
    }
    rows = Application.objects.filter(pk=application.pk, status=application.status, voided_at=None)
    if not rows.update(**changed):
        application.refresh_from_db()
        rules.check_move(application, to, reason=reason)
    changes = history.changes(application, changed)
    step = Step.objects.create(application=application, status=to, reason=reason, at=at, by=by)
    told = {name: pair for name, pair in changes.items() if name not in {"typed", "answers"}}
    history.record(
        verb or f"application.{to}", application, by=by, at=at, changes=told, reason=reason
    )
    tell(application, step, by=by, at=at)
    return application


def tell(application: Application, step: Step, *, by: User | None, at: datetime) -> None:
    """Write to the applicant what has become of the application, in their language."""
    for user in _addressees(application):
        with override(user.language):
            call = str(application.call)
            subject = f"{application.number or call}: {step.get_status_display()}"
            lines = [
                call,
                _("Your application is now: %(status)s.") % {"status": step.get_status_display()},
                step.reason and _("Reason: %(reason)s") % {"reason": step.reason},
                meaning(application),
            ]
            outbox.queue(
                user,
                key=f"application:{application.pk}:{step.pk}",
                subject=subject[:200],
                body="\n\n".join(str(line) for line in lines if line),
                link=reverse("my-application", args=[application.pk]),
                about=application,
                at=at,
            )


def tell_voided(application: Application, *, by: User | None, at: datetime) -> None:
    """Write to the applicant that an application was entered by mistake and does not count."""
    for user in _addressees(application):
        with override(user.language):
            outbox.queue(
                user,
                key=f"application:{application.pk}:voided",
                subject=_("%(number)s: taken back") % {"number": application.number},
                body="\n\n".join(
                    (
                        str(application.call),
                        _("This application was taken back as an entry made by mistake."),
                        application.voided_reason,
                    )
                ),
                about=application,
                at=at,
            )


def _addressees(application: Application) -> list[User]:
    """Return whoever began it and still stands for the company, else all who do for sure."""
    own = application.applicant
    if application.organisation_id is None:
        return [own] if own else []
    there = Representative.objects.filter(
        organisation=application.organisation_id, ended_on=None
    ).select_related("user")
    if own and any(row.user_id == own.pk for row in there):
        return [own]
    return [row.user for row in there if row.confirmed_at]


# Where an application stands when its award has come so far.
WITH_AWARD = {
    Award.Status.RUNNING: Application.Status.RUNNING,
    Award.Status.REPORTED: Application.Status.REPORTED,
    Award.Status.SETTLED: Application.Status.CLOSED,
}


def along(award: Award, *, by: User | None, at: datetime) -> None:
    """Let the application of an award come as far as the award has, if it may from where it is."""
    to, application = WITH_AWARD.get(Award.Status(award.status)), award.application
    if to and application and to in rules.MOVES[application.status]:
        take(application, to, by=by, at=at)
