"""What the tests of deals stand on: a deal by its action, steps of each kind, papers, a rate."""

from datetime import date
from decimal import Decimal as D

import trade_makers as make
from django.core.files.uploadedfile import SimpleUploadedFile

from gyoryu.programmes.models import ExchangeRate, Representative
from gyoryu.trade.actions import deal_steps, deals
from gyoryu.trade.rules.deals import Step

SAID = make.SAID
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def paper(name="contract.pdf", more=b""):
    return SimpleUploadedFile(name, PDF + more, "application/pdf")


def day(text):
    return date.fromisoformat(text)


def word(grade="pursued", on="2025-03-01", amount="100000", **more):
    amount = None if amount is None else D(amount)
    return Step(**{"grade": grade, "on": day(on), "proof": "word", "amount": amount, **more})


def contract(on="2025-03-10", amount="90000", **more):
    return word("signed", on, amount, proof="contract", file=paper(), **more)


def shipment(number="41774-25-003706X", on="2025-03-20", amount="40000", **more):
    return word("verified", on, amount, proof="declaration", declaration=number, **more)


def begin(unit, first=None, **values):
    """A deal by its action, of a new company with a new buyer."""
    company = values.pop("company", None) or make.organisation(unit, "해담식품")
    buyer = values.pop("buyer", None) or make.organisation(unit, "사이공푸드", make.country())
    own = {"company": company, "buyer": buyer, "currency": "USD", **values}
    return deals.begin(unit, own, first or word(), **SAID)


def tell(deal, step, **who):
    return deal_steps.tell(deal, step, **{**SAID, **who})


def rate(currency="USD", on="2025-03-20", won="1400", source="서울외국환중개"):
    return ExchangeRate.objects.create(currency=currency, day=day(on), rate=D(won), source=source)


def acting(user, company):
    """Somebody who is confirmed to act for a company."""
    return Representative.objects.create(
        user=user, organisation=company, since=make.TODAY, confirmed_at=make.NOW
    )
