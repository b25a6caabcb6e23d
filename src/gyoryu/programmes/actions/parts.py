"""What is done to the parts of a call: added, changed, moved, taken away, and its form."""

from copy import copy as twin
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import check_texts
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.programmes.actions import calls
from gyoryu.programmes.models import Call
from gyoryu.programmes.queries import parts as queries
from gyoryu.programmes.questions import Question, dump, parse
from gyoryu.programmes.rules import calls as call_rules
from gyoryu.programmes.rules import forms as form_rules
from gyoryu.programmes.rules import parts as rules

LINES = {"name_ko", "name_en", "source"}


@transaction.atomic
def add(
    call: Call,
    part: str,
    values: dict[str, Any],
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> Any:
    """Add a row to a part of a call, at its end."""
    call = _to_rebuild(call, by=by, at=at, reason=reason)
    rows = list(queries.of(call, part))
    rules.check_room(len(rows))
    order = max((row.order for row in rows), default=0) + 1
    made = queries.MODELS[part](call=call, order=order, **_sorted(values))
    rules.check_part(made)
    made.save()
    _noted("call.part_added", call, {part: [None, str(made)]}, by=by, at=at, reason=reason)
    return made


@transaction.atomic
def change(
    item: Any, part: str, values: dict[str, Any], *, by: User | None, at: datetime, reason: str = ""
) -> Any:
    """Change a row of a part; while people apply, only its words, or a limit upwards."""
    call = calls.locked(item.call, by=by)
    call_rules.check_can_change(call, at=at, reason=reason)
    fields = _sorted(values)
    proposed = twin(item)
    for name, value in fields.items():
        setattr(proposed, name, value)
    rules.check_part(proposed)
    name = str(item)
    changes = history.changes(item, fields)
    call_rules.check_fields(call, changes, at=at)
    if changes:
        item.save(update_fields=[*changes])
        told = {part: [name, str(item)]} | {
            field: pair for field, pair in changes.items() if field not in {"terms", "evidence"}
        }
        _noted("call.part_changed", call, told, by=by, at=at, reason=reason)
    return item


@transaction.atomic
def remove(item: Any, part: str, *, by: User | None, at: datetime, reason: str = "") -> Call:
    """Take a row of a part away."""
    call = _to_rebuild(item.call, by=by, at=at, reason=reason)
    rules.check_unused(call, item)
    told = {part: [str(item), None]}
    item.delete()
    _noted("call.part_removed", call, told, by=by, at=at, reason=reason)
    return call


@transaction.atomic
def move(
    item: Any, part: str, *, up: bool, by: User | None, at: datetime, reason: str = ""
) -> Call:
    """Move a row of a part one place up or down; at the end of the list nothing happens."""
    call = _to_rebuild(item.call, by=by, at=at, reason=reason)
    rows = list(queries.of(call, part))
    place = next(place for place, row in enumerate(rows) if row.pk == item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return call
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        row.order = order
    queries.MODELS[part].objects.bulk_update(rows, ["order"])
    _noted("call.part_moved", call, {part: [str(item), str(item)]}, by=by, at=at, reason=reason)
    return call


@transaction.atomic
def set_form(
    call: Call,
    questions: list[Question],
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> Call:
    """Set the questions of a call; while people apply only their words may change."""
    call = calls.locked(call, by=by)
    call_rules.check_can_change(call, at=at, reason=reason)
    raw = dump(questions)
    form_rules.check_form(raw)
    before = parse(call.questions)
    form_rules.check_same_questions(call, before.questions, tuple(questions), at=at)
    if raw == call.questions:
        return call
    call.questions = raw
    check_texts(call)
    # The questions themselves are long; which of them came or went is what is asked later.
    codes = [", ".join(one.code for one in some) for some in (before.questions, questions)]
    _noted("call.form_changed", call, {"form": codes}, by=by, at=at, reason=reason)
    return call


def _to_rebuild(call: Call, *, by: User | None, at: datetime, reason: str) -> Call:
    call = calls.locked(call, by=by)
    call_rules.check_can_change(call, at=at, reason=reason)
    call_rules.check_can_rebuild(call, at=at)
    return call


def _noted(
    verb: str, call: Call, told: dict[str, Any], *, by: User | None, at: datetime, reason: str
) -> None:
    if call.published_at:
        call.changed_at = at
    call.save(update_fields=["questions", "changed_at"])
    history.record(verb, call, by=by, at=at, changes=told, reason=reason)


def _sorted(values: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in values.items() if name != "reason"}
    for name in LINES & fields.keys():
        fields[name] = names.nfc(fields[name] or "")
    return fields
