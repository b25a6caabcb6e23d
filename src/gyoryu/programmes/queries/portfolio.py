"""What is known of the portfolio: strategies, programmes, lines, and where their money stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.programmes.models import (
    Allotment,
    Award,
    BudgetLine,
    Call,
    Ceiling,
    LedgerEntry,
    Programme,
    Recovery,
    Strategy,
)
from gyoryu.programmes.models.portfolio import Fund
from gyoryu.programmes.queries import ledger
from gyoryu.programmes.queries.ledger import NOTHING, Money

SEE = "programmes.view"


def strategies(to: User) -> QuerySet[Strategy]:
    """Return the strategies that stand and that a user may see."""
    return visible(Strategy.objects.filter(voided_at=None), to, SEE).select_related("unit")


def programmes(to: User) -> QuerySet[Programme]:
    """Return the programmes that stand and that a user may see."""
    rows = visible(Programme.objects.filter(voided_at=None), to, SEE)
    return rows.select_related("unit", "strategy", "owner")


def lines(to: User) -> QuerySet[BudgetLine]:
    """Return the budget lines that stand and that a user may see."""
    rows = visible(BudgetLine.objects.filter(voided_at=None), to, SEE)
    return rows.select_related("unit", "ceiling", "programme__strategy", "programme__unit")


def with_calls(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add to each programme how many calls it has (``n_calls``)."""
    calls = Call.objects.filter(programme=OuterRef("pk"), voided_at=None).order_by()
    counted = calls.values("programme").annotate(n=Count("pk")).values("n")
    told: QuerySet[Any] = rows.annotate(n_calls=Coalesce(Subquery(counted), 0))
    return told


def called(rows: QuerySet[Programme], text: str) -> QuerySet[Programme]:
    """Find programmes by their name or number."""
    named = Q(name_ko__icontains=text) | Q(name_en__icontains=text)
    return rows.filter(named | Q(number__istartswith=text))


@dataclass
class Node:
    """A strategy, programme or line of the board, its money by fund, and what stands under it."""

    row: Any
    money: dict[str, Money] = field(default_factory=dict)
    under: list["Node"] = field(default_factory=list)

    def add(self, fund: str, money: Money) -> None:
        """Add money of one fund; two funds stay two numbers."""
        self.money[fund] = self.money.get(fund, NOTHING) + money

    @property
    def funds(self) -> list[tuple[str, Money]]:
        """The money of each fund, in words, in the order of funds."""
        return [
            (str(fund.label), self.money[fund.value]) for fund in Fund if fund.value in self.money
        ]


def spread(rows: Iterable[BudgetLine]) -> list[tuple[BudgetLine, Money]]:
    """Return lines, each with where its money stands; one question for all of them."""
    held = list(rows)
    spent = ledger.of_lines([line.ceiling_id for line in held])
    return [(line, ledger.of_line(line.ceiling, spent)) for line in held]


def running(rows: QuerySet[Any], year: int) -> QuerySet[Any]:
    """Keep the strategies or programmes that run in a year."""
    return rows.filter(first_year__lte=year, last_year__gte=year)


def board(
    above: Iterable[Strategy], shown: QuerySet[Programme], rows: QuerySet[BudgetLine], alone: Q
) -> tuple[list[Node], list[Node]]:
    """Return strategies with their programmes and lines, and the programmes that stand alone.

    ``rows`` are the lines that count; programmes without any are shown too. One question for each
    level, whatever there is: lines are added up here, because those of a page are few.
    """
    tops = {row.pk: Node(row) for row in above}
    wanted = shown.filter(Q(strategy__in=tops) | alone).order_by("number", "pk")
    middle = {row.pk: Node(row) for row in wanted}
    ordered = rows.filter(programme__in=middle).order_by("account_code", "fund", "pk")
    for line, money in spread(ordered):
        node = middle[line.programme_id]
        node.under.append(Node(line, {line.fund: money}))
        node.add(line.fund, money)
    by_itself: list[Node] = []
    for node in middle.values():
        top = tops.get(node.row.strategy_id)
        (top.under if top else by_itself).append(node)
        for fund, money in node.money.items() if top else ():
            top.add(fund, money)  # type: ignore[union-attr]
    return list(tops.values()), by_itself


