"""What follows when a session of a body has taken place: commitments carried, the next one due."""

from datetime import date, datetime

from django.db.models import Max, Q

from gyoryu.accounts.models import User
from gyoryu.agreements.models import Body, Carry, Commitment, Engagement
from gyoryu.base.periods import add_months
from gyoryu.history import actions as history

OPEN = {Commitment.Status.OPEN, Commitment.Status.IN_PROGRESS}


def took_place(
    session: Engagement, *, by: User | None, at: datetime, last_on: date | None = None
) -> history.Done:
    """Carry the body's open commitments over into a session and set when the next one is due.

    ``last_on`` is the day of the last session held, where it is known. Returns what the history
    has to say of the body; the caller writes it together with what it says of the session.
    """
    body: Body = session.body  # type: ignore[assignment]
    carried = _carry_over(session, at)
    changes = {
        "session": [None, session],
        "carried": [None, carried],
        "next_due_on": list(keep_due(body, by=by, last_on=last_on)),
    }
    return history.Done("body.session_held", body, changes=changes)


def _carry_over(session: Engagement, at: datetime) -> int:
    """Take open commitments up again; count them.

    Those made at this session or a later one are not carried into it, nor those kept off agendas.
    """
    earlier = Q(engagement=None) | Q(engagement__starts_on__lt=session.starts_on)
    rows = Commitment.objects.filter(
        earlier, body=session.body_id, status__in=OPEN, on_agenda=True, voided_at=None
    ).values_list("pk", flat=True)
    made = Carry.objects.bulk_create(
        [Carry(commitment_id=pk, session=session, at=at) for pk in rows], ignore_conflicts=True
    )
    return len(made)


def keep_due(
    body: Body, *, by: User | None, last_on: date | None = None
) -> tuple[date | None, date | None]:
    """Set when the next session is due: a cadence after the last one held, or after the founding.

    Counted anew each time, so that an old session typed in late, or one that is voided, leaves it
    right. Returns the day before and the day now.
    """
    before = body.next_due_on
    last = last_on or _last_held(body) or body.founded_on
    body.next_due_on = None
    if last and not body.ended_on:
        body.next_due_on = add_months(last, body.cadence_months)
    Body.objects.filter(pk=body.pk).update(next_due_on=body.next_due_on)
    return before, body.next_due_on


def _last_held(body: Body) -> date | None:
    held = body.sessions.filter(state=Engagement.State.HELD, voided_at=None)
    day: date | None = held.aggregate(last=Max("starts_on"))["last"]
    return day
