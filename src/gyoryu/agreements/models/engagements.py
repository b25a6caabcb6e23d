"""Engagements: dated contacts; and the consultative bodies that hold some of them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, Unit, User, in_language
from gyoryu.agreements.models.agreements import PRECISIONS, Agreement, Area, Side, period
from gyoryu.base.periods import Period, Precision
from gyoryu.parties.models import Organisation, Person, Position, Region


class Body(Record):
    """A standing consultative body under an agreement. Its sessions are engagements."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="bodies")
    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    cadence_months = models.PositiveSmallIntegerField(default=12)
    lead_ours = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead_theirs = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="bodies")
    founded_on = models.DateField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    merges = {"lead_ours": "move", "lead_theirs": "move"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(cadence_months__gt=0), name="body_has_cadence"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(ended_reason=""), name="body_ended_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The body's page."""
        return reverse("body", args=[self.pk])


class Engagement(Record):
    """A dated contact with partners abroad."""

    class Kind(models.TextChoices):
        COURTESY_CALL = "courtesy_call", _("Courtesy call")
        VISIT = "visit", _("Visit")
        MEETING = "meeting", _("Meeting")
        ROUNDTABLE = "roundtable", _("Round table")
        VIDEO_CONFERENCE = "video_conference", _("Video conference")
        DELEGATION = "delegation", _("Delegation")
        FAM_TOUR = "fam_tour", _("Familiarisation tour")
        CEREMONY = "ceremony", _("Ceremony")
        FORUM = "forum", _("Forum")
        LETTER = "letter", _("Letter")
        TRAINING = "training", _("Training")
        SESSION = "session", _("Session of a body")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIDEO = "video", _("By video")
        WRITTEN = "written", _("In writing")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(max_length=20, choices=Kind)
    title_ko = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    starts_on = models.DateField()
    ends_on = models.DateField()
    precision = models.CharField(max_length=8, choices=PRECISIONS, default=Precision.DAY.value)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    venue = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.IN_PERSON)
    initiative = models.CharField(
        max_length=6, choices=Side, default=Side.OURS, help_text="whose step it was"
    )
    agreements = models.ManyToManyField(Agreement, blank=True, related_name="engagements")
    areas = models.ManyToManyField(Area, blank=True, related_name="engagements")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="sessions")
    session_number = models.PositiveSmallIntegerField(null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    agenda = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    outcomes = models.TextField(blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    shared_with = models.ManyToManyField(Unit, blank=True, related_name="+")

    merges = {"region": "move"}
    pieces = ("title_ko", "title_en", "venue")

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="engagement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(kind="session", body__isnull=False) | ~Q(kind="session"),
                name="session_has_body",
            ),
            models.UniqueConstraint(
                fields=["body", "session_number"],
                condition=Q(session_number__isnull=False, voided_at=None),
                name="session_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_on", "id"]),
            # Beside the order what its list counts and leaves out, so that the index is enough.
            models.Index(
                fields=["unit", "starts_on", "state", "voided_at"], name="engagement_of_unit"
            ),
            models.Index(
                fields=["state", "unit", "id"],
                condition=Q(voided_at=None),
                name="engagement_counted",
            ),
            # The sessions of a body, each by all that is asked: without statistics SQLite would
            # rather go through all engagements of a state.
            models.Index(
                fields=["body", "kind", "state", "starts_on"],
                condition=Q(body__isnull=False, voided_at=None),
                name="engagement_sessions",
            ),
            # Few belong to a body or follow another, and SQLite takes the many that do not for
            # those of one.
            models.Index(
                fields=["body", "starts_on"],
                condition=Q(body__isnull=False),
                name="engagement_of_body",
            ),
            models.Index(
                fields=["follows", "starts_on"],
                condition=Q(follows__isnull=False),
                name="engagement_following",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title_ko, self.title_en)

    def get_absolute_url(self) -> str:
        """The engagement's page."""
        return reverse("engagement", args=[self.pk])

    @property
    def when(self) -> Period:
        """The days it took, as they are known."""
        return Period(self.starts_on, self.ends_on, Precision(self.precision))


class Delegation(models.Model):
    """One side's people at an engagement. ``size`` counts them, named or not."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="delegations")
    side = models.CharField(max_length=6, choices=Side)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    name = models.CharField(max_length=160, blank=True)
    size = models.PositiveSmallIntegerField(null=True, blank=True)

    merges = {"organisation": "move"}
    pieces = ("name",)

    class Meta:
        ordering = ["side", "id"]

    def __str__(self) -> str:
        return self.name or str(self.organisation or "")


class Participant(models.Model):
    """A named member of a delegation, with the title held then."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160, blank=True)
    head = models.BooleanField(default=False)

    merges = {"person": "move"}

    class Meta:
        ordering = ["-head", "id"]
        constraints = [
            models.UniqueConstraint(fields=["delegation", "person"], name="participant_once"),
            models.UniqueConstraint(
                fields=["delegation"], condition=Q(head=True), name="delegation_has_one_head"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.title}".strip()


class Stop(models.Model):
    """A stop of an itinerary, and what the visitors said of it."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="stops")
    order = models.PositiveSmallIntegerField()
    on = models.DateField(null=True, blank=True)
    name_ko = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    rating = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1 to 5, as the visitors gave it"
    )
    feedback = models.TextField(blank=True)

    merges = {"organisation": "move"}

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "order"], name="stop_order_once"),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__range=(1, 5)), name="stop_rating_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)


class Request(models.Model):
    """Something one side asked the other in a letter or a meeting, and the answer it got."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="requests")
    asked_by = models.CharField(max_length=6, choices=Side, default=Side.OURS)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    words = models.TextField()
    answer_first = models.DateField(null=True, blank=True)
    answer_due = models.DateField(null=True, blank=True)
    answer_precision = models.CharField(
        max_length=8, choices=PRECISIONS, default=Precision.DAY.value
    )
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    merges = {"organisation": "move", "person": "move"}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | ~Q(answer=""), name="request_answered_has_words"
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_due", "id"],
                condition=Q(answered_on=None),
                name="request_unanswered",
            )
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def due(self) -> Period | None:
        """When the answer is due, as it was said."""
        return period(self.answer_first, self.answer_due, self.answer_precision)
