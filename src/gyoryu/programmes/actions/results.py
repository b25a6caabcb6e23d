"""From a panel's ranking to what becomes of the applications: frozen first, then decided."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.programmes.actions import applications
from gyoryu.programmes.models import Application, Call, Sheet
from gyoryu.programmes.queries import ranking as queries
from gyoryu.programmes.rules import ranking as rules
from gyoryu.programmes.rules import reviews
from gyoryu.programmes.rules.applications import Decision
from gyoryu.programmes.scoring import Line, Place
from gyoryu.programmes.sheets import reviews as sheets

Status = Application.Status
BECOMES = {
    Place.SELECTED: Status.SELECTED,
    Place.RESERVE: Status.RESERVE,
    Place.BELOW: Status.REJECTED,
}


@transaction.atomic
def freeze(
    call: Call,
    *,
    chosen: Iterable[int] = (),
    why_chosen: str = "",
    reason: str = "",
    by: User | None,
    at: datetime,
) -> Sheet:
    """Freeze the score sheet as it stands; anew, with a reason, as its next version.

    ``chosen`` are the applications let in where a tie stands across the last places.
    """
    check_may(by, "programmes.change", call.unit)
    call = _locked(call)
    reviews.check_panel_open(call)
    found = queries.standing(call, frozenset(chosen))
    rules.check_chosen(queries.standing(call).ranking, found.ranking, why_chosen)
    text = sheets.text(found, why_chosen)
    last = queries.last_sheet(call)
    reviews.check_freeze(last, reason, changed=last is None or not sheets.same(last, text))
    sheet = Sheet.objects.create(
        call=call,
        version=last.version + 1 if last else 1,
        text=text,
        digest=sheets.digest(text),
        reason=reason if last else "",
        at=at,
        by=by,
    )
    told: dict[str, Any] = {"version": [last.version if last else None, sheet.version]}
    told |= {"digest": [last.digest if last else None, sheet.digest]}
    history.record(
        "sheet.frozen", sheet, by=by, at=at, unit=call.unit_id, changes=told, reason=reason
    )
    return sheet


@transaction.atomic
def decide(call: Call, *, by: User | None, at: datetime) -> dict[str, int]:
    """Decide about every application as the frozen sheet says; return how many became what.

    Who lacks reviews stays undecided: nobody is refused for what the panel did not do.
    """
    check_may(by, "programmes.approve", call.unit)
    call = _locked(call)
    sheet = queries.last_sheet(call)
    found = queries.standing(call, queries.chosen_in(sheet))
    text = sheets.text(found, queries.why_chosen_in(sheet))
    reviews.check_decide(call, sheet, changed=sheet is None or not sheets.same(sheet, text))
    rules.check_all_ranked(found.ranking)
    outcomes = [
        Decision(row, BECOMES[line.place], _order(line), line.score) for line, row in found.lines
    ]
    applications.decide(call, outcomes, by=by, at=at)
    return dict(Counter(str(one.to) for one in outcomes))


def _order(line: Line) -> int | None:
    """Return the number on the reserve list for who is on it, and the rank for all others."""
    return line.reserve if line.place is Place.RESERVE else line.rank


def _locked(call: Call) -> Call:
    """Read a call anew and hold it, so that a sheet's versions follow one another."""
    return Call.objects.select_for_update(of=("self",)).select_related("unit").get(pk=call.pk)
