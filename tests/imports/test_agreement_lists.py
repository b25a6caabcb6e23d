"""Lists of agreements as governments lay them out come into the register as they stand."""

import pytest
from tests.imports.sheets import (
    PLAIN,
    TITLED,
    TWO_LINES,
    TWO_LINES_MERGED,
    errors,
    saved,
    taken,
    workbook,
)

from gyoryu.agreements.models import Agreement
from gyoryu.history import queries as history

pytestmark = pytest.mark.django_db


def told(batch):
    rows = Agreement.objects.filter(source="imported").order_by("pk")
    return [
        (
            row.title_ko, row.kind, row.status, str(row.signed_first), row.signed_precision,
            str(row.partner_region or ""), [str(p.organisation) for p in row.parties.all()],
            row.source_note,
        )
        for row in rows
    ]  # fmt: skip


def test_a_plain_list(province, officer, now, places, ours):
    batch = taken(province, officer, now, workbook(PLAIN), ours=ours.pk, name="협약.xlsx")
    assert errors(batch) == []
    assert (batch.rows, batch.new) == (3, 3)
    saved(batch, officer, now)
    assert told(batch) == [
        ("한결도–가나시 우호교류 협정", "friendship", "in_force", "2019-05-17", "day", "중국",
         ["한결도", "가나시 인민정부"], "협약.xlsx · 2"),
        ("한결도–나루현 자매결연", "sisterhood", "in_force", "1983-09-01", "month", "일본",
         ["한결도", "나루현"], "협약.xlsx · 3"),
        ("바람시와의 업무협약", "mou", "signed", "2021-03-02", "day", "일본",
         ["한결도", "바람시 국제과"], "협약.xlsx · 4"),
    ]  # fmt: skip
    assert list(history.faults()) == []


def test_titles_above_the_header_and_a_date_in_two_columns(province, officer, now, places, ours):
    content = workbook(TITLED, merged=("A1:F1",))
    batch = taken(province, officer, now, content, ours=ours.pk, name="현황.xlsx")
    assert (batch.header_row, batch.header_lines) == (3, 1)
    assert errors(batch) == []
    saved(batch, officer, now)
    assert told(batch) == [
        ("다온시 우호협력", "friendship", "signed", "2018-04-01", "month", "",
         ["한결도", "다온시 정부"], "현황.xlsx · 4"),
        ("라미주 경제협력", "mou", "signed", "2020-01-01", "year", "",
         ["한결도", "라미주 정부"], "현황.xlsx · 5"),
    ]  # fmt: skip


def test_a_header_of_two_lines(province, officer, now, places, ours):
    content = workbook(TWO_LINES, merged=TWO_LINES_MERGED)
    chosen = {"ours": ours.pk, "agreement_kind": "mou"}
    batch = taken(province, officer, now, content, name="대장.xlsx", **chosen)
    assert (batch.header_row, batch.header_lines) == (2, 2)
    assert errors(batch) == []
    saved(batch, officer, now)
    assert told(batch) == [
        ("마루시 청소년 교류 협정", "mou", "in_force", "2017-11-01", "month", "중국",
         ["한결도", "마루시 교육국"], "대장.xlsx · 4"),
        ("사라군 농업기술 양해각서", "mou", "in_force", "2022-06-01", "month", "일본",
         ["한결도", "사라군"], "대장.xlsx · 5"),
    ]  # fmt: skip
    assert list(Agreement.objects.order_by("pk").values_list("number", flat=True)) == [
        "HG-001",
        "HG-002",
    ]
