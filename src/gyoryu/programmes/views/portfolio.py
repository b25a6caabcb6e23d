"""The screens of the portfolio: the board, and the pages of strategies, programmes and lines."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import home_unit
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.forms.engagements import ReasonForm
from gyoryu.base import names
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.programmes.actions import portfolio as actions
from gyoryu.programmes.forms import portfolio as forms
from gyoryu.programmes.models import BudgetLine, LedgerEntry, Programme, Strategy
from gyoryu.programmes.queries import portfolio as queries
from gyoryu.programmes.rules import portfolio as rules
from gyoryu.web import clock, export, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import pick_label
from gyoryu.web.listing import Listing
from gyoryu.web.small import Page

CHANGE, APPROVE = "programmes.change", "programmes.approve"
MONEY = [
    export.Column(gettext_lazy("Appropriated"), lambda row: row[1].appropriated),
    export.Column(gettext_lazy("Allotted"), lambda row: row[1].allotted),
    export.Column(gettext_lazy("Not allotted"), lambda row: row[1].free),
    export.Column(gettext_lazy("Awarded"), lambda row: row[1].awarded),
    export.Column(gettext_lazy("Reserved"), lambda row: row[1].reserved),
    export.Column(gettext_lazy("Approved"), lambda row: row[1].approved),
    export.Column(gettext_lazy("Paid"), lambda row: row[1].paid),
    export.Column(gettext_lazy("Paid in advance"), lambda row: row[1].advanced),
    export.Column(gettext_lazy("Returned"), lambda row: row[1].returned),
]
BOARD = [
    export.Column(gettext_lazy("Strategy"), lambda row: str(row[0].programme.strategy or "")),
    export.Column(gettext_lazy("Programme number"), lambda row: row[0].programme.number),
    export.Column(gettext_lazy("Programme"), lambda row: str(row[0].programme)),
    export.Column(gettext_lazy("Budget year"), lambda row: row[0].year),
    export.Column(gettext_lazy("Account code"), lambda row: row[0].account_code),
    export.Column(gettext_lazy("Name of the account"), lambda row: row[0].name),
    export.Column(gettext_lazy("Fund"), lambda row: row[0].get_fund_display()),
    *MONEY,
]
PROGRAMMES = [
    export.Column(gettext_lazy("Number"), lambda row: row.number),
    export.Column(gettext_lazy("Name in Korean"), lambda row: row.name_ko),
    export.Column(gettext_lazy("Name in English"), lambda row: row.name_en),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Strategy"), lambda row: str(row.strategy or "")),
    export.Column(gettext_lazy("First year"), lambda row: row.first_year),
    export.Column(gettext_lazy("Last year"), lambda row: row.last_year),
    export.Column(gettext_lazy("Legal basis"), lambda row: row.legal_basis),
    export.Column(gettext_lazy("For whom"), lambda row: row.target),
    export.Column(gettext_lazy("Unit"), lambda row: str(row.unit)),
    export.Column(gettext_lazy("Calls"), lambda row: row.n_calls),
    export.Column(gettext_lazy("Ended on"), lambda row: row.ended_on),
]
ENTRIES = [
    export.Column(gettext_lazy("Entry"), lambda row: row.pk),
    export.Column(gettext_lazy("Day"), lambda row: row.on),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Level"), lambda row: row.ceiling.get_level_display()),
    export.Column(gettext_lazy("Where"), lambda row: told_place(row)),
    export.Column(gettext_lazy("Amount (KRW)"), lambda row: row.amount),
    export.Column(gettext_lazy("Taken from above (KRW)"), lambda row: row.drawn),
    export.Column(gettext_lazy("Reverses entry"), lambda row: row.reverses_id),
    export.Column(gettext_lazy("Key"), lambda row: row.key),
    export.Column(gettext_lazy("By"), lambda row: str(row.by or "")),
    export.Column(gettext_lazy("Entered at"), lambda row: row.at),
    export.Column(gettext_lazy("Note"), lambda row: row.note),
]


def told_place(entry: LedgerEntry) -> str:
    """Say where money moved: the call, the award by its number, the heading."""
    ceiling = entry.ceiling
    if ceiling.level == "allotment":
        return str(ceiling.allotment.call)
    if ceiling.level == "award":
        return str(ceiling.award.number)
    if ceiling.level == "category":
        return f"{ceiling.category.award.number} · {ceiling.category}"
    return ""


@may("programmes.view")
def portfolio(request: Request) -> Any:
    listing = forms.board_listing(request, clock.today())
    year = int(request.GET.get("year") or 0) if not listing.filter.form.errors else 0
    lines = queries.lines(request.user).filter(year=year or clock.today().year)
    if fund := request.GET.get("fund"):
        lines = lines.filter(fund=fund)
    if kind := request.GET.get("export"):
        # The lines of every strategy and of none: all that the board adds up.
        rows = queries.spread(lines.order_by("programme__strategy", "programme__number", "pk"))
        return export.answer(kind, f"portfolio-{year or clock.today().year}", BOARD, rows)
    context = {
        "listing": listing,
        "heading": _("Portfolio and budgets"),
        "year": year or clock.today().year,
        "may_approve": request.user.access.may(APPROVE),
        "may_change": request.user.access.may(CHANGE),
        **_board(request, listing, lines, year or clock.today().year),
    }
    return render(request, "programmes/portfolio/board.html", context)


def _board(request: Request, listing: Listing, lines: Any, year: int) -> dict[str, Any]:
    """Return the strategies of this page with all that is under them; the last has the rest."""
    last = not listing.next
    shown = queries.running(queries.programmes(request.user), year)
    alone, more = queries.alone(request.user, shown) if last else (queries.NONE, False)
    tops, by_itself = queries.board(listing.page, shown, lines, alone)
    return {"tops": tops, "alone": by_itself, "more": more, "most": queries.ALONE}


@may("programmes.view")
def strategy(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.strategies(request.user), pk=pk)
    lines = queries.lines(request.user).filter(programme__strategy=row)
    tops, _alone = queries.board([row], queries.programmes(request.user), lines, queries.NONE)
    context = {
        "row": row,
        "node": tops[0],
        "may_approve": request.user.access.may(APPROVE, row.unit.path),
        "why_not_void": records.why_not(rules.check_void_strategy, row, "-"),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/portfolio/strategy.html", context)


@may("programmes.approve")
def strategy_new(request: Request) -> HttpResponse:
    unit = home_unit(request.user, APPROVE)
    today = clock.today()
    initial = {"first_year": today.year, "last_year": today.year + 3}
    return posting.run(
        request,
        forms.StrategyForm(posting.typed(request), initial=initial),
        "programmes/portfolio/form.html",
        lambda values: actions.add_strategy(unit, values, by=request.user, at=clock.now()),
        context={"heading": _("New strategy")},
    )


def _strategy(request: Request, pk: int) -> Strategy:
    row = get_object_or_404(queries.strategies(request.user), pk=pk)
    check_may(request.user, APPROVE, row.unit)
    return row


@may("programmes.approve")
def strategy_edit(request: Request, pk: int) -> HttpResponse:
    row = _strategy(request, pk)
    return posting.run(
        request,
        forms.StrategyForm(posting.typed(request), initial=forms.edited(row)),
        "programmes/portfolio/form.html",
        lambda values: actions.change_strategy(row, values, by=request.user, at=clock.now()),
        context={"row": row, "heading": _("Edit the strategy")},
    )


@may("programmes.approve")
def strategy_void(request: Request, pk: int) -> HttpResponse:
    row = _strategy(request, pk)
    rules.check_void_strategy(row, "-")
    page = Page(_("Take the strategy back"), above=(str(row), reverse("portfolio")))
    return small.act_on(request, row, ReasonForm, actions.void_strategy, page)


@may("programmes.view")
def programmes(request: Request) -> Any:
    listing = forms.programme_listing(request, clock.today())
    sheet = export.Sheet("programmes", PROGRAMMES, queries.with_calls)
    if file := export.asked(request, listing.chosen, sheet):
        return file
    context = {
        "listing": listing,
        "heading": _("Programmes"),
        "may_change": request.user.access.may(CHANGE),
    }
    return render(request, "programmes/portfolio/programmes.html", context)


@may("programmes.view")
def programme_options(request: Request) -> HttpResponse:
    text = names.nfc(request.GET.get(request.GET.get("field", "q"), ""))
    rows = queries.called(queries.programmes(request.user), text).order_by("-first_year", "-pk")
    found = rows[:12] if len(text) > 1 else []
    return render(request, "web/options.html", {"labels": [pick_label(row) for row in found]})


@may("programmes.view")
def programme(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.programmes(request.user), pk=pk)
    lines = queries.spread(
        row.lines.filter(voided_at=None)
        .select_related("ceiling")
        .order_by("-year", "account_code", "fund")
    )
    context = {
        "row": row,
        "lines": lines,
        "money": queries.by_fund(lines),
        "calls": queries.calls(row),
        "due": queries.due(row),
        "announced": row.announcements.filter(voided_at=None).order_by("-on", "-pk")[:20],
        "documents": evidence.of_record(row),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "may_approve": request.user.access.may(APPROVE, row.unit.path),
        "why_not_end": records.why_not(
            rules.check_end, row, on=clock.today(), reason="-", today=clock.today()
        ),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/portfolio/programme.html", context)


@may("programmes.change")
def programme_new(request: Request) -> HttpResponse:
    unit = home_unit(request.user, CHANGE)
    year = clock.today().year
    initial = {"first_year": year, "last_year": year, "owner": request.user}
    initial["strategy"] = request.GET.get("strategy")
    return posting.run(
        request,
        forms.ProgrammeForm(posting.typed(request), user=request.user, initial=initial),
        "programmes/portfolio/form.html",
        lambda values: actions.add_programme(unit, values, by=request.user, at=clock.now()),
        context={"heading": _("New programme")},
    )


def _programme(request: Request, pk: int, capability: str) -> Programme:
    row = get_object_or_404(queries.programmes(request.user), pk=pk)
    check_may(request.user, capability, row.unit)
    return row


@may("programmes.change")
def programme_edit(request: Request, pk: int) -> HttpResponse:
    row = _programme(request, pk, CHANGE)
    rules.check_runs(row)
    return posting.run(
        request,
        forms.ProgrammeForm(posting.typed(request), user=request.user, initial=forms.edited(row)),
        "programmes/portfolio/form.html",
        lambda values: actions.change_programme(row, values, by=request.user, at=clock.now()),
        context={"row": row, "heading": _("Edit the programme")},
    )


@may("programmes.approve")
def programme_end(request: Request, pk: int) -> HttpResponse:
    row = _programme(request, pk, APPROVE)
    rules.check_runs(row)
    return small.run(
        request,
        forms.EndForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.end_programme(row, **values, by=request.user, at=clock.now()),
        Page(_("End the programme"), row),
        done=_("The programme has ended. What it granted goes on to its settlement."),
    )


@may("programmes.approve")
def programme_void(request: Request, pk: int) -> HttpResponse:
    row = _programme(request, pk, APPROVE)
    rules.check_void_programme(row, "-")
    page = Page(_("Take the programme back"), above=(str(row), reverse("programmes")))
    return small.act_on(request, row, ReasonForm, actions.void_programme, page)


@may("programmes.view")
def line(request: Request, pk: int) -> Any:
    row = get_object_or_404(queries.lines(request.user), pk=pk)
    listing = forms.entry_listing(request, clock.today(), row)
    if file := export.asked(request, listing.chosen, export.Sheet(f"ledger-{row.pk}", ENTRIES)):
        return file
    ((_line, money),) = queries.spread([row])
    context = {
        "row": row,
        "money": money,
        "listing": listing,
        "moved": [(entry, told_place(entry)) for entry in listing.page],
        "allotments": queries.allotments(row),
        "may_approve": request.user.access.may(APPROVE, row.unit.path),
        "why_not_void": records.why_not(rules.check_void_line, row, "-"),
        "entries": history.of_record(row)[:30],
    }
    return render(request, "programmes/portfolio/line.html", context)


@may("programmes.approve")
def line_new(request: Request, pk: int) -> HttpResponse:
    programme = _programme(request, pk, APPROVE)
    rules.check_runs(programme)
    form = forms.LineForm(posting.typed(request), initial={"year": clock.today().year})
    return posting.run(
        request,
        form,
        "programmes/portfolio/line_form.html",
        lambda values: actions.open_line(
            programme, values, key=_key(form), by=request.user, at=clock.now()
        ),
        context={"programme": programme, "heading": _("New budget line")},
        done=_("The budget is entered."),
    )


def _key(form: Any) -> str:
    """The key of a movement is the post's: sent twice, it moves money once."""
    return f"post/{form.post_key}"


