"""Reads a workbook's cells for tests."""

import io

from python_calamine import CalamineWorkbook


def sheets_of(content):
    """Every sheet's rows by its name; whole numbers as such."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: [[_plain(value) for value in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def _plain(value):
    return int(value) if isinstance(value, float) and value.is_integer() else value
