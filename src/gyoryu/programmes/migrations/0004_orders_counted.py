from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0003_lists_counted'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['status', 'voided_at', 'due_on'], name='order_counted'),
        ),
    ]
