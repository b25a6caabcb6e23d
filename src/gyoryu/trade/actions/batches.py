"""Participants entered, changed and taken back together, as an import of a sheet does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from gyoryu.accounts.models import Record, Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, day_of
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.trade.models import Participant
from gyoryu.trade.rules import events
from gyoryu.trade.rules import participants as rules

CHANGE = "trade.change"
Change = tuple[Participant, dict[str, Any]]


@transaction.atomic
def enter_participants(
    unit: Unit, rows: Sequence[dict[str, Any]], *, by: User | None, at: datetime
) -> list[Participant]:
    """Add participants taken from a file; ``rows`` are their fields, event, side, organisation."""
    made = []
    for event in {row["event"].pk: row["event"] for row in rows}.values():
        check_may(by, CHANGE, event.unit)
        events.check_not_over(event)
    for row in rows:
        fields = {**row, "source": Record.Source.IMPORTED}
        event, side, company = (fields.pop(name) for name in ("event", "side", "organisation"))
        one = rules.begun(event, side, company, fields, day_of(at))
        rules.check_participant(one)
        made.append(one)
    Participant.objects.bulk_create(made, batch_size=200)
    first = [{"side": [None, one.side], "state": [None, one.state]} for one in made]
    told = [
        Done("participant.added", one, changes=changes, reason=one.source_note)
        for one, changes in zip(made, first, strict=True)
    ]
    if told:
        history.record_many(told, by=by, at=at)
    return made


@transaction.atomic
def change_participants(
    changes: Sequence[Change], *, by: User | None, at: datetime, reason: str = ""
) -> list[dict[str, Any]]:
    """Change fields of participants; return what each had before, by field."""
    prefetch_related_objects([row for row, _values in changes], "event", "organisation", "unit")

    def may(row: Participant, _values: dict[str, Any]) -> None:
        check_may(by, CHANGE, row.unit)
        rules.check_changeable(row)

    own = [(row, rules.tidied(values)) for row, values in changes]
    return history.change_together(
        "participant.changed", own, may, rules.check_participant, by=by, at=at, reason=reason
    )


@transaction.atomic
def void_participants(
    rows: Sequence[Participant], *, reason: str, by: User | None, at: datetime
) -> None:
    """Strike participants off together, for one reason."""
    check_reason(reason)
    prefetch_related_objects(rows, "organisation", "unit")
    for row in rows:
        check_may(by, CHANGE, row.unit)
        check_stands(row)
    history.void_together("participant.voided", rows, by=by, at=at, reason=reason)
