"""Which files may be held: by what they really are, not by what they are called."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.base.refused import Refused

# suffix -> (media type, how the content begins)
MAGIC = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "hwp": ("application/x-hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
}
# suffix -> (media type, a member that only this kind of package has)
PACKAGES = {
    "hwpx": ("application/hwp+zip", "Contents/content.hpf"),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "word/document.xml",
    ),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xl/workbook.xml",
    ),
    "pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "ppt/presentation.xml",
    ),
}
SUFFIXES = {"jpeg": "jpg"}


@dataclass(frozen=True)
class Seen:
    """What a file turned out to be."""

    name: str
    suffix: str
    content_type: str
    size: int
    sha256: str


def check_file(file: UploadedFile) -> Seen:
    """Look into a file and return what it is; refuse what is too large, unknown or disguised."""
    size = file.size or 0
    if size > settings.DOCUMENT_LIMIT:
        megabytes = {"size": size / 1024**2, "limit": settings.DOCUMENT_LIMIT / 1024**2}
        raise Refused(
            _("The file is %(size).0f MB; at most %(limit).0f MB fit.") % megabytes, field="file"
        )
    if not size:
        raise Refused(_("The file is empty."), field="file")
    name = names.nfc(PurePath(file.name or "file").name)[:200]
    called = PurePath(name).suffix.lstrip(".").lower()
    called = SUFFIXES.get(called, called)
    real = _real_type(file)
    if real is None or called != real[0]:
        raise Refused(_wrong_type(called, real), field="file")
    return Seen(name, real[0], real[1], size, _digest(file))


def _wrong_type(called: str, real: tuple[str, str] | None) -> object:
    if real is None or (called not in MAGIC and called not in PACKAGES):
        return _("Only PDF, HWP, HWPX, DOCX, XLSX, PPTX, JPG and PNG files are held.")
    return _("The file is called .%(called)s but its content is %(real)s.") % {
        "called": called,
        "real": real[0].upper(),
    }


def _real_type(file: IO[bytes] | UploadedFile) -> tuple[str, str] | None:
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    for suffix, (content_type, magic) in MAGIC.items():
        if start.startswith(magic):
            return suffix, content_type
    return _package_type(file) if start.startswith(b"PK\x03\x04") else None


def _package_type(file: IO[bytes] | UploadedFile) -> tuple[str, str] | None:
    try:
        with zipfile.ZipFile(file) as package:  # type: ignore[arg-type]
            members = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    finally:
        file.seek(0)
    return next(
        ((suffix, kind) for suffix, (kind, member) in PACKAGES.items() if member in members), None
    )


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
