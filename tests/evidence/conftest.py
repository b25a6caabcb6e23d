"""Real files, made by hand, and records to tie them to."""

import io
import struct
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"\0\0\0\0IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"


def packed(*members, mimetype="", locked=False):
    """A ZIP with these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        if mimetype:
            package.writestr("mimetype", mimetype)
        for member in members:
            package.writestr(member, b"<x/>")
    data = held.getvalue()
    if locked:  # the flag of every member, in its header and in the directory
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = data.find(mark)
            while at >= 0:
                data = data[: at + place] + b"\x01\x00" + data[at + place + 2 :]
                at = data.find(mark, at + 4)
    return data


def ole(*streams):
    """A compound file whose directory lists these streams."""
    entries = b""
    for name in ("Root Entry", *streams):
        text = (name + "\0").encode("utf-16-le")
        entry = text.ljust(64, b"\0") + struct.pack("<HB", len(text), 2)
        entries += entry.ljust(128, b"\0")
    sectors = [entries[i : i + 512].ljust(512, b"\0") for i in range(0, len(entries), 512)]
    chain = [i + 2 for i in range(len(sectors) - 1)] + [0xFFFFFFFE]
    table = struct.pack(f"<{len(chain) + 1}I", 0xFFFFFFFD, *chain).ljust(512, b"\xff")
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 1)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    return bytes(head) + table + b"".join(sectors)


HWPX = packed("Contents/content.hpf", "version.xml", mimetype="application/hwp+zip")
DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
PPTX = packed("[Content_Types].xml", "ppt/presentation.xml")
HWP = ole("FileHeader", "DocInfo", "BodyText", "PrvText")


def upload(name, content):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def agreement(province):
    from gyoryu.agreements.models import Agreement

    return Agreement.objects.create(
        unit=province.division,
        number="AG-2025-0001",
        kind="mou",
        title_ko="한결도–다낭 업무협약",
        title_en="Hangyeol–Da Nang MOU",
        status_since=date(2025, 1, 1),
    )


@pytest.fixture
def organisation(province):
    from gyoryu.parties.models import Organisation

    return Organisation.objects.create(unit=province.division, kind="company", name_ko="가온텍")
