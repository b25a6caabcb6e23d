"""Which promises came due, and which of them were kept: the one rule behind every such figure.

What counts is the date that was promised: a due date that was moved counts as the old one, unless
the move was approved while the old one had not passed. A promise came due once that date has
passed, if it had not been dropped or superseded by then: giving one up later does not take it out
of the count. It was kept if it was done by that date, that day included, and a document shows it.
Promises without a due date count nowhere.
"""

from datetime import date
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractYear

from gyoryu.agreements.models import Commitment, DueChange
from gyoryu.evidence.models import Tie

State = Commitment.Status
DONE = Q(status=State.DONE)
GIVEN_UP = Q(status__in=[State.DROPPED, State.SUPERSEDED])


COUNTS = {
    "n_kept": Count("pk", filter=Q(in_time=True)),
    "n_due": Count("pk"),
    "n_unproved": Count("pk", filter=DONE & Q(proved=False)),
}


class FollowThrough(NamedTuple):
    """How promises that came due were kept: of ``came_due``, ``in_time`` were done in time.

    ``without_evidence`` counts those called done that no document shows.
    """

    in_time: int
    came_due: int
    without_evidence: int


def judged(rows: QuerySet[Commitment], on: date) -> QuerySet[Any]:
    """Add to promises, as of a day, ``came_due``, ``in_time`` and ``proved``, each true or false.

    ``counted_due`` is the date that counts.
    """
    due = Q(counted_due__lt=on) & ~(GIVEN_UP & Q(status_since__lte=F("counted_due")))
    kept = due & DONE & Q(done_on__lte=F("counted_due"), proved=True)
    told: QuerySet[Any] = with_counted_due(rows).annotate(
        proved=Exists(evidence(Commitment)), came_due=_whether(due), in_time=_whether(kept)
    )
    return told


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def with_counted_due(rows: QuerySet[Commitment]) -> QuerySet[Any]:
    """Add ``counted_due``, the date that counts for whether a promise was kept.

    It is the old date of the first move that was approved only after that date, else the due date.
    Once a date has been missed no later move mends it, which is why the first such move decides.
    """
    missed = (
        DueChange.objects.filter(
            commitment=OuterRef("pk"),
            state=DueChange.State.APPROVED,
            decided_at__date__gt=F("old_on"),
        )
        .order_by("pk")
        .values("old_on")[:1]
    )
    return rows.annotate(counted_due=Coalesce(Subquery(missed), F("due_on")))


def evidence(model: type[Model]) -> QuerySet[Tie]:
    """Return the documents that stand and are tied to the row around this subquery."""
    kind = ContentType.objects.get_for_model(model)
    return Tie.objects.filter(model=kind, record=OuterRef("pk"), document__voided_at=None)


def counted(rows: QuerySet[Commitment], on: date, when: Q | None = None) -> FollowThrough:
    """Count how promises were kept, as of a day; ``when`` narrows them by the date that counts."""
    due = judged(rows, on).filter(when or Q(), came_due=True)
    return _told(due.order_by().aggregate(**COUNTS))


def counted_by_year(rows: QuerySet[Commitment], on: date, since: int) -> dict[int, FollowThrough]:
    """Count the same for each year since one, by the date that counts, in one query."""
    due = judged(rows, on).filter(counted_due__gte=date(since, 1, 1), came_due=True)
    years = due.order_by().values(year=ExtractYear("counted_due")).annotate(**COUNTS)
    found = {row["year"]: _told(row) for row in years}
    return {year: found.get(year, FollowThrough(0, 0, 0)) for year in range(since, on.year + 1)}


def _told(row: dict[str, int]) -> FollowThrough:
    return FollowThrough(row["n_kept"], row["n_due"], row["n_unproved"])
