"""From a panel's ranking to what becomes of the applications: frozen first, then decided."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.history import actions as history
from gyoryu.programmes.actions import steps
from gyoryu.programmes.models import Application, Call, Sheet
from gyoryu.programmes.queries import ranking as queries
from gyoryu.programmes.rules import ranking as rules
from gyoryu.programmes.rules import reviews
from gyoryu.programmes.scoring import Place
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
    told = {"version": [last.version if last else None, sheet.version]}
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
    counts: dict[str, int] = {}
    for line, row in found.lines:
        to = BECOMES[line.place]
        order = line.reserve if line.place is Place.RESERVE else line.rank
        step(row, to, score=line.score, rank=order, by=by, at=at)
        counts[to] = counts.get(to, 0) + 1
    changes = history.changes(call, {"state": Call.State.DECIDED, "state_since": day_of(at)})
    call.save(update_fields=list(changes))
    history.record("call.decided", call, by=by, at=at, changes=changes)
    return counts


def _locked(call: Call) -> Call:
    """Read a call anew and hold it, so that a sheet's versions follow one another."""
    return Call.objects.select_for_update(of=("self",)).select_related("unit").get(pk=call.pk)


def step(
    application: Application,
    to: str,
    *,
    score: Decimal | None = None,
    rank: int | None = None,
    by: User | None,
    at: datetime,
) -> None:
    """Take an application a step on, with its place in the timeline and a letter."""
    values = {} if score is None else {"score": score, "rank": rank}
    steps.take(application, to, values=values, by=by, at=at)
