"""What is done to consultative bodies: founded, changed, met, ended."""

from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import engagements, sessions
from gyoryu.agreements.models import Agreement, Body, Engagement
from gyoryu.agreements.queries.bodies import with_course
from gyoryu.agreements.rules import bodies as rules
from gyoryu.agreements.rules.given import check_stands, day_of
from gyoryu.base import names
from gyoryu.base.periods import add_months
from gyoryu.history import actions as history

State = Engagement.State


@transaction.atomic
def found(agreement: Agreement, values: dict[str, Any], *, by: User | None, at: datetime) -> Body:
    """Found a body under an agreement; ``values`` are its fields by name, and ``areas`` (a list).

    The first session is due a cadence after the founding unless ``next_due_on`` says otherwise.
    """
    check_may(by, "agreements.change", agreement.unit)
    rules.check_can_found(agreement)
    fields, areas = _sorted_out(values)
    made = Body(unit=agreement.unit, agreement=agreement, **fields)
    rules.check_body(made, today=day_of(at))
    if made.next_due_on is None:
        made.next_due_on = add_months(made.founded_on or day_of(at), made.cadence_months)
    made.save()
    made.areas.set(areas)
    history.record("body.founded", made, by=by, at=at)
    return made


@transaction.atomic
def change(body: Body, values: dict[str, Any], *, by: User | None, at: datetime) -> Body:
    """Change a body's fields and areas; what stays the same is not written down."""
    check_may(by, "agreements.change", body.unit)
    check_stands(body)
    rules.check_not_ended(body)
    fields, areas = _sorted_out(values)
    proposed = copy(body)
    for name, value in fields.items():
        setattr(proposed, name, value)
    rules.check_body(proposed, today=day_of(at))
    changes = history.changes(body, fields)
    if "areas" in values and (before := set(body.areas.all())) != set(areas):
        body.areas.set(areas)
        changes["areas"] = [", ".join(map(str, before)), ", ".join(map(str, areas))]
    if changes:
        body.save()
        history.record("body.changed", body, by=by, at=at, changes=changes)
    return body


@transaction.atomic
def hold_session(
    body: Body, values: dict[str, Any], *, by: User | None, at: datetime
) -> Engagement:
    """Record the body's next session, held unless ``values`` say that it is planned.

    It is numbered after the last one unless ``session_number`` says which it was. When it is
    held, open commitments are carried over and the next session falls due a cadence later.
    """
    check_may(by, "agreements.change", body.unit)
    # Locked, so that two officers at once do not give two sessions one number.
    rows = Body.objects.select_for_update(of=("self",))
    locked = with_course(rows.select_related("agreement", "unit", "owner")).get(pk=body.pk)
    rules.check_can_hold(locked)
    number = values.get("session_number") or locked.highest + 1
    made, entered = engagements.enter(
        locked.unit,
        {
            "owner": locked.owner,
            **values,
            **_titles(locked, number, values),
            "agreements": [locked.agreement],
            "kind": Engagement.Kind.SESSION,
            "body": locked,
            "session_number": number,
        },
        by=by,
        at=at,
    )
    done = [entered]
    if made.state == State.HELD:
        last_on = max(locked.last_on or made.starts_on, made.starts_on)
        done.append(sessions.took_place(made, by=by, at=at, last_on=last_on))
    history.record_many(done, by=by, at=at)
    body.next_due_on = locked.next_due_on
    return made


@transaction.atomic
def end(body: Body, *, on: date, reason: str, by: User | None, at: datetime) -> Body:
    """End a body on a day and for a reason; nothing more is due of it."""
    check_may(by, "agreements.change", body.unit)
    rules.check_end(body, on=on, reason=reason, today=day_of(at))
    ended = {"ended_on": on, "ended_reason": reason, "next_due_on": None}
    changes = history.changes(body, ended)
    body.save(update_fields=[*ended])
    history.record("body.ended", body, by=by, at=at, changes=changes, reason=reason)
    return body


def _sorted_out(values: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    fields = {name: value for name, value in values.items() if name != "areas"}
    for name in {"name_ko", "name_en"} & fields.keys():
        fields[name] = names.nfc(fields[name] or "")
    return fields, list(values.get("areas") or [])


def _titles(body: Body, number: int, values: dict[str, Any]) -> dict[str, str]:
    """Name a session after its body and number in both languages, unless it was given a title."""
    if values.get("title_ko") or values.get("title_en"):
        return {}
    ko, en = body.name_ko or body.name_en, body.name_en or body.name_ko
    return {"title_ko": f"제{number}차 {ko}"[:200], "title_en": f"{en}, session {number}"[:200]}
