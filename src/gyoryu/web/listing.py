"""Lists: filters in the address, a sort, and pages that are as quick deep down as at the top.

Pages are found by key ("after the row with this value and this id"), never by offset.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Case, Count, Expression, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from gyoryu.accounts.queries import OneOf
from gyoryu.base.refused import Refused
from gyoryu.web import counting, finding
from gyoryu.web.counting import Counted

PAGE, MOST = 50, 200
FAR_FUTURE, FAR_PAST = date(9999, 12, 31), date(1, 1, 1)


class _Day(Value):
    """A day written into the text of a question: else SQLite knows no index over it again."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it as the index has it; a date holds no sign that would end a text."""
        return f"'{self.value.isoformat()}'", []


@dataclass(frozen=True)
class Sort:
    """A column to sort by. ``empty`` stands in for a missing value, so that it has a place."""

    field: str
    empty: Any = None

    @property
    def key(self) -> Expression | F:
        """The expression that is sorted by; never null."""
        if self.empty is None:
            return F(self.field)
        whole_day = type(self.empty) is date
        return Coalesce(F(self.field), _Day(self.empty) if whole_day else Value(self.empty))


@dataclass(frozen=True)
class Tab:
    """One of the views above a list: its query value, its words, and which rows it holds."""

    value: str
    label: Any
    rows: Q
    tone: str = ""


