"""Candidates: facts read from articles that wait for a person's yes; and what does not agree."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gyoryu.accounts.models import Unit, User
from gyoryu.newsroom.models.articles import Article


class Candidate(models.Model):
    """A fact read from an article. It enters the register only when a person accepts it.

    ``fields`` holds by name ``{"value", "q", "s", "e", "how"}`` (or a list of these): the value,
    the words it was read from, their offsets in the body in code points, and how it was resolved.
    ``status`` is the article's word on the fact's standing (signed, planned …), kept apart from
    what the register is told. ``match`` and ``record`` say what the register already knew.
    ``made`` is the record that accepting made or touched, ``undo`` what taking it back needs.
    """

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", _("Agreement")
        BODY = "body", _("Consultative body")
        ENGAGEMENT = "engagement", _("Engagement")
        COMMITMENT = "commitment", _("Commitment")
        PERSON = "person", _("Person")
        RESULT = "result", _("Trade result")
        SUPPORT = "support", _("Terms of support")

    class Match(models.TextChoices):
        NEW = "new", _("New record")
        SAME = "same", _("Already recorded")
        UPDATE = "update", _("Adds to a record")
        CONTRADICTION = "contradiction", _("Contradiction")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("newsroom", "Waiting")
        ACCEPTED = "accepted", _("Accepted")
        EDITED = "edited", _("Accepted after editing")
        REFUSED = "refused", _("Turned down")
        SUPERSEDED = "superseded", _("No longer in the article")

    article = models.ForeignKey(Article, models.CASCADE, related_name="candidates")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    status = models.CharField(max_length=20, blank=True)
    how = models.CharField(max_length=200, blank=True)
    confidence = models.DecimalField(max_digits=3, decimal_places=2)
    rules = models.CharField(max_length=12)
    match = models.CharField(max_length=13, choices=Match, default=Match.NEW)
    model = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    record = models.PositiveBigIntegerField(null=True, blank=True)
    conflicts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    said_signed = models.BooleanField(default=False)
    made_model = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    made = models.PositiveBigIntegerField(null=True, blank=True)
    undo = models.JSONField(default=dict)

    class Meta:
        ordering = ["start", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="candidate_once"),
            models.CheckConstraint(
                condition=Q(end__gte=models.F("start")), name="candidate_span_runs_on"
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="candidate_confidence"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "superseded"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="candidate_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "edited"])
                | Q(made__isnull=False, made_model__isnull=False),
                name="candidate_accepted_has_record",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="candidate_refused_has_reason"
            ),
            # "Signed" is never set without a person's yes.
            models.CheckConstraint(
                condition=Q(said_signed=False)
                | Q(decided_by__isnull=False, state__in=["accepted", "edited"]),
                name="candidate_signed_by_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"]),
            models.Index(
                fields=["article"], condition=Q(state="waiting"), name="candidate_waiting"
            ),
            models.Index(fields=["made_model", "made"], name="candidate_made"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.quote[:120]}"

    @property
    def quote(self) -> str:
        """The words that state the fact."""
        trigger: dict[str, str] = self.fields.get("trigger", {})
        return trigger.get("q", "")

    @property
    def open(self) -> bool:
        """Waiting for a person's yes."""
        return self.state == self.State.WAITING


class Conflict(models.Model):
    """Two statements of one article that do not agree, shown until somebody settles it.

    ``rows`` compares them; each has ``what``, ``one`` and ``other``. ``spans`` are the places:
    ``["title" or "body", start, end]``.
    """

    class Kind(models.TextChoices):
        COUNTS = "counts", _("Headline and text count differently")
        AMOUNTS = "amounts", _("Headline and text name different amounts")
        STANDING = "standing", _("Headline says more than the text")
        DATES = "dates", _("Two dates for one act")
        EDITIONS = "editions", _("This year's figure beside last year's")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("newsroom", "Open")
        TEXT = "text", _("The text is followed")
        ASKED = "asked", _("The source was asked")
        GONE = "gone", _("No longer in the article")

    article = models.ForeignKey(Article, models.CASCADE, related_name="conflicts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    spans = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="conflict_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "gone"]) | Q(decided_by__isnull=False),
                name="conflict_settled_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
