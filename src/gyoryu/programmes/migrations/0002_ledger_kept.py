"""The database itself keeps the ledger: entries are added, and that is all.

A mistake is reversed by another entry. There is no switch that allows a change: who wants to must
drop the triggers, and ``verify_ledger`` and the history show what was done then.
"""

from django.db import migrations

WHY = "the ledger is append-only"
TABLE = "programmes_ledgerentry"

SQLITE = [
    f"CREATE TRIGGER ledger_entry_{name} BEFORE {what} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    for name, what in (("kept", "UPDATE"), ("stays", "DELETE"))
]
SQLITE_BACK = ["DROP TRIGGER ledger_entry_kept", "DROP TRIGGER ledger_entry_stays"]
POSTGRESQL = [
    f"CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WHY}'; END $$",
    *(
        f"CREATE TRIGGER ledger_entry_{name} BEFORE {what} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION ledger_refuse()"
        for name, what, each in (
            ("kept", "UPDATE", "ROW"),
            ("stays", "DELETE", "ROW"),
            ("whole", "TRUNCATE", "STATEMENT"),
        )
    ),
]
POSTGRESQL_BACK = ["DROP FUNCTION ledger_refuse() CASCADE"]


def put_up(apps, schema_editor):
    """Make the triggers of this database's kind."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    """Take the triggers away again; only a migration backwards does."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("programmes", "0001_initial")]

    operations = [
        migrations.RunPython(put_up, take_down),
    ]
