"""Plans of a place's meetings: asked for, made by a worker, stopped, put away, published."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.history import actions as history
from gyoryu.jobs import actions as jobs
from gyoryu.jobs import queries as job_queries
from gyoryu.trade.actions import settling, timetable_letters
from gyoryu.trade.models import Leg, Timetable
from gyoryu.trade.queries import faults, floors
from gyoryu.trade.queries.plans import Answer
from gyoryu.trade.rules import timetables as rules

State = Timetable.State
# Participants that a worker writes to in one go.
TOGETHER = 50


@transaction.atomic
def ask(
    leg: Leg,
    *,
    mends: bool = False,
    seconds: int = 60,
    seed: int = 1,
    by: User | None,
    at: datetime,
) -> Timetable:
    """Have a place planned by a worker; ``mends`` changes the published plan as little as can be.

    The same ``seed`` and the same wishes give the same plan, unless ``seconds`` run out.
    """
    rules.check_may_change(leg, by)
    # Locked, so that two who ask at once do not get two plans of one number.
    Leg.objects.select_for_update().get(pk=leg.pk)
    rules.check_can_plan(leg, mends=mends)
    last = leg.timetables.aggregate(last=Max("version"))["last"] or 0
    made = Timetable.objects.create(
        leg=leg,
        version=last + 1,
        state=State.WAITING,
        mends=mends,
        seed=seed,
        seconds_most=seconds,
        made_at=at,
        made_by=by,
    )
    jobs.queue(
        "gyoryu.trade.tasks.timetables.plan",
        made.pk,
        by=by,
        at=at,
        unit=leg.event.unit,
        about=made,
        name=format_lazy(_("Timetable of {place}"), place=leg.name_ko),
        most=2,
    )
    told = {"seed": [None, seed], "mends": [None, mends]}
    history.record("timetable.asked", made, by=by, at=at, unit=leg.event.unit, changes=told)
    return made


def begin(timetable: Timetable, *, by: User | None, at: datetime) -> bool:
    """Mark a plan as being made; false when it was stopped or is done already."""
    begun = Timetable.objects.filter(pk=timetable.pk, state__in=rules.UNDER_WAY)
    return bool(begun.update(state=State.PLANNING))


@transaction.atomic
def keep(
    timetable: Timetable,
    answer: Answer,
    *,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> Timetable:
    """Keep what the engine has found as a draft; the job ends with it."""
    row = Timetable.objects.select_for_update(of=("self",)).get(pk=timetable.pk)
    row.state, row.reason = State.DRAFT, reason
    row.places = floors.written(answer.seats)
    for name, value in answer.figures.items():
        setattr(row, name, value)
    row.save()
    told = {"meetings": [None, len(row.places)], "value": [None, row.value]}
    unit = timetable.leg.event.unit
    history.record("timetable.planned", row, by=by, at=at, unit=unit, changes=told)
    jobs.finish(by=by, at=at)
    return row


@transaction.atomic
def fail(timetable: Timetable, reason: str, *, by: User | None, at: datetime) -> Timetable:
    """Note why there is no plan."""
    timetable.state, timetable.reason = State.FAILED, reason[:500]
    timetable.save(update_fields=["state", "reason"])
    unit = timetable.leg.event.unit
    history.record("timetable.failed", timetable, by=by, at=at, unit=unit, reason=reason[:300])
    return timetable


@transaction.atomic
def stop(timetable: Timetable, *, by: User | None, at: datetime) -> Timetable:
    """End the search; the best plan so far becomes the draft."""
    rules.check_may_change(timetable.leg, by)
    rules.check_can_stop(timetable)
    timetable.stop_asked = True
    job = job_queries.of_record(timetable)
    if job is None or job.over:
        # Its worker is gone for good: nothing would ever answer.
        timetable.state, timetable.reason = State.FAILED, str(_("Its worker did not come back."))
    timetable.save(update_fields=["stop_asked", "state", "reason"])
    unit = timetable.leg.event.unit
    history.record("timetable.stopped", timetable, by=by, at=at, unit=unit)
    return timetable


@transaction.atomic
def discard(timetable: Timetable, *, by: User | None, at: datetime) -> Timetable:
    """Put a draft away; it stays in the list, and its history with it."""
    rules.check_may_change(timetable.leg, by)
    rules.check_can_discard(timetable)
    timetable.state = State.SUPERSEDED
    timetable.save(update_fields=["state"])
    unit = timetable.leg.event.unit
    history.record("timetable.put_away", timetable, by=by, at=at, unit=unit)
    return timetable


@transaction.atomic
def publish(timetable: Timetable, *, by: User | None, at: datetime) -> Timetable:
    """Make a draft's places the meetings of its place, and have everybody concerned written to.

    A worker writes the letters; those that an earlier plan still owes go with them.
    """
    leg = timetable.leg
    rules.check_may_change(leg, by)
    # Locked, so that of two drafts published at once the second sees the first one's meetings.
    Leg.objects.select_for_update().get(pk=leg.pk)
    row = Timetable.objects.select_for_update(of=("self",)).get(pk=timetable.pk)
    seats = floors.read(row.places)
    rules.check_can_publish(row, len(faults.found(floors.floor(leg, seats), seats)))
    before = leg.timetables.filter(state=State.PUBLISHED)
    owed = {pk for told in before.values_list("to_tell", flat=True) for pk in told}
    before.update(state=State.SUPERSEDED, to_tell=[])
    done = settling.settle(leg, seats, reason="", by=by, at=at)
    row.state, row.published_at, row.published_by = State.PUBLISHED, at, by
    row.to_tell = sorted(owed | done.concerned)
    row.save(update_fields=["state", "published_at", "published_by", "to_tell"])
    told = {
        "set": [None, len(done.new)],
        "moved": [None, len(done.moved)],
        "cancelled": [None, len(done.cancelled)],
    }
    history.record("timetable.published", row, by=by, at=at, unit=leg.event.unit, changes=told)
    if row.to_tell:
        jobs.queue(
            "gyoryu.trade.tasks.letters.published",
            row.pk,
            by=by,
            at=at,
            unit=leg.event.unit,
            about=row,
            name=format_lazy(_("Letters about the timetable of {place}"), place=leg.name_ko),
        )
    return row


@transaction.atomic
def tell_some(timetable: Timetable, *, by: User | None, at: datetime) -> int:
    """Write to some of those whom a published timetable concerns; return how many are left.

    Safe to run again: whoever was written to is owed nothing more.
    """
    row = Timetable.objects.select_for_update(of=("self",)).get(pk=timetable.pk)
    some, left = row.to_tell[:TOGETHER], row.to_tell[TOGETHER:]
    if some:
        timetable_letters.written(timetable.leg, some, f"v{row.version}", by=by, at=at)
        row.to_tell = left
        row.save(update_fields=["to_tell"])
    return len(left)
