"""Spreadsheets as they come: bytes become sheets of rows, or a fault that names the cell."""

from gyoryu.imports.tables.faults import Fault, letters
from gyoryu.imports.tables.headers import LOOKED_AT, Header, Table, find_header, table
from gyoryu.imports.tables.reading import (
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Sheet,
    names_of_sheets,
    read,
)

__all__ = [
    "LOOKED_AT",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Book",
    "Fault",
    "Header",
    "Sheet",
    "Table",
    "find_header",
    "letters",
    "names_of_sheets",
    "read",
    "table",
]
