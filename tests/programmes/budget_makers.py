"""Makers of the portfolio for tests: a programme, its budget, a call with an award under it."""

from datetime import UTC, date, datetime
from uuid import uuid4

from gyoryu.programmes.actions import ledger
from gyoryu.programmes.actions import portfolio as actions
from gyoryu.programmes.models import Award, AwardCategory, Call, Ceiling, CostCategory
from gyoryu.programmes.rules.money import Movement

AT = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
DAY = date(2025, 4, 1)
SAID = {"by": None, "at": AT}


def strategy(unit, **values):
    own = {
        "name_ko": "수출 다변화",
        "name_en": "New markets",
        "first_year": 2024,
        "last_year": 2027,
    }
    return actions.add_strategy(unit, {**own, **values}, **SAID)


def programme(unit, **values):
    own = {
        "name_ko": "전시회 참가 지원",
        "name_en": "Trade-show support",
        "kind": "support",
        "first_year": 2025,
        "last_year": 2025,
    }
    return actions.add_programme(unit, {**own, **values}, **SAID)


def line(programme, amount=500_000_000, **values):
    own = {"year": 2025, "account_code": "307-04", "name": "민간행사사업보조", "fund": "province"}
    return actions.open_line(programme, {**own, "amount": amount, "on": DAY, **values}, **SAID)


def call(programme, **values):
    own = {
        "unit": programme.unit,
        "number": f"CA-2025-{Call.objects.count() + 1:04}",
        "title_ko": "2025년 전시회 참가기업 모집",
        "title_en": "Trade shows 2025",
        "state": "published",
        "state_since": DAY,
        "applicant": "company",
        "opens_at": datetime(2025, 1, 2, tzinfo=UTC),
        "closes_at": datetime(2025, 1, 31, tzinfo=UTC),
    }
    return Call.objects.create(programme=programme, **{**own, **values})


def allot(line, call, amount):
    return actions.allot(line, call=call, amount=amount, on=DAY, reason="배정", **SAID)


def move(ceiling, kind, amount, key="", **more):
    key = key or f"{kind}/{uuid4()}"
    return ledger.move(Movement(ceiling, kind, amount, key, DAY, **more), **SAID)


def award(allotment, amount=12_000_000, caps=(8_000_000,), drawn=None, **values):
    ceiling = Ceiling.objects.create(level="award", parent=allotment.ceiling)
    own = {
        "unit": allotment.call.unit,
        "name": "가온소재",
        "number": f"AW-2025-{Award.objects.count() + 1:04}",
        "kind": "costs",
        "status": "running",
        "status_since": DAY,
        "awarded_on": date(2025, 2, 10),
        "starts_on": date(2025, 2, 10),
        "ends_on": date(2025, 10, 31),
        "claims_until": date(2025, 11, 15),
        "report_due_on": date(2025, 12, 31),
    }
    made = Award.objects.create(call=allotment.call, ceiling=ceiling, **{**own, **values})
    move(ceiling, "awarded", amount, drawn=drawn)
    for number, cap in enumerate(caps):
        category, _made = CostCategory.objects.get_or_create(
            call=allotment.call, name_ko=("참가비", "운송비", "통역비")[number]
        )
        heading = Ceiling.objects.create(level="category", parent=ceiling)
        AwardCategory.objects.create(award=made, category=category, ceiling=heading)
        move(heading, "capped", cap)
    return made


def world(unit, **values):
    """A programme with one line of 500 million, a call with 300 million of it, and an award."""
    own = programme(unit)
    under = line(own)
    allotment = allot(under, call(own), 300_000_000)
    return under, allotment, award(allotment, **values)
