"""The office's pages of a ranking: how it stands, frozen sheets, and the decision."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gyoryu.agreements.rules.given import day_of
from gyoryu.base import periods
from gyoryu.programmes.actions import results as actions
from gyoryu.programmes.forms.reviews import FreezeForm
from gyoryu.programmes.models import Application, Call, Sheet
from gyoryu.programmes.queries import ranking as queries
from gyoryu.programmes.queries import reviews
from gyoryu.programmes.rules import ranking as ranking_rules
from gyoryu.programmes.rules import reviews as rules
from gyoryu.programmes.scoring import Place
from gyoryu.programmes.sheets import reviews as sheets
from gyoryu.programmes.views.panel import CHANGE, SEE, SHOWN, found, pages, start
from gyoryu.web import clock, export, pdf, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

APPROVE = "programmes.approve"
PRINTED = Path(__file__).parent.parent / "templates" / "programmes" / "panel" / "sheet.typ"
PLACES = {
    Place.SELECTED: gettext_lazy("To be selected"),
    Place.EDGE: gettext_lazy("Tied at the last places"),
    Place.RESERVE: gettext_lazy("Reserve list"),
    Place.BELOW: gettext_lazy("Below the threshold"),
    Place.UNRANKED: gettext_lazy("Too few reviews"),
}


@may(SEE)
def ranking(request: Request, pk: int) -> Any:
    call = found(request, pk)
    sheet = queries.last_sheet(call)
    drawn = sheets.drawn(call, sheet)
    first = start(request, len(drawn.ranking.lines))
    lines = drawn.ranking.lines[first : first + SHOWN]
    rows = Application.objects.select_related("track").in_bulk([line.key for line in lines])
    same = drawn.same
    access, path = request.user.access, call.unit.path
    context = {
        "call": call,
        "lines": [(line, rows[line.key], PLACES[line.place]) for line in lines],
        "tracked": any(row.track_id for row in rows.values()),
        "pages": pages(first, len(drawn.ranking.lines)),
        "counts": [
            (words, drawn.counts[place]) for place, words in PLACES.items() if place in drawn.counts
        ],
        "flagged": drawn.flagged,
        "sheets": list(call.sheets.defer("text").select_related("by")),
        "changed": drawn.changed[:SHOWN],
        "same": same,
        "may_change": access.may(CHANGE, path),
        "may_approve": access.may(APPROVE, path),
        "why_not_frozen": why_not(rules.check_panel_open, call)
        or why_not(rules.check_freeze, sheet, "x", changed=not same),
        "why_not_decided": why_not(rules.check_decide, call, sheet, changed=not same)
        or why_not(ranking_rules.check_all_ranked, drawn.ranking),
    }
    return render(request, "programmes/panel/ranking.html", context)


def _above(call: Call) -> tuple[str, str]:
    return (_("Ranking"), reverse("call-ranking", args=[call.pk]))


@may(CHANGE)
def ranking_freeze(request: Request, pk: int) -> HttpResponse:
    call = found(request, pk, CHANGE)
    standing = queries.standing(call)
    sheet = queries.last_sheet(call)
    edge = [standing.applications[line.key] for line in standing.ranking.at(Place.EDGE)]
    initial = {
        "chosen": [str(key) for key in queries.chosen_in(sheet)],
        "why_chosen": queries.why_chosen_in(sheet),
    }
    form = FreezeForm(posting.typed(request), edge=edge, frozen=sheet is not None, initial=initial)
    return small.run(
        request,
        form,
        lambda _values: actions.freeze(call, **form.values(), by=request.user, at=clock.now()),
        Page(
            _("Freeze the score sheet"),
            above=_above(call),
            explained=_("Every score as it stands now, with its SHA-256. It is never changed."),
            save=_("Freeze"),
        ),
        done=_("The score sheet is frozen."),
    )


@may(APPROVE)
def ranking_decide(request: Request, pk: int) -> HttpResponse:
    call = found(request, pk, APPROVE)
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.decide(call, by=request.user, at=clock.now()),
        Page(
            _("Decide as the sheet says"),
            above=_above(call),
            explained=_(
                "Every applicant becomes selected, reserve or not selected as the frozen sheet has"
                " it, and gets a letter. The call is closed by it."
            ),
            save=_("Decide"),
        ),
        done=_("The call is decided."),
    )


def _sheet(request: Request, pk: int) -> Sheet:
    calls = reviews.calls_seen(request.user).values("pk")
    rows = Sheet.objects.filter(call__in=calls).select_related("call__unit", "by")
    return get_object_or_404(rows, pk=pk)


@may(SEE)
def sheet_json(request: Request, pk: int) -> HttpResponse:
    sheet = _sheet(request, pk)
    reply = HttpResponse(sheet.text, content_type="application/json; charset=utf-8")
    name = f"score-sheet-{sheet.call.number}-v{sheet.version}.json"
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


@may(SEE)
def sheet_xlsx(request: Request, pk: int) -> HttpResponse:
    sheet = _sheet(request, pk)
    told = json.loads(sheet.text)
    name = f"score-sheet-{sheet.call.number}-v{sheet.version}"
    reply: HttpResponse = export.answer("xlsx", name, _columns(told), told["applications"])
    return reply


def _columns(told: dict[str, Any]) -> list[export.Column]:
    """Return a column for every figure of a sheet; members stand as 1, 2, 3 by their seats."""
    tracks = {one["key"]: one["name"] for one in told["tracks"]}
    seats = _seats(told)

    def of(seat: int) -> Any:
        return lambda row: next(
            (sheets.read(one["total"]) for one in row["reviews"]
             if one["seat"] == seat and not one["recused"]), None
        )  # fmt: skip

    return [
        export.Column(_("Rank"), lambda row: row["rank"]),
        export.Column(_("Application"), lambda row: row["number"]),
        export.Column(_("Applicant"), lambda row: row["name"]),
        export.Column(_("Track"), lambda row: tracks.get(row["track"], "")),
        *[
            export.Column(_("Member %(n)d") % {"n": n}, of(seat))
            for n, seat in enumerate(seats, start=1)
        ],
        export.Column(_("Sum"), lambda row: sheets.read(row["sum"])),
        export.Column(_("Divided by"), lambda row: row["divisor"]),
        export.Column(_("Score"), lambda row: sheets.read(row["score"])),
        export.Column(_("Spread"), lambda row: sheets.read(row["spread"])),
        export.Column(_("Result"), lambda row: str(PLACES[Place(row["place"])])),
        export.Column(_("Reserve number"), lambda row: row["reserve"]),
    ]


def _seats(told: dict[str, Any]) -> list[int]:
    return sorted({one["seat"] for row in told["applications"] for one in row["reviews"]})


@may(SEE)
def sheet_pdf(request: Request, pk: int) -> HttpResponse:
    sheet = _sheet(request, pk)
    made = pdf.typeset(PRINTED, _printed(sheet), language=(get_language() or "ko")[:2])
    return pdf.answer(f"score-sheet-{sheet.call.number}-v{sheet.version}", made)


def _printed(sheet: Sheet) -> dict[str, Any]:
    told = json.loads(sheet.text)
    columns = _columns(told)
    rows = sorted(told["applications"], key=lambda row: (row["rank"] is None, row["rank"] or 0))
    language = (get_language() or "ko")[:2]
    return {
        "title": _("Score sheet"),
        "sub": f"{sheet.call} · {sheet.call.number}",
        "author": str(sheet.by or ""),
        "frozen": _("Version %(n)d, frozen %(day)s")
        % {
            "n": sheet.version,
            "day": periods.day_in_words(day_of(sheet.at), language, weekday=False),
        },
        "reason": sheet.reason,
        "rule": _rule(sheet, told),
        "digest": f"SHA-256 {sheet.digest}",
        "heads": [str(one.heading) for one in columns],
        "rows": [[_cell(one.value(row)) for one in columns] for row in rows],
        "sign": [_("Panel member %(n)d") % {"n": n + 1} for n in range(len(_seats(told)))],
    }


def _rule(sheet: Sheet, told: dict[str, Any]) -> str:
    rule = told["rule"]
    return _(
        "%(method)s · passes from %(threshold)s · at least %(least)d reviews · ties: %(tie)s"
    ) % {
        "method": Call.Method(rule["method"]).label,
        "threshold": rule["threshold"],
        "least": rule["least"],
        "tie": Call.Tie(rule["tie"]).label,
    }


def _cell(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)
