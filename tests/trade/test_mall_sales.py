"""A mall's own spreadsheet comes in whole or not at all, in the language in which it was given."""

from datetime import date
from decimal import Decimal as D

import centre_makers as make
import pytest
import trade_makers
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.imports.sheets import checked, errors, saved, taken, upload, workbook

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.imports.actions import batches
from gyoryu.imports.models import Batch
from gyoryu.imports.sheets import sales as sheet
from gyoryu.trade.actions import campaigns, centres
from gyoryu.trade.models import RunningCost, Sale

CHINESE = [
    ["订单编号", "商品编码", "付款时间", "数量", "实付金额（元）", "收货人", "活动名称"],
    ["P-1", "10001", "2025-03-05 14:05:11", 2, "¥136.00", "某人", ""],
    ["P-2", "10001", "2025年3月6日", -1, "-68.00", "某人", ""],
    ["P-3", "10002", "2025/3/20 09:30", 1, "25.5", "某人", "봄 판촉"],
]
KOREAN = [
    ["주문번호", "상품번호", "주문일", "수량", "결제금액", "통화"],
    ["P-9", "10001", "2025.3.7", "3", "1,204", "위안"],
]


@pytest.fixture
def mall(province):
    made = make.channel(province.division)
    company = trade_makers.organisation(province.division, "해담식품")
    for code in ("10001", "10002"):
        make.listing(made, make.product(company, f"제품 {code}"), code=code)
    given_ = {"name_ko": "봄 판촉", "starts_on": date(2025, 3, 1), "ends_on": date(2025, 3, 6)}
    campaigns.add(made, given_, [], **trade_makers.SAID)
    return made


@pytest.fixture
def comes(province, officer, now, mall):
    """Take rows in as sales of the mall, and check them."""

    def take(rows, **options):
        return taken(
            province, officer, now, workbook(rows), kind="sales", channel=mall.pk, **options
        )

    return take


@pytest.mark.django_db
def test_a_chinese_file_comes_in_with_promotions_found_and_told(comes, officer, now) -> None:
    batch = saved(comes(CHINESE), officer, now)
    assert (batch.new, batch.columns) == (
        3, {"0": "order", "1": "code", "2": "on", "3": "quantity", "4": "amount", "6": "campaign"},
    )  # fmt: skip
    held = Sale.objects.order_by("order").values_list(
        "order", "listing__code", "on", "quantity", "amount", "currency", "campaign__name_ko",
        "campaign_told", "source_note",
    )  # fmt: skip
    assert list(held) == [
        ("P-1", "10001", date(2025, 3, 5), 2, D(136), "CNY", "봄 판촉", False, "list.xlsx · 2"),
        ("P-2", "10001", date(2025, 3, 6), -1, D(-68), "CNY", "봄 판촉", False, "list.xlsx · 3"),
        ("P-3", "10002", date(2025, 3, 20), 1, D("25.5"), "CNY", "봄 판촉", True, "list.xlsx · 4"),
    ]
    # The buyers' names stand in no column that is read.
    assert "某人" not in str(list(batch.lines.values_list("cells", flat=True)))
    assert Entry.objects.filter(verb="sale.entered").count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_chinese_csv_is_read_in_the_encoding_it_has(
    province, officer, now, mall, encoding
) -> None:
    text = "\n".join(",".join(map(str, row)) for row in CHINESE[:3])
    content = upload(text.encode(encoding), "订单.csv")
    batch = batches.take(province.division, "sales", content, by=officer, at=now)
    batch = checked(batch, officer, now, channel=mall.pk)
    assert (batch.new, batch.wrong) == (2, 0)


@pytest.mark.django_db
def test_korean_headings_do_as_well(comes, officer, now) -> None:
    saved(comes(KOREAN), officer, now)
    row = Sale.objects.get()
    assert (row.order, row.quantity, row.amount, row.currency) == ("P-9", 3, D(1204), "CNY")


