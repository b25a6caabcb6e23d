"""Overseas business centres: what they cost, who asks them, whom they find."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User, in_language
from gyoryu.parties.models import Organisation, Region


class Centre(Record):
    """A business centre abroad (해외비즈니스센터), and within how many days it answers."""

    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    operator = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="operates"
    )
    address = models.CharField(max_length=300, blank=True)
    services = models.JSONField(default=list, help_text="what it does for companies")
    answers_in = models.PositiveSmallIntegerField(default=5, help_text="working days")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)

    merges = {"region": "move", "operator": "move"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closed_on=None)
                | (Q(closed_on__gte=F("opened_on")) & ~Q(closed_reason="")),
                name="centre_closed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The centre's page."""
        return reverse("centre", args=[self.pk])


class Post(models.Model):
    """Somebody who works at a centre for a time."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="posts")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="posts")
    title = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title


class RunningCost(Record):
    """What a centre cost in a month, by kind, in whole won."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("Staff")
        RENT = "rent", _("Rent")
        FEE = "fee", _("Operator's fee")
        PROJECT = "project", _("Projects")
        OTHER = "other", _("Other costs")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="costs")
    month = models.DateField(help_text="its first day")
    kind = models.CharField(max_length=8, choices=Kind)
    amount = models.BigIntegerField()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="cost_not_negative"),
            models.CheckConstraint(condition=Q(month__day=1), name="cost_of_a_month"),
            models.UniqueConstraint(
                fields=["centre", "month", "kind"],
                condition=Q(voided_at=None),
                name="cost_once_a_month",
            ),
        ]
        indexes = [models.Index(fields=["centre", "month"], name="cost_of_centre")]

    def __str__(self) -> str:
        return f"{self.centre} {self.month:%Y-%m}"


class Lead(Record):
    """A buyer that a centre found, and what it is looking for."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        CHECKED = "checked", _("Checked")
        MATCHED = "matched", _("Matched")
        DROPPED = "dropped", _("Dropped")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="leads")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="leads")
    interests = models.TextField(blank=True)
    hs_codes = models.JSONField(default=list)
    found_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    state_since = models.DateField()
    state_reason = models.CharField(max_length=300, blank=True)

    merges = {"organisation": "move"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(state_reason=""), name="lead_dropped_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["centre", "state", "-found_on"], name="lead_of_centre")]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """The lead's page."""
        return reverse("lead", args=[self.pk])


class Enquiry(Record):
    """A question a company or a buyer put to a centre: in, answered, matched, closed."""

    class State(models.TextChoices):
        IN = "in", _("Came in")
        ANSWERED = "answered", _("Answered")
        MATCHED = "matched", _("Matched with a partner")
        CLOSED = "closed", _("Closed")

    class Kind(models.TextChoices):
        MARKET = "market", _("Market information")
        BUYER = "buyer", _("Looking for a buyer")
        SUPPLIER = "supplier", _("Looking for a supplier")
        VISIT = "visit", _("Help with a visit")
        CUSTOMS = "customs", _("Customs and certificates")
        OTHER = "other", _("Something else")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="enquiries")
    number = models.CharField(max_length=20)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.IN)
    state_since = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, blank=True, related_name="enquiries")
    closed_reason = models.CharField(max_length=300, blank=True)

    untold = frozenset({"contact_name", "contact_email", "text", "answer"})
    merges = {"organisation": "move"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(voided_at=None), name="enquiry_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closed_reason=""),
                name="enquiry_closed_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="enquiry_by_due"),
            models.Index(fields=["centre", "-received_at"], name="enquiry_of_centre"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    def get_absolute_url(self) -> str:
        """The enquiry's page."""
        return reverse("enquiry", args=[self.pk])
