"""A person reads their letters; administrators see what did not leave."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.outbox import actions, queries
from gyoryu.outbox.models import Letter

pytestmark = pytest.mark.django_db


def write(to, now, count):
    for step in range(count):
        actions.queue(
            to, key=f"{to.pk}:{step}", subject=f"Letter {step}", body="Text", at=now, link="/me/"
        )


def test_letters_come_unread_first_and_are_read_by_opening(signed_in, officer, now):
    write(officer, now, 3)
    browser = signed_in(officer, "en")
    newest = Letter.objects.first()
    assert browser.get(reverse("letter", args=[newest.pk])).status_code == 200
    page = browser.get(reverse("letters"))
    order = [row.subject for row in page.context["listing"].page]
    assert order == ["Letter 1", "Letter 0", "Letter 2"]
    assert queries.unread(officer) == 2
    browser.post(reverse("letters-read"))
    assert queries.unread(officer) == 0


def test_pages_of_letters_go_on_where_the_last_ended(signed_in, officer, now):
    write(officer, now, 5)
    Letter.objects.filter(subject__in=["Letter 1", "Letter 3"]).update(read_at=now)
    browser = signed_in(officer)
    seen, address = [], f"{reverse('letters')}?size=2"
    while address:
        listing = browser.get(address).context["listing"]
        seen += [row.subject for row in listing.page]
        address = f"{reverse('letters')}{listing.next}" if listing.next else ""
    assert seen == ["Letter 4", "Letter 2", "Letter 0", "Letter 3", "Letter 1"]


def test_nobody_opens_or_marks_the_letters_of_others(signed_in, officer, approver, now):
    write(officer, now, 1)
    browser = signed_in(approver)
    assert browser.get(Letter.objects.get().get_absolute_url()).status_code == 404
    browser.post(reverse("letters-read"))
    assert queries.unread(officer) == 1


def test_the_outbox_shows_what_was_given_up_without_its_text(
    signed_in, officer, person_with, province, now
):
    write(officer, now, 1)
    Letter.objects.update(state="failed", trouble="no such user", body="한 사람만 읽을 글")
    page = signed_in(person_with("administrator")).get(reverse("outbox"), {"tab": "failed"})
    text = page.content.decode()
    assert "no such user" in text
    assert "한 사람만 읽을 글" not in text
    elsewhere = person_with("administrator", province.other, email="far@example.test")
    assert b"no such user" not in signed_in(elsewhere).get(reverse("outbox")).content
    assert signed_in(officer).get(reverse("outbox")).status_code == 403


def test_an_administrator_tries_again_and_an_auditor_is_told_why_not(
    signed_in, officer, person_with, now
):
    write(officer, now, 2)
    Letter.objects.update(state="failed")
    auditor = signed_in(person_with("auditor"), "en")
    assert "Only an administrator can try again." in auditor.get(reverse("outbox")).content.decode()
    assert auditor.post(reverse("outbox-retry")).status_code == 403
    signed_in(person_with("administrator")).post(reverse("outbox-retry"))
    assert Letter.objects.filter(state="waiting").count() == 2


@pytest.mark.parametrize("name", ["letters", "outbox"])
def test_lists_of_letters_take_as_many_queries_for_fifty_as_for_one(
    name, signed_in, person_with, now
):
    administrator = person_with("administrator")
    browser = signed_in(administrator)
    counts = []
    for total in (1, 3, 50):
        write(administrator, now, total)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get(reverse(name)).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 8


def test_exactly_what_is_listed_is_exported(signed_in, person_with, officer, now):
    write(officer, now, 2)
    browser = signed_in(person_with("administrator"), "en")
    reply = browser.get(reverse("outbox"), {"q": "Letter 1", "export": "csv"})
    lines = b"".join(reply.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Addressee,Address,Subject,State,Queued")
    assert [line.split(",")[2] for line in lines[1:]] == ["Letter 1"]
