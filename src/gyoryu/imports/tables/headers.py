"""Where a sheet's header stands, in one line or two, and the table under it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gyoryu.imports.tables.faults import Fault, cell, letters
from gyoryu.imports.tables.reading import Rectangle, Sheet

LOOKED_AT = 30
MOST_DISTANCE = 2


@dataclass(frozen=True)
class Header:
    """Where the header stands: its first row, counted from 1, and how many rows it takes.

    ``rivals`` are other rows that look like a header too.
    """

    row: int
    lines: int = 1
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """What stands under a header: (row number from 1, its cells), empty rows left out."""

    header: Header
    headings: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    repeated: tuple[int, ...] = ()

    @property
    def doubled(self) -> dict[str, list[str]]:
        """Headings that several columns have, with the letters of those columns."""
        places: dict[str, list[str]] = {}
        for place, heading in enumerate(self.headings):
            if heading:
                places.setdefault(heading, []).append(letters(place))
        return {heading: found for heading, found in places.items() if len(found) > 1}


def find_header(sheet: Sheet, known: Callable[[str], bool]) -> Header:
    """Find the header: the row in which most cells are known headings.

    Where none is known, the first row with two texts or more. A second line belongs to it when it
    parts a heading above ("signed: year, month") and is no row of data itself.
    """
    head = sheet.rows[:LOOKED_AT]
    scores = [sum(known(text) for text in set(row) if text) for row in head]
    if max(scores, default=0) >= 1:
        best = scores.index(max(scores))
    else:
        best = next((i for i, row in enumerate(head) if sum(map(bool, row)) > 1), 0)
    # The upper of two lines is the header's first, though the lower one may be better known.
    if best and scores[best - 1] and _parts(sheet, best - 1, best):
        best -= 1
    lines = 2 if best + 1 < len(head) and _parts(sheet, best, best + 1) else 1
    rivals = tuple(
        i + 1
        for i, score in enumerate(scores)
        if not best <= i < best + lines and score >= 2 and score * 2 >= scores[best]
    )
    return Header(best + 1, lines, rivals)


def _parts(sheet: Sheet, upper: int, lower: int) -> bool:
    """Tell whether a line under a line parts its headings: by merged cells, or by the gaps."""
    first, second = sheet.rows[upper], sheet.rows[lower]
    across = any(r[0] == upper + 1 == r[1] and r[3] > r[2] for r in sheet.merged)
    down = any(r[0] == upper + 1 and r[1] == lower + 1 for r in sheet.merged)
    if down or (across and sheet.merged):
        return any(second) and not _has_data(second)
    gaps = [place for place, text in enumerate(first) if not text and 0 < place < len(second)]
    filled = [place for place in gaps if second[place]]
    lone = [i for i, text in enumerate(second) if text and i < len(first) and first[i]]
    return bool(filled) and len(lone) <= len(filled) * 2 and not _has_data(second)


def _has_data(row: list[str]) -> bool:
    return any(any(char.isdigit() for char in text) for text in row)


def table(sheet: Sheet, header: Header) -> Table:
    """Return the table under a header; refuse merged cells and formulas in it by their names."""
    first = header.row + header.lines
    if not 1 <= header.row <= len(sheet.rows):
        raise Fault("no_such_row", header.row)
    _check_merged(sheet, first)
    _check_formulas(sheet, first)
    headings = tuple(_headings(sheet, header))
    width = len(headings)
    rows, repeated = [], []
    for number, row in enumerate(sheet.rows[first - 1 :], start=first):
        if not any(row):
            continue
        cells = row[:width] + [""] * (width - len(row))
        if _repeats(cells, headings):
            repeated.append(number)
        rows.append((number, cells))
    if not rows:
        raise Fault("no_rows", first)
    return Table(header, headings, rows, tuple(repeated))


def _repeats(cells: list[str], headings: tuple[str, ...]) -> bool:
    named = [place for place, heading in enumerate(headings) if heading]
    return bool(named) and all(cells[place] == headings[place] for place in named)


def _check_merged(sheet: Sheet, first: int) -> None:
    for top, bottom, left, right in sheet.merged:
        if bottom >= first:
            told = {"range": f"{cell(top, left)}:{cell(bottom, right)}"}
            raise Fault("merged", top, letters(left), told)


def _check_formulas(sheet: Sheet, first: int) -> None:
    for row, column, said in sheet.formulas:
        if row >= first:
            raise Fault("formula", row, letters(column), {"formula": said})


def _headings(sheet: Sheet, header: Header) -> Iterator[str]:
    lines = [list(row) for row in sheet.rows[header.row - 1 : header.row - 1 + header.lines]]
    width = max((len(row) for row in sheet.rows), default=0)
    for line in lines:
        line += [""] * (width - len(line))
    for rectangle in sheet.merged:
        _spread(lines, rectangle, header.row)
    if len(lines) == 2 and not sheet.merged:
        _carry(lines[0], lines[1])
    for parts in zip(*lines, strict=True):
        yield " ".join(dict.fromkeys(" ".join(part.split()) for part in parts if part))


def _spread(lines: list[list[str]], rectangle: Rectangle, row: int) -> None:
    """Write a merged heading into every cell that it covers."""
    top, bottom, left, right = rectangle
    if not row <= top < row + len(lines):
        return
    text = lines[top - row][left] if left < len(lines[0]) else ""
    for line in range(top - row, min(bottom - row, len(lines) - 1) + 1):
        for place in range(left, min(right, len(lines[0]) - 1) + 1):
            lines[line][place] = text


def _carry(upper: list[str], lower: list[str]) -> None:
    """A heading over several columns, as CSV has it: it stands over the first of them only."""
    for place in range(1, len(upper)):
        if not upper[place] and lower[place]:
            upper[place] = upper[place - 1]
