# ruff: noqa: E501 (a list reads best a row a line)
"""Applications on paper come into a call by the list: answers, conditions, one per number, undone."""

import copy
from datetime import UTC, datetime, timedelta

import pytest
from tests.imports.sheets import errors, saved, upload, workbook
from tests.programmes import applying_makers as makers
from tests.programmes.applying_makers import NUMBERS

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.imports.actions import batches
from gyoryu.imports.models import Batch
from gyoryu.outbox.models import Letter
from gyoryu.parties.models import Organisation
from gyoryu.programmes.actions import applications as online
from gyoryu.programmes.models import Application, EligibilityRule, Finding
from gyoryu.programmes.rules.applications import missing_papers

pytestmark = pytest.mark.django_db
QUESTIONS = [
    *makers.QUESTIONS,
    {"code": "kinds", "kind": "choices", "label": {"ko": "품목", "en": "Goods"},
     "options": [{"code": "laver", "label": {"ko": "조미김", "en": "Laver"}},
                 {"code": "tea", "label": {"ko": "녹차·홍차", "en": "Tea"}}]},
    {"code": "fairs", "kind": "table", "label": {"ko": "참가 실적"},
     "columns": [{"code": "name", "kind": "text", "label": {"ko": "전시회"}},
                 {"code": "year", "kind": "number", "label": {"ko": "연도"}}]},
    {"code": "book", "kind": "file", "label": {"ko": "제품 소개서"}, "required": True},
]  # fmt: skip
HEAD = ["연번", "업체명", "사업자등록번호", "접수일", "신청금액(원)", "참가 계획", "직원 수", "개인정보 동의",
        "품목", "참가 실적", "제출서류"]  # fmt: skip
ROWS = [
    HEAD,
    [1, "가온텍", "999-81-00015", "2025-03-20", "8,000,000", "베트남 전시회", 12, "○", "조미김; 녹차·홍차",
     "하노이 박람회 | 2023\n방콕 식품전 | 2024", "사업자등록증, 제품 소개서"],
    [2, "나래산업", "9998100029", "2025. 3. 21.", 5000000, "태국 전시회", "", "동의", "Tea", "", ""],
]  # fmt: skip


@pytest.fixture
def office(province, person_with):
    return person_with("officer", province.division)


@pytest.fixture
def of(province):
    made = makers.call(province.division, questions=QUESTIONS)
    makers.paper(made)
    return made


@pytest.fixture(autouse=True)
def companies(province):
    makers.company(province.division)


def read(of, office, rows=ROWS, at=makers.AT, **options):
    chosen = {"call": of.pk}
    batch = batches.take(
        of.unit, "applications", upload(workbook(rows)), options=chosen, by=office, at=at
    )
    batch = batches.choose(batch, batch.columns, {**batch.options, **options}, by=office, at=at)
    return batches.check(batch, by=office, at=at)


def changed(row, column, value):
    rows = copy.deepcopy(ROWS)
    rows[row][HEAD.index(column)] = value
    return rows


def test_they_come_in_with_numbers_answers_and_papers(of, office) -> None:
    batch = read(of, office)
    assert (batch.new, errors(batch)) == (2, [])
    assert Application.objects.count() == 0
    saved(batch, office, makers.AT)
    first, second = Application.objects.order_by("pk")
    assert (first.status, first.business_number, first.asked, first.source, first.applicant) == (
        "submitted", NUMBERS[0], 8_000_000, "imported", None,
    )  # fmt: skip
    assert first.answers == {
        "plan": "베트남 전시회", "staff": "12", "agree": True, "kinds": ["laver", "tea"],
        "fairs": [{"name": "하노이 박람회", "year": "2023"}, {"name": "방콕 식품전", "year": "2024"}],
    }  # fmt: skip
    # As for those handed in on line: the government's next numbers, from when they came.
    assert (first.number, second.number) == ("AP-2025-0001", "AP-2025-0002")
    assert first.submitted_at == datetime(2025, 3, 20, 0, 0, tzinfo=UTC)
    assert {(one.paper and one.paper.name_ko, one.question) for one in first.papers_held.all()} == {
        ("사업자등록증", ""), (None, "book"),
    }  # fmt: skip
    assert (missing_papers(first), missing_papers(second)) == ([], ["사업자등록증"])
    # The second company was not known: it comes with its number.
    assert Organisation.objects.get(business_number=NUMBERS[1]).name_ko == "나래산업"
    assert Entry.objects.filter(verb="application.entered").count() == 2
    again = read(of, office)
    assert (again.new, again.same, again.wrong) == (0, 2, 0)


def test_who_stands_for_a_company_gets_the_receipt_and_hears_of_the_undoing(
    of, office, province
) -> None:
    user, _company = makers.representative(province.division, sure=True)
    batch = saved(read(of, office), office, makers.AT)
    told = Letter.objects.filter(to=user, key__startswith="application:")
    assert [one.subject for one in told] == ["AP-2025-0001: 제출됨"]
    batches.undo(batches.begin(batch, "undoing", by=office, at=makers.AT), by=office, at=makers.AT)
    assert {one.voided_at for one in Application.objects.all()} == {makers.AT}
    assert Entry.objects.filter(verb="application.voided").count() == 2
    assert told.order_by("-pk")[0].key.endswith(":voided")
    # The same list comes in anew, and the company that came with it goes with it.
    assert read(of, office).new == 2
    assert Organisation.objects.get(business_number=NUMBERS[1]).voided_at == makers.AT


