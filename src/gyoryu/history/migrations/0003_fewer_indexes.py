"""Indexes that repeat the beginning of another, and one for searching in nonces, go.

They are dropped by name: to alter the columns would have SQLite make the table anew, without the
triggers that keep it append-only.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GONE = {
    "history_entry_unit_id_0670e763": "unit_id",
    "history_entry_model_id_e79f2c58": "model_id",
}
LIKE = "history_entry_nonce_b32e298d_like"


def drop(apps, schema_editor):
    """Drop what is there of them."""
    for name in (*GONE, LIKE):
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


def put_back(apps, schema_editor):
    """Make them again, as the first migration did."""
    for name, column in GONE.items():
        schema_editor.execute(f"CREATE INDEX {name} ON history_entry ({column})")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {LIKE} ON history_entry (nonce varchar_pattern_ops)")


class Migration(migrations.Migration):

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("history", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(drop, put_back)],
            [
                migrations.AlterField(
                    "entry",
                    "model",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                migrations.AlterField(
                    "entry",
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
        )
    ]
