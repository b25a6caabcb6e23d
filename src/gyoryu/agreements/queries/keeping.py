"""Which promises came due, and which of them were kept: the one rule behind every such figure.

What counts is the date that was promised: a due date that was moved counts as the old one, unless
the move was approved while the old one had not passed. Once a date has been missed no later move
mends it: the first such move decides, and is kept with the commitment (``missed_on``). A promise
came due once that date has passed, if it had not been dropped or superseded by then: giving one up
later does not take it out of the count. It was kept if it was done by that date, that day included,
and a document shows it. Promises without a due date count nowhere.
"""

from datetime import date
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from gyoryu.agreements.models import Commitment
from gyoryu.evidence.models import Tie

State = Commitment.Status
DONE = Q(status=State.DONE)
GIVEN_UP = Q(status__in=[State.DROPPED, State.SUPERSEDED])


COUNTS = {
    "n_kept": Count("pk", filter=Q(in_time=True)),
    "n_due": Count("pk"),
}


class FollowThrough(NamedTuple):
    """How promises that came due were kept: of ``came_due``, ``in_time`` were done in time."""

    in_time: int
    came_due: int


def judged(rows: QuerySet[Commitment], on: date) -> QuerySet[Any]:
    """Add to promises, as of a day, ``came_due``, ``in_time`` and ``proved``, each true or false.

    The date that counts is the commitment's own ``counted_on``.
    """
    due = Q(counted_on__lt=on) & ~(GIVEN_UP & Q(status_since__lte=F("counted_on")))
    kept = due & DONE & Q(done_on__lte=F("counted_on"), proved=True)
    told: QuerySet[Any] = rows.annotate(
        proved=Exists(evidence(Commitment)), came_due=_whether(due), in_time=_whether(kept)
    )
    return told


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def evidence(model: type[Model]) -> QuerySet[Tie]:
    """Return the documents that stand and are tied to the row around this subquery."""
    kind = ContentType.objects.get_for_model(model)
    return Tie.objects.filter(model=kind, record=OuterRef("pk"), document__voided_at=None)


def counted(rows: QuerySet[Commitment], on: date, when: Q | None = None) -> FollowThrough:
    """Count how promises were kept, as of a day; ``when`` narrows them by the date that counts."""
    due = judged(rows, on).filter(when or Q(), came_due=True)
    return told(due.order_by().aggregate(**COUNTS))


def by_year(rows: QuerySet[Commitment], on: date, since: int) -> QuerySet[Any]:
    """Ask the same for each year since one, by the date that counts: ``year`` and the counts."""
    due = judged(rows, on).filter(counted_on__gte=date(since, 1, 1), came_due=True)
    years: QuerySet[Any] = due.order_by().values(year=YearOf("counted_on")).annotate(**COUNTS)
    return years


class YearOf(Func):
    """The year of a day; on SQLite cut out of it, where Django would call Python for each row."""

    function = "EXTRACT"
    template = "EXTRACT(YEAR FROM %(expressions)s)::integer"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it for SQLite, which keeps days as texts."""
        cut = "CAST(substr(%(expressions)s, 1, 4) AS integer)"
        return self.as_sql(compiler, connection, template=cut, **context)


def told(row: dict[str, int]) -> FollowThrough:
    """Return what was counted of one group of promises."""
    return FollowThrough(row["n_kept"], row["n_due"])
