"""Many things counted in one question, which a process keeps for a reader as long as it holds."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from gyoryu.accounts.access import Access
from gyoryu.accounts.models import Unit, User
from gyoryu.web.counting import Counted

# Rows to be counted, by what they are called; and what says which for a reader on a day.
Rows = dict[str, QuerySet[Any]]
What = Callable[[date, User], Rows]
# Questions kept: three of each reader of a day.
KEPT = 500


def counted(what: What, on: date, to: User, most: int) -> dict[str, Any]:
    """Count several things up to so many each, in one query that also names the government.

    ``what`` may ask nothing but the user's number and rights, by which its question is kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_asked(what, on, to.pk, to.access, most))
        names, found = [column[0] for column in cursor.description], cursor.fetchone()
    # What a role sees nothing of is not even asked, and comes back empty.
    return dict(zip(names, [value or 0 for value in found or [0] * len(names)], strict=True))


@lru_cache(maxsize=KEPT)
def _asked(what: What, on: date, pk: int, access: Access, most: int) -> tuple[str, Any]:
    """Put the question together: it stands all day for a reader whose rights do not change.

    To write it out for every page took as long as to answer it.
    """
    to = User(pk=pk)
    to.__dict__["access"] = access
    asked = {name: Counted(rows, most) for name, rows in what(on, to).items()}
    root = int(access.grants[0].path.split("/")[1])
    told = Unit.objects.order_by().filter(pk=root).values("name_ko", "name_en", **asked)
    sql, params = told.query.sql_with_params()
    return sql, params
