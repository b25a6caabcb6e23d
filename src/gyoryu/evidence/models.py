from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User


class Document(Record):
    """A file that is held, or a link that is pointed to, as evidence for something."""

    class Kind(models.TextChoices):
        SIGNED_TEXT = "signed_text", _("Signed text")
        MINUTES = "minutes", _("Minutes")
        LETTER = "letter", _("Letter")
        PHOTO = "photo", _("Photo")
        PRESS = "press", _("Press release")
        CONTRACT = "contract", _("Contract")
        DECLARATION = "declaration", _("Export declaration")
        INVOICE = "invoice", _("Invoice")
        RECEIPT = "receipt", _("Receipt")
        BANK_SLIP = "bank_slip", _("Bank slip")
        OTHER = "other", _("Other document")

    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    dated = models.DateField(null=True, blank=True)
    file = models.FileField(blank=True, max_length=200)
    link = models.URLField(max_length=500, blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    seen_with = models.CharField(
        max_length=40,
        blank=True,
        help_text="the capability without which it is not seen, whatever else somebody may read",
    )

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["unit", "-added_at"], name="document_of_unit")]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(file="") ^ ~Q(link=""), name="document_is_file_or_link"
            ),
            models.CheckConstraint(
                condition=Q(file="") | ~Q(sha256=""), name="document_file_has_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The document's page."""
        return reverse("document", args=[self.pk])


class Tie(models.Model):
    """A document tied to a record, whatever kind of record it is."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="ties")
    model = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    record = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "model", "record"], name="tie_once")
        ]
        indexes = [models.Index(fields=["model", "record"], name="tie_of_record")]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.model_id}:{self.record}"