# No programme that stands alone.
NONE = Q(pk__in=[])
# So many programmes that stand alone are drawn; of more, the list of programmes has pages.
ALONE = 50


def alone(to: User, shown: QuerySet[Programme]) -> tuple[Q, bool]:
    """Return which programmes stand under no strategy this user may see, the first by number.

    Beside it whether there are more of them than a board draws.
    """
    there = Q(strategy=None) | ~Q(strategy__in=strategies(to).order_by().values("pk"))
    first = list(
        shown.filter(there).order_by("number", "pk").values_list("pk", flat=True)[: ALONE + 1]
    )
    return Q(pk__in=first[:ALONE]), len(first) > ALONE


def by_fund(rows: Iterable[tuple[BudgetLine, Money]]) -> list[tuple[str, Money]]:
    """Add up the money of lines fund by fund."""
    node = Node(None)
    for line, money in rows:
        node.add(line.fund, money)
    return node.funds


def allotments(line: BudgetLine) -> list[tuple[Allotment, Money]]:
    """Return what calls have of a line, and what became of it."""
    rows = Allotment.objects.filter(line=line).select_related("call", "ceiling").order_by("pk")
    held = list(rows)
    spent = ledger.of_allotments([one.ceiling_id for one in held])
    return [
        (one, Money(allotted=one.ceiling.limit) + spent.get(one.ceiling_id, NOTHING))
        for one in held
    ]


def calls(programme: Programme) -> list[tuple[Call, Money]]:
    """Return a programme's calls, newest first, each with where its money stands."""
    rows = list(programme.calls.filter(voided_at=None).order_by("-opens_at", "-pk"))
    money = ledger.of_calls([row.pk for row in rows])
    return [(row, money.get(row.pk, NOTHING)) for row in rows]


def tree(line: BudgetLine) -> list[int]:
    """Return the ceilings of a line and of all that stands under it: one question in four parts.

    In parts, because each finds its ceilings by index; one condition over all levels would not.
    """
    ceilings, top = Ceiling.objects.order_by().values_list("pk", flat=True), line.ceiling_id
    below = [ceilings.filter(**{f"parent{'__parent' * n}": top}) for n in range(3)]
    return list(ceilings.filter(pk=top).union(*below))


def entries(line: BudgetLine) -> QuerySet[LedgerEntry]:
    """Return everything that moved under a budget line."""
    named = ("by", "ceiling__allotment__call", "ceiling__award", "ceiling__category__award",
             "ceiling__category__category", "ceiling__category__service")  # fmt: skip
    return LedgerEntry.objects.filter(ceiling__in=tree(line)).select_related(*named)


@dataclass(frozen=True)
class Waiting:
    """Something of a programme that has a day: what it is, when it is due, and its record."""

    kind: str
    on: date
    row: Any


REPORTING = (Award.Status.AWARDED, Award.Status.RUNNING)
ASKED = (Recovery.State.ASKED, Recovery.State.PART)
AT_MOST = 10


def due(programme: Programme) -> list[Waiting]:
    """Return the next days of a programme: reports and money to come back, the latest first."""
    reports = Award.objects.filter(
        call__programme=programme, voided_at=None, status__in=REPORTING
    ).order_by("report_due_on")
    back = Recovery.objects.filter(award__call__programme=programme, state__in=ASKED)
    back = back.select_related("award").order_by("due_on")
    found = [Waiting("report", row.report_due_on, row) for row in reports[:AT_MOST]]
    found += [Waiting("recovery", row.due_on, row) for row in back[:AT_MOST]]
    return sorted(found, key=lambda one: one.on)[:AT_MOST]
