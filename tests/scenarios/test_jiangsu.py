"""Jiangsu: sisters since June 2023, a joint body since March 2025, and its second session."""

import pytest
from tests.scenarios.desk import pdf

pytestmark = pytest.mark.django_db
AREAS = ["청소년 교류", "농업기술", "보건의료", "기후·환경", "기업 교류"]
YOUTH = "청소년 상호 방문 교류를 새로 시작하고 초청 공무원 연수를 마련하겠습니다"
FARMS = "농업기술 공동연구 과제를 더 뽑아 실무진끼리 계획을 나누겠습니다"
MEDICS = "장쑤성 의료인 연수를 다시 열겠습니다"
INVITE = "9월 경기도에서 여는 청정대기 국제포럼에 장쑤성을 초청하겠습니다"
COME = "청정대기 국제포럼에 대표단을 보내겠습니다"
CITIES = "화성시와 옌청시의 교류를 넓히도록 두 도시를 잇겠습니다"


def tell(desk):
    """Everything up to the first session, typed in the days it happened."""
    desk.on("2025-03-28")
    gyeonggi = desk.organisation("government", "경기도", "Gyeonggi Province", "KR-41")
    jiangsu = desk.organisation(
        "government", "장쑤성 인민정부", "Jiangsu Provincial People's Government", "CN-JS"
    )
    bureau = desk.organisation(
        "government", "경기도 국제협력국", "Gyeonggi International Cooperation Bureau", "KR-41"
    )
    office = desk.organisation(
        "government", "장쑤성 외사판공실", "Jiangsu Foreign Affairs Office", "CN-JS"
    )
    director = desk.person(("강도현", "Kang Dohyun"), ("국제협력국장", "Director General"), bureau)
    chen = desk.person(("천루이", "Chen Rui"), ("외사판공실 주임", "Director General"), office)
    sisterhood = desk.agreement(
        "sisterhood", "경기도–장쑤성 자매결연", "Gyeonggi–Jiangsu sisterhood", gyeonggi, jiangsu
    )
    desk.sign(sisterhood, "2023-06", "2023-06-30", method="in_person", place="경기도")
    memorandum = desk.agreement(
        "mou",
        "경기도–장쑤성 공동협의체 설립 업무협약",
        "Gyeonggi–Jiangsu memorandum on a joint consultative body",
        bureau,
        office,
        parent=sisterhood,
        areas=AREAS,
    )
    desk.signatory(memorandum, bureau, director, "국제협력국장")
    desk.signatory(memorandum, office, chen, "외사판공실 주임")
    desk.sign(memorandum, "2025-03-27", "2025-03-27", method="in_person", place="장쑤성")
    body = desk.post(
        "body-new",
        memorandum.pk,
        name_ko="경기–장쑤 공동협의체",
        name_en="Gyeonggi–Jiangsu Joint Consultative Body",
        lead_ours=bureau,
        lead_theirs=office,
        founded_on="2025-03-27",
        cadence_months="12",
        areas=AREAS,
    )
    session = desk.post(
        "session-new", body.pk, starts_on="2025-03-27", region="장쑤성", venue="장쑤성 외사판공실"
    )
    desk.delegation(session, "ours", bureau, 6, (director, "국제협력국장"))
    desk.delegation(session, "theirs", office, 7, (chen, "외사판공실 주임"))
    said = {
        words: desk.promise(words, side, due, body=body, engagement=session)
        for words, side, due in (
            (YOUTH, "joint", "2025-12"),
            (FARMS, "joint", "2025년 하반기"),
            (MEDICS, "ours", "2025년 가을"),
            (INVITE, "ours", "2025-06-30"),
            (COME, "theirs", "2025-09"),
            (CITIES, "joint", "2025-12-31"),
        )
    }
    return {
        "sisterhood": sisterhood, "memorandum": memorandum, "body": body, "session": session,
        "said": said,
    }  # fmt: skip


@pytest.fixture
def story(told):
    return told


