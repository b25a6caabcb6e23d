"""What backup, restore and move share: what a database holds, and PostgreSQL's own programs."""

import hashlib
import os
import shutil
import subprocess
from dataclasses import asdict, dataclass
from typing import IO, Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

CHUNK = 1 << 20
# Filled by the migrations themselves, so no sign that somebody works with a database.
FILLED_BY_ITSELF = {"django_content_type", "auth_permission", "jobs_round"}
# Keys to open sessions and counted tries at signing in: worth stealing, and worth nothing later.
LEFT_OUT = ("django_session", "accounts_tries")


class Wrong(Exception):
    """Why it cannot be done, in words for the administrator; the exit code is 1."""


@dataclass(frozen=True)
class State:
    """What a database holds: rows by table, and where its sealed history ends."""

    tables: dict[str, int]
    seal: int
    digest: str
    migrations: list[str]

    def differences(self, other: "State") -> list[str]:
        """Name every table with another number of rows, and the history if it ends elsewhere."""
        names = sorted(self.tables.keys() | other.tables.keys())
        found = [
            f"{name}: {self.tables.get(name)} rows, now {other.tables.get(name)}"
            for name in names
            if self.tables.get(name) != other.tables.get(name)
        ]
        if (self.seal, self.digest) != (other.seal, other.digest):
            found.append(f"history: seal {self.seal} {self.digest[:12]}…, now {other.seal}")
        return found

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(self.tables.values())

    def told(self) -> dict[str, Any]:
        """The same, for a manifest."""
        return asdict(self)


def tables() -> list[str]:
    """Return the names of the tables that are kept: those of every model, ties included."""
    models = apps.get_models(include_auto_created=True)
    found = {model._meta.db_table for model in models if model._meta.managed}
    return sorted(found - set(LEFT_OUT))


def state(cursor: Any, names: list[str] | None = None) -> State:
    """Count a database's tables and read where its history ends, by any cursor on it."""
    counts = {name: _one(cursor, f'SELECT count(*) FROM "{name}"')[0] for name in names or tables()}  # noqa: S608
    head = _one(cursor, "SELECT number, digest FROM history_head WHERE id = 1") or (0, "")
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    done = [f"{app}.{name}" for app, name in cursor.fetchall()]
    return State(counts, head[0], head[1], done)


def occupied(database: BaseDatabaseWrapper) -> bool:
    """Tell whether somebody works with a database already."""
    there = set(database.introspection.table_names())
    with database.cursor() as cursor:
        return any(
            _one(cursor, f'SELECT 1 FROM "{name}" LIMIT 1')  # noqa: S608
            for name in tables()
            if name in there and name not in FILLED_BY_ITSELF
        )


def _one(cursor: Any, query: str) -> Any:
    cursor.execute(query)
    return cursor.fetchone()


def hashed(source: IO[bytes], to: IO[bytes] | None = None) -> str:
    """Return a file's SHA-256, copying it on the way if asked."""
    seen = hashlib.sha256()
    while chunk := source.read(CHUNK):
        seen.update(chunk)
        if to:
            to.write(chunk)
    return seen.hexdigest()


def run(program: str, *line: str, database: str = "default") -> str:
    """Run one of PostgreSQL's programs on a database; its password never shows in the process."""
    found = shutil.which(program)
    if found is None:
        raise Wrong(f"{program} is not here; on Debian or Ubuntu: apt install postgresql-client")
    told = connections[database].settings_dict
    given = {
        "PGHOST": told["HOST"],
        "PGPORT": str(told["PORT"]),
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
        "PGDATABASE": told["NAME"],
    }
    env = {**os.environ, **{name: value for name, value in given.items() if value}}
    done = subprocess.run([found, *line], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Wrong(f"{program}: {done.stderr.strip()}")
    return done.stdout
