"""Articles as they were taken in, their older texts, and which rules have read them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gyoryu.accounts.models import Unit
from gyoryu.newsroom.models.sources import Source


class Article(models.Model):
    """A press release or news item. A text that changes at its source leaves a Version behind.

    ``identity`` is what tells it apart in its government: the canonical address, or the text's own
    digest where there is none. ``original`` is the first of a group of near-duplicates, ``pair``
    the same story in the other language. ``tokens`` are the dates, amounts and names by which
    stories in two languages are told to be one.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="articles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    government = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    identity = models.CharField(max_length=500)
    address = models.CharField(max_length=1000, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    updated = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=3, blank=True)
    title = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    signature = models.BinaryField(default=bytes)
    original = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )
    pair = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="paired_by"
    )
    taken_in_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "identity"], name="article_once"),
            models.CheckConstraint(
                condition=Q(original=None) | ~Q(original=F("id")), name="article_not_its_own_copy"
            ),
            models.CheckConstraint(
                condition=Q(pair=None) | ~Q(pair=F("id")), name="article_not_its_own_pair"
            ),
        ]
        indexes = [
            models.Index(fields=["taken_in_at", "id"]),
            models.Index(fields=["published", "id"]),
            models.Index(fields=["government", "published"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The article's page."""
        return reverse("article", args=[self.pk])


class Version(models.Model):
    """A text that an article had before it was changed at its source."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    published = models.DateTimeField(null=True, blank=True)
    updated = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    taken_in_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.article} v{self.number}"


class Reading(models.Model):
    """What one state of the rules read in one text: ``items`` is the engine's whole answer."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="readings")
    digest = models.CharField(max_length=64)
    rules = models.CharField(max_length=12)
    at = models.DateTimeField()
    items = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "digest", "rules"], name="reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.rules}"
