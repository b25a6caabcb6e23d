"""What the tests of awards and claims start from: a call with money, companies, an award."""

from datetime import UTC, date, datetime
from decimal import Decimal
from re import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.parties.actions import add_organisation
from gyoryu.programmes.actions import awards, bank_accounts, claims, ledger
from gyoryu.programmes.models import (
    Allotment,
    BudgetLine,
    Call,
    Ceiling,
    CostCategory,
    Programme,
    Representative,
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


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ISSUER = "2208162517"


def running(of, organisation, amount=8 * M, **more):
    """An award that runs, with an account to be paid to."""
    made = award(of, organisation, amount, **more)
    awards.sign(made, on=ON, **SAID)
    bank_accounts.tell(
        made, bank="한결은행", number="110-234-567890", holder=str(organisation), **SAID
    )
    made.refresh_from_db()
    return made


def cost(of, name="Exhibition fee", **more):
    """What is typed into a claim for a category of an award."""
    return {
        "heading": of.categories.get(category__name_en=name),
        "provider_name": "누리전시",
        "provider_number": ISSUER,
        "invoice": "2025-031",
        "invoice_on": date(2025, 3, 20),
        "supply": Decimal(3 * M),
        "vat": Decimal(300_000),
        "currency": "KRW",
        **more,
    }


def file(content=PDF, name="invoice.pdf"):
    return SimpleUploadedFile(name, content)


def submitted(of, by=None, **more):
    """A claim that was handed in with its invoice."""
    made = claims.draft(of, cost(of, **more), by=by, at=AT)
    claims.attach(made, kind="invoice", file=file(), by=by, at=AT)
    return claims.submit(made, by=by, at=AT)


def acts_for(organisation, email="rep@example.test", *, confirmed=True):
    """Somebody from outside who acts for a company."""
    user = User.objects.create(email=email, name_ko="한 대표", name_en="Rep Han")
    Representative.objects.create(
        user=user, organisation=organisation, since=ON, confirmed_at=AT if confirmed else None
    )
    return user


def stands(ceiling):
    """What a ceiling holds now, without its zeros."""
    ceiling.refresh_from_db()
    return {name: getattr(ceiling, name) for name in COLUMNS if getattr(ceiling, name)}


def refusing(reason):
    """What is done inside is refused, in these words."""
    return pytest.raises(Refused, match=escape(reason))
