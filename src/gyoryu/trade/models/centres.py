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
    asked_by_all = models.BooleanField(default=False, help_text="has a form open to the public")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)

    merges = {"region": "move", "operator": "move"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(answers_in__gt=0), name="centre_answers_in_days"),
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
    """Somebody who works at a centre for a time; ``name`` is theirs where they have no account."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="posts")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="posts")
    name = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(name=""), name="post_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.user or self.name}"


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
            models.UniqueConstraint(
                fields=["centre", "month", "kind"],
                condition=Q(voided_at=None),
                name="cost_once_a_month",
            ),
        ]
        indexes = [models.Index(fields=["centre", "month"], name="cost_of_centre")]

    def __str__(self) -> str:
        return f"{self.centre} {self.month:%Y-%m} {self.get_kind_display()}"


class Lead(Record):
    """A buyer that a centre found, and what it is looking for.

    ``hs_codes`` are as they were told; ``codes`` holds the same a row each, to find leads by.
    """

    class State(models.TextChoices):
        NEW = "new", _("New lead")
        CHECKED = "checked", _("Checked")
        MATCHED = "matched", _("Matched")
        DROPPED = "dropped", _("Not pursued")

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
        indexes = [
            models.Index(fields=["centre", "state", "-found_on"], name="lead_of_centre"),
            models.Index(fields=["-found_on", "-id"], name="lead_newest"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """The lead's page."""
        return reverse("lead", args=[self.pk])


class LeadCode(models.Model):
    """An HS code that a lead looks for: 2 to 10 digits, found by how it begins."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "lead"], name="lead_code_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Enquiry(Record):
    """A question a company or a buyer put to a centre: in, answered, matched, closed.

    ``due_on`` is counted in working days from the day it came in; ``answered_on`` is the office's
    day of the answer, kept beside the moment so that late answers are found by an index.
    ``asked_by`` is who asked with an account, and gets the answer as a letter.
    """

    class State(models.TextChoices):
        IN = "in", _("Waiting for an answer")
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

    class Origin(models.TextChoices):
        DESK = "desk", _("Entered by an officer")
        COMPANY = "company", _("From a company's own page")
        PUBLIC = "public", _("From the public form")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="enquiries")
    number = models.CharField(max_length=20)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.DESK)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    company_name = models.CharField(max_length=200, blank=True, help_text="as typed in public")
    kind = models.CharField(max_length=8, choices=Kind)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    hs_code = models.CharField(max_length=10, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2, default="ko", help_text="in which who asks reads")
    consented_at = models.DateTimeField(null=True, blank=True, help_text="to keep who asks")
    received_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.IN)
    state_since = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, blank=True, related_name="enquiries")
    closed_reason = models.CharField(max_length=300, blank=True)

    # What somebody asks may name people; the history is never shortened.
    untold = frozenset(
        {"contact_name", "contact_email", "company_name", "subject", "text", "answer"}
    )
    merges = {"organisation": "move"}
    # Who asked what is between them and the centre.
    guarded_by = "trade.dealings"

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
            models.CheckConstraint(
                condition=(Q(answered_at=None) & Q(answered_on=None))
                | (Q(answered_at__isnull=False) & Q(answered_on__isnull=False) & ~Q(answer="")),
                name="enquiry_answered_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "matched"]) | Q(answered_on__isnull=False),
                name="enquiry_answered_has_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="matched") | Q(lead__isnull=False),
                name="enquiry_matched_has_lead",
            ),
            models.CheckConstraint(
                condition=~Q(origin="public") | Q(consented_at__isnull=False),
                name="enquiry_of_public_has_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="enquiry_by_due"),
            models.Index(fields=["due_on", "id"], name="enquiry_all_by_due"),
            models.Index(fields=["-received_at", "-id"], name="enquiry_newest"),
            models.Index(fields=["centre", "-received_at"], name="enquiry_of_centre"),
        ]

    def __str__(self) -> str:
        # What the history keeps as its name: never what somebody typed.
        return self.number

    def get_absolute_url(self) -> str:
        """The enquiry's page."""
        return reverse("enquiry", args=[self.pk])
