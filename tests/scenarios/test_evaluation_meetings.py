"""Evaluation meetings: who missed theirs on a day, and what holding one changes."""

import pytest
from tests.scenarios.desk import pdf

pytestmark = pytest.mark.django_db
SHANDONG, AICHI = "경기도–산둥성 업무협약", "경기도–아이치현 업무협약"


def tell(desk):
    """One signed thirteen months ago, one ten months ago."""
    gyeonggi = desk.organisation("government", "경기도", "Gyeonggi Province", "KR-41")
    made = {}
    for title, partner, signed in (
        (SHANDONG, ("산둥성 인민정부", "Shandong Government", "CN-SD"), "2024-03-10"),
        (AICHI, ("아이치현", "Aichi Prefecture", "JP-23"), "2024-06-01"),
    ):
        other = desk.organisation("government", *partner)
        made[title] = desk.agreement("mou", title, title, gyeonggi, other)
        desk.sign(made[title], signed, signed)
    return made


def missed(desk, day):
    return desk.listed("agreements", on=day)


def evaluation(desk, agreement):
    rows = desk.read(agreement).context["duties"]
    return next(row for row in rows if row.kind == "evaluation" and row.open)


@pytest.fixture
def agreements(told):
    return told


def test_the_list_says_who_missed_the_meeting_on_a_given_day(desk, agreements):
    assert missed(desk, "2025-03-10") == []
    assert missed(desk, "2025-03-11") == [SHANDONG]
    assert set(missed(desk, "2025-06-02")) == {SHANDONG, AICHI}
    assert desk.exported("agreements", on="2025-04-01")[0]["국문 제목"] == SHANDONG


def test_once_it_is_held_the_answer_changes_from_that_day_on(desk, agreements):
    desk.on("2025-04-03")
    row = evaluation(desk, agreements[SHANDONG])
    desk.post("duty-done", row.pk, on="2025-04-02", file=pdf("평가회의록.pdf"))
    assert missed(desk, "2025-04-02") == []
    assert missed(desk, "2025-04-03") == []
    # What was missed on a day stays missed on that day.
    assert missed(desk, "2025-04-01") == [SHANDONG]


def test_the_report_to_the_committee_and_the_next_meeting_follow(desk, agreements):
    desk.on("2025-04-03")
    shandong = agreements[SHANDONG]
    desk.post("duty-done", evaluation(desk, shandong).pk, on="2025-04-02", file=pdf("회의록.pdf"))
    open_ones = {
        row[0].split(" 교류 조례")[0]: row[1]
        for row in desk.read(shandong).table("의무사항")
        if not row[2].startswith("완료")
    }
    assert open_ones["상임위원회 보고"] == "2025-05-02 (금)"
    assert open_ones["평가회의"] == "2026-04-02 (목)"
    reports = desk.exported("duties", kind="committee_report")
    assert [(row["협약"], row["기한"]) for row in reports] == [(SHANDONG, "2025-05-02")]
    desk.on("2025-05-03")
    late = desk.exported("duties", tab="late", kind="committee_report")
    assert [row["협약"] for row in late] == [SHANDONG]


def test_a_meeting_is_not_held_without_minutes_or_a_note_nor_tomorrow(desk, agreements):
    row = evaluation(desk, agreements[SHANDONG])
    assert list(desk.try_post("duty-done", row.pk, on="2025-04-01")) == ["note"]
    assert list(desk.try_post("duty-done", row.pk, on="2025-04-02", note="열었음")) == ["on"]
    assert missed(desk, "2025-04-01") == [SHANDONG]


def test_only_an_approver_waives_a_meeting_and_the_reason_stays(desk, head, agreements):
    shandong = agreements[SHANDONG]
    row = evaluation(desk, shandong)
    assert "이 화면을 볼 수 없습니다" in desk.refused("duty-waive", row.pk)
    head.post(
        "duty-waive", row.pk, on="2025-04-01", reason="상대 지역 재난으로 조례 제12조 단서 적용"
    )
    assert missed(desk, "2025-04-01") == []
    assert "상대 지역 재난" in desk.read(shandong).section("의무사항")


def test_a_day_that_is_no_day_is_answered_with_what_to_write(desk, agreements):
    assert "2025년 2월은 28일까지입니다." in desk.read("agreements", on="2025-02-30").text
