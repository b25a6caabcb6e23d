"""What happened under an agreement: dated rows and what was written down about it, newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import Agreement, Commitment, Duty, Engagement, StatusChange
from gyoryu.agreements.models.duties import DutyKind
from gyoryu.agreements.rules.agreements import day_of
from gyoryu.history import queries as history
from gyoryu.history.models import Entry

SHOWN, MOST = 12, 300
# Told by rows of their own, so their entries would say the same thing twice.
TOLD_BY_ROWS = (
    "agreement.signed", "agreement.moved", "agreement.renewed",
    "duty.planned", "duty.dated", "duty.done", "duty.waived", "duty.lapsed",
)  # fmt: skip
# What grew out of an agreement, beside its letters and the sessions of its bodies.
GROWN = ("visit", "delegation", "fam_tour", "ceremony", "forum", "training", "roundtable")


@dataclass(frozen=True, order=True)
class Event:
    """Something on a day. ``kind`` is what the template writes, ``side`` how its dot is drawn."""

    on: date
    rank: int
    kind: str = field(compare=False)
    side: str = field(compare=False)
    row: Any = field(compare=False)


def engagements(agreement: Agreement, to: User) -> QuerySet[Engagement]:
    """Return an agreement's contacts that a user may see, newest first."""
    rows = Engagement.objects.filter(agreements=agreement, voided_at=None)
    seen = visible(rows, to, "agreements.view").select_related("region")
    counted = seen.annotate(n_promises=Count("commitments", distinct=True))
    return counted.order_by("-starts_on", "-pk")


def course(agreement: Agreement) -> QuerySet[StatusChange]:
    """Return the steps of an agreement's life, newest first."""
    return agreement.course.select_related("by").order_by("-on", "-pk")


def entries(agreement: Agreement) -> QuerySet[Entry]:
    """Return what was written down about an agreement and no dated row tells."""
    return history.of_record(agreement).exclude(verb__in=TOLD_BY_ROWS)


def events(
    agreement: Agreement,
    *,
    contacts: Iterable[Engagement],
    steps: Iterable[StatusChange],
    promises: Iterable[Commitment],
    duties: Iterable[Duty],
    written: Iterable[Entry],
) -> list[Event]:
    """Put everything into one order, newest first; on one day what was done stands over the log."""
    found = [
        *(Event(row.starts_on, 2, "engagement", row.initiative, row) for row in contacts),
        *_steps(agreement, steps),
        *(Event(row.done_on, 1, "kept", row.side, row) for row in promises if row.done_on),
        *_settled(duties),
        *(Event(day_of(row.at), 0, "entry", "log", row) for row in written),
    ]
    return sorted(found, reverse=True)


def _settled(duties: Iterable[Duty]) -> Iterator[Event]:
    """Duties that were met; the monthly publication would drown the rest."""
    for row in duties:
        if row.done_on and row.kind != DutyKind.PUBLICATION:
            yield Event(row.done_on, 1, "duty", "ours", row)


def _steps(agreement: Agreement, steps: Iterable[StatusChange]) -> Iterator[Event]:
    for row in steps:
        if row.status == "signed":
            yield Event(row.on, 2, "signing", "ours", row)
        else:
            yield Event(row.on, 2, "step", "log", row)
