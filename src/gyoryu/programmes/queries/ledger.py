"""What the ledger says: money by state under any lines, calls or awards, and whether it adds up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from gyoryu.programmes.models import Ceiling, LedgerEntry
from gyoryu.programmes.rules.money import COLUMNS, Delta, effects

# Ceilings looked at together when the whole ledger is verified.
TOGETHER = 5_000


@dataclass(frozen=True)
class Money:
    """Where the money of a line, a call or a programme stands, in won.

    ``appropriated`` is what the budget gives, ``allotted`` what calls have of it, ``awarded`` what
    awards take of that. Of vouchers it is the subsidy alone, while ``reserved``, ``approved``,
    ``paid``, ``advanced`` and ``returned`` go over the whole bundle, the company's share included.
    """

    appropriated: int = 0
    allotted: int = 0
    awarded: int = 0
    reserved: int = 0
    approved: int = 0
    paid: int = 0
    advanced: int = 0
    returned: int = 0

    def __add__(self, other: "Money") -> "Money":
        return Money(*(getattr(self, name) + getattr(other, name) for name in NAMES))

    @property
    def free(self) -> int:
        """What no call has yet."""
        return self.appropriated - self.allotted

    @property
    def open(self) -> int:
        """What calls have and no award has taken yet."""
        return self.allotted - self.awarded

    @property
    def out(self) -> int:
        """What went out and has not come back."""
        return self.paid + self.advanced - self.returned


NAMES = tuple(field.name for field in fields(Money))
NOTHING = Money()
# How an award's ceiling counts: its column for each state of the money.
STATES = {
    "awarded": F("drawn"),
    "reserved": F("reserved"),
    "approved": F("committed") - F("reserved"),
    "paid": F("paid"),
    "advanced": F("advanced"),
    "returned": F("returned"),
}


def of_lines(ceilings: Iterable[int] | QuerySet[Any]) -> dict[int, Money]:
    """Return what was awarded, approved, paid and returned under the ceilings of budget lines.

    What a line appropriates and allots stands on its own ceiling (``of_line``).
    """
    return _grouped(Q(parent__parent__in=ceilings), "parent__parent")


def of_line(line: Ceiling, spent: dict[int, Money]) -> Money:
    """Return a line's own money together with what was spent under it."""
    return spent.get(line.pk, NOTHING) + Money(appropriated=line.limit, allotted=line.committed)


def of_allotments(ceilings: Iterable[int] | QuerySet[Any]) -> dict[int, Money]:
    """Return what was spent under the ceilings of allotments."""
    return _grouped(Q(parent__in=ceilings), "parent")


def of_calls(calls: Iterable[int] | QuerySet[Any]) -> dict[int, Money]:
    """Return where the money of calls stands: what they were allotted and what became of it."""
    spent = _grouped(Q(parent__allotment__call__in=calls), "parent__allotment__call")
    rows = Ceiling.objects.filter(allotment__call__in=calls).order_by()
    given = rows.values_list("allotment__call").annotate(Sum("limit"))
    return {call: Money(allotted=limit) + spent.get(call, NOTHING) for call, limit in given}


def of_awards(awards: Iterable[int] | QuerySet[Any]) -> dict[int, Money]:
    """Return where the money of awards stands."""
    return _grouped(Q(award__in=awards), "award")


def _grouped(under: Q, by: str) -> dict[int, Money]:
    rows = Ceiling.objects.filter(under, level=Ceiling.Level.AWARD).order_by()
    sums = {f"n_{name}": Coalesce(Sum(value), 0) for name, value in STATES.items()}
    found = rows.values(by).annotate(**sums)
    return {row[by]: Money(**{name: int(row[f"n_{name}"]) for name in STATES}) for row in found}


def total(parts: Iterable[Money]) -> Money:
    """Add up money of one fund; money of two funds is never added."""
    return sum(parts, NOTHING)


def entries(ceiling: Ceiling) -> QuerySet[LedgerEntry]:
    """Return what moved under a ceiling and the ones right below it, newest first."""
    rows = LedgerEntry.objects.filter(Q(ceiling=ceiling) | Q(ceiling__parent=ceiling))
    return rows.select_related("by", "ceiling").order_by("-id")


@dataclass(frozen=True)
class Fault:
    """A ceiling whose column is not what its entries come to, in won."""

    ceiling: int
    column: str
    stands: int
    entered: int


def faults() -> Iterator[Fault]:
    """Go through all ceilings and yield every counter that is not the sum of its entries.

    Read while money moves, it may name a ceiling that was whole before and is whole after.
    """
    last = 0
    while rows := list(Ceiling.objects.filter(pk__gt=last).order_by("pk")[:TOGETHER]):
        last = rows[-1].pk
        entered = _entered(rows)
        for row in rows:
            for name in COLUMNS:
                stands, sums = getattr(row, name), entered.get(row.pk, {}).get(name, 0)
                if stands != sums:
                    yield Fault(row.pk, name, stands, sums)


def _entered(rows: list[Ceiling]) -> dict[int, dict[str, int]]:
    """Add up what the entries of these ceilings, and of those right below them, come to."""
    first, last = rows[0].pk, rows[-1].pk
    span = Q(ceiling__gte=first, ceiling__lte=last)
    span |= Q(ceiling__parent__gte=first, ceiling__parent__lte=last)
    columns = ("ceiling", "ceiling__parent", "ceiling__level", "kind")
    grouped = LedgerEntry.objects.filter(span).order_by().values_list(*columns)
    found: dict[int, dict[str, int]] = {}
    for pk, parent, level, kind, amount, drawn in grouped.annotate(Sum("amount"), Sum("drawn")):
        own, above = effects(kind, amount, drawn, level)
        _add(found, pk, own)
        _add(found, parent, above)
    return found


def _add(found: dict[int, dict[str, int]], pk: int | None, delta: Delta) -> None:
    if pk and delta:
        sums = found.setdefault(pk, {})
        for name, by_how_much in delta.moved().items():
            sums[name] = sums.get(name, 0) + by_how_much
