"""Reviews: who judges which application, in how many points, and the sheet that was frozen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.programmes.models.applications import Application
from gyoryu.programmes.models.calls import Call, Criterion, Seat


class Review(models.Model):
    """A panel member's judgement of one application; locked once it is submitted.

    What is recused keeps its points, and counts no longer.
    """

    class Conflict(models.TextChoices):
        UNDECLARED = "undeclared", _("Not declared yet")
        NONE = "none", _("No conflict of interest")
        RECUSED = "recused", _("Recused")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="reviews")
    application = models.ForeignKey(Application, models.PROTECT, related_name="reviews")
    conflict = models.CharField(max_length=10, choices=Conflict, default=Conflict.UNDECLARED)
    conflict_reason = models.CharField(max_length=300, blank=True)
    remark = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    total = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    untold = frozenset({"remark"})

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["application", "submitted_at"], name="review_of")]
        constraints = [
            models.UniqueConstraint(fields=["seat", "application"], name="review_once"),
            models.CheckConstraint(
                condition=~Q(conflict="recused") | ~Q(conflict_reason=""),
                name="review_recused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | (Q(conflict="none") & Q(total__isnull=False))
                | Q(conflict="recused"),
                name="review_submitted_is_declared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} → {self.application_id}"


class Score(models.Model):
    """Points for one criterion."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.points}"


class Sheet(models.Model):
    """The score sheet of a call, frozen: every score, what came of it, and its digest."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="sheets")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(help_text="canonical JSON")
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True, help_text="why it was frozen anew")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["call", "version"], name="sheet_once"),
            models.CheckConstraint(
                condition=Q(version=1) ^ ~Q(reason=""), name="sheet_anew_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}.v{self.version}"
