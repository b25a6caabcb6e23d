"""Records wait in line to be indexed; each chunk of them is one transaction."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import QuerySet

from gyoryu.accounts.models import User
from gyoryu.search.models import Card, Kind, Waiting
from gyoryu.search.queries import telling

CHUNK, LINE = 500, 5_000
EVERYTHING = 2


def index_some(most: int = CHUNK, *, by: User | None, at: datetime) -> int:
    """Index the records whose turn it is; return how many. Any number of workers may do so.

    They leave the line before they are read, in the same transaction: whoever changes one of them
    meanwhile puts it in line again, and a worker that dies leaves them all where they were.
    """
    with transaction.atomic():
        rows = list(_next().order_by("turn", "id")[:most])
        Waiting.objects.filter(pk__in=[row.pk for row in rows]).delete()
        wanted: dict[int, list[int]] = defaultdict(list)
        for row in rows:
            wanted[row.kind].append(row.record)
        for kind, records in wanted.items():
            _make(Kind(kind), records)
        if rows and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT gin_clean_pending_list('search_card_tokens')")
    return len(rows)


def _next() -> QuerySet[Waiting]:
    if connection.features.has_select_for_update_skip_locked:
        return Waiting.objects.select_for_update(skip_locked=True)
    return Waiting.objects.all()


def _make(kind: Kind, records: list[int]) -> None:
    cards = telling.cards(kind, records)
    Card.objects.filter(kind=kind, record__in=records).delete()
    Card.objects.bulk_create(cards, batch_size=100)


def put_in_line(kind: Kind, records: Iterable[int], *, by: User | None, at: datetime) -> int:
    """Put records in line behind all others, to be indexed anew; return how many there were."""
    rest, count = iter(records), 0
    while some := list(islice(rest, LINE)):
        rows = [Waiting(kind=kind, record=record, turn=EVERYTHING) for record in some]
        Waiting.objects.bulk_create(rows, ignore_conflicts=True)
        count += len(some)
    return count
