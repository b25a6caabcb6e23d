from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.agreements.models import Agreement
from gyoryu.evidence.models import Document


class Level(models.TextChoices):
    """How much of an agreement the public register shows."""

    PUBLIC = "public", _("Published in full")
    TITLE = "title", _("Title and partner only")
    WITHHELD = "withheld", _("Withheld")


class Ground(models.TextChoices):
    """Why something is withheld: Official Information Disclosure Act, article 9(1), by number."""

    SECRET_BY_LAW = "9-1-1", _("Art. 9(1)1: secret under another Act")
    FOREIGN_RELATIONS = "9-1-2", _("Art. 9(1)2: national security and foreign relations")
    LIFE_AND_SAFETY = "9-1-3", _("Art. 9(1)3: protection of life, body and property")
    TRIAL = "9-1-4", _("Art. 9(1)4: pending trial, crime prevention and investigation")
    DECISION_MAKING = "9-1-5", _("Art. 9(1)5: audit, contract or decision under way")
    PERSONAL_DATA = "9-1-6", _("Art. 9(1)6: privacy of persons")
    TRADE_SECRET = "9-1-7", _("Art. 9(1)7: business secrets of a corporation or person")
    SPECULATION = "9-1-8", _("Art. 9(1)8: unfair profit or loss, such as by speculation")


WITHHELD_HAS_GROUND = Q(level=Level.WITHHELD) ^ Q(ground="")


class Rule(models.Model):
    """How far one agreement is published, and which of its documents are; an exception of policy.

    An agreement without a row follows the policy for its kind.
    """

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="publication_rule")
    level = models.CharField(max_length=8, choices=Level)
    ground = models.CharField(max_length=8, choices=Ground, blank=True)
    documents = models.ManyToManyField(Document, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=WITHHELD_HAS_GROUND, name="rule_withheld_has_ground")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.get_level_display()}"


class Default(models.Model):
    """A government's policy: how far agreements of a kind are published unless a rule says else."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Agreement.Kind)
    level = models.CharField(max_length=8, choices=Level)
    ground = models.CharField(max_length=8, choices=Ground, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind"], name="default_once"),
            models.CheckConstraint(
                condition=WITHHELD_HAS_GROUND, name="default_withheld_has_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_level_display()}"


class Publication(models.Model):
    """A numbered edition of a government's register of a month. What it says never changes.

    It may be withdrawn: then only the desk reads it, and everybody is told since when and why.

    ``head`` and the texts of its lines are canonical JSON; ``digest`` is the SHA-256 of the whole
    document that they make together, which is the JSON file byte for byte.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("government"))
    month = models.DateField(help_text="the first day of the month")
    version = models.PositiveSmallIntegerField()
    head = models.TextField()
    digest = models.CharField(max_length=64)
    files = models.JSONField(default=dict, help_text="SHA-256 of each file, by its ending")
    count = models.PositiveIntegerField()
    reason = models.CharField(max_length=500, blank=True, help_text="why a month is corrected")
    newest = models.BooleanField(default=True, help_text="no later version of this month")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawal = models.CharField(max_length=500, blank=True, help_text="why it was withdrawn")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) ^ ~Q(withdrawal=""),
                name="publication_withdrawn_has_reason",
            ),
            models.UniqueConstraint(fields=["unit", "month", "version"], name="publication_once"),
            models.UniqueConstraint(
                fields=["unit", "month"], condition=Q(newest=True), name="publication_newest_once"
            ),
            models.CheckConstraint(
                condition=Q(version=1) ^ ~Q(reason=""), name="publication_corrected_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}.v{self.version}"

    def get_absolute_url(self) -> str:
        """The publication's page at the desk."""
        return reverse("publication", args=[self.pk])

    @property
    def edition(self) -> str:
        """How its address names it: 2025-03.v1."""
        return str(self)


class PageWithdrawal(models.Model):
    """An agreement's public page that was withdrawn, until a later publication tells of it."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="+", help_text="by which the page was made"
    )
    key = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "publication"], name="page_withdrawal_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="page_withdrawal_has_reason"),
        ]

    def __str__(self) -> str:
        return self.key


class Line(models.Model):
    """One agreement's row in a publication, frozen; the columns beside it only help to find it."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="lines")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    text = models.TextField()
    title_ko = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    status = models.CharField(max_length=10, blank=True)
    since = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    country = models.CharField(max_length=12, blank=True)
    change = models.CharField(max_length=10, blank=True)
    words = models.TextField(help_text="what a search looks in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "key"], name="line_once")]
        indexes = [
            models.Index(fields=["publication", "agreement"], name="line_of_agreement"),
            models.Index(fields=["publication", "signed_on", "id"], name="line_by_signing"),
        ]

    def __str__(self) -> str:
        return self.key
