"""What comes round by the clock is one worker's at a time, and one that fails stops no other."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from tests.agreements.promises import promised
from tests.jobs import trying

from gyoryu.insight import tasks
from gyoryu.jobs import actions
from gyoryu.jobs.actions import rounds, working
from gyoryu.jobs.models import Job, Round
from gyoryu.jobs.tasks.worker import Turn, Worker
from gyoryu.outbox.models import Letter
from gyoryu.web import clock

db = pytest.mark.django_db
ENDED = rounds.Ended(1, "", timedelta(minutes=1))


@db
def test_the_worker_reminds_sends_and_seals_in_one_round(province, officer, capsys):
    promised(province.division, officer, due="2025-04-07")
    call_command("work", "--once")
    said = [line.split(" ", 2)[2] for line in capsys.readouterr().out.splitlines()]
    assert "Reminders queued: 1" in said
    assert "Letters sent: 1" in said
    assert [line.partition(":")[0] for line in said[: len(tasks.TURNS)]] == [
        turn.name for turn in tasks.TURNS
    ]
    assert [letter.to for letter in mail.outbox] == [[officer.email]]
    assert Letter.objects.get().state == "sent"


@db
def test_once_carries_out_what_is_queued_and_what_that_queues(officer, now, capsys):
    trying.DONE.clear()
    told = {"by": officer, "at": now, "name": "일"}
    for word in ("하나", "둘"):
        actions.queue("tests.jobs.trying.note", word, **told)
    call_command("work", "--once")
    assert trying.DONE == ["하나", "둘"]
    failed = actions.queue("tests.jobs.trying.refuse", **told)
    with pytest.raises(CommandError, match=rf"Failed: job {failed.pk}"):
        call_command("work", "--once")


@db
def test_a_round_that_fails_stops_no_other_and_is_told(monkeypatch, capsys, province, officer):
    def broken() -> int:
        raise ZeroDivisionError("kaputt")

    monkeypatch.setattr(tasks, "TURNS", [Turn("Broken", 1, broken), *tasks.TURNS])
    promised(province.division, officer, due="2025-04-07")
    with pytest.raises(CommandError, match="Broken"):
        call_command("work", "--once")
    told = capsys.readouterr()
    assert "Letters sent: 1" in told.out
    assert "Broken: failed, ZeroDivisionError('kaputt')" in told.out
    # What is kept for the page is the kind of the error: its words may quote a row.
    assert Round.objects.get(name="Broken").trouble == "ZeroDivisionError"


@db
def test_a_round_is_one_workers_until_it_ends_or_its_lease_does(settings):
    at = clock.machine()
    told = {"by": None, "at": at}
    assert rounds.claim("Seals", "one", **told)
    assert not rounds.claim("Seals", "two", **told)
    late = at + timedelta(seconds=settings.LEASE + 1)
    assert rounds.claim("Seals", "two", by=None, at=late)
    rounds.end("Seals", "one", ENDED, **told)
    assert Round.objects.get().worker == "two"
    rounds.end("Seals", "two", ENDED, by=None, at=late)
    assert not rounds.claim("Seals", "one", by=None, at=late + timedelta(seconds=59))
    assert rounds.claim("Seals", "one", now=True, by=None, at=late + timedelta(seconds=59))


@db
def test_a_round_whose_lease_is_renewed_stays_with_its_worker(settings):
    at = clock.machine()
    rounds.claim("Seals", "one", by=None, at=at)
    rounds.renew("Seals", "one", by=None, at=at + timedelta(seconds=settings.LEASE))
    late = at + timedelta(seconds=settings.LEASE + 1)
    assert not rounds.claim("Seals", "two", by=None, at=late)


@pytest.mark.django_db(transaction=True)
def test_a_running_worker_does_jobs_beside_rounds_and_tells_how_far_it_is(officer, now, settings):
    settings.LEASE = 0.6
    went, turned, seen = threading.Event(), threading.Event(), []
    trying.GATE.clear()
    worker = Worker([Turn("Often", 0, lambda: turned.set() or 0)])
    job = actions.queue("tests.jobs.trying.pause", by=officer, at=now, name="일")
    worker.start()
    try:
        assert turned.wait(10)
        for _try in range(100):
            row = Job.objects.select_related("result").get(pk=job.pk)
            seen.append((row.state, row.done, row.total, row.doing))
            if row.done:
                break
            went.wait(0.1)
        assert seen[-1] == ("running", 3, 10, "기다리는 중")
        # Longer than a lease: what is in hand is not given back while its worker lives.
        went.wait(1.5)
        assert Job.objects.get().lease_until > clock.machine()
        trying.GATE.set()
    finally:
        trying.GATE.set()
        worker.end(10)
    row = Job.objects.select_related("result").get()
    assert (row.state, row.tries, row.done, row.worker) == ("done", 1, 10, "")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_keeps_what_is_in_its_hand_until_it_is_done(
    officer, now, settings
):
    settings.LEASE = 0.6
    trying.GATE.clear()
    worker = Worker()
    for _job in range(2):
        actions.queue("tests.jobs.trying.pause", by=officer, at=now, name="일")
    worker.start()
    while not Job.objects.filter(done=3).exists():
        threading.Event().wait(0.05)
    ending = threading.Thread(target=worker.end, args=[20])
    ending.start()
    for _look in range(20):
        # Longer than three leases: it is renewed until it is done.
        assert working.give_back(by=None, at=clock.machine()) == 0
        threading.Event().wait(0.1)
    trying.GATE.set()
    ending.join()
    # And nothing new was taken.
    rows = Job.objects.select_related("result").order_by("pk")
    assert [(row.state, row.tries) for row in rows] == [("done", 1), ("waiting", 0)]


def test_by_the_day_is_left_out_where_the_calendar_stands_still(monkeypatch, settings):
    settings.TODAY, settings.WORKERS_APART = "2025-04-01", False
    monkeypatch.setattr(Worker, "start", lambda self: None)
    monkeypatch.setattr(tasks.atexit, "register", lambda *a, **k: None)
    assert tasks.beside_the_web().turns == tasks.TURNS[len(tasks.BY_THE_DAY) :]
    settings.TODAY = ""
    assert tasks.beside_the_web().turns == tasks.TURNS
    settings.WORKERS_APART = True
    assert tasks.beside_the_web() is None
