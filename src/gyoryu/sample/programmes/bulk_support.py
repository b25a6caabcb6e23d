"""What follows an award by the ten thousand, for measuring: activities, outcomes, reports, vouchers.

Put in below the actions, like all rows for measuring; it stands on the awards of ``bulk``. What is
ordered moves no money here.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import (
    Activity,
    Application,
    Attendance,
    Award,
    AwardCategory,
    Band,
    Call,
    Ceiling,
    Order,
    Outcome,
    Programme,
    Provider,
    Recovery,
    Report,
    Sanction,
    Service,
    Terms,
    Voucher,
)
from gyoryu.sample.book import at
from gyoryu.sample.bulk import TODAY, Filling
from gyoryu.sample.programmes.bulk import limits

BUNDLE, SUBSIDY, PRICE = 20_000_000, 14_000_000, 1_000_000
KINDS = ["training", "mentoring", "workshop", "cases", "presentation", "market"]
OUTCOMES = ["jobs", "exports", "sales", "patents", "adopted", "market", "not_adopted", "investment"]
TOLD_BY_REASON = {"adopted", "not_adopted"}
ORDERED = ["settled", "settled", "confirmed", "delivered", "accepted", "quoted", "cancelled"]
REPORTED = ["accepted", "accepted", "submitted", "draft", "returned"]
OWED = ["returned", "returned", "asked", "part", "waived"]
SERVICES, PROVIDERS = 14, 100


def fill(filling: Filling) -> Iterator[str]:
    """Add what follows awards; a fifth of the vouchers and their orders is one programme's."""
    calls = list(Call.objects.filter(number__startswith="BN-", state="decided").order_by("pk"))
    awards = list(Award.objects.filter(number__startswith="BN-").order_by("pk"))
    yield _activities(filling, calls)
    yield _reports(filling, awards)
    yield _vouchers(filling)


