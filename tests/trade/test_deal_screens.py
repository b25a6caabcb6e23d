"""Deals through their screens: the desk, the company's own pages, the buyer's link."""

from decimal import Decimal as D

import deal_makers as make
import pytest
import trade_makers
from deal_makers import contract, shipment, tell, word
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gyoryu.outbox.models import Letter
from gyoryu.trade.actions import asking, deal_steps, deals
from gyoryu.trade.models import Confirmation, Deal, DealStep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def deal(province):
    return make.begin(province.division, about="Roasted laver")


def text(reply):
    return reply.content.decode()


def pick(row):
    return f"{row} #{row.pk}"


def test_an_officer_takes_a_talk_to_a_verified_export(
    fair, officer, person_with, signed_in
) -> None:
    seller, buying = trade_makers.exhibitor(fair), trade_makers.buyer(fair)
    talk = trade_makers.consultation(
        seller, buying, amount=D(120_000), currency="USD", about="조미김", hs_code="2008"
    )
    browser = signed_in(officer, "en")
    address = f"{reverse('deal-new')}?consultation={talk.pk}"
    begun = browser.get(address).context["form"]
    form = {name: begun[name].value() or "" for name in begun.fields if name != "file"} | {
        "company": pick(seller.organisation),
        "buyer": pick(buying.organisation),
        "country": "",
    }
    assert (form["amount"], form["hs_code"], form["grade"]) == ("120,000", "2008", "consulted")
    wrong = browser.post(address, {**form, "amount": "-5", "next_due": "2025-05-01"})
    assert (wrong.status_code, "조미김" in text(wrong)) == (422, True)
    made = browser.post(address, form)
    assert made.status_code == 302, made.context["form"].errors
    deal = Deal.objects.get()
    assert made.url == deal.get_absolute_url()
    kept = (deal.consulted, deal.consultation, deal.event, deal.leg, deal.owner, deal.country.code)
    assert kept == (D(120_000), talk, fair, talk.leg, officer, "VN")
    step = reverse("deal-step-new", args=[deal.pk])
    signed = {"grade": "signed", "on": "2025-04-01", "amount": "90,000", "proof": "mou"}
    refused = browser.post(step, signed)
    assert (refused.status_code, "binds nobody to buy" in text(refused)) == (422, True)
    upload = SimpleUploadedFile("contract.pdf", make.PDF, "application/pdf")
    browser.post(step, {**signed, "proof": "contract", "file": upload})
    shipped = {
        "grade": "verified", "on": "2025-04-01", "amount": "40000", "proof": "declaration",
        "declaration": "41774-25-003706x",
    }  # fmt: skip
    browser.post(step, shipped)
    page = text(browser.get(deal.get_absolute_url()))
    assert ("41774-25-003706X waits to be verified" in page, "contract.pdf" in page) == (True, True)
    waiting = deal.steps.get(grade="verified")
    verify = reverse("deal-step-verify", args=[deal.pk, waiting.pk])
    assert browser.post(verify).status_code == 403
    boss = signed_in(person_with("approver"), "en")
    assert boss.post(verify).status_code == 302
    deal.refresh_from_db()
    assert (deal.grade, deal.signed, deal.verified) == ("verified", D(90_000), D(40_000))
    strike = reverse("deal-step-strike", args=[deal.pk, waiting.pk])
    assert boss.post(strike, {"reason": ""}).status_code == 422
    boss.post(strike, {"reason": "another company's"})
    deal.refresh_from_db()
    assert (deal.grade, deal.verified) == ("signed", None)
    page = text(browser.get(deal.get_absolute_url()))
    assert "another company&#x27;s" in page


