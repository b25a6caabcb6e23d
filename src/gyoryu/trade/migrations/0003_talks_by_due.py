import datetime

import django.db.models.functions.comparison
from django.db import migrations, models

from gyoryu.web import finding


def put_up(apps, schema_editor):
    """SQLite has made the table anew for the column, and lost the triggers that keep its index."""
    if schema_editor.connection.vendor == "sqlite":
        finding.put_up(schema_editor, "trade_consultation", ["about"])


class Migration(migrations.Migration):

    dependencies = [("trade", "0002_pieces")]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="due_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce(
                    models.F("next_due"), models.Value(datetime.date(9999, 12, 31))
                ),
                output_field=models.DateField(),
            ),
        ),
        migrations.AddIndex(
            model_name="consultation",
            index=models.Index(
                condition=models.Q(("voided_at", None)),
                fields=["due_key", "id"],
                name="consultation_by_due",
            ),
        ),
        migrations.RunPython(put_up, migrations.RunPython.noop),
    ]
