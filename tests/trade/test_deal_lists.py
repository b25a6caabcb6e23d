"""Lists of deals come in by the company's word, are changed by a second list, and are undone."""

from decimal import Decimal as D

import pytest
from tests.imports.sheets import checked, errors, saved, upload, workbook

from gyoryu.imports.actions import batches
from gyoryu.parties import actions as parties
from gyoryu.parties.models import Organisation
from gyoryu.trade.models import Deal, DealStep
from gyoryu.trade.queries import tallies

pytestmark = pytest.mark.django_db
HEAD = ["참가기업", "바이어", "품목", "단계", "일자", "금액", "통화", "확률"]


@pytest.fixture
def companies(province, now):
    return [
        parties.add_organisation(
            province.division, {"kind": "company", "name_ko": name}, by=None, at=now
        )
        for name in ("해담식품", "한빛푸드")
    ]


def listed(unit, officer, now, rows, **options):
    """Take a list in and check it, as its screens would."""
    batch = batches.take(
        unit, "deals", upload(workbook([HEAD, *rows]), "계약추진.xlsx"), by=officer, at=now
    )
    chosen = {"make": True, "currency": "USD", "scale": "1", "partner_kind": "company", **options}
    return checked(batch, officer, now, **chosen)


def test_a_list_comes_in_with_its_steps_tallies_and_source_and_goes_again(
    province, fair, officer, companies, now
) -> None:
    rows = [
        ["해담식품", "사이공푸드", "조미김", "계약추진", "2025-03-01", 120000, "USD", 60],
        ["한빛푸드", "도쿄상사", "쌀과자", "상담", "2025-03-02", "", "", ""],
    ]
    batch = saved(listed(fair.unit, officer, now, rows, at_event=fair.pk), officer, now)
    first, second = Deal.objects.order_by("pk")
    assert (first.grade, first.pursued, first.currency, first.probability, first.event) == (
        "pursued", D(120_000), "USD", 60, fair,
    )  # fmt: skip
    assert (second.grade, second.consulted, second.buyer.name_ko) == ("consulted", None, "도쿄상사")
    assert [(one.proof, one.noted_by) for one in DealStep.objects.all()] == [("word", officer)] * 2
    assert (first.number, first.source_note) == ("DE-2025-0001", "계약추진.xlsx · 2")
    assert (tallies.faults(), Organisation.objects.get(name_ko="도쿄상사").kind) == ({}, "company")
    batches.undo(batches.begin(batch, "undoing", by=officer, at=now), by=officer, at=now)
    assert Deal.objects.filter(voided_at=None).count() == 0
    assert (tallies.kept(), tallies.faults()) == ({}, {})


def test_a_second_list_changes_and_never_tells_a_step(fair, officer, companies, now) -> None:
    row = ["해담식품", "사이공푸드", "조미김", "계약추진", "2025-03-01", 120000, "USD", 60]
    saved(listed(fair.unit, officer, now, [row], at_event=fair.pk), officer, now)
    batch = saved(listed(fair.unit, officer, now, [[*row[:7], 80]], at_event=fair.pk), officer, now)
    deal = Deal.objects.get()
    assert (batch.changed, deal.probability, deal.steps.count()) == (1, 80, 1)
    more = listed(fair.unit, officer, now, [[*row[:5], 150000, "USD", 80]], at_event=fair.pk)
    assert [field for _row, field, _words in errors(more)] == ["grade"]
    batches.undo(batches.begin(batch, "undoing", by=officer, at=now), by=officer, at=now)
    deal.refresh_from_db()
    assert deal.probability == 60


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (["해담식품", "사이공", "김", "계약체결", "2025-03-01", 5, "USD", ""], "grade"),
        (["해담식품", "사이공", "김", "수출완료", "2025-03-01", 5, "USD", ""], "grade"),
        (["해담식품", "사이공", "김", "구두", "2025-03-01", 5, "USD", ""], "grade"),
        (["모르는회사", "사이공", "김", "추진", "2025-03-01", 5, "USD", ""], "company"),
        (["해담식품", "사이공", "김", "추진", "2025-05-01", 5, "USD", ""], "on"),
        (["해담식품", "사이공", "김", "추진", "2025-03-01", "많음", "USD", ""], "amount"),
        (["해담식품", "사이공", "김", "추진", "2025-03-01", 5, "금", ""], "currency"),
        (["해담식품", "사이공", "김", "추진", "2025-03-01", 5, "USD", 101], "probability"),
        (["해담식품", "해담식품", "김", "추진", "2025-03-01", 5, "USD", ""], "buyer"),
    ],
)
def test_a_row_that_cannot_be_is_refused_at_its_cell(
    province, officer, companies, now, row, field
) -> None:
    batch = listed(province.division, officer, now, [row])
    assert [where for _row, where, _words in errors(batch)] == [field]
    assert Deal.objects.count() == 0
