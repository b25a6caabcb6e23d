"""What the tallies say against what the rows say."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gyoryu.trade.models import Consultation, Deal, Tally
from gyoryu.trade.rules.tallies import Counted, of_consultation, of_deal


@dataclass(frozen=True)
class Sum:
    """A tally's figures."""

    count: int = 0
    said: int = 0
    lost: int = 0
    amount: Decimal = Decimal(0)

    def __add__(self, one: Counted) -> "Sum":
        return Sum(
            self.count + 1,
            self.said + (one.amount is not None),
            self.lost + one.lost,
            self.amount + (one.amount or 0),
        )


def kept() -> dict[str, Sum]:
    """Return the tallies that are not zero, by key."""
    rows = Tally.objects.exclude(count=0, said=0, lost=0, amount=0)
    return {row.key: Sum(row.count, row.said, row.lost, row.amount) for row in rows.iterator()}


def counted_again() -> dict[str, Sum]:
    """Return what the tallies should be, counted from all rows."""
    sums: dict[str, Sum] = defaultdict(Sum)
    for one in _everything():
        sums[one.key] += one
    return dict(sums)


def _everything() -> Iterable[Counted]:
    for talk in Consultation.objects.select_related("event").iterator():
        yield from of_consultation(talk)
    for deal in Deal.objects.select_related("event").iterator():
        yield from of_deal(deal)


def faults() -> dict[str, tuple[Sum, Sum]]:
    """Return by key what is kept and what it should be, where they differ."""
    held, right = kept(), counted_again()
    return {
        key: (held.get(key, Sum()), right.get(key, Sum()))
        for key in sorted(held.keys() | right.keys())
        if held.get(key, Sum()) != right.get(key, Sum())
    }
