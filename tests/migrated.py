"""An SQLite database with all migrations done, made once and copied from then on.

Going through every migration takes longer than most test files. The copy is named after what it
was made of, so that it is made anew when a migration changes.
"""

import fcntl
import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.db.backends.sqlite3.creation import DatabaseCreation

HOUSE = Path(__file__).parent.parent / "src" / "gyoryu"
MADE_OF = ("*/migrations/*.py", "*/apps.py", "web/finding.py", "settings.py")
made = DatabaseCreation.create_test_db


def template() -> Path:
    """Return where the copy for these migrations lies, or is to lie."""
    told = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for pattern in MADE_OF:
        for path in sorted(HOUSE.glob(pattern)):
            told.update(str(path.relative_to(HOUSE)).encode() + path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"gyoryu-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{told.hexdigest()[:20]}.sqlite3"


def create(self, verbosity=1, autoclobber=False, serialize=True, keepdb=False):
    """Make a test database as Django does, but copy what the migrations would make."""
    if not self.is_in_memory_db(self._get_test_db_name()):
        return made(self, verbosity, autoclobber, serialize, keepdb)
    ready = template()
    with ready.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            name = made(self, verbosity, autoclobber, serialize, keepdb)
            half = ready.with_suffix(".half")
            half.unlink(missing_ok=True)
            with sqlite3.connect(half) as copy:
                self.connection.connection.backup(copy)
            copy.close()
            half.replace(ready)
            return name
    return _copied(self, ready, verbosity, autoclobber, keepdb)


def _copied(self, ready, verbosity, autoclobber, keepdb):
    name = self._get_test_db_name()
    self._create_test_db(verbosity, autoclobber, keepdb)
    self.connection.close()
    settings.DATABASES[self.connection.alias]["NAME"] = name
    self.connection.settings_dict["NAME"] = name
    self.connection.ensure_connection()
    source = sqlite3.connect(f"file:{ready}?mode=ro", uri=True)
    source.backup(self.connection.connection)
    source.close()
    return name


def use():
    """Let every test run copy the database instead of migrating it."""
    DatabaseCreation.create_test_db = create
