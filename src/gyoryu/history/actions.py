"""How history is written: in the transaction of the change, and sealed right after it."""

import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, transaction
from django.db.models import Model, TextField

from gyoryu.history import chain
from gyoryu.history.inserting import insert_one, insert_rows
from gyoryu.history.models import Entry, Head, Seal, said

if TYPE_CHECKING:
    from gyoryu.accounts.models import Unit, User

BLOCK = 5000
# Seconds in which this process seals once, of what may wait; the worker seals the last of them.
PAUSE = 0.25
_LAST = {"sealed": -PAUSE}
# From so many entries on, asking for their keys beforehand is worth a question of its own.
MANY = 100
# Rows that one statement names by their keys.
TOGETHER = 500


@dataclass(frozen=True)
class Done:
    """Something that was done to one record."""

    verb: str
    record: Model
    unit: "Unit | int | None" = None
    changes: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def record(  # noqa: PLR0913 (an entry is said in one breath)
    verb: str,
    what: Model,
    *,
    by: "User | None",
    at: datetime,
    unit: "Unit | int | None" = None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
    often: bool = False,
) -> None:
    """Write one entry. ``changes`` maps a field to [before, after].

    ``often`` is for what comes by the hundred a second and narrows nobody's sight: it is sealed
    with what comes after it when this process has sealed only just now.
    """
    record_many([Done(verb, what, unit, changes or {}, reason)], by=by, at=at, often=often)


def note(done: Done, *, by: "User | None", at: datetime) -> None:
    """Write one entry in one statement, and leave its sealing to the next change or the worker.

    For what changes nothing but happens often, such as a read through a token.
    """
    insert_one(Entry(**_columns(done, by, at)))


def record_many(
    done: Iterable[Done], *, by: "User | None", at: datetime, often: bool = False
) -> None:
    """Write an entry for each thing done, in one statement; they are sealed once this commits."""
    model_of = cache(_model_of)
    entries = [_columns(one, by, at, model_of) for one in done]
    if len(entries) == 1:
        insert_one(Entry(**entries[0]))
    elif len(entries) < MANY:
        Entry.objects.bulk_create([Entry(**held) for held in entries])
    else:
        insert_rows(Entry, list(entries[0]), (tuple(held.values()) for held in entries))
    wanted = "soon" if often else "now"
    # One sealing a transaction is enough, however many entries it writes.
    if not any(getattr(call, "seals", None) in {"now", wanted} for call in last_calls()):
        transaction.on_commit(_Sealing(by, at, wanted), robust=True)


def last_calls() -> list[Any]:
    """Return the newest of what waits for the commit: few, because this is asked very often."""
    waiting: list[Any] = connection.run_on_commit[-4:]
    return [call for _savepoints, call, _robust in waiting]


@dataclass(frozen=True)
class _Sealing:
    """A seal that waits for the commit."""

    by: "User | None"
    at: datetime
    seals: str

    def __call__(self) -> None:
        if self.seals == "now" or time.monotonic() > _LAST["sealed"] + PAUSE:
            seal(by=self.by, at=self.at)


def _model_of(kind: type[Model]) -> int:
    return ContentType.objects.get_for_model(kind).pk


def _columns(
    one: Done, by: "User | None", at: datetime, model_of: Callable[[type[Model]], int] = _model_of
) -> dict[str, Any]:
    unit = one.unit if one.unit is not None else getattr(one.record, "unit_id", None)
    held = {
        "at": at,
        "by_id": by.pk if by else None,
        "unit_id": getattr(unit, "pk", unit),
        "verb": one.verb,
        "model_id": model_of(one.record._meta.model),
        "record": one.record.pk,
        "name": str(one.record)[:300],
        "changes": {name: _pair(one.record, name, pair) for name, pair in one.changes.items()},
        "reason": one.reason[:500],
        "nonce": secrets.token_hex(8),
    }
    held["digest"] = chain.entry_digest(said(held), settings.HISTORY_KEY)
    return held


def _pair(record: Model, name: str, pair: list[Any]) -> list[Any]:
    """Tell a change as far as it may be told: docs/decisions/0020-what-history-keeps.md."""
    private: frozenset[str] = getattr(record, "untold", frozenset())
    if name in private or "*" in private:
        return []
    if _long(record._meta.model, name) and name not in getattr(record, "told", frozenset()):
        return [{"letters": len(str(value or ""))} for value in pair]
    return [_told(value) for value in pair]


