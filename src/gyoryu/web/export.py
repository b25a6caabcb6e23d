"""Spreadsheets of exactly what is listed."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused

# Rows that are written while somebody waits; a longer list is written by a worker.
AT_ONCE = 5000
MOST_XLSX = 1_048_575  # rows under the heading that a sheet can hold
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A column of a spreadsheet: its heading and what a row has in it."""

    heading: Any
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class Sheet:
    """A list as a file: its name, its columns, and what its rows need besides those of a page."""

    name: Any
    columns: list[Column]
    dress: Callable[[Any], Any] = lambda rows: rows


def asked(
    request: HttpRequest, rows: Any, sheet: Sheet, on: date | None = None
) -> HttpResponse | None:
    """Return a list's rows as the file that was asked for; nothing when it is shown as a page.

    ``on`` puts the day into the name of a file whose rows are those of a day.
    """
    kind = request.GET.get("export")
    if not kind:
        return None
    name = f"{sheet.name}-{on}" if on else str(sheet.name)
    file: HttpResponse = answer(
        kind, name, sheet.columns, sheet.dress(rows).iterator(chunk_size=500)
    )
    return file


class Long(Exception):
    """The list is too long to be written while somebody waits; ``name`` is what it is called."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


_counted: ContextVar[Callable[[int], None] | None] = ContextVar("rows are counted", default=None)


@contextmanager
def whole(count: Callable[[int], None]) -> Iterator[None]:
    """Write lists of any length inside, and tell ``count`` now and then how many rows are done."""
    token = _counted.set(count)
    try:
        yield
    finally:
        _counted.reset(token)


def _bounded(name: str, rows: Iterable[Any]) -> Iterable[Any]:
    """Return the rows, or raise ``Long`` when they are more than is written at once."""
    if count := _counted.get():
        return _told(rows, count)
    left = iter(rows)
    first = list(islice(left, AT_ONCE + 1))
    if len(first) > AT_ONCE:
        raise Long(name)
    return first


def _told(rows: Iterable[Any], count: Callable[[int], None]) -> Iterator[Any]:
    for number, row in enumerate(rows, start=1):
        if number % 500 == 0:
            count(number)
        yield row


def answer(kind: str, name: str, columns: list[Column], rows: Iterable[Any]) -> Any:
    """Return the rows as a file: ``kind`` is ``csv`` (UTF-8 with a mark, for Excel) or ``xlsx``.

    Raises ``Long`` for a list that a worker has to write; a middleware queues it.
    """
    rows = _bounded(str(name), rows)
    if kind == "csv":
        reply: Any = StreamingHttpResponse(
            csv_lines(columns, rows), content_type="text/csv; charset=utf-8"
        )
    else:
        reply = HttpResponse(xlsx(name, columns, rows), content_type=XLSX)
    reply["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(name)}.{'csv' if kind == 'csv' else 'xlsx'}"
    )
    return reply


def csv_lines(columns: list[Column], rows: Iterable[Any]) -> Iterator[str]:
    """Write the rows line by line, headings first; a mark before them tells Excel it is UTF-8."""
    line = io.StringIO()
    writer = csv.writer(line)
    line.write("\ufeff")
    writer.writerow([str(column.heading) for column in columns])
    for row in rows:
        yield _taken(line)
        writer.writerow([safe(_text(column.value(row))) for column in columns])
    yield _taken(line)


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def xlsx(
    name: str, columns: list[Column], rows: Iterable[Any], *, created: datetime | None = None
) -> bytes:
    """Write a workbook of one sheet; dates and numbers stay dates and numbers.

    With the time it was ``created``, the same rows give the same bytes whenever it is written.
    """
    held = io.BytesIO()
    options = {
        # Row by row over files of its own, whose times and rights would be in the workbook.
        "constant_memory": created is None,
        "in_memory": created is not None,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    book = xlsxwriter.Workbook(held, options)
    if created:
        # A workbook's time has no zone: it is told as UTC.
        book.set_properties({"created": created.astimezone(UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, str(column.heading), bold)
        sheet.set_column(place, place, 18)
    for line, row in enumerate(rows, start=1):
        if line > MOST_XLSX:
            raise Refused(_("A sheet holds 1,048,575 rows at most. Take the list as CSV."))
        for place, column in enumerate(columns):
            _write(sheet, line, place, column.value(row))
    sheet.freeze_panes(1, 1)
    book.close()
    return held.getvalue()


def _write(sheet: Any, line: int, place: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, place, value)
    elif isinstance(value, datetime):
        sheet.write_string(line, place, value.isoformat())
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(line, place, value)
    else:
        sheet.write_string(line, place, safe(str(value))[:32767])


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def safe(text: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return (
        f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _number(text) else text
    )


def _number(text: str) -> bool:
    return text[1:].replace(".", "", 1).replace(",", "").isdigit() and text[0] == "-"
