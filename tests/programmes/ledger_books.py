"""Books for tests: a small tree of ceilings, and what must hold of it whatever was done."""

from datetime import UTC, date, datetime

from gyoryu.programmes.models import Ceiling, LedgerEntry
from gyoryu.programmes.queries import ledger as queries
from gyoryu.programmes.rules.money import COLUMNS

AT, ON = datetime(2025, 3, 3, 0, 0, tzinfo=UTC), date(2025, 3, 3)
SAID = {"by": None, "at": AT}


def ceilings(categories=2):
    """A line, an allotment, an award and its categories, with nothing on them."""
    line = Ceiling.objects.create(level="line")
    allotment = Ceiling.objects.create(level="allotment", parent=line)
    award = Ceiling.objects.create(level="award", parent=allotment)
    own = [Ceiling.objects.create(level="category", parent=award) for _ in range(categories)]
    return line, allotment, award, *own


def state():
    """Every ceiling's counters by its number."""
    return {row.pop("id"): row for row in Ceiling.objects.values("id", *COLUMNS)}


def whole():
    """Whether the counters are the sums of the entries and no ceiling is passed."""
    passed = [
        row.pk
        for row in Ceiling.objects.all()
        if not (
            row.committed <= row.limit
            and row.drawn <= row.limit
            and 0 <= row.reserved <= row.committed - row.paid
            and 0 <= row.returned <= row.paid + row.advanced
            and row.out <= row.limit
            and min(getattr(row, name) for name in COLUMNS) >= 0
        )
    ]
    return {"faults": list(queries.faults()), "passed": passed} == {"faults": [], "passed": []}


def count():
    return LedgerEntry.objects.count()
