"""A worker killed in the middle of an import leaves nothing half-done; the next does it once."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from tests.imports.sheets import database_for_another_process, taken, workbook

from gyoryu.history.models import Entry
from gyoryu.imports.actions import batches
from gyoryu.parties.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)
# A process of its own: saves a batch ("go"), stands still once everything but the last step is
# written and nothing is committed ("stand"), or tells what there is ("look").
PROCESS = """
import json, sys, time, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from gyoryu.accounts.models import User
from gyoryu.agreements.models import Agreement
from gyoryu.history import queries as history
from gyoryu.history.models import Entry
from gyoryu.imports.actions import batches, saving
from gyoryu.imports.models import Batch
from gyoryu.parties.models import Organisation
def stand_still(*args):
    print("written", flush=True)
    time.sleep(60)
batch = Batch.objects.select_related("unit", "document").get(pk=int(sys.argv[3]))
if sys.argv[2] == "look":
    told = [Agreement.objects.count(), Entry.objects.count(), Organisation.objects.count()]
    print(json.dumps([*told, batch.status, len(list(history.faults()))]))
else:
    if sys.argv[2] == "stand":
        batches._write_lines = stand_still
    batches.enter(batch, by=User.objects.get(pk=int(sys.argv[4])), at=batch.at)
"""


def test_a_save_that_is_killed_is_as_if_it_had_never_begun(
    province, officer, now, places, ours, tmp_path
):
    rows = [["협정명", "체결일", "상대기관"]]
    rows += [[f"{n}시 우호협력", "2020-01-02", f"{n}시 정부"] for n in range(300)]
    batch = taken(province, officer, now, workbook(rows), ours=ours.pk)
    batch = batches.begin(batch, "saving", by=officer, at=now)
    untouched = [0, Entry.objects.count(), Organisation.objects.count(), "saving", 0]
    asked = [database_for_another_process(tmp_path), str(batch.pk), str(officer.pk)]
    with _process("stand", *asked) as process:
        assert process.stdout.readline() == b"written\n"
        os.kill(process.pid, signal.SIGKILL)
    assert _look(*asked) == untouched
    # What the next worker does, twice over: the second time there is nothing left to do.
    for _ in range(2):
        with _process("go", *asked) as process:
            assert process.wait(120) == 0
    # An entry for each agreement, each partner and the import itself.
    assert _look(*asked) == [300, untouched[1] + 601, untouched[2] + 300, "saved", 0]


def _process(mode, name, batch, officer):
    folder = Path(settings.MEDIA_ROOT).parent
    documents = folder / "documents"
    if not documents.exists():
        documents.symlink_to(settings.MEDIA_ROOT)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gyoryu.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "GYORYU_HISTORY_KEY": settings.HISTORY_KEY,
        "GYORYU_DATA": str(folder),
    }
    asked = [sys.executable, "-c", PROCESS, name, mode, batch, officer]
    return subprocess.Popen(asked, stdout=subprocess.PIPE, env=environment)


def _look(*asked):
    with _process("look", *asked) as process:
        return json.loads(process.stdout.read())
