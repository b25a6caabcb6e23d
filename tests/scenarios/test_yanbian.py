"""Yanbian: signed by video with a bureau, a zone and a company; a date moved; a promise kept."""

import pytest
from tests.scenarios.desk import pdf

pytestmark = pytest.mark.django_db
LIST = "참가할 도내 기업을 추려 명단을 보내겠습니다"
SHOW = "경기도 기업의 소비재를 옌지에서 선보일 자리를 마련하겠습니다"


def tell(desk):
    desk.on("2025-02-28")
    agency = desk.organisation("agency", "경기도경제과학진흥원", "GBSA", "KR-41")
    bureau = desk.organisation(
        "government", "옌볜조선족자치주 상무국", "Yanbian Bureau of Commerce", "CN-JL"
    )
    zone = desk.organisation("agency", "옌지고신기술산업개발구", "Yanji High-tech Zone", "CN-JL")
    firm = desk.organisation("company", "지린동방무역유한공사", "Jilin Dongfang Trading", "CN-JL")
    director = desk.person(("박성호", "Piao Chenghao"), ("국장", "Director"), bureau)
    wang = desk.person(("왕리신", "Wang Lixin"), ("총경리", "General Manager"), firm)
    memorandum = desk.agreement(
        "mou", "경기도–옌볜 경제통상 업무협약", "Gyeonggi–Yanbian memorandum on trade",
        agency, bureau, zone, firm, areas=["통상", "기업 교류"],
    )  # fmt: skip
    desk.signatory(memorandum, bureau, director, "국장")
    desk.signatory(memorandum, firm, wang, "총경리")
    desk.sign(memorandum, "2025-02-27", "2025-02-27", method="video")
    meeting = desk.engagement(
        "video_conference", "옌볜 경제통상 업무협약 화상 서명식", "Video signing", "2025-02-27",
        organisation=bureau, agreement=memorandum,
    )  # fmt: skip
    said = {
        words: desk.promise(words, side, due, agreement=memorandum, engagement=meeting)
        for words, side, due in ((SHOW, "theirs", "2025-09"), (LIST, "ours", "2025-03-25"))
    }
    return {"memorandum": memorandum, "meeting": meeting, "ours": said[LIST]}


@pytest.fixture
def story(told):
    return told


def test_a_bureau_a_zone_and_a_company_signed_by_video(desk, story):
    page = desk.read(story["memorandum"])
    assert page.facts("개요")["장소·방식"] == "화상"
    parties = page.section("당사자")
    for name in ("옌볜조선족자치주 상무국", "옌지고신기술산업개발구", "지린동방무역유한공사"):
        assert name in parties
    assert "박성호 국장" in parties
    assert "왕리신 총경리" in parties
    assert desk.read(story["meeting"]).facts("개요")["방식"] == "화상"


def test_a_due_date_moves_when_somebody_else_approves_the_reason(desk, head, story):
    row = story["ours"]
    desk.on("2025-03-20")
    desk.post("commitment-due", row.pk, due="2025-04-10", reason="참가 신청이 4월 초에 끝남")
    assert desk.read(row).facts("개요")["기한"] == "2025-03-25 (화)"
    assert "승인" in desk.read("commitment-due", row.pk)
    assert desk.send_raw("commitment-due", row.pk, approve="1").status_code == 422
    assert desk.read(row).facts("개요")["기한"] == "2025-03-25 (화)"
    assert head.listed("commitments", tab="waiting") == [LIST]
    head.post("commitment-due", row.pk, press="approve", remark="한 번만 늦춥니다")
    page = desk.read(row)
    assert page.facts("개요")["기한"] == "2025-04-10 (목)"
    moved = page.table("기한 변경 이력")
    assert [row[:2] for row in moved] == [["2025-03-25", "2025-04-10"]]
    assert "참가 신청이 4월 초에 끝남" in moved[0][2]
    assert "한 번만 늦춥니다" in moved[0][3]


def test_a_refused_date_leaves_the_old_one_and_the_promise_falls_late(desk, head, story):
    row = story["ours"]
    desk.on("2025-03-20")
    desk.post("commitment-due", row.pk, due="2025-04-10", reason="참가 신청이 늦음")
    head.post("commitment-due", row.pk, press="refuse", remark="약속한 날을 지킵시다")
    desk.on("2025-03-26")
    assert desk.listed("commitments", tab="late") == [LIST]
    assert "승인되지 않음" in desk.read(row).section("기한 변경 이력")


def test_closing_a_promise_needs_the_document_that_shows_it(desk, story):
    row = story["ours"]
    desk.on("2025-03-24")
    errors = desk.try_post("commitment-move", row.pk, query="?to=done", on="2025-03-24")
    assert list(errors) == ["file"]
    assert "시작 전" in desk.read(row)
    desk.post(
        "commitment-move", row.pk, query="?to=done", on="2025-03-24", file=pdf("참가기업명단.pdf")
    )
    page = desk.read(row)
    assert "완료" in page.section("변경 기록")
    assert "참가기업명단" in page.section("문서")
    assert desk.listed("commitments", tab="done") == [LIST]
    desk.on("2025-03-26")
    kept = desk.exported("agreements")[0]
    assert (kept["기한이 온 이행과제"], kept["기한 안에 지킨 약속"]) == ("1", "1")


def test_a_promise_cannot_have_been_due_before_the_signing(desk, story):
    fields = {"words": "미리 보내겠습니다", "side": "theirs", "due": "2025-02-26"}
    query = f"?agreement={story['memorandum'].pk}"
    assert list(desk.try_post("commitment-new", query=query, **fields)) == ["due"]
