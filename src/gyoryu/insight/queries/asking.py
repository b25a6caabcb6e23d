"""Questions that stand all day for a reader: written out once, asked as often as a page is seen.

To write one of them out of its conditions takes longer than the database takes to answer it.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from gyoryu.accounts.access import Access
from gyoryu.accounts.models import Unit, User
from gyoryu.web.counting import Counted

# Yields a question about a day for a reader, with named columns; may ask nothing but the user's
# number and rights, by which the question is kept.
What = Callable[..., QuerySet[Any]]
# Rows to be counted, by what they are called.
Rows = dict[str, QuerySet[Any]]
# Questions kept: six of each reader of a day.
KEPT = 1_000


def answers(what: What, on: date, to: User, *more: Any) -> list[dict[str, Any]]:
    """Ask a question and return its rows by column, as the database writes their values.

    ``what`` is called with the day, the reader and ``more``, unless its question is still kept.
    """
    asked = _written(what, on, to.pk, to.access, *more)
    if asked is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@lru_cache(maxsize=KEPT)
def _written(
    what: What, on: date, pk: int, access: Access, *more: Any
) -> tuple[str, tuple[Any, ...]] | None:
    to = User(pk=pk)
    to.__dict__["access"] = access
    try:
        return what(on, to, *more).query.sql_with_params()
    except EmptyResultSet:
        # A role that sees nothing of all this needs no answer.
        return None


def counted(what: Callable[[date, User], Rows], on: date, to: User, most: int) -> dict[str, Any]:
    """Count several things up to ``most`` each, in one question that also names the government.

    What a role sees nothing of comes back as nought.
    """
    told = next(iter(answers(_counts, on, to, what, most)), {})
    return {name: value or 0 for name, value in told.items()}


def _counts(on: date, to: User, what: Callable[[date, User], Rows], most: int) -> QuerySet[Any]:
    asked = {name: Counted(rows, most) for name, rows in what(on, to).items()}
    root = int(to.access.grants[0].path.split("/")[1])
    return Unit.objects.order_by().filter(pk=root).values("name_ko", "name_en", **asked)
