"""A ceramics fair abroad: last year's 349 talks, this year's edition made from it, side by side."""

import pytest
from tests.scenarios import fairs
from tests.scenarios.hands import Hand

pytestmark = pytest.mark.django_db

POTTERIES = [f"도예공방 {place:02}" for place in range(1, 23)]
BUYERS = [f"Maison {place:02}" for place in range(1, 21)]
FAIR = {
    "kind": "exhibition",
    "title_ko": "해외 도자 박람회 2024",
    "title_en": "Ceramics fair abroad 2024",
    "starts_on": "2024-04-25",
    "ends_on": "2024-04-29",
    "cost": "96,000,000",
}
HALL = {
    "name_ko": "파리",
    "name_en": "Paris",
    "region": "FR",
    "timezone": "Europe/Paris",
    "tables": "20",
}
# With whom it is being negotiated this year: nobody has named an amount, or said that it is none.
NEGOTIATED = [
    ("Lumiere", "프랑스", 42_000), ("Haus am See", "독일", ""), ("Casa Bianca", "이탈리아", 0),
    ("Kyo Living", "일본", 18_500),
]  # fmt: skip


def test_this_years_edition_is_made_from_last_years_and_stands_beside_it(
    desk, head, office, settings
):
    officer = Hand(desk.user, settings)
    officer.on("2024-03-04")
    potteries = fairs.companies(office.division, *POTTERIES)
    before = _last_year(officer)
    officer.on("2025-03-27")
    call = fairs.decided(
        office.division, "fair", "도자 박람회 단체 참가", potteries[:20], potteries[20:]
    )
    fair = officer.make(
        "event-copy", before, starts_on="2025-04-24", ends_on="2025-04-28"
    )  # fmt: skip
    page = officer.read("event", fair)
    assert "해외 도자 박람회 2025" in page
    assert "파리" in page
    officer.make("event-edit", fair, programme=str(call.programme_id), call=str(call.pk))
    officer.make("event-step", fair, query="?state=open")
    officer.make("event-take-over", fair)
    # Two that the call left out stay out.
    shown = officer.exported("event-participants", fair)
    assert [row["기관·기업"] for row in shown] == POTTERIES[:20]

    rows = [["기업명", "바이어", "국가", "추진현황", "일자", "금액"]]
    rows += [
        [POTTERIES[place], buyer, land, "추진중", "2025-03-26", amount]
        for place, (buyer, land, amount) in enumerate(NEGOTIATED)
    ]
    fairs.handed_in(officer, "deals", rows, at_event=str(fair), currency="EUR")

    page = officer.read("event-results", fair)
    told = fairs.report(officer, fair)
    assert told["등급별"][1] == ["계약추진", 4, 0, 1, "EUR", 60_500]
    pursued = [row for row in told["국가별"] if row[1] == "계약추진"]
    assert [[row[0], row[2], row[5], row[6]] for row in pursued] == [
        ["독일", 1, "", ""], ["이탈리아", 1, "EUR", 0], ["일본", 1, "EUR", 18_500],
        ["프랑스", 1, "EUR", 42_000],
    ], pursued  # fmt: skip
    assert page.table("지난해와 올해")[:6] == [
        ["참가기업", "19", "20"],
        ["바이어", "20", "0"],
        ["열린 상담", "0", "0"],
        ["상담", "349", "0"],
        ["상담 (USD)", "4,860,000", "없음"],
        ["계약추진", "0", "4"],
    ], page.table("지난해와 올해")


def _last_year(officer):
    """19 potteries, entered from lists as their organiser kept them, and their 349 talks."""
    fair = fairs.planned(officer, [HALL], **FAIR)
    own = [["참가기업", "부스번호"], *([name, f"B-{n}"] for n, name in enumerate(POTTERIES[:19]))]
    fairs.handed_in(officer, "exhibitors", own, event=str(fair))
    fairs.held(officer, fair, FAIR["starts_on"], FAIR["ends_on"])
    officer.on("2024-05-02")
    rows = [["참가기업", "바이어", "국가", "상담일자", "상담액", "통화"]]
    pairs = [(who, turn) for turn in range(20) for who in range(19)][:349]
    amounts = fairs.shared(4_860_000, len(pairs))
    for (who, turn), amount in zip(pairs, amounts, strict=True):
        day = f"2024-04-{25 + turn % 5}"
        rows.append([POTTERIES[who], BUYERS[(who + turn) % 20], "프랑스", day, amount, "USD"])
    fairs.handed_in(officer, "consultations", rows, event=str(fair))
    told = fairs.report(officer, fair)
    assert told["참가 현황"][:2] == [["참가기업", 19], ["바이어", 20]]
    assert told["등급별"][0] == ["상담", 349, 0, 0, "USD", 4_860_000]
    return fair
