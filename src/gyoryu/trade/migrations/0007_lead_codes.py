"""The HS codes of leads as rows, found by how they begin; those there were are filled in."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Write the codes of the leads there are."""
    rows = apps.get_model("trade", "Lead").objects.order_by().values_list("pk", "hs_codes")
    made = apps.get_model("trade", "LeadCode")
    made.objects.bulk_create(
        (
            made(lead_id=pk, code=code)
            for pk, codes in rows.iterator()
            for code in dict.fromkeys(codes)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('trade', '0006_says_unproven'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeadCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='trade.lead')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'lead'), name='lead_code_once')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
