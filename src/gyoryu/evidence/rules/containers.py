"""What is inside a container, read from its directory alone: nothing is ever unpacked.

OLE: [MS-CFB] (HWP 5, and the old DOC, XLS, PPT). ZIP: APPNOTE 6.3 (HWPX, DOCX, XLSX, PPTX).
"""

import struct
import zipfile
from dataclasses import dataclass
from typing import IO

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# A document has tens of members, a large presentation hundreds.
MOST_MEMBERS = 5_000
MOST_DIRECTORY = 2 * 1024 * 1024
MOST_UNPACKED = 2 * 1024**3
_END, _END_SIZE, _COMMENT = b"PK\x05\x06", 22, 65_535
_FREE = 0xFFFFFFFA  # this and above are marks of the sector table, not sectors


class Broken(Exception):
    """The container's directory does not hold together, or claims more than a document has."""


@dataclass(frozen=True)
class Package:
    """The directory of a ZIP: member names, what ``mimetype`` says, whether it is locked."""

    members: frozenset[str]
    mimetype: str
    locked: bool


def ole_streams(file: IO[bytes]) -> set[str]:
    """Return the names of the streams and storages of an OLE file."""
    file.seek(0)
    head = file.read(512)
    if len(head) < 512 or not head.startswith(OLE):
        raise Broken
    shift = struct.unpack_from("<H", head, 30)[0]
    if shift not in (9, 12):
        raise Broken
    size = 1 << shift
    sector = struct.unpack_from("<I", head, 48)[0]
    tables = struct.unpack_from("<109I", head, 76)
    names: set[str] = set()
    # 64 sectors hold at least 256 names; those that tell the kind come first.
    for _ in range(64):
        if sector >= _FREE:
            return names
        names |= _names(_sector(file, sector, size))
        sector = _next_sector(file, sector, size, tables)
    return names


def _sector(file: IO[bytes], number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    return file.read(size)


def _next_sector(file: IO[bytes], sector: int, size: int, tables: tuple[int, ...]) -> int:
    which, place = divmod(sector, size // 4)
    if which >= len(tables) or tables[which] >= _FREE:
        raise Broken
    table = _sector(file, tables[which], size)
    if len(table) < size:
        raise Broken
    return int(struct.unpack_from("<I", table, place * 4)[0])


def _names(sector: bytes) -> set[str]:
    found = set()
    for start in range(0, len(sector) - 127, 128):
        length = struct.unpack_from("<H", sector, start + 64)[0]
        if 2 <= length <= 64 and sector[start + 66]:
            found.add(sector[start : start + length - 2].decode("utf-16-le", "replace"))
    return found


def package(file: IO[bytes]) -> Package:
    """Read the directory of a ZIP, after making sure that it is no larger than a document's."""
    _check_end(file)
    try:
        with zipfile.ZipFile(file) as held:
            members = held.infolist()
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNPACKED:
                raise Broken
            return Package(
                frozenset(member.filename for member in members),
                _mimetype(held),
                any(member.flag_bits & 1 for member in members),
            )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as trouble:
        raise Broken from trouble


def _check_end(file: IO[bytes]) -> None:
    """Look at what the end of the ZIP claims, because reading a directory takes memory."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - _END_SIZE - _COMMENT))
    tail = file.read()
    found = tail.rfind(_END)
    if found < 0 or len(tail) - found < _END_SIZE:
        raise Broken
    count, directory, start, comment = struct.unpack_from("<HIIH", tail, found + 10)
    if count > MOST_MEMBERS or directory > MOST_DIRECTORY:
        raise Broken
    # Bytes before the first member or after the last are another file in disguise.
    end = size - len(tail) + found
    if start + directory != end or found + _END_SIZE + comment != len(tail):
        raise Broken


def _mimetype(held: zipfile.ZipFile) -> str:
    if "mimetype" not in held.namelist() or held.getinfo("mimetype").file_size > 100:
        return ""
    with held.open("mimetype") as member:
        return member.read(100).decode("ascii", "replace").strip()