def _line(request: Request, pk: int) -> BudgetLine:
    row = get_object_or_404(queries.lines(request.user), pk=pk)
    check_may(request.user, APPROVE, row.unit)
    return row


@may("programmes.approve")
def line_edit(request: Request, pk: int) -> HttpResponse:
    row = _line(request, pk)
    initial = {name: getattr(row, name) for name in forms.AccountForm.base_fields}
    return posting.run(
        request,
        forms.AccountForm(posting.typed(request), initial=initial),
        "programmes/portfolio/line_form.html",
        lambda values: actions.change_line(row, values, by=request.user, at=clock.now()),
        context={"row": row, "programme": row.programme, "heading": _("Correct the line")},
    )


@may("programmes.approve")
def line_supplement(request: Request, pk: int) -> HttpResponse:
    row = _line(request, pk)
    form = forms.SupplementForm(posting.typed(request), initial={"on": clock.today()})
    return small.run(
        request,
        form,
        lambda values: actions.supplement(
            row, **values, key=_key(form), by=request.user, at=clock.now()
        ),
        Page(_("Supplementary budget"), row),
        done=_("The budget is changed."),
    )


@may("programmes.approve")
def line_allot(request: Request, pk: int) -> HttpResponse:
    row = _line(request, pk)
    rules.check_runs(row.programme)
    initial = {"on": clock.today(), "call": request.GET.get("call")}
    form = forms.AllotForm(posting.typed(request), line=row, initial=initial)
    return small.run(
        request,
        form,
        lambda values: actions.allot(
            row, **values, key=_key(form), by=request.user, at=clock.now()
        ),
        Page(
            _("Allot to a call"),
            row,
            explained=_("%(free)s KRW of this line is not allotted.")
            % {"free": f"{row.ceiling.free:,}"},
        ),
        done=_("The call's allotment is changed."),
    )


@may("programmes.approve")
def line_void(request: Request, pk: int) -> HttpResponse:
    row = _line(request, pk)
    rules.check_void_line(row, "-")
    above = (str(row.programme), row.programme.get_absolute_url())
    page = Page(_("Take the line back"), above=above)
    return small.act_on(request, row, ReasonForm, actions.void_line, page)
