"""A four-day mobile-industry show abroad: 26 companies of a call, 558 talks, 145 deals pursued."""

from datetime import timedelta
from decimal import Decimal

from gyoryu.programmes.models import Call
from gyoryu.sample.book import Book, at, on, place
from gyoryu.sample.trade import stage
from gyoryu.trade.actions import deal_steps, deals, participants
from gyoryu.trade.models import Deal
from gyoryu.trade.rules.deals import Step

FIRST, LAST = "2025-03-03", "2025-03-06"
TALKS, TALKED = 558, 166_080_000
DEALS, PURSUED = 145, 56_780_000
# Invented names; where a buyer comes from.
FRONT = (
    "Iberia",
    "Costa",
    "Montseny",
    "Rhin",
    "Lombard",
    "Baltic",
    "Danubio",
    "Sahel",
    "Andes",
    "Caspian",
    "Gulf",
    "Nordsee",
)
BACK = ("Mobile", "Telecom", "Devices", "Networks")
COUNTRIES = ("ES", "ES", "FR", "DE", "IT", "PL", "US", "AE", "IN", "BR", "GB", "TR")
# A shipment by its export declaration, as a customs broker would have numbered it.
DECLARED = ("12345-25-030001X", "12345-25-030002X")


def tell(book: Book) -> str:
    """Tell the show from its opening to the first contract; return what came of it."""
    call = Call.objects.get(title_en="Support for exhibitors at trade shows abroad 2025")
    of = stage.opened(
        book,
        {
            "kind": "exhibition",
            "title_ko": "모바일 산업 전시회 2025 한결도관",
            "title_en": "Mobile Industry Show 2025, Hangyeol pavilion",
            "starts_on": FIRST,
            "ends_on": LAST,
            "programme": call.programme,
            "call": call,
            "host": "모바일 산업 전시회 조직위원회",
            "cost": 118_000_000,
            "about_ko": "센서, 배터리, 통신 부품을 만드는 도내 중소기업 26개사의 공동관입니다.",
            "about_en": "The joint pavilion of 26 small makers of sensors, batteries and telecom parts.",
        },
        [
            {
                "name_ko": "바르셀로나",
                "name_en": "Barcelona",
                "region": place("ES"),
                "venue": "Fira Gran Via",
                "hall": "6",
                "timezone": "Europe/Madrid",
                "tables": 26,
            }
        ],
        "2025-02-21",
    )
    hall = of.legs.get()
    shown = participants.take_over(of, by=book.trader, at=at("2025-02-24"))
    names = [
        (f"{front} {back}", COUNTRIES[(n + m) % len(COUNTRIES)])
        for n, front in enumerate(FRONT)
        for m, back in enumerate(BACK)
    ]
    came = stage.buyers(book, of, names, "2025-02-28")
    of = stage.held(book, of)
    talks = stage.logged(book, of, stage.met(shown, came, hall, TALKS, 7), TALKED, LAST)
    wanted = sorted(talks, key=lambda one: -(one.amount or 0))[:DEALS]
    made = stage.pursued(book, wanted, PURSUED, on(LAST))
    _later(book, made)
    return f"mobile show: {len(shown)} companies, {len(talks)} talks, {len(made)} deals pursued"


def _later(book: Book, made: list[Deal]) -> None:
    """A few weeks later: two contracts, and one that came to nothing."""
    day = on(LAST) + timedelta(days=18)
    for deal in made[3:5]:
        amount = (deal.pursued or Decimal(0)) // 2
        step = Step(
            "signed",
            day,
            "contract",
            amount,
            note="1차 물량 공급 계약",
            file=stage.scan("공급 계약서"),
        )
        deal_steps.tell(deal, step, by=book.trader, at=at(day))
    deals.lose(made[9], day, "바이어가 다른 공급사를 골랐다", by=book.trader, at=at(day))
