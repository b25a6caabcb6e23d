"""A four-day show abroad: 26 companies of a call, 558 talks, 145 deals, and what was shipped."""

from decimal import Decimal

import pytest
from tests.scenarios import fairs
from tests.scenarios.desk import pdf
from tests.scenarios.hands import Hand

pytestmark = pytest.mark.django_db

NAMES = [f"전시기업 {place:02}" for place in range(1, 27)]
BUYERS = [f"Iberia {place:02} Telecom" for place in range(24)]
LANDS = ("스페인", "프랑스", "독일", "튀르키예")
DAYS = [f"2025-03-0{day}" for day in (3, 4, 5, 6)]
# Sixteen companies talked 22 times, nine 21 times, and the last one 17 times.
TALKS = [22] * 16 + [21] * 9 + [17]
SHOW = {
    "kind": "exhibition",
    "title_ko": "모바일 산업 전시회 2025 한결도관",
    "title_en": "Mobile Industry Show 2025, Hangyeol pavilion",
    "starts_on": DAYS[0],
    "ends_on": DAYS[-1],
    "cost": "118,000,000",
}
HALL = {
    "name_ko": "바르셀로나",
    "name_en": "Barcelona",
    "region": "ES",
    "timezone": "Europe/Madrid",
    "tables": "26",
}


RELEASE = {
    "title": "한결도관, 모바일 산업 전시회에서 상담 558건",
    "text": (
        "한결도는 3일부터 6일까지 스페인 바르셀로나에서 열린 모바일 산업 전시회에 "
        "도내 기업 26개사와 함께 참가했다고 10일 밝혔다. "
        "참가기업은 해외 바이어와 558건의 상담을 진행해 상담액 1억 6608만 달러를 기록했으며, "
        "이 가운데 145건 5678만 달러의 계약을 추진하고 있다."
    ),
    "address": "https://news.example.test/mobile-show",
    "published": "2025-03-10",
    "language": "ko",
}


def test_558_talks_145_deals_and_what_became_of_them(desk, head, office, settings):
    officer, chief = Hand(desk.user, settings), Hand(head.user, settings)
    officer.on("2025-02-21")
    *chosen, other = fairs.companies(office.division, *NAMES, "탈락기업")
    call = fairs.decided(office.division, "support", "해외전시회 지원", chosen, [other])
    own = {"programme": str(call.programme_id), "call": str(call.pk)}
    show = fairs.planned(officer, [HALL], **SHOW, **own)
    officer.make("event-take-over", show)
    shown = officer.exported("event-participants", show)
    assert [row["기관·기업"] for row in shown] == NAMES

    fairs.held(officer, show, DAYS[0], DAYS[-1])
    officer.on("2025-03-10")
    pairs = _talked(officer, show)
    _pursued(officer, show, pairs)
    _told_by_a_release(officer, show)
    _reported(officer, show)
    _signed_and_shipped(officer, chief, show)
    _seventeen_taken_back(officer, show)


def _talked(officer, show):
    """The organiser's spreadsheet, amounts in thousands of dollars."""
    pairs = [(who, turn) for who, count in enumerate(TALKS) for turn in range(count)]
    rows = [["참가기업", "바이어", "국가", "상담일자", "상담시간", "상담품목", "상담액(천불)"]]
    amounts = fairs.shared(166_080, len(pairs))
    for place, ((who, turn), amount) in enumerate(zip(pairs, amounts, strict=True)):
        buyer = (who + turn) % len(BUYERS)
        when = (DAYS[place % 4], f"{9 + turn % 8}:30")
        rows.append([NAMES[who], BUYERS[buyer], LANDS[buyer % 4], *when, "통신 부품", amount])
    assert len(rows) == 1 + 558
    fairs.handed_in(officer, "consultations", rows, event=str(show), scale="1000")
    return [(row[0], row[1], row[2]) for row in rows[1:]]


def _pursued(officer, show, pairs):
    rows = [["기업명", "바이어", "국가", "추진현황", "추진일", "계약추진액(천불)"]]
    amounts = fairs.shared(56_780, 145)
    rows += [
        [*pair, "계약추진", DAYS[-1], amount]
        for pair, amount in zip(pairs[:145], amounts, strict=True)
    ]
    fairs.handed_in(officer, "deals", rows, at_event=str(show), scale="1000")


