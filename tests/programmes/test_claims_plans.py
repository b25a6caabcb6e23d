"""The desk's questions about claims are answered from an index, on both databases."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from tests.programmes.claims_makers import AT, ON, award, call, company

from gyoryu.programmes.models import Claim
from gyoryu.programmes.queries import awards

pytestmark = pytest.mark.django_db
STATES = ["submitted", *["paid"] * 17, "returned", "draft"]


@pytest.fixture
def many(province):
    """Four thousand claims, of which two hundred wait."""
    held = award(call(province.division), company(province.division))
    heading = held.categories.first()
    Claim.objects.bulk_create(
        Claim(
            unit=held.unit, award=held, heading=heading, number=f"PC-2025-{n:04}",
            provider_name="누리전시", provider_number="2208162517", invoice=str(n),
            invoice_key=f"b/{n}", invoice_on=ON, supply=Decimal(1), eligible=1,
            approved=1 if STATES[n % 20] == "paid" else None, status=STATES[n % 20],
            status_since=ON, submitted_at=AT + timedelta(minutes=n),
        )
        for n in range(4000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan(rows):
    return rows.explain()


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: Claim.objects.filter(status="submitted").order_by("submitted_at", "pk")[:51],
         "claim_waiting"),
        (lambda: Claim.objects.order_by("submitted_at", "pk")[:51], "claim_by_handing"),
        (lambda: Claim.objects.filter(invoice_key="b/7"), "claim_of_invoice"),
        (lambda: Claim.objects.filter(**awards.numbered("PC-2025-0007")), "claim_by_number"),
    ],
)  # fmt: skip
def test_a_question_of_the_desk_has_its_index(many, rows, index) -> None:
    assert index in plan(rows())
