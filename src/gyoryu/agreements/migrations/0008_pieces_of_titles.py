"""The index of pieces by which texts are found in lists: docs/decisions/0070."""

from django.db import migrations

from gyoryu.web import finding

TABLES = {
    "agreements_agreement": ["number", "title_ko", "title_en"],
    "agreements_engagement": ["title_ko", "title_en", "venue"],
    "agreements_commitment": ["number", "words", "words_original"],
    "agreements_delegation": ["name"],
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

    dependencies = [("agreements", "0007_counted_by_index")]

    operations = [migrations.RunPython(put_up, take_down)]
