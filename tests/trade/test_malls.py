"""Products go from state to state on a mall, and stand in a public window only while on sale."""

from datetime import date
from decimal import Decimal as D

import centre_makers as own
import pytest
import trade_makers as make
from django.urls import reverse
from trade_makers import NOW, SAID, TODAY

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.outbox.models import Letter
from gyoryu.trade.actions import campaigns, channels, listings, shop_windows
from gyoryu.trade.models import Listing, ListingStep, Sale
from gyoryu.trade.queries import malls, sales
from gyoryu.trade.queries.shop_words import BUYERS, of
from gyoryu.trade.rules import malls as rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def mall(province):
    return own.channel(province.division)


@pytest.fixture
def maker(province):
    return make.organisation(province.division, "해담식품", name_native="海潭食品")


def sold(row, order="A-1", on=date(2025, 3, 5), quantity=1, amount=D(60), **fields):
    return Sale.objects.create(
        unit=row.unit, listing=row, order=order, on=on, quantity=quantity, amount=amount,
        currency="CNY", **fields,
    )  # fmt: skip


def test_every_step_follows_from_where_the_product_stands(mall, maker) -> None:
    for now in Listing.State.values:
        for state in Listing.State.values:
            row = Listing(channel=mall, state=now, state_since=TODAY)
            said = (state, TODAY, "Because.", "100", TODAY)
            if state in rules.NEXT[now]:
                rules.check_move(row, *said)
            else:
                with pytest.raises(Refused) as refused:
                    rules.check_move(row, *said)
                assert refused.value.field == "state"


def test_a_listing_keeps_its_course_and_tells_the_company(mall, maker, province) -> None:
    user = own.deputy(maker)
    own.deputy(maker, "unsure@haedam.example", confirmed=False)
    row = own.listing(mall, own.product(maker), code="77")
    with pytest.raises(Refused) as refused:
        listings.move(row, "paused", TODAY, "", **SAID)
    assert refused.value.field == "reason"
    row = listings.move(row, "paused", date(2025, 3, 20), "재고 없음", **SAID)
    with pytest.raises(Refused) as refused:
        listings.move(row, "live", date(2025, 3, 19), **SAID)
    assert refused.value.field == "on"
    told = [(one.to, "재고 없음" in one.body) for one in Letter.objects.order_by("pk")]
    assert told == [(user, False), (user, True)]
    course = list(ListingStep.objects.values_list("state", "on"))
    assert course == [
        ("proposed", date(2025, 2, 1)),
        *own.COURSE,
        ("paused", date(2025, 3, 20)),
    ]


def test_the_malls_number_is_one_products_and_needed_before_it_is_sold(mall, maker) -> None:
    first = own.listing(mall, own.product(maker), code="77")
    (second,) = listings.propose(mall, [own.product(maker, "보리차")], **own.BEFORE)
    second = listings.move(second, "documents", TODAY, **SAID)
    for code in ("", "77"):
        with pytest.raises(Refused) as refused:
            listings.move(second, "registered", TODAY, code=code, **SAID)
        assert refused.value.field == "code"
    with pytest.raises(Refused) as refused:
        listings.change(first, {"code": ""}, **SAID)
    assert refused.value.field == "code"


def test_several_products_are_proposed_together_or_none(mall, maker) -> None:
    made = [own.product(maker, name) for name in ("김", "미역", "다시마")]
    listings.propose(mall, made[:1], **SAID)
    with pytest.raises(Refused, match="on this mall already: Proposed") as refused:
        listings.propose(mall, made, **SAID)
    assert (refused.value.field, Listing.objects.count()) == ("products", 1)
    assert len(listings.propose(mall, made[1:], **SAID)) == 2
    assert {lane.state: lane.count for lane in malls.board(mall)}["proposed"] == 3


