"""Awards and claims through the API: the same words, the same limits, the same call once."""

import pytest
from tests.programmes.claims_makers import ISSUER, M, call, company, running, stands, submitted

from gyoryu.programmes.models import LedgerEntry

pytestmark = pytest.mark.django_db
DAYS = {
    "starts_on": "2025-01-01", "ends_on": "2025-11-30", "claims_until": "2025-12-10",
    "report_due_on": "2026-01-31",
}  # fmt: skip


@pytest.fixture
def chief(program, person_with):
    return program(person_with("approver"))


@pytest.fixture
def clerk(program, officer):
    return program(officer)


def test_a_call_is_granted_from_once_and_read_again(chief, province) -> None:
    shows = call(province.division)
    maker = company(province.division)
    body = {"organisation": maker.pk, "kind": "costs", "amount": "8000000", **DAYS}
    key = {"Idempotency-Key": "grant-1"}
    made = [chief.post(f"calls/{shows.pk}/awards", body, **key) for _time in range(2)]
    assert [one.status_code for one in made] == [201, 201], made[0].content.decode()
    page = chief.get(made[0]["Location"]).json()
    assert (page["number"], page["ceiling"]["free"], len(page["headings"])) == (
        "AW-2025-0001", 8 * M, 3,
    )  # fmt: skip
    assert LedgerEntry.objects.filter(kind="awarded").count() == 1


def test_a_claim_is_entered_approved_with_a_cut_and_paid_once(chief, clerk, province) -> None:
    held = running(call(province.division), company(province.division))
    claim = submitted(held)
    listed = chief.get("claims?tab=waiting").json()["items"]
    assert [row["number"] for row in listed] == [claim.number]
    cut = {"code_0": "evidence", "amount_0": "500000"}
    key = {"Idempotency-Key": "a"}
    answers = [chief.post(f"claims/{claim.pk}/approve", cut, **key) for _time in range(2)]
    assert [one.status_code for one in answers] == [200, 200], answers[0].content.decode()
    assert chief.post(f"claims/{claim.pk}/pay", {"on": "2025-04-01"}).status_code == 409
    paid = [clerk.post(f"claims/{claim.pk}/pay", {"on": "2025-04-01"}, **key) for _time in range(2)]
    assert [one.status_code for one in paid] == [200, 200]
    page = clerk.get(f"claims/{claim.pk}").json()
    assert (page["status"], page["approved"], page["cuts"]) == (
        "paid", 2_500_000, [{"code": "evidence", "amount": 500_000, "reason": ""}],
    )  # fmt: skip
    assert stands(held.ceiling)["paid"] == 2_500_000


def test_a_refusal_names_the_field_and_the_number_that_is_left(clerk, province) -> None:
    held = running(call(province.division), company(province.division))
    body = {
        "heading": held.categories.get(category__name_en="Freight").pk,
        "provider_name": "누리전시", "provider_number": ISSUER, "invoice": "7",
        "invoice_on": "2025-03-20", "supply": "9000000",
    }  # fmt: skip
    answer = clerk.post(f"awards/{held.pk}/claims", body)
    assert answer.status_code == 422
    assert "only 8,000,000 KRW is left: Freight" in answer.content.decode()
