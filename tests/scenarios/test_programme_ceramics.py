"""Twenty potteries are recruited in March for a fair; the office bears what they need there."""

import pytest
from tests.scenarios import hands
from tests.scenarios.hands import Hand

pytestmark = pytest.mark.django_db

BENEFITS = [
    ("숙박", 1_200_000), ("운송", 1_800_000), ("보험", 150_000), ("부스 장치", 2_600_000),
    ("홍보", 750_000),
]  # fmt: skip
EACH = sum(won for _name, won in BENEFITS)
CALL = {
    "title_ko": "2025년 해외 도자 박람회 참가업체 모집",
    "summary_ko": "도자 박람회 공동관에 함께 나갈 도예 업체를 모집한다.",
    "event": "해외 도자 박람회 2025",
    "opens_at": "2025-03-03 09:00",
    "closes_at": "2025-03-21 18:00",
    "places": "20",
    "award_most": f"{EACH:,}",
    "reviewed": [],
    "ask_amount": [],
}
QUESTIONS = [
    ("long", {"label_ko": "전시할 작품", "code": "works", "required": "on"}),
    ("number", {"label_ko": "운송 상자 수", "code": "boxes", "required": "on", "most": "60"}),
]
PARTS = [
    ("categories", {"name_ko": name, "most": f"{won:,}", "in_kind": "on"}) for name, won in BENEFITS
]


def test_twenty_of_22_potteries_get_five_benefits_without_a_panel(desk, head, settings):
    officer, chief = Hand(desk.user, settings), Hand(head.user, settings)
    officer.on("2025-02-24")
    under = hands.strategy(chief, "현장에서 크는 기업")
    fair = hands.programme(officer, under, "fair", "도자 박람회 단체 참가")
    line = hands.line(chief, fair, 2025, "180,000,000", code="307-04")
    call = hands.call(officer, fair, CALL, questions=QUESTIONS, parts=PARTS)
    hands.announce(chief, line, call, "160,000,000", "2025-02-24")
    officer.on("2025-03-10")
    potteries = [_applied(officer, settings, call, place) for place in range(22)]
    officer.on("2025-03-24")
    officer.quick("call-screen", call)
    # Whoever is not screened yet would lose a place: nothing is decided before.
    assert "22" in str(chief.try_post("call-select", call))
    officer.quick("call-pass", call)
    assert officer.refused("call-select", call)

    left_out = chief.try_post("call-select", call)
    assert list(left_out) == ["others"]
    chief.post("call-select", call, others="reserve", reason="20개 업체까지 접수 순으로 선정")
    rows = officer.exported("call-applications", call)
    told = sorted((row["상태"] for row in rows), reverse=True)
    assert told == ["예비 선정"] * 2 + ["선정"] * 20
    assert "접수 순" in potteries[21].read("my-application", _own(potteries[21])).text

    for row in chief.read("call-awards", call).context["selected"]:
        made = chief.make(
            "award-new", query=f"?application={row.pk}", kind="benefit", amount=f"{EACH:,}",
            starts_on="2025-04-01", ends_on="2025-09-30", claims_until="2025-10-31",
            report_due_on="2025-11-28",
        )  # fmt: skip
        officer.quick("award-sign", made, on="2025-03-24")
    board = officer.read("call-awards", call)
    assert board.context["sums"].limit == 20 * EACH == 130_000_000
    assert [(name, sums.limit) for name, sums in board.context["categories"]] == [
        (name, 20 * won) for name, won in BENEFITS
    ]
    _benefit_of_a_stay(officer, chief, potteries[0])
    board = officer.read("call-awards", call)
    stay = dict(board.context["categories"])["숙박"]
    assert (stay.limit, stay.committed) == (20 * 1_200_000, 1_100_000)


def _benefit_of_a_stay(officer, chief, pottery):
    """The office books a stay and enters what it cost; the pottery cannot claim it."""
    officer.on("2025-05-06")
    award = pottery.read("my-awards").context["rows"][0].pk
    assert "heading" in pottery.try_post(
        "my-claim-new", award, provider_name="누리여행", invoice="A-1", invoice_on="2025-05-02",
        supply="1,100,000",
    )  # fmt: skip
    stay = officer.read("award", award).context["headings"][0].pk
    claim = officer.make(
        "claim-new", award, heading=str(stay), provider_name="누리여행",
        provider_number=hands.business_number(5200), invoice="A-1", invoice_on="2025-05-02",
        supply="1,100,000",
    )  # fmt: skip
    officer.post("claim-submit", claim)
    chief.post("claim-approve", claim)


def _applied(officer, settings, call, place):
    pottery = hands.outsider(settings, f"pot{place}@company.example", f"도예가 {place}")
    hands.act_for(officer, pottery, hands.business_number(place + 101), f"도예 {place + 1:02}")
    hands.apply(
        pottery,
        call,
        {"name": f"도예 {place + 1:02}", "q.works": "식기와 다기", "q.boxes": str(4 + place % 7)},
    )
    return pottery


def _own(pottery):
    section = pottery.read("my").context["sections"]
    return next(
        int(line.href.strip("/").split("/")[-1])
        for one in section
        for line in one.lines
        if "/applications/" in line.href
    )
