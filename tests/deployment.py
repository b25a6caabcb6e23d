"""A deployment of its own for tests: a folder, a database of either kind, real processes.

`python -m tests.deployment write NAME` is somebody who works: organisations and documents through
the same actions as the screens, until it is stopped. `… sums` prints what every table holds.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).parent.parent
KEYS = {"GYORYU_SECRET_KEY": "s" * 50, "GYORYU_HISTORY_KEY": "h" * 50}


class Deployment:
    """Where a site lives; everything is done to it from outside, as an administrator would."""

    def __init__(self, folder: Path, address: str = "", **env: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.address = address or f"sqlite://{folder / 'gyoryu.sqlite3'}"
        own = {"GYORYU_DATA": str(folder), "GYORYU_DATABASE": self.address, "GYORYU_DEBUG": "0"}
        self.env = {**os.environ, **KEYS, **own, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **env}
        self.env.pop("GYORYU_TODAY", None)

    def start(self, *line: str, heard: bool = True) -> "subprocess.Popen[str]":
        """Start a program of the site; what goes on for long and is not ``heard`` must not talk
        into a pipe, because it would stand still once that is full."""
        return subprocess.Popen(
            [sys.executable, *line],
            cwd=ROOT,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE if heard else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            # A group of its own, so that a web server dies with its processes.
            start_new_session=True,
        )

    def run(self, *line: str) -> tuple[int, str]:
        """Run ./gyoryu; return its exit code and what it said."""
        process = self.start("-m", "gyoryu", *line)
        said, _none = process.communicate(timeout=120)
        return process.returncode, said

    def sums(self) -> dict[str, str]:
        """Return a digest of what each table holds, as Python values."""
        process = self.start("-m", "tests.deployment", "sums")
        said, _none = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return dict(json.loads(said.splitlines()[-1]))


def made(folder: Path, pattern: str | Path, **env: str) -> Deployment:
    """Make a deployment with all tables: a copy of a file, or of a database on its server."""
    if isinstance(pattern, Path):
        site = Deployment(folder, **env)
        shutil.copy(pattern, folder / "gyoryu.sqlite3")
        return site
    server, _slash, name = pattern.rpartition("/")
    own = f"gyoryu_{uuid4().hex[:12]}"
    create(server, own, f'TEMPLATE "{name}"')
    return Deployment(folder, f"{server}/{own}", **env)


def create(server: str, name: str, how: str = "") -> None:
    """Create a database on a server."""
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" {how}')


def pattern(folder: Path) -> str | Path:
    """Copy the tests' own empty database, which is migrated already; return where the copy is."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / "pattern.sqlite3") as copy:
            connection.connection.backup(copy)
        copy.close()
        return folder / "pattern.sqlite3"
    own = f"pattern_{uuid4().hex[:12]}"
    name = connection.settings_dict["NAME"]
    connection.close()
    create(server(), own, f'TEMPLATE "{name}"')
    return f"{server()}/{own}"


def server() -> str:
    """Return the address of the PostgreSQL server the tests run on."""
    from django.db import connection

    told = connection.settings_dict
    return f"postgresql://{told['USER']}@{told['HOST']}:{told['PORT']}"


def write(name: str) -> None:
    """Work until stopped: each step is an organisation, every third with a document."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import transaction

    from gyoryu.accounts.models import Unit
    from gyoryu.evidence import actions as evidence
    from gyoryu.parties import actions as parties

    own = {"name_ko": "한결도", "kind": "government", "path": "/1/"}
    unit, _made = Unit.objects.get_or_create(pk=1, defaults=own)
    SessionStore().save()
    step = 0
    while True:
        at = datetime.now(UTC)
        with transaction.atomic():
            told = {"kind": "company", "name_ko": f"{name} {step}"}
            row = parties.add_organisation(unit, told, by=None, at=at)
            if step % 3 == 0:
                file = SimpleUploadedFile("a.pdf", f"%PDF-1.7 {name} {step}\n%%EOF\n".encode())
                evidence.hold(row, kind="other", title="x", file=file, by=None, at=at)
        step += 1
        print(step, flush=True)
        time.sleep(0.005)


def staffed(jobs: str) -> None:
    """Make an officer who signs in with "correct horse", and queue so many jobs."""
    from gyoryu.accounts.models import Membership, Unit, User
    from gyoryu.jobs import actions

    unit = Unit.objects.create(pk=1, name_ko="한결도", kind="government", path="/1/")
    user = User(email="officer@example.test", name_ko="홍")
    user.set_password("correct horse")
    user.save()
    Membership.objects.create(user=user, unit=unit, role="officer")
    for number in range(int(jobs)):
        told = {"by": user, "at": datetime.now(UTC), "name": f"일 {number}"}
        actions.queue("tests.jobs.trying.add", unit.pk, number, **told)


def one_of_each() -> None:
    """Make a record of every kind."""
    from tests import permissions

    world = permissions.World()
    for label in permissions.RECORDS:
        world.get(label)


def sums() -> None:
    """Print a digest of what each table holds."""
    from django.apps import apps

    found = {}
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        rows = list(model._base_manager.order_by("pk").values_list(*names))
        if model._meta.label not in {"sessions.Session", "migrations.Migration"}:
            # PostgreSQL keeps what is in a JSON value, not the order of its names.
            told = json.dumps(rows, default=repr, sort_keys=True)
            found[model._meta.label] = hashlib.sha256(told.encode()).hexdigest()
    print(json.dumps(found))


def main(argv: list[str]) -> None:
    """Do what is asked, in the deployment the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "gyoryu.settings"
    import django

    django.setup()
    {"write": write, "sums": sums, "staffed": staffed, "one_of_each": one_of_each}[argv[0]](
        *argv[1:]
    )


if __name__ == "__main__":
    main(sys.argv[1:])
