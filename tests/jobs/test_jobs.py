"""Work is queued, carried out once, tried again when it fails, given back when a worker dies."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from tests.jobs import trying

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.jobs import actions
from gyoryu.jobs.actions import working
from gyoryu.jobs.actions.hand import Lost, holding
from gyoryu.jobs.models import Job
from gyoryu.jobs.tasks import worker
from gyoryu.web import clock

pytestmark = pytest.mark.django_db
PATH = "tests.jobs.trying"


@pytest.fixture(autouse=True)
def _nothing_done():
    trying.DONE.clear()


@pytest.fixture
def queue(officer, now):
    def make(name="note", *args, **more):
        return actions.queue(f"{PATH}.{name}", *args, by=officer, at=now, name="일", **more)

    return make


def again(job):
    return Job.objects.select_related("result").get(pk=job.pk)


def told(job):
    row = again(job)
    return row.state, row.tries, row.done, row.total, row.trouble


def test_what_is_queued_is_done_once_and_in_order(queue, officer, province):
    first, second = queue("note", "하나"), queue("note", "둘")
    assert (first.by, first.unit) == (officer, province.division)
    assert told(first) == ("waiting", 0, 0, 0, "")
    assert worker.run_waiting() == 2
    assert trying.DONE == ["하나", "둘"]
    assert told(second) == ("done", 1, 0, 0, "")
    assert again(second).result.return_value == "둘"
    assert worker.run_waiting() == 0


def test_what_is_rolled_back_was_never_queued(queue):
    with pytest.raises(RuntimeError), transaction.atomic():
        queue("note", "하나")
        raise RuntimeError
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_the_same_key_is_queued_once_while_it_waits_and_anew_once_it_is_begun(queue):
    first = queue("note", "하나", key="all")
    assert queue("note", "둘", key="all") == first
    working.claim("w", by=None, at=clock.machine())
    assert queue("note", "셋", key="all") != first


def test_only_a_task_can_be_queued(queue):
    with pytest.raises(TypeError, match=r"trying\.DONE is not a task"):
        queue("DONE")


def test_progress_is_told_with_the_end(queue):
    job = queue("count", 3)
    worker.run_waiting()
    assert told(job) == ("done", 1, 3, 3, "")
    assert again(job).doing == "세는 중"


def test_a_refusal_is_final_and_shown_as_it_stands(queue):
    job = queue("refuse")
    worker.run_waiting()
    assert told(job) == ("failed", 1, 0, 0, "That cannot be done.")


def test_an_error_is_tried_again_later_each_time_longer_and_in_the_end_has_failed(queue):
    job = queue("break_down", "하나", most=3)
    waits = []
    for _try in range(3):
        row = again(job).result
        DBTaskResult.objects.filter(pk=row.pk).update(run_after=clock.machine())
        assert worker.run_waiting() == 1
        row.refresh_from_db()
        waits.append(round((row.run_after - row.started_at).total_seconds()))
    assert (waits, trying.DONE) == ([10, 60, 300], ["하나"] * 3)
    assert told(job) == ("failed", 3, 0, 0, "프로그램 오류로 중단되었습니다(ValueError).")
    assert "하나" not in again(job).result.traceback
    assert "break_down" in again(job).result.traceback


def test_a_dead_workers_job_is_given_back_and_done_once(queue, officer, settings):
    job = queue("rename", officer.pk, "!", "2025-04-01T00:00:00Z")
    at = clock.machine()
    _row, dead = working.claim("dead", by=None, at=at)
    assert working.give_back(by=None, at=at + timedelta(seconds=settings.LEASE)) == 0
    assert working.give_back(by=None, at=at + timedelta(seconds=settings.LEASE + 1)) == 1
    assert told(job)[0] == "waiting"
    assert worker.run_waiting() == 1
    # The one that was thought dead wakes up: its work must not be kept, nor its end noted.
    with pytest.raises(Lost), holding(dead):
        trying.rename.call(officer.pk, "!", "2025-04-01T00:00:00Z")
    officer.refresh_from_db()
    assert officer.name_en == "officer Hong!"
    assert not working.succeed(dead, None, by=None, at=at)
    assert not working.renew(dead, "dead", by=None, at=at)
    assert told(job)[:2] == ("done", 2)


def test_a_lease_that_is_renewed_is_not_given_back(queue, settings):
    queue("note", "하나")
    at = clock.machine()
    _row, hand = working.claim("w", by=None, at=at)
    later = at + timedelta(seconds=settings.LEASE)
    assert working.renew(hand, "w", by=None, at=later)
    assert working.give_back(by=None, at=later + timedelta(seconds=settings.LEASE / 2)) == 0


def test_a_job_that_kills_its_workers_has_failed_after_its_last_try(queue):
    job = queue("note", "하나", most=2)
    at = clock.machine()
    for _try in range(2):
        working.claim("dead", by=None, at=at)
        at += timedelta(minutes=5)
        assert working.give_back(by=None, at=at) == 1
    assert told(job) == ("failed", 2, 0, 0, "처리 중이던 작업 처리기가 멈추었습니다.")


def test_what_failed_is_tried_again_by_hand_and_what_waits_is_cancelled(
    queue, officer, approver, person_with, now
):
    job, waiting = queue("refuse"), queue("note", "둘", wait=timedelta(hours=1))
    worker.run_waiting()
    administrator = person_with("administrator")
    with pytest.raises(Refused):
        actions.retry(again(job), by=approver, at=now)
    with pytest.raises(Refused):
        actions.cancel(again(job), by=officer, at=now)
    actions.cancel(again(waiting), by=officer, at=now)
    actions.retry(again(job), by=administrator, at=now)
    assert (told(job)[0], told(waiting)[0]) == ("waiting", "cancelled")
    said = Entry.objects.order_by("pk").values_list("verb", "by", "record")
    assert list(said) == [
        ("job.cancelled", officer.pk, waiting.pk),
        ("job.retried", administrator.pk, job.pk),
    ]


def test_what_ended_a_month_ago_is_deleted(queue):
    job, waiting = queue("note", "하나"), queue("note", "둘", wait=timedelta(hours=1))
    worker.run_waiting()
    at = clock.machine()
    assert working.prune(by=None, at=at + timedelta(days=29)) == 0
    assert working.prune(by=None, at=at + timedelta(days=31)) == 1
    assert list(Job.objects.all()) == [waiting]
    assert job.pk != waiting.pk
