"""The booth without a connection: kept on the device, locked, sent once, and told of plainly."""

import re
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.test_applying import PHONE, wait
from tests.browser.test_every_page import faults
from tests.trade import talk_makers as talk
from tests.trade import trade_makers as make

from gyoryu.accounts.models import Membership, User
from gyoryu.trade.models import Consultation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What somebody finds who looks into the device's own database.
HELD = """() => new Promise((done) => {
  const asked = indexedDB.open("gyoryu-entries");
  asked.onsuccess = () => {
    const rows = asked.result.transaction("rows").objectStore("rows").getAll();
    rows.onsuccess = () => {
      asked.result.close();
      done(rows.result.map((row) => new TextDecoder().decode(row.told.box)).join());
    };
  };
})"""
KEY = re.compile(rb'name="once"\r\n\r\n([0-9a-f-]{36})')


@pytest.fixture
def seller(transactional_db, province):
    return make.exhibitor(talk.fair(province.division))


def somebody(seller, email):
    user = User(email=email, name_ko="홍판매", language="en")
    user.set_password("correct horse")
    user.save()
    Membership.objects.create(user=user, unit=seller.unit, role="company")
    talk.represents(user, seller)
    return user


def ready(page, address):
    """Open a page of the booth and wait until it would open again without a connection."""
    page.goto(address)
    page.wait_for_selector("#booth[data-ready]", state="attached")


def fill(page, buyer, about, amount="1,000"):
    page.select_option("[name=with_whom]", f"b{buyer.pk}")
    page.select_option("[name=product]", "other")
    page.fill("[name=about]", about)
    page.fill("[name=amount]", amount)
    page.check("[name=interest][value=high]", force=True)


def save(page, kept):
    page.click(".thumb button")
    page.wait_for_function("n => document.querySelectorAll('#talk-kept li').length === n", arg=kept)


def abouts():
    return sorted(Consultation.objects.values_list("about", flat=True))


def test_ten_talks_without_a_connection_become_ten_rows_each_once(seller, window):
    buyers = [make.buyer(seller.event, f"바이어 {number}") for number in range(10)]
    met = talk.meeting(seller, buyers[0])
    page = window(somebody(seller, "sells@example.test"), "en", PHONE)
    where = f"/my/events/{seller.event_id}/talks/{seller.pk}/"
    ready(page, where)
    assert not faults(page, Axe(), "my-talks-of", ("en", PHONE))
    page.context.set_offline(True)
    # A page that was never open before opens all the same, at the meeting that was chosen.
    page.click("#main a[href*='with=m']")
    page.wait_for_selector("h1:has-text('바이어 0')")
    assert page.input_value("[name=with_whom]") == f"m{met.pk}"
    for number, buyer in enumerate(buyers):
        fill(page, buyer, f"김 {number:02}")
        save(page, number + 1)
    page.wait_for_selector("#talk-state:has-text('no connection')")
    assert "Waiting to be sent: 10." in page.inner_text("#talk-state")
    assert not faults(page, Axe(), "my-talk-new", ("en", PHONE))
    # It survives the page being closed; and nothing of it can be read on the device.
    again = page.context.new_page()
    page.close()
    again.goto(where)
    again.wait_for_function("() => document.querySelectorAll('#talk-kept li').length === 10")
    held = again.evaluate(HELD)
    assert "김" not in held
    assert Consultation.objects.count() == 0
    again.context.set_offline(False)
    wait(lambda: Consultation.objects.count() == 10, again)
    again.wait_for_selector("#talk-state:has-text('Everything was sent')")
    again.wait_for_timeout(500)
    assert abouts() == [f"김 {number:02}" for number in range(10)]
    assert again.locator("#talk-kept li").count() == 0


def test_a_lost_answer_is_sent_again_and_makes_no_double(seller, window):
    buying = make.buyer(seller.event)
    page = window(somebody(seller, "sells@example.test"), "en", PHONE)
    ready(page, f"/my/events/{seller.event_id}/talks/{seller.pk}/new/")
    keys = []

    def lose(route):
        # The server takes it in; the phone never hears of it.
        keys.append(KEY.search(route.request.post_data_buffer)[1])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.context.route("**/send/", lose)
    fill(page, buying, "조미김")
    page.click(".thumb button")
    wait(lambda: Consultation.objects.count() == 1, page)
    page.wait_for_selector("#talk-kept li:has-text('may have arrived')")
    wait(lambda: len(keys) >= 2, page)
    page.wait_for_selector("#talk-state:has-text('Everything was sent')")
    assert len(set(keys)) == 1
    assert Consultation.objects.get().key == UUID(keys[0].decode())


def test_what_is_refused_is_kept_with_the_reason_corrected_and_sent(seller, window):
    buying = make.buyer(seller.event)
    page = window(somebody(seller, "sells@example.test"), "en", PHONE)
    ready(page, f"/my/events/{seller.event_id}/talks/{seller.pk}/new/")
    fill(page, buying, "조미김")
    page.check("[name=next_steps][value=quote]")
    page.fill("[name=next_due]", "2025-03-01")
    page.click(".thumb button")
    page.wait_for_selector("#talk-kept li:has-text('before the talk')")
    assert Consultation.objects.count() == 0
    page.click("#talk-kept [data-fix]")
    page.wait_for_function("() => document.querySelector('[name=about]').value === '조미김'")
    assert page.is_checked("[name=next_steps][value=quote]")
    page.fill("[name=next_due]", "2025-04-25")
    page.click(".thumb button")
    wait(lambda: Consultation.objects.count() == 1, page)


def test_another_person_on_the_same_device_sees_and_sends_nothing_of_the_first(seller, window):
    buying = make.buyer(seller.event)
    first, second = somebody(seller, "sells@example.test"), somebody(seller, "sells2@example.test")
    page = window(first, "en", PHONE)
    where = f"/my/events/{seller.event_id}/talks/{seller.pk}/new/"
    ready(page, where)
    page.context.set_offline(True)
    fill(page, buying, "비밀 품목")
    save(page, 1)
    cookies = [one for one in page.context.cookies() if one["name"] != "sessionid"]
    # Signed out before it could go.
    page.context.route("**/send/", lambda route: route.abort())
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.goto(where)
    page.fill("[name=login]", second.email)
    page.fill("[name=password]", "correct horse")
    page.click("form button.main")
    page.wait_for_selector("#booth[data-ready]", state="attached")
    page.context.unroute("**/send/")
    page.wait_for_selector("#talk-state:has-text('somebody else')")
    assert page.locator("#talk-kept li").count() == 0
    assert "비밀 품목" not in page.content()
    page.reload()
    page.wait_for_selector("#booth[data-ready]", state="attached")
    assert Consultation.objects.count() == 0
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.goto(where)
    page.fill("[name=login]", first.email)
    page.fill("[name=password]", "correct horse")
    page.click("form button.main")
    wait(lambda: Consultation.objects.count() == 1, page)
    assert Consultation.objects.get().logged_by == first
