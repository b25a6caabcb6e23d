"""The desk's pages of consultations, the booth on a phone, and sendings that come twice."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.trade import talk_makers as talk
from tests.trade import trade_makers as make

from gyoryu.trade.actions import consultations as actions
from gyoryu.trade.models import Consultation
from gyoryu.trade.rules import booth as device

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(province):
    return make.exhibitor(talk.fair(province.division))


@pytest.fixture
def buying(seller):
    return make.buyer(seller.event)


@pytest.fixture
def person(person_with, seller):
    user = person_with("company")
    talk.represents(user, seller)
    return user


def address(name, seller):
    return reverse(name, args=[seller.event_id, seller.pk])


def rows(seller, count):
    for number in range(count):
        make.consultation(
            seller, make.buyer(seller.event, f"바이어 {Consultation.objects.count()}"),
            about=f"김 {number}", amount=Decimal(1000), currency="USD",
        )  # fmt: skip


def asked(client, path):
    with CaptureQueriesContext(connection) as told:
        page = client.get(path)
    assert page.status_code == 200, page.content.decode()[:500]
    return len(told), page.content.decode()


def test_the_list_asks_as_little_of_fifty_rows_as_of_one(seller, signed_in, officer):
    browser, counts = signed_in(officer), []
    for more in (1, 2, 47):
        rows(seller, more)
        counts.append(asked(browser, reverse("consultations"))[0])
    assert counts[0] == counts[1] == counts[2] <= 8
    late = asked(browser, f"{reverse('consultations')}?sort=-due&tab=late&q=김&interest=medium")
    assert late[0] <= 8


def test_a_talk_abroad_is_told_by_the_clock_of_its_place(
    seller, buying, signed_in, officer, person
):
    place = seller.event.legs.get()
    place.timezone = "America/Mexico_City"
    place.save()
    # Half past nine in Mexico City is past midnight in Seoul: another day.
    begun = datetime(2025, 3, 31, 15, 30, tzinfo=UTC)
    own = make.consultation(seller, buying, leg=place, at=begun)
    browser = signed_in(officer, "ko")
    pages = [own.get_absolute_url(), reverse("consultations")]
    told = [browser.get(page).content.decode() for page in pages]
    told.append(signed_in(person, "ko").get(address("my-talks-of", seller)).content.decode())
    assert ["2025-03-31 (월) 09:30" in page for page in told] == [True, True, True]


def test_the_list_is_narrowed_by_each_condition(seller, signed_in, officer, now):
    browser, where = signed_in(officer), reverse("consultations")
    gulf = make.buyer(seller.event, "걸프케어", region=make.country("AE", "아랍에미리트", "UAE"))
    rival = make.exhibitor(seller.event, "다른식품")
    one = make.consultation(
        seller,
        gulf,
        about="쌀과자",
        interest="high",
        next_steps=["quote"],
        next_due=date(2025, 4, 9),
    )
    two = make.consultation(rival, make.buyer(seller.event), about="조미김", interest="low")
    found = {
        f"q={'쌀과'}": [one],
        f"event={seller.event_id}": [one, two],
        f"event={seller.event_id}&place={one.leg_id}": [one, two],
        f"company=%23{seller.organisation_id}": [one],
        f"country={gulf.organisation.region_id}": [one],
        "interest=low": [two],
        "due=2025-04-09": [one],
        "due=2025-04-08": [],
        "tab=due": [one],
        "tab=late": [],
    }
    for asks, wanted in found.items():
        page = browser.get(f"{where}?{asks}")
        assert {row.pk for row in page.context["listing"].page} == {row.pk for row in wanted}, asks
    file = b"".join(browser.get(f"{where}?export=csv&interest=high").streaming_content).decode()
    assert "쌀과자" in file
    assert "조미김" not in file


def test_single_talks_are_for_those_who_may_see_them(seller, buying, signed_in, person_with):
    row = make.consultation(seller, buying, amount=Decimal(5), currency="USD")
    for role, status in (("viewer", 403), ("press", 403), ("company", 403), ("auditor", 200)):
        browser = signed_in(person_with(role))
        assert browser.get(reverse("consultations")).status_code == status
        assert browser.get(row.get_absolute_url()).status_code == status


def test_an_officer_writes_down_corrects_and_takes_back(seller, buying, signed_in, officer):
    browser = signed_in(officer)
    assert "해담식품" in asked(browser, f"{reverse('consultation-new')}?event={seller.event_id}")[1]
    where = reverse("consultation-of", args=[seller.pk])
    posted = {**talk.typed(buying), "day": "2025-03-31", "begins": "10:30"}
    bad = browser.post(where, {**posted, "unsaid": "on"})
    assert bad.status_code == 422
    assert "할랄 인증을 물음" in bad.content.decode()
    made = browser.post(where, posted)
    row = Consultation.objects.get()
    assert made["Location"] == row.get_absolute_url()
    assert (row.amount, row.at.isoformat(), row.next_steps) == (
        Decimal(120_000), "2025-03-31T01:30:00+00:00", ["samples", "quote"],
    )  # fmt: skip
    count, page = asked(browser, row.get_absolute_url())
    assert count <= 15
    assert "120,000" in page
    edited = {**posted, "amount": "", "unsaid": "on", "once": str(uuid4())}
    browser.post(reverse("consultation-edit", args=[row.pk]), edited)
    row.refresh_from_db()
    assert (row.amount, row.currency) == (None, "")
    browser.post(reverse("consultation-done", args=[row.pk]), {"on": "2025-04-01"})
    browser.post(reverse("consultation-void", args=[row.pk]), {"reason": "두 번 적음"})
    row.refresh_from_db()
    assert (row.next_done_on, row.voided_reason) == (date(2025, 4, 1), "두 번 적음")
    assert "두 번 적음" in asked(browser, row.get_absolute_url())[1]


def test_who_goes_back_and_changes_a_talk_writes_down_a_second_one(
    seller, buying, signed_in, officer
):
    browser, where = signed_in(officer), reverse("consultation-of", args=[seller.pk])
    posted = {**talk.typed(buying), "day": "2025-03-31", "begins": "10:30"}
    for about in ("조미김", "조미김", "쌀과자"):
        browser.post(where, {**posted, "about": about})
    told = Consultation.objects.values_list("about", flat=True)
    assert sorted(told) == ["쌀과자", "조미김"]


def test_the_booth_works_without_a_script(seller, buying, signed_in, person):
    met, browser = talk.meeting(seller, buying), signed_in(person)
    first = browser.get(reverse("my-talks", args=[seller.event_id]))
    assert first["Location"] == address("my-talks-of", seller)
    assert "사이공푸드 유통" in asked(browser, address("my-talks-of", seller))[1]
    where = address("my-talk-new", seller)
    page = asked(browser, f"{where}?with=m{met.pk}")[1]
    assert "해담식품 × 사이공푸드 유통" in page
    posted = talk.typed(buying, with_whom=f"m{met.pk}")
    bad = browser.post(where, {**posted, "amount": "많이"})
    assert bad.status_code == 422
    for _twice in range(2):
        assert browser.post(where, posted)["Location"] == address("my-talks-of", seller)
    row = Consultation.objects.get()
    assert (row.meeting, row.buyer, row.logged_by) == (met, buying, person)
    assert "조미김" in asked(browser, address("my-talks-of", seller))[1]


def test_a_company_opens_what_it_sent_and_corrects_it(seller, buying, signed_in, person):
    browser = signed_in(person, "en")
    browser.post(address("my-talk-new", seller), talk.typed(buying))
    row = Consultation.objects.get()
    where = reverse("my-talk-correct", args=[seller.event_id, seller.pk, row.pk])
    assert where in asked(browser, address("my-talks-of", seller))[1]
    page = asked(browser, where)[1]
    assert "120,000" in page
    assert "talks.js" not in page
    typed = talk.typed(buying, amount="90,000", day="2025-04-01", begins="")
    assert browser.post(where, {**typed, "amount": "많이"}).status_code == 422
    assert browser.post(where, typed)["Location"] == address("my-talks-of", seller)
    row.refresh_from_db()
    assert (Consultation.objects.count(), int(row.amount)) == (1, 90_000)
    seller.event.results_since = row.logged_at
    seller.event.save()
    assert where not in asked(browser, address("my-talks-of", seller))[1]
    assert browser.get(where).status_code == 403


def test_another_companys_booth_is_not_there(seller, buying, signed_in, person, person_with):
    rival = make.exhibitor(seller.event, "다른식품")
    for user in (person, person_with("company"), person_with("viewer")):
        browser = signed_in(user)
        for name in ("my-talks-of", "my-talk-new"):
            assert browser.get(address(name, rival)).status_code == 404
        told = {**talk.typed(buying), "mark": device.mark_of(user)}
        assert browser.post(address("my-talk-send", rival), told).status_code == 404
    assert not Consultation.objects.exists()


def send(browser, seller, user, **fields):
    reply = browser.post(address("my-talk-send", seller), {"mark": device.mark_of(user), **fields})
    return reply.status_code, json.loads(reply.content)


def test_what_is_sent_twice_is_one_row_and_other_content_is_told_apart(
    seller, buying, signed_in, person, officer
):
    browser, told = signed_in(person), talk.typed(buying)
    first, again = send(browser, seller, person, **told), send(browser, seller, person, **told)
    assert first == again
    assert first[0] == 200
    row = Consultation.objects.get()
    # What has been corrected at the desk since is still what was sent.
    actions.change(row, talk.values(buying, about="김"), by=officer, at=make.NOW)
    assert send(browser, seller, person, **told) == first
    status, no = send(browser, seller, person, **{**told, "amount": "999"})
    assert (status, list(no["errors"])) == (409, [""])
    card = io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\x00" * 16 + b"IEND\xaeB`\x82")
    card.name = "card.png"
    assert send(browser, seller, person, **told, card=card)[0] == 409
    assert Consultation.objects.count() == 1


def test_what_is_refused_says_why_and_what_is_anothers_waits(
    seller, buying, signed_in, person, person_with
):
    browser, told = signed_in(person), talk.typed(buying)
    status, no = send(browser, seller, person, **{**told, "amount": "", "product": ""})
    assert (status, sorted(no["errors"])) == (422, ["amount", "product"])
    status, no = send(browser, seller, person, **{**told, "next_due": "2025-03-01"})
    assert (status, list(no["errors"])) == (422, ["next_due"])
    assert send(browser, seller, person, **{**told, "once": "x"})[0] == 422
    other = person_with("company")
    talk.represents(other, seller)
    assert send(signed_in(other), seller, person, **told)[0] == 409
    assert browser.get(address("my-talk-send", seller)).status_code == 405
    assert not Consultation.objects.exists()
    # Nobody is signed in: the answer is a redirection, by which the phone knows.
    assert Client().post(address("my-talk-send", seller), told).status_code == 302


def test_a_device_is_told_its_owners_key_alone(seller, signed_in, person, person_with):
    one = signed_in(person).get(reverse("my-talks-key"))
    two = signed_in(person_with("company")).get(reverse("my-talks-key"))
    assert "no-store" in one["Cache-Control"]
    assert {name for name in ("mark", "key") if one.json()[name] == two.json()[name]} == set()
    assert signed_in(person).get(reverse("my-talks-key")).json()["key"] == one.json()["key"]
    worker = Client().get(reverse("my-talks-worker"))
    assert worker["Content-Type"].startswith("text/javascript")
    assert "no-cache" in worker["Cache-Control"]
