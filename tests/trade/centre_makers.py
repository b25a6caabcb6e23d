"""What tests of centres and malls stand on; every name is invented."""

from datetime import UTC, date, datetime

from trade_makers import NOW, SAID, TODAY, country, organisation

from gyoryu.accounts.models import User
from gyoryu.parties.models import Product
from gyoryu.programmes.models import Representative
from gyoryu.trade.actions import centres, channels, enquiries, leads, listings

WORDS = {
    "kind": "buyer",
    "subject": "김 수입상을 찾습니다",
    "text": "조미김을 찾는 곳이 있습니까?",
    "hs_code": "200899",
}


def centre(unit, **fields):
    own = {
        "name_ko": "도연 해외비즈니스센터", "name_en": "Doyeon Business Centre", "answers_in": 5,
        "opened_on": date(2023, 5, 1), "services": ["바이어 발굴"], "asked_by_all": True,
    }  # fmt: skip
    return centres.open_centre(unit, {**own, **fields}, **SAID)


def enquiry(of, at=NOW, **fields):
    return enquiries.take_in(of, {**WORDS, **fields}, by=None, at=at)


def lead(of, name="다하 무역", codes=("2008",), **fields):
    buyer = organisation(of.unit, name, country("CN", "중국", "China"))
    own = {"organisation": buyer, "hs_codes": list(codes), "found_on": date(2025, 3, 3)}
    return leads.add(of, {**own, **fields}, **SAID)


def deputy(company, email="deputy@maru.example", confirmed=True):
    """Somebody who acts for a company, confirmed by an officer unless said otherwise."""
    user = User.objects.create(email=email, name_ko="참가자 마루", language="ko")
    Representative.objects.create(
        user=user, organisation=company, since=TODAY, confirmed_at=NOW if confirmed else None
    )
    return user


def channel(unit, **fields):
    own = {"name_ko": "가람몰", "name_en": "Garam Mall", "name_native": "佳蓝商城", "currency": "CNY",
           "language": "zh"}  # fmt: skip
    return channels.add(unit, {**own, **fields}, **SAID)


def product(company, name="들깨 누룽지", hs="190410"):
    return Product.objects.create(organisation=company, name_ko=name, name_en=f"{name} en", hs=hs)


COURSE = (
    ("documents", date(2025, 2, 3)),
    ("registered", date(2025, 2, 10)),
    ("live", date(2025, 2, 20)),
)
BEFORE = {"by": None, "at": datetime(2025, 2, 1, 1, tzinfo=UTC)}


def listing(of, made, code="10001", until="live"):
    (row,) = listings.propose(of, [made], **BEFORE)
    for state, on in COURSE:
        if row.state == until:
            break
        own = "" if state == "documents" else code
        row = listings.move(row, state, on, code=own, **SAID)
    return row
