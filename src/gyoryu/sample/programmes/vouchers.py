"""Export vouchers 2025: bundles by sales and exports, a menu of 14 services, orders to settlement."""

from datetime import datetime, timedelta
from decimal import Decimal

from gyoryu.accounts.models import User
from gyoryu.parties.actions import organisations
from gyoryu.parties.models import Organisation
from gyoryu.programmes.actions import (
    awards,
    bank_accounts,
    claims,
    decisions,
    orders,
    payments,
    providers,
    sanctions,
    terms,
    vouchers,
)
from gyoryu.programmes.actions.handing_in import Content
from gyoryu.programmes.models import (
    Application,
    BudgetLine,
    Call,
    Order,
    Programme,
    Provider,
    Representative,
    Service,
    Terms,
    Voucher,
)
from gyoryu.sample.book import Book, at, on, place
from gyoryu.sample.programmes import cast, stage
from gyoryu.sample.programmes.cast import SHOW, Cast
from gyoryu.sample.programmes.stage import Plan

BILLION = 1_000_000_000
SALES = [(Decimal(10 * BILLION), Decimal(70)), (Decimal(30 * BILLION), Decimal(60)), (None, Decimal(50))]  # fmt: skip
EXPORTS = [
    (Decimal(100_000), Decimal(30_000_000)),
    (Decimal(1_000_000), Decimal(50_000_000)),
    (Decimal(5_000_000), Decimal(70_000_000)),
    (None, Decimal(100_000_000)),
]
MENU = [
    ("TR", "통번역", "Translation", 30), ("BR", "브랜드 개발", "Branding", None), ("CT", "해외규격 인증", "Certification", None),
    ("IP", "지식재산권 등록", "Intellectual property", None), ("CO", "시장 조사·컨설팅", "Market research", None),
    ("TX", "세무·회계 자문", "Tax and accounting", 20), ("LW", "법률 자문", "Legal advice", 20), ("CA", "홍보 카탈로그", "Catalogues", 40),
    ("VD", "홍보 영상", "Films", 40), ("AD", "해외 광고", "Advertising abroad", 50), ("EX", "전시회·상담회", "Shows and meetings", None),
    ("LO", "국제 운송", "Freight", 20), ("DE", "디자인 개발", "Design", 40), ("ED", "무역 교육", "Training in trade", 10),
]  # fmt: skip
PROVIDERS = [
    ("가교번역원", "Gagyo Translation", ("TR", "LW")), ("너른시험인증", "Neoreun Certification", ("CT", "IP")),
    ("두레미디어", "Dure Media", ("CA", "VD", "AD")), ("바다길물류", "Badagil Logistics", ("LO",)),
    ("새김디자인", "Saegim Design", ("DE", "BR")),
]  # fmt: skip
# Companies of the trade shows, by their place there, and last year's sales in million won.
COMPANIES = [(0, 4_200), (3, 12_500), (4, 31_000), (7, 8_900), (13, 22_400), (15, 41_000), (17, 9_700), (19, 15_300)]  # fmt: skip
QUESTIONS = [
    {"code": "goal", "kind": "long", "label": {"ko": "올해 수출 목표", "en": "What you mean to export"},
     "required": True},
]  # fmt: skip


def tell(book: Book, people: Cast, programme: Programme, lines: list[BudgetLine]) -> str:
    """Tell it from the year's terms to the first settled orders."""
    year = _terms(book, programme)
    call = _call(book, programme, lines)
    rows = [_apply(people, call, *one) for one in COMPANIES]
    stage.screened(book, rows, "2025-02-14")
    stage.judged(book, call, people.panel[:3], "2025-02-17", seed=1)
    stage.decided(book, call, "2025-02-19")
    served = [_provider(book, year, n) for n in range(len(PROVIDERS))]
    issued = [_issue(book, people, row) for row in rows]
    placed = [_order(book, people, one, served, n) for n, one in enumerate(issued[:6])]
    _settled(book, placed[:3])
    _excluded(book, people)
    return f"vouchers: {len(MENU)} services, {len(issued)} bundles, {len(placed)} orders"


def _terms(book: Book, programme: Programme) -> Terms:
    services = [
        {"code": code, "name_ko": ko, "name_en": en, "most_percent": percent, "most": None}
        for code, ko, en, percent in MENU
    ]
    values = {"sales": SALES, "exports": EXPORTS, "services": services}
    made = terms.draft(programme, 2025, values, by=book.approver, at=at("2025-01-08"))
    return terms.enforce(made, on=on("2025-01-10"), by=book.approver, at=at("2025-01-08", 15))


def _call(book: Book, programme: Programme, lines: list[BudgetLine]) -> Call:
    plan = Plan(
        values={
            "title_ko": "2025년 수출바우처 참여기업 모집",
            "title_en": "Export vouchers 2025",
            "summary_ko": "수출에 필요한 서비스를 기업이 골라 쓰는 바우처를 발급한다.",
            "summary_en": "Companies choose the services they need to export and pay with vouchers.",
            "applicant": "company",
            "places": 40,
            "award_most": 100_000_000,
        },
        opens=at("2025-01-13", 9),
        closes=at("2025-02-10", 18),
        questions=QUESTIONS,
        parts={
            "criteria": [
                {"name_ko": "수출 역량", "name_en": "Capacity to export", "most": 60},
                {"name_ko": "활용 계획", "name_en": "Plan of use", "most": 40},
            ],
            "rules": [{"kind": "sanction", "terms": {}, "source": "수출바우처 관리지침"}],
        },
        lines=[(lines[0], 500_000_000)],
    )
    return stage.announce(book, programme, plan, "2025-01-10")


