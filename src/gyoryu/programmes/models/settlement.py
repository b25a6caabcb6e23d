"""Settlement: the report at the end, what is to be returned, and what is clawed back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User, in_language
from gyoryu.programmes.models.awards import Award
from gyoryu.programmes.models.claims import Claim
from gyoryu.programmes.models.portfolio import Programme


class Report(models.Model):
    """What an awardee reports at the end: what was done, what was used, and what is left over.

    ``unused`` and ``interest`` are in whole won, and are to be returned to the last of them.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned for completion")
        ACCEPTED = "accepted", _("Found in order")

    award = models.OneToOneField(Award, models.PROTECT, related_name="report")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    status_reason = models.CharField(max_length=1000, blank=True)
    summary = models.TextField(blank=True)
    used = models.BigIntegerField(default=0)
    unused = models.BigIntegerField(default=0)
    interest = models.BigIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    told = frozenset({"summary"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used__gte=0) & Q(unused__gte=0) & Q(interest__gte=0),
                name="report_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return str(self.award)

    def get_absolute_url(self) -> str:
        """The page of its award."""
        return self.award.get_absolute_url()


class Recovery(models.Model):
    """Money asked back: an unused balance with its interest, or support that was not due."""

    class Kind(models.TextChoices):
        BALANCE = "balance", _("Unused balance")
        CLAWBACK = "clawback", _("Clawback")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked back")
        PART = "part", _("Partly returned")
        RETURNED = "returned", _("Returned")
        WAIVED = "waived", _("Waived")

    award = models.ForeignKey(Award, models.PROTECT, related_name="recoveries")
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="recoveries"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    amount = models.BigIntegerField()
    interest = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0, help_text="of the amount")
    returned_interest = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=500)
    legal_basis = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    state_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0)
                & Q(interest__gte=0)
                & Q(returned__gte=0)
                & Q(returned__lte=models.F("amount"))
                & Q(returned_interest__gte=0)
                & Q(returned_interest__lte=models.F("interest")),
                name="recovery_within_amounts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recovery_has_reason"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="recovery_by_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount:,}"


class SignalNote(models.Model):
    """What somebody found when they looked at a signal. A signal itself decides nothing."""

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200, help_text="which rows it was about, as its key")
    note = models.CharField(max_length=1000)
    cleared = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "subject"], name="signal_note_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class SignalFound(models.Model):
    """A signal as it was found when a programme was last looked through; ``place`` counts from 0.

    Kept, because what ties providers and companies stands in hundreds of thousands of rows.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=200, help_text="which rows it is about, as its key")
    what_ko = models.CharField(max_length=500, help_text="whom it concerns")
    what_en = models.CharField(max_length=500)
    orders = models.PositiveIntegerField(help_text="how many rows it is about")
    won = models.BigIntegerField()
    measure = models.CharField(max_length=300, blank=True)
    note = models.ForeignKey(
        SignalNote, models.PROTECT, null=True, related_name="+", help_text="the newest"
    )

    class Meta:
        ordering = ["programme", "kind", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "place"], name="signal_found_in_one_place"
            )
        ]
        indexes = [
            models.Index(fields=["programme", "kind", "subject"], name="signal_found_subject"),
            models.Index(fields=["programme", "place", "kind"], name="signal_found_first"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """Whom it concerns, in the reader's language."""
        return in_language(self.what_ko, self.what_en)

    @property
    def cleared(self) -> bool:
        """Whether somebody has looked and found nothing wrong."""
        return self.note is not None and self.note.cleared


class SignalRun(models.Model):
    """When a programme was last looked through for signals, and how many of each kind it has."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="signal_run")
    at = models.DateTimeField()
    counts = models.JSONField(default=dict, help_text="how many signals, by kind")

    def __str__(self) -> str:
        return str(self.programme)
