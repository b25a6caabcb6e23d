"""The portfolio: strategies, programmes, budget lines and what moved under them."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import home_unit
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.forms.engagements import ReasonForm
from gyoryu.programmes.actions import portfolio as actions
from gyoryu.programmes.forms import portfolio as forms
from gyoryu.programmes.models import BudgetLine, Ceiling, LedgerEntry, Programme, Strategy
from gyoryu.programmes.models.portfolio import Fund
from gyoryu.programmes.queries import portfolio as queries
from gyoryu.programmes.rules import portfolio as rules
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE, APPROVE = "programmes.view", "programmes.change", "programmes.approve"
desk = Desk(_("Portfolio and budgets"))


class StrategyLine(Shape):
    """A strategy."""

    id: int
    name_ko: str
    name_en: str
    first_year: int
    last_year: int
    aim: str
    unit: Named


class ProgrammeLine(Shape):
    """A programme."""

    id: int
    number: str
    kind: Programme.Kind
    name_ko: str
    name_en: str
    first_year: int
    last_year: int
    strategy: Named | None
    unit: Named
    owner: Named | None
    legal_basis: str
    target: str
    ended_on: date | None


class MoneyShape(Shape):
    """Where money stands, in won."""

    appropriated: int
    allotted: int
    free: int
    awarded: int
    reserved: int
    approved: int
    paid: int
    advanced: int
    returned: int


class LineRow(Shape):
    """A budget line."""

    id: int
    year: int
    account_code: str
    name: str
    fund: Fund
    programme: Named


class LinePage(LineRow):
    """A budget line with where its money stands, and what calls have of it."""

    money: MoneyShape
    allotments: list["Allotted"]


class Allotted(Shape):
    """What a call has of a line."""

    call: Named
    money: MoneyShape


class ProgrammePage(ProgrammeLine):
    """A programme with its budget lines and calls, each with where its money stands."""

    summary: str
    ended_reason: str
    lines: list["LineMoney"]
    calls: list[Allotted]


class LineMoney(LineRow):
    """A budget line with where its money stands."""

    money: MoneyShape


class EntryRow(Shape):
    """One movement of money; ``ceiling`` is the heading it stands under."""

    id: int
    kind: LedgerEntry.Kind
    level: Ceiling.Level
    ceiling: int
    amount: int
    drawn: int
    key: str
    reverses: int | None
    on: date
    at: datetime
    by: Named | None
    note: str

    @staticmethod
    def resolve_level(row: Any) -> str:
        """Say on which level of the tree it stands."""
        return str(row.ceiling.level)

    @staticmethod
    def resolve_ceiling(row: Any) -> int:
        """Name the ceiling by its number."""
        return int(row.ceiling_id)

    @staticmethod
    def resolve_reverses(row: Any) -> int | None:
        """Name the entry it reverses by its number."""
        return row.reverses_id if row.reverses_id is None else int(row.reverses_id)


LinePage.model_rebuild()
ProgrammePage.model_rebuild()


def _strategy(call: Call) -> Strategy:
    return get_object_or_404(queries.strategies(call.user), pk=call.pk)


def _own_strategy(call: Call) -> Strategy:
    row = _strategy(call)
    check_may(call.user, APPROVE, row.unit)
    return row


def _line_told(row: BudgetLine, money: Any) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in LineRow.model_fields}
    return {**own, "money": money}


def _programme(call: Call) -> Any:
    row = get_object_or_404(queries.programmes(call.user), pk=call.pk)
    told = {name: getattr(row, name) for name in ProgrammePage.model_fields if name not in _TIED}
    lines = row.lines.filter(voided_at=None).select_related("ceiling", "programme")
    told["lines"] = [
        _line_told(line, money) for line, money in queries.spread(lines.order_by("-year", "pk"))
    ]
    told["calls"] = [{"call": one, "money": money} for one, money in queries.calls(row)]
    return told


_TIED = {"lines", "calls"}


def _own_programme(capability: str) -> Any:
    def find(call: Call) -> Programme:
        row = get_object_or_404(queries.programmes(call.user), pk=call.pk)
        check_may(call.user, capability, row.unit)
        rules.check_runs(row)
        return row

    return find


def _line(call: Call) -> Any:
    row = get_object_or_404(queries.lines(call.user), pk=call.pk)
    ((_row, money),) = queries.spread([row])
    given = [{"call": one.call, "money": own} for one, own in queries.allotments(row)]
    return {**_line_told(row, money), "allotments": given}


def _seen_line(call: Call) -> BudgetLine:
    return get_object_or_404(queries.lines(call.user), pk=call.pk)


def _own_line(call: Call) -> BudgetLine:
    row = _seen_line(call)
    check_may(call.user, APPROVE, row.unit)
    return row


def _edited(form: Any) -> Any:
    def make(call: Call) -> Any:
        own = {"user": call.user} if form is forms.ProgrammeForm else {}
        return form(initial=call.row and forms.edited(call.row), **own)

    return make


def _account(call: Call) -> Any:
    row = call.row
    return forms.AccountForm(
        initial=row and {name: getattr(row, name) for name in forms.AccountForm.base_fields}
    )


desk.lists("strategies", _("Strategies"), StrategyLine, forms.strategy_listing, may=VIEW)
desk.shows("strategies/{pk}", _("Strategy"), StrategyLine, _strategy, may=VIEW)
desk.writes(
    "strategies", _("New strategy"), forms.StrategyForm,
    lambda call, form: actions.add_strategy(
        home_unit(call.user, APPROVE), form.cleaned_data, **call.who
    ),
    may=APPROVE, creates="strategies",
)  # fmt: skip
desk.writes(
    "strategies/{pk}", _("Edit the strategy"), _edited(forms.StrategyForm),
    lambda call, form: actions.change_strategy(call.row, form.cleaned_data, **call.who),
    may=APPROVE, find=_own_strategy, method="PATCH",
)  # fmt: skip
desk.writes(
    "strategies/{pk}/void", _("Take the strategy back"), ReasonForm,
    lambda call, form: actions.void_strategy(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_own_strategy,
)  # fmt: skip
desk.lists("programmes", _("Programmes"), ProgrammeLine, forms.programme_listing, may=VIEW)
desk.shows("programmes/{pk}", _("Programme"), ProgrammePage, _programme, may=VIEW)
desk.writes(
    "programmes", _("New programme"), _edited(forms.ProgrammeForm),
    lambda call, form: actions.add_programme(
        home_unit(call.user, CHANGE), form.cleaned_data, **call.who
    ),
    may=CHANGE, creates="programmes",
)  # fmt: skip
desk.writes(
    "programmes/{pk}", _("Edit the programme"), _edited(forms.ProgrammeForm),
    lambda call, form: actions.change_programme(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_own_programme(CHANGE), method="PATCH",
)  # fmt: skip
desk.writes(
    "programmes/{pk}/end", _("End the programme"), forms.EndForm,
    lambda call, form: actions.end_programme(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_own_programme(APPROVE),
)  # fmt: skip
desk.writes(
    "programmes/{pk}/void", _("Take the programme back"), ReasonForm,
    lambda call, form: actions.void_programme(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_own_programme(APPROVE),
)  # fmt: skip
desk.writes(
    "programmes/{pk}/budget-lines", _("New budget line"), forms.LineForm,
    lambda call, form: actions.open_line(call.row, form.cleaned_data, **call.who),
    may=APPROVE, find=_own_programme(APPROVE), creates="budget-lines",
)  # fmt: skip
desk.lists("budget-lines", _("Budget lines"), LineRow, forms.line_listing, may=VIEW)
desk.shows("budget-lines/{pk}", _("Budget line"), LinePage, _line, may=VIEW)
desk.lists(
    "budget-lines/{pk}/entries", _("Movements"), EntryRow, forms.entry_listing,
    may=VIEW, find=_seen_line,
)  # fmt: skip
desk.writes(
    "budget-lines/{pk}", _("Correct the line"), _account,
    lambda call, form: actions.change_line(call.row, form.cleaned_data, **call.who),
    may=APPROVE, find=_own_line, method="PATCH",
)  # fmt: skip
desk.writes(
    "budget-lines/{pk}/supplement", _("Supplementary budget"), forms.SupplementForm,
    lambda call, form: actions.supplement(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_own_line,
)  # fmt: skip
desk.writes(
    "budget-lines/{pk}/allot", _("Allot to a call"),
    lambda call: forms.AllotForm(line=call.row),
    lambda call, form: actions.allot(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_own_line,
)  # fmt: skip
desk.writes(
    "budget-lines/{pk}/void", _("Take the line back"), ReasonForm,
    lambda call, form: actions.void_line(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_own_line,
)  # fmt: skip
