"""How far the index is: what it has read, what waits, and what it does not hold yet."""

from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, QuerySet

from gyoryu.history.models import Head
from gyoryu.search.models import Card, Kind, Mark, Waiting
from gyoryu.search.queries import telling


@dataclass(frozen=True)
class Behind:
    """Seals of the history that were not read yet, and whether read changes still wait."""

    seals: int
    waiting: bool

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.seals or self.waiting)


def behind() -> Behind:
    """Tell how far the index is behind the history; one query."""
    rows = Head.objects.filter(pk=1).annotate(
        read=Mark.objects.filter(pk=1).values("seal")[:1], waits=Exists(Waiting.objects.all())
    )
    found = rows.values_list("number", "read", "waits").first()
    if found is None:
        # Nothing was ever done: what may wait was put in line by hand, and is done by hand.
        return Behind(0, waiting=False)
    number, read, waits = found
    return Behind(number - (read or 0), waits)


def without_card(kind: Kind) -> QuerySet[Model, int]:
    """Return the records of a kind that stand and have no card."""
    rows = telling.STANDING[kind]().order_by()
    cards = Card.objects.filter(kind=kind, record=OuterRef("pk"))
    missing: QuerySet[Model, int] = rows.filter(~Exists(cards)).values_list("pk", flat=True)
    return missing


def all_of(kind: Kind) -> QuerySet[Model, int]:
    """Return the records of a kind that stand."""
    rows: QuerySet[Model, int] = telling.STANDING[kind]().order_by().values_list("pk", flat=True)
    return rows


def carded(kind: Kind) -> QuerySet[Card, int]:
    """Return the records of a kind that have a card, whether they still stand or not."""
    return Card.objects.filter(kind=kind).values_list("record", flat=True)
