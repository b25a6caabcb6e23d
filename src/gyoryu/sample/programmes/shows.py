"""Trade-show support: 26 small companies, 500 million won, a cap raised while claims run."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from gyoryu.programmes.actions import amendments, awards, bank_accounts, claims, decisions, payments
from gyoryu.programmes.actions.handing_in import Content
from gyoryu.programmes.models import Application, Award, BudgetLine, Call, Claim, Programme
from gyoryu.programmes.rules.awards import Change, Grant, Heading
from gyoryu.programmes.rules.claims import Cutting
from gyoryu.sample import paper
from gyoryu.sample.book import Book, at, on
from gyoryu.sample.programmes import stage
from gyoryu.sample.programmes.cast import FAMILY, GIVEN, SHOW, Cast
from gyoryu.sample.programmes.stage import Plan

COMPANY = "company@gyoryu.example"
FIRST_CAP, RAISED_CAP = 8_000_000, 12_000_000
QUESTIONS = [
    {"code": "plan", "kind": "long", "label": {"ko": "참가 계획", "en": "What you plan at the show"},
     "required": True},
    {"code": "staff", "kind": "number", "label": {"ko": "종업원 수", "en": "Employees"},
     "required": True, "least": "1", "most": "299"},
    {"code": "sales", "kind": "money", "label": {"ko": "전년도 매출", "en": "Sales of last year"},
     "required": True},
]  # fmt: skip
CATEGORIES = [
    {"name_ko": "전시회 참가비", "name_en": "Exhibition fee"},
    {"name_ko": "제품 운송비", "name_en": "Product transport"},
    {"name_ko": "통역비", "name_en": "Interpretation"},
]
CRITERIA = [
    {"name_ko": "수출 준비도", "name_en": "Readiness to export", "most": 40},
    {"name_ko": "전시회 적합성", "name_en": "Fit with the show", "most": 35},
    {"name_ko": "참가 계획", "name_en": "Plan", "most": 25},
]
RULES = [
    {"kind": "size", "terms": {"sizes": ["small"]}, "source": "중소기업기본법 제2조"},
    {"kind": "sanction", "terms": {}, "source": "지방보조금 관리기준"},
]
PAPERS = [{"name_ko": "사업자등록증", "name_en": "Business registration"}]


def tell(book: Book, cast: Cast, programme: Programme, lines: list[BudgetLine]) -> str:
    """Tell it from the call to the first payments; return what came of it."""
    call = _call(book, programme, lines[0])
    applied = _applied(book, cast, call)
    stage.screened(book, applied, "2025-02-12")
    stage.judged(book, call, cast.panel, "2025-02-18")
    stage.decided(book, call, "2025-02-21")
    won = call.applications.filter(status="selected").order_by("number")
    made = [_award(book, call, row) for row in won]
    paid = _claims(book, made[:9], "2025-03-05", FIRST_CAP)
    fee = call.categories.get(name_ko=CATEGORIES[0]["name_ko"])
    change = Change(amount=RAISED_CAP, caps={fee.pk: RAISED_CAP})
    raised = amendments.amend_call(
        call,
        change,
        reason="환율과 운송비 상승에 따라 기업당 한도를 800만 원에서 1,200만 원으로 올림",
        on=on("2025-03-17"),
        by=book.approver,
        at=at("2025-03-17"),
    )
    paid += _claims(book, made[9:14], "2025-03-24", RAISED_CAP)
    return f"trade shows: {len(made)} companies, {len(raised)} ceilings raised, {paid} claims"


def _call(book: Book, programme: Programme, line: BudgetLine) -> Call:
    plan = Plan(
        values={
            "title_ko": "2025년 해외전시회 개별참가 지원기업 모집",
            "title_en": "Support for exhibitors at trade shows abroad 2025",
            "summary_ko": "해외전시회에 직접 참가하는 도내 중소기업에 참가비, 제품 운송비, 통역비를 지원한다.",
            "summary_en": "Small companies that exhibit abroad on their own are paid back fees, transport and interpretation.",
            "applicant": "company",
            "places": 26,
            "award_most": FIRST_CAP,
            "event": "모바일 산업 전시회 2025",
            "panel_least": 5,
        },
        opens=at("2025-01-20", 9),
        closes=at("2025-02-07", 18),
        questions=QUESTIONS,
        parts={"categories": CATEGORIES, "criteria": CRITERIA, "rules": RULES, "papers": PAPERS},
        lines=[(line, 320_000_000)],
    )
    return stage.announce(book, programme, plan, "2025-01-15")


def _applied(book: Book, cast: Cast, call: Call) -> list[Application]:
    rows = []
    for number, company in enumerate(cast.show):
        day = f"2025-01-{20 + number % 10}"
        user = stage.representative(book, company, _address(number), _somebody(number), day)
        content = Content(
            name=company.name_ko,
            asked=FIRST_CAP,
            answers={
                "plan": f"{SHOW[number][0]}의 신제품을 부스에 전시하고 바이어 20개사를 만난다.",
                "staff": str(12 + number * 3),
                "sales": str(1_200_000_000 + number * 310_000_000),
            },
        )
        rows.append(stage.apply(call, user, company, content, at(day, 16)))
    return rows


def _address(number: int) -> str:
    return COMPANY if number == 0 else f"show{number + 1:02}@company.example"


def _somebody(number: int) -> str:
    return f"{FAMILY[(number * 5) % len(FAMILY)]}{GIVEN[number % len(GIVEN)]}"


def _award(book: Book, call: Call, application: Application) -> Award:
    categories = list(call.categories.all())
    grant = Grant(
        call=call,
        kind="costs",
        amount=FIRST_CAP,
        starts_on=on("2025-02-24"),
        ends_on=on("2025-10-31"),
        claims_until=on("2025-11-28"),
        report_due_on=on("2025-12-31"),
        application=application,
        headings=[
            Heading(categories[0], FIRST_CAP),
            Heading(categories[1], 5_000_000),
            Heading(categories[2], 3_000_000),
        ],
        key=f"show/{application.number}",
    )
    made = awards.award(grant, by=book.approver, at=at("2025-02-24"))
    return awards.sign(made, on=on("2025-02-26"), by=book.trader, at=at("2025-02-26"))


def _claims(book: Book, made: list[Award], day: str, most: int) -> int:
    """Let companies claim fee and interpretation; most is approved, and some paid."""
    count = 0
    for number, award in enumerate(made):
        moment = at(day) + timedelta(hours=number % 5)
        bank_accounts.tell(
            award, bank="가온은행", number=f"999-{award.pk:06}-01", holder=award.name,
            by=book.trader, at=moment,
        )  # fmt: skip
        fee = _claim(book, award, 0, Decimal(3_200_000 + 275_000 * number), moment)
        cuts = [Cutting("category", 200_000, "전시회와 무관한 홍보물")] if number == 2 else []
        decisions.approve(fee, cuts, by=book.approver, at=moment + timedelta(days=2))
        if number % 3 != 2:
            payments.pay(fee, on=_later(moment, 5), by=book.trader, at=moment + timedelta(days=5))
        _claim(book, award, 2, Decimal(700_000 + 50_000 * number), moment)
        count += 2
    return count


def _later(moment: datetime, days: int) -> date:
    return (moment + timedelta(days=days)).date()


def _claim(book: Book, award: Award, place: int, supply: Decimal, moment: datetime) -> Claim:
    heading = list(award.categories.order_by("pk"))[place]
    number = f"{moment:%Y%m%d}{41_000_000 + award.pk * 10 + place:016d}"
    claim = claims.draft(
        award,
        {
            "heading": heading,
            "provider_name": "한빛전시(주)" if place == 0 else "다리통역",
            "provider_number": PROVIDERS[place],
            "invoice": number,
            "invoice_on": moment.date() - timedelta(days=2),
            "supply": supply,
            "vat": supply / 10,
            "currency": "KRW",
        },
        by=book.trader,
        at=moment,
    )
    for kind in heading.category.evidence if heading.category else ():
        file = SimpleUploadedFile(f"{kind}.pdf", paper.pdf(str(kind)), "application/pdf")
        claims.attach(claim, kind=kind, file=file, by=book.trader, at=moment)
    return claims.submit(claim, by=book.trader, at=moment)


PROVIDERS = {0: "9990005011", 2: "9990005025"}
