"""The pages of results: the board of grades, lists by event, programme and company, one event."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.trade.forms import results as forms
from gyoryu.trade.models import Event
from gyoryu.trade.queries import published
from gyoryu.trade.queries import results as queries
from gyoryu.trade.rules import grades
from gyoryu.trade.sheets import results as sheets
from gyoryu.web import export, pdf
from gyoryu.web.access import Request, may

SEE, DEALINGS, CHANGE = "trade.view", "trade.dealings", "trade.change"


@may(SEE)
def results(request: Request) -> HttpResponse:
    form = forms.BoardForm(request.GET, years=queries.years(request.user))
    form.is_valid()
    asked = form.cleaned_data
    rows = queries.seen(request.user)
    if asked.get("year"):
        rows = rows.filter(year=asked["year"])
    by = asked.get("by") or "year"
    whole, parts = queries.board(rows, by, request.user, asked.get("year"))
    context = {
        "form": form,
        "heading": _("Trade results"),
        "by": forms.GROUPS[by],
        "whole": whole,
        "parts": parts,
        "spends": by == "centre",
        "may_see_companies": request.user.access.may(DEALINGS),
    }
    if asked.get("grade"):
        context |= _added(whole, asked["grade"])
    return render(request, "trade/results/board.html", context)


def _added(whole: queries.Funnel, chosen: list[str]) -> dict[str, Any]:
    """Add up what may be added, or say why not."""
    amounts = [money for name in chosen for money in whole.levels[name].amounts]
    try:
        return {"total": grades.added(chosen, amounts)}
    except Refused as refused:
        return {"why_not_added": str(refused)}


@dataclass(frozen=True)
class _Told:
    """Rows with their grades, some hundreds at a time: a list may be long."""

    rows: Any
    of: Callable[[list[Any]], dict[Any, queries.Funnel]]

    def iterator(self, chunk_size: int) -> Iterator[queries.Part]:
        rows = self.rows.iterator(chunk_size=chunk_size)
        while some := list(islice(rows, chunk_size)):
            yield from self.parts(some)

    def parts(self, some: list[Any]) -> list[queries.Part]:
        found = self.of(some)
        return [queries.Part(row, found.get(row.pk, queries.nothing())) for row in some]


def _listed(request: Request, listing: Any, kind: str, words: Any, of: Any) -> Any:
    """Answer with a list whose lines carry their grades, as a page or as a file."""
    columns = [
        export.Column(gettext_lazy("Name"), lambda part: str(part.row)),
        *sheets.grade_columns(lambda part: part.funnel),
    ]
    sheet = export.Sheet(words, columns, dress=lambda rows: _Told(rows, of))
    if file := export.asked(request, listing.chosen, sheet):
        return file
    context = {
        "listing": listing,
        "heading": words,
        "kind": kind,
        "parts": _Told(None, of).parts(list(listing.page)),
        "grades": queries.nothing().told,
    }
    return render(request, "trade/results/list.html", context)


@may(SEE)
def result_events(request: Request) -> Any:
    listing = forms.event_listing(request)
    return _listed(request, listing, "event", _("Results by event"), queries.of_events)


@may(DEALINGS)
def result_companies(request: Request) -> Any:
    listing = forms.company_listing(request)

    def of(rows: list[Any]) -> dict[Any, queries.Funnel]:
        return queries.of_companies([row.pk for row in rows], request.user)

    return _listed(request, listing, "company", _("Results by company"), of)


@may(SEE)
def result_programmes(request: Request) -> Any:
    listing = forms.programme_listing(request)
    return _listed(request, listing, "programme", _("Results by programme"), queries.of_programmes)


def _found(request: Request, pk: int) -> Event:
    rows = visible(Event.objects.filter(voided_at=None), request.user, SEE)
    row = get_object_or_404(rows.select_related("unit", "follows", "programme", "call"), pk=pk)
    check_may(request.user, SEE, row.unit)
    return row


@may(SEE)
def event_results(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    companies = request.user.access.may(DEALINGS, row.unit.path)
    kind = request.GET.get("export")
    if kind == "xlsx":
        reply = HttpResponse(sheets.workbook(row, companies=companies), content_type=export.XLSX)
        reply["Content-Disposition"] = f'attachment; filename="{row.number}-results.xlsx"'
        return reply
    if kind == "pdf":
        return pdf.answer(f"{row.number}-results", sheets.paper(row, companies=companies))
    before = row.follows if row.follows and not row.follows.voided_at else None
    found = queries.of_events([one for one in (row, before) if one])
    nothing = queries.nothing()
    context = {
        "row": row,
        "whole": found.get(row.pk, nothing),
        "came": queries.attended(row),
        "spent": queries.spent(row),
        "places": queries.by_place(row),
        "countries": queries.by_country(row),
        "companies": queries.by_company(row) if companies else [],
        "may_see_companies": companies,
        "before": before,
        "beside": queries.beside(row, before, found) if before else [],
        "published": published.beside(row, named=companies),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
    }
    return render(request, "trade/results/event.html", context)