def test_what_was_taken_up_since_is_not_undone(of, office) -> None:
    batch = saved(read(of, office), office, makers.AT)
    row = Application.objects.order_by("pk")[0]
    online.withdraw(row, reason="편지로 철회", by=office, at=makers.AT + timedelta(minutes=1))
    with pytest.raises(Refused, match="가온텍"):
        batches.begin(batch, "undoing", by=office, at=makers.AT)


@pytest.mark.parametrize(
    ("rows", "field", "words"),
    [
        (changed(1, "사업자등록번호", "999-81-00016"), "business_number", "마지막 자리"),
        (changed(2, "사업자등록번호", "999-81-00015"), "business_number", "2행"),
        (changed(1, "사업자등록번호", ""), "business_number", "사업자등록번호"),
        (changed(1, "접수일", "2025-02-01"), "received_on", "2025-03-12"),
        (changed(1, "신청금액(원)", "12,000,000"), "asked", "10,000,000"),
        (changed(1, "신청금액(원)", "-5"), "asked", ""),
        (changed(1, "신청금액(원)", "9" * 18), "asked", ""),
        (changed(1, "참가 계획", ""), "answer_plan", "참가 계획"),
        (changed(1, "직원 수", "많음"), "answer_staff", ""),
        (changed(1, "개인정보 동의", "미동의"), "answer_agree", ""),
        (changed(1, "품목", "조미김, 인삼"), "answer_kinds", "인삼"),
        (changed(1, "참가 실적", "하노이 박람회 | 작년"), "answer_fairs", "1"),
        (changed(1, "제출서류", "통장 사본"), "papers", "통장 사본"),
    ],
)
def test_each_wrong_cell_says_why(of, office, rows, field, words) -> None:
    batch = read(of, office, rows)
    found = errors(batch)
    assert [name for _row, name, _words in found] == [field], found
    assert words in found[0][2]


def test_a_company_that_applied_on_line_is_refused_with_its_number(of, office, province) -> None:
    of.questions = makers.QUESTIONS
    of.save()
    of.papers.all().delete()
    makers.submitted(province.division, of)
    head = [one for one in HEAD if one not in {"품목", "참가 실적", "제출서류"}]
    rows = [[row[HEAD.index(one)] for one in head] for row in ROWS]
    batch = read(of, office, rows)
    assert [(row, name) for row, name, _words in errors(batch)] == [(2, "business_number")]
    assert "AP-2025-0001" in errors(batch)[0][2]


def test_conditions_are_told_before_and_kept_after(of, office) -> None:
    EligibilityRule.objects.create(
        call=of, kind="answer", terms={"question": "staff", "least": "20"}, source="지침 제5조"
    )
    batch = read(of, office)
    told = [line.notes for line in batch.lines.order_by("row")]
    assert [len(one) for one in told] == [1, 1]
    assert all(set(words) == {"ko", "en"} for notes in told for words in notes)
    assert (batch.new, batch.wrong) == (2, 0)
    saved(batch, office, makers.AT)
    found = Finding.objects.order_by("application").values_list("outcome", flat=True)
    assert list(found) == ["not_met", "not_known"]


def test_a_team_comes_in_with_its_members(province, office) -> None:
    of = makers.call(province.division, "team", members_least=2, members_most=3)
    rows = [
        ["팀명", "접수일", "신청금액", "참가 계획", "개인정보 동의", "팀원"],
        ["한빛팀", "2025-03-20", 1_000_000, "연수", "예", "김누리(총무과), 박하늘(관광과)"],
        ["혼자팀", "2025-03-20", 1_000_000, "연수", "예", "김누리"],
    ]
    batch = read(of, office, rows)
    assert [(row, name) for row, name, _words in errors(batch)] == [(3, "members")]
    saved(batch, office, makers.AT, only_good=True)
    row = Application.objects.get()
    assert [(one.name, one.office, one.leads) for one in row.members.all()] == [
        ("김누리", "총무과", True), ("박하늘", "관광과", False),
    ]  # fmt: skip


def test_a_call_that_somebody_may_not_enter_for_is_none(province, person_with, of) -> None:
    stranger = person_with("officer", province.other)
    batch = batches.take(
        province.other,
        "applications",
        upload(workbook(ROWS)),
        options={"call": of.pk},
        by=stranger,
        at=makers.AT,
    )
    assert not any(name.startswith("answer_") for name in batch.columns.values())
    batch = batches.choose(batch, batch.columns, batch.options, by=stranger, at=makers.AT)
    assert batches.check(batch, by=stranger, at=makers.AT).wrong == 2


def test_the_screens_lead_from_the_call_to_the_rows(of, office, signed_in, settings) -> None:
    client = signed_in(office)
    assert (
        f"/imports/new/?kind=applications&amp;call={of.pk}"
        in client.get(f"/calls/{of.pk}/applications/").content.decode()
    )
    new = client.get(f"/imports/new/?kind=applications&call={of.pk}")
    assert f'name="call" value="{of.pk}"' in new.content.decode()
    sheet = client.get(f"/imports/template/applications/?call={of.pk}")
    assert sheet.status_code == 200
    # Without a call nothing of its questions is guessed; it is chosen with the header.
    sent = {"kind": "applications", "unit": of.unit_id, "file": upload(workbook(ROWS)), "once": "a"}
    assert client.post("/imports/new/", sent).status_code == 302
    batch = Batch.objects.get()
    page = f"/imports/{batch.pk}/columns/"
    assert client.get(page).context["layout"].fields.keys() == {
        "header_row",
        "header_lines",
        "call",
    }
    client.post(page, {"layout": "1", "call": of.pk, "header_row": 1, "header_lines": 1})
    batch.refresh_from_db()
    assert batch.options["call"] == of.pk
    assert "answer_plan" in batch.columns.values()