def _activities(filling: Filling, calls: list[Call]) -> str:
    made = filling.keep(Activity, filling.share(10_000), lambda n: _activity(n, calls))
    run = Application.objects.filter(number__startswith="BN-", status__in=["running", "selected"])
    rows = list(run.order_by("pk"))
    filling.keep(Attendance, 10 * len(made), lambda n: Attendance(
        activity=made[n // 10], application=rows[n % len(rows)], present=n % 2, rating=n % 5 + 1,
    ), forget=True)  # fmt: skip
    outcomes = filling.share(50_000)
    filling.keep(Outcome, outcomes, lambda n: _outcome(n, rows[n % len(rows)]), forget=True)
    return f"{len(made):,} activities with attendance, {outcomes:,} outcomes"


def _activity(n: int, calls: list[Call]) -> Activity:
    call, starts = calls[n % len(calls)], at(TODAY + timedelta(days=n % 500 - 400))
    return Activity(
        unit=call.unit, programme_id=call.programme_id, call=call, kind=KINDS[n % len(KINDS)],
        title_ko=f"사전 교육 {n}", title_en=f"Training {n}", starts_at=starts,
        ends_at=starts + timedelta(hours=2),
    )  # fmt: skip


def _outcome(n: int, application: Application) -> Outcome:
    kind = OUTCOMES[n % len(OUTCOMES)]
    adopted = kind in TOLD_BY_REASON
    return Outcome(
        unit_id=application.unit_id, application=application, kind=kind, reason="측정용",
        amount=None if adopted else Decimal(n % 900), on=TODAY - timedelta(days=n % 300),
    )  # fmt: skip


def _reports(filling: Filling, awards: list[Award]) -> str:
    half, quarter = awards[::2], awards[::4]
    filling.keep(Report, len(half), lambda n: Report(
        award=half[n], status=REPORTED[n % len(REPORTED)], submitted_at=at(TODAY),
    ), forget=True)  # fmt: skip
    filling.keep(Recovery, len(quarter), lambda n: _recovery(n, quarter[n]), forget=True)
    companies = filling.partners
    count = filling.share(5_000)
    filling.keep(Sanction, count, lambda n: Sanction(
        unit=filling.unit(), organisation=companies[n], from_on=TODAY - timedelta(days=n % 700),
        until_on=TODAY + timedelta(days=n % 400), reason="측정용", legal_basis="측정용",
    ), forget=True)  # fmt: skip
    return f"{len(half):,} reports, {len(quarter):,} recoveries, {count:,} sanctions"


def _recovery(n: int, award: Award) -> Recovery:
    state, amount = OWED[n % len(OWED)], 100_000
    returned = {"returned": amount, "part": amount // 2}.get(state, 0)
    asked = TODAY - timedelta(days=n % 90)
    return Recovery(
        award=award, kind="clawback", amount=amount, returned=returned, reason="측정용",
        asked_on=asked, due_on=asked + timedelta(days=60), state=state,
    )  # fmt: skip


def _vouchers(filling: Filling) -> str:
    keep = filling.keep
    units = [filling.unit() for _ in range(max(2, filling.share(50)))]
    own = keep(Programme, len(units), lambda n: Programme(
        unit=units[n], number=f"BV-2025-{n:06}", kind="voucher", name_ko=f"수출바우처 {n}",
        first_year=2025, last_year=2025))  # fmt: skip
    opened = at(TODAY) - timedelta(days=90)
    calls = keep(Call, len(own), lambda n: Call(
        unit=units[n], programme=own[n], number=f"BV-2025-{n:06}", title_ko=f"바우처 모집 {n}",
        state="decided", state_since=TODAY, applicant="company", opens_at=opened,
        closes_at=opened + timedelta(days=30), published_at=opened, changed_at=opened))  # fmt: skip
    terms = keep(Terms, len(own), lambda n: Terms(
        unit_id=own[n].unit_id, programme=own[n], year=2025, version=1,
        in_force_from=date(2025, 1, 1)))  # fmt: skip
    keep(Band, 2 * len(own), lambda n: Band(terms=terms[n // 2], scale="sales", rate=70) if n % 2
         else Band(terms=terms[n // 2], scale="exports", most=BUNDLE))  # fmt: skip
    menu = keep(Service, SERVICES * len(own), lambda n: Service(
        terms=terms[n // SERVICES], code=f"S{n % SERVICES:02}", name_ko=f"서비스 {n % SERVICES}",
        order=n % SERVICES))  # fmt: skip
    sellers = keep(Provider, PROVIDERS * len(own), lambda n: _provider(
        n, own[n // PROVIDERS], filling.partners[n % len(filling.partners)]))  # fmt: skip
    tied = Provider.services.through
    keep(tied, 2 * len(sellers), lambda n: tied(
        provider=sellers[n // 2], service=menu[n // 2 // PROVIDERS * SERVICES + n % 2 * 7]))  # fmt: skip
    places = [0 if n % 5 == 0 else n % len(own) for n in range(filling.share(20_000))]
    tops, parts = _ceilings(filling, len(places))
    awards = keep(Award, len(places), lambda n: _award(
        n, calls[places[n]], filling.partners[-1 - n % len(filling.partners)], tops[n]))  # fmt: skip
    headings = keep(AwardCategory, len(places), lambda n: AwardCategory(
        award=awards[n], service=menu[places[n] * SERVICES + n % SERVICES],
        ceiling=parts[n]))  # fmt: skip
    issued = keep(Voucher, len(places), lambda n: Voucher(
        award=awards[n], terms=terms[places[n]], sales=10**9, exports=n, rate=70, subsidy=SUBSIDY,
        share=BUNDLE - SUBSIDY, share_paid_on=None if n % 9 == 0 else TODAY,
        share_mark=f"측정 {n}"))  # fmt: skip
    count = filling.share(100_000)
    keep(Order, count, lambda n: _order(
        n, issued[n % len(issued)], headings[n % len(issued)],
        sellers[places[n % len(issued)] * PROVIDERS + n * 7 % PROVIDERS]), forget=True)  # fmt: skip
    return f"{len(sellers):,} providers, {len(issued):,} vouchers, {count:,} orders"


def _ceilings(filling: Filling, count: int) -> tuple[list[Ceiling], list[Ceiling]]:
    """Return the ceiling of each voucher and that of its one heading, all under one allotment."""
    subsidy = count * SUBSIDY
    lines = filling.keep(Ceiling, 1, lambda n: Ceiling(
        level="line", limit=subsidy, committed=subsidy))  # fmt: skip
    allotted = filling.keep(Ceiling, 1, lambda n: Ceiling(
        level="allotment", parent=lines[0], limit=subsidy, drawn=subsidy, committed=subsidy))  # fmt: skip
    tops = filling.keep(Ceiling, count, lambda n: Ceiling(
        level="award", parent=allotted[0], limit=BUNDLE, drawn=SUBSIDY))  # fmt: skip
    parts = filling.keep(Ceiling, count, lambda n: Ceiling(
        level="category", parent=tops[n], limit=BUNDLE))  # fmt: skip
    raised = {"appropriated": lines, "allotted": allotted, "awarded": tops, "capped": parts}
    for kind, ceilings in raised.items():
        limits(filling, kind, ceilings, "voucher")
    return tops, parts


def _provider(n: int, programme: Programme, company: Organisation) -> Provider:
    return Provider(
        unit_id=programme.unit_id, programme=programme, organisation=company,
        state="applied" if n % 10 == 0 else "registered", state_since=TODAY,
    )  # fmt: skip


def _award(n: int, call: Call, company: Organisation, ceiling: Ceiling) -> Award:
    day = TODAY - timedelta(days=n % 200)
    return Award(
        unit_id=call.unit_id, call=call, organisation=company, name=company.name_ko,
        number=f"BV-2025-{n:06}", kind="voucher", ceiling=ceiling, status="running",
        status_since=day, awarded_on=day, starts_on=day, ends_on=day + timedelta(days=240),
        claims_until=day + timedelta(days=250), report_due_on=day + timedelta(days=280),
    )  # fmt: skip


def _order(n: int, voucher: Voucher, heading: AwardCategory, provider: Provider) -> Order:
    status, day = ORDERED[n // 3 % len(ORDERED)], TODAY - timedelta(days=n % 150)
    return Order(
        unit_id=provider.unit_id, voucher=voucher, heading=heading, provider=provider,
        number=f"BO-2025-{n:06}", title=f"번역 {n}", amount=PRICE + n % 400 * 1_000, status=status,
        status_since=day, status_reason="측정용" if status == "cancelled" else "", quoted_on=day,
        due_on=day + timedelta(days=60),
        confirmed_on=day if status in {"confirmed", "settled"} else None,
    )  # fmt: skip
