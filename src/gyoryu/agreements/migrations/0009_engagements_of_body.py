"""Few engagements belong to a body: an index of those alone, so that plans know how few."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("agreements", "0008_pieces_of_titles")]

    operations = [
        migrations.RemoveIndex(
            model_name="engagement",
            name="agreements__body_id_85f2b8_idx",
        ),
        migrations.AddIndex(
            model_name="engagement",
            index=models.Index(
                condition=models.Q(("body__isnull", False)),
                fields=["body", "starts_on"],
                name="engagement_of_body",
            ),
        ),
    ]
