"""A file's sheets: XLSX by its cells, CSV by its encoding and its separator."""

import csv
import io
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

import python_calamine

from gyoryu.evidence.rules import containers
from gyoryu.imports.tables import packages
from gyoryu.imports.tables.faults import Fault, letters

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_LETTERS = 20_000
# Cells of the file read last that a process keeps: an import, and each page of its preview, reads
# it again.
KEPT_CELLS = 200_000
# A cell's rectangle: first row, last row (from 1), first column, last column (from 0).
Rectangle = tuple[int, int, int, int]
ENCODINGS = {"utf-8": "UTF-8", "cp949": "CP949", "utf-16": "UTF-16", "gb18030": "GB18030"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FOREIGN = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPG", b"{\\rtf": "RTF"}


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is: rows of texts, the first row being row 1 of the spreadsheet.

    ``formulas`` are (row from 1, column from 0, what it says); ``merged`` are rectangles.
    """

    name: str
    rows: list[list[str]]
    merged: tuple[Rectangle, ...] = ()
    formulas: tuple[tuple[int, int, str], ...] = ()
    encoding: str = ""


@dataclass(frozen=True)
class Book:
    """A file that was read: its kind (xlsx or csv), the names of its sheets, and one of them."""

    kind: str
    sheets: tuple[str, ...]
    sheet: Sheet = field(repr=False)


_KEPT: dict[tuple[bytes, str, str, str], Book] = {}


def read(content: bytes, name: str, *, encoding: str = "", sheet: str = "") -> Book:
    """Read a file; ``sheet`` chooses one of several, ``encoding`` says what a CSV is written in.

    Raises Fault with the row and column where there is one. Without ``sheet`` the first that has
    anything in it is read. What is returned is not to be changed: who reads the file next gets it.
    """
    told = (sha256(content).digest(), name, encoding)
    found = _KEPT.get((*told, sheet))
    if found is None:
        found = _read(content, name, encoding, sheet)
        _KEPT.clear()
        if sum(map(len, found.sheet.rows)) <= KEPT_CELLS:
            _KEPT.update(dict.fromkeys([(*told, sheet), (*told, found.sheet.name)], found))
    return found


def _read(content: bytes, name: str, encoding: str, sheet: str) -> Book:
    if not content.strip():
        raise Fault("empty")
    if content.startswith(containers.OLE):
        raise _old_office(content)
    if content.startswith(containers.ZIP):
        return _workbook(content, sheet)
    foreign = next((kind for mark, kind in _FOREIGN.items() if content.startswith(mark)), "")
    if foreign:
        raise Fault("other_type", told={"real": foreign})
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        raise Fault("broken")
    return Book("csv", (), _text(content, encoding))


def names_of_sheets(content: bytes) -> tuple[str, ...]:
    """Return the names of a workbook's sheets; none for a CSV."""
    if not content.startswith(containers.ZIP):
        return ()
    found = packages.looked_through(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    return tuple(found)


def _old_office(content: bytes) -> Fault:
    try:
        streams = containers.ole_streams(io.BytesIO(content))
    except containers.Broken:
        return Fault("broken")
    if "EncryptedPackage" in streams:
        return Fault("locked")
    return Fault("other_type", told={"real": "XLS" if {"Workbook", "Book"} & streams else "HWP"})


def _workbook(content: bytes, chosen: str) -> Book:
    seen = packages.looked_through(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    if chosen and chosen not in seen:
        raise Fault("no_such_sheet", told={"sheet": chosen})
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = tuple(name for name in book.sheet_names if name in seen)
        full = [name for name in names if seen[name].cells]
        if not full:
            raise Fault("empty")
        return Book("xlsx", names, _sheet(book, chosen or full[0], seen))
    except (python_calamine.CalamineError, ValueError, OSError, KeyError, IndexError):
        raise Fault("broken") from None
    except BaseException as trouble:
        # The reader is not Python: where it panics, the file is at fault all the same.
        if type(trouble).__name__ == "PanicException":
            raise Fault("broken") from None
        raise


def _sheet(book: Any, name: str, seen: dict[str, packages.Seen]) -> Sheet:
    one = book.get_sheet_by_name(name)
    values = one.to_python(skip_empty_area=False)
    merged = tuple(
        (first[0] + 1, last[0] + 1, first[1], last[1])
        for first, last in one.merged_cell_ranges or []
    )
    rows = [[_told(value) for value in row] for row in values]
    _check_lengths(rows)
    return Sheet(name, _trimmed(rows), merged, tuple(seen[name].formulas))


def _told(value: Any) -> str:
    """Write a cell as a person would type it: 3, not 3.0; 2025-03-27, not a number of days."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | timedelta | int):
        return str(value)
    return ""


def tidy(text: str) -> str:
    """Compose Hangul (NFC), drop what does not print, keep the lines of a paragraph."""
    if text.isprintable():
        return unicodedata.normalize("NFC", text).strip()
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("_x000D_", ""))
    kept = (c if c in "\n\t" or c.isprintable() else " " for c in composed if c not in _UNSEEN)
    return "".join(kept).strip()


_UNSEEN = frozenset("\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Drop the empty rows at the end; empty rows between stay, so that rows keep their numbers."""
    last = len(rows)
    while last and not any(rows[last - 1]):
        last -= 1
    if not last:
        raise Fault("empty")
    return rows[:last]


def _check_lengths(rows: list[list[str]]) -> None:
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            if len(text) > MOST_LETTERS:
                told = {"long": len(text), "most": MOST_LETTERS}
                raise Fault("long", number, letters(place), told)


def _text(content: bytes, claimed: str) -> Sheet:
    text, encoding = _decoded(content, claimed)
    if "\0" in text:
        raise Fault("not_a_sheet")
    if text.count("\n") > MOST_ROWS * 20:
        raise Fault("rows", MOST_ROWS + 1, told={"sheet": "", "most": MOST_ROWS})
    rows = _parsed(text)
    _check_lengths(rows)
    formulas = tuple(
        (number, place, cell[:60])
        for number, row in enumerate(rows, start=1)
        for place, cell in enumerate(row)
        if cell[:1] == "=" and len(cell) > 1
    )[:100]
    return Sheet("", _trimmed(rows), (), formulas, ENCODINGS[encoding])


def _decoded(content: bytes, claimed: str) -> tuple[str, str]:
    """Decode a text by its mark, by what is claimed, or by what it can only be."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _in(content, encoding, because="mark"), encoding
    if claimed:
        return _in(content, claimed, because="claim"), claimed
    for encoding in ("utf-8", "cp949"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise _undecodable(content, "utf-8", "")


def _in(content: bytes, encoding: str, *, because: str) -> str:
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        other = "cp949" if encoding == "utf-8" else "utf-8"
        bare = content.removeprefix(b"\xef\xbb\xbf")
        try:
            bare.decode(other)
        except UnicodeDecodeError:
            other = ""
        raise _undecodable(bare, encoding, ENCODINGS.get(other, "")) from None


def _undecodable(content: bytes, encoding: str, real: str) -> Fault:
    """Say in which cell the first byte stands that is not of the encoding."""
    try:
        content.decode(encoding)
        place = 0
    except UnicodeDecodeError as wrong:
        place = wrong.start
    before = content[:place]
    line = before.rpartition(b"\n")[2]
    told: dict[str, object] = {"claimed": ENCODINGS[encoding], "real": real}
    column = max(line.count(b","), line.count(b"\t"), line.count(b";"))
    return Fault("encoding", before.count(b"\n") + 1, letters(column), told)


def _parsed(text: str) -> list[list[str]]:
    head = text[:20_000]
    separator = max(",\t;", key=lambda mark: (_steady(head, mark), head.count(mark)))
    csv.field_size_limit(4_000_000)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for row in lines:
            rows.append([_unescaped(tidy(cell)) for cell in row])
            if len(row) > MOST_COLUMNS:
                raise Fault("columns", len(rows), told={"sheet": "", "most": MOST_COLUMNS})
            if len(rows) > MOST_ROWS:
                raise Fault("rows", len(rows), told={"sheet": "", "most": MOST_ROWS})
    except csv.Error:
        raise Fault("quotes", len(rows) + 1) from None
    return rows


def _steady(head: str, mark: str) -> int:
    """Count the lines at the beginning that a separator parts into as many cells as the first."""
    counts = [line.count(mark) for line in head.splitlines()[:20] if line.strip()]
    return sum(count == counts[0] for count in counts) if counts and counts[0] else 0


def _unescaped(cell: str) -> str:
    """Take off the quote that keeps a spreadsheet from taking a text for a formula."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell
