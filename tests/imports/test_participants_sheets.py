# ruff: noqa: E501 (a list reads best a row a line)
"""Lists of buyers and exhibitors come in as offices keep them, are compared, and can be undone."""

from datetime import date

import pytest
from tests.imports.sheets import errors, saved, taken, workbook

from gyoryu.imports.actions import batches
from gyoryu.parties.models import Organisation
from gyoryu.trade.models import Event, Participant

pytestmark = pytest.mark.django_db
BUYERS = [
    [
        "연번",
        "바이어사",
        "국가",
        "담당자",
        "이메일",
        "사용언어",
        "관심품목",
        "HS코드",
        "최대상담건수",
        "상태",
    ],
    [
        1,
        "가나푸드 유통",
        "중국",
        "리 웨이",
        "li@gana.example",
        "중국어, 영어",
        "김",
        "1212.21",
        12,
        "",
    ],
    [2, "Naru Mart", "일본", "Sato", "sato@naru.example", "일본어", "막걸리", "2206", "", "확정"],
]


@pytest.fixture
def fair(province):
    return Event.objects.create(
        unit=province.division, kind="meeting_fair", number="EV-2025-0001", title_ko="상담회",
        state="open", state_since=date(2025, 3, 1), starts_on=date(2025, 4, 17), ends_on=date(2025, 4, 18),
    )  # fmt: skip


def read(province, officer, now, rows, fair, kind="buyers"):
    return taken(
        province, officer, now, workbook(rows), kind=kind, event=fair.pk, partner_kind="company"
    )


def test_buyers_come_in_with_their_companies(province, officer, now, places, fair) -> None:
    batch = read(province, officer, now, BUYERS, fair)
    assert (batch.new, errors(batch)) == (2, [])
    saved(batch, officer, now)
    first, second = Participant.objects.order_by("pk")
    assert (first.state, first.languages, first.hs_codes, first.most) == (
        "invited",
        ["zh", "en"],
        ["121221"],
        12,
    )
    assert (first.contact_name, first.contact_email, first.source) == (
        "리 웨이",
        "li@gana.example",
        "imported",
    )
    assert (second.state, second.organisation.name_en, second.organisation.region) == (
        "confirmed", "Naru Mart", places["JP"],
    )  # fmt: skip
    assert {one.kind for one in Organisation.objects.all()} == {"company"}
    again = read(province, officer, now, BUYERS, fair)
    assert (again.new, again.same, again.changed) == (0, 2, 0)


def test_what_changed_is_told_and_taken_back(province, officer, now, places, fair) -> None:
    saved(read(province, officer, now, BUYERS, fair), officer, now)
    later = [list(row) for row in BUYERS]
    later[1][5], later[1][8] = "중국어", 6
    batch = read(province, officer, now, later, fair)
    assert (batch.changed, batch.same) == (1, 1)
    told = batch.lines.get(row=2).changes
    assert told["languages"][1] == {"ko": "중국어", "en": "Chinese"}
    batch = saved(batch, officer, now)
    row = Participant.objects.order_by("pk")[0]
    assert (row.languages, row.most) == (["zh"], 6)
    batches.undo(batches.begin(batch, "undoing", by=officer, at=now), by=officer, at=now)
    row.refresh_from_db()
    assert (row.languages, row.most, row.voided_at) == (["zh", "en"], 12, None)


def test_exhibitors_come_in_with_booths_and_an_undo_strikes_them_off(
    province, officer, now, places, fair
) -> None:
    rows = [
        ["참가기업", "부스번호", "전시품목", "HS코드"],
        ["해담식품", "A-12", "조미김", "2008.99"],
    ]
    batch = saved(read(province, officer, now, rows, fair, "exhibitors"), officer, now)
    row = Participant.objects.get()
    assert (row.side, row.state, row.booth, row.in_catalogue) == (
        "exhibitor",
        "confirmed",
        "A-12",
        True,
    )
    batches.undo(batches.begin(batch, "undoing", by=officer, at=now), by=officer, at=now)
    row.refresh_from_db()
    assert row.voided_at == now


def test_each_wrong_cell_says_why(province, officer, now, places, fair) -> None:
    rows = [BUYERS[0], *[list(BUYERS[1]) for _n in range(4)]]
    for n, row in enumerate(rows[1:]):
        row[1] = f"바이어 {n}"
    rows[1][5], rows[2][7], rows[3][4], rows[4][8] = "화성어", "12ab", "li at gana", 0
    batch = read(province, officer, now, rows, fair)
    assert [(row, field) for row, field, _words in errors(batch)] == [
        (2, "languages"), (3, "hs_codes"), (4, "contact_email"), (5, "most"),
    ]  # fmt: skip
    Event.objects.update(state="held")
    held = read(province, officer, now, BUYERS, fair)
    assert held.wrong == 2
