"""./gyoryu backup FILE: database and documents in one archive, while the site goes on."""

import argparse
import io
import json
import os
import sqlite3
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gyoryu.doors.copies import State

DUMPS = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FORMAT = 1


def main(argv: list[str]) -> int:
    """Write the archive; the exit code is 1 when it could not be made."""
    parser = argparse.ArgumentParser(prog="./gyoryu backup", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file: .tar or .tar.gz")
    asked = parser.parse_args(argv)
    import django  # noqa: PLC0415 (the environment is set first)

    django.setup()
    from gyoryu.doors.copies import Wrong  # noqa: PLC0415

    try:
        told = _write(asked.file)
    except Wrong as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"{asked.file}: {told}")
    print(
        "Not in it: GYORYU_SECRET_KEY, GYORYU_HISTORY_KEY, sessions and the other settings.\n"
        "Keep the keys elsewhere: without the history key nobody can verify what is restored."
    )
    return 0


def _write(file: Path) -> str:
    from gyoryu.doors.copies import Wrong  # noqa: PLC0415

    if file.exists():
        raise Wrong(f"{file} is there already; a backup never overwrites one.")
    part = file.with_name(f"{file.name}.part")
    # Readable by nobody else from its first byte on: it holds people's names.
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(opened, "wb") as raw:
            mode: Any = "w:gz" if file.suffix in {".gz", ".tgz"} else "w"
            with tarfile.open(fileobj=raw, mode=mode) as archive:
                told = _fill(archive)
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return told


def _fill(archive: tarfile.TarFile) -> str:
    """Put the database in first: every document it names was stored before it was written down."""
    from django.core.files.storage import default_storage  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    files = {}
    with tempfile.TemporaryDirectory() as place:
        dump = Path(place) / DUMPS[connection.vendor]
        state = (_sqlite if connection.vendor == "sqlite" else _postgresql)(dump)
        with dump.open("rb") as opened:
            files[dump.name] = _add(archive, dump.name, opened)
    for name in _documents():
        with default_storage.open(name) as held:
            files[f"documents/{name}"] = _add(archive, f"documents/{name}", held)
    manifest = {
        "format": FORMAT,
        "version": version_here(),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "server": connection.get_database_version(),
        **state.told(),
        "files": files,
        "left_out": ["secret_key", "history_key", "sessions", "settings"],
    }
    told = json.dumps(manifest, indent=1).encode()
    member = tarfile.TarInfo("manifest.json")
    member.size = len(told)
    archive.addfile(member, io.BytesIO(told))
    return (
        f"{state.rows:,} rows in {len(state.tables)} tables, {len(files) - 1:,} documents, "
        f"history up to seal {state.seal} {state.digest[:12]}"
    )


def version_here() -> str:
    """Return this program's version, as its package or its source tells it."""
    import tomllib  # noqa: PLC0415

    told = Path(__file__).resolve().parents[3] / "pyproject.toml"
    if told.exists():
        return str(tomllib.loads(told.read_text())["project"]["version"])
    return version("gyoryu")


def _sqlite(dump: Path) -> "State":
    """Copy by SQLite's own backup: one moment of the database, while others write."""
    from django.db import connection  # noqa: PLC0415

    from gyoryu.doors import copies  # noqa: PLC0415

    connection.ensure_connection()
    copy = sqlite3.connect(dump, isolation_level=None)
    try:
        connection.connection.backup(copy)
        for name in copies.LEFT_OUT:
            copy.execute(f'DELETE FROM "{name}"')  # noqa: S608
        # What was deleted is gone from the file, too.
        copy.execute("VACUUM")
        return copies.state(copy.cursor())
    finally:
        copy.close()


def _postgresql(dump: Path) -> "State":
    """Dump and count in one snapshot, which others' writes do not touch."""
    from django.db import connection, transaction  # noqa: PLC0415

    from gyoryu.doors import copies  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        state = copies.state(cursor)
        without = [f"--exclude-table-data={name}" for name in copies.LEFT_OUT]
        how = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
        copies.run("pg_dump", *how, *without, f"--file={dump}")
        return state


def _documents(folder: str = "") -> Iterator[str]:
    from django.core.files.storage import default_storage  # noqa: PLC0415

    from gyoryu.jobs.actions.files import FOLDER  # noqa: PLC0415

    if folder == "" and not default_storage.exists(""):
        return
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}/{name}".lstrip("/") for name in sorted(names))
    for name in sorted(folders):
        # What jobs have made is kept for a day only, and can be made again.
        if f"{folder}/{name}" != f"/{FOLDER}":
            yield from _documents(f"{folder}/{name}".lstrip("/"))


def _add(archive: tarfile.TarFile, name: str, file: IO[bytes]) -> dict[str, Any]:
    from gyoryu.doors import copies  # noqa: PLC0415

    digest = copies.hashed(file)
    member = tarfile.TarInfo(name)
    member.size = file.tell()
    file.seek(0)
    archive.addfile(member, file)
    return {"size": member.size, "sha256": digest}
