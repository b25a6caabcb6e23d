"""The table in which tries to sign in are counted, shared by every process."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    """Make the cache's table; nothing happens where it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