def test_the_desk_changes_loses_reopens_finishes_and_voids(deal, officer, approver, signed_in):
    browser = signed_in(officer, "en")
    edit = reverse("deal-edit", args=[deal.pk])
    form = browser.get(edit).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"company": pick(deal.company), "buyer": pick(deal.buyer), "country": "",
              "probability": "60", "next_step": "send samples", "next_due": "2025-04-20"}  # fmt: skip
    browser.post(edit, typed)
    deal.refresh_from_db()
    assert (deal.probability, deal.next_step, deal.country.code) == (60, "send samples", "VN")
    lose = reverse("deal-lose", args=[deal.pk])
    assert browser.post(lose, {"on": "2025-04-01", "reason": ""}).status_code == 422
    browser.post(lose, {"on": "2025-04-01", "reason": "price"})
    assert "price" in text(browser.get(deal.get_absolute_url()))
    browser.post(reverse("deal-reopen", args=[deal.pk]), {"reason": "they wrote"})
    tell(deal, contract())
    browser.post(reverse("deal-finish", args=[deal.pk]))
    deal.refresh_from_db()
    assert (deal.state, deal.lost_reason) == ("done", "")
    assert browser.post(reverse("deal-void", args=[deal.pk]), {"reason": "x"}).status_code == 403
    signed_in(approver).post(reverse("deal-void", args=[deal.pk]), {"reason": "twice"})
    assert "twice" in text(browser.get(deal.get_absolute_url()))
    assert deal.number not in text(browser.get(reverse("deals")))


def test_the_list_finds_by_each_condition_and_hides_what_is_not_to_be_seen(
    deal, fair, province, officer, person_with, signed_in
) -> None:
    other = make.begin(
        province.division, word("consulted", amount=None), event=fair, next_step="call",
        next_due=make.day("2025-03-20"), about="Kimchi",
        company=trade_makers.organisation(province.division, "한빛푸드"),
        buyer=trade_makers.organisation(
            province.division, "도쿄상사", trade_makers.country("JP", "일본", "Japan")
        ),
    )  # fmt: skip
    browser = signed_in(officer, "en")

    def found(**asked):
        listing = browser.get(reverse("deals"), asked).context["listing"]
        return {row.pk for row in listing.page}

    both, one, two = {deal.pk, other.pk}, {deal.pk}, {other.pk}
    asked = [
        (both, {}), (two, {"event": fair.pk}), (one, {"grade": "pursued"}),
        (two, {"country": "JP"}), (one, {"country": "vn"}), (two, {"due": "2025-04-01"}),
        (one, {"q": deal.number}), (both, {"q": "DE-2025"}), (two, {"tab": "late"}),
        (two, {"company": f"x #{other.company_id}"}), (both, {"tab": "open"}), (set(), {"tab": "lost"}),
        (set(), {"tab": "verify"}),
    ]  # fmt: skip
    assert [found(**given) for _rows, given in asked] == [rows for rows, _given in asked]
    waiting = tell(deal, shipment())
    assert found(tab="verify") == one
    file = browser.get(reverse("deals"), {"export": "csv"}).getvalue().decode()
    assert "41774" not in file
    assert file.count("DE-2025-") == 2
    assert browser.get(reverse("deals"), {"export": "xlsx"}).status_code == 200
    for role in ("viewer", "administrator", "press"):
        reader = signed_in(person_with(role))
        assert reader.get(reverse("deals")).status_code == 403
        assert reader.get(deal.get_absolute_url()).status_code == 403
    stranger = signed_in(person_with("officer", province.other))
    assert stranger.get(deal.get_absolute_url()).status_code == 404
    assert signed_in(person_with("auditor")).get(deal.get_absolute_url()).status_code == 200
    assert waiting.document is None


def test_a_condition_that_nothing_can_meet_shows_an_empty_list(
    deal, province, person_with, signed_in
) -> None:
    # For one who sees a department's rows alone, where the list is asked for in another way.
    browser = signed_in(person_with("officer", province.division), "en")
    for asked in ({"country": "Atlantis"}, {"grade": "nonsense"}, {"company": "nobody at all"}):
        reply = browser.get(reverse("deals"), asked)
        assert (reply.status_code, reply.context["listing"].page) == (200, [])


