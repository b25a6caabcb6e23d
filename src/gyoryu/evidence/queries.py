"""What is held about a record."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from gyoryu.evidence.models import Document


def of_record(record: Model) -> QuerySet[Document]:
    """Return the documents tied to a record, newest first; voided ones are left out."""
    model = ContentType.objects.get_for_model(record)
    return Document.objects.filter(
        ties__model=model, ties__record=record.pk, voided_at=None
    ).order_by("-dated", "-pk")


def has_evidence(record: Model) -> bool:
    """Tell whether any document that still stands is tied to a record."""
    return of_record(record).exists()
