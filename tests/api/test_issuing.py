"""A program issues vouchers from terms to the claim of an order, and selects without a panel."""

from datetime import date, timedelta

import pytest
from tests.programmes import applying_makers as applying
from tests.programmes import voucher_makers as makers
from tests.programmes.voucher_makers import ON, SAID, M

from gyoryu.programmes.actions import awards, orders
from gyoryu.programmes.models import Application, BankAccount, Call, Claim, Terms, Voucher

pytestmark = pytest.mark.django_db
BANDS = {
    "sales_0_value": "70", "exports_0_value": "30000000",
    "services_0_code": "TR", "services_0_name_ko": "통역·번역",
}  # fmt: skip
DAYS = {"starts_on": "2025-04-01", "ends_on": "2025-11-30", "claims_until": "2025-12-10",
        "report_due_on": "2026-01-31"}  # fmt: skip


def posted(calling, path, body, key):
    reply = calling.post(path, body, **{"Idempotency-Key": key})
    assert reply.status_code in {200, 201}, reply.content
    return reply.json()


def test_from_terms_to_the_claim_of_an_order(program, approver, province):
    unit, calling = province.division, program(approver)
    of = makers.voucher_call(unit)
    terms = posted(
        calling, "voucher-terms", {"programme": of.programme.pk, "year": 2025, **BANDS}, "1"
    )
    own = Terms.objects.get()
    assert (terms["id"], own.in_force_from, own.services.get().code) == (own.pk, None, "TR")
    changed = calling.patch(f"voucher-terms/{own.pk}", {"services_0_most": "5000000"})
    assert (changed.status_code, own.services.get().most) == (200, 5 * M)
    posted(calling, f"voucher-terms/{own.pk}/enforce", {"on": "2025-04-01"}, "2")
    buyer, seller = (
        makers.company(unit, name, number)
        for name, number in zip(("가온", "누리"), makers.NUMBERS, strict=False)
    )
    row = makers.selected(of, buyer)
    issued = posted(
        calling, f"applications/{row.pk}/voucher",
        {"sales": "3000000000", "exports": "0", **DAYS}, "3",
    )  # fmt: skip
    refused = calling.patch(f"voucher-terms/{own.pk}", {"services_0_most": "1"})
    assert refused.status_code == 409, refused.content
    voucher = Voucher.objects.get(pk=issued["id"])
    assert (voucher.subsidy, voucher.share) == (21 * M, 9 * M)
    posted(calling, f"vouchers/{voucher.pk}/share", {"on": "2025-04-01"}, "4")
    awards.sign(voucher.award, on=ON, **SAID)
    provider = makers.registered(of, seller, "TR")
    account = {"bank": "한결은행", "number": "110-234-567890", "holder": "누리"}
    posted(calling, f"providers/{provider.pk}/account", account, "5")
    assert BankAccount.objects.get(organisation=seller).tail == "7890"
    voucher.refresh_from_db()
    order = makers.offer(voucher, provider, 2 * M)
    too_early = calling.post(f"orders/{order.pk}/claim", {}, **{"Idempotency-Key": "6"})
    assert too_early.status_code == 409
    assert "Only a confirmed order is settled. This one is: Quoted." in too_early.content.decode()
    for step in (orders.accept, orders.deliver, orders.confirm):
        more = {} if step is orders.accept else {"on": ON}
        order = step(order, **more, **SAID)
    body = {
        "heading": order.heading_id, "provider_name": "누리", "provider_number": makers.NUMBERS[1],
        "invoice": "2025-1", "invoice_on": "2025-04-01", "currency": "KRW", "supply": "2000001",
    }  # fmt: skip
    of_order = f"orders/{order.pk}/claim"
    too_much = calling.post(of_order, body)
    assert (too_much.status_code, too_much.json()["errors"]) == (
        422, {"supply": ["It counts for 2,000,001 KRW, but only 2,000,000 KRW was ordered."]},
    )  # fmt: skip
    # Asked again with its key it is the same claim; asked anew it is refused by its number.
    claim, again = (posted(calling, of_order, {**body, "supply": "2000000"}, "7") for _n in "12")
    assert again == claim
    own = Claim.objects.get()
    assert (own.pk, own.order, own.eligible, own.status, own.begun_by) == (
        claim["id"], order, 2 * M, "draft", approver,
    )  # fmt: skip
    second = calling.post(of_order, {**body, "invoice": "2025-2"})
    assert second.status_code == 409
    assert f"This order is claimed already: {own.number}." in second.content.decode()


def test_an_order_is_claimed_by_who_may_change_it_alone(program, person_with, officer, province):
    _of, voucher, provider = makers.world(province.division)
    order = makers.offer(voucher, provider, 2 * M)
    asked = {
        "reads": program(officer, ["programmes.read"]).post(f"orders/{order.pk}/claim"),
        "audits": program(person_with("auditor")).post(f"orders/{order.pk}/claim"),
    }
    assert {name: reply.status_code for name, reply in asked.items()} == {
        "reads": 403, "audits": 403,
    }  # fmt: skip
    schema = program(officer).get("openapi.json").json()
    told = schema["paths"]["/api/v1/orders/{pk}/claim"]["post"]
    assert {"201", "403", "409", "422"} <= set(told["responses"])
    fields = told["requestBody"]["content"]["application/json"]["schema"]
    assert set(fields["required"]) == {
        "heading", "provider_name", "invoice", "invoice_on", "supply",
    }  # fmt: skip


def test_terms_are_renewed_with_a_reason_and_copied_to_another_year(program, approver, province):
    calling = program(approver)
    of = makers.voucher_call(province.division)
    of.programme.last_year = 2026
    of.programme.save()
    own = makers.year_terms(of)
    without = calling.post(f"voucher-terms/{own.pk}/renew", {}, **{"Idempotency-Key": "1"})
    assert without.status_code == 422
    posted(calling, f"voucher-terms/{own.pk}/renew", {"reason": "단가 조정"}, "2")
    posted(calling, f"voucher-terms/{own.pk}/copy", {"year": 2026}, "3")
    told = list(Terms.objects.order_by("pk").values_list("year", "version", "in_force_from"))
    assert told == [(2025, 1, ON), (2025, 2, None), (2026, 1, None)]


def test_applicants_are_selected_without_a_panel(program, approver, officer, province):
    unit = province.division
    call = applying.call(unit, reviewed=False)
    first, second = (
        applying.submitted(unit, call, number, name)
        for number, name in zip(applying.NUMBERS, ("가온", "누리"), strict=False)
    )
    Application.objects.update(status="eligible")
    Call.objects.update(closes_at=applying.AT - timedelta(days=2))
    body = {"chosen": [str(first.pk)], "others": "rejected", "reason": "자리가 하나입니다"}
    assert program(officer).post(f"calls/{call.pk}/select", body).status_code == 403
    posted(program(approver), f"calls/{call.pk}/select", body, "1")
    told = dict(Application.objects.values_list("pk", "status"))
    assert told == {first.pk: "selected", second.pk: "rejected"}
    call.refresh_from_db()
    assert (call.state, call.state_since) == ("decided", date(2025, 4, 1))
