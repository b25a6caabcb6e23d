from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User


class Letter(models.Model):
    """A message queued in the transaction that caused it, and sent later.

    ``key`` says what it is about and for which step ("duty:12:2025-04-05:+7"): a second letter of
    the same key is never queued.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    to = models.ForeignKey(User, models.CASCADE, related_name="letters")
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    model = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    record = models.PositiveBigIntegerField(null=True)
    by_mail = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["to", "key"], name="letter_once")]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="waiting"), name="letter_waiting"
            ),
            models.Index(fields=["to", "-id"], name="letter_of_user"),
            models.Index(fields=["to"], condition=Q(read_at=None), name="letter_unread"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """The letter's page, which only its addressee opens."""
        return reverse("letter", args=[self.pk])
