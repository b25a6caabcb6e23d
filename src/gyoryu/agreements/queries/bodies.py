"""What is known of consultative bodies: their sessions, and what waits for the next."""

from datetime import date
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import Agreement, Body, Carry, Commitment, Engagement
from gyoryu.agreements.queries.engagements import SEE

State = Engagement.State
OPEN = [Commitment.Status.OPEN, Commitment.Status.IN_PROGRESS]


def seen(to: User) -> QuerySet[Body]:
    """Return the bodies that stand and that a user may see, by themselves or by their agreement."""
    if to.access.everywhere(SEE):
        return Body.objects.filter(voided_at=None)
    own = visible(Body.objects.all(), to, SEE).values("pk")
    shared = visible(Agreement.objects.all(), to, SEE).values("pk")
    return Body.objects.filter(Q(pk__in=own) | Q(agreement__in=shared), voided_at=None)


def in_full(to: User) -> QuerySet[Body]:
    """Return the bodies a user may see with what their pages show of themselves."""
    return (
        seen(to)
        .select_related("unit", "agreement", "lead_ours", "lead_theirs", "owner")
        .prefetch_related("areas")
    )


def listed(to: User) -> QuerySet[Body]:
    """Return the rows of the list, with ``held`` (a count), ``last_on`` and ``planned_on``."""
    sessions = (
        Engagement.objects.filter(body=OuterRef("pk"), kind="session", voided_at=None)
        .order_by()
        .values("body")
    )
    held = sessions.filter(state=State.HELD)
    planned = sessions.filter(state=State.PLANNED)
    return (
        seen(to)
        .select_related("agreement", "lead_ours", "lead_theirs")
        .annotate(
            held=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0),
            last_on=Subquery(held.annotate(n=Max("starts_on")).values("n")),
            planned_on=Subquery(planned.annotate(n=Max("starts_on")).values("n")),
        )
    )


def late(on: date) -> Q:
    """Return the condition that a body's next session was due before a day."""
    return Q(ended_on=None, next_due_on__lt=on)


def sessions(body: Body, to: User) -> QuerySet[Engagement]:
    """Return a body's sessions, newest first, with how many commitments each made and carried."""
    made = Commitment.objects.filter(engagement=OuterRef("pk"), voided_at=None)
    taken = Carry.objects.filter(session=OuterRef("pk"))
    return (
        visible(body.sessions.filter(voided_at=None), to, SEE)
        .annotate(made=_counted(made, "engagement"), taken=_counted(taken, "session"))
        .order_by("-starts_on", "-session_number")
    )


def _counted(rows: QuerySet[Commitment] | QuerySet[Carry], by: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def open_commitments(body: Body, to: User) -> QuerySet[Commitment]:
    """Return what was promised in a body and is not closed, with how often it was carried over."""
    rows = Commitment.objects.filter(body=body, status__in=OPEN, voided_at=None)
    return (
        visible(rows, to, SEE)
        .select_related("owner", "organisation")
        .annotate(times=Count("carries", filter=Q(carries__session__voided_at=None)))
        .order_by("due_on", "pk")
    )


def with_course(rows: QuerySet[Body]) -> QuerySet[Any]:
    """Add to each body the ``highest`` number of its sessions and the day of the last held."""
    sessions = Engagement.objects.filter(body=OuterRef("pk"), voided_at=None).order_by()
    held = sessions.filter(kind="session", state=State.HELD).values("body")
    numbered = sessions.values("body").annotate(n=Max("session_number"))
    return rows.annotate(
        highest=Coalesce(Subquery(numbered.values("n")), 0),
        last_on=Subquery(held.annotate(n=Max("starts_on")).values("n")),
    )


def next_number(body: Body) -> int:
    """Return the number of a body's next session."""
    last = body.sessions.filter(voided_at=None).aggregate(last=Max("session_number"))["last"]
    return (last or 0) + 1
