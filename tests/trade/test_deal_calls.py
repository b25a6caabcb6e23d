"""Deals and follow-ups as programs reach them: the same rules, by the same forms."""

from datetime import date

import pytest
import trade_makers
from tests.api.conftest import Program, token_for

from gyoryu.trade.models import Deal, FollowUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(now):
    """A program of somebody's, let into what its owner is."""

    def made(user):
        return Program(token_for(user, now)[1])

    return made


def test_a_program_takes_a_deal_its_way_by_the_same_rules(
    province, fair, officer, approver, program
) -> None:
    company = trade_makers.organisation(province.division, "해담식품")
    buyer = trade_makers.organisation(province.division, "사이공푸드", trade_makers.country())
    calling, boss = program(officer), program(approver)
    body = {
        "company": company.pk, "buyer": buyer.pk, "currency": "USD", "event": str(fair.pk),
        "about": "Roasted laver", "grade": "pursued", "on": "2025-03-01", "amount": "56780",
        "proof": "word",
    }  # fmt: skip
    wrong = calling.post("deals", {**body, "grade": "signed"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["proof"])
    assert calling.post("deals", body).status_code == 201
    deal = Deal.objects.get()
    told = calling.get(f"deals/{deal.pk}").json()
    assert (told["pursued"], told["signed"], told["event"]["id"]) == ("56780.00", None, fair.pk)
    shipped = {
        "grade": "verified", "on": "2025-03-20", "amount": "40000", "proof": "declaration",
        "declaration": "41774-25-003706X",
    }  # fmt: skip
    assert calling.post(f"deals/{deal.pk}/steps", shipped).status_code == 200
    again = calling.post(f"deals/{deal.pk}/steps", shipped)
    assert list(again.json()["errors"]) == ["declaration"]
    step = deal.steps.get(grade="verified")
    assert calling.post(f"deal-steps/{step.pk}/verify").status_code == 403
    assert boss.post(f"deal-steps/{step.pk}/verify").status_code == 200
    assert boss.post(f"deal-steps/{step.pk}/strike", {"reason": "wrong"}).status_code == 200
    assert calling.patch(f"deals/{deal.pk}", {"probability": 60}).status_code == 200
    asked = calling.post(f"deals/{deal.pk}/ask", {"email": "b@x.example", "language": "en"})
    assert (asked.status_code, deal.confirmations.get().version) == (200, 1)
    lost = {"on": "2025-04-01", "reason": "price"}
    assert calling.post(f"deals/{deal.pk}/lose", lost).status_code == 200
    told = calling.get(f"deals/{deal.pk}").json()
    assert (told["state"], told["grade"], told["probability"], len(told["steps"])) == (
        "lost", "pursued", 60, 2,
    )  # fmt: skip
    listed = calling.get("deals?grade=pursued&tab=lost").json()
    assert [row["number"] for row in listed["items"]] == [deal.number]


def test_a_deal_without_a_step_is_changed_and_gets_its_first_one(
    province, fair, officer, program
) -> None:
    company = trade_makers.organisation(province.division, "해담식품")
    buyer = trade_makers.organisation(province.division, "사이공푸드", trade_makers.country())
    deal = Deal.objects.create(
        unit=province.division, number="DE-2025-0009", company=company, buyer=buyer,
        graded_on=date(2025, 2, 3), currency="USD",
    )  # fmt: skip
    calling = program(officer)
    assert calling.patch(f"deals/{deal.pk}", {"probability": 60}).status_code == 200
    told = calling.get(f"deals/{deal.pk}").json()
    assert (told["probability"], told["grade"], told["graded_on"], told["consulted"]) == (
        60, "consulted", "2025-02-03", None,
    )  # fmt: skip
    step = {"grade": "pursued", "on": "2025-03-01", "amount": "100", "proof": "word"}
    assert calling.post(f"deals/{deal.pk}/steps", step).status_code == 200
    told = calling.get(f"deals/{deal.pk}").json()
    assert (told["grade"], told["graded_on"], told["pursued"]) == (
        "pursued",
        "2025-03-01",
        "100.00",
    )


def test_a_program_reads_follow_ups_and_their_rates(fair, officer, program) -> None:
    seller = trade_makers.exhibitor(fair)
    FollowUp.objects.create(
        exhibitor=seller, event=fair, months=3, due_on=date(2025, 3, 31),
        until=date(2025, 6, 29), state="answered", asked_at=trade_makers.NOW,
        answered_at=trade_makers.NOW, answers={"d1": {"what": "lost", "reason": "price"}},
    )  # fmt: skip
    calling = program(officer)
    (row,) = calling.get("follow-ups?tab=answered").json()["items"]
    page = calling.get(f"follow-ups/{row['id']}").json()
    assert (page["exhibitor"]["name"], page["answers"]["d1"]["reason"]) == ("해담식품 Co", "price")
    (rate,) = calling.get("follow-up-rates").json()["rates"]
    assert (rate["asked"], rate["answered"], rate["percent"]) == (1, 1, "100.0")
    assert calling.post(f"follow-ups/{row['id']}/ask").status_code == 409


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_lists_of_programs_ask_the_same_for_many(
    count, province, fair, officer, program, django_assert_max_num_queries
) -> None:
    company = trade_makers.organisation(province.division, "해담")
    for n in range(count):
        buying = trade_makers.organisation(province.division, f"바이어{n}", trade_makers.country())
        trade_makers.deal(province.division, company, buying, event=fair)
        FollowUp.objects.create(
            exhibitor=trade_makers.exhibitor(fair, f"회사{n}"), event=fair, months=3,
            due_on=date(2025, 3, 31), until=date(2025, 6, 29),
        )  # fmt: skip
    calling = program(officer)
    for path in ("deals", "follow-ups"):
        calling.get(path)
        with django_assert_max_num_queries(8):
            assert len(calling.get(path).json()["items"]) == count
