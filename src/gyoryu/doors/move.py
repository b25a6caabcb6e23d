"""./gyoryu move TO_ADDRESS: from SQLite to PostgreSQL, with counts and history compared.

The database it comes from stays as it is, and nobody can write to it meanwhile.
"""

import argparse
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

FROM, TO = "default", "target"
# Made from the records by whoever indexes them, in each kind of database its own way.
MADE_ANEW = {"search"}


def main(argv: list[str]) -> int:
    """Move; the exit code is 1 when it was refused or what arrived is not what was sent."""
    parser = argparse.ArgumentParser(prog="./gyoryu move", description=__doc__)
    parser.add_argument(
        "address", metavar="TO_ADDRESS", help="postgresql://user:password@host:port/name"
    )
    asked = parser.parse_args(argv)
    os.environ["GYORYU_MOVE_TO"] = asked.address
    import django  # noqa: PLC0415 (the environment is set first)

    django.setup()
    from gyoryu.doors.copies import Wrong  # noqa: PLC0415

    try:
        _prepare()
        _carry_over()
    except Wrong as reason:
        print(reason, file=sys.stderr)
        return 1
    return _verified(asked.address)


def _prepare() -> None:
    """Make the tables in the new database, and refuse one that somebody works with."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from gyoryu.doors.copies import Wrong, occupied  # noqa: PLC0415

    if (connections[FROM].vendor, connections[TO].vendor) != ("sqlite", "postgresql"):
        raise Wrong("Moving goes from SQLite (GYORYU_DATABASE) to PostgreSQL (TO_ADDRESS).")
    if occupied(connections[TO]):
        raise Wrong("The new database is not empty. Moving never adds to one that is in use.")
    # Both have to be of this version, or a column would be missing on one side.
    for alias in (FROM, TO):
        call_command("migrate", database=alias, verbosity=0)


def _carry_over() -> None:
    from django.core.management.color import no_style  # noqa: PLC0415
    from django.db import connections, transaction  # noqa: PLC0415

    from gyoryu.doors.copies import Wrong, state  # noqa: PLC0415

    models = _models()
    names = sorted(model._meta.db_table for model in models)
    target = connections[TO]
    # The old database's write lock is held all the while; the new one commits all or nothing, and
    # its foreign keys are looked at when it does, so tables may come in any order.
    with transaction.atomic(FROM), transaction.atomic(TO), target.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        for name in names:
            # What its migrations filled in, such as the kinds of records, has other numbers there.
            if not name.startswith("history_"):
                cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608
        for model in models:
            print(f"{model._meta.db_table}: {_copy(model, cursor):,}")
        for statement in target.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        with connections[FROM].cursor() as source:
            before = state(source, names)
        after = state(cursor, names)
        if wrong := before.differences(after):
            raise Wrong("Nothing was moved, for it did not come to the same:\n" + "\n".join(wrong))
    with target.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{after.rows:,} rows in {len(names)} tables, alike on both sides; seal {after.seal}")


def _models() -> list["type[Model]"]:
    from django.apps import apps  # noqa: PLC0415

    from gyoryu.doors.copies import tables  # noqa: PLC0415

    kept = set(tables())
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table in kept
        and not model._meta.proxy
        and model._meta.app_label not in MADE_ANEW
    }
    return list(found.values())


def _copy(model: "type[Model]", cursor: Any) -> int:
    """Stream a table's rows as its fields read and write them; return how many there were."""
    from django.db import connections  # noqa: PLC0415

    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    rows = model._base_manager.using(FROM).order_by("pk")
    count = 0
    with cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as into:
        for row in rows.values_list(*(field.attname for field in fields)).iterator(5000):
            told = zip(fields, row, strict=True)
            into.write_row([field.get_db_prep_save(one, connections[TO]) for field, one in told])
            count += 1
    return count


def _verified(address: str) -> int:
    """Have the new database's history verified by a process that knows no other."""
    env = {**os.environ, "GYORYU_DATABASE": address}
    line = [sys.executable, "-m", "gyoryu", "manage", "verify_history"]
    sys.stdout.flush()
    done = subprocess.run(line, env=env, check=False)
    if done.returncode:
        print("The history did not arrive whole; go on with the old database.", file=sys.stderr)
        return 1
    print(
        "Moved. From now on start everything with GYORYU_DATABASE set to the new address.\n"
        "Then make the search index there: ./gyoryu manage index"
    )
    return 0
