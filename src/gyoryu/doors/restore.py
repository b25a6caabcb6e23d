"""./gyoryu restore FILE: put a backup back, whole and verified, or leave everything as it is."""

import argparse
import json
import sqlite3
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from gyoryu.doors import backup

EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


def main(argv: list[str]) -> int:
    """Restore; the exit code is 1 when it was refused or the history has a fault."""
    parser = argparse.ArgumentParser(prog="./gyoryu restore", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="what ./gyoryu backup wrote")
    parser.add_argument(
        "--replace", action="store_true", help="throw away what the database holds now"
    )
    asked = parser.parse_args(argv)
    import django  # noqa: PLC0415 (the environment is set first)

    django.setup()
    from gyoryu.doors.copies import Wrong  # noqa: PLC0415

    try:
        with tempfile.TemporaryDirectory() as place:
            manifest = _unpacked(asked.file, Path(place))
            _check(manifest, replace=asked.replace)
            _load(manifest, Path(place))
        return _verified(manifest)
    except (Wrong, OSError) as reason:
        print(reason, file=sys.stderr)
        return 1


def _unpacked(file: Path, place: Path) -> dict[str, Any]:
    """Unpack into a folder and compare every file with the manifest, before anything is touched."""
    from gyoryu.doors.copies import Wrong, hashed  # noqa: PLC0415

    seen = {}
    try:
        with tarfile.open(file) as archive:
            for member in archive:
                if not member.isfile():
                    raise Wrong(f"{file}: {member.name} is no plain file.")
                seen[member.name] = member.size
                archive.extract(member, place, filter="data")
        manifest: dict[str, Any] = json.loads((place / "manifest.json").read_text())
    except (tarfile.TarError, EOFError, ValueError, FileNotFoundError) as trouble:
        raise Wrong(f"{file} is no whole backup ({trouble}).") from trouble
    if manifest.get("format") != backup.FORMAT:
        raise Wrong(f"{file} is of format {manifest.get('format')}; here {backup.FORMAT} is read.")
    if seen.keys() - {"manifest.json"} != manifest["files"].keys():
        raise Wrong(f"{file}: its files are not those its manifest names.")
    for name, told in manifest["files"].items():
        with (place / name).open("rb") as opened:
            if hashed(opened) != told["sha256"]:
                raise Wrong(f"{file}: {name} is not what was backed up.")
    return manifest


def _check(manifest: dict[str, Any], *, replace: bool) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    from gyoryu.doors import copies  # noqa: PLC0415

    if manifest["database"] != connection.vendor:
        raise copies.Wrong(
            f"The backup is of {manifest['database']}, the database here is {connection.vendor}. "
            "Restore it into its own kind, then ./gyoryu move it."
        )
    here = MigrationLoader(None).disk_migrations
    # Names of migrations that a later one stands for are known, too.
    known = {name for key, one in here.items() for name in (key, *one.replaces)}
    if newer := sorted(set(manifest["migrations"]) - {f"{app}.{name}" for app, name in known}):
        raise copies.Wrong(f"The backup is of a newer version ({newer[0]} is not known here).")
    if not replace and copies.occupied(connection):
        raise copies.Wrong(
            "The database is not empty. Stop the web processes and workers, "
            "then say --replace to throw away what it holds."
        )


def _load(manifest: dict[str, Any], place: Path) -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from gyoryu.doors import copies  # noqa: PLC0415
    from gyoryu.evidence import actions as evidence  # noqa: PLC0415

    # Documents first: their names are their hashes, so nothing that is there changes by them.
    for name in manifest["files"]:
        if name.startswith("documents/"):
            with (place / name).open("rb") as file:
                evidence.put_back(name.removeprefix("documents/"), file, by=None)
    dump = place / backup.DUMPS[connection.vendor]
    (_sqlite if connection.vendor == "sqlite" else _postgresql)(dump)
    connection.close()
    with connection.cursor() as cursor:
        found = copies.state(cursor, sorted(manifest["tables"]))
    names = ("tables", "seal", "digest", "migrations")
    if wrong := copies.State(**{name: manifest[name] for name in names}).differences(found):
        raise copies.Wrong("Not what was backed up:\n" + "\n".join(wrong))
    # A backup of an older version is brought up to this one.
    call_command("migrate", verbosity=0)


def _sqlite(dump: Path) -> None:
    """Write the copy over the database page by page, in one transaction of SQLite's own."""
    from django.db import connection  # noqa: PLC0415

    from gyoryu.doors.copies import Wrong  # noqa: PLC0415

    copy = sqlite3.connect(dump)
    try:
        told = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if told != "ok":
            raise Wrong(f"The copy of the database is damaged: {told}")
        connection.ensure_connection()
        copy.backup(connection.connection)
    finally:
        copy.close()


def _postgresql(dump: Path) -> None:
    """Empty the database and fill it in one transaction: it is all there, or all as it was."""
    from gyoryu.doors import copies  # noqa: PLC0415

    script = dump.with_suffix(".sql")
    copies.run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    how = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction")
    patience = "SET LOCAL lock_timeout = '20s';"
    copies.run("psql", *how, "-c", patience, "-c", EMPTY, "-f", str(script))


def _verified(manifest: dict[str, Any]) -> int:
    from gyoryu.history import queries  # noqa: PLC0415

    reached = queries.Reached()
    while not reached.done:
        reached, found = queries.verify(reached)
        for fault in found[:20]:
            print(f"{fault.kind} {fault.number} {fault.what}".rstrip(), file=sys.stderr)
    rows = sum(manifest["tables"].values())
    documents = sum(name.startswith("documents/") for name in manifest["files"])
    print(
        f"Restored as of {manifest['made_at']}: {rows:,} rows in {len(manifest['tables'])} tables, "
        f"{documents:,} documents. History: {reached.entries:,} entries in {reached.number} seals, "
        f"{reached.faults} faults."
    )
    if reached.faults:
        print(
            "Is GYORYU_HISTORY_KEY the one the backup was sealed with? It is not part of a backup.",
            file=sys.stderr,
        )
    return 1 if reached.faults else 0
