"""What companies and providers see on their own pages: their own, all of it, and nothing else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.programmes.voucher_makers import (
    NUMBERS,
    ON,
    SAID,
    M,
    acting_for,
    company,
    issue,
    offer,
    registered,
    world,
)

from gyoryu.evidence import queries as evidence
from gyoryu.programmes.actions import awards, orders
from gyoryu.programmes.models import Order
from gyoryu.programmes.queries import terms as queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(province):
    """Two companies with an order each, of two providers; a person for each of the four."""
    of, first, provider = world(province.division)
    second = issue(of, company(province.division, "새벽식품", NUMBERS[2]))
    rival = registered(of, company(province.division, "물길로지스", NUMBERS[3]))
    made = [offer(first, provider, M), offer(second, rival, 2 * M)]
    people = {
        "buyer": acting_for(first.award.organisation, "a@example.test"),
        "seller": acting_for(provider.organisation, "b@example.test"),
        "rival": acting_for(rival.organisation, "c@example.test"),
        "unconfirmed": acting_for(provider.organisation, "d@example.test", confirmed=False),
    }
    return made, people


def pdf(name="a.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7\n%%EOF\n" + name.encode())


STEPS = ("accept", "deliver", "confirm", "back", "cancel")


@pytest.mark.parametrize("who", ["rival", "unconfirmed"])
def test_nobody_reaches_an_order_of_others_by_any_address(two, signed_in, who) -> None:
    (order, _other), people = two
    orders.accept(order, **SAID)
    orders.deliver(order, on=ON, files=[pdf()], **SAID)
    paper = evidence.of_record(order).get()
    browser = signed_in(people[who])
    addresses = [
        reverse("my-order", args=[order.pk]),
        reverse("my-order-file", args=[order.pk, paper.pk]),
        reverse("my-voucher", args=[order.voucher_id]),
        *(reverse(f"my-order-{step}", args=[order.pk]) for step in STEPS),
    ]
    for address in addresses:
        assert browser.get(address).status_code == 404
        posted = browser.post(address, {"reason": "x", "on": "2025-04-01"})
        assert posted.status_code in {404, 405}
    for name in ("my-orders", "my-vouchers"):
        text = browser.get(reverse(name)).content.decode()
        assert order.number not in text
        assert "한결정밀" not in text
    # Nor at the desk, whose pages are for roles.
    for name in ("order", "voucher", "provider"):
        pk = {"order": order.pk, "voucher": order.voucher_id, "provider": order.provider_id}[name]
        assert browser.get(reverse(name, args=[pk])).status_code == 403
    assert browser.get(reverse("document-file", args=[paper.pk])).status_code in {403, 404}
    assert Order.objects.get(pk=order.pk).status == "delivered"


def test_a_paper_of_another_order_is_not_served_under_ones_own(two, signed_in) -> None:
    (order, other), people = two
    orders.accept(other, **SAID)
    orders.deliver(other, on=ON, files=[pdf()], **SAID)
    paper = evidence.of_record(other).get()
    browser = signed_in(people["seller"])
    assert browser.get(reverse("my-order-file", args=[order.pk, paper.pk])).status_code == 404


def test_an_order_goes_from_quote_to_confirmation_through_the_pages(two, signed_in) -> None:
    (order, _other), people = two
    buyer, seller = signed_in(people["buyer"]), signed_in(people["seller"])

    def page(browser):
        return browser.get(reverse("my-order", args=[order.pk])).content.decode()

    def post(browser, step, **values):
        reply = browser.post(reverse(f"my-order-{step}", args=[order.pk]), values)
        assert reply.status_code == 302, reply.content.decode()
        return Order.objects.get(pk=order.pk).status

    accept = reverse("my-order-accept", args=[order.pk])
    assert (accept in page(buyer), accept in page(seller)) == (True, False)
    assert post(buyer, "accept") == "accepted"
    assert post(seller, "deliver", on="2025-04-01", note="전달", file_1=pdf()) == "delivered"
    paper = evidence.of_record(order).get()
    address = reverse("my-order-file", args=[order.pk, paper.pk])
    assert address in page(buyer)
    reply = buyer.get(address)
    assert b"".join(reply.streaming_content).startswith(b"%PDF")
    assert post(buyer, "back", reason="3쪽이 빠졌습니다.") == "accepted"
    assert "3쪽이 빠졌습니다." in page(seller)
    assert post(seller, "deliver", on="2025-04-01") == "delivered"
    assert post(buyer, "confirm", on="2025-04-01") == "confirmed"
    for browser in (buyer, seller):
        assert reverse("my-order-cancel", args=[order.pk]) not in page(browser)


def test_a_file_that_is_not_what_it_says_stops_the_delivery_and_keeps_what_was_typed(
    two, signed_in
) -> None:
    (order, _other), people = two
    orders.accept(order, **SAID)
    bad = SimpleUploadedFile("a.pdf", b"MZ\x90\x00 not a pdf")
    reply = signed_in(people["seller"]).post(
        reverse("my-order-deliver", args=[order.pk]),
        {"on": "2025-04-01", "note": "번역본 전달", "file_1": bad},
    )
    assert reply.status_code == 422
    assert "번역본 전달" in reply.content.decode()
    assert Order.objects.get(pk=order.pk).status == "accepted"
    assert not evidence.of_record(order).exists()


def test_a_provider_finds_a_voucher_only_by_its_number_and_its_company(two, signed_in) -> None:
    (order, other), people = two
    browser = signed_in(people["seller"])
    award = order.voucher.award
    wrong = {"number": award.number, "business_number": NUMBERS[2]}
    assert browser.post(reverse("my-quote-find"), wrong).status_code == 422
    right = {"number": award.number.lower(), "business_number": "124-81-00998"}
    reply = browser.post(reverse("my-quote-find"), right)
    assert reply.status_code == 302
    heading = award.categories.get(service__code="TR")
    quote = {
        "provider": order.provider_id,
        "heading": heading.pk,
        "title": "계약서 번역",
        "amount": "1,200,000",
        "due_on": "2025-05-30",
    }
    # In the name of somebody else's provider it is no choice at all.
    foreign = browser.post(reply.url, {**quote, "provider": other.provider_id})
    assert foreign.status_code == 422
    made = browser.post(reply.url, quote)
    assert made.status_code == 302, made.content.decode()
    assert Order.objects.filter(title="계약서 번역", amount=1_200_000, status="quoted").exists()
    assert signed_in(people["buyer"]).get(reply.url).status_code == 404


@pytest.mark.parametrize("name", ["my-orders", "my-vouchers"])
def test_the_pages_of_outsiders_ask_as_much_for_one_order_as_for_many(two, signed_in, name) -> None:
    (order, _other), people = two
    browser = signed_in(people["buyer"])

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert browser.get(reverse(name)).status_code == 200
        return len(found)

    few = asked()
    for _ in range(5):
        offer(order.voucher, order.provider, M)
    assert asked() == few <= 15


LISTS = ["voucher-terms-list", "vouchers", "orders", "providers", "sanctions"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_desks_lists_open_within_their_budget_and_as_files(
    two, signed_in, officer, name, language
) -> None:
    browser = signed_in(officer, language)
    with CaptureQueriesContext(connection) as found:
        assert browser.get(reverse(name)).status_code == 200
    # Session, user and roles come on top of what the list asks for.
    assert len(found) <= 11, [one["sql"][:90] for one in found]
    for kind in ("csv", "xlsx"):
        assert browser.get(reverse(name), {"export": kind}).status_code == 200


def test_the_desks_pages_open_within_their_budget(two, signed_in, approver) -> None:
    (order, _other), _people = two
    browser = signed_in(approver)
    pages = [
        reverse("voucher", args=[order.voucher_id]),
        reverse("order", args=[order.pk]),
        reverse("provider", args=[order.provider_id]),
        reverse("voucher-terms", args=[order.voucher.terms_id]),
        reverse("signals"),
        reverse("voucher-menu"),
        reverse("voucher-providers"),
    ]
    for page in pages:
        with CaptureQueriesContext(connection) as found:
            assert browser.get(page).status_code == 200
        assert len(found) <= 19, (page, [one["sql"][:90] for one in found])


def test_terms_are_drafted_changed_and_refused_on_the_page(two, signed_in, approver) -> None:
    (order, _other), _people = two
    terms = order.voucher.terms
    browser = signed_in(approver, "en")
    refused = browser.get(reverse("voucher-terms-edit", args=[terms.pk]))
    assert refused.status_code == 403
    renewed = browser.post(reverse("voucher-terms-renew", args=[terms.pk]), {"reason": "개정"})
    assert renewed.status_code == 302
    form = browser.get(f"{renewed.url}edit/").context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed = {name: "" if value is None else value for name, value in typed.items()}
    half = browser.post(f"{renewed.url}edit/", {**typed, "sales_0_value": ""})
    assert half.status_code == 422
    assert "Say what holds below this end." in half.content.decode()
    good = browser.post(f"{renewed.url}edit/", {**typed, "sales_0_value": "75"})
    assert good.status_code == 302, good.content.decode()

    after = queries.latest(terms.programme, 2025)
    assert queries.values_of(after)["sales"][0][1] == 75


def test_a_confirmed_order_is_claimed_by_its_company_and_paid_to_its_providers_account(
    two, signed_in
) -> None:
    (order, other), people = two
    award = order.voucher.award
    awards.sign(award, on=ON, **SAID)
    address = f"{reverse('my-claim-new', args=[award.pk])}?order={order.pk}"
    buyer, seller = signed_in(people["buyer"]), signed_in(people["seller"])
    # Nothing is claimed before it is confirmed, nor an order of somebody else's voucher.
    assert buyer.get(address).status_code == 404
    orders.accept(order, **SAID)
    orders.deliver(order, on=ON, **SAID)
    orders.confirm(order, on=ON, **SAID)
    assert buyer.get(address.replace(f"={order.pk}", f"={other.pk}")).status_code == 404
    assert address in buyer.get(reverse("my-order", args=[order.pk])).content.decode()
    begun = buyer.get(address).context["form"].initial
    assert (begun["heading"], begun["supply"]) == (order.heading_id, order.amount)
    typed = {**begun, "currency": "KRW", "invoice": "A-1", "invoice_on": ON.isoformat()}
    assert buyer.post(address, typed).status_code == 302
    claim = order.claims.get()
    submit = reverse("my-claim-submit", args=[claim.pk])
    assert buyer.post(submit).status_code == 422

    told = {"bank": "나래은행", "number": "888-000001-02", "holder": "제공기관"}
    account = reverse("my-provider-account", args=[order.provider_id])
    assert buyer.post(account, told).status_code == 404
    assert seller.post(account, told).status_code == 302
    assert buyer.post(submit).status_code == 302


def test_the_desk_enters_a_providers_account_and_an_orders_claim(two, officer, signed_in) -> None:
    (order, _other), _people = two
    desk = signed_in(officer)
    told = {"bank": "나래은행", "number": "12", "holder": "제공기관"}
    account = reverse("provider-account", args=[order.provider_id])
    assert list(desk.post(account, told).context["form"].errors) == ["number"]
    assert desk.post(account, {**told, "number": "888-000001-02"}).status_code == 302
    for step in (orders.accept, orders.deliver, orders.confirm):
        step(order, **({} if step is orders.accept else {"on": ON}), **SAID)
    page = desk.get(reverse("order", args=[order.pk])).content.decode()
    address = f"{reverse('claim-new', args=[order.voucher.award_id])}?order={order.pk}"
    assert address in page
    assert desk.get(address).context["form"].initial["supply"] == order.amount
