"""The database itself keeps the history: rows are added, and that is all.

An entry may change once and in one way, when it is sealed. Nothing else of it changes, and neither
entries nor seals nor the head go away. There is no switch that allows it: who wants to must drop
the triggers, and the chain shows what was done then.
"""

from django.db import migrations

KEPT = ("id", "at", "by_id", "unit_id", "verb", "model_id", "record", "name", "changes", "reason", "nonce", "digest")
WHY = "the history is append-only"

SQLITE = [
    # Only the seal is set, from nothing to something.
    "CREATE TRIGGER history_entry_kept BEFORE UPDATE ON history_entry WHEN NOT (OLD.seal_id IS NULL AND "
    + "NEW.seal_id IS NOT NULL AND "
    + " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)
    + f") BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
    *(
        f"CREATE TRIGGER history_{table}_stays BEFORE DELETE ON history_{table} "
        f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        for table in ("entry", "seal", "head")
    ),
    f"CREATE TRIGGER history_seal_kept BEFORE UPDATE ON history_seal BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
]
SQLITE_BACK = [
    f"DROP TRIGGER history_{name}"
    for name in ("entry_kept", "entry_stays", "seal_stays", "head_stays", "seal_kept")
]
POSTGRESQL = [
    f"CREATE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WHY}'; END $$",
    "CREATE TRIGGER history_entry_kept BEFORE UPDATE ON history_entry FOR EACH ROW WHEN (NOT (OLD.seal_id IS NULL "
    + "AND NEW.seal_id IS NOT NULL AND "
    + " AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in KEPT)
    + ")) EXECUTE FUNCTION history_refuse()",
    "CREATE TRIGGER history_seal_kept BEFORE UPDATE ON history_seal FOR EACH ROW EXECUTE FUNCTION history_refuse()",
    *(
        f"CREATE TRIGGER history_{table}_stays BEFORE DELETE ON history_{table} "
        "FOR EACH ROW EXECUTE FUNCTION history_refuse()"
        for table in ("entry", "seal", "head")
    ),
    *(
        f"CREATE TRIGGER history_{table}_whole BEFORE TRUNCATE ON history_{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()"
        for table in ("entry", "seal", "head")
    ),
]
POSTGRESQL_BACK = ["DROP FUNCTION history_refuse() CASCADE"]


def put_up(apps, schema_editor):
    """Make the triggers of this database's kind."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    """Take the triggers away again; only a migration backwards does."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("history", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
