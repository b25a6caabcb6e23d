"""Activities of a programme, who came to them, and what came of the support."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User, in_language
from gyoryu.programmes.models.applications import Application
from gyoryu.programmes.models.calls import Call
from gyoryu.programmes.models.portfolio import Programme


class Activity(Record):
    """A training, mentoring, workshop or presentation day."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("Training")
        MENTORING = "mentoring", _("Mentoring")
        WORKSHOP = "workshop", _("Workshop")
        CASES = "cases", _("Sharing of cases")
        PRESENTATION = "presentation", _("Presentation day")
        MARKET = "market", _("Market entry")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="activities")
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="activities")
    kind = models.CharField(max_length=12, choices=Kind)
    title_ko = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    led_by = models.CharField(max_length=200, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activity_times_in_order"
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "id"], name="activity_by_start")]

    def __str__(self) -> str:
        return in_language(self.title_ko, self.title_en)

    def get_absolute_url(self) -> str:
        """The activity's page."""
        return reverse("activity", args=[self.pk])


class Attendance(models.Model):
    """Whether a participant of a programme came, and what they thought of it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendance")
    application = models.ForeignKey(Application, models.PROTECT, related_name="attendance")
    expected = models.PositiveSmallIntegerField(default=1)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 5")
    feedback = models.TextField(blank=True)

    untold = frozenset({"feedback"})

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "application"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(present=None) | Q(present__lte=F("expected")),
                name="attendance_within_expected",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | (Q(rating__gte=1) & Q(rating__lte=5)),
                name="attendance_rating_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.application_id}"


class Outcome(Record):
    """What came of a supported application: adopted into policy, jobs, patents, investment."""

    class Kind(models.TextChoices):
        ADOPTED = "adopted", _("Adopted into policy")
        PARTLY = "partly", _("Adopted in part")
        NOT_ADOPTED = "not_adopted", _("Not adopted")
        JOBS = "jobs", _("New jobs")
        PATENTS = "patents", _("Patents")
        INVESTMENT = "investment", _("Investment, in won")
        SALES = "sales", _("Sales, in won")
        EXPORTS = "exports", _("Exports, in US dollars")
        MARKET = "market", _("Markets entered")

    application = models.ForeignKey(Application, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=12, choices=Kind)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    on = models.DateField()
    reason = models.CharField(max_length=1000, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=(
                    Q(kind__in=["adopted", "partly", "not_adopted"])
                    & Q(amount=None)
                    & ~Q(reason="")
                )
                | (
                    ~Q(kind__in=["adopted", "partly", "not_adopted"])
                    & Q(amount__isnull=False)
                    & Q(amount__gte=0)
                ),
                name="outcome_has_reason_or_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        """The page of its application."""
        return self.application.get_absolute_url()
