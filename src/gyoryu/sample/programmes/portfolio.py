"""Four strategies with twelve programmes, and the budget lines of those that are told whole."""

from gyoryu.programmes.actions import portfolio
from gyoryu.programmes.models import BudgetLine, Programme
from gyoryu.sample.book import Book, at, on

# key, Korean, English, its programmes: key, kind, Korean, English, for whom
STRATEGIES = [
    (
        ("수출 시장 다변화", "New export markets"),
        [
            ("shows", "support", "해외전시회 개별참가 지원", "Trade-show support", "수출 실적이 있는 도내 중소기업"),
            ("voucher", "voucher", "수출바우처", "Export vouchers", "도내 중소·중견기업"),
            ("mission", "support", "통상촉진단 파견", "Trade missions", "수출 품목이 있는 도내 중소기업"),
        ],
    ),
    (
        ("현장에서 크는 기업", "Companies that grow in the field"),
        [
            ("ceramics", "fair", "도자 박람회 단체 참가", "Ceramics fair participation", "도내 도예 업체"),
            ("mall", "support", "해외 온라인몰 입점", "Listing in online malls abroad", "소비재 중소기업"),
            ("brand", "support", "해외 인증과 상표 출원", "Certificates and trade marks abroad", "도내 중소기업"),
        ],
    ),
    (
        ("함께 크는 창업", "Start-ups together"),
        [
            ("incubation", "incubation", "파트너 기업 연계 창업 육성", "Incubation with a partner company", "창업 7년 이내 기업"),
            ("fund", "support", "해외 투자 설명회", "Investor days abroad", "투자 유치를 준비하는 창업기업"),
            ("softland", "incubation", "현지 정착 지원", "Soft landing", "해외 법인을 준비하는 창업기업"),
        ],
    ),
    (
        ("배우는 행정", "An administration that learns"),
        [
            ("training", "training", "정책연구 국외훈련", "Policy-research training abroad", "도와 시군 공무원 팀"),
            ("interns", "training", "국제기구 인턴 파견", "Interns at international organisations", "도내 청년"),
            ("language", "training", "통상 실무 외국어 과정", "Languages for trade officers", "도와 시군 공무원"),
        ],
    ),
]  # fmt: skip
LEGAL = "경기도 국제교류협력 및 통상진흥 조례 제8조"
# programme, year, account, its name, fund, won, the day it was entered
LINES = [
    ("shows", 2025, "307-02", "민간경상사업보조", "province", 500_000_000, "2025-01-06"),
    ("voucher", 2025, "308-10", "공기관등에대한위탁사업비", "national", 700_000_000, "2025-01-06"),
    ("voucher", 2025, "307-02", "민간경상사업보조", "province", 300_000_000, "2025-01-06"),
    ("ceramics", 2025, "307-04", "민간행사사업보조", "province", 180_000_000, "2025-01-06"),
    ("incubation", 2024, "307-02", "민간경상사업보조", "province", 150_000_000, "2024-02-05"),
    ("training", 2024, "202-05", "공무원 교육여비", "own", 350_000_000, "2024-02-05"),
]  # fmt: skip


def enter(book: Book) -> dict[str, Programme]:
    """Add strategies and programmes; return the programmes by key."""
    trade, found = book.units["trade"], {}
    for (ko, en), under in STRATEGIES:
        values = {"name_ko": ko, "name_en": en, "first_year": 2024, "last_year": 2028}
        strategy = portfolio.add_strategy(trade, values, by=book.approver, at=at("2024-01-08"))
        for key, kind, name_ko, name_en, target in under:
            own = {
                "strategy": strategy,
                "kind": kind,
                "name_ko": name_ko,
                "name_en": name_en,
                "first_year": 2024,
                "last_year": 2026,
                "legal_basis": LEGAL,
                "target": target,
                "owner": book.trader,
            }
            found[key] = portfolio.add_programme(trade, own, by=book.trader, at=at("2024-01-10"))
    return found


def lines(book: Book, programmes: dict[str, Programme]) -> dict[str, list[BudgetLine]]:
    """Enter the budgets; return each programme's lines by its key."""
    found: dict[str, list[BudgetLine]] = {}
    for key, year, code, name, fund, won, day in LINES:
        values = {
            "year": year,
            "account_code": code,
            "name": name,
            "fund": fund,
            "amount": won,
            "on": on(day),
        }
        made = portfolio.open_line(programmes[key], values, by=book.approver, at=at(day))
        found.setdefault(key, []).append(made)
    return found
