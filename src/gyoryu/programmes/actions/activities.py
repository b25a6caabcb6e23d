"""Activities and who came to them, what they thought of it, and what came of the support."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.history import actions as history
from gyoryu.outbox import actions as outbox
from gyoryu.programmes.models import Activity, Application, Attendance, Outcome
from gyoryu.programmes.rules import activities as rules

CHANGE = "programmes.change"
# Who came is asked for so long after an activity has ended.
ASKED_FOR = timedelta(days=7)


@transaction.atomic
def plan(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Activity:
    """Put an activity on the calendar."""
    check_may(by, CHANGE, unit)
    rules.check_times(values)
    activity = Activity.objects.create(unit=unit, **values)
    history.record("activity.planned", activity, by=by, at=at)
    return activity


@transaction.atomic
def change(
    activity: Activity, values: dict[str, Any], *, by: User | None, at: datetime
) -> Activity:
    """Change what is known of an activity, such as its day or place."""
    check_may(by, CHANGE, activity.unit)
    rules.check_changeable(activity)
    rules.check_times({"programme": activity.programme, **values})
    changes = history.changes(activity, values)
    if changes:
        activity.save(update_fields=list(changes))
        history.record("activity.changed", activity, by=by, at=at, changes=changes)
    return activity


@transaction.atomic
def cancel(activity: Activity, reason: str, *, by: User | None, at: datetime) -> Activity:
    """Call an activity off."""
    check_may(by, CHANGE, activity.unit)
    rules.check_cancel(activity, reason)
    changes = history.changes(activity, {"cancelled_reason": reason})
    activity.save(update_fields=list(changes))
    history.record("activity.cancelled", activity, by=by, at=at, changes=changes, reason=reason)
    return activity


@dataclass(frozen=True)
class Noted:
    """A line of the attendance sheet: how many people were expected, and how many came."""

    application: Application
    expected: int
    present: int | None


@transaction.atomic
def note_attendance(
    activity: Activity, lines: Iterable[Noted], *, by: User | None, at: datetime
) -> int:
    """Note a whole attendance sheet at once; return how many lines changed.

    Who is noted for the first time is entered, and may give feedback from then on.
    """
    check_may(by, CHANGE, activity.unit)
    rules.check_changeable(activity)
    there = {one.application_id: one for one in activity.attendance.select_for_update()}
    new, changed, told = [], [], {}
    for line in lines:
        rules.check_present(line.application.pk, line.expected, line.present)
        if line.present is not None:
            rules.check_begun(activity, at)
        row = there.get(line.application.pk)
        if row is None:
            rules.check_takes_part(activity, line.application)
            row = Attendance(activity=activity, application=line.application)
            new.append(row)
        elif (row.expected, row.present) != (line.expected, line.present):
            changed.append(row)
        else:
            continue
        before = f"{row.present}/{row.expected}" if row.pk else None
        row.expected, row.present = line.expected, line.present
        told[str(line.application.number)] = [before, f"{line.present}/{line.expected}"]
    Attendance.objects.bulk_create(new)
    Attendance.objects.bulk_update(changed, ["expected", "present"])
    if told:
        history.record("activity.attendance_noted", activity, by=by, at=at, changes=told)
    return len(told)


@transaction.atomic
def give_feedback(
    row: Attendance, rating: int, feedback: str, *, by: User | None, at: datetime
) -> Attendance:
    """Say what a participant thought of it; again, it takes the place of what was said before."""
    rules.check_feedback(row, rating, at, by)
    changes = history.changes(row, {"rating": rating, "feedback": feedback})
    if changes:
        row.save(update_fields=list(changes))
        # That something was said is all the history keeps of it.
        history.record("activity.feedback_given", row.activity, by=by, at=at)
    return row


@transaction.atomic
def ask_feedback(activity: Activity, *, on: date, by: User | None, at: datetime) -> int:
    """Ask those who came and have said nothing yet what they thought of it; once each."""
    check_may(by, CHANGE, activity.unit)
    rules.check_begun(activity, at)
    waiting = activity.attendance.filter(rating=None, present__gt=0)
    asked = 0
    for row in waiting.select_related("application__applicant"):
        if user := row.application.applicant:
            outbox.queue(
                user,
                key=f"feedback:{row.pk}",
                subject=_("How was it?"),
                body=_("Tell us in a minute what you thought of “%(activity)s”.")
                % {"activity": activity},
                link=reverse("my-feedback", args=[row.pk]),
                about=activity,
                at=at,
            )
            asked += 1
    return asked


def ask_all(*, by: User | None, at: datetime) -> int:
    """Ask those who came to what ended in the last days; return how many have not said yet."""
    ended = Activity.objects.filter(
        ends_at__gt=at - ASKED_FOR, ends_at__lte=at, cancelled_reason="", voided_at=None
    )
    return sum(ask_feedback(one, on=day_of(at), by=by, at=at) for one in ended)


@transaction.atomic
def note_outcome(
    application: Application,
    kind: str,
    on: date,
    *,
    amount: Decimal | None = None,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> Outcome:
    """Note what came of a supported application."""
    check_may(by, CHANGE, application.unit)
    rules.check_outcome(application, kind, amount, reason, on, day_of(at))
    rules.check_adoption_once(application, kind)
    made = Outcome.objects.create(
        unit=application.unit,
        application=application,
        kind=kind,
        amount=amount,
        on=on,
        reason=reason,
        noted_by=by,
    )
    told = {"kind": [None, kind], "amount": [None, amount], "on": [None, on]}
    history.record("outcome.noted", made, by=by, at=at, changes=told, reason=reason)
    return made


@transaction.atomic
def void_outcome(outcome: Outcome, reason: str, *, by: User | None, at: datetime) -> Outcome:
    """Take back an outcome that was noted by mistake; it stays with the reason."""
    check_may(by, CHANGE, outcome.unit)
    rules.check_void(outcome, reason)
    changes = history.changes(outcome, {"voided_at": at, "voided_reason": reason})
    outcome.save(update_fields=list(changes))
    history.record("outcome.voided", outcome, by=by, at=at, changes=changes, reason=reason)
    return outcome