def test_the_sisterhood_is_known_to_the_month_and_the_memorandum_to_the_day(desk, story):
    assert desk.read(story["sisterhood"]).facts("개요")["서명일"] == "2023년 6월"
    memorandum = desk.read(story["memorandum"])
    facts = memorandum.facts("개요")
    assert facts["서명일"] == "2025-03-27 (목)"
    assert facts["장소·방식"] == "장쑤성, 대면"
    assert set(facts["분야"].split(", ")) == set(AREAS)
    assert [row["서명일"] for row in desk.exported("agreements", sort="signed")] == [
        "2023-06-30",
        "2025-03-27",
    ]


def test_the_memorandum_stands_under_the_sisterhood_with_who_signed_it(desk, story):
    page = desk.read(story["memorandum"])
    assert [name for name, _ in page.steps("계보")][:2] == [
        "경기도–장쑤성 자매결연",
        "경기도–장쑤성 공동협의체 설립 업무협약",
    ]
    parties = page.section("당사자")
    assert "강도현 국제협력국장" in parties
    assert "천루이 외사판공실 주임" in parties


def test_the_body_tells_its_offices_its_rhythm_and_what_either_side_said(desk, story):
    under = desk.read(story["memorandum"]).section("협의체")
    assert "열린 이행과제 6건이 의제에 올라 있습니다." in under
    page = desk.read(story["body"])
    facts = page.facts("개요")
    assert facts["우리 측 주관"] == "경기도 국제협력국"
    assert facts["상대 측 주관"] == "장쑤성 외사판공실"
    assert "2026-03-27 (금)" in page.section("다음 회의")
    assert set(page.promises("ours")) == {YOUTH, FARMS, MEDICS, INVITE, CITIES}
    assert page.promises("theirs") == [COME]
    assert [row[0] for row in page.table("회의 목록")] == ["제1차 경기–장쑤 공동협의체"]


def test_the_second_session_carries_what_is_open_and_sets_the_third(desk, story):
    invite, body = story["said"][INVITE], story["body"]
    desk.on("2025-06-20")
    desk.post("commitment-move", invite.pk, query="?to=done", on="2025-06-20", file=pdf())
    desk.on("2026-03-20")
    assert "7일 남음" in desk.read(body).section("다음 회의")
    desk.on("2026-03-25")
    second = desk.post("session-new", body.pk, starts_on="2026-03-24", region="경기도")
    page = desk.read(body)
    assert "2027-03-24 (수)" in page.section("다음 회의")
    assert [(row[0], row[-1]) for row in page.table("회의 목록")] == [
        ("제2차 경기–장쑤 공동협의체", "5"),
        ("제1차 경기–장쑤 공동협의체", "0"),
    ]
    carried = desk.read(second)
    assert set(carried.promises("ours")) == {YOUTH, FARMS, MEDICS, CITIES}
    assert carried.promises("theirs") == [COME]
    assert ["제2차 경기–장쑤 공동협의체", "2026-03-24 · 이월"] in desk.read(
        story["said"][COME]
    ).steps("어디서 나온 약속인가")


def test_the_calendar_rings_for_the_session_and_for_every_promise(desk, story):
    told = desk.calendar()
    assert ("2026-03-27", "[협의체 회의] 경기–장쑤 공동협의체") in told
    days = {day for day, summary in told if "이행과제" in summary}
    assert days == {"2025-06-30", "2025-09-30", "2025-11-30", "2025-12-31"}


def test_exact_names_are_enough_where_longer_ones_begin_alike(desk, story):
    """Without a script nobody picks from suggestions; 경기도 is not 경기도 국제협력국."""
    names = {"ours": "경기도", "theirs": "장쑤성 외사판공실", "place": "장쑤성"}
    made = desk.post("agreement-new", kind="friendship", title_ko="우호협력 합의", **names)
    parties = [said.split(" 서명자")[0] for _, said in desk.read(made).pairs("당사자")]
    assert parties == ["경기도", "장쑤성 외사판공실"]
    errors = desk.try_post("agreement-new", kind="mou", title_ko="둘째", theirs="장쑤성")
    assert list(errors) == ["theirs"]
    for name in ("장쑤성 인민정부", "장쑤성 외사판공실"):
        assert name in str(errors["theirs"])
