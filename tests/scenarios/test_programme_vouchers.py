"""Export vouchers 2025: bundles by sales and exports, 14 services, orders to settlement."""

import pytest
from tests.scenarios import hands
from tests.scenarios.desk import pdf
from tests.scenarios.hands import Hand
from tests.scenarios.reading import Page

pytestmark = pytest.mark.django_db

SALES = [("10,000,000,000", "70"), ("30,000,000,000", "60"), ("", "50")]
EXPORTS = [
    ("100,000", "30,000,000"), ("1,000,000", "50,000,000"), ("5,000,000", "70,000,000"),
    ("", "100,000,000"),
]  # fmt: skip
MENU = [
    ("TR", "통번역", "30"), ("BR", "브랜드 개발", ""), ("CT", "해외규격 인증", ""),
    ("IP", "지식재산권 등록", ""),
    ("CO", "시장 조사·컨설팅", ""), ("TX", "세무·회계 자문", "20"), ("LW", "법률 자문", "20"),
    ("CA", "홍보 카탈로그", "40"), ("VD", "홍보 영상", "40"), ("AD", "해외 광고", "50"),
    ("EX", "전시회·상담회", ""), ("LO", "국제 운송", "20"), ("DE", "디자인 개발", "40"),
    ("ED", "무역 교육", "10"),
]  # fmt: skip
CALL = {
    "title_ko": "2025년 수출바우처 참여기업 모집",
    "summary_ko": "수출에 필요한 서비스를 기업이 골라 쓰는 바우처를 발급한다.",
    "opens_at": "2025-01-13 09:00",
    "closes_at": "2025-02-10 18:00",
    "places": "40",
    "award_most": "100,000,000",
    "panel_least": "3",
    "reviewed": [],
    "ask_amount": [],
}
QUESTIONS = [("long", {"label_ko": "올해 수출 목표", "code": "goal", "required": "on"})]
PARTS = [("rules", {"kind": "sanction", "source": "수출바우처 관리지침"})]
# sales in won and exports in dollars, and what comes of them: rate, bundle, subsidy, share
BUNDLES = [
    (("4,200,000,000", "95,000"), (70, 30_000_000, 21_000_000, 9_000_000)),
    (("12,500,000,000", "610,000"), (60, 50_000_000, 30_000_000, 20_000_000)),
    (("41,000,000,000", "2,050,000"), (50, 70_000_000, 35_000_000, 35_000_000)),
]


@pytest.fixture
def story(desk, head, settings):
    """The year's terms are in force, four companies have applied, and a translator, too."""
    officer, chief = Hand(desk.user, settings), Hand(head.user, settings)
    officer.on("2025-01-08")
    under = hands.strategy(chief, "수출 시장 다변화")
    vouchers = hands.programme(officer, under, "voucher", "수출바우처")
    line = hands.line(chief, vouchers, 2025, "700,000,000", fund="national", code="308-10")
    terms = chief.make("voucher-terms-new", programme=str(vouchers), year="2025", **_terms())
    chief.post("voucher-terms-enforce", terms, on="2025-01-08")
    call = hands.call(officer, vouchers, CALL, questions=QUESTIONS, parts=PARTS)
    hands.announce(chief, line, call, "500,000,000", "2025-01-08")
    officer.on("2025-01-20")
    people = [_applied(officer, settings, call, place) for place in range(4)]
    provider = hands.outsider(settings, "provider@provider.example", "제공 담당")
    hands.act_for(officer, provider, hands.business_number(5100), "가교번역원")
    provider.post("my-provider-apply", vouchers, services=["통번역", "법률 자문"])
    return {
        "officer": officer, "chief": chief, "call": call, "companies": people,
        "provider": provider, "programme": vouchers,
    }  # fmt: skip


def _terms():
    typed = {}
    for name, rows in (("sales", SALES), ("exports", EXPORTS)):
        for number, (below, value) in enumerate(rows):
            typed |= {f"{name}_{number}_below": below, f"{name}_{number}_value": value}
    for number, (code, name, percent) in enumerate(MENU):
        own = {"code": code, "name_ko": name, "most_percent": percent}
        typed |= {f"services_{number}_{part}": value for part, value in own.items()}
    return typed


def _applied(officer, settings, call, place):
    company = hands.outsider(settings, f"export{place}@company.example", f"수출 담당 {place}")
    name = f"수출기업 {place + 1}"
    hands.act_for(officer, company, hands.business_number(place + 301), name)
    hands.apply(company, call, {"name": name, "q.goal": "수출 비중을 늘린다."})
    return company


