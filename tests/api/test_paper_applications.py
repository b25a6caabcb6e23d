"""Programs take in a list of applications on paper: the call is chosen with the file, or after."""

import pytest
from tests.imports.sheets import upload, workbook
from tests.programmes import applying_makers as makers

pytestmark = pytest.mark.django_db
ROWS = [
    ["업체명", "사업자등록번호", "접수일", "신청금액", "참가 계획", "개인정보 동의"],
    ["가온텍", "999-81-00015", "2025-03-20", "8,000,000", "베트남 전시회", "예"],
]


@pytest.mark.parametrize("at_once", [True, False])
def test_programs_choose_the_call_with_the_file_or_after_it(
    program, person_with, province, at_once
):
    office = person_with("officer", province.division)
    calling, of = program(office), makers.call(province.division)
    chosen = {"call": of.pk} if at_once else {}
    made = calling.client.post(
        "/api/v1/imports",
        {"kind": "applications", "unit": of.unit_id, "file": upload(workbook(ROWS)), **chosen},
        headers={"Authorization": f"Bearer {calling.secret}", "Idempotency-Key": "a"},
    )
    assert made.status_code == 201, made.content
    href = made.json()["href"]
    if not at_once:
        laid = calling.patch(f"{href}/layout", {"call": str(of.pk)})
        assert laid.status_code == 200, laid.content
    told = calling.get(f"{href}/columns").json()
    assert [one["field"] for one in told["columns"]] == [
        "name", "business_number", "received_on", "asked", "answer_plan", "answer_agree",
    ]  # fmt: skip
    assert told["options"] == ["call", "make"]
