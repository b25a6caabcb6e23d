"""What an XLSX is before it is opened: whole, no larger than it says, and without surprises.

The directory of a ZIP can lie about sizes, so every member is unpacked once, in pieces, and what
comes out is counted; a sheet's pieces are looked through on the way for what would not be seen in
the values: formulas, and rows or columns so far out that reading them would fill the memory.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from xml.etree import ElementTree

from gyoryu.evidence.rules import containers
from gyoryu.imports.tables.faults import Fault, index_of

MOST_UNPACKED = 200 * 1024 * 1024
# A spreadsheet's XML packs 10 to 40 times; a bomb packs a thousand times.
MOST_RATIO = 120
SMALL = 8 * 1024 * 1024
PIECE = 256 * 1024
MOST_CELLS = 4_000_000
_LOCAL = struct.Struct("<4s5H3I2H")
# A cell, with its place where it says one.
_CELL = re.compile(rb'<(?:\w+:)?c(?=[\s/>])(?:[^>]*?\sr="([A-Z]{1,3})(\d{1,7})")?[^>]*>')
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])[^>]*>")
_ROW_PLACE = re.compile(rb'\sr="(\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f(?=[\s/>])[^>]*>([^<]*)")
OTHERS = {
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/hwp+zip": "HWPX",
}


# Files whose sheets are remembered by a process; a sheet of them is some numbers.
REMEMBERED = 16


@dataclass
class Seen:
    """What a sheet's XML has in it: its size in rows and columns, and its formulas."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    # (row from 1, column from 0, what it says), the first of them
    formulas: list[tuple[int, int, str]] = field(default_factory=list)


_REMEMBERED: dict[tuple[bytes, int, int], dict[str, Seen]] = {}


def looked_through(content: bytes, *, most_rows: int, most_columns: int) -> dict[str, Seen]:
    """Look through an XLSX; return what each sheet, by its name, has in it, or raise a Fault.

    One import reads its file some times over, so what the last files had in them is remembered by
    their digests. What is returned is not to be changed.
    """
    asked = (sha256(content).digest(), most_rows, most_columns)
    found = _REMEMBERED.get(asked)
    if found is None:
        found = _looked_through(content, most_rows, most_columns)
        if len(_REMEMBERED) >= REMEMBERED:
            _REMEMBERED.clear()
        _REMEMBERED[asked] = found
    return found


def _looked_through(content: bytes, most_rows: int, most_columns: int) -> dict[str, Seen]:
    _check_directory(content)
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        members = held.infolist()
        sheets = _sheets(held)
    _check_claims(members, len(content))
    return _all_unpacked(content, members, sheets, most_rows, most_columns)


def _check_directory(content: bytes) -> None:
    try:
        held = containers.package(io.BytesIO(content))
    except containers.Broken:
        raise Fault("broken") from None
    if held.locked:
        raise Fault("locked")
    if held.mimetype in OTHERS:
        raise Fault("other_type", told={"real": OTHERS[held.mimetype]})
    if any(name.lower().endswith("vbaproject.bin") for name in held.members):
        raise Fault("macros")
    if "xl/workbook.bin" in held.members:
        raise Fault("other_type", told={"real": "XLSB"})
    if "xl/workbook.xml" not in held.members:
        raise Fault("not_a_sheet")


def _check_claims(members: list[zipfile.ZipInfo], packed: int) -> None:
    claimed = sum(member.file_size for member in members)
    if claimed > MOST_UNPACKED or (claimed > SMALL and claimed > packed * MOST_RATIO):
        raise Fault("bomb", told={"size": claimed, "most": MOST_UNPACKED})


