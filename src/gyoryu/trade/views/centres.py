"""The pages of business centres: their list, people, costs, and results beside them."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.trade.actions import centres as actions
from gyoryu.trade.forms import centres as forms
from gyoryu.trade.models import Centre, RunningCost
from gyoryu.trade.queries import centres as queries
from gyoryu.trade.queries import enquiries
from gyoryu.trade.rules import centres as rules
from gyoryu.web import clock, export, lists, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, CHANGE, DEALINGS = "trade.view", "trade.change", "trade.dealings"
NEWEST = 8
COLUMNS = [
    export.Column(gettext_lazy("Name"), lambda row: str(row)),
    export.Column(gettext_lazy("Region"), lambda row: str(row.region or "")),
    export.Column(gettext_lazy("Run by"), lambda row: str(row.operator or "")),
    export.Column(gettext_lazy("Opened on"), lambda row: row.opened_on),
    export.Column(gettext_lazy("Closed since"), lambda row: row.closed_on),
    export.Column(gettext_lazy("Answers within, in working days"), lambda row: row.answers_in),
]
COST_COLUMNS = [
    export.Column(gettext_lazy("Centre"), lambda row: row.centre.name_ko),
    export.Column(gettext_lazy("Month"), lambda row: f"{row.month:%Y-%m}"),
    export.Column(gettext_lazy("Kind of cost"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Amount (KRW)"), lambda row: row.amount),
]


@may(SEE)
def centres(request: Request) -> Any:
    listing = forms.centre_listing(request, clock.today())
    sheet = export.Sheet(_("Business centres"), COLUMNS)
    return lists.show(
        request,
        listing,
        sheet,
        "trade/centres/list.html",
        _("Business centres"),
        may_add=request.user.access.may(CHANGE),
        sees_enquiries=request.user.access.may(DEALINGS),
    )


def _found(request: Request, pk: int, capability: str = SEE) -> Centre:
    return records.found(request, queries.seen_by(request.user), pk, capability)


@may(SEE)
def centre(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    access, today = request.user.access, clock.today()
    asked = []
    if access.may(DEALINGS, row.unit.path):
        rows = enquiries.seen_by(request.user).filter(centre=row, state="in")
        asked = list(rows.order_by("due_on", "pk")[:NEWEST])
    context = {
        "row": row,
        "today": today,
        "posts": queries.posts(row),
        "results": queries.results(row, today.year, today),
        "enquiries": asked,
        "sees_enquiries": access.may(DEALINGS, row.unit.path),
        "leads": list(row.leads.filter(voided_at=None).select_related("organisation")[:NEWEST]),
        "channels": list(row.channels.filter(voided_at=None)),
        "may_change": access.may(CHANGE, row.unit.path),
        "why_closed": why_not(rules.check_open, row),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/centres/page.html", context)


@may(CHANGE)
def centre_new(request: Request) -> HttpResponse:
    form = forms.CentreForm(posting.typed(request), user=request.user)
    page = Page(_("Add a centre"), above=(_("Business centres"), reverse("centres")))

    def act(values: dict[str, Any]) -> Centre:
        return actions.open_centre(values.pop("unit"), values, by=request.user, at=clock.now())

    return posting.run(
        request, form, "web/small_form.html", act,
        context={"page": page, "row": None}, done=_("The centre is entered."),
    )  # fmt: skip


@may(CHANGE)
def centre_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.CentreForm(
        posting.typed(request), user=request.user, row=row, initial=forms.edited(row)
    )
    return small.run(
        request,
        form,
        lambda values: actions.change(row, values, by=request.user, at=clock.now()),
        Page(_("Change the centre"), row),
    )


@may(CHANGE)
def centre_close(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    return small.run(
        request,
        forms.CloseForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.close(row, **values, by=request.user, at=clock.now()),
        Page(_("Close the centre"), row, save=_("Close the centre")),
    )


@may(CHANGE)
def post_new(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    return small.run(
        request,
        forms.PostForm(posting.typed(request), user=request.user),
        lambda values: actions.add_post(row, values, by=request.user, at=clock.now()),
        Page(_("Add somebody who works there"), row, "#posts"),
    )


@may(CHANGE)
def post_end(request: Request, pk: int, post: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    held = get_object_or_404(row.posts.select_related("centre__unit", "user"), pk=post)
    return small.run(
        request,
        forms.UntilForm(posting.typed(request), initial={"until": clock.today()}),
        lambda values: actions.end_post(held, **values, by=request.user, at=clock.now()),
        Page(_("Note the last day"), row, "#posts", about=str(held)),
    )


def _year(request: Request, row: Centre, today: date) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else min(
        row.closed_on or today, today
    ).year  # fmt: skip
    if not row.opened_on.year <= year <= today.year + 1:
        raise Http404
    return year


@may(SEE)
def centre_costs(request: Request, pk: int) -> Any:
    row = _found(request, pk)
    year = _year(request, row, clock.today())
    rows = queries.costs(row, year).select_related("centre").order_by("month", "kind")
    sheet = export.Sheet(f"{_('Running cost')}-{row}-{year}", COST_COLUMNS)
    if file := export.asked(request, rows, sheet):
        return file
    form = forms.CostsForm(None, year=year, noted=list(rows))
    context = {
        "row": row,
        "year": year,
        "years": queries.years(row, clock.today()),
        "lines": form.lines,
        "kinds": form.kinds,
        "cost": queries.cost_of(row, year),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
    }
    return render(request, "trade/centres/costs.html", context)


@may(CHANGE)
def centre_costs_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    year = _year(request, row, clock.today())
    noted: list[RunningCost] = list(queries.costs(row, year))
    form = forms.CostsForm(posting.typed(request), year=year, noted=noted)
    above = (str(row), f"{reverse('centre-costs', args=[row.pk])}?year={year}")
    return small.run(
        request,
        form,
        lambda _values: actions.note_costs(row, form.amounts(), by=request.user, at=clock.now()),
        Page(_("Running cost %(year)d, in won") % {"year": year}, above=above),
        template="trade/centres/costs_form.html",
        done=_("The costs are noted."),
        centre=row,
    )


@may(SEE)
def centre_results(request: Request, pk: int) -> Any:
    row, today = _found(request, pk), clock.today()
    year = _year(request, row, today)
    found = queries.results(row, year, today)
    sheet = export.Sheet(f"{_('Results')}-{row}-{year}", RESULT_COLUMNS)
    if kind := request.GET.get("export"):
        return export.answer(
            kind, str(sheet.name), sheet.columns, _told(found, queries.sold_by(row, year))
        )
    context = {
        "row": row,
        "year": year,
        "years": queries.years(row, today),
        "results": found,
        "sold": queries.sold_by(row, year),
    }
    return render(request, "trade/centres/results.html", context)


RESULT_COLUMNS = [
    export.Column(gettext_lazy("What is counted"), lambda line: line[0]),
    export.Column(gettext_lazy("Grade or kind"), lambda line: line[1]),
    export.Column(gettext_lazy("Currency"), lambda line: line[2]),
    export.Column(gettext_lazy("Number"), lambda line: line[3]),
    export.Column(gettext_lazy("Amount"), lambda line: line[4]),
]
Told = tuple[Any, Any, str, Any, Any]


def _told(found: queries.Results, sold: list[tuple[str, int, Any]]) -> list[Told]:
    """Write results line by line; what nobody has said is an empty cell, and zero is 0."""
    asked = found.enquiries
    lines: list[Told] = [
        (_("Running cost"), label, "KRW", None, amount) for label, amount in found.cost.by_kind
    ]
    lines += [
        (_("Enquiries"), _("received"), "", asked.received, None),
        (_("Enquiries"), _("answered in time"), "", asked.in_time, None),
        (_("Enquiries"), _("answered late"), "", asked.late, None),
        (_("Enquiries"), _("late and open"), "", asked.open_late, None),
        (_("Buyer leads"), _("found"), "", found.leads, None),
    ]
    lines += [
        (_("Deals"), line.label, line.currency, line.deals, line.amount) for line in found.deals
    ]
    lines += [(_("Mall sales"), "", currency, n, amount) for currency, n, amount in sold]
    return lines