@pytest.mark.django_db
def test_one_wrong_row_keeps_the_whole_file_out_and_names_its_cell(comes, officer, now) -> None:
    rows = [
        CHINESE[0],
        ["P-1", "10001", "2025-03-05", 2, "136", "", ""],
        ["P-2", "99999", "2025-03-05", 2, "136", "", ""],
        ["P-3", "10001", "어제", 2, "136", "", ""],
        ["P-4", "10001", "2025-03-05", "many", "136", "", ""],
        ["P-5", "10001", "2025-04-02", 1, "136", "", ""],
        ["P-6", "10001", "2025-03-05", 1, "-136", "", ""],
        ["P-1", "10001", "2025-03-06", 2, "136", "", ""],
        ["P-7", "10001", "2025-03-05", 1, "1", "", "가을 판촉"],
        ["", "10001", "2025-03-05", 1, "1", "", ""],
    ]
    batch = comes(rows)
    assert [(row, field) for row, field, _words in errors(batch)] == [
        (3, "code"), (4, "on"), (5, "quantity"), (6, "on"), (7, "amount"), (8, "order"),
        (9, "campaign"), (10, "order"),
    ]  # fmt: skip
    for only_good in (False, True):
        with pytest.raises(Refused):
            saved(batch, officer, now, only_good=only_good)
    assert Sale.objects.count() == 0


@pytest.mark.django_db
def test_the_same_file_twice_is_refused_until_it_is_undone(comes, province, officer, now) -> None:
    batch = saved(comes(CHINESE), officer, now)
    with pytest.raises(Refused) as refused:
        comes(CHINESE)
    assert refused.value.field == "file"
    assert Batch.objects.count() == 1
    begun = batches.begin(batch, "undoing", by=officer, at=now)
    batches.undo(begun, by=officer, at=now)
    assert Sale.objects.filter(voided_at=None).count() == 0
    saved(comes(CHINESE), officer, now)
    assert Sale.objects.filter(voided_at=None).count() == 3


@pytest.mark.django_db
def test_an_overlapping_file_adds_what_is_new_and_refuses_what_differs(comes, officer, now) -> None:
    saved(comes(CHINESE), officer, now)
    more = [*CHINESE, ["P-4", "10002", "2025-03-21", 1, "25.5", "", ""]]
    batch = saved(comes(more), officer, now)
    assert (batch.new, batch.same, Sale.objects.count()) == (1, 3, 4)
    differs = [CHINESE[0], ["P-1", "10001", "2025-03-05", 3, "136", "", ""]]
    assert [(row, field) for row, field, _words in errors(comes(differs))] == [(2, "quantity")]


@pytest.mark.django_db
def test_unknown_numbers_are_listed_and_tied_and_the_file_then_comes_in(
    comes, mall, province, officer, now, signed_in
) -> None:
    company = trade_makers.organisation(province.division, "새로식품")
    row = make.listing(mall, make.product(company, "새 제품"), until="documents")
    rows = [CHINESE[0], ["P-1", "55-A", "2025-03-05", 2, "136", "", ""]]
    batch = comes(rows)
    browser = signed_in(officer, "en")
    page = browser.get(batch.get_absolute_url()).content.decode()
    tie = reverse("channel-codes", args=[mall.pk]) + "?code=55-A"
    assert ("55-A" in page, tie in page) == (True, True)
    assert "새 제품" in browser.get(tie).content.decode()
    browser.post(tie, {"code_0": row.pk})
    row.refresh_from_db()
    assert row.code == "55-A"
    assert saved(checked(batch, officer, now), officer, now).new == 1


@pytest.mark.django_db
def test_costs_come_in_change_and_go_back(province, officer, now) -> None:
    centre = make.centre(province.division)
    march = {(date(2025, 3, 1), "rent"): 100}
    centres.note_costs(centre, march, **trade_makers.SAID)
    rows = [["센터", "월", "비목", "금액(원)"], ["도연 해외비즈니스센터", "2025-03", "임차료", "3,000,000"],
            ["", "2025년 4월", "인건비", "0"]]  # fmt: skip
    batch = taken(province, officer, now, workbook(rows), kind="costs", centre=centre.pk)
    assert (batch.new, batch.changed, batch.wrong) == (1, 1, 0)
    batch = saved(batch, officer, now)
    assert sorted(RunningCost.objects.values_list("month", "kind", "amount")) == [
        (date(2025, 3, 1), "rent", 3_000_000), (date(2025, 4, 1), "staff", 0),
    ]  # fmt: skip
    batches.undo(batches.begin(batch, "undoing", by=officer, at=now), by=officer, at=now)
    standing = RunningCost.objects.filter(voided_at=None)
    assert list(standing.values_list("kind", "amount")) == [("rent", 100)]


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False), st.booleans())
def test_amounts_are_read_as_malls_write_them(value, marked) -> None:
    plain = f"{abs(value):,.2f}"
    sign = "-" if value < 0 else ""
    told = (
        f"{sign}¥{plain}",
        f"¥{sign}{plain}",
        f"{sign}{plain}元",
        f"({plain})" if sign else plain,
    )
    for text in told if marked else (f"{sign}{plain}",):
        assert sheet.amount(text) == value
