"""Where articles come from, the visits to them, and how far an office trusts the reading."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gyoryu.accounts.models import Record, Unit, User


class Source(Record):
    """A feed, a page, a folder or what people hand in. Visited when its time has come.

    ``selectors`` are CSS selectors by part (body, title, published, updated, drop), for pages whose
    general reading leaks. ``robots`` keeps what the host asks of visitors, by origin.
    """

    class Kind(models.TextChoices):
        FEED = "feed", _("Feed")
        PAGE = "page", _("Web page")
        FOLDER = "folder", _("Folder")
        UPLOAD = "upload", pgettext_lazy("newsroom", "Handed in")

    class Language(models.TextChoices):
        KOREAN = "ko", _("Korean")
        ENGLISH = "en", _("English")

    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=2, choices=Language, blank=True)
    every_minutes = models.PositiveIntegerField(default=60)
    selectors = models.JSONField(default=dict, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    visited_at = models.DateTimeField(null=True, blank=True)
    next_visit_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_reason = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="upload") | ~Q(address=""), name="source_has_address"
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None) | ~Q(paused_reason=""), name="source_paused_has_reason"
            ),
            models.UniqueConstraint(
                fields=["unit", "address"],
                condition=~Q(address="") & Q(voided_at=None),
                name="source_once_a_unit",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_visit_at"],
                condition=Q(paused_at=None, voided_at=None),
                name="source_due",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The source's page."""
        return reverse("source", args=[self.pk])


class Visit(models.Model):
    """One visit to a source: what was found, and what of it still waits to be taken in.

    ``waiting`` holds the entries not yet taken in, so that a visit cut short is gone on with;
    ``seen_to_at`` is when somebody last did, so that nobody else does meanwhile.
    ``trouble`` is a machine code with ``params``; queries put it into words.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="visits")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    seen_to_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    status = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    facts = models.PositiveIntegerField(default=0)
    waiting = models.JSONField(default=list)
    trouble = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.source} {self.begun_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """The page that shows how far the visit is."""
        return reverse("visit", args=[self.pk])

    @property
    def done(self) -> int:
        """How many entries have been taken in, whatever became of them."""
        return self.made + self.updated + self.same + self.failed


class Trust(models.Model):
    """A government's rule for accepting in bulk: which kinds of facts, and how sure."""

    government = models.OneToOneField(Unit, models.PROTECT, related_name="+")
    minimum = models.DecimalField(max_digits=3, decimal_places=2)
    kinds = models.JSONField(default=list)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Half sure is a guess; a guess is never accepted unseen.
            models.CheckConstraint(
                condition=Q(minimum__gte=0.5, minimum__lte=1), name="trust_minimum_over_half"
            )
        ]

    def __str__(self) -> str:
        return f"{self.government} ≥ {self.minimum}"
