"""Spreadsheets as offices keep them, made for tests; every name in them is invented."""

import io
import sqlite3
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from gyoryu.imports.actions import batches


def workbook(*pages: list[list[Any]], names: tuple[str, ...] = (), merged: tuple[str, ...] = ()):
    """Write pages of rows as an XLSX; ``merged`` ranges lie on the first page."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"default_date_format": "yyyy-mm-dd"})
    # Else the same rows a second later were another file.
    book.set_properties({"created": datetime(2025, 1, 1)})
    for number, rows in enumerate(pages):
        page = book.add_worksheet(names[number] if names else None)
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                _write(page, line, place, value)
        for name in merged if number == 0 else ():
            first = name.split(":")[0]
            column, line = ord(first[0]) - 65, int(first[1:]) - 1
            page.merge_range(name, rows[line][column])
    book.close()
    return held.getvalue()


def _write(page, line, place, value):
    if isinstance(value, date):
        page.write_datetime(line, place, value)
    elif isinstance(value, str) and value.startswith("="):
        page.write_formula(line, place, value)
    elif value not in (None, ""):
        page.write(line, place, value)


def upload(content: bytes, name: str = "list.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# Three lists of agreements as governments lay them out.
PLAIN = [
    ["연번", "협정명", "체결일", "상대국", "상대기관", "분야", "상태"],
    [1, "한결도–가나시 우호교류 협정", date(2019, 5, 17), "중국", "가나시 인민정부", "", "유효"],
    [2, "한결도–나루현 자매결연", "1983.9", "일본", "나루현", "", "유효"],
    [3, "바람시와의 업무협약", "2021. 3. 2.", "일본", "바람시 국제과", "", "체결"],
]
TITLED = [
    ["국제교류 협약 체결 현황"],
    ["", "", "", "", "", "(2025. 3. 기준)"],
    ["순번", "구분", "협약명", "체결연도", "체결월", "상대측"],
    [1, "우호교류", "다온시 우호협력", 2018, 4, "다온시 정부"],
    [2, "양해각서", "라미주 경제협력", 2020, "", "라미주 정부"],
]
TWO_LINES = [
    ["국외 협력 대장", "", "", "", "", "", ""],
    ["번호", "협정명", "체결일", "", "상대측", "", "효력"],
    ["", "", "연도", "월", "국가", "기관명", ""],
    ["HG-001", "마루시 청소년 교류 협정", 2017, 11, "중국", "마루시 교육국", "시행중"],
    ["HG-002", "사라군 농업기술 양해각서", 2022, 6, "일본", "사라군", "시행중"],
]
TWO_LINES_MERGED = ("A1:G1", "C2:D2", "E2:F2")


def taken(province, officer, now, content, kind="agreements", name="list.xlsx", **options):
    """Take a file in and check it, as its screens would."""
    batch = batches.take(province.division, kind, upload(content, name), by=officer, at=now)
    return checked(batch, officer, now, **options)


def checked(batch, officer, now, columns=None, **options):
    chosen = {**batch.options, "partner_kind": "government", **options}
    batch = batches.choose(batch, columns or batch.columns, chosen, by=officer, at=now)
    return batches.check(batch, by=officer, at=now)


def saved(batch, officer, now, only_good=False):
    batch = batches.begin(batch, "saving", only_good=only_good, by=officer, at=now)
    return batches.enter(batch, by=officer, at=now)


def errors(batch):
    """Return what is wrong, as (row, field, words in Korean)."""
    return [
        (line.row, field, words["ko"])
        for line in batch.lines.filter(outcome="wrong")
        for field, words in line.errors
    ]


def database_for_another_process(folder):
    """Return the name of a database that another process can open: this test's, or its copy."""
    if connection.vendor != "sqlite":
        return str(connection.settings_dict["NAME"])
    copy = folder / "copy.sqlite3"
    with sqlite3.connect(copy) as target:
        connection.connection.backup(target)
    return str(copy)