def test_vouchers_from_terms_to_the_balance_that_is_parted(story):
    officer, chief, provider = story["officer"], story["chief"], story["provider"]
    assert len(officer.read("voucher-menu").context["menus"][0][1]["services"]) == 14
    _selected_but_for_who_is_excluded(story)
    held = _issued(story)
    first = story["companies"][0]
    registered = next(iter(officer.read("providers").context["listing"].page))
    officer.post("provider-register", registered.pk)

    order = _quoted(provider, first, held[0], "9,000,001")
    # Translation may take 30 % of thirty million: nine million, and not a won more.
    reply = first.send("my-order-accept", order)
    assert reply.status_code == 422
    assert "9,000,000" in Page(reply).text
    first.post("my-order-cancel", order, reason="한도를 넘는 견적")
    order = _quoted(provider, first, held[0], "6,000,000")
    first.post("my-order-accept", order)
    officer.on("2025-03-19")
    provider.post("my-order-deliver", order, file_1=pdf("납품.pdf"))
    first.post("my-order-confirm", order)
    _settled(story, first, held[0], order)

    again = _quoted(provider, first, held[0], "3,000,001")
    reply = first.send("my-order-accept", again)
    assert reply.status_code == 422
    assert "3,000,000" in Page(reply).text
    first.post("my-order-cancel", again, reason="한도를 넘는 견적")
    # 24 million are left of thirty: seven tenths were the province's, three the company's.
    chief.on("2025-11-30")
    chief.post("voucher-close", held[0])
    rows = {row["번호"]: row for row in officer.exported("vouchers")}
    closed = officer.read("voucher", held[0]).context["row"]
    assert (closed.unused, closed.unused_share) == (24_000_000, 7_200_000)
    told = list(rows[closed.award.number].values())
    assert {"24000000", "7200000", "6000000"} <= set(told)


def _selected_but_for_who_is_excluded(story):
    """The last company was excluded from support; it does not meet the call's condition."""
    officer, chief, call = story["officer"], story["chief"], story["call"]
    officer.on("2025-02-12")
    shown = officer.exported("call-applications", call)
    assert len(shown) == 4
    excluded = officer.read("call-applications", call, q=hands.business_number(304))
    row = next(iter(excluded.context["listing"].page))
    chief.post(
        "sanction-new", organisation=row.organisation, from_on="2025-01-01", until_on="2025-12-31",
        reason="전년도 결과보고서 미제출", legal_basis="수출바우처 관리지침 제21조",
    )  # fmt: skip
    officer.quick("call-screen", call)
    officer.quick("call-pass", call)
    assert officer.try_post("application-eligible", row.pk)
    officer.post("application-ineligible", row.pk, reason="참여 제한 기간 중")
    chief.post("call-select", call)
    rows = officer.exported("call-applications", call)
    assert sorted(one["상태"] for one in rows) == ["부적격", "선정", "선정", "선정"], rows


def _issued(story):
    officer, chief = story["officer"], story["chief"]
    waiting = sorted(chief.read("vouchers").context["waiting"], key=lambda one: one.number)
    made = []
    for row, ((sales, exports), told) in zip(waiting, BUNDLES, strict=True):
        pk = chief.make(
            "voucher-issue", row.pk, sales=sales, exports=exports, starts_on="2025-02-12",
            ends_on="2025-11-30", claims_until="2025-12-15", report_due_on="2025-12-31",
        )  # fmt: skip
        officer.post("voucher-share", pk, on="2025-02-12")
        voucher = officer.read("voucher", pk).context["row"]
        officer.post("award-sign", voucher.award_id)
        whole = voucher.award.ceiling.limit
        assert (int(voucher.rate), whole, voucher.subsidy, voucher.share) == told
        made.append(pk)
    return made


def _quoted(provider, company, voucher, amount):
    """The provider finds the voucher by the two numbers the company told, and quotes."""
    award = company.read("my-voucher", voucher).context["row"].award
    known = {"number": award.number, "business_number": award.organisation.business_number}
    found = provider.send("my-quote-find", **known)
    assert found.status_code == 302
    query = f"?company={award.organisation.business_number}"
    heading = next(
        key for name, key in _offered(provider, award.number, query).items() if "통번역" in name
    )
    return provider.make(
        "my-quote", award.number, query=query, heading=heading, title="제품 설명서 번역",
        amount=amount, due_on="2025-11-28",
    )  # fmt: skip


def _offered(provider, number, query):
    form = provider.client.get(f"/my/quotes/{number}/{query}").context["form"]
    return {str(label): str(key) for key, label in form.fields["heading"].choices}


def _settled(story, company, voucher, order):
    officer, chief, provider = story["officer"], story["chief"], story["provider"]
    row = officer.read("voucher", voucher).context["row"]
    # The subsidy of an order goes to who delivered it, and so to the provider's own account.
    (own,) = provider.read("my-orders").context["provides"]
    provider.post("my-provider-account", own.pk, bank="나래은행", number="888-000001-02")
    # The claim of an order begins with its heading, its price and who delivered it.
    claim = company.make(
        "my-claim-new", row.award_id, query=f"?order={order}", vat="600,000",
        invoice=hands.invoice("2025-03-18", 9), invoice_on="2025-03-18",
    )  # fmt: skip
    company.post("my-claim-submit", claim)
    chief.post("claim-approve", claim)
    officer.post("claim-pay", claim)
    assert officer.read("order", order).context["row"].status == "settled"
    assert provider.read("my-orders").text
