"""Records that may be one, and those that were found to be."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User

KINDS = [
    ("region", _("Region")),
    ("organisation", _("Organisation")),
    ("person", _("Person")),
]


class Merge(models.Model):
    """Two records found to be one: what was moved, so that it can be moved back.

    ``moved`` is what parties.actions.merging wrote down, ``left`` what an undo could not put back.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    kept = models.PositiveBigIntegerField()
    gone = models.PositiveBigIntegerField()
    kept_name = models.CharField(max_length=200)
    gone_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    moved = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"

    def get_absolute_url(self) -> str:
        """The page that says what was moved."""
        return reverse("merge-done", args=[self.pk])


class Double(models.Model):
    """Two records that may be one, and why; ``one`` has the lower number of the two.

    Somebody's word that they are two stays, so that the pair is not suspected again.
    """

    class Reason(models.TextChoices):
        NUMBER = "number", _("Same business number")
        NAME = "name", _("Same name")
        WORDS = "words", _("Same name in another order or script")
        PLACE = "place", _("Government of the same place")
        WEBSITE = "website", _("Same website")
        POSITION = "position", _("Same title at the same organisation")
        CLOSE = "close", _("Nearly the same name in the same region")

    kind = models.CharField(max_length=12, choices=KINDS)
    one = models.PositiveBigIntegerField()
    other = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=10, choices=Reason)
    found_at = models.DateTimeField()
    dismissed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    dismissed_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "one", "other"], name="double_once"),
            models.CheckConstraint(
                condition=Q(one__lt=models.F("other")), name="double_lower_number_first"
            ),
        ]
        indexes = [models.Index(fields=["kind", "other"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.one} / {self.other}"
