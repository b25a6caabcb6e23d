"""Trade-show support 2025, from the budget of 500 million won to claims paid under a raised cap."""

import pytest
from tests.scenarios import hands
from tests.scenarios.hands import Hand

pytestmark = pytest.mark.django_db

M = 1_000_000
STRATEGIES = {
    "수출 시장 다변화": [
        ("support", "해외전시회 개별참가 지원"), ("voucher", "수출바우처"),
        ("support", "통상촉진단 파견"),
    ],
    "현장에서 크는 기업": [
        ("fair", "도자 박람회 단체 참가"), ("support", "해외 온라인몰 입점"),
        ("support", "해외 인증과 상표 출원"),
    ],
    "함께 크는 창업": [
        ("incubation", "파트너 기업 연계 창업 육성"), ("support", "해외 투자 설명회"),
        ("incubation", "현지 정착 지원"),
    ],
    "배우는 행정": [
        ("training", "정책연구 국외훈련"), ("training", "국제기구 인턴 파견"),
        ("training", "통상 실무 외국어 과정"),
    ],
}  # fmt: skip
CALL = {
    "title_ko": "2025년 해외전시회 개별참가 지원기업 모집",
    "summary_ko": "해외전시회에 직접 참가하는 도내 중소기업에 참가비, 운송비, 통역비를 지원한다.",
    "event": "모바일 산업 전시회 2025",
    "opens_at": "2025-01-20 09:00",
    "closes_at": "2025-02-07 18:00",
    "places": "26",
    "award_most": "8,000,000",
    "method": "trimmed",
    "panel_least": "5",
}
QUESTIONS = [
    ("long", {"label_ko": "참가 계획", "code": "plan", "required": "on"}),
    ("number", {"label_ko": "종업원 수", "code": "staff", "required": "on", "least": "1"}),
]
PARTS = [
    ("categories", {"name_ko": "전시회 참가비", "evidence": ["invoice"]}),
    ("categories", {"name_ko": "제품 운송비", "evidence": ["invoice"]}),
    ("categories", {"name_ko": "통역비", "evidence": ["invoice"]}),
    ("criteria", {"name_ko": "수출 준비도", "most": "40"}),
    ("criteria", {"name_ko": "전시회 적합성", "most": "35"}),
    ("criteria", {"name_ko": "참가 계획", "most": "25"}),
    ("rules", {"kind": "answer", "question": "staff", "most": "50", "source": "지침 제3조"}),
    ("rules", {"kind": "sanction", "source": "지방보조금 관리기준"}),
    ("rules", {"kind": "double", "event": "on", "years": "1", "source": "지침 제5조"}),
]  # fmt: skip


@pytest.fixture
def story(desk, head, settings):
    """The call is announced, 26 companies have applied, and the panel has judged."""
    officer, chief = Hand(desk.user, settings), Hand(head.user, settings)
    officer.on("2025-01-07")
    made = {}
    for name, under in STRATEGIES.items():
        pk = hands.strategy(chief, name)
        for kind, title in under:
            made[title] = hands.programme(officer, pk, kind, title)
    shows = made["해외전시회 개별참가 지원"]
    line = hands.line(chief, shows, 2025, "500,000,000")
    officer.on("2025-01-15")
    call = hands.call(officer, shows, CALL, questions=QUESTIONS, parts=PARTS)
    hands.announce(chief, line, call, "320,000,000", "2025-01-15")
    officer.on("2025-01-22")
    companies = [_applied(officer, settings, call, place) for place in range(26)]
    return {
        "officer": officer, "chief": chief, "line": line, "call": call, "companies": companies,
        "programme": shows,
    }  # fmt: skip


def _applied(officer, settings, call, place):
    company = hands.outsider(settings, f"show{place}@company.example", f"담당 {place}")
    name = f"전시기업 {place + 1:02}"
    hands.act_for(officer, company, hands.business_number(place + 1), name)
    written = {"name": name, "asked": "8,000,000", "q.staff": str(12 + place)}
    written["q.plan"] = "부스에서 바이어 스무 곳을 만난다."
    hands.apply(company, call, written)
    return company


