"""What the tests of awards and claims start from: a call with money, companies, an award."""

from datetime import UTC, date, datetime
from decimal import Decimal
from re import escape

import pytest

from gyoryu.base.refused import Refused
from gyoryu.parties.actions import add_organisation
from gyoryu.programmes.actions import awards, ledger
from gyoryu.programmes.models import (
    Allotment,
    BudgetLine,
    Call,
    Ceiling,
    CostCategory,
    Programme,
    Strategy,
)
from gyoryu.programmes.rules.awards import Grant
from gyoryu.programmes.rules.money import COLUMNS, Movement

AT, ON = datetime(2025, 4, 1, 0, 30, tzinfo=UTC), date(2025, 4, 1)
SAID = {"by": None, "at": AT}
M = 1_000_000


def move(ceiling, kind, amount, **more):
    movement = Movement(ceiling, kind, amount, f"{ceiling.pk}/{kind}", ON, **more)
    return ledger.move(movement, **SAID)


def call(unit, number="CL-2025-0001", allotted=500 * M, award_most=8 * M, **more):
    """A trade-show call with money set apart and three categories of cost."""
    strategy = Strategy.objects.create(
        unit=unit, name_ko="수출 다변화", name_en="New markets", first_year=2025, last_year=2027
    )
    programme = Programme.objects.create(
        unit=unit,
        strategy=strategy,
        number=f"PG-{number}",
        kind="support",
        name_ko="해외 전시회 개별 참가 지원",
        name_en="Trade-show support",
        first_year=2025,
        last_year=2025,
    )
    top = Ceiling.objects.create(level="line")
    line = BudgetLine.objects.create(
        unit=unit,
        programme=programme,
        year=2025,
        account_code="307-04",
        name="민간행사사업보조",
        fund="province",
        ceiling=top,
    )
    move(top, "appropriated", allotted)
    made = Call.objects.create(
        unit=unit,
        programme=programme,
        number=number,
        title_ko="2025 해외 전시회 참가 기업 모집",
        title_en="Trade shows 2025",
        state="decided",
        state_since=ON,
        applicant="company",
        opens_at=datetime(2025, 1, 6, tzinfo=UTC),
        closes_at=datetime(2025, 2, 14, tzinfo=UTC),
        award_most=award_most,
        **more,
    )
    apart = Ceiling.objects.create(level="allotment", parent=top)
    Allotment.objects.create(call=made, line=line, ceiling=apart)
    move(apart, "allotted", allotted)
    names = [("부스 임차료", "Exhibition fee"), ("운송비", "Freight"), ("통역비", "Interpretation")]
    for order, (ko, en) in enumerate(names):
        CostCategory.objects.create(
            call=made, name_ko=ko, name_en=en, order=order, evidence=["invoice"]
        )
    return made


def company(unit, name="한결정밀", number="1248100998"):
    values = {"kind": "company", "name_ko": name, "business_number": number}
    return add_organisation(unit, values, **SAID)


def grant(of, organisation, amount=8 * M, **more):
    values = {
        "kind": "costs",
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2025, 11, 30),
        "claims_until": date(2025, 12, 10),
        "report_due_on": date(2026, 1, 31),
        "own_share": Decimal(0),
        **more,
    }
    return Grant(call=of, amount=amount, organisation=organisation, **values)


def award(of, organisation, amount=8 * M, **more):
    return awards.award(grant(of, organisation, amount, **more), **SAID)


def stands(ceiling):
    """What a ceiling holds now, without its zeros."""
    ceiling.refresh_from_db()
    return {name: getattr(ceiling, name) for name in COLUMNS if getattr(ceiling, name)}


def refusing(reason):
    """What is done inside is refused, in these words."""
    return pytest.raises(Refused, match=escape(reason))