@dataclass
class Listing:
    """A list as a reader asked for it. Build it in a view; templates read its attributes.

    No condition may show a row twice: filter by subqueries, not by joins to many.
    """

    request: HttpRequest
    rows: QuerySet[Any]
    filters: type[FilterSet]
    sorts: dict[str, Sort]
    default: str
    tabs: list[Tab] = field(default_factory=list)
    # Adds what a line needs besides its row, such as counts: asked for the rows of a page alone,
    # because a database that sorts would else work it out for every row of the list.
    dress: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None
    # Each tab has an index of its own, also within a department: more than a few rows are counted
    # tab by tab.
    by_tab: bool = False

    @cached_property
    def params(self) -> QueryDict:
        """What the address asks for."""
        return self.request.GET

    @cached_property
    def filter(self) -> FilterSet:
        """The filter form with what was chosen."""
        return self.filters(self.params, queryset=self.rows, request=self.request)

    @cached_property
    def filtered(self) -> QuerySet[Any]:
        """All rows that meet the conditions, tabs aside; none while one cannot be read."""
        if self._found is None:
            return self._asked
        return self.rows.filter(finding.among([row[0] for row in self._found]))

    @cached_property
    def _asked(self) -> QuerySet[Any]:
        # A list that left a condition out would answer another question than the one asked.
        rows: QuerySet[Any] = self.rows.none() if self.filter.form.errors else self.filter.qs
        return rows

    @cached_property
    def _found(self) -> list[tuple[Any, ...]] | None:
        """The numbers of the rows in which a text was found, each with a mark for every tab.

        Looked for once and not for every part of a page anew. Nothing when no text is looked for,
        or when it stands in more rows than are worth remembering.
        """
        if not self.params.get("q"):
            return None
        marks = self._marks
        rows = self._asked.order_by().annotate(**marks).values_list("pk", *marks)
        found = list(rows[: finding.KEPT + 1])
        return found if len(found) <= finding.KEPT else None

    @property
    def _marks(self) -> dict[str, Any]:
        """What tells of a row which tabs it is in: a column for each, empty where it is not."""
        whens = [Case(When(tab.rows, then=1)) for tab in self.tabs]
        return {f"_tab{place}": when for place, when in enumerate(whens)}

    @cached_property
    def tab(self) -> Tab | None:
        """The tab that is open; none when all rows are shown."""
        return next((tab for tab in self.tabs if tab.value == self.params.get("tab")), None)

    @cached_property
    def chosen(self) -> QuerySet[Any]:
        """All rows of the list in its order: what is counted and exported."""
        rows = self.filtered.filter(self.tab.rows) if self.tab else self.filtered
        ordered: QuerySet[Any] = rows.alias(_key=self._sort.key).order_by(
            *self._order(self.descending)
        )
        return ordered

    @cached_property
    def sort(self) -> str:
        """The name of the column sorted by, with a minus when it runs down."""
        asked = self.params.get("sort", self.default)
        return asked if asked.lstrip("-") in self.sorts else self.default

    @property
    def descending(self) -> bool:
        """Whether the sort runs down."""
        return self.sort.startswith("-")

    @property
    def _sort(self) -> Sort:
        return self.sorts[self.sort.lstrip("-")]

    @cached_property
    def size(self) -> int:
        """Rows on a page: 50 unless asked, 200 at most."""
        asked = self.params.get("size", "")
        return max(1, min(int(asked), MOST)) if asked.isdigit() else PAGE

    @property
    def count(self) -> int:
        """How many rows the list has on all its pages, up to ``counting.MANY``."""
        return self.counts.get(self.tab.value if self.tab else "", 0)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows each tab has, "" being all, up to ``counting.MANY``.

        One query goes over the rows once; a list that is longer is asked tab by tab in a second
        one, where each stops at the same number.
        """
        if self._found is not None:
            columns = zip(*self._found, strict=True) if self._found else [()] * (len(self.tabs) + 1)
            told = [sum(mark is not None for mark in column) for column in columns]
            return self._by_tab(told)
        # Counted on bare ids: ordering and joins for show would only slow it down.
        marks = self._marks
        rows = self.filtered.order_by().annotate(**marks).values("pk", *marks)
        most = counting.FEW if self.by_tab else counting.ONE_PASS if self.tabs else counting.MANY
        found = rows[: most + 1].aggregate(
            _all=Count("pk"), **{f"{mark}_n": Count(mark) for mark in marks}
        )
        counts = list(found.values())
        return self._by_tab(self._counts_apart() if self.tabs and counts[0] > most else counts)

    def _by_tab(self, found: list[int]) -> dict[str, int]:
        counts = [min(count, counting.MANY + 1) for count in found]
        return dict(zip(["", *(tab.value for tab in self.tabs)], counts, strict=True))

    def _counts_apart(self) -> list[int]:
        rows = [self.filtered, *(self.filtered.filter(tab.rows) for tab in self.tabs)]
        asked = [Counted(one, counting.MANY) for one in rows]
        bare = self.rows.model._default_manager.order_by()
        return list(bare.values_list(*asked)[:1].get())

    def _order(self, down: bool) -> tuple[str, str]:
        return ("-_key", "-pk") if down else ("_key", "pk")

    @cached_property
    def page(self) -> list[Any]:
        """The rows of this page."""
        after, before = self.params.get("after"), self.params.get("before")
        if before:
            return self._slice(before, backwards=True)[: self.size][::-1]
        return self._slice(after, backwards=False)[: self.size]

    def _slice(self, cursor: str | None, *, backwards: bool) -> list[Any]:
        if self.chosen.query.is_empty():
            # Nothing is listed while a condition cannot be read.
            self._more = False
            return []
        down = self.descending != backwards
        rows = self.chosen.annotate(_sorted=self._sort.key).order_by(*self._order(down))
        if cursor:
            value, pk = self._read(cursor)
            op = "lt" if down else "gt"
            rest = Q(**{f"_key__{op}": value}) | Q(**{f"pk__{op}": pk})
            # How far at all is said apart: an index is walked from there, and nothing sorted.
            rows = rows.filter(rest, **{f"_key__{op}e": value})
        found = list(self._dressed(rows[: self.size + 1], down))
        self._more = len(found) > self.size
        return found

    def _dressed(self, rows: QuerySet[Any], down: bool) -> QuerySet[Any]:
        # Found by their numbers, so that what is read beside a row cannot lead to the rows.
        own = self.rows.filter(OneOf("pk", rows.values("pk"))).annotate(_sorted=self._sort.key)
        dressed: QuerySet[Any] = (self.dress(own) if self.dress else own).alias(_key=self._sort.key)
        return dressed.order_by(*self._order(down))

    @property
    def next(self) -> str:
        """The address of the next page, or nothing."""
        more = self._has_more if not self.params.get("before") else True
        return self._address(after=self._cursor(self.page[-1])) if self.page and more else ""

    @property
    def previous(self) -> str:
        """The address of the page before, or nothing."""
        more = self._has_more if self.params.get("before") else bool(self.params.get("after"))
        return self._address(before=self._cursor(self.page[0])) if self.page and more else ""

    @property
    def _has_more(self) -> bool:
        return bool(self.page) and self._more

    def _cursor(self, row: Model) -> str:
        value = row._sorted  # type: ignore[attr-defined]
        told = (
            value.isoformat()
            if isinstance(value, date)
            else str(value)
            if not isinstance(value, int)
            else value
        )
        return self._signer.sign_object([self.sort, told, row.pk])

    @cached_property
    def _signer(self) -> Signer:
        """Signs for this list alone: what is read back is what a page of it has given out."""
        return Signer(salt=f"gyoryu.cursor.{self.rows.model._meta.label_lower}")

    def _read(self, cursor: str) -> tuple[Any, int]:
        try:
            sort, value, pk = self._signer.unsign_object(cursor)
        except (BadSignature, UnicodeError):
            sort, value, pk = None, None, 0
        if sort != self.sort:
            raise Refused(
                _("This page address belongs to another list or order. Start from the first page."),
                field="after",
            )
        return value, pk

    def _address(self, **changes: str | None) -> str:
        query = self.params.copy()
        for name in ("after", "before"):
            query.pop(name, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    def sorted_by(self, name: str) -> str:
        """The address of this list sorted by a column; a second click turns it round."""
        return self._address(sort=f"-{name}" if self.sort == name else name)

    def in_tab(self, value: str) -> str:
        """The address of this list with another tab open."""
        return self._address(tab=value or None)

    def as_file(self, kind: str) -> str:
        """The address of exactly this list as a spreadsheet."""
        return self._address(export=kind)

    @cached_property
    def applied(self) -> list[tuple[str, str, str]]:
        """The conditions in force: label, value in words, and the address without it."""
        found = []
        for name, bound in self.filter.form.fields.items():
            value = self.params.get(name)
            if value and name not in self.filter.form.errors:
                words = dict(getattr(bound, "choices", [])).get(value, value)
                found.append((str(bound.label), str(words), self._address(**{name: None})))
        return found

    @property
    def bare(self) -> str:
        """The address of this list without any condition."""
        return self.request.path
