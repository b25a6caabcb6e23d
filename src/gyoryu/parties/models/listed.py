"""What lists of parties show, and how they are sorted."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf

# What lists show, and so what their indexes hold.
STANDS = Q(voided_at=None, merged_into=None)


def shown(first: str, other: str, length: int) -> models.GeneratedField:
    """Return a column to sort by: one name, or the other where it is empty; the database's work."""
    return models.GeneratedField(
        expression=Coalesce(NullIf(first, Value("")), other),
        output_field=models.CharField(max_length=length),
        db_persist=True,
    )
