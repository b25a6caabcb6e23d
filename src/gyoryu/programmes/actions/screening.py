"""What the desk does with applications before they are judged."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import day_of
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.parties.models import Organisation
from gyoryu.programmes.actions import steps
from gyoryu.programmes.actions.handing_in import Content, hand_in
from gyoryu.programmes.models import Application, Call, EligibilityRule, Finding
from gyoryu.programmes.queries import eligibility
from gyoryu.programmes.rules import applications as rules
from gyoryu.programmes.rules import screening

Status = Application.Status


@transaction.atomic
def return_for_completion(
    application: Application, *, reason: str, until: datetime, by: User | None, at: datetime
) -> Application:
    """Give an application back with what is missing; it can be completed until a moment."""
    screening.check_may_screen(by, application)
    rules.check_return(until, at)
    values = {"complete_until": until}
    return steps.take(application, Status.RETURNED, reason=reason, values=values, by=by, at=at)


@transaction.atomic
def screen(applications: Sequence[Application], *, by: User | None, at: datetime) -> int:
    """Examine the conditions of a call for its applications; return for how many.

    What an officer has decided stays. All applications are of one call.
    """
    if not applications:
        return 0
    call = applications[0].call
    screening.check_may_screen(by, call)
    for row in applications:
        screening.check_can_screen(row)
    found = eligibility.of_applications(call, applications, on=day_of(at))
    keys = [row.pk for row in applications]
    decided = Finding.objects.filter(application__in=keys, decided_by__isnull=False)
    kept = set(decided.values_list("application", "rule"))
    Finding.objects.filter(application__in=keys, decided_by=None).delete()
    Finding.objects.bulk_create(
        Finding(
            application_id=key,
            rule_id=one.key,
            outcome=str(one.outcome),
            code=one.reason,
            values=_plain(one.values),
            at=at,
        )
        for key, said in found.items()
        for one in said
        if (key, one.key) not in kept
    )
    done = [Done("application.screened", row, row.unit_id) for row in applications]
    history.record_many(done, by=by, at=at)
    return len(applications)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Write values as JSON that ``queries.screening`` reads back as what they were."""
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return {"day": value.isoformat()} if isinstance(value, date) else value


@transaction.atomic
def overrule(
    application: Application,
    rule: EligibilityRule,
    *,
    outcome: str,
    reason: str,
    by: User | None,
    at: datetime,
) -> Finding:
    """Decide a condition that is not known, or otherwise than it was found, with the reason."""
    screening.check_may_screen(by, application)
    screening.check_can_screen(application)
    screening.check_overrule(outcome, reason)
    before = Finding.objects.filter(application=application, rule=rule).first()
    row, _new = Finding.objects.update_or_create(
        application=application,
        rule=rule,
        defaults={"outcome": outcome, "reason": reason, "decided_by": by, "at": at},
    )
    was = before.get_outcome_display() if before else None
    changes = {"finding": [was, f"{rule} · {row.get_outcome_display()}"]}
    history.record(
        "application.overruled", application, by=by, at=at, changes=changes, reason=reason
    )
    return row


@transaction.atomic
def mark_eligible(
    application: Application, *, by: User | None, at: datetime, reason: str = ""
) -> Application:
    """Call an application eligible once each condition is met or was decided to be."""
    screening.check_may_screen(by, application)
    screening.check_can_pass(application, application.findings.all())
    return steps.take(application, Status.ELIGIBLE, reason=reason, by=by, at=at)


@transaction.atomic
def mark_ineligible(
    application: Application, *, reason: str, by: User | None, at: datetime
) -> Application:
    """Call an application not eligible; the applicant reads why."""
    screening.check_may_screen(by, application)
    return steps.take(application, Status.INELIGIBLE, reason=reason, by=by, at=at)


@transaction.atomic
def mark_all_met(call: Call, *, by: User | None, at: datetime) -> int:
    """Call all submitted applications of a call eligible that meet every condition."""
    screening.check_may_screen(by, call)
    waiting = Application.objects.filter(call=call, status=Status.SUBMITTED, voided_at=None)
    bad = Finding.objects.exclude(outcome=Finding.Outcome.MET)
    asked = call.rules.count()
    rows = waiting.exclude(pk__in=bad.values("application")).prefetch_related("findings")
    passed = [row for row in rows.select_related("call") if row.findings.count() == asked]
    for row in passed:
        steps.take(row, Status.ELIGIBLE, by=by, at=at)
    return len(passed)


@transaction.atomic
def enter(
    call: Call,
    organisation: Organisation | None,
    content: Content,
    *,
    received: datetime,
    row: str = "",
    by: User | None,
    at: datetime,
) -> Application:
    """Enter an application that came on paper; it counts from when it was received.

    ``row`` names the file and the row that it was read from. Nobody outside acts for it until a
    representative of its company does; it gets no letters then.
    """
    screening.check_may_screen(by, call)
    screening.check_received(call, received, at)
    made = Application(
        unit_id=call.unit_id,
        call=call,
        organisation=organisation,
        name=content.name[:200],
        source=Application.Source.IMPORTED if row else Application.Source.TYPED,
        source_note=row or "on paper",
        status_since=day_of(at),
        saved_at=at,
    )
    made.save()
    return hand_in(made, content, verb="application.entered", received=received, by=by, at=at)


def screen_all(call: Call, *, by: User | None, at: datetime) -> int:
    """Examine the conditions for all applications of a call that are being screened."""
    rows = Application.objects.filter(
        call=call, status__in=screening.SCREENED, voided_at=None
    ).select_related("call", "unit")
    return screen(list(rows), by=by, at=at)