def test_a_company_tells_steps_of_its_own_deals_and_sees_no_others(
    deal, province, person_with, signed_in
) -> None:
    maker = person_with("company")
    browser = signed_in(maker, "en")
    assert browser.get(reverse("my-deal", args=[deal.pk])).status_code == 404
    make.acting(maker, deal.company)
    assert deal.number in text(browser.get(reverse("my-deals")))
    upload = SimpleUploadedFile("order.pdf", make.PDF, "application/pdf")
    step = {"grade": "signed", "on": "2025-03-30", "amount": "90000", "proof": "order"}
    address = reverse("my-deal-step", args=[deal.pk])
    assert browser.post(address, step).status_code == 422
    browser.post(address, {**step, "file": upload})
    told = deal.steps.get(grade="signed")
    assert (told.noted_by, told.document.original_name) == (maker, "order.pdf")
    page = browser.get(reverse("my-deal", args=[deal.pk]))
    file = reverse("my-deal-file", args=[deal.pk, told.document_id])
    served = browser.get(file)
    assert (file in text(page), b"".join(served.streaming_content)) == (True, make.PDF)
    browser.post(
        reverse("my-deal-next", args=[deal.pk]), {"next_step": "ship", "next_due": "2025-05-01"}
    )
    browser.post(
        reverse("my-deal-ask", args=[deal.pk]), {"email": "b@buyer.example", "language": "en"}
    )
    deal.refresh_from_db()
    assert (deal.next_step, Letter.objects.get().address) == ("ship", "b@buyer.example")
    browser.post(reverse("my-deal-lose", args=[deal.pk]), {"on": "2025-04-01", "reason": "price"})
    deal.refresh_from_db()
    assert (deal.state, browser.get(address).status_code) == ("lost", 403)
    assert browser.post(reverse("deal-step-verify", args=[deal.pk, told.pk])).status_code == 403


def link_of(letter):
    return letter.link


def test_the_buyer_confirms_once_exactly_what_is_shown(deal, officer, client, now) -> None:
    asking.ask(deal, "lan@buyer.example", "en", by=officer, at=now)
    letter = Letter.objects.get(address="lan@buyer.example")
    client.cookies["language"] = "en"
    page = client.get(letter.link)
    shown = text(page)
    assert all(
        part in shown for part in ("해담식품 Co", "Roasted laver", "USD 100,000", "Version 1")
    )
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")
    client.cookies["language"] = "ko"
    assert "해담식품" in text(client.get(letter.link))
    client.cookies["language"] = "en"
    # Looking at it, however often, spends nothing.
    assert (Confirmation.objects.get().answered_at, DealStep.objects.count()) == (None, 1)
    assert client.post(letter.link, {}).status_code == 422
    assert client.post(letter.link, {"answer": "disagreed"}).status_code == 422
    # A browser that tells no site where it was says of a form, too, that it comes from nowhere.
    browser = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert browser.post(letter.link, {"answer": "disagreed"}).status_code == 422
    thanks = client.post(letter.link, {"answer": "agreed", "note": "all fine"})
    assert "you will be asked again" in text(thanks)
    step = DealStep.objects.get(proof="buyer")
    assert (step.grade, step.amount, step.noted_by, step.note) == (
        "pursued", D(100_000), None, "all fine",
    )  # fmt: skip
    deal.refresh_from_db()
    assert (deal.version, deal.confirmed_version, deal.graded_on.isoformat()) == (
        1, 1, "2025-03-01",
    )  # fmt: skip
    # Used, it is as unknown as any other.
    gone = client.get(letter.link)
    unknown = client.get(reverse("confirm", args=["nothing-like-it"]))
    assert (gone.status_code, unknown.status_code) == (404, 404)
    assert client.post(letter.link, {"answer": "disagreed", "note": "no"}).status_code == 404
    assert Letter.objects.filter(to=officer).count() == 1