def _sheets(held: zipfile.ZipFile) -> dict[str, str]:
    """Return the members that hold the sheets: member -> the sheet's name."""
    book = _small(held, "xl/workbook.xml")
    ties = _small(held, "xl/_rels/workbook.xml.rels")
    targets = {tie.get("Id"): str(tie.get("Target")) for tie in ties}
    found = {}
    for one in book.iter():
        if one.tag.rpartition("}")[2] == "sheet":
            key = next((v for k, v in one.attrib.items() if k.endswith("}id")), None)
            target = targets.get(key, "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[path] = str(one.get("name"))
    return found


def _small(held: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """Read a small part of the workbook; a document type in it has no place there."""
    try:
        with held.open(name) as member:
            text = member.read(SMALL)
        if b"<!" in text.replace(b"<!--", b""):
            raise Fault("broken")
        return ElementTree.fromstring(text)  # noqa: S314 (no document type, so no entities)
    except (KeyError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, OSError, ValueError):
        raise Fault("broken") from None


def _all_unpacked(
    content: bytes,
    members: list[zipfile.ZipInfo],
    sheets: dict[str, str],
    most_rows: int,
    most_columns: int,
) -> dict[str, Seen]:
    total, found = 0, {}
    for member in members:
        seen = Seen()
        tail = b""
        for piece in _pieces(content, member):
            total += len(piece)
            if total > MOST_UNPACKED or (total > SMALL and total > len(content) * MOST_RATIO):
                raise Fault("bomb", told={"size": total, "most": MOST_UNPACKED})
            if member.filename in sheets:
                tail = _look(tail + piece, seen)
                _check_size(seen, sheets[member.filename], most_rows, most_columns)
        if member.filename in sheets:
            _look(tail + b"<c >", seen)
            found[sheets[member.filename]] = seen
    return found


def _pieces(content: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a member unpacks to, piece by piece, whatever the directory says of its size."""
    start = member.header_offset
    if start + _LOCAL.size > len(content):
        raise Fault("broken")
    head = _LOCAL.unpack_from(content, start)
    if head[0] != containers.ZIP:
        raise Fault("broken")
    begin = start + _LOCAL.size + head[9] + head[10]
    packed = content[begin : begin + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield packed
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed)
    else:
        raise Fault("broken")


def _inflated(packed: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-15)
    try:
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, PIECE)
            packed = unpacker.unconsumed_tail
        if not unpacker.eof:
            yield unpacker.flush(PIECE)
    except zlib.error:
        raise Fault("broken") from None


def _look(text: bytes, seen: Seen) -> bytes:
    """Count what a piece of a sheet's XML has; return its end, where a cell may be cut."""
    cells = list(_CELL.finditer(text))
    # Cut before the last cell, so that a formula is always seen together with its cell; a cell
    # longer than many pieces is not carried along.
    cut = cells[-1].start() if cells else text.rfind(b"<")
    if cut < 0 or len(text) - cut > 8 * PIECE:
        cut = len(text) - len(text[text.rfind(b"<", -2000) :][-2000:])
    whole = text[:cut]
    for tag in _ROW.finditer(whole):
        place = _ROW_PLACE.search(tag.group())
        seen.rows = max(seen.rows, int(place[1])) if place else seen.rows + 1
    counted = [tag for tag in cells if tag.end() <= cut]
    seen.cells += len(counted)
    columns = {tag[1] for tag in counted} - {None}
    seen.columns = max([seen.columns, *(index_of(one.decode()) + 1 for one in columns)])
    seen.rows = max([seen.rows, *(int(tag[2]) for tag in counted if tag[2])])
    if len(seen.formulas) < 100:
        _note_formulas(whole, counted, seen)
    return text[cut:]


def _note_formulas(text: bytes, cells: list[re.Match[bytes]], seen: Seen) -> None:
    for found in _FORMULA.finditer(text):
        before = [tag for tag in cells if tag.end() <= found.start()]
        place = before[-1] if before and before[-1][1] else None
        row, column = (int(place[2]), index_of(place[1].decode())) if place else (seen.rows, 0)
        said = "=" + found[1].decode("utf-8", "replace")[:60]
        seen.formulas.append((row, column, said))
        if len(seen.formulas) >= 100:
            return


def _check_size(seen: Seen, sheet: str, most_rows: int, most_columns: int) -> None:
    if seen.rows > most_rows:
        raise Fault("rows", most_rows + 1, told={"sheet": sheet, "most": most_rows})
    if seen.columns > most_columns or seen.cells > MOST_CELLS:
        raise Fault("columns", told={"sheet": sheet, "most": most_columns})
