"""Exchange rates as they stand in a file: CSV or XLSX with the columns 통화, 일자, 환율, 출처."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.programmes.rules.rates import Rate

MOST_ROWS, MOST_UNPACKED = 5_000, 50_000_000
HEADS = {
    "currency": {"통화", "통화코드", "currency", "code"},
    "day": {"일자", "날짜", "고시일", "기준일", "day", "date"},
    "rate": {"환율", "매매기준율", "기준환율", "rate"},
    "source": {"출처", "고시기관", "source"},
}


def read(content: bytes) -> list[Rate]:
    """Read the rates of a file, or refuse it with the row and what is wrong with it."""
    rows = list(_rows(content))
    if not rows:
        raise Refused(_("The file is empty."), field="file")
    places = _places(rows[0])
    told = [row for row in enumerate(rows[1:], start=2) if any(_text(cell) for cell in row[1])]
    if len(told) > MOST_ROWS:
        raise Refused(_("At most %(most)d rows fit.") % {"most": MOST_ROWS}, field="file")
    return [_rate(number, row, places) for number, row in told]


def _rows(content: bytes) -> Iterator[list[Any]]:
    if content[:2] == b"PK":
        yield from _workbook(content)
        return
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            try:
                yield from csv.reader(io.StringIO(text, newline=""))
            except csv.Error as trouble:
                raise Refused(_("This is neither CSV nor XLSX."), field="file") from trouble
            return
    raise Refused(_("This is neither CSV nor XLSX."), field="file")


def _workbook(content: bytes) -> list[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
        if size > MOST_UNPACKED:
            raise Refused(_("At most %(most)d rows fit.") % {"most": MOST_ROWS}, field="file")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    except (zipfile.BadZipFile, CalamineError) as trouble:
        raise Refused(_("This is neither CSV nor XLSX."), field="file") from trouble
    return rows


def _places(heads: list[Any]) -> dict[str, int]:
    """Return where each column stands, by its heading."""
    told = [_text(head).lower().replace(" ", "") for head in heads]
    found = {
        name: place for name, known in HEADS.items() for place, head in enumerate(told)
        if head in known
    }  # fmt: skip
    if missing := [name for name in HEADS if name not in found]:
        raise Refused(
            _("The file lacks the column %(name)s.")
            % {"name": ", ".join(sorted(HEADS[missing[0]])[-1:])},
            field="file",
        )
    return found


def _rate(number: int, row: list[Any], places: dict[str, int]) -> Rate:
    cells = {name: row[place] if place < len(row) else "" for name, place in places.items()}
    try:
        return Rate(
            _text(cells["currency"]).upper(), _day(cells["day"]), _number(cells["rate"]),
            _text(cells["source"]),
        )  # fmt: skip
    except ValueError as trouble:
        raise Refused(
            _("Row %(row)d: “%(value)s” cannot be read.")
            % {"row": number, "value": str(trouble)[:40]},
            field="file",
        ) from trouble


def _text(cell: Any) -> str:
    return names.nfc(str(cell if cell is not None else ""))


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell).replace(".", "-").replace("/", "-").strip("- ").replace(" ", "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_text(cell)) from None


def _number(cell: Any) -> Decimal:
    try:
        found = Decimal(_text(cell).replace(",", ""))
    except InvalidOperation:
        raise ValueError(_text(cell)) from None
    if not found.is_finite():
        raise ValueError(_text(cell))
    return found.quantize(Decimal("0.000001"))
