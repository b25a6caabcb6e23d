"""A call prepared from an earlier one, a year or some years later."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.history import actions as history
from gyoryu.programmes.actions import calls
from gyoryu.programmes.models import Call, Programme
from gyoryu.programmes.queries import parts
from gyoryu.programmes.rules import calls as rules

# Fields that an earlier call hands on as they are.
KEPT = (
    "summary_ko", "summary_en", "applicant", "members_least", "members_most", "places",
    "ask_amount", "award_most", "event", "method", "threshold", "panel_least", "spread_most",
    "tie", "blind", "reviewed", "contact",
)  # fmt: skip


@transaction.atomic
def copy(
    call: Call,
    programme: Programme,
    *,
    opens_at: datetime,
    closes_at: datetime,
    by: User | None,
    at: datetime,
) -> Call:
    """Prepare a call from an earlier one, with its parts and its form, for another window.

    Years in its title, and fixed years in its conditions, move on by as many years as the window
    does. Money, applications, panel and extensions are its own.
    """
    rules.check_programme(programme)
    later = rules.local(opens_at).year - rules.local(call.opens_at).year
    values: dict[str, Any] = {name: getattr(call, name) for name in KEPT}
    values |= {
        "title_ko": _moved(call.title_ko, call, later),
        "title_en": _moved(call.title_en, call, later),
        "questions": call.questions,
        "opens_at": opens_at,
        "closes_at": closes_at,
    }
    made = calls.prepare(programme, values, by=by, at=at)
    for part in parts.MODELS:
        _copy_part(call, made, part, later)
    history.record("call.copied", made, by=by, at=at, changes={"copy_of": [None, call.number]})
    return made


def _copy_part(call: Call, made: Call, part: str, later: int) -> None:
    rows = list(parts.of(call, part))
    for row in rows:
        row.pk, row.call = None, made
        if part == "rules" and row.terms.get("year"):
            row.terms = {**row.terms, "year": int(row.terms["year"]) + later}
    parts.MODELS[part].objects.bulk_create(rows)


def _moved(title: str, call: Call, later: int) -> str:
    """Move the call's own year on in its title: 2025 → 2026."""
    year = rules.local(call.opens_at).year
    return re.sub(rf"(?<!\d){year}(?!\d)", str(year + later), title)
