"""Calls: what may be applied for, by whom, until when, and how it is judged."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User, in_language
from gyoryu.programmes.models.ledger import Ceiling
from gyoryu.programmes.models.portfolio import BudgetLine, Programme


class Call(Record):
    """An invitation to apply, open between two moments of the server's clock.

    Whether its window is open follows from the clock, not from a state: ``published`` says only
    that the public may see it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        PUBLISHED = "published", _("Announced")
        DECIDED = "decided", _("Decided")
        CANCELLED = "cancelled", _("Cancelled")

    class Applicant(models.TextChoices):
        COMPANY = "company", _("Company")
        TEAM = "team", _("Team")
        PERSON = "person", _("Individual")

    class Method(models.TextChoices):
        MEAN = "mean", _("Mean of all scores")
        TRIMMED = "trimmed", _("Mean without the highest and the lowest")
        MEDIAN = "median", _("Median")

    class Tie(models.TextChoices):
        FIRST_CRITERION = "criteria", _("Higher in the criteria, in their order")
        EARLIER = "earlier", _("Earlier submission")
        SHARED = "shared", _("Share the rank; the officer decides at the edge")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls")
    number = models.CharField(max_length=20)
    title_ko = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    summary_ko = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    state_since = models.DateField()
    state_reason = models.CharField(max_length=500, blank=True)
    applicant = models.CharField(max_length=8, choices=Applicant)
    members_least = models.PositiveSmallIntegerField(default=1)
    members_most = models.PositiveSmallIntegerField(default=1)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    places = models.PositiveIntegerField(
        null=True, blank=True, help_text="how many are selected in all, when tracks do not say"
    )
    ask_amount = models.BooleanField(
        default=True, help_text="whether applicants say how much they ask for"
    )
    award_most = models.BigIntegerField(
        null=True, blank=True, help_text="the most an award may come to, in won"
    )
    questions = models.JSONField(default=list, help_text="the form, read by the engine questions")
    event = models.CharField(
        max_length=120, blank=True, help_text="the one event it supports, for double support"
    )
    method = models.CharField(max_length=8, choices=Method, default=Method.TRIMMED)
    threshold = models.DecimalField(max_digits=5, decimal_places=2, default=60)
    panel_least = models.PositiveSmallIntegerField(default=3)
    spread_most = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=20,
        help_text="between highest and lowest score, beyond which an applicant is flagged",
    )
    tie = models.CharField(max_length=8, choices=Tie, default=Tie.FIRST_CRITERION)
    blind = models.BooleanField(default=False)
    reviewed = models.BooleanField(default=True, help_text="judged by a panel")
    contact = models.CharField(
        max_length=300, blank=True, help_text="the office to ask, as the public reads it"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(
        null=True, blank=True, help_text="when what the public reads was last changed"
    )

    told = frozenset({"summary_ko", "summary_en"})

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(voided_at=None), name="call_number_once"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_window_in_order"
            ),
            models.CheckConstraint(
                condition=Q(members_least__gte=1) & Q(members_most__gte=F("members_least")),
                name="call_members_in_order",
            ),
            models.CheckConstraint(
                condition=Q(award_most=None) | Q(award_most__gt=0), name="call_award_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=0) & Q(threshold__lte=100) & Q(panel_least__gte=1),
                name="call_judged_within_bounds",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""),
                name="call_cancelled_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="call_by_closing")]

    def __str__(self) -> str:
        return in_language(self.title_ko, self.title_en)

    def get_absolute_url(self) -> str:
        """The call's page at the desk."""
        return reverse("call", args=[self.pk])


class Extension(models.Model):
    """A window that was made longer while it was open, and why."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="extensions")
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(after__gt=F("before")) & ~Q(reason=""), name="extension_is_longer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Allotment(models.Model):
    """Part of a budget line set apart for a call."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="allotments")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="allotments")
    ceiling = models.OneToOneField(Ceiling, models.PROTECT, related_name="allotment")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "line"], name="allotment_once")]

    def __str__(self) -> str:
        return f"{self.line_id} → {self.call_id}"


class Track(models.Model):
    """A part of a call with places of its own: a designated task, a free one, a sector."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="tracks")
    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)


class CostCategory(models.Model):
    """A kind of cost a call pays for, such as exhibition fee, freight or interpretation."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="categories")
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    most = models.BigIntegerField(null=True, blank=True, help_text="per award, in won")
    in_kind = models.BooleanField(
        default=False, help_text="given as a benefit by the government, not paid out"
    )
    vat_eligible = models.BooleanField(default=False)
    evidence = models.JSONField(default=list, help_text="kinds of documents a claim must have")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "name_ko"], name="category_once"),
            models.CheckConstraint(
                condition=Q(most=None) | Q(most__gt=0), name="category_most_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)


class Criterion(models.Model):
    """What a panel scores: ``most`` points at best; the call's criteria come to 100 together."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="criteria")
    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    guide = models.TextField(blank=True)
    most = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField(default=0)

    told = frozenset({"guide"})

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(most__gte=1) & Q(most__lte=100), name="criterion_points_in_bounds"
            )
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)


class RequiredDocument(models.Model):
    """A paper an application must come with."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="papers")
    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    required = models.BooleanField(default=True)
    reveals = models.BooleanField(
        default=True, help_text="names the applicant, so that no blind reviewer gets it"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)


class EligibilityRule(models.Model):
    """A condition of a call, answered yes, no or not known by the engine ``eligibility``."""

    class Kind(models.TextChoices):
        REGION = "region", _("Seat in a region")
        SIZE = "size", _("Size of the company")
        SALES = "sales", _("Sales of a year")
        EXPORTS = "exports", _("Exports of a year")
        AGE = "age", _("Years in business")
        SANCTION = "sanction", _("Not under a sanction")
        DOUBLE = "double", _("No double support")
        ANSWER = "answer", _("An answer in the form")
        DECLARED = "declared", _("Declared by the applicant")

    call = models.ForeignKey(Call, models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=10, choices=Kind)
    terms = models.JSONField(default=dict)
    source = models.CharField(max_length=200, blank=True, help_text="where it is laid down")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Seat(models.Model):
    """Somebody's place on the panel of a call.

    ``office`` is where they come from, by which conflicts of interest are suggested.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="panel")
    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    office = models.CharField(max_length=120, blank=True)
    chairs = models.BooleanField(default=False)
    left_on = models.DateField(null=True, blank=True)
    left_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["call", "user"], name="seat_once")]

    def __str__(self) -> str:
        return str(self.user)
