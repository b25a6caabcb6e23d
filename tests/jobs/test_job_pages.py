"""What runs, waits and failed: for who asked and for administrators, with and without script."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.accounts.models import User
from gyoryu.evidence import actions as evidence
from gyoryu.jobs import actions
from gyoryu.jobs.actions import working
from gyoryu.jobs.actions.hand import holding
from gyoryu.jobs.models import Job, Round
from gyoryu.jobs.tasks import worker
from gyoryu.web import clock, export

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(officer, now):
    def make(task, *args, by=officer, **more):
        return actions.queue(f"tests.jobs.trying.{task}", *args, by=by, at=now, **more)

    return make


def names(reply):
    return [str(row) for row in reply.context["listing"].page]


def test_everybody_sees_their_own_and_watchers_those_of_their_units(
    signed_in, queue, officer, approver, person_with, province
):
    queue("note", "1", name="Officer's")
    queue("note", "2", by=approver, name="Approver's")
    queue("note", "3", by=None, name="The clock's")
    far = person_with("administrator", province.other, email="far@example.test")
    seen = {
        who: names(signed_in(who, "en").get(reverse("jobs")))
        for who in (officer, person_with("administrator"), person_with("auditor"), far)
    }
    assert list(seen.values()) == [
        ["Officer's"],
        ["The clock's", "Approver's", "Officer's"],
        ["The clock's", "Approver's", "Officer's"],
        ["The clock's"],
    ]
    approvers = Job.objects.get(by=approver)
    assert signed_in(officer).get(approvers.get_absolute_url()).status_code == 404


def test_the_tabs_count_what_runs_waits_failed_and_is_done(signed_in, queue, person_with):
    for name, args in (("refuse", ()), ("note", ("x",))):
        queue(name, *args, name=name)
    worker.run_waiting()
    queue("note", "y", name="runs")
    working.claim("w", by=None, at=clock.machine())
    queue("note", "z", name="waits")
    reply = signed_in(person_with("administrator"), "en").get(reverse("jobs"))
    assert reply.context["listing"].counts == {
        "": 4, "running": 1, "waiting": 1, "failed": 1, "done": 1,
    }  # fmt: skip
    page = signed_in(person_with("auditor"), "en").get(reverse("jobs"), {"tab": "failed"})
    assert names(page) == ["refuse"]
    assert "That cannot be done." in page.content.decode()


def test_a_bar_looks_again_until_the_job_is_over_and_then_reads_the_page_anew(
    signed_in, queue, officer
):
    job = queue("count", 3, name="Counting")
    browser = signed_in(officer, "en")
    page = browser.get(job.get_absolute_url()).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'hx-get="/jobs/{job.pk}/progress/" hx-trigger="every 1s"' in page
    _row, hand = working.claim("w", by=None, at=clock.machine())
    with holding(hand):
        actions.report(2, 3, "reading")
    working.renew(hand, "w", by=None, at=clock.machine())
    reply = browser.get(reverse("job-progress", args=[job.pk]))
    assert '<progress value="2" max="3" aria-label="Counting"></progress>' in reply.content.decode()
    assert " reading</span>" in reply.content.decode()
    assert "2 of 3" in reply.content.decode()
    assert "HX-Refresh" not in reply
    working.succeed(hand, None, by=None, at=clock.machine())
    reply = browser.get(reverse("job-progress", args=[job.pk]))
    assert (reply["HX-Refresh"], b"hx-get" in reply.content) == ("true", False)
    assert b"http-equiv" not in browser.get(job.get_absolute_url()).content


def test_what_failed_is_run_again_from_its_page(signed_in, queue, officer, approver):
    job = queue("refuse", name="x")
    worker.run_waiting()
    browser = signed_in(officer, "en")
    assert "Run again" in browser.get(job.get_absolute_url()).content.decode()
    assert signed_in(approver).post(reverse("job-retry", args=[job.pk])).status_code == 404
    assert browser.post(reverse("job-retry", args=[job.pk])).status_code == 302
    assert browser.post(reverse("job-retry", args=[job.pk])).status_code == 403
    assert Job.objects.get().result.status == "READY"


def test_an_auditor_watches_and_changes_nothing(signed_in, queue, person_with):
    job = queue("refuse", name="x")
    worker.run_waiting()
    browser = signed_in(person_with("auditor"), "en")
    assert "Run again" not in browser.get(job.get_absolute_url()).content.decode()
    assert browser.post(reverse("job-retry", args=[job.pk])).status_code == 403


def test_the_list_says_what_to_expect_when_it_is_empty(signed_in, person_with):
    page = signed_in(person_with("administrator"), "en").get(reverse("jobs")).content.decode()
    assert "Nothing was asked for yet" in page
    assert "No worker has run yet" in page


def test_the_list_takes_as_many_queries_for_fifty_as_for_one(signed_in, queue, person_with):
    browser = signed_in(person_with("administrator"))
    counts = []
    for total in (1, 3, 50):
        for number in range(total):
            queue("note", "x", name=f"{number}")
        Round.objects.create(name=f"Round {total}", next_at=clock.machine())
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("jobs")).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 8


@pytest.fixture
def long_list(monkeypatch, province):
    monkeypatch.setattr(export, "AT_ONCE", 3)
    from gyoryu.parties.models import Organisation

    for number in range(5):
        Organisation.objects.create(
            unit=province.division,
            kind="company",
            name_ko=f"기업 {number}",
            name_en=f"Firm {number}",
        )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_list_is_written_by_a_worker_and_fetched_by_who_asked(
    long_list, kind, signed_in, officer, approver, person_with
):
    browser = signed_in(officer, "en")
    address = f"{reverse('organisations')}?sort=-name&export={kind}"
    first, twice = browser.get(address), browser.get(address)
    assert (first.status_code, first.url) == (302, twice.url)
    assert Job.objects.count() == 1
    worker.run_waiting()
    job = Job.objects.select_related("result").get()
    assert (job.state, job.name_ko, job.name_en) == (
        "done", "목록 파일: 기관·기업", "File of a list: Organisations",
    )  # fmt: skip
    page = browser.get(job.get_absolute_url()).content.decode()
    assert reverse("job-file", args=[job.pk]) in page
    file = browser.get(reverse("job-file", args=[job.pk]))
    assert file["Content-Disposition"].endswith(f'.{kind}"')
    raw = b"".join(file.streaming_content)
    if kind == "csv":
        lines = raw.decode("utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == [f"기업 {n}" for n in (4, 3, 2, 1, 0)]
    else:
        from python_calamine import CalamineWorkbook

        rows = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
        assert [row[0] for row in rows[1:]] == [f"기업 {n}" for n in (4, 3, 2, 1, 0)]
    others = signed_in(person_with("administrator"))
    assert others.get(job.get_absolute_url()).status_code == 200
    assert others.get(reverse("job-file", args=[job.pk])).status_code == 404


def test_a_short_list_is_answered_at_once(signed_in, officer, monkeypatch, long_list):
    monkeypatch.setattr(export, "AT_ONCE", 5)
    reply = signed_in(officer).get(reverse("organisations"), {"export": "csv"})
    assert (reply.status_code, Job.objects.count()) == (200, 0)


def test_a_list_is_written_with_the_rights_of_the_day_it_is_written(
    long_list, signed_in, officer, province
):
    signed_in(officer).get(reverse("organisations"), {"export": "csv"})
    User.objects.get(pk=officer.pk).memberships.all().delete()
    worker.run_waiting()
    job = Job.objects.select_related("result").get()
    assert (job.state, job.file) == ("failed", "")


def test_a_file_is_kept_for_a_day(long_list, signed_in, officer):
    browser = signed_in(officer, "en")
    browser.get(reverse("organisations"), {"export": "csv"})
    worker.run_waiting()
    from datetime import timedelta

    # Those who sweep up behind documents leave it alone.
    assert evidence.sweep(by=None, before=clock.machine() + timedelta(days=9)) == []
    working.prune(by=None, at=clock.machine() + timedelta(hours=23))
    assert Job.objects.get().file
    working.prune(by=None, at=clock.machine() + timedelta(hours=25))
    job = Job.objects.get()
    assert browser.get(reverse("job-file", args=[job.pk])).status_code == 404
    assert "is deleted. Ask for it anew" in browser.get(job.get_absolute_url()).content.decode()
