"""The US embassy: the meeting of 18 February 2025 and the chain of contacts before it."""

import pytest

pytestmark = pytest.mark.django_db
BRIDGE = "미국 주 정부와의 교류에 대사관이 다리를 놓겠습니다"


def tell(desk):
    gyeonggi = desk.organisation("government", "경기도", "Gyeonggi Province", "KR-41")
    embassy = desk.organisation(
        "government", "주한 미국대사관", "Embassy of the United States in Seoul", "KR-11"
    )
    governor = desk.person(("윤해준", "Yoon Haejun"), ("지사", "Governor"), gyeonggi)
    envoy = desk.person(
        ("조지프 랜들", "Joseph Randall"), ("대사대리", "Chargé d'affaires"), embassy
    )
    letter = desk.engagement(
        "letter", "해외 협력 상대에게 보낸 지사 서한", "The governor's letter", "2024-12-10",
        organisation=embassy,
    )  # fmt: skip
    call = desk.engagement(
        "courtesy_call", "주한 미국대사관 공관차석 면담", "Call on the deputy", "2025-01-15",
        organisation=embassy, follows=letter,
    )  # fmt: skip
    meeting = desk.engagement(
        "meeting", "주한 미국대사관 대사대리 면담", "Meeting with the chargé d'affaires",
        "2025-02-18", organisation=embassy, follows=call,
        summary="한미 관계와 통상 환경, 주 정부와의 교류를 두고 이야기했다.",
    )  # fmt: skip
    desk.delegation(meeting, "ours", gyeonggi, 5, (governor, "지사"))
    desk.delegation(meeting, "theirs", embassy, 4, (envoy, "대사대리"))
    promise = desk.promise(BRIDGE, "theirs", "2025년 상반기", engagement=meeting)
    return {"letter": letter, "meeting": meeting, "promise": promise, "embassy": embassy}


@pytest.fixture
def story(told):
    return told


def test_the_meeting_shows_the_chain_that_led_to_it(desk, story):
    assert desk.read(story["meeting"]).steps("앞뒤 활동") == [
        ["해외 협력 상대에게 보낸 지사 서한", "2024-12-10"],
        ["주한 미국대사관 공관차석 면담", "2025-01-15"],
        ["주한 미국대사관 대사대리 면담", "2025-02-18"],
    ]
    assert desk.read(story["letter"]).steps("앞뒤 활동")[-1] == [
        "주한 미국대사관 공관차석 면담",
        "2025-01-15",
    ]


def test_who_met_is_told_by_the_titles_of_that_day(desk, story):
    who = desk.read(story["meeting"]).section("참석자")
    assert "윤해준 지사 단장" in who
    assert "조지프 랜들 대사대리 단장" in who
    assert "5명" in who
    assert "4명" in who


def test_what_the_embassy_promised_is_late_only_after_the_half_year(desk, story):
    desk.on("2025-06-30")
    assert desk.listed("commitments", tab="late") == []
    desk.on("2025-07-01")
    assert desk.listed("commitments", tab="late") == [BRIDGE]
    assert "1일 지남" in desk.read(story["promise"])


def test_a_meeting_cannot_follow_what_came_after_it(desk, story):
    errors = desk.try_post("engagement-edit", story["letter"].pk, follows=story["meeting"])
    assert list(errors) == ["follows"]


def test_the_briefing_for_the_next_meeting_holds_the_chain_and_the_promise(desk, story):
    page = desk.read("briefing", story["embassy"].pk)
    assert BRIDGE in page
    assert "주한 미국대사관 대사대리 면담" in page
    assert "조지프 랜들" in page
