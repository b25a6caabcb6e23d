"""What is done to calls: prepared, changed, announced, extended, cancelled, copied."""

from copy import copy as twin
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, day_of
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.programmes.models import Call, Extension, Programme
from gyoryu.programmes.queries import calls as queries
from gyoryu.programmes.rules import calls as rules
from gyoryu.programmes.rules import publishing

CHANGE, APPROVE = "programmes.change", "programmes.approve"
PREFIX = "CL"
LINES = {"title_ko", "title_en", "event", "contact"}


@transaction.atomic
def prepare(programme: Programme, values: dict[str, Any], *, by: User | None, at: datetime) -> Call:
    """Prepare a call of a programme; ``values`` are its fields by name. Nobody outside sees it."""
    check_may(by, CHANGE, programme.unit)
    rules.check_programme(programme)
    made = Call(unit=programme.unit, programme=programme, state_since=day_of(at), **_sorted(values))
    rules.check_call(made)
    made.number = next_number(made.unit, PREFIX, day_of(at).year, by=by)
    made.save()
    history.record("call.prepared", made, by=by, at=at)
    return made


@transaction.atomic
def change(
    call: Call, values: dict[str, Any], *, by: User | None, at: datetime, reason: str = ""
) -> Call:
    """Change a call's fields; once announced with a reason, and less while it is open."""
    call = locked(call, by=by)
    rules.check_can_change(call, at=at, reason=reason)
    fields = _sorted(values)
    proposed = twin(call)
    for name, value in fields.items():
        setattr(proposed, name, value)
    rules.check_call(proposed)
    rules.check_fields(call, _changed(call, fields), at=at)
    changes = history.changes(call, fields)
    if changes:
        _touch(call, at)
        call.save()
        history.record("call.changed", call, by=by, at=at, changes=changes, reason=reason)
    return call


@transaction.atomic
def publish(call: Call, *, by: User | None, at: datetime) -> Call:
    """Announce a call: from now on everybody may read it, and apply from its opening on."""
    check_may(by, APPROVE, call.unit)
    call = _again(call)
    items = publishing.checklist(call, queries.parts(call), at=at)
    rules.check_can_publish(call, publishing.missing(items), at=at)
    changes = history.changes(call, {"state": Call.State.PUBLISHED, "state_since": day_of(at)})
    call.published_at = call.changed_at = at
    call.save()
    history.record("call.published", call, by=by, at=at, changes=changes)
    return call


@transaction.atomic
def extend(call: Call, *, closes_at: datetime, reason: str, by: User | None, at: datetime) -> Call:
    """Keep an open window open for longer."""
    check_may(by, APPROVE, call.unit)
    call = _again(call)
    rules.check_extension(call, until=closes_at, reason=reason, at=at)
    Extension.objects.create(
        call=call, before=call.closes_at, after=closes_at, reason=reason, at=at, by=by
    )
    changes = history.changes(call, {"closes_at": closes_at})
    _touch(call, at)
    call.save()
    history.record("call.extended", call, by=by, at=at, changes=changes, reason=reason)
    return call


@transaction.atomic
def cancel(call: Call, *, reason: str, by: User | None, at: datetime) -> Call:
    """Call it off. Who reads it sees that, and why; what was applied for is kept."""
    check_may(by, APPROVE, call.unit)
    call = _again(call)
    rules.check_can_cancel(call)
    check_reason(reason)
    changes = history.changes(
        call,
        {"state": Call.State.CANCELLED, "state_since": day_of(at), "state_reason": reason},
    )
    _touch(call, at)
    call.save()
    history.record("call.cancelled", call, by=by, at=at, changes=changes, reason=reason)
    return call


def locked(call: Call, *, by: User | None) -> Call:
    """Return a call for change, locked so that it is not announced between check and change."""
    check_may(by, CHANGE, call.unit)
    return _again(call)


def _again(call: Call) -> Call:
    found = Call.objects.select_for_update(of=("self",)).select_related("unit", "programme")
    return found.get(pk=call.pk)


def _touch(call: Call, at: datetime) -> None:
    """Note when what the public reads was changed."""
    if call.published_at:
        call.changed_at = at


def _changed(call: Call, fields: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        name: [getattr(call, name), value]
        for name, value in fields.items()
        if getattr(call, name) != value
    }


def _sorted(values: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in values.items() if name not in {"programme", "reason"}}
    for name in LINES & fields.keys():
        fields[name] = names.nfc(fields[name] or "")
    for name in {"summary_ko", "summary_en"} & fields.keys():
        fields[name] = fields[name] or ""
    if fields.get("applicant") not in {None, Call.Applicant.TEAM}:
        fields |= {"members_least": 1, "members_most": 1}
    return fields