def _apply(people: Cast, call: Call, number: int, sales: int) -> Application:
    company = people.show[number]
    user = company.representatives.get().user
    content = Content(
        name=company.name_ko,
        asked=30_000_000,
        answers={"goal": f"매출 {sales:,}백만 원에서 수출 비중을 늘린다."},
    )
    return stage.apply(call, user, company, content, at("2025-02-05", 9 + number % 8))


def _provider(book: Book, year: Terms, number: int) -> Provider:
    ko, en, codes = PROVIDERS[number]
    values = {
        "kind": "provider",
        "name_ko": ko,
        "name_en": en,
        "region": place("KR-41"),
        "business_number": cast.business_number(5_100 + number),
    }
    day = at("2025-01-22")
    firm = organisations.add_organisation(book.units["trade"], values, by=book.trader, at=day)
    services = list(Service.objects.filter(terms=year, code__in=codes))
    email = "provider@gyoryu.example" if number == 0 else f"provider{number + 1}@provider.example"
    stage.representative(book, firm, email, f"{cast.FAMILY[number * 7]}새론", "2025-01-22")
    given = {"organisation": firm, "services": services, "about": "수출기업 지원 경험 5년"}
    return providers.enter(year.programme, given, by=book.approver, at=at("2025-01-23"))


def _issue(book: Book, people: Cast, row: Application) -> Voucher:
    number, sales = next(one for one in COMPANIES if people.show[one[0]] == row.organisation)
    row.refresh_from_db()
    values = {
        "sales": Decimal(sales * 1_000_000),
        "exports": Decimal(SHOW[number][2] * 1_000),
        "starts_on": on("2025-02-24"),
        "ends_on": on("2025-11-30"),
        "claims_until": on("2025-12-15"),
        "report_due_on": on("2025-12-31"),
    }
    made = vouchers.issue(row, values, by=book.approver, at=at("2025-02-24"))
    awards.sign(made.award, on=on("2025-02-26"), by=book.trader, at=at("2025-02-26"))
    return vouchers.pay_share(made, on=on("2025-02-27"), by=book.trader, at=at("2025-02-27"))


def _order(book: Book, people: Cast, voucher: Voucher, served: list[Provider], n: int) -> Order:
    provider = served[n % len(served)]
    codes = set(provider.services.values_list("code", flat=True))
    heading = voucher.award.categories.filter(service__code__in=codes).order_by("pk")[0]
    values = {
        "heading": heading,
        "provider": provider,
        "title": f"{heading.service} 1차",
        "amount": 2_400_000 + 150_000 * n,
        "due_on": on("2025-03-28"),
    }
    placed = orders.quote(voucher, values, by=_of(provider.organisation), at=at("2025-03-03"))
    company = voucher.award.organisation
    assert company, "vouchers go to companies"
    if n < 5:
        placed = orders.accept(placed, by=_of(company), at=at("2025-03-05"))
    if n < 4:
        placed = orders.deliver(
            placed, on=on("2025-03-19"), by=_of(provider.organisation), at=at("2025-03-19")
        )
    if n < 3:
        placed = orders.confirm(placed, on=on("2025-03-21"), by=_of(company), at=at("2025-03-21"))
    return placed


def _of(organisation: Organisation) -> User:
    return Representative.objects.select_related("user").get(organisation=organisation).user


def _settled(book: Book, placed: list[Order]) -> None:
    for number, order in enumerate(placed):
        moment: datetime = at("2025-03-24") + timedelta(hours=number)
        firm, award = order.provider.organisation, order.voucher.award
        bank_accounts.tell_provider(
            order.provider, bank="나래은행", number=f"888-{firm.pk:06}-02", holder=firm.name_ko,
            by=book.trader, at=moment,
        )  # fmt: skip
        claim = claims.draft(
            award,
            {
                "heading": order.heading,
                "order": order,
                "provider_name": firm.name_ko,
                "provider_number": firm.business_number,
                "invoice": f"20250322{52_000_000 + order.pk:016d}",
                "invoice_on": on("2025-03-22"),
                "supply": Decimal(order.amount),
                "vat": Decimal(order.amount) / 10,
                "currency": "KRW",
            },
            by=book.trader,
            at=moment,
        )
        claims.submit(claim, by=book.trader, at=moment)
        decisions.approve(claim, by=book.approver, at=moment + timedelta(days=1))
        if number < 2:
            day = moment + timedelta(days=4)
            payments.pay(claim, on=day.date(), by=book.trader, at=day)


def _excluded(book: Book, people: Cast) -> None:
    values = {
        "organisation": people.startups[-1],
        "from_on": on("2025-01-01"),
        "until_on": on("2025-12-31"),
        "reason": "전년도 바우처 결과보고서 미제출",
        "legal_basis": "수출바우처 관리지침 제21조",
    }
    sanctions.exclude(book.units["trade"], values, by=book.approver, at=at("2025-01-07"))
