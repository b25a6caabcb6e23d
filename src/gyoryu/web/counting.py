"""Counting that costs the same however long a table grows: up to a number, then "and more"."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

# Nobody reads on after so many; an exact number of 300,000 rows would slow down every visit.
MANY = 5_000
# So many rows are gone over once for all tabs of a list; of more, each tab has its own count. Where
# each has its own index, too, that is sooner the better way.
ONE_PASS, FEW = 10_000, 2_000


class Counted(Subquery):
    """How many rows there are, up to one past ``most``; asked for inside another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any], most: int) -> None:
        super().__init__(rows.order_by().values("pk")[: most + 1])


def told(number: int, most: int | None = None) -> str:
    """Write a count as it is told: "1,204", and "5,000+" where counting stopped."""
    most = MANY if most is None else most
    return f"{most:,}+" if number > most else f"{number:,}"
