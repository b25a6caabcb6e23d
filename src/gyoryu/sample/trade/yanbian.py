"""Online marketing with Yanbian: goods in Chinese online malls, and the centre that runs it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gyoryu.parties.models import Organisation, Product
from gyoryu.sample.book import Book, at, on, place
from gyoryu.sample.programmes.cast import SHOW
from gyoryu.sample.trade import stage
from gyoryu.trade.actions import (
    campaigns,
    centres,
    channels,
    enquiries,
    leads,
    listings,
    sales,
    shop_windows,
)
from gyoryu.trade.models import Centre, Channel, Listing

# Korean, English, Chinese, HS code, yuan
GOODS = (
    ("홍삼 농축액", "Red ginseng extract", "红参浓缩液", "130219", 268), ("조미김", "Seasoned laver", "调味海苔", "200899", 39),
    ("쌀 마스크팩", "Rice face mask", "大米面膜", "330499", 59), ("도자 찻잔", "Ceramic tea cup", "陶瓷茶杯", "691200", 128),
    ("유자차", "Yuzu tea", "柚子茶", "210690", 45), ("전기 요", "Electric mat", "电热毯", "630110", 399),
    ("어린이 칫솔", "Toothbrush for children", "儿童牙刷", "960321", 19), ("김치 양념", "Kimchi seasoning", "泡菜调料", "210390", 35),
)  # fmt: skip
STATES = ("documents", "registered", "live")


def tell(book: Book) -> str:
    """Tell it from the centre's opening to the first sales; return what came of it."""
    centre = _centre(book)
    goods = _goods(book)
    malls = [
        _mall(book, centre, "옌볜하오핀", "Yanbian Haopin", "延边好品", "https://haopin.example/"),
        _mall(book, centre, "두만강몰", "Tumen Mall", "图们江商城", "https://tumen.example/"),
    ]
    live = _listed(book, malls, goods)
    sold = _sold(book, malls[0], live)
    _window(book, malls)
    return f"Yanbian: {len(goods)} products proposed, {len(live)} on sale in 2 malls, {sold} sales"


def _centre(book: Book) -> Centre:
    centre = centres.open_centre(
        book.units["trade"],
        {
            "name_ko": "옌지 해외비즈니스센터", "name_en": "Yanji business centre", "region": place("CN-JL"),
            "operator": book.parties["jl-trade"], "services": ["바이어 발굴", "온라인몰 입점", "통관 안내"],
            "opened_on": on("2024-07-01"),
        },
        by=book.trader, at=at("2024-07-01"),
    )  # fmt: skip
    own: dict[str, Any] = {
        "user": None,
        "name": "한지소",
        "title": "센터장",
        "since": on("2024-07-01"),
    }
    centres.add_post(centre, own, by=book.trader, at=at("2024-07-01"))
    won = {"staff": 9_200_000, "rent": 2_100_000, "fee": 3_500_000}
    months = [date(2025, month, 1) for month in (1, 2, 3)]
    costs: dict[tuple[date, str], int | None] = {
        (month, kind): one for month in months for kind, one in won.items()
    }
    costs[date(2025, 3, 1), "project"] = 6_400_000
    centres.note_costs(centre, costs, by=book.trader, at=at("2025-03-31"))
    lead = leads.add(
        centre,
        {"organisation": book.parties["yb-com"], "interests": "건강식품과 생활용품", "hs_codes": ["1302", "2008"], "found_on": on("2025-02-28")},
        by=book.trader, at=at("2025-02-28"),
    )  # fmt: skip
    company = Organisation.objects.get(name_ko=f"{SHOW[0][0]}(주)")
    asked = {
        "organisation": company,
        "kind": "buyer",
        "subject": "지린성 유통사를 찾습니다",
        "text": "센서 모듈을 다룰 유통사를 소개해 주세요.",
        "received_at": at("2025-03-10", 14),
    }
    first = enquiries.take_in(centre, asked, by=book.trader, at=at("2025-03-10", 15))
    enquiries.answer(first, "두 곳을 찾아 자료를 보냈습니다.", by=book.trader, at=at("2025-03-13"))
    enquiries.match(first, lead, by=book.trader, at=at("2025-03-14"))
    late = {
        **asked,
        "kind": "customs",
        "subject": "화장품 위생허가 절차",
        "text": "등록에 걸리는 기간을 알려 주세요.",
        "received_at": at("2025-03-18", 11),
    }
    enquiries.take_in(centre, late, by=book.trader, at=at("2025-03-18", 12))
    return centre