@cache
def _long(model: type[Model], name: str) -> bool:
    try:
        return isinstance(model._meta.get_field(name), TextField)
    except FieldDoesNotExist:
        return False


def _told(value: Any) -> Any:
    if isinstance(value, Model):
        return f"{value} #{value.pk}"
    return value if value is None or isinstance(value, bool | int) else str(value)[:1000]


def seal(*, by: "User | None", at: datetime) -> int:
    """Seal what has been committed and is not sealed yet; return how many entries that was.

    Nobody waits for another's sealing: who finds the head taken leaves its entries to the next.
    """
    _LAST["sealed"] = time.monotonic()
    sealed = count = _seal_block(at)
    while count == BLOCK:
        count = _seal_block(at)
        sealed += count
    return sealed


def _seal_block(at: datetime) -> int:
    with transaction.atomic():
        heads = (
            Head.objects.select_for_update(skip_locked=True)
            if connection.features.has_select_for_update_skip_locked
            else Head.objects
        )
        head = heads.filter(pk=1).first() or _first_head()
        if head is None:
            return 0
        rows = list(
            Entry.objects.filter(seal=None).order_by("pk").values_list("pk", "digest")[:BLOCK]
        )
        if rows:
            _append(head, rows, at)
        return len(rows)


def _first_head() -> Head | None:
    head, made = Head.objects.get_or_create(pk=1)
    return head if made else None


def _append(head: Head, rows: list[tuple[int, str]], at: datetime) -> None:
    number, ids = head.number + 1, chain.pack([pk for pk, _ in rows])
    digest = chain.seal_digest(
        head.digest, number, ids, (digest for _, digest in rows), settings.HISTORY_KEY
    )
    made = Seal.objects.create(number=number, entries=ids, digest=digest, at=at)
    Entry.objects.filter(pk__in=[pk for pk, _ in rows]).update(seal=made)
    proof = chain.head_proof(number, digest, settings.HISTORY_KEY)
    Head.objects.filter(pk=1).update(number=number, digest=digest, proof=proof)


def note_verification(
    entries: int, faults: int, digest: str, *, by: "User | None", at: datetime
) -> None:
    """Write down that the whole history was verified, and what came of it."""
    head, _ = Head.objects.get_or_create(pk=1)
    found = {"entries": [None, entries], "faults": [None, faults], "digest": [None, digest]}
    record("history.verified", head, by=by, at=at, changes=found)


def changes(row: Model, values: dict[str, Any]) -> dict[str, Any]:
    """Set a row's fields to new values, unsaved; return what really changes as [before, after]."""
    found = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            found[name] = [before, value]
            setattr(row, name, value)
    return found


def change_together(
    verb: str,
    changed: Sequence[tuple[Any, dict[str, Any]]],
    may: Callable[[Any, dict[str, Any]], None],
    holds: Callable[[Any], None],
    *,
    by: "User | None",
    at: datetime,
    reason: str = "",
) -> list[dict[str, Any]]:
    """Change fields of rows of one model in few statements; return what each had before, by field.

    ``may`` is asked of a row and its new values before they are set, ``holds`` of the row with
    them; both refuse by raising. To be called inside a transaction.
    """
    told, before = [], []
    for row, values in changed:
        may(row, values)
        found = changes(row, values)
        holds(row)
        before.append({name: pair[0] for name, pair in found.items()})
        told.append(Done(verb, row, changes=found, reason=reason))
    if fields := {name for one in told for name in one.changes}:
        rows: dict[int, Any] = {row.pk: row for row, _values in changed}
        model: Any = type(changed[0][0])
        model.objects.bulk_update(list(rows.values()), sorted(fields), batch_size=200)
        record_many([one for one in told if one.changes], by=by, at=at)
    return before


def void_together(
    verb: str, rows: Sequence[Any], *, by: "User | None", at: datetime, reason: str
) -> None:
    """Void rows of one model for one reason, in few statements and inside a transaction."""
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        for row in some:
            row.voided_at, row.voided_reason = at, reason
        keys = [row.pk for row in some]
        type(some[0]).objects.filter(pk__in=keys).update(voided_at=at, voided_reason=reason)
    record_many([Done(verb, row, reason=reason) for row in rows], by=by, at=at)
