"""What an awardee and an office do with awards and claims, through the screens."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.programmes.claims_makers import (
    ON,
    SAID,
    M,
    acts_for,
    award,
    company,
    file,
    running,
    stands,
    submitted,
)  # fmt: skip

from gyoryu.history.models import Entry
from gyoryu.programmes.actions import awards, decisions
from gyoryu.programmes.models import Amendment, Award, BankAccount, Claim

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def chief(person_with):
    return signed_in(person_with("approver"))


@pytest.fixture
def clerk(officer):
    return signed_in(officer)


@pytest.fixture
def own(held):
    return signed_in(acts_for(held.organisation))


def post(client, name, *args, **typed):
    return client.post(reverse(name, args=args), {"once": str(uuid4()), **typed})


def typed_claim(held, **more):
    return {
        "heading": held.categories.get(category__name_en="Exhibition fee").pk,
        "provider_name": "누리전시",
        "provider_number": "220-81-62517",
        "invoice": "2025-031",
        "invoice_on": "2025-03-20",
        "currency": "KRW",
        "supply": "3,000,000",
        "vat": "300,000",
        **more,
    }


def test_a_company_claims_and_is_paid_all_through_the_screens(held, own, chief, clerk) -> None:
    page = own.get(reverse("my-award", args=[held.pk]))
    assert page.status_code == 200
    made = post(own, "my-claim-new", held.pk, **typed_claim(held))
    claim = Claim.objects.get()
    assert made["Location"] == reverse("my-claim", args=[claim.pk])
    assert "Still missing" in own.get(made["Location"]).content.decode()
    assert post(own, "my-claim-paper", claim.pk, kind="invoice", file=file()).status_code == 302
    assert post(own, "my-claim-submit", claim.pk).status_code == 302
    waiting = chief.get(reverse("claims"), {"tab": "waiting"}).content.decode()
    assert claim.number in waiting
    assert "8,000,000" in waiting
    assert chief.get(reverse("claim", args=[claim.pk])).status_code == 200
    cut = {"code_0": "evidence", "amount_0": "500,000", "reason_0": ""}
    assert post(chief, "claim-approve", claim.pk, **cut).status_code == 302
    due = clerk.get(reverse("payments")).content.decode()
    assert "···7890" in due
    assert "110234567890" not in due
    assert post(clerk, "payments", claims=[claim.pk], on="2025-04-01").status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.approved, claim.paid_on) == ("paid", 2_500_000, ON)
    told = own.get(reverse("my-claim", args=[claim.pk])).content.decode()
    assert "It was paid." in told
    assert own.get(reverse("my-claims")).status_code == 200


def test_the_same_click_twice_is_one_claim_one_approval_one_payment(
    held, own, chief, clerk
) -> None:
    once = {"once": str(uuid4())}
    for _click in range(2):
        own.post(reverse("my-claim-new", args=[held.pk]), {**once, **typed_claim(held)})
    claim = Claim.objects.get()
    post(own, "my-claim-paper", claim.pk, kind="invoice", file=file())
    post(own, "my-claim-submit", claim.pk)
    for client, name, typed in (
        (chief, "claim-approve", {}), (clerk, "claim-pay", {"on": "2025-04-01"}),
    ):  # fmt: skip
        click = {"once": str(uuid4()), **typed}
        codes = [
            client.post(reverse(name, args=[claim.pk]), click).status_code for _click in range(2)
        ]
        assert codes == [302, 302]
    assert stands(held.ceiling) == {
        "limit": 8 * M, "drawn": 8 * M, "committed": 3 * M, "paid": 3 * M,
    }  # fmt: skip


def test_a_refused_claim_keeps_what_was_typed_and_says_why_beside_the_field(held, own) -> None:
    answer = post(own, "my-claim-new", held.pk, **typed_claim(held, supply="9,000,000"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "only 8,000,000 KRW is left: Exhibition fee" in shown
    assert "9,000,000" in shown
    assert "누리전시" in shown
    assert Claim.objects.count() == 0


def test_a_file_that_is_not_what_it_says_is_refused_beside_the_field(held, own) -> None:
    post(own, "my-claim-new", held.pk, **typed_claim(held))
    claim = Claim.objects.get()
    answer = post(
        own, "my-claim-paper", claim.pk, kind="invoice", file=file(b"MZ\x90\x00", "invoice.pdf")
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_nobody_sees_what_is_not_theirs(held, unit, own, clerk) -> None:
    claim = submitted(held)
    other = signed_in(acts_for(company(unit, "다른기업", "1078783297"), "other@example.test"))
    for name, pk in (
        ("my-award", held.pk), ("my-claim-new", held.pk), ("my-account", held.pk),
        ("my-claim", claim.pk), ("my-claim-submit", claim.pk),
    ):  # fmt: skip
        assert other.get(reverse(name, args=[pk])).status_code == 404
        assert own.get(reverse(name, args=[pk])).status_code != 404
    for name, args in (("claims", []), ("claim", [claim.pk]), ("payments", [])):
        assert own.get(reverse(name, args=args)).status_code == 403


def test_a_viewer_sees_awards_but_not_claims(held, person_with) -> None:
    claim = submitted(held)
    viewer = signed_in(person_with("viewer"))
    page = viewer.get(reverse("award", args=[held.pk]))
    assert page.status_code == 200
    assert claim.number not in page.content.decode()
    assert "···7890" not in page.content.decode()
    assert viewer.get(reverse("claim", args=[claim.pk])).status_code == 403


def test_the_banks_file_holds_full_numbers_and_its_reading_is_written_down(held, clerk) -> None:
    claim = decisions.approve(submitted(held), **SAID)
    answer = clerk.post(reverse("payments-file"), {"claims": [claim.pk], "kind": "csv"})
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        f"한결은행,110234567890,3000000,한결정밀,{claim.number},한결정밀", "Total,,3000000,,,",
    ]  # fmt: skip
    assert Entry.objects.filter(verb="account.read").count() == 1


def test_awards_are_granted_signed_amended_and_cancelled_on_their_pages(
    shows, unit, chief, clerk
) -> None:
    maker = company(unit)
    days = {
        "starts_on": "2025-01-01", "ends_on": "2025-11-30", "claims_until": "2025-12-10",
        "report_due_on": "2026-01-31",
    }  # fmt: skip
    typed = {"organisation": f"{maker} #{maker.pk}", "kind": "costs", "amount": "8,000,000", **days}
    address = f"{reverse('award-new')}?call={shows.pk}"
    assert chief.get(address).status_code == 200
    made = chief.post(address, {"once": str(uuid4()), **typed})
    row = Award.objects.get()
    assert made["Location"] == row.get_absolute_url()
    assert post(clerk, "award-sign", row.pk, on="2025-04-01").status_code == 302
    asked = {"amount": "7,000,000", "on": "2025-04-01", "reason": "규모 축소"}
    assert post(clerk, "award-amend", row.pk, **asked).status_code == 302
    change = Amendment.objects.get()
    assert (change.state, stands(row.ceiling)["limit"]) == ("asked", 8 * M)
    assert "waits for approval" in chief.get(row.get_absolute_url()).content.decode()
    assert chief.get(reverse("amendment-decide", args=[change.pk])).status_code == 200
    assert post(chief, "amendment-decide", change.pk, approve="1").status_code == 302
    assert stands(row.ceiling)["limit"] == 7 * M
    said = {"bank": "한결은행", "number": "110-234-567890", "holder": "한결정밀"}
    assert post(clerk, "award-account", row.pk, **said).status_code == 302
    assert BankAccount.objects.get().tail == "7890"
    assert post(chief, "award-cancel", row.pk, reason="참가 포기").status_code == 302
    assert stands(row.ceiling) == {}
    assert chief.get(row.get_absolute_url()).status_code == 200


def test_all_awards_of_a_call_are_raised_on_one_page(shows, unit, chief) -> None:
    held = [award(shows, company(unit, f"기업 {n}", "")) for n in range(3)]
    assert chief.get(reverse("call-amend", args=[shows.pk])).status_code == 200
    raised = {"amount": "12,000,000", "on": "2025-04-01", "reason": "한도 인상"}
    assert post(chief, "call-amend", shows.pk, **raised).status_code == 302
    assert [stands(one.ceiling)["limit"] for one in held] == [12 * M] * 3
    board = chief.get(reverse("call-awards", args=[shows.pk])).content.decode()
    assert "36,000,000" in board


def test_a_list_too_long_to_be_counted_is_not_added_up(shows, unit, chief, monkeypatch) -> None:
    held = [award(shows, company(unit, f"기업 {n}", "")) for n in range(3)]
    told = chief.get(reverse("awards")).content.decode()
    assert "24,000,000" in told
    assert "Narrow the list" not in told
    monkeypatch.setattr("gyoryu.web.counting.MANY", 2)
    told = chief.get(reverse("awards")).content.decode()
    assert "2+ awards in all" in told
    assert "24,000,000" not in told
    assert "Narrow the list to see what it comes to." in told
    narrowed = chief.get(reverse("awards"), {"q": held[1].number}).content.decode()
    assert "8,000,000" in narrowed
    assert "Narrow the list" not in narrowed


def test_an_advance_goes_its_way_on_the_awards_page(shows, unit, chief, clerk) -> None:
    row = award(shows, company(unit), kind="advance")
    awards.sign(row, on=ON, **SAID)
    said = {"amount": "5,000,000", "reason": "착수금"}
    assert post(chief, "award-advance", row.pk, **said).status_code == 302
    advance = row.advances.get()
    assert post(clerk, "advance-pay", advance.pk, on="2025-04-01").status_code == 302
    assert stands(row.ceiling)["advanced"] == 5 * M
    assert chief.get(row.get_absolute_url()).status_code == 200
    assert post(chief, "advance-undo", advance.pk, reason="계좌 오류").status_code == 302
    assert "advanced" not in stands(row.ceiling)


def test_decisions_have_their_pages_and_their_reasons(held, chief, clerk) -> None:
    claim = submitted(held)
    assert post(clerk, "claim-return", claim.pk, reason="송금증 없음").status_code == 302
    assert post(clerk, "claim-approve", claim.pk).status_code == 403
    other = submitted(held, invoice="77")
    assert post(chief, "claim-reject", other.pk, reason="대상 아님").status_code == 302
    third = submitted(held, invoice="78")
    assert post(chief, "claim-approve", third.pk).status_code == 302
    assert post(clerk, "claim-pay", third.pk, on="2025-04-01").status_code == 302
    assert post(chief, "claim-reverse", third.pk, reason="계좌 오류").status_code == 302
    assert post(chief, "claim-reopen", third.pk, reason="착오").status_code == 302
    found = Claim.objects.order_by("pk").values_list("status", flat=True)
    assert list(found) == ["returned", "rejected", "submitted"]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_lists_take_the_same_few_queries_however_long(
    rows, shows, unit, chief, clerk, django_assert_max_num_queries
) -> None:
    shows.award_most = None
    shows.save()
    held = [running(shows, company(unit, f"기업 {n}", ""), 2 * M) for n in range(rows)]
    made = [submitted(one, invoice=f"N-{n}", supply=Decimal(M)) for n, one in enumerate(held)]
    for name, args in (("awards", []), ("claims", []), ("call-awards", [shows.pk])):
        with django_assert_max_num_queries(12 if name == "call-awards" else 8):
            assert chief.get(reverse(name, args=args)).status_code == 200
    for one in made:
        decisions.approve(one, **SAID)
    with django_assert_max_num_queries(8):
        assert clerk.get(reverse("payments")).status_code == 200


def test_pages_stay_within_their_budget(held, own, chief, django_assert_max_num_queries) -> None:
    claim = submitted(held)
    for client, name, pk in (
        (chief, "award", held.pk), (chief, "claim", claim.pk), (own, "my-award", held.pk),
        (own, "my-claim", claim.pk),
    ):  # fmt: skip
        client.get(reverse(name, args=[pk]))
        with django_assert_max_num_queries(15 if name != "award" else 16):
            assert client.get(reverse(name, args=[pk])).status_code == 200
    typed = typed_claim(held, invoice="500", vat="")
    with django_assert_max_num_queries(19):
        made = post(own, "my-claim-new", held.pk, **typed)
    assert made.status_code == 302


def test_further_cuts_are_folded_away_until_something_stands_in_them(held, chief) -> None:
    claim = submitted(held)
    page = reverse("claim-approve", args=[claim.pk])
    assert "<details>" in chief.get(page).content.decode()
    reply = chief.post(page, {"amount_2": "5", "once": ""})
    text = reply.content.decode()
    assert (reply.status_code, "<details open>" in text) == (422, True)
    assert 'name="amount_2" value="5"' in text
