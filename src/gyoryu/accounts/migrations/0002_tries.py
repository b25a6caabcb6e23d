"""The table in which tries to sign in are counted, shared by every process."""

import io

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    """Make the cache's table; nothing happens where it is there."""
    alias = schema_editor.connection.alias
    call_command("createcachetable", database=alias, verbosity=0, stdout=io.StringIO())


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
