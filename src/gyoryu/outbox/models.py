from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User


class Letter(models.Model):
    """A message queued in the transaction that caused it, and sent later.

    ``key`` says what it is about and for which step ("duty:12:2025-04-05:+7"): a second letter of
    the same key is never queued.

    It goes to somebody who signs in, or to an ``address`` of nobody we know, such as a buyer's. Of
    the latter ``language`` is what it is written in and ``unit`` who sends it; its ``link`` may be
    all that its addressee needs to come in, and so it is forgotten once the letter has left.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    to = models.ForeignKey(User, models.CASCADE, null=True, related_name="letters")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
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
        constraints = [
            models.UniqueConstraint(fields=["to", "key"], name="letter_once"),
            models.UniqueConstraint(
                fields=["address", "key"], condition=Q(to=None), name="letter_to_address_once"
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=False, address="") | Q(to=None) & ~Q(address=""),
                name="letter_to_somebody",
            ),
        ]
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

    @property
    def addressee(self) -> str:
        """Whom it goes to, by name where they have one here."""
        return str(self.to) if self.to else self.address

    @property
    def email(self) -> str:
        """The address that it goes to."""
        return self.to.email if self.to else self.address

    @property
    def reaches(self) -> bool:
        """Whether its addressee can still be written to."""
        return self.to is None or self.to.is_active
