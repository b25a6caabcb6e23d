"""Programmes, money and calls to test calls with."""

from datetime import UTC, date, datetime, timedelta

from gyoryu.accounts.models import Unit, User
from gyoryu.parties.models import Organisation
from gyoryu.programmes.actions import calls, ledger, parts
from gyoryu.programmes.models import (
    Allotment,
    Application,
    Award,
    AwardCategory,
    BudgetLine,
    Call,
    Ceiling,
    CostCategory,
    Programme,
)
from gyoryu.programmes.questions import load
from gyoryu.programmes.rules.money import Movement

AT = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
ON = date(2025, 4, 1)
SAID = {"by": None, "at": AT}
OPENS, CLOSES = AT + timedelta(days=1), AT + timedelta(days=15)
FORM = [
    {"code": "event", "kind": "text", "label": {"ko": "참가 전시회", "en": "Exhibition"}, "required": True},
    {"code": "sales", "kind": "money", "label": {"ko": "전년도 매출", "en": "Last year's sales"}, "required": True},
    {"code": "costs", "kind": "choices", "label": {"ko": "신청 비용", "en": "Costs"},
     "options": [{"code": "booth", "label": {"ko": "참가비", "en": "Fee"}}, {"code": "freight", "label": {"ko": "운송비", "en": "Freight"}}]},
    {"code": "true", "kind": "consent", "label": {"ko": "사실과 다름이 없습니다", "en": "It is true"}, "required": True},
]  # fmt: skip
CALL = {
    "title_ko": "2025년 해외전시회 개별참가 지원",
    "title_en": "Support for exhibitions abroad 2025",
    "summary_ko": "도내 중소기업의 해외전시회 참가비를 지원합니다.",
    "summary_en": "Small companies are supported in exhibiting abroad.",
    "contact": "국제통상과 통상지원팀 031-000-0000",
    "applicant": "company",
    "opens_at": OPENS,
    "closes_at": CLOSES,
    "places": 26,
    "award_most": 8_000_000,
    "reviewed": True,
}


def programme(unit: Unit, number: str = "PG-2025-0001", **more) -> Programme:
    values = {"kind": "support", "name_ko": "해외전시회 지원", "name_en": "Trade-show support"}
    return Programme.objects.create(
        unit=unit, number=number, first_year=2025, last_year=2027, **{**values, **more}
    )


def allotted(call: Call, won: int = 500_000_000) -> Allotment:
    top = Ceiling.objects.create(level="line")
    line = BudgetLine.objects.create(
        unit=call.unit, programme=call.programme, year=2025, fund="province", ceiling=top,
        account_code=f"307-{call.pk}", name="민간경상사업보조",
    )  # fmt: skip
    _move(top, "appropriated", won)
    own = Ceiling.objects.create(level="allotment", parent=top)
    _move(own, "allotted", won)
    return Allotment.objects.create(call=call, line=line, ceiling=own)


def _move(ceiling: Ceiling, kind: str, won: int) -> None:
    ledger.move(Movement(ceiling, kind, won, f"{kind}/{ceiling.pk}", ON), **SAID)


def prepared(unit: Unit, of: Programme | None = None, **more) -> Call:
    return calls.prepare(of or programme(unit), {**CALL, **more}, **SAID)


def complete(unit: Unit, of: Programme | None = None, **more) -> Call:
    """A call that can be announced."""
    call = prepared(unit, of, **more)
    allotted(call)
    for name, most in (("참가비", None), ("운송비", 3_000_000), ("통역비", 1_000_000)):
        parts.add(call, "categories", {"name_ko": name, "most": most}, **SAID)
    for name, most in (("해외시장 적합성", 40), ("수출 역량", 40), ("참가 계획", 20)):
        parts.add(call, "criteria", {"name_ko": name, "most": most}, **SAID)
    parts.set_form(call, list(load(FORM)), **SAID)
    call.refresh_from_db()
    return call


def published(unit: Unit, of: Programme | None = None, *, at: datetime = AT, **more) -> Call:
    return calls.publish(complete(unit, of, **more), by=None, at=at)


def company(unit: Unit, name: str, **more) -> Organisation:
    return Organisation.objects.create(unit=unit, kind="company", name_ko=name, **more)


def applied(call: Call, who: Organisation, user: User | None = None, **more) -> Application:
    values = {
        "answers": {}, "status": "submitted", "submitted_at": AT, "status_since": ON, "saved_at": AT,
        "name": str(who), "number": f"AP-2025-{Application.objects.count():04}",
    }  # fmt: skip
    return Application.objects.create(
        unit=call.unit, call=call, applicant=user, **{"organisation": who, **values, **more}
    )


def awarded(call: Call, who: Organisation, on: date = ON, categories=("참가비",), **more) -> Award:
    allotment = call.allotments.first() or allotted(call)
    ceiling = Ceiling.objects.create(level="award", parent=allotment.ceiling)
    award = Award.objects.create(
        unit=call.unit, call=call, organisation=who, name=str(who), kind="costs", ceiling=ceiling,
        number=f"AW-{on.year}-{Award.objects.count():04}", status_since=on, awarded_on=on, starts_on=on,
        ends_on=on, claims_until=on, report_due_on=on, **more,
    )  # fmt: skip
    for name in categories:
        kind, _new = CostCategory.objects.get_or_create(call=call, name_ko=name)
        cap = Ceiling.objects.create(level="category", parent=ceiling)
        AwardCategory.objects.create(award=award, category=kind, ceiling=cap)
    return award
