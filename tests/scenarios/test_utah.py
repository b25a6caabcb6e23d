"""Utah: sisters since September 1983, an action plan in 2024, a tour in March 2025."""

import pytest

pytestmark = pytest.mark.django_db
FARM = "고추장과 비빔밥을 손수 만든 시간이 가장 기억에 남는다고 했다."
PARK = "접경지의 자연과 강 건너 풍경은 서울 상품에 없던 것이라 했다."


def tell(desk):
    """The old sisterhood typed in from the archive, and what has grown from it."""
    gyeonggi = desk.organisation("government", "경기도", "Gyeonggi Province", "KR-41")
    utah = desk.organisation("government", "유타주", "State of Utah", "US-UT")
    tourism = desk.organisation("agency", "경기관광공사", "Gyeonggi Tourism Organization", "KR-41")
    delta = desk.organisation("company", "델타항공", "Delta Air Lines", "US-GA")
    reeves = desk.person(("앤서니 리브스", "Anthony Reeves"), ("영업부장", "Head of Sales"), delta)
    sisterhood = desk.agreement(
        "sisterhood", "경기도–유타주 자매결연", "Gyeonggi–Utah sisterhood", gyeonggi, utah
    )
    desk.sign(sisterhood, "1983-09", "1983-09-30", method="in_person")
    plan = desk.agreement(
        "action_plan",
        "경기–유타 실행계획",
        "Gyeonggi–Utah Action Plan",
        gyeonggi,
        utah,
        parent=sisterhood,
        areas=["관광", "통상", "청소년 교류"],
    )
    desk.sign(plan, "2024-09", "2024-09-30", method="in_person")
    visit = desk.engagement(
        "visit",
        "유타 주지사 방문과 실행계획 서명",
        "Visit of Utah's governor",
        "2024-09-26",
        organisation=utah,
        initiative="theirs",
        agreement=plan,
    )
    desk.post("engagement-tie", visit.pk, agreement=sisterhood)
    tour = desk.engagement(
        "fam_tour",
        "델타항공 미국 영업팀 김포 팸투어",
        "Familiarisation tour of Delta's US sales team",
        "2025-03-13",
        organisation=delta,
        agreement=plan,
        follows=visit,
        venue="김포시",
        summary="6월 12일 직항을 앞두고 열었다. 실행계획 서명 뒤 첫 후속 활동이다.",
    )
    desk.delegation(tour, "ours", tourism, 5)
    desk.delegation(tour, "theirs", delta, 16, (reeves, "미주 영업부장"))
    for stop, rating, said in (
        ("김포 벼꽃농부", "5", FARM),
        ("애기봉평화생태공원", "4", PARK),
    ):
        desk.post("stop-new", tour.pk, name_ko=stop, on="2025-03-13")
        made = desk.read(tour).context["row"].stops.get(name_ko=stop)
        desk.post("stop-feedback", tour.pk, made.pk, rating=rating, feedback=said)
    return {"sisterhood": sisterhood, "plan": plan, "visit": visit, "tour": tour}


@pytest.fixture
def story(told):
    return told


def test_the_lineage_tells_from_the_sisterhood_of_1983_to_the_tour_of_2025(desk, story):
    assert desk.read(story["plan"]).steps("계보") == [
        ["경기도–유타주 자매결연", "1983 · 자매결연"],
        ["경기–유타 실행계획", "2024 · 이 협약"],
        ["유타 주지사 방문과 실행계획 서명", "2024 · 방문"],
        ["델타항공 미국 영업팀 김포 팸투어", "2025 · 팸투어"],
    ]
    assert [name for name, _ in desk.read(story["sisterhood"]).steps("계보")][:2] == [
        "경기도–유타주 자매결연",
        "경기–유타 실행계획",
    ]


def test_an_agreement_of_1983_is_shown_to_the_month_and_owes_nothing_from_before_the_rules(
    desk, story
):
    page = desk.read(story["sisterhood"])
    assert page.facts("개요")["서명일"] == "1983년 9월"
    owed = {row[0].split()[0] for row in page.table("의무사항") if "면제" not in row[2]}
    assert owed == {"협약", "평가회의"}
    english = type(desk)(desk.user, desk.settings, "en").read(story["sisterhood"])
    assert english.facts("Facts")["Signed"] == "Sep 1983"


def test_the_tour_tells_who_came_where_they_went_and_what_they_said(desk, story):
    page = desk.read(story["tour"])
    who = page.section("참석자")
    assert "델타항공 앤서니 리브스 미주 영업부장 단장" in who
    assert "16명" in who
    itinerary = page.table("일정")
    assert [(row[0].split(" 평가")[0], row[3], row[4]) for row in itinerary] == [
        ("1. 김포 벼꽃농부", "5 / 5", FARM),
        ("2. 애기봉평화생태공원", "4 / 5", PARK),
    ]
    assert [name for name, _ in page.steps("앞뒤 활동")] == [
        "유타 주지사 방문과 실행계획 서명",
        "델타항공 미국 영업팀 김포 팸투어",
    ]


def test_the_plan_shows_its_last_contact_in_the_list(desk, story):
    rows = desk.exported("agreements", q="실행계획")
    assert [(row["최근 교류"], row["상대 지역"]) for row in rows] == [("2025-03-13", "유타주")]


def test_feedback_before_the_visit_and_a_stop_outside_the_journey_are_refused(desk, story):
    tour = story["tour"]
    errors = desk.try_post("stop-new", tour.pk, name_ko="수원화성", on="2025-03-14")
    assert list(errors) == ["on"]
    stop = desk.read(tour).context["row"].stops.first()
    assert list(desk.try_post("stop-feedback", tour.pk, stop.pk, rating="", feedback="")) == [
        "feedback"
    ]
