"""Files that cannot be read are refused with the cell and the reason, whatever is in them."""

import io
import struct
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.imports.sheets import workbook

from gyoryu.imports import rules, tables

HEAD = ["연번", "협정명", "체결일"]
KNOWN = {"연번", "협정명", "체결일", "연도", "월"}


def read(content, name="list.xlsx", **asked):
    sheet = tables.read(content, name, **asked).sheet
    return tables.table(sheet, tables.find_header(sheet, KNOWN.__contains__))


def fault(content, name="list.xlsx", **asked):
    with pytest.raises(tables.Fault) as raised:
        read(content, name, **asked)
    one = raised.value
    return one.code, one.column, one.row, one.told


def read_or_reason(content, name):
    """Return the table's rows, or the words in which the file is refused; nothing else happens."""
    try:
        return read(content, name).rows
    except tables.Fault as one:
        return str(rules.refused(one))


def zipped(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return held.getvalue()


def test_empty_and_broken_files():
    assert fault(b"")[0] == "empty"
    assert fault(b" \n ")[0] == "empty"
    assert fault(workbook([]))[0] == "empty"
    whole = workbook([HEAD, [1, "가", "2025"]])
    assert fault(whole[: len(whole) // 2])[0] == "broken"
    assert fault(b"PK\x03\x04" + b"x" * 400)[0] == "broken"
    assert fault(b"no workbook at all", "list.xlsx")[0] == "broken"


def test_what_is_kept_of_a_file_is_told_of_that_sheet_and_encoding_alone():
    book = workbook([HEAD[:2], [1, "가"]], [HEAD[:2], [2, "나"]])
    text = "협정명\n교류".encode("cp949")
    asked = [
        (book, {}), (book, {"sheet": "Sheet2"}), (book, {"sheet": "Sheet1"}), (book, {}),
        (text, {"encoding": "cp949"}), (text, {"encoding": "gb18030"}), (text, {}), (book, {}),
    ]  # fmt: skip
    cells = [tables.read(content, "list", **how).sheet.rows[1] for content, how in asked]
    assert cells[:4] == [["1", "가"], ["2", "나"], ["1", "가"], ["1", "가"]]
    assert cells[4:] == [["교류"], [text.decode("gb18030").split()[1]], ["교류"], ["1", "가"]]


def test_other_files_under_the_name_of_a_spreadsheet():
    assert fault(b"%PDF-1.7 x")[3] == {"real": "PDF"}
    ods = zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>")
    assert (fault(ods)[0], fault(ods)[3]) == ("other_type", {"real": "ODS"})
    assert fault(zipped(word__document_xml="<x/>"))[0] == "not_a_sheet"


def test_a_zip_bomb_is_not_opened_whatever_its_directory_says():
    rels = (
        '<Relationships xmlns="r"><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
        "</Relationships>"
    )
    book = '<workbook xmlns:r="x"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'
    members = {
        "xl__workbook_xml": book,
        "xl___rels__workbook_xml": rels,
        "xl__worksheets__sheet1_xml": "<row>" + " " * 40_000_000,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", book)
        package.writestr("xl/_rels/workbook.xml.rels", rels)
        package.writestr("xl/worksheets/sheet1.xml", members["xl__worksheets__sheet1_xml"])
    bomb = held.getvalue()
    assert fault(bomb)[0] == "bomb"
    # The same with a directory that says it is small.
    lying = bomb.replace(struct.pack("<I", 40_000_005), struct.pack("<I", 500))
    assert lying != bomb
    assert fault(lying)[0] == "bomb"


def test_a_formula_is_named_with_its_cell():
    content = workbook([["제목"], HEAD, [1, "가", date(2025, 1, 1)], [2, "나", "=TODAY()"]])
    assert fault(content) == ("formula", "C", 4, {"formula": "=TODAY()"})
    assert fault("연번,협정명\n1,=1+1\n".encode(), "a.csv") == (
        "formula", "B", 2, {"formula": "=1+1"},
    )  # fmt: skip


def test_merged_cells_are_named_below_the_header_and_read_above_it():
    rows = [["협약 현황", "", ""], HEAD, [1, "가", "2025"], [2, "", "2024"]]
    assert fault(workbook(rows, merged=("A1:C1", "B3:B4"))) == (
        "merged", "B", 3, {"range": "B3:B4"},
    )  # fmt: skip
    assert read(workbook(rows, merged=("A1:C1",))).rows[0] == (3, ["1", "가", "2025"])


def test_two_rows_that_look_like_a_header_are_both_told():
    content = workbook([HEAD, [1, "가", "2025"], HEAD, [2, "나", "2024"]])
    sheet = tables.read(content, "a.xlsx").sheet
    header = tables.find_header(sheet, KNOWN.__contains__)
    assert header == tables.Header(1, 1, (3,))
    assert tables.table(sheet, header).repeated == (3,)


def test_text_in_another_encoding_than_said():
    text = "연번,협정명\n1,가나다\n"
    assert read(text.encode("cp949"), "a.csv").rows == [(2, ["1", "가나다"])]
    assert read(b"\xef\xbb\xbf" + text.encode(), "a.csv").rows == [(2, ["1", "가나다"])]
    told = {"claimed": "UTF-8", "real": "CP949"}
    ascii_first = "no,name\n1,가나다\n".encode("cp949")
    assert fault(ascii_first, "a.csv", encoding="utf-8") == ("encoding", "B", 2, told)
    assert fault(b"\xef\xbb\xbf" + ascii_first, "a.csv")[3] == told


def test_too_many_rows_too_long_cells_and_sheets_to_choose_from():
    long = "\n".join(["연번,협정명", *(f"{n},가" for n in range(tables.MOST_ROWS))])
    assert fault(long.encode(), "a.csv")[0] == "rows"
    assert fault(workbook([HEAD, [1, "가" * 20_001, ""]]))[:3] == ("long", "B", 2)
    content = workbook([], [HEAD, [1, "가", "2025"]], names=("표지", "협약"))
    book = tables.read(content, "a.xlsx")
    assert (book.sheets, book.sheet.name) == (("표지", "협약"), "협약")
    assert fault(content, sheet="없음")[0] == "no_such_sheet"


def test_decomposed_hangul_is_composed_and_doubled_headings_are_told():
    content = workbook([["협정명", "기관", "기관"], ["\u1100\u1161", "x", "y"]])
    found = read(content)
    assert found.rows == [(2, ["가", "x", "y"])]
    assert found.doubled == {"기관": ["B", "C"]}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_whatever_the_bytes_are_there_is_a_table_or_a_fault(content, name):
    assert read_or_reason(content, name)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_workbook_with_any_bytes_spoilt_is_read_or_refused(data):
    content = bytearray(workbook([HEAD, [1, "가", date(2025, 1, 1)], [2, "나", "2024.3"]]))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    assert read_or_reason(bytes(content), "list.xlsx")


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn")),
    min_size=1, max_size=12,
).map(lambda t: "x" + t)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_was_written_is_read_as_csv_and_as_xlsx(rows):
    import csv
    import unicodedata

    held = io.StringIO()
    csv.writer(held).writerows([HEAD, *rows])
    wanted = [
        (number, [unicodedata.normalize("NFC", cell) for cell in row])
        for number, row in enumerate(rows, start=2)
    ]
    header = tables.Header(1)
    for content, name in ((held.getvalue().encode(), "a.csv"), (workbook([HEAD, *rows]), "a.xlsx")):
        sheet = tables.read(content, name).sheet
        assert tables.table(sheet, header).rows == wanted
