"""Questions whose text is put together once, for what is asked by the hundred a second.

A queryset makes its SQL anew each time, which for a row with what it points to costs more than the
answer. Here the same queryset is asked with one number that changes.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)
# Stands for the number while the text is made; nothing has a key like this.
MARK = 8_999_999_999_999_999_973


@dataclass(frozen=True)
class _Text:
    sql: str
    params: tuple[Any, ...]
    compiler: Any


class Kept(Generic[Row]):
    """The rows of a queryset that depends on one number, such as a key."""

    def __init__(self, asked: Callable[[int], "QuerySet[Row]"]) -> None:
        self._asked = asked
        # A text knows the connection it was made for, and each thread has its own.
        self._here = threading.local()

    def __call__(self, number: int) -> list[Row]:
        """Ask for the rows of this number."""
        text = self._text()
        params = [number if one == MARK else one for one in text.params]
        with connection.cursor() as cursor:
            cursor.execute(text.sql, params)
            rows = cursor.fetchall()
        return self._made(text.compiler, rows)

    def _text(self) -> _Text:
        if getattr(self._here, "connection", None) is not connection.connection:
            query = self._asked(MARK).query
            compiler: Any = query.get_compiler(using=connection.alias)
            sql, params = compiler.as_sql()
            self._here.text = _Text(sql, tuple(params), compiler)
            self._here.connection = connection.connection
        text: _Text = self._here.text
        return text

    def _made(self, compiler: Any, rows: list[Any]) -> list[Row]:
        """Make the rows into records with what they point to, as a queryset would."""
        select, info = compiler.select, compiler.klass_info
        first, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [one[0].target.attname for one in select[first:end]]
        # The stubs are those of a later Django, in which it takes one thing more.
        related = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]
        fields = [one[0] for one in select[: compiler.col_count]]
        if converters := compiler.get_converters(fields):
            rows = list(compiler.apply_converters(rows, converters))
        made = []
        for row in rows:
            one = info["model"].from_db(connection.alias, names, row[first:end])
            for populator in related:
                populator.populate(row, one)
            for name, column in compiler.annotation_col_map.items():
                setattr(one, name, row[column])
            made.append(one)
        return made
