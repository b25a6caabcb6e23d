"""Ceramics fair: 20 exhibitors recruited in March, supported with benefits in kind."""

from decimal import Decimal

from gyoryu.programmes.actions import applications, awards
from gyoryu.programmes.actions.handing_in import Content
from gyoryu.programmes.models import Application, BudgetLine, Call, Programme
from gyoryu.programmes.rules.applications import Decision
from gyoryu.programmes.rules.awards import Grant, Heading
from gyoryu.sample.book import Book, at, on
from gyoryu.sample.programmes import stage
from gyoryu.sample.programmes.cast import CERAMICS, FAMILY, GIVEN, Cast
from gyoryu.sample.programmes.stage import Plan

# A benefit, and what it comes to for one exhibitor.
BENEFITS = [
    ("숙박", "Stay", 1_200_000), ("운송", "Shipping", 1_800_000), ("보험", "Insurance", 150_000),
    ("부스 장치", "Fit-out", 2_600_000), ("홍보", "Promotion", 750_000),
]  # fmt: skip
EACH = sum(won for _ko, _en, won in BENEFITS)
QUESTIONS = [
    {"code": "works", "kind": "long", "label": {"ko": "전시할 작품", "en": "What you would show"},
     "required": True},
    {"code": "boxes", "kind": "number", "label": {"ko": "운송 상자 수", "en": "Boxes to be shipped"},
     "required": True, "least": "1", "most": "60"},
]  # fmt: skip


def tell(book: Book, people: Cast, programme: Programme, lines: list[BudgetLine]) -> str:
    """Tell the recruiting of exhibitors, chosen by the office without a panel."""
    call = _call(book, programme, lines[0])
    rows = [_apply(book, people, call, number) for number in range(len(CERAMICS))]
    stage.screened(book, rows, "2025-03-24")
    outcomes = [Decision(row, "selected") for row in call.applications.order_by("number")]
    applications.decide(call, outcomes, by=book.approver, at=at("2025-03-26"))
    won = call.applications.filter(status="selected").order_by("number")
    made = [_granted(book, call, row) for row in won]
    return f"ceramics fair: {len(made)} exhibitors with {len(BENEFITS)} benefits each"


def _call(book: Book, programme: Programme, line: BudgetLine) -> Call:
    plan = Plan(
        values={
            "title_ko": "2025년 해외 도자 박람회 참가업체 모집",
            "title_en": "Exhibitors for a ceramics fair abroad 2025",
            "summary_ko": "도자 박람회 공동관에 함께 나갈 도예 업체를 모집한다.",
            "summary_en": "Potteries are recruited for a joint pavilion at a ceramics fair.",
            "applicant": "company",
            "places": 20,
            "reviewed": False,
            "ask_amount": False,
            "award_most": EACH,
            "event": "해외 도자 박람회 2025",
        },
        opens=at("2025-03-04", 9),
        closes=at("2025-03-21", 18),
        questions=QUESTIONS,
        parts={
            "categories": [
                {"name_ko": ko, "name_en": en, "most": won, "in_kind": True}
                for ko, en, won in BENEFITS
            ]
        },
        lines=[(line, 160_000_000)],
    )
    return stage.announce(book, programme, plan, "2025-02-27")


def _apply(book: Book, people: Cast, call: Call, number: int) -> Application:
    company, day = people.ceramics[number], f"2025-03-{4 + number % 15:02}"
    who = f"{FAMILY[(number * 3 + 1) % len(FAMILY)]}{GIVEN[(number + 4) % len(GIVEN)]}"
    user = stage.representative(book, company, f"ceramic{number + 1:02}@company.example", who, day)
    content = Content(
        name=company.name_ko,
        answers={
            "works": f"{CERAMICS[number][0]}의 식기와 다기",
            "boxes": str(Decimal(4 + number % 7)),
        },
    )
    return stage.apply(call, user, company, content, at(day, 13))


def _granted(book: Book, call: Call, row: Application) -> object:
    grant = Grant(
        call=call,
        kind="benefit",
        amount=EACH,
        starts_on=on("2025-04-01"),
        ends_on=on("2025-09-30"),
        claims_until=on("2025-10-31"),
        report_due_on=on("2025-11-28"),
        application=row,
        headings=[Heading(one, one.most or EACH) for one in call.categories.all()],
        key=f"ceramics/{row.number}",
    )
    made = awards.award(grant, by=book.approver, at=at("2025-03-28"))
    return awards.sign(made, on=on("2025-03-31"), by=book.trader, at=at("2025-03-31"))
