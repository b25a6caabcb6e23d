"""How far an import is can be read while its one transaction writes, whoever closed the page."""

import json
import os
import re
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection
from django.urls import reverse
from tests.imports.sheets import database_for_another_process, taken, workbook

from gyoryu.agreements.models import Agreement
from gyoryu.imports.actions import saving, steps
from gyoryu.jobs import adapters
from gyoryu.jobs.models import Job
from gyoryu.jobs.tasks import worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _data_folder_of_its_own(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def job(province, officer, now, places, ours):
    rows = [["협정명", "체결일", "상대기관"]]
    rows += [[f"{n}시 우호협력", "2020-01-02", f"{n}시 정부"] for n in range(30)]
    batch = taken(province, officer, now, workbook(rows), ours=ours.pk)
    return steps.save_later(batch, only_good=False, by=officer, at=now)


def test_a_bar_moves_while_the_one_transaction_writes_and_nothing_is_committed(
    job, signed_in, officer, monkeypatch
):
    monkeypatch.setattr(saving, "TOGETHER", 10)
    monkeypatch.setattr(adapters, "EVERY", 0)
    address, seen = reverse("job-progress", args=[job.pk]), []
    enter = saving.ENTER["agreements"]

    def looking(*args, **said):
        assert connection.in_atomic_block
        # A reader comes anew each time: on SQLite the writer lets nobody else write meanwhile.
        text = signed_in(officer, "en").get(address).content.decode()
        seen.append(re.search(r"(\d+) of 30", text)[1])
        assert "Saving rows" in text
        return enter(*args, **said)

    monkeypatch.setitem(saving.ENTER, "agreements", looking)
    worker.run_waiting()
    assert seen == ["0", "10", "20"]
    assert Agreement.objects.count() == 30
    job = Job.objects.select_related("result").get(pk=job.pk)
    assert (job.state, adapters.board(job.pk).exists()) == (Job.State.DONE, False)


# A worker of its own, which stands still when half of the rows are written and none committed.
PROCESS = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"], settings.MEDIA_ROOT = sys.argv[1:]
django.setup()
from gyoryu.imports.actions import saving
from gyoryu.jobs import adapters
from gyoryu.jobs.tasks import worker
saving.TOGETHER, adapters.EVERY, enter = 15, 0, saving.ENTER["agreements"]
def standing(unit, rows, **said):
    if standing.before:
        print("half", flush=True)
        sys.stdin.readline()
    standing.before += 1
    return enter(unit, rows, **said)
standing.before = 0
saving.ENTER["agreements"] = standing
worker.run_waiting()
"""


def test_others_read_how_far_it_is_while_the_writer_holds_the_database(job, settings, tmp_path):
    name = database_for_another_process(tmp_path)
    env = {**os.environ, "GYORYU_DATA": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    env["DJANGO_SETTINGS_MODULE"] = "gyoryu.settings"
    with subprocess.Popen(
        [sys.executable, "-c", PROCESS, name, str(settings.MEDIA_ROOT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == b"half\n"
        half = (json.loads(adapters.board(job.pk).read_text())["done"], _agreements(name))
        process.stdin.write(b"go on\n")
        process.stdin.close()
        assert process.wait(60) == 0
    assert half == (15, 0)
    assert (adapters.board(job.pk).exists(), _agreements(name)) == (False, 30)


def _agreements(name):
    if connection.vendor != "sqlite":
        return Agreement.objects.count()
    with sqlite3.connect(name) as other:
        return other.execute("SELECT count(*) FROM agreements_agreement").fetchone()[0]


def test_what_a_dead_worker_said_is_not_told_of_the_next_and_is_swept_away(job, monkeypatch):
    from gyoryu.jobs.actions import hand, working
    from gyoryu.web import clock

    _row, dead = working.claim("dead", by=None, at=clock.machine())
    dead.show = adapters.teller()
    with hand.holding(dead):
        hand.report(7, 30, "x")
    Job.objects.filter(pk=job.pk).update(lease_until=clock.machine())
    assert working.give_back(by=None, at=clock.machine()) == 1
    row, _next = working.claim("next", by=None, at=clock.machine())
    assert (adapters.told(row).done, adapters.board(job.pk).exists()) == (0, True)
    assert adapters.sweep() == 0
    monkeypatch.setattr(adapters, "KEPT", -1)
    assert (adapters.sweep(), adapters.board(job.pk).exists()) == (1, False)


def test_a_disk_that_takes_nothing_does_not_stop_the_work(job, settings, tmp_path):
    settings.DATA = tmp_path / "file"
    settings.DATA.write_text("no folder")
    worker.run_waiting()
    assert Job.objects.select_related("result").get(pk=job.pk).state == Job.State.DONE
