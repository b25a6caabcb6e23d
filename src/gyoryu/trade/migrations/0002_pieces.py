"""The index of pieces by which texts are found in lists: docs/decisions/0070."""

from django.db import migrations

from gyoryu.web import finding

TABLES = {
    "trade_event": ["number", "title_ko", "title_en"],
    "trade_deal": ["number", "about"],
    "trade_consultation": ["about"],
}


def put_up(apps, schema_editor):
    """Index what is there, and from now on what is written."""
    for table, columns in TABLES.items():
        finding.put_up(schema_editor, table, columns)


def take_down(apps, schema_editor):
    """Take the indexes away again; only a migration backwards does."""
    for table in TABLES:
        finding.take_down(schema_editor, table)


class Migration(migrations.Migration):

    dependencies = [("trade", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
