"""Online marketing with Yanbian: goods in Chinese malls, and the business centre that runs it."""

import pytest
from django.test import Client
from tests.scenarios import fairs
from tests.scenarios.hands import Hand

from gyoryu.parties.models import Product

pytestmark = pytest.mark.django_db

MAKER = "한결식품"
# Korean, English, Chinese, HS code, yuan
GOODS = [
    ("홍삼 농축액", "Red ginseng extract", "红参浓缩液", "1302.19", "268"),
    ("조미김", "Seasoned laver", "调味海苔", "2008.99", "39"),
    ("유자차", "Yuzu tea", "柚子茶", "2106.90", "45"),
    ("전기 요", "Electric mat", "电热毯", "6301.10", "399"),
]
STEPS = [("documents", "2024-12-02"), ("registered", "2024-12-11"), ("live", "2024-12-20")]
SOLD = [
    ["订单编号", "商品编码", "付款时间", "数量", "实付金额（元）", "收货人"],
    ["YB-1", "HP1000", "2025-01-14 10:02:11", 1, "¥268.00", "某人"],
    ["YB-2", "HP1001", "2025-01-20 21:40:00", 2, "¥78.00", "某人"],
    ["YB-3", "HP1001", "2025-01-21 08:10:45", -1, "-39.00", "某人"],
    ["YB-4", "HP1002", "2025-03-02 12:00:00", 3, "¥135.00", "某人"],
]


def test_goods_are_sold_and_the_centres_cost_stands_beside_what_is_verified(
    desk, head, office, settings
):
    officer, chief = Hand(desk.user, settings), Hand(head.user, settings)
    officer.on("2024-11-18")
    maker, buyer = fairs.companies(office.division, MAKER, "연변유통")
    centre = officer.make(
        "centre-new", name_ko="옌지 해외비즈니스센터", name_en="Yanji business centre",
        region="CN-JL", services="바이어 발굴\n온라인몰 입점", answers_in="5",
        opened_on="2024-07-01",
    )  # fmt: skip
    mall = officer.make(
        "channel-new", name_ko="옌볜하오핀", name_en="Yanbian Haopin", name_native="延边好品",
        region="CN-JL", language="zh", currency="CNY", centre=str(centre),
    )  # fmt: skip
    listed = _proposed(officer, mall, maker)
    window = _laid_out(officer, mall)
    for row in listed[:3]:
        _live(officer, row, GOODS[listed.index(row)], f"HP100{listed.index(row)}")
    _seen_by_all(officer, window)

    officer.on("2025-04-01")
    officer.make(
        "centre-costs-edit", centre, query="?year=2025",
        **{f"{kind}_{month}": won for month in (1, 2, 3) for kind, won in COSTS},
    )  # fmt: skip
    _promoted_and_sold(officer, mall, listed)
    _answered(officer, centre, maker, buyer)
    _beside_its_results(officer, chief, centre, maker, buyer)


COSTS = [("staff", "9,200,000"), ("rent", "2,100,000"), ("fee", "3,500,000")]


def _proposed(officer, mall, maker):
    """The company's goods are proposed together; one that is there is not offered again."""
    for ko, en, _zh, hs, _yuan in GOODS:
        officer.make("organisation-product", maker.pk, hs=hs, name_ko=ko, name_en=en)
    products = [str(one.pk) for one in Product.objects.filter(organisation=maker).order_by("pk")]
    query = f"?company={maker.pk}"
    officer.make("channel-propose", mall, query=query, products=products)
    page = officer.client.get(f"/channels/{mall}/propose/{query}")
    assert not page.context["form"].fields["products"].choices
    rows = list(officer.read("listings", channel=mall).context["listing"].page)
    return [row.pk for row in sorted(rows, key=lambda one: one.product_id)]


def _laid_out(officer, mall):
    """The window is open before anything is on sale: it says so."""
    window = officer.make(
        "shop-window-new", slug="yanbian", title_ko="한결도 우수상품", title_en="Goods of Hangyeol",
        language="zh", title_native="韩国优品", intro_native="在延边线上商城销售的韩国企业商品。",
        channels=[str(mall)],
    )  # fmt: skip
    assert Client().get("/shops/yanbian/zh/").status_code == 404
    officer.make("shop-window-open", window)
    assert "红参浓缩液" not in Client().get("/shops/yanbian/zh/").content.decode()
    return window


