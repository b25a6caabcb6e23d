"""The Ministry of Justice: what the province asked, and when the answer was late."""

import pytest

pytestmark = pytest.mark.django_db
ASKED = "2025년 3월 31일에 끝나는 제도를 상시로 바꾸고 요건을 완화해 주십시오."
ANSWER = "3년 더 잇고 요건을 낮추는 방안을 마련했다고 알려 왔다."


def tell(desk):
    desk.on("2025-02-12")
    ministry = desk.organisation("government", "법무부", "Ministry of Justice", "KR")
    made = desk.engagement(
        "letter", "미등록 아동 체류자격 부여 제도 연장 건의",
        "Request to extend the residence scheme", "2025-02-11",
    )  # fmt: skip
    desk.ask(made, [ministry], ASKED, "2025-03-31")
    return made


def the_request(desk):
    return desk.read("requests").context["listing"].page[0]


@pytest.fixture
def letter(told):
    return told


def test_what_was_asked_and_by_when_is_read_off_the_list(desk, letter):
    rows = desk.exported("requests")
    assert [(row["요청 내용"], row["상대"], row["요청일"], row["답신 기한"]) for row in rows] == [
        (ASKED, "법무부", "2025-02-11", "2025-03-31")
    ]
    assert ("2025-03-31", f"[답신 기한] {ASKED} · {letter}") in desk.calendar()


def test_it_is_in_time_on_the_last_day_and_late_on_the_first_of_april(desk, letter):
    desk.on("2025-03-31")
    assert desk.listed("requests", tab="late") == []
    assert "오늘까지" in desk.read("requests")
    desk.on("2025-04-01")
    assert desk.listed("requests", tab="late") == [ASKED]
    assert "1일 지남" in desk.read(letter).section("요청과 답변")


def test_once_it_is_answered_it_is_late_no_longer(desk, letter):
    desk.on("2025-04-03")
    desk.post("request-answer", the_request(desk).pk, on="2025-04-02", answer=ANSWER)
    assert desk.listed("requests", tab="late") == []
    assert [row["답변일"] for row in desk.exported("requests", tab="answered")] == ["2025-04-02"]
    told = desk.read(letter).section("요청과 답변")
    assert "답변 완료 2025-04-02" in told
    assert ANSWER in told
    assert all(ASKED not in summary for _, summary in desk.calendar())


def test_an_answer_needs_words_and_a_day_that_can_have_been(desk, letter):
    row = the_request(desk)
    assert list(desk.try_post("request-answer", row.pk, on="2025-02-12", answer="")) == ["answer"]
    for day in ("2025-02-10", "2025-02-13", "2025-02-30"):
        assert list(desk.try_post("request-answer", row.pk, on=day, answer=ANSWER)) == ["on"]
    assert desk.listed("requests", tab="answered") == []


def test_an_answer_noted_by_mistake_is_taken_back_with_its_reason(desk, letter):
    desk.on("2025-04-03")
    row = the_request(desk)
    desk.post("request-answer", row.pk, on="2025-04-02", answer=ANSWER)
    desk.post("request-reopen", row.pk, reason="다른 건의에 대한 회신이었음")
    assert desk.listed("requests", tab="late") == [ASKED]
    assert "다른 건의에 대한 회신이었음" in desk.read(letter).section("변경 기록")
