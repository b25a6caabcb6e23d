"""The index of pieces by which events are found: docs/decisions/0070."""

from django.db import migrations

from gyoryu.web import finding

TABLE, COLUMNS = "trade_event", ["number", "title_ko", "title_en"]


def put_up(apps, schema_editor):
    """Index what is there, and from now on what is written."""
    finding.put_up(schema_editor, TABLE, COLUMNS)


def take_down(apps, schema_editor):
    """Take the index away again; only a migration backwards does."""
    finding.take_down(schema_editor, TABLE)


class Migration(migrations.Migration):

    dependencies = [("trade", "0002_events_links")]

    operations = [migrations.RunPython(put_up, take_down)]
