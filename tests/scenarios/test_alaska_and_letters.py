"""Alaska's governor in Seoul, and eleven letters about the “sensitive country” designation."""

import pytest

pytestmark = pytest.mark.django_db
STATES = [
    ("US-UT", "유타주", "State of Utah"),
    ("US-AK", "알래스카주", "State of Alaska"),
    ("US-VA", "버지니아주", "Commonwealth of Virginia"),
    ("US-MI", "미시간주", "State of Michigan"),
    ("US-FL", "플로리다주", "State of Florida"),
    ("US-CA", "캘리포니아주", "State of California"),
    ("US-TX", "텍사스주", "State of Texas"),
    ("US-AZ", "애리조나주", "State of Arizona"),
    ("US-GA", "조지아주", "State of Georgia"),
    ("US-WA", "워싱턴주", "State of Washington"),
]
ASKED = "한국을 민감국가 목록에서 빼도록 연방 정부에 뜻을 전해 주십시오."


@pytest.fixture
def states(desk):
    return [desk.organisation("government", ko, en, code) for code, ko, en in STATES]


@pytest.fixture
def letters(desk, states):
    """One letter, ten states, and a vice chairman."""
    desk.on("2025-03-21")
    ibm = desk.organisation("company", "IBM", "IBM", "US-NY")
    chairman = desk.person(("고든 휘트필드", "Gordon Whitfield"), ("부회장", "Vice Chairman"), ibm)
    letter = desk.engagement(
        "letter", "‘민감국가’ 지정 관련 서한", "Letters on the designation", "2025-03-20"
    )
    desk.ask(letter, states, ASKED, "2025-04-15")
    desk.ask(letter, [ibm], ASKED, "2025-04-15", person=chairman)
    return letter


def answer(desk, organisation, on, said):
    row = next(
        one
        for one in desk.read("requests").context["listing"].page
        if str(one.organisation) == organisation
    )
    desk.post("request-answer", row.pk, on=on, answer=said)


def test_alaskas_governor_was_met_and_what_was_said_is_to_be_followed_up(desk):
    alaska = desk.organisation("government", "알래스카주", "State of Alaska", "US-AK")
    gyeonggi = desk.organisation("government", "경기도", "Gyeonggi Province", "KR-41")
    brooks = desk.person(("마이클 브룩스", "Michael Brooks"), ("주지사", "Governor"), alaska)
    meeting = desk.engagement(
        "meeting",
        "알래스카 주지사 면담",
        "Meeting with Alaska's governor",
        "2025-03-25",
        organisation=alaska,
        region="서울특별시",
        summary="에너지, 기후변화 대응, 관광에서 손잡을 일을 이야기했다.",
    )
    desk.delegation(meeting, "ours", gyeonggi, 6)
    desk.delegation(meeting, "theirs", alaska, 7, (brooks, ""))
    desk.promise(
        "에너지·기후·관광 협력을 실무진이 이어서 다듬겠습니다",
        "joint",
        "2025년 상반기",
        engagement=meeting,
    )
    page = desk.read(meeting)
    assert page.facts("개요")["시기"] == "2025-03-25 (화)"
    assert "에너지, 기후변화 대응, 관광" in page.section("의제와 결과")
    # No title was typed, so it is the one held on that day.
    assert "마이클 브룩스 주지사 단장" in page.section("참석자")
    assert page.promises("ours") == ["에너지·기후·관광 협력을 실무진이 이어서 다듬겠습니다"]
    row = desk.exported("commitments")[0]
    assert (row["기한"], row["상태"]) == ("2025년 상반기", "시작 전")


def test_eleven_addressees_make_one_letter_with_eleven_requests(desk, letters):
    assert desk.listed("engagements") == ["‘민감국가’ 지정 관련 서한"]
    page = desk.read(letters)
    # The page says the words once; what was asked of each is a row of its own.
    assert page.promises() == [ASKED]
    assert [row["요청 내용"] for row in desk.exported("requests")] == [ASKED] * 11
    assert page.facts("개요")["방식"] == "서면"
    assert [row["인물"] for row in desk.exported("requests") if row["상대"] == "IBM"] == [
        "고든 휘트필드"
    ]


def test_the_list_says_which_of_them_have_not_answered(desk, letters):
    desk.on("2025-04-10")
    for name, on in (("유타주", "2025-04-02"), ("조지아주", "2025-04-07"), ("IBM", "2025-04-09")):
        answer(desk, name, on, "뜻을 함께하며 연방 정부에 전하겠다고 했다.")
    waiting = {row["상대"] for row in desk.exported("requests", tab="unanswered")}
    assert waiting == {ko for _, ko, _ in STATES} - {"유타주", "조지아주"}
    assert len(desk.listed("requests", tab="answered")) == 3
    assert desk.listed("requests", tab="late") == []
    desk.on("2025-04-16")
    assert len(desk.listed("requests", tab="late")) == 8
    assert desk.read(letters).section("요청과 답변").count("1일 지남") == 8


def test_the_same_addressee_twice_is_asked_once_and_an_unknown_one_is_named(desk, states):
    letter = desk.engagement("letter", "안부 서한", "A letter", "2025-03-20")
    desk.ask(letter, [states[0], states[0]], ASKED, "")
    assert desk.read(letter).promises() == [ASKED]
    names = f"{states[1]} #{states[1].pk}\n없는주"
    errors = desk.try_post("request-new", letter.pk, organisations=names, words=ASKED)
    assert "없는주" in str(errors["organisations"])
    assert desk.read(letter).promises() == [ASKED]