def _goods(book: Book) -> list[tuple[Product, str, int]]:
    names = [f"{SHOW[n][0]}(주)" for n in range(4)]
    makers = {one.name_ko: one for one in Organisation.objects.filter(name_ko__in=names)}
    return [
        (stage.product(book, makers[names[n % 4]], ko, en, hs, "2024-11-20"), native, yuan)
        for n, (ko, en, native, hs, yuan) in enumerate(GOODS)
    ]


def _mall(book: Book, centre: Centre, ko: str, en: str, native: str, address: str) -> Channel:
    values = {
        "name_ko": ko,
        "name_en": en,
        "name_native": native,
        "centre": centre,
        "region": place("CN-JL"),
        "language": "zh",
        "currency": "CNY",
        "address": address,
    }
    return channels.add(book.units["trade"], values, by=book.trader, at=at("2024-11-18"))


def _listed(
    book: Book, malls: list[Channel], goods: list[tuple[Product, str, int]]
) -> list[Listing]:
    """All goods at the first mall, six of them on sale; three at the second, not yet on sale."""
    rows = listings.propose(
        malls[0], [one for one, _native, _yuan in goods], by=book.trader, at=at("2024-11-25")
    )
    live = []
    for n, (row, (_product, native, yuan)) in enumerate(zip(rows, goods, strict=True)):
        words = {"name_native": native, "price": Decimal(yuan)}
        row = listings.change(row, words, by=book.trader, at=at("2024-11-26"))
        for step, state in enumerate(STATES[: 3 if n < 6 else 1]):
            day = on("2024-12-02") + timedelta(days=9 * step)
            code = f"HP{1000 + n}" if state == "registered" else ""
            row = listings.move(row, state, day, code=code, by=book.trader, at=at(day))
        if row.state == "live":
            live.append(row)
    listings.propose(
        malls[1], [one for one, _native, _yuan in goods[:3]], by=book.trader, at=at("2025-03-20")
    )
    return live


def _sold(book: Book, mall: Channel, live: list[Listing]) -> int:
    own = {
        "name_ko": "음력설 판촉",
        "name_en": "Lunar New Year promotion",
        "starts_on": on("2025-01-13"),
        "ends_on": on("2025-01-31"),
        "spend": Decimal(18_000),
        "impressions": 412_000,
        "clicks": 9_870,
        "orders": 126,
    }
    promotion = campaigns.add(mall, own, live, by=book.trader, at=at("2025-02-03"))
    rows = []
    for n in range(180):
        row = live[n % len(live)]
        day = on("2025-01-06") + timedelta(days=n * 80 // 180)
        during = promotion.starts_on <= day <= promotion.ends_on
        quantity = 1 + n % 3
        rows.append(
            {
                "listing": row,
                "order": f"YB{20250000 + n}",
                "on": day,
                "quantity": quantity,
                "amount": (row.price or 0) * quantity,
                "currency": "CNY",
                "campaign": promotion if during else None,
                "source_note": f"판매 내역 {n + 1}행",
            }
        )
    return len(sales.enter_sales(mall.unit, rows, by=book.trader, at=at("2025-03-28")))


def _window(book: Book, malls: list[Channel]) -> None:
    own = {
        "slug": "yanbian",
        "title_ko": "한결도 우수상품",
        "title_en": "Goods of Hangyeol",
        "title_native": "韩国优品",
        "intro_ko": "옌볜 온라인몰에서 파는 도내 기업의 상품입니다.",
        "intro_en": "Goods of our companies on sale in Yanbian's online malls.",
        "intro_native": "在延边线上商城销售的韩国企业商品。",
        "language": "zh",
    }
    window = shop_windows.add(book.units["trade"], own, malls, by=book.trader, at=at("2025-01-03"))
    shop_windows.open_window(window, by=book.trader, at=at("2025-01-03", 11))
