"""The index follows the history: docs/decisions/0050."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import OperationalError, connection, transaction

from gyoryu.accounts.models import User
from gyoryu.history.models import Head
from gyoryu.search.actions.indexing import index_some
from gyoryu.search.models import Mark, Waiting
from gyoryu.search.queries import following, standing

# Seals read together, and what is done for a search before it is answered.
SEALS, FEW = 500, 40
# Milliseconds that a search waits for another's writing before it answers without.
PATIENCE = 50


def catch_up(*, by: User | None, at: datetime) -> int:
    """Bring the index up to the history; return how many records were indexed."""
    while read_history(by=by, at=at):
        pass
    count = 0
    while some := index_some(by=by, at=at):
        count += some
    return count


def freshen(*, by: User | None, at: datetime) -> standing.Behind:
    """Do what little is left before a search, so that what was just saved is found.

    The history is read (so that nothing is shown to those who may not see it any more) and a few
    records are indexed. When others are writing, it is left to them. Returns what is still left.
    """
    left = standing.behind()
    if not left:
        return left
    try:
        with _impatient():
            while read_history(by=by, at=at):
                pass
            index_some(FEW, by=by, at=at)
    except OperationalError:
        # Somebody else writes just now: the worker, or the next search, goes on.
        return left
    return standing.behind()


@contextmanager
def _impatient() -> Iterator[None]:
    """Wait for nobody's writing longer than a reader would like."""
    if connection.vendor == "postgresql":
        # One transaction: what is set in it ends with it, also when it fails.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = %s", [PATIENCE])
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


@transaction.atomic
def read_history(*, by: User | None, at: datetime) -> int:
    """Read the next stretch of the history and put in line what it names; return how many seals.

    Sealed entries are committed and numbered without gaps, so that none is ever passed over.
    """
    mark = _mark()
    newest = Head.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    # A database that was put back to an earlier day has a shorter history than the mark says.
    read = mark.seal if mark.seal <= newest else 0
    if read == newest:
        return 0
    last = min(newest, read + SEALS)
    _put(following.again(read + 1, last))
    mark.seal, mark.at = last, at
    mark.save(update_fields=["seal", "at"])
    return last - read


def _mark() -> Mark:
    Mark.objects.get_or_create(pk=1)
    return Mark.objects.select_for_update().get(pk=1)


def _put(again: following.Again) -> None:
    """Put records in line; one that waits already moves up, and stays hidden if it was."""
    rows = [
        Waiting(kind=kind, record=record, turn=turn, hides=(kind, record) in again.hidden)
        for (kind, record), turn in sorted(again.turns.items())
    ]
    for hides, changed in ((False, ["turn"]), (True, ["turn", "hides"])):
        Waiting.objects.bulk_create(
            [row for row in rows if row.hides == hides],
            batch_size=2_000,
            update_conflicts=True,
            update_fields=changed,
            unique_fields=["kind", "record"],
        )