def _told_by_a_release(officer, show):
    """The release is handed in as an article; what was read in it is let in by an officer."""
    officer.post("hand-in", **RELEASE)
    (article,) = officer.read("articles").context["listing"].page
    read = officer.read("review-article", article.pk)
    assert "모바일 산업 전시회 2025 한결도관" in read
    candidate = article.candidates.get(kind="result", state="waiting")
    officer.quick("candidate-accept", candidate.pk)
    candidate.refresh_from_db()
    assert candidate.state == "accepted"
    page = officer.read("event-published", show)
    figures = page.context["beside"].told[0].figures
    assert [(one.name, one.told, one.held, one.apart) for one in figures] == [
        ("companies", 26, 26, 0),
        ("consultations", 558, 558, 0),
        ("consulted", Decimal(166_080_000), Decimal(166_080_000), 0),
        ("deals", 145, 145, 0),
        ("pursued", Decimal(56_780_000), Decimal(56_780_000), 0),
    ]
    assert [row[-1] for row in page.table()] == ["일치"] * 5, page.table()


def _reported(officer, show):
    told = fairs.report(officer, show)
    assert told["등급별"] == [
        ["상담", 558, 0, 0, "USD", 166_080_000],
        ["계약추진", 145, 0, 0, "USD", 56_780_000],
        ["계약체결", 0, 0, 0, "", ""],
        ["수출실적(증빙)", 0, 0, 0, "", ""],
    ], told["등급별"]


def _signed_and_shipped(officer, chief, show):
    """One deal gets its contract, the other leaves the country; nothing is added to anything."""
    signed, shipped = list(officer.read("deals", event=show).context["listing"].page)[:2]
    officer.on("2025-03-24")
    step = {"grade": "signed", "on": "2025-03-20", "amount": "120,000"}
    refused = officer.try_post("deal-step-new", signed.pk, **step, proof="contract")
    assert list(refused) == ["file"], refused
    paper = pdf("공급 계약서.pdf")
    officer.make("deal-step-new", signed.pk, **step, proof="contract", file=paper)
    officer.make(
        "deal-step-new", shipped.pk, grade="verified", on="2025-03-21", amount="64,000",
        proof="declaration", declaration="12345-25-030001X",
    )  # fmt: skip
    assert fairs.report(officer, show)["등급별"][-1] == ["수출실적(증빙)", 0, 0, 0, "", ""]
    (waits, _why) = chief.read("deal", shipped.pk).context["waiting"][0]
    chief.make("deal-step-verify", shipped.pk, waits.pk)

    assert fairs.report(officer, show)["등급별"][1:] == [
        ["계약추진", 145, 0, 0, "USD", 56_780_000],
        ["계약체결", 2, 0, 1, "USD", 120_000],
        ["수출실적(증빙)", 1, 0, 0, "USD", 64_000],
    ]
    money = officer.read("event-results", show).section("투입 예산과 수출실적(증빙)")
    assert "118,000,000" in money
    assert "64,000" in money
    board = officer.read("results", grade=["pursued", "signed"])
    assert "계약추진" in str(board.context["why_not_added"])
    assert str(board.context["why_not_added"]) in board
    assert "56,900,000" not in board


def _seventeen_taken_back(officer, show):
    """Of the last company nothing is left: 541 stand, and the page says which are missing."""
    listed = officer.read("consultations", event=show, company=NAMES[-1])
    rows = list(listed.context["listing"].page)
    assert len(rows) == 17
    for row in rows:
        officer.make("consultation-void", row.pk, reason="상담일지 없음")
    page = officer.read("event-published", show)
    told = {one.name: one for one in page.context["beside"].told[0].figures}
    talks = told["consultations"]
    assert (talks.told, talks.held, talks.apart) == (558, 541, 17)
    lack = page.context["beside"].missing
    assert {one.pk for one in lack.taken_back} == {row.pk for row in rows}
    assert [str(one) for one in lack.silent] == [NAMES[-1]]
    assert f"{NAMES[-1]} × {BUYERS[41 % 24]}" in page
    assert NAMES[0] not in page
    assert fairs.report(officer, show)["등급별"][0][:2] == ["상담", 541]