def test_26_companies_are_supported_and_their_cap_is_raised_while_claims_run(story, settings):
    officer, chief, call = story["officer"], story["chief"], story["call"]
    _select(story, settings)
    awards = _award_all(officer, chief, call)
    assert len(awards) == 26
    board = officer.read("call-awards", call)
    assert _sums(board) == (26 * 8 * M, 0, 0)
    fee, freight, talk = _headings(story["companies"][0])

    first, second = story["companies"][:2]
    officer.on("2025-03-05")
    own, other = _award_of(first), _award_of(second)
    for one, award in ((first, own), (second, other)):
        one.post("my-account", award, bank="가온은행", number=f"999-{award:06}-01")
    claims = [
        hands.claim(first, own, fee, "5,000,000", 1, on="2025-03-04", vat="500,000"),
        hands.claim(first, own, freight, "1,500,000", 2, on="2025-03-04"),
        hands.claim(first, own, talk, "1,200,000", 3, on="2025-03-04"),
    ]
    for claim in claims:
        _through(first, officer, chief, claim)
    # 300,000 are left of the eight million: an invoice of 900,000 is refused with that number.
    assert "300,000" in _refused(first, own, freight, "900,000", 4)
    # An invoice is claimed once, whoever comes with it.
    twice = hands.business_number(5011), hands.invoice("2025-03-04", 1)
    errors = second.try_post(
        "my-claim-new", other, heading=str(_headings(second)[0]), provider_name="한빛전시(주)",
        provider_number=twice[0], invoice=twice[1], invoice_on="2025-03-04", supply="5,000,000",
    )  # fmt: skip
    assert list(errors) == ["invoice"]

    officer.on("2025-03-17")
    shown = officer.read("call-awards", call).context["call"]
    fee_of_call = shown.categories.order_by("order").first().pk
    chief.post(
        "call-amend", call, amount="12,000,000", **{f"cap_{fee_of_call}": "12,000,000"},
        reason="환율과 운송비 상승", on="2025-03-17",
    )  # fmt: skip
    board = officer.read("call-awards", call)
    assert _sums(board) == (26 * 12 * M, 7_700_000, 7_700_000)

    # What was refused goes through now, and a fee of ten million at another company.
    past = hands.claim(first, own, freight, "900,000", 4, on="2025-03-04")
    _through(first, officer, chief, past)
    _through(second, officer, chief, hands.claim(
        second, other, _headings(second)[0], "10,000,000", 5, on="2025-03-16", vat="1,000,000",
    ))  # fmt: skip
    assert "2,000,000" in _refused(second, other, _headings(second)[1], "2,000,001", 6)

    total = 7_700_000 + 900_000 + 10 * M
    board = officer.read("call-awards", call)
    assert _sums(board) == (26 * 12 * M, total, total)
    exported = officer.exported("call-awards", call)
    assert {row["교부 결정액(원)"] for row in exported} == {"12000000"}
    assert sorted(int(row["지급액(원)"]) for row in exported)[-3:] == [0, 8_600_000, 10 * M]
    _on_the_board(officer, story["programme"], total)


def _on_the_board(officer, programme, total):
    """Four strategies and twelve programmes; the one line carries every sum up to its strategy."""
    board = officer.read("portfolio", year="2025")
    tops = board.context["tops"]
    assert [len(top.under) for top in tops] == [3, 3, 3, 3]
    told = [f"{won:,}" for won in (500 * M, 320 * M, 180 * M, 312 * M, total, total, 0)]
    sums = [row[1:] for row in board.table() if len(row) == 8]
    assert sums == [told] * 3
    line = next(iter(officer.read("programme", programme).context["lines"]))
    assert line


def _award_of(company):
    return company.read("my-awards").context["rows"][0].pk


def _headings(company):
    return [one.pk for one in company.read("my-award", _award_of(company)).context["headings"]]


def _through(company, officer, chief, claim):
    """A claim is handed in, approved by one and paid by another."""
    company.post("my-claim-submit", claim)
    chief.post("claim-approve", claim)
    assert chief.send("claim-pay", claim).status_code in {403, 422}
    officer.post("claim-pay", claim)


def _refused(company, award, heading, supply, place):
    """What is said of an invoice that goes past a ceiling."""
    errors = company.try_post(
        "my-claim-new", award, heading=str(heading), provider_name="한빛전시(주)",
        provider_number=hands.business_number(5011), invoice_on="2025-03-04", supply=supply,
        invoice=hands.invoice("2025-03-04", place),
    )  # fmt: skip
    return str(errors)


def _sums(board):
    sums = board.context["sums"]
    return sums.limit, sums.committed, sums.paid


def _select(story, settings):
    """The desk screens all at once; five members judge; the sheet is frozen and decided."""
    officer, chief, call = story["officer"], story["chief"], story["call"]
    officer.on("2025-02-12")
    officer.quick("call-screen", call)
    officer.quick("call-pass", call)
    listed = officer.exported("call-applications", call)
    assert [row["상태"] for row in listed] == ["적격"] * 26
    panel = []
    for place in range(5):
        member = hands.outsider(settings, f"panel{place}@example.test", f"위원 {place}")
        officer.post("seat-new", call, email=member.user.email)
        panel.append(member)
    officer.post("panel-share", call, each="5", seed="1")
    officer.on("2025-02-18")
    hands.judged(panel, _points)
    officer.post("ranking-freeze", call)
    chief.post("ranking-decide", call)


def _points(number, judge, place):
    """From 30, 28, 20 for the first applicant downwards; the last member is far off the others."""
    return (34, 30, 22)[place] - int(number[-4:]) % 4 - judge - (8 if judge == 4 else 0)


def _award_all(officer, chief, call):
    officer.on("2025-02-24")
    waiting = chief.read("call-awards", call).context["selected"]
    made = []
    for row in waiting:
        made.append(chief.make(
            "award-new", query=f"?application={row.pk}", kind="costs", amount="8,000,000",
            starts_on="2025-02-24", ends_on="2025-10-31", claims_until="2025-11-28",
            report_due_on="2025-12-31",
        ))  # fmt: skip
        officer.quick("award-sign", made[-1], on="2025-02-24")
    return made
