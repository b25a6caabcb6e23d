"""What the tests of vouchers start from: the year's terms, a company with a voucher, a provider."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.programmes.claims_makers import AT, ON, SAID, M, call, company

from gyoryu.accounts.models import User
from gyoryu.programmes.actions import orders, providers, terms, vouchers
from gyoryu.programmes.models import Application, Representative

BILLION = Decimal(10**9)
DAY = timedelta(days=1)
# The real programme's rates; its menu in our own words.
MENU = [
    ("TR", "통역·번역", "Interpretation and translation", 30, None),
    ("FR", "국제 운송", "International freight", None, 5 * M),
    ("DE", "디자인 개발", "Design", 50, None),
    ("CA", "해외 규격 인증", "Certification abroad", None, None),
]
VALUES = {
    "sales": [(10 * BILLION, Decimal(70)), (30 * BILLION, Decimal(60)), (None, Decimal(50))],
    "exports": [(Decimal(100_000), Decimal(30 * M)), (None, Decimal(50 * M))],
    "services": [
        {"code": code, "name_ko": ko, "name_en": en, "most_percent": percent, "most": most}
        for code, ko, en, percent, most in MENU
    ],
}
DAYS = {
    "starts_on": ON,
    "ends_on": date(2025, 11, 30),
    "claims_until": date(2025, 12, 10),
    "report_due_on": date(2026, 1, 31),
}
# Business numbers whose check digits are right.
NUMBERS = ["1248100998", "2208162517", "1048118820", "1208147521"]


def voucher_call(unit, number="CL-2025-0101", allotted=500 * M, **more):
    made = call(unit, number, allotted, award_most=None, **more)
    made.programme.kind = "voucher"
    made.programme.name_ko, made.programme.name_en = "수출바우처", "Export vouchers"
    made.programme.save()
    return made


def year_terms(of, values=VALUES, on=ON):
    made = terms.draft(of.programme, 2025, values, **SAID)
    return terms.enforce(made, on=on, **SAID)


def selected(of, organisation):
    """An application of a company that was selected."""
    return Application.objects.create(
        unit=of.unit,
        call=of,
        number=f"AP-{Application.objects.count() + 1:04}",
        organisation=organisation,
        name=organisation.name_ko,
        business_number=organisation.business_number,
        status="selected",
        status_since=ON,
        saved_at=AT,
        submitted_at=AT,
    )


def issue(of, organisation, sales=3 * BILLION, exports=Decimal(0), *, paid=True, **more):
    given = {"sales": sales, "exports": exports, **DAYS, **more}
    made = vouchers.issue(selected(of, organisation), given, **SAID)
    return vouchers.pay_share(made, on=ON, **SAID) if paid else made


def acting_for(organisation, email, *, confirmed=True):
    """Somebody without a role at the desk who acts for an organisation."""
    user = User(email=email, name_ko="박바깥", name_en="Park Outside")
    user.set_password("correct horse")
    user.save()
    Representative.objects.create(
        user=user, organisation=organisation, since=ON, confirmed_at=AT if confirmed else None
    )
    return user


def registered(of, organisation, codes="TR FR DE CA"):
    menu = of.programme.terms.first().services.filter(code__in=codes.split())
    values = {"organisation": organisation, "services": list(menu), "about": ""}
    return providers.enter(of.programme, values, **SAID)


def offer(voucher, provider, amount, code="TR", due=ON + 30 * DAY, by=None):
    values = {
        "heading": voucher.award.categories.get(service__code=code),
        "provider": provider,
        "title": "카탈로그 번역",
        "amount": amount,
        "due_on": due,
    }
    return orders.quote(voucher, values, by=by, at=AT)


def world(unit):
    """A call with terms, a company with a paid voucher of 30 million, and a provider."""
    of = voucher_call(unit)
    year_terms(of)
    buyer = company(unit, "한결정밀", NUMBERS[0])
    seller = company(unit, "다온번역", NUMBERS[1])
    return of, issue(of, buyer), registered(of, seller)


__all__ = ["AT", "BILLION", "DAY", "ON", "SAID", "UTC", "M", "call", "company", "datetime"]
