# ruff: noqa: E501 (a list reads best a row a line)
"""An organiser's list of consultations: matched, refused by row and column, undone as one."""

from datetime import date
from decimal import Decimal

import pytest
from tests.imports.sheets import errors, upload, workbook
from tests.trade import talk_makers as talk
from tests.trade import trade_makers as make

from gyoryu.imports.actions import batches
from gyoryu.parties.actions import organisations, regions
from gyoryu.parties.models import Organisation
from gyoryu.trade.models import Consultation, Participant
from gyoryu.trade.queries import tallies

pytestmark = pytest.mark.django_db
HEAD = ["연번", "참가기업", "바이어", "국가", "상담일자", "상담시간", "상담품목", "HS코드", "상담액(천불)", "통화",
        "관심도", "후속조치", "후속기한", "비고"]  # fmt: skip
ROWS = [
    [1, "해담식품", "사이공푸드 유통", "베트남", date(2025, 3, 31), "10:30", "조미김", "2008.99", 120, "USD",
     "상", "견본, 견적서", date(2025, 4, 25), "할랄 문의"],
    [2, "해담식품", "Gulf Care Trading", "아랍에미리트", "2025-03-31", "14시", "쌀과자", "", "1,500", "", "중", "", "", ""],
    [3, "(주)해담식품", "Gulf Care Trading", "아랍에미리트", "2025-04-01", "", "조미김", "", "", "", "", "", "", ""],
]  # fmt: skip


@pytest.fixture
def fair(province, now):
    of = talk.fair(province.division)
    seller = {"kind": "company", "name_ko": "해담식품", "name_en": "Haedam Food"}
    made = organisations.add_organisation(of.unit, seller, by=None, at=now)
    make.exhibitor(of, organisation=made)
    land = make.country()
    make.country("AE", "아랍에미리트", "United Arab Emirates")
    for one in (land, make.country("AE")):
        regions.aliases.write_names(one, new=True, by=None)
    buying = {"kind": "company", "name_ko": "사이공푸드 유통", "region": land}
    bought = organisations.add_organisation(of.unit, buying, by=None, at=now)
    make.buyer(of, organisation=bought)
    return of


def taken(fair, by, at, rows, **options):
    batch = batches.take(fair.unit, "consultations", upload(workbook([HEAD, *rows])), by=by, at=at)
    chosen = {"event": str(fair.pk), "currency": "USD", "scale": "1000", "make": True, **options}
    batches.choose(batch, batch.columns, chosen, by=by, at=at)
    return batches.check(batch, by=by, at=at)


def test_a_list_is_taken_in_whole_and_taken_back_as_one(fair, officer, now):
    batch = taken(fair, officer, now, ROWS)
    assert (batch.new, batch.wrong) == (3, 0), errors(batch)
    batches.begin(batch, "saving", by=officer, at=now)
    batch = batches.enter(batch, by=officer, at=now)
    first, second, third = Consultation.objects.order_by("pk")
    told = (first.at.isoformat(), first.about, first.hs_code, first.amount, first.currency,
            first.interest, first.next_steps, first.next_due, first.note, first.country.code)  # fmt: skip
    assert told == (
        "2025-03-31T01:30:00+00:00", "조미김", "200899", Decimal(120_000), "USD", "high",
        ["samples", "quote"], date(2025, 4, 25), "할랄 문의", "VN",
    )  # fmt: skip
    assert (second.amount, second.currency, second.country.code) == (
        Decimal(1_500_000),
        "USD",
        "AE",
    )
    # Nothing was said, which is not zero; and the buyer who came twice was entered once.
    assert (third.amount, third.currency, third.buyer) == (None, "", second.buyer)
    assert second.buyer.organisation.kind == "company"
    assert (first.source, first.unit) == ("imported", fair.unit)
    assert tallies.faults() == {}
    again = taken(fair, officer, now, ROWS)
    assert (again.new, again.same, again.wrong) == (0, 3, 0)
    batches.begin(batch, "undoing", by=officer, at=now)
    batches.undo(batch, by=officer, at=now)
    assert not Consultation.objects.filter(voided_at=None).exists()
    assert not Participant.objects.filter(
        organisation=second.buyer.organisation, voided_at=None
    ).exists()
    assert Organisation.objects.get(name_en="Gulf Care Trading").voided_at
    assert tallies.faults() == {}


def test_a_changed_amount_is_shown_with_both_values_and_put_back(fair, officer, now):
    batch = taken(fair, officer, now, ROWS[:1])
    batches.begin(batch, "saving", by=officer, at=now)
    batches.enter(batch, by=officer, at=now)
    mended = taken(fair, officer, now, [[*ROWS[0][:8], 150, *ROWS[0][9:]]])
    assert (mended.new, mended.changed) == (0, 1)
    batches.begin(mended, "saving", by=officer, at=now)
    mended = batches.enter(mended, by=officer, at=now)
    assert Consultation.objects.get().amount == 150_000
    assert tallies.faults() == {}
    batches.begin(mended, "undoing", by=officer, at=now)
    batches.undo(mended, by=officer, at=now)
    assert Consultation.objects.get().amount == 120_000
    assert tallies.faults() == {}


@pytest.mark.parametrize(
    ("place", "text", "field"),
    [
        (1, "없는기업", "exhibitor"),
        (1, "사이공푸드 유통", "exhibitor"),
        (1, "", "exhibitor"),
        (2, "", "buyer"),
        (3, "없는나라", "country"),
        (4, "2025-04-02", "day"),
        (4, "2025-03-01", "day"),
        (4, "어제", "day"),
        (5, "25:10", "begins"),
        (7, "김", "hs_code"),
        (8, "많이", "amount"),
        (9, "냥", "currency"),
        (10, "그럭저럭", "interest"),
        (11, "춤", "next_steps"),
        (12, "2025-03-01", "next_due"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(fair, officer, now, place, text, field):
    row = [*ROWS[0]]
    row[place] = text
    batch = taken(fair, officer, now, [row])
    assert [name for line in batch.lines.all() for name, _why in line.errors] == [field]


def test_without_its_event_or_for_anothers_no_row_is_good(
    fair, officer, person_with, province, now
):
    assert taken(fair, officer, now, ROWS[:1], event="").wrong == 1
    stranger = talk.fair(province.other)
    assert taken(fair, officer, now, ROWS[:1], event=str(stranger.pk)).wrong == 1


def test_the_day_is_that_of_the_place_where_they_talked(fair, officer, now):
    # In Lima it is still the evening of 31 March.
    fair.legs.update(timezone="America/Lima")
    told = [[*ROWS[0][:4], day, *ROWS[0][5:]] for day in ("2025-03-31", "2025-04-01")]
    assert errors(taken(fair, officer, now, [told[0]])) == []
    assert [field for _row, field, _why in errors(taken(fair, officer, now, [told[1]]))] == ["day"]
