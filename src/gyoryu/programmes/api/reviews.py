"""Panels and rankings as programs read and write them; judging itself is for people."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import panel as actions
from gyoryu.programmes.actions import results
from gyoryu.programmes.forms import reviews as forms
from gyoryu.programmes.models import Call as CallModel
from gyoryu.programmes.models import Sheet
from gyoryu.programmes.queries import ranking, reviews
from gyoryu.programmes.scoring import Fate, Place
from gyoryu.programmes.sheets import reviews as sheets
from gyoryu.web.calls import Call, Desk, Named, Shape
from gyoryu.web.forms import Form

SEE, CHANGE, APPROVE = "programmes.applicants", "programmes.change", "programmes.approve"
desk = Desk(_("Panels and rankings"))


class SeatRow(Shape):
    """A member of a panel and how far they are."""

    id: int
    user: Named
    office: str
    chairs: bool
    left_on: Any
    given: int
    done: int
    recused: int


class SeatRows(Shape):
    """The panel of a call."""

    items: list[SeatRow]


class ScoreRow(Shape):
    """One member's total, and what became of it. ``seat`` is the member's seat."""

    seat: int
    total: str
    fate: Fate


class RankRow(Shape):
    """An applicant's line in a ranking, with everything its score came from."""

    application: Named
    track: Named | None
    place: Place
    rank: int | None
    reserve: int | None
    score: str | None
    spread: str | None
    flagged: bool
    counted: int
    sum: str
    divisor: int
    scores: list[ScoreRow]


class RankingShape(Shape):
    """How a call's applications stand by their reviews, and whether so they were frozen."""

    call: Named
    method: str
    sheet: int | None
    changed_since: bool
    items: list[RankRow]


class SheetShape(Shape):
    """A frozen score sheet: its text is canonical JSON, its digest the text's SHA-256."""

    id: int
    call: Named
    version: int
    reason: str
    at: datetime
    digest: str
    text: str


def _call(call: Call, capability: str = SEE) -> CallModel:
    row = get_object_or_404(reviews.calls_seen(call.user), pk=call.pk)
    check_may(call.user, capability, row.unit)
    return row


def _seats(call: Call) -> Any:
    rows: QuerySet[Any] = reviews.seats(_call(call))
    return {
        "items": [
            {
                "id": one.pk,
                "user": one.user,
                "office": one.office,
                "chairs": one.chairs,
                "left_on": one.left_on.isoformat() if one.left_on else None,
                "given": one.n_given,
                "done": one.n_done,
                "recused": one.n_recused,
            }
            for one in rows
        ]
    }


def _number(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _ranking(call: Call) -> Any:
    row = _call(call)
    sheet = ranking.last_sheet(row)
    found = ranking.standing(row, ranking.chosen_in(sheet))
    text = sheets.text(found, ranking.why_chosen_in(sheet))
    return {
        "call": row,
        "method": row.method,
        "sheet": sheet.pk if sheet else None,
        "changed_since": sheet is not None and not sheets.same(sheet, text),
        "items": [
            {
                "application": application,
                "track": application.track,
                "place": line.place,
                "rank": line.rank,
                "reserve": line.reserve,
                "score": _number(line.score),
                "spread": _number(line.spread),
                "flagged": line.flagged,
                "counted": line.counted,
                "sum": _number(line.trace.sum),
                "divisor": line.trace.divisor,
                "scores": [
                    {"seat": one.reviewer, "total": _number(one.total), "fate": one.fate}
                    for one in line.trace.scores
                ],
            }
            for line, application in found.lines
        ],
    }


def _sheet(call: Call) -> Sheet:
    calls = reviews.calls_seen(call.user).values("pk")
    return get_object_or_404(
        Sheet.objects.filter(call__in=calls).select_related("call"), pk=call.pk
    )


def _freeze_form(call: Call) -> forms.FreezeForm:
    if call.row is None:
        return forms.FreezeForm(edge=[], frozen=True)
    found = ranking.standing(call.row)
    edge = [found.applications[line.key] for line in found.ranking.at(Place.EDGE)]
    return forms.FreezeForm(edge=edge, frozen=ranking.last_sheet(call.row) is not None)


def _freeze(call: Call, form: Any) -> Sheet:
    return results.freeze(call.row, **form.values(), **call.who)


def _decide(call: Call, form: Any) -> Any:
    results.decide(call.row, **call.who)
    return call.row


desk.shows("calls/{pk}/panel", _("Panel of a call"), SeatRows, _seats, may=SEE)
desk.writes(
    "calls/{pk}/panel", _("Ask somebody onto the panel"), forms.SeatForm,
    lambda call, form: actions.invite(call.row, **form.values(), **call.who),
    may=CHANGE, find=lambda call: _call(call, CHANGE),
)  # fmt: skip
desk.writes(
    "calls/{pk}/panel/share", _("Give out applications"), forms.DistributeForm,
    lambda call, form: actions.distribute(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=lambda call: _call(call, CHANGE),
)  # fmt: skip
desk.shows("calls/{pk}/ranking", _("Ranking of a call"), RankingShape, _ranking, may=SEE)
desk.writes(
    "calls/{pk}/ranking/freeze", _("Freeze the score sheet"), _freeze_form, _freeze,
    may=CHANGE, find=lambda call: _call(call, CHANGE),
)  # fmt: skip
desk.writes(
    "calls/{pk}/ranking/decide", _("Decide as the sheet says"), Form, _decide,
    may=APPROVE, find=lambda call: _call(call, APPROVE),
)  # fmt: skip
desk.shows("score-sheets/{pk}", _("Frozen score sheet"), SheetShape, _sheet, may=SEE)
