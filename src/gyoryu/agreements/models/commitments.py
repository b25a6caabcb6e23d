"""Commitments: what somebody said they would do, and whether they did."""

from datetime import date

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, Unit, User
from gyoryu.agreements.models.agreements import PRECISIONS, Agreement, Side, period
from gyoryu.agreements.models.engagements import Body, Engagement
from gyoryu.base.periods import Period, Precision
from gyoryu.parties.models import CURRENCY_CHOICES, Organisation, Position

FAR_FUTURE = Value(date(9999, 12, 31), models.DateField())


class Commitment(Record):
    """A promise in the words in which it was made. Done needs evidence (a tied document)."""

    class Status(models.TextChoices):
        OPEN = "open", _("Not begun")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")
        SUPERSEDED = "superseded", _("Superseded")

    number = models.CharField(max_length=20)
    words = models.TextField()
    words_original = models.TextField(
        blank=True, help_text="in the other language, where it was said in it"
    )
    side = models.CharField(max_length=6, choices=Side)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    engagement = models.ForeignKey(
        Engagement, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    counterpart = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_first = models.DateField(null=True, blank=True)
    due_on = models.DateField(
        null=True, blank=True, help_text="the last day on which it is still in time"
    )
    due_precision = models.CharField(max_length=8, choices=PRECISIONS, default=Precision.DAY.value)
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    cost_currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    status_since = models.DateField()
    status_reason = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    on_agenda = models.BooleanField(
        default=True, help_text="goes on the agenda of the body's next session"
    )
    shared_with = models.ManyToManyField(Unit, blank=True, related_name="+")

    # What was promised is told whole in the history; it is no private text.
    told = frozenset({"words", "words_original"})
    merges = {"organisation": "move"}
    pieces = ("number", "words", "words_original")

    # What is open by its due date, then all the rest: stored, so that the list is in its index.
    urgent_on = models.GeneratedField(
        expression=Case(
            When(status__in=["open", "in_progress"], then=Coalesce(F("due_on"), FAR_FUTURE)),
            default=FAR_FUTURE,
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    missed_on = models.DateField(
        null=True,
        blank=True,
        help_text="the first due date that was moved only after it had passed",
    )
    # By which a promise is counted (queries.keeping): what was missed stays missed.
    counted_on = models.GeneratedField(
        expression=Coalesce(F("missed_on"), F("due_on")),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            # Each government counts for itself, so two of them have a CM-2025-0001 each.
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=Q(voided_at=None),
                name="commitment_number_once",
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False)
                | (~Q(status="done") & Q(done_on=None)),
                name="commitment_done_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["dropped", "superseded"]) | ~Q(status_reason=""),
                name="commitment_dropped_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(cost=None, cost_currency="") | (Q(cost__gte=0) & ~Q(cost_currency="")),
                name="commitment_cost_has_currency",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"]),
            models.Index(fields=["unit", "status"]),
            models.Index(
                fields=["status", "due_on", "unit", "id"],
                condition=Q(voided_at=None),
                name="commitment_of_status",
            ),
            # What the first page and the menu count is answered by these two without the rows.
            models.Index(
                fields=["urgent_on", "id", "unit"],
                condition=Q(voided_at=None),
                name="commitment_by_urgency",
            ),
            models.Index(
                fields=["unit", "urgent_on", "id"],
                condition=Q(voided_at=None),
                name="commitment_of_unit_by_urgency",
            ),
            models.Index(
                fields=["counted_on", "unit", "status", "status_since", "done_on", "id"],
                condition=Q(voided_at=None),
                name="commitment_counted",
            ),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(status__in=["open", "in_progress"], voided_at=None),
                name="commitment_open_by_due",
            ),
        ]

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else self.words[:79] + "…"

    def needs_evidence(self) -> bool:
        """Whether it would be done without proof if its last document were declared void."""
        return self.status == self.Status.DONE

    def get_absolute_url(self) -> str:
        """The commitment's page."""
        return reverse("commitment", args=[self.pk])

    @property
    def due(self) -> Period | None:
        """When it is due, as it was said."""
        return period(self.due_first, self.due_on, self.due_precision)

    @property
    def closed(self) -> bool:
        """Done, dropped or superseded: nothing more is expected."""
        return self.status in {self.Status.DONE, self.Status.DROPPED, self.Status.SUPERSEDED}


class Milestone(models.Model):
    """A step on the way to a commitment."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.name


class DueChange(models.Model):
    """A request to move a due date: asked with a reason, then approved or refused by another."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Not approved")

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="due_changes")
    old_first = models.DateField(null=True)
    old_on = models.DateField(null=True)
    old_precision = models.CharField(max_length=8, choices=PRECISIONS)
    new_first = models.DateField()
    new_on = models.DateField()
    new_precision = models.CharField(max_length=8, choices=PRECISIONS)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(state="asked"), name="due_change_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="due_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @property
    def old(self) -> Period | None:
        """The due date before."""
        return period(self.old_first, self.old_on, self.old_precision)

    @property
    def new(self) -> Period | None:
        """The due date asked for."""
        return period(self.new_first, self.new_on, self.new_precision)


class Carry(models.Model):
    """An open commitment taken up again at a later session of its body."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="carries")
    session = models.ForeignKey(Engagement, models.PROTECT, related_name="carried")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["commitment", "session"], name="carry_once")]

    def __str__(self) -> str:
        return f"{self.commitment_id} → {self.session_id}"
