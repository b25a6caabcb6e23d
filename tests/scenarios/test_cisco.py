"""Cisco: a round table on 26 February 2025, and a letter of support that is no agreement."""

import pytest

pytestmark = pytest.mark.django_db
TRAIN = "인공지능 새싹기업 교육과 전문가 상담을 함께 열겠습니다"


def tell(desk):
    cisco = desk.organisation("company", "시스코시스템즈", "Cisco Systems", "US-CA")
    gyeonggi = desk.organisation("government", "경기도", "Gyeonggi Province", "KR-41")
    whelan = desk.person(("토머스 웰런", "Thomas Whelan"), ("APJC 사장", "President, APJC"), cisco)
    made = desk.engagement(
        "roundtable",
        "시스코 AI·디지털 협력 라운드테이블",
        "AI and digital co-operation round table with Cisco",
        "2025-02-26",
        organisation=cisco,
        venue="시스코코리아",
        outcomes="창업 교육, 기술 협력, 전문가 상담, 해외 진출 지원을 제안받음. 협약은 아님",
    )
    desk.delegation(made, "ours", gyeonggi, 4)
    desk.delegation(made, "theirs", cisco, 12, (whelan, "APJC 사장"))
    desk.hold(made, "letter", "시스코 지원 서한")
    return made


@pytest.fixture
def table(told):
    return told


def test_the_letter_of_support_is_evidence_and_no_agreement(desk, table):
    assert desk.listed("agreements") == []
    assert "연결" in desk.read(table).section("협약")
    assert desk.read(table).section("문서").startswith("추가 시스코 지원 서한 서한")
    letter = desk.read("documents").context["listing"].page[0]
    assert "시스코 AI·디지털 협력 라운드테이블" in desk.read(letter).section(
        "이 문서가 뒷받침하는 기록"
    )


def test_what_cisco_said_is_theirs_and_needs_no_owner_of_ours(desk, table):
    made = desk.promise(TRAIN, "theirs", "2025", engagement=table)
    page = desk.read(made)
    assert page.facts("개요")["기한"] == "2025년 2025-12-31까지 기한 안"
    assert page.facts("개요")["담당자"] == "없음"
    assert desk.read(table).promises("theirs") == [TRAIN]
    ours = {"words": TRAIN, "side": "ours", "due": "2025"}
    assert list(desk.try_post("commitment-new", query=f"?engagement={table.pk}", **ours)) == [
        "owner"
    ]


def test_the_letter_alone_does_not_show_that_the_promise_was_kept(desk, table):
    made = desk.promise(TRAIN, "theirs", "2025", engagement=table)
    errors = desk.try_post("commitment-move", made.pk, query="?to=done", on="2025-04-01")
    assert list(errors) == ["file"]
    assert "시작 전" in desk.read(made)


def test_the_letter_cannot_be_another_kind_of_file_in_disguise(desk, table):
    from django.core.files.uploadedfile import SimpleUploadedFile

    wrong = SimpleUploadedFile("서한.pdf", b"MZ\x90\x00 not a letter", "application/pdf")
    fields = {"kind": "letter", "title": "서한", "file": wrong}
    errors = desk.try_post("document-add", "agreements.engagement", table.pk, **fields)
    assert list(errors) == ["file"]
    assert "서한.pdf" not in desk.read(table).section("문서")