def _live(officer, row, good, code):
    """From papers over the mall's own number to its shelf, each on its day."""
    officer.make("listing-edit", row, name_native=good[2], price=good[4])
    for state, day in STEPS:
        officer.on(day)
        number = {} if state == "documents" else {"code": code}
        officer.make("listing-move", row, query=f"?state={state}", on=day, **number)


def _seen_by_all(officer, window):
    """Three goods are live, in the buyers' language, Korean and English; the fourth is not."""
    assert officer.read("shop-window-desk", window)
    for language, column in (("ko", 0), ("en", 1), ("zh", 2)):
        text = Client().get(f"/shops/yanbian/{language}/").content.decode()
        assert [good[column] in text for good in GOODS] == [True, True, True, False], language


def _promoted_and_sold(officer, mall, listed):
    promotion = officer.make(
        "campaign-new", query=f"?channel={mall}", name_ko="음력설 판촉", starts_on="2025-01-13",
        ends_on="2025-01-31", spend="300", impressions="412,000", clicks="9,870", orders="3",
        listings=[str(pk) for pk in listed[:3]],
    )  # fmt: skip
    page = fairs.handed_in(officer, "sales", SOLD, channel=str(mall))
    assert "某人" not in page
    found = officer.read("campaign", promotion).context["found"]
    # Two orders and what came back of one of them fall into its days.
    assert (str(found.cost_per_order), found.orders) == ("100.00", 3)
    assert [(one.currency, one.quantity, one.amount) for one in found.sold] == [("CNY", 2, 307)]
    report = officer.read("sales-report", channel=mall).context["totals"]
    assert [(one.currency, one.orders, one.amount) for one in report] == [("CNY", 4, 442)]


def _answered(officer, centre, maker, buyer):
    lead = officer.make(
        "lead-new", centre=str(centre), organisation=buyer, hs_codes="1302, 2008",
        found_on="2025-02-28",
    )  # fmt: skip
    officer.on("2025-03-10")
    asked = officer.make(
        "enquiry-new", centre=str(centre), organisation=maker, kind="buyer", hs_code="1302.19",
        subject="지린성 유통사를 찾습니다", text="홍삼을 다룰 유통사를 소개해 주세요.",
    )  # fmt: skip
    officer.on("2025-03-13")
    officer.make("enquiry-answer", asked, answer="한 곳을 찾아 자료를 보냈습니다.")
    officer.make("enquiry-match", asked, lead=str(lead))
    assert officer.read("enquiry", asked).context["in_time"] is True


def _beside_its_results(officer, chief, centre, maker, buyer):
    """Nobody has said anything, then a deal says so, then somebody verifies a shipment."""
    officer.on("2025-04-01")
    page = officer.read("centre-results", centre, year=2025)
    assert "4,440만원" in page
    assert page.context["results"].verified == []
    deal = officer.make(
        "deal-new", company=maker, buyer=buyer, currency="CNY", centre=str(centre),
        grade="pursued", on="2025-03-20", amount="0", proof="email",
    )  # fmt: skip
    rows = officer.exported("centre-results", centre, year=2025)
    told = [list(row.values()) for row in rows]
    # Zero is told as zero; PostgreSQL writes it with its decimals.
    pursued = [row for row in told if row[:4] == ["거래", "계약추진", "CNY", "1"]]
    assert [float(row[4]) for row in pursued] == [0.0], told
    assert ["문의", "기한 내 답변", "", "1", ""] in told, told
    officer.make(
        "deal-step-new", deal, grade="verified", on="2025-03-28", amount="53,600",
        proof="declaration", declaration="12345-25-030009X",
    )  # fmt: skip
    (waits, _why) = chief.read("deal", deal).context["waiting"][0]
    chief.make("deal-step-verify", deal, waits.pk)
    (line,) = officer.read("centre-results", centre, year=2025).context["results"].verified
    assert (line.currency, line.deals, line.amount) == ("CNY", 1, 53_600)
    (whole,) = officer.read("results", by="centre", year=2025).context["parts"]
    assert (whole.cost, whole.funnel.verified.count) == (44_400_000, 1)
