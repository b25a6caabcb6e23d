"""Letters leave once, late if they must, and never in vain without somebody being told."""

import threading
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext_lazy

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.jobs.models import Job
from gyoryu.jobs.tasks.worker import run_waiting
from gyoryu.outbox import actions
from gyoryu.outbox.models import Letter

pytestmark = pytest.mark.django_db
STATE = Letter.State


class Down(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail server away")


class Unknown(BaseEmailBackend):
    """A mail server that does not know the address."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


def queued(to, at, key="duty:1:+7", **more):
    return actions.queue(to, key=key, subject="의무가 지났습니다", body="평가회의", at=at, **more)


def test_a_letter_leaves_as_plain_text_with_its_link_and_one_identity(officer, now, settings):
    settings.SITE_ADDRESS = "https://gyoryu.example"
    letter = queued(officer, now, link="/duties/1/")
    assert actions.send_waiting(by=None, at=now) == 1
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("의무가 지났습니다", [officer.email])
    assert sent.body.startswith("평가회의\n\nhttps://gyoryu.example/duties/1/\n\n-- \n")
    assert sent.content_subtype == "plain"
    assert sent.extra_headers["Message-ID"] == f"<letter-{letter.pk}@gyoryu.example>"
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.attempts) == (STATE.SENT, now, 1)


def test_a_letter_of_the_same_key_is_queued_once_for_each_addressee(officer, approver, now):
    first, again = queued(officer, now), queued(officer, now + timedelta(days=1))
    assert first == again
    assert queued(approver, now) != first
    assert actions.send_waiting(by=None, at=now) == 2
    assert actions.send_waiting(by=None, at=now) == 0


def test_a_letter_is_written_in_the_language_of_its_addressee(officer, now):
    officer.language = "ko"
    subject = gettext_lazy("Given up")
    letter = actions.queue(officer, key="a", subject=subject, body=subject, at=now)
    officer.language = "en"
    other = actions.queue(officer, key="b", subject=subject, body=subject, at=now)
    assert (letter.subject, other.subject) == ("발송 포기", "Given up")


def test_a_subject_of_several_lines_becomes_one(officer, now):
    letter = actions.queue(officer, key="a", subject="one\nBcc: all@x.test", body="", at=now)
    assert letter.subject == "one Bcc: all@x.test"
    assert actions.send_waiting(by=None, at=now) == 1


def test_a_week_without_a_mail_server_loses_nothing_and_doubles_nothing(officer, now, settings):
    for step in range(3):
        queued(officer, now, key=f"duty:{step}")
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    for hour in range(7 * 24):
        assert actions.send_waiting(by=None, at=now + timedelta(hours=hour)) == 0
    assert {letter.trouble for letter in Letter.objects.all()} == {"mail server away"}
    assert max(Letter.objects.values_list("attempts", flat=True)) <= len(actions.RETRIES)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    back = now + timedelta(days=8)
    assert actions.send_waiting(by=None, at=back) == 3
    assert actions.send_waiting(by=None, at=back + timedelta(days=8)) == 0
    assert len(mail.outbox) == 3


def test_a_week_without_a_worker_sends_everything_once_afterwards(officer, now):
    queued(officer, now)
    later = now + timedelta(days=7)
    assert [actions.send_waiting(by=None, at=later) for _ in range(2)] == [1, 0]


def test_tries_back_off_and_end_with_giving_up(officer, now, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    letter = queued(officer, now)
    waits = []
    while letter.state == STATE.WAITING:
        before = letter.next_try_at
        actions.send_waiting(by=None, at=before)
        letter.refresh_from_db()
        waits.append(int((letter.next_try_at - before).total_seconds() // 60))
    assert waits == actions.RETRIES
    assert (letter.state, letter.trouble) == (STATE.FAILED, "mail server away")


def test_an_address_that_does_not_exist_is_given_up_at_once(officer, now, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unknown"
    letter = queued(officer, now)
    actions.send_waiting(by=None, at=now)
    letter.refresh_from_db()
    assert letter.state == STATE.FAILED
    assert "no such user" in letter.trouble


def test_nobody_whose_account_is_closed_gets_letters(officer, now):
    letter = queued(officer, now)
    officer.is_active = False
    officer.save()
    assert actions.send_waiting(by=None, at=now) == 0
    letter.refresh_from_db()
    assert (letter.state, mail.outbox) == (STATE.FAILED, [])


def test_a_letter_only_for_the_screen_is_not_mailed(officer, now):
    letter = queued(officer, now)
    Letter.objects.filter(pk=letter.pk).update(by_mail=False)
    assert actions.send_waiting(by=None, at=now) == 1
    assert mail.outbox == []


def test_a_worker_that_died_leaves_its_letter_to_the_next_try(officer, now, monkeypatch):
    queued(officer, now)

    def die(letter, at):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(actions, "_send", die)
        with pytest.raises(SystemExit):
            actions.send_waiting(by=None, at=now)
    assert actions.send_waiting(by=None, at=now) == 0
    assert actions.send_waiting(by=None, at=now + timedelta(minutes=1)) == 1


def test_a_letter_given_up_is_tried_again_by_an_administrator_only(officer, person_with, now):
    letter = queued(officer, now)
    Letter.objects.filter(pk=letter.pk).update(state=STATE.FAILED, attempts=14, trouble="x")
    letter.refresh_from_db()
    with pytest.raises(Refused):
        actions.try_again([letter], by=officer, at=now)
    administrator = person_with("administrator")
    assert actions.try_again([letter], by=administrator, at=now) == 1
    assert Entry.objects.filter(verb="letter.tried_again", by=administrator).count() == 1
    with pytest.raises(Refused):
        letter.refresh_from_db()
        actions.try_again([letter], by=administrator, at=now)
    assert actions.send_waiting(by=None, at=now) == 1


def test_letters_leave_by_one_job_once_what_caused_them_is_committed(
    officer, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for step in range(3):
            queued(officer, now - timedelta(days=1), key=f"duty:{step}")
        assert not Job.objects.exists()
    assert [str(job) for job in Job.objects.all()] == ["서한 발송"]
    assert run_waiting() == 1
    assert len(mail.outbox) == 3
    with django_capture_on_commit_callbacks() as calls:
        queued(officer, now, key="duty:1")
    assert calls == []


def test_the_command_sends_what_waits(officer, now, capsys):
    queued(officer, now - timedelta(days=1))
    call_command("send_letters")
    assert capsys.readouterr().out == "1 letters sent\n"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_a_letter_twice(officer, now):
    for step in range(60):
        queued(officer, now, key=f"duty:{step}")
    counts, start = [], threading.Barrier(4)

    def work():
        try:
            start.wait()
            counts.append(actions.send_waiting(by=None, at=now))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(counts) == 60
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == len(mail.outbox) == 60


def to_a_buyer(unit, at, **more):
    given = {"key": "invited:1", "subject": "초대합니다", "body": "오십시오", "link": "/t/secret/"}
    return actions.queue_to("kim@buyer.example", language="en", unit=unit, at=at, **given, **more)


def test_a_letter_to_nobody_we_know_leaves_once_and_forgets_its_link(province, now) -> None:
    letter = to_a_buyer(province.division, now)
    again = to_a_buyer(province.division, now)
    assert (again.pk, Letter.objects.count()) == (letter.pk, 1)
    assert actions.send_waiting(by=None, at=now) == 1
    (sent,) = mail.outbox
    assert sent.to == ["kim@buyer.example"]
    assert "/t/secret/" in sent.body
    assert "Nobody reads answers to it." in sent.body
    letter.refresh_from_db()
    assert (letter.state, letter.link, letter.email) == (STATE.SENT, "", "kim@buyer.example")


def test_a_letter_that_has_not_left_keeps_its_link(province, now, settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    letter = to_a_buyer(province.division, now)
    assert actions.send_waiting(by=None, at=now) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.link) == (STATE.WAITING, "/t/secret/")


def test_letters_of_a_unit_are_watched_there_and_not_elsewhere(
    province, person_with, signed_in, now
) -> None:
    to_a_buyer(province.division, now)
    here = signed_in(person_with("administrator", province.root), "en").get("/outbox/")
    assert b"kim@buyer.example" in here.content
    there = signed_in(person_with("administrator", province.other), "en").get("/outbox/")
    assert b"kim@buyer.example" not in there.content
