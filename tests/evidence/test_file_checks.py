# ruff: noqa: E501 (tables read best a row a line)
"""A file is held for what it is, not for what it is called."""

import unicodedata
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.evidence.conftest import DOCX, HWP, HWPX, JPG, PDF, PNG, PPTX, XLSX, ole, packed

from gyoryu.base.refused import Refused
from gyoryu.evidence.rules import containers
from gyoryu.evidence.rules.files import check_file, kept_name

ONLY = "Only PDF, HWP, HWPX, DOCX, XLSX, PPTX, CSV, JPG and PNG files are held."


def refusal(name, content):
    with pytest.raises(Refused) as refused:
        check_file(SimpleUploadedFile(name, content))
    assert refused.value.field == "file"
    return str(refused.value)


@pytest.fixture(autouse=True)
def _english():
    from django.utils.translation import override

    with override("en"):
        yield


@pytest.mark.parametrize(
    ("name", "content", "suffix"),
    [
        ("협약서.pdf", PDF, "pdf"),
        ("photo.PNG", PNG, "png"),
        ("photo.jpeg", JPG, "jpg"),
        ("보고.hwp", HWP, "hwp"),
        ("보고.hwpx", HWPX, "hwpx"),
        ("plan.docx", DOCX, "docx"),
        ("table.xlsx", XLSX, "xlsx"),
        ("slides.pptx", PPTX, "pptx"),
    ],
)
def test_what_offices_use_is_held(name, content, suffix):
    seen = check_file(SimpleUploadedFile(name, content))
    assert (seen.suffix, seen.name, seen.size) == (suffix, name, len(content))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.pdf", b"", "The file is empty."),
        ("setup.pdf", b"MZ\x90\x00" + b"\0" * 100, ONLY),
        ("page.pdf", b"<!doctype html><script>alert(1)</script>", ONLY),
        ("page.html", b"<!doctype html>", ONLY),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", ONLY),
        ("setup.exe", PDF, ONLY),
        ("noname", PDF, ONLY),
        ("photo.png", JPG, "The file is called .png but its content is JPG."),
        ("plan.docx", XLSX, "The file is called .docx but its content is XLSX."),
        ("plan.hwp", HWPX, "The file is called .hwp but its content is HWPX."),
        ("half.pdf", PDF[:30], "The file does not end where it should: it is cut off, or hides another."),
        ("both.png", PNG + b"PK\x03\x04", "The file does not end where it should: it is cut off, or hides another."),
        ("both.pdf", PDF + packed("a.js") + b"\0" * 4096, "The file does not end where it should: it is cut off, or hides another."),
        ("old.hwp", ole("WordDocument", "1Table"), "This is an old Office file (DOC, XLS or PPT). Save it as DOCX, XLSX, PPTX or PDF."),
        ("old.xls", ole("Workbook"), "This is an old Office file (DOC, XLS or PPT). Save it as DOCX, XLSX, PPTX or PDF."),
        ("setup.hwp", ole("SummaryInformation"), ONLY),
        ("locked.docx", ole("EncryptedPackage", "EncryptionInfo"), "The file is locked with a password. Take the password off first."),
        ("locked.docx", packed("[Content_Types].xml", "word/document.xml", locked=True), "The file is locked with a password. Take the password off first."),
        ("macros.docm", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "The file has macros in it. Save it without macros or as PDF."),
        ("macros.docx", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "The file has macros in it. Save it without macros or as PDF."),
        ("two.docx", packed("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), ONLY),
        ("plain.zip", packed("a.txt"), ONLY),
        ("applet.docx", packed("META-INF/MANIFEST.MF"), ONLY),
        ("fake.hwpx", packed("Contents/content.hpf", mimetype="application/epub+zip"), ONLY),
        ("cut.docx", DOCX[:60], "The file is damaged: its table of contents cannot be read."),
        ("cut.hwp", HWP[:700], "The file is damaged: its table of contents cannot be read."),
        ("tail.docx", DOCX + b"MZ and more", "The file is damaged: its table of contents cannot be read."),
    ],
    ids=lambda value: value if isinstance(value, str) else len(value),
)  # fmt: skip
def test_what_is_disguised_damaged_or_dangerous_is_refused_with_the_reason(name, content, reason):
    assert refusal(name, content) == reason


def test_a_file_over_the_limit_is_refused_with_both_sizes(settings):
    settings.DOCUMENT_LIMIT = 1024 * 1024
    assert refusal("big.pdf", PDF + b"\0" * 3 * 1024 * 1024) == (
        "The file is 3 MB; at most 1 MB fit."
    )


def test_a_package_with_too_many_members_is_refused_before_its_directory_is_read(monkeypatch):
    many = packed(*(f"m{n}" for n in range(containers.MOST_MEMBERS + 1)))

    def never(*args, **kwargs):
        raise AssertionError("the directory was read")

    monkeypatch.setattr(zipfile, "ZipFile", never)
    assert refusal("many.docx", many).startswith("The file is damaged")


def test_a_zip_bomb_is_refused_and_never_unpacked():
    bomb = bytearray(DOCX)
    place = bomb.find(b"PK\x01\x02") + 24
    bomb[place : place + 4] = (3 * 1024**3).to_bytes(4, "little")
    assert refusal("bomb.docx", bytes(bomb)).startswith("The file is damaged")


def test_an_ole_file_whose_sectors_run_in_a_circle_comes_to_an_end():
    round_ = bytearray(HWP)
    round_[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert containers.ole_streams(BytesIO(bytes(round_))) >= {"FileHeader"}


def test_names_are_composed_printable_and_keep_their_suffix():
    decomposed = unicodedata.normalize("NFD", "협약서 최종.pdf")
    assert kept_name(decomposed) == ("협약서 최종.pdf", "pdf")
    assert kept_name("a" * 300 + ".hwpx") == ("a" * 195 + ".hwpx", "hwpx")
    assert kept_name("report\u202efdp.exe") == ("reportfdp.exe", "exe")
    assert kept_name("..\\..\\etc\\passwd") == ("passwd", "")
    assert kept_name("../../x/plan\n.PDF") == ("plan.PDF", "pdf")
    assert kept_name("") == ("file", "")