def test_a_change_of_what_was_confirmed_asks_again_and_a_shipment_does_not(
    deal, officer, approver, client, now
) -> None:
    asking.ask(deal, "lan@buyer.example", "ko", by=officer, at=now)
    first = Letter.objects.latest("pk")
    client.post(first.link, {"answer": "agreed"})
    deals.change(deal, {"probability": 70, "next_step": "call"}, by=officer, at=now)
    assert Confirmation.objects.count() == 1
    tell(deal, contract(), by=officer)
    deal.refresh_from_db()
    assert (deal.version, deal.confirmed_version, Confirmation.objects.count()) == (2, 1, 2)
    again = Letter.objects.filter(address="lan@buyer.example").latest("pk")
    deals.change(deal, {"about": "Kimchi"}, by=officer, at=now)
    newest = Letter.objects.filter(address="lan@buyer.example").latest("pk")
    assert [client.get(one.link).status_code for one in (first, again, newest)] == [404, 404, 200]
    client.post(newest.link, {"answer": "agreed"})
    step = tell(deal, shipment(), by=officer)
    deal_steps.verify(step, by=approver, at=now)
    deal.refresh_from_db()
    assert (deal.version, deal.confirmed_version, deal.grade) == (3, 3, "verified")


def test_not_as_it_was_is_kept_and_told_and_makes_no_step(deal, officer, client, now) -> None:
    asking.ask(deal, "lan@buyer.example", "en", by=officer, at=now)
    letter = Letter.objects.latest("pk")
    client.post(letter.link, {"answer": "disagreed", "note": "it was 80,000"})
    row = Confirmation.objects.get()
    assert (row.answer, row.answer_note, DealStep.objects.count()) == (
        "disagreed", "it was 80,000", 1,
    )  # fmt: skip
    # Each letter is in its addressee's language, whatever the page is read in.
    assert "기록과 다르다" in Letter.objects.get(to=officer).subject
    assert letter.subject == "Please confirm: deal DE-2025-0001 with 해담식품 Co"


def test_a_link_ends_with_its_time_and_when_another_is_asked(deal, officer, client, now) -> None:
    asking.ask(deal, "lan@buyer.example", "en", by=officer, at=now)
    first = Letter.objects.latest("pk")
    asking.ask(deal, "minh@buyer.example", "en", by=officer, at=now)
    second = Letter.objects.latest("pk")
    assert [client.get(one.link).status_code for one in (first, second)] == [404, 200]
    Confirmation.objects.update(until=trade_makers.datetime(2025, 3, 31, tzinfo=trade_makers.UTC))
    assert client.get(second.link).status_code == 404


def test_an_amount_that_nobody_told_is_neither_none_nor_zero(province, officer, signed_in) -> None:
    make.begin(province.division, word(amount=None))
    shown = signed_in(officer, "en").get(reverse("deals")).content.decode()
    cell = shown.split('data-label="Amount of this grade">')[1].split("</td>")[0]
    assert cell == '<span class="none">Not stated</span>'


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_lists_ask_the_same_for_many(
    count, province, fair, officer, person_with, signed_in, django_assert_max_num_queries
) -> None:
    maker, company = person_with("company"), trade_makers.organisation(province.division, "해담")
    make.acting(maker, company)
    for n in range(count):
        buying = trade_makers.organisation(province.division, f"바이어{n}", trade_makers.country())
        trade_makers.deal(province.division, company, buying, event=fair, grade="pursued")
    browser = signed_in(officer)
    browser.get(reverse("deals"))
    with django_assert_max_num_queries(8):
        assert len(browser.get(reverse("deals")).context["listing"].page) == count
    mine = signed_in(maker)
    with django_assert_max_num_queries(8):
        mine.get(reverse("my-deals"))


def test_a_page_and_a_creation_ask_little(
    deal, officer, signed_in, now, django_assert_max_num_queries
) -> None:
    tell(deal, contract())
    asking.ask(deal, "lan@buyer.example", "en", by=officer, at=now)
    browser = signed_in(officer)
    browser.get(deal.get_absolute_url())
    with django_assert_max_num_queries(15):
        browser.get(deal.get_absolute_url())
    with django_assert_max_num_queries(15):
        make.begin(deal.unit, company=deal.company, buyer=deal.buyer)