def test_a_mall_with_goods_on_sale_is_not_given_up(mall, maker) -> None:
    row = own.listing(mall, own.product(maker))
    with pytest.raises(Refused, match="still on sale"):
        channels.end(mall, TODAY, "No more.", **SAID)
    listings.move(row, "delisted", TODAY, "No more.", **SAID)
    channels.end(mall, TODAY, "No more.", **SAID)
    with pytest.raises(Refused, match="not used any more"):
        listings.propose(mall, [own.product(maker, "미역")], **SAID)


def promotion(mall, of=(), **fields):
    given = {"name_ko": "봄 판촉", "starts_on": date(2025, 3, 1), "ends_on": date(2025, 3, 10)}
    return campaigns.add(mall, {**given, **fields}, list(of), **SAID)


def test_a_promotions_figures_keep_not_said_apart_from_zero(mall) -> None:
    def told(**fields):
        found = sales.counted(promotion(mall, **fields))
        return (
            found.cost_per_order,
            str(found.why_no_cost),
            found.click_rate,
            str(found.why_no_rate),
        )

    whole = {"spend": D(5000), "impressions": 80_000, "clicks": 1_200, "orders": 160}
    assert told(**whole) == (D("31.25"), "", D("1.50"), "")
    assert told() == (None, "Not stated", None, "Not stated")
    nobody = {"spend": D(0), "impressions": 0, "clicks": 0, "orders": 0}
    assert told(**nobody) == (None, "Nobody ordered", None, "Never shown")
    assert told(**{**whole, "spend": D(0)})[0] == D(0)
    with pytest.raises(Refused) as refused:
        promotion(mall, impressions=10, clicks=11)
    assert refused.value.field == "clicks"


def test_sales_fall_into_the_promotion_of_their_goods_and_days(mall, maker) -> None:
    row, other = (own.listing(mall, own.product(maker, n), code=n) for n in ("김", "미역"))
    inside, outside = sold(row, "A-1"), sold(row, "A-2", date(2025, 3, 11))
    sold(other, "A-3")
    one = promotion(mall, [row], orders=5)
    found = sales.counted(one)
    assert (found.orders, [(x.currency, x.amount) for x in found.sold]) == (1, [("CNY", D(60))])
    assert found.span == (date(2025, 3, 5), date(2025, 3, 11))
    campaigns.change(one, {"ends_on": date(2025, 3, 11)}, [row], **SAID)
    told = sold(row, "A-4", campaign=one, campaign_told=True)
    campaigns.change(one, {"starts_on": date(2025, 3, 11)}, [row], **SAID)
    tied = set(Sale.objects.filter(campaign=one).values_list("order", flat=True))
    assert tied == {outside.order, told.order}
    inside.refresh_from_db()
    assert inside.campaign is None
    campaigns.void(one, "Entered twice.", **SAID)
    assert Sale.objects.filter(campaign=None).count() == 4


def test_reports_add_up_by_what_is_asked_and_never_across_currencies(mall, maker) -> None:
    row = own.listing(mall, own.product(maker))
    (
        sold(row, "A-1"),
        sold(row, "A-2", date(2025, 4, 1), 3, D(180)),
        sold(row, "A-3", quantity=-1, amount=D(-60)),
    )
    won = own.listing(own.channel(mall.unit, name_ko="나래몰", currency="KRW"), row.product)
    Sale.objects.create(
        unit=row.unit,
        listing=won,
        order="A-1",
        on=TODAY,
        quantity=1,
        amount=D(9000),
        currency="KRW",
    )
    rows = Sale.objects.all()

    def told(lines):
        return [(one.label, one.currency, one.orders, one.quantity, one.amount) for one in lines]

    assert told(sales.totals(rows)) == [("CNY", "CNY", 3, 3, D(180)), ("KRW", "KRW", 1, 1, D(9000))]
    assert told(sales.by_month(rows)) == [
        ("2025-03", "CNY", 2, 0, D(0)),
        ("2025-04", "CNY", 1, 3, D(180)),
        ("2025-04", "KRW", 1, 1, D(9000)),
    ]
    assert [line[0] for line in told(sales.by_channel(rows))] == ["Garam Mall", "Garam Mall"]
    assert told(sales.by_campaign(rows)) == [("", "CNY", 3, 3, D(180)), ("", "KRW", 1, 1, D(9000))]
    assert len(told(sales.by_product(rows))) == 2


