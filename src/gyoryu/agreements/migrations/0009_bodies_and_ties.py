"""Indexes of the engagements that belong to a body, which are few, and of ties by region."""

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
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(
                condition=models.Q(("voided_at", None)),
                fields=[
                    "status", "partner_region", "kind", "signed_on", "last_contact_on", "id",
                ],
                name="agreement_by_region",
            ),
        ),
    ]
