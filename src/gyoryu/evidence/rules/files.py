"""Which files may be held: by what they really are, not by what they are called."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.evidence.rules import containers

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "hwp": "application/x-hwp",
    "hwpx": "application/hwp+zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
}
MAGIC = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
# A PDF or PNG ends as it must; what comes after its end is another file in disguise. (Telephones
# do write their own things behind a JPEG.)
ENDS = {"pdf": (b"%%EOF", 2048), "png": (b"IEND\xaeB`\x82", 8)}
# suffix -> the member that only this kind of package has
MEMBERS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "hwpx": "Contents/content.hpf",
}
SUFFIXES = {"jpeg": "jpg"}
# Characters that do not print, and those that turn the reading direction ("gpj.exe").
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
LONGEST_NAME = 200


@dataclass(frozen=True)
class Seen:
    """What a file turned out to be."""

    name: str
    suffix: str
    content_type: str
    size: int
    sha256: str


def check_file(file: "UploadedFile[Any]") -> Seen:
    """Look into a file and return what it is; refuse what is too large, unknown or disguised."""
    size = file.size or 0
    if size > settings.DOCUMENT_LIMIT:
        sizes = {"size": size / 1024**2, "limit": settings.DOCUMENT_LIMIT / 1024**2}
        raise _no(_("The file is %(size).0f MB; at most %(limit).0f MB fit.") % sizes)
    if not size:
        raise _no(_("The file is empty."))
    name, called = kept_name(file.name or "")
    try:
        real = _real_type(file) or _text_type(file, called)
    except containers.Broken:
        raise _no(_("The file is damaged: its table of contents cannot be read.")) from None
    if real != called:
        raise _no(_wrong_type(called, real))
    return Seen(name, real, TYPES[real], size, _digest(file))


def kept_name(name: str) -> tuple[str, str]:
    """Return a name as it is kept (composed, printable, at most 200 characters) and its suffix."""
    bare = names.nfc(_UNPRINTED.sub("", PurePath(name.replace("\\", "/")).name)) or "file"
    suffix = PurePath(bare).suffix
    stem = bare[: len(bare) - len(suffix)][: LONGEST_NAME - len(suffix)]
    called = suffix.lstrip(".").lower()
    return f"{stem}{suffix}"[:LONGEST_NAME], SUFFIXES.get(called, called)


def _no(reason: Any) -> Refused:
    return Refused(reason, field="file")


def _wrong_type(called: str, real: str | None) -> Any:
    if real is None or called not in TYPES:
        return _("Only PDF, HWP, HWPX, DOCX, XLSX, PPTX, CSV, JPG and PNG files are held.")
    return _("The file is called .%(called)s but its content is %(real)s.") % {
        "called": called,
        "real": real.upper(),
    }


def _real_type(file: Any) -> str | None:
    """Return the suffix that fits the content; ``None`` for content that is not held at all."""
    file.seek(0)
    start = file.read(16)
    try:
        if start.startswith(containers.OLE):
            return _ole_type(file)
        if start.startswith(containers.ZIP):
            return _package_type(file)
        kind = next((kind for kind, magic in MAGIC.items() if start.startswith(magic)), None)
        if kind in ENDS:
            _check_end(file, *ENDS[kind])
        return kind
    finally:
        file.seek(0)


def _text_type(file: IO[bytes], called: str) -> str | None:
    """Return "csv" for what is called so and is text: no byte of it is a control character's."""
    if called != "csv":
        return None
    file.seek(0)
    is_text = True
    while is_text and (chunk := file.read(1024 * 1024)):
        is_text = not _CONTROL.search(chunk)
    file.seek(0)
    return "csv" if is_text else None


def _check_end(file: IO[bytes], mark: bytes, within: int) -> None:
    file.seek(0, 2)
    file.seek(max(0, file.tell() - within))
    if mark not in file.read():
        raise _no(_("The file does not end where it should: it is cut off, or hides another."))


def _ole_type(file: IO[bytes]) -> str | None:
    streams = containers.ole_streams(file)
    if "EncryptedPackage" in streams:
        raise _no(_("The file is locked with a password. Take the password off first."))
    if {"WordDocument", "Workbook", "Book", "PowerPoint Document"} & streams:
        raise _no(
            _("This is an old Office file (DOC, XLS or PPT). Save it as DOCX, XLSX, PPTX or PDF.")
        )
    return "hwp" if {"FileHeader", "DocInfo", "BodyText"} <= streams else None


def _package_type(file: IO[bytes]) -> str | None:
    held = containers.package(file)
    if held.locked:
        raise _no(_("The file is locked with a password. Take the password off first."))
    if any(member.lower().endswith("vbaproject.bin") for member in held.members):
        raise _no(_("The file has macros in it. Save it without macros or as PDF."))
    kinds = [kind for kind, member in MEMBERS.items() if member in held.members]
    if len(kinds) != 1:
        return None
    is_hwpx = held.mimetype == TYPES["hwpx"]
    whole = is_hwpx if kinds == ["hwpx"] else "[Content_Types].xml" in held.members
    return kinds[0] if whole else None


def _digest(file: "UploadedFile[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