def window(mall, **fields):
    given = {
        "slug": "haedam", "title_ko": "해담 진열창", "title_en": "Haedam window", "title_native": "海潭橱窗",
        "language": "zh",
    }  # fmt: skip
    row = shop_windows.add(mall.unit, {**given, **fields}, [mall], **SAID)
    return shop_windows.open_window(row, **SAID)


def test_the_window_speaks_the_buyers_language_and_closes_when_a_listing_stops(
    mall, maker, client
) -> None:
    row = own.listing(mall, own.product(maker))
    listings.change(row, {"name_native": "芝麻锅巴", "price": D("19.90")}, **SAID)
    window(mall)
    to = client.get("/shops/haedam/", headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert to.url == reverse("shop-window-in", args=["haedam", "zh"])
    page = client.get(to.url)
    text = page.content.decode()
    for word in (
        'lang="zh"',
        "芝麻锅巴",
        "海潭橱窗",
        "海潭食品",
        "佳蓝商城",
        "CNY 19.90",
        BUYERS["zh"].maker,
    ):
        assert word in text
    assert (page["Cache-Control"], "Set-Cookie" in page) == ("public, no-cache", False)
    again = client.get(to.url, headers={"if-none-match": page["ETag"]})
    assert again.status_code == 304
    korean = client.get(reverse("shop-window-in", args=["haedam", "ko"])).content.decode()
    assert ("들깨 누룽지" in korean, "제조" in korean) == (True, True)
    listings.move(row, "paused", TODAY, "재고 없음", **SAID)
    stopped = client.get(to.url, headers={"if-none-match": page["ETag"]})
    assert (stopped.status_code, "芝麻锅巴" in stopped.content.decode()) == (200, False)
    assert BUYERS["zh"].nothing in stopped.content.decode()
    assert client.get(reverse("shop-window-in", args=["haedam", "ja"])).status_code == 404


def test_a_window_that_is_closed_answers_nobody_and_every_reader_waits(
    mall, client, settings
) -> None:
    row = window(mall)
    address = reverse("shop-window-in", args=["haedam", "en"])
    assert client.get(address).status_code == 200
    shop_windows.close_window(row, "Season over.", **SAID)
    assert [client.get(one).status_code for one in (address, "/shops/haedam/")] == [404, 404]
    settings.REGISTER_READS = 1
    asked = [client.get(address, REMOTE_ADDR="198.51.100.9").status_code for _n in range(2)]
    assert asked == [404, 429]


@pytest.mark.parametrize("slug", ["Has Space", "두", "new", "12", "-a", "haedam"])
def test_an_address_of_a_window_is_one(mall, slug) -> None:
    window(mall)
    with pytest.raises(Refused) as refused:
        window(mall, slug=slug)
    assert refused.value.field == "slug"


def test_every_language_has_all_the_fixed_words() -> None:
    for language in (*BUYERS, "ko", "en"):
        assert all(vars(of(language)).values())


def test_a_company_reads_its_own_listings_and_proposes_its_own_products(
    mall, maker, signed_in
) -> None:
    user, product = own.deputy(maker), own.product(maker)
    sold(own.listing(mall, own.product(maker, "보리차")))
    other = own.product(make.organisation(mall.unit, "다른 회사"), "남의 물건")
    theirs = own.listing(mall, other, code="9")
    browser = signed_in(user, "en")
    page = browser.get(reverse("my-listings")).content.decode()
    assert ("보리차" in page, "CNY 60" in page, "남의 물건" in page) == (True, True, False)
    assert browser.get(reverse("my-listing", args=[theirs.pk])).status_code == 404
    wrong = browser.post(reverse("my-listing-new"), {"channel": mall.pk, "products": [other.pk]})
    assert wrong.status_code == 422
    browser.post(reverse("my-listing-new"), {"channel": mall.pk, "products": [product.pk]})
    row = Listing.objects.get(product=product)
    assert (row.state, row.proposed_by) == ("proposed", user)
    assert browser.get(reverse("my-listing", args=[row.pk])).status_code == 200
    with pytest.raises(NotAllowed):
        listings.propose_own(mall, [other], by=user, at=NOW)


def test_the_office_lists_moves_and_shows_goods(province, officer, maker, signed_in) -> None:
    browser = signed_in(officer, "en")
    browser.post(
        reverse("channel-new"), {"name_ko": "새몰", "currency": "CNY", "unit": province.division.pk}
    )
    mall = malls.Channel.objects.get()
    made = [own.product(maker, name) for name in ("김", "미역")]
    choose = reverse("channel-propose", args=[mall.pk])
    step = browser.get(choose, {"organisation": f"{maker} #{maker.pk}"})
    assert step.url == f"{choose}?company={maker.pk}"
    browser.post(step.url, {"products": [one.pk for one in made]})
    row = Listing.objects.get(product=made[0])
    move = reverse("listing-move", args=[row.pk])
    wrong = browser.post(move, {"state": "live", "on": "2025-03-03"})
    assert wrong.status_code == 422
    browser.post(move, {"state": "documents", "on": "2025-04-01"})
    browser.post(move, {"state": "registered", "on": "2025-04-01", "code": "55"})
    browser.post(reverse("listing-edit", args=[row.pk]), {"code": "55", "price": "1,250.50"})
    row.refresh_from_db()
    assert (row.state, row.code, row.price) == ("registered", "55", D("1250.50"))
    form = {"channel": mall.pk, "name_ko": "봄", "starts_on": "2025-03-01", "ends_on": "2025-03-05",
            "spend": "", "clicks": "0", "listings": [row.pk]}  # fmt: skip
    browser.post(reverse("campaign-new") + f"?channel={mall.pk}", form)
    one = mall.campaigns.get()
    assert (one.spend, one.clicks, list(one.listings.all())) == (None, 0, [row])
    browser.post(
        reverse("shop-window-new"),
        {
            "slug": "saemol",
            "title_ko": "새 진열창",
            "channels": [mall.pk],
            "unit": province.division.pk,
        },
    )
    shown = mall.shop_windows.get()
    browser.post(reverse("shop-window-open", args=[shown.pk]), {})
    for address in (
        mall.get_absolute_url(), row.get_absolute_url(), one.get_absolute_url(),
        shown.get_absolute_url(), reverse("sales-report"), reverse("channel-codes", args=[mall.pk]) + "?code=1",
    ):  # fmt: skip
        assert browser.get(address).status_code == 200, address
    assert "Not stated" in browser.get(one.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 3, 50])
def test_lists_of_malls_ask_the_same_for_many(
    mall, maker, signed_in, officer, count, django_assert_max_num_queries
) -> None:
    for n in range(count):
        row = own.listing(mall, own.product(maker, f"제품 {n}"), code=str(n))
        sold(row, f"A-{n}")
    one = promotion(mall)
    shown = window(mall)
    browser = signed_in(officer)
    for name in ("channels", "listings", "campaigns", "sales", "shop-windows", "sales-report"):
        with django_assert_max_num_queries(8):
            assert browser.get(reverse(name)).status_code == 200
    for record in (mall, row, one, shown):
        with django_assert_max_num_queries(15):
            assert browser.get(record.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(5):
        browser.get(reverse("shop-window-in", args=["haedam", "en"]))
