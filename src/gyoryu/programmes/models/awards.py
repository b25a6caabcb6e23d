"""Awards: what was granted to whom, under which ceilings, and how that was amended."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models.applications import Application
from gyoryu.programmes.models.calls import Call, CostCategory
from gyoryu.programmes.models.ledger import Ceiling
from gyoryu.programmes.models.terms import Service


class Award(Record):
    """Support granted to one applicant. Its amount is the limit of its ceiling, in won."""

    class Kind(models.TextChoices):
        COSTS = "costs", _("Costs paid back on evidence")
        ADVANCE = "advance", _("Paid in advance, settled later")
        VOUCHER = "voucher", _("Voucher")
        BENEFIT = "benefit", _("Benefits in kind")

    class Status(models.TextChoices):
        AWARDED = "awarded", _("Awarded")
        RUNNING = "running", _("Under way")
        REPORTED = "reported", _("Reported")
        SETTLED = "settled", _("Settled")
        CANCELLED = "cancelled", _("Cancelled")

    call = models.ForeignKey(Call, models.PROTECT, related_name="awards")
    application = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="award"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="awards"
    )
    name = models.CharField(max_length=200, help_text="of the company, team or person")
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=Kind)
    ceiling = models.OneToOneField(Ceiling, models.PROTECT, related_name="award")
    own_share = models.DecimalField(
        max_digits=5, decimal_places=2, default=0, help_text="percent of a cost the awardee bears"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.AWARDED)
    status_since = models.DateField()
    status_reason = models.CharField(max_length=500, blank=True)
    awarded_on = models.DateField()
    agreed_on = models.DateField(null=True, blank=True, help_text="the grant agreement was signed")
    starts_on = models.DateField()
    ends_on = models.DateField()
    claims_until = models.DateField(help_text="the last day on which costs can be claimed")
    report_due_on = models.DateField()

    merges = {"organisation": "move"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(voided_at=None), name="award_number_once"
            ),
            models.CheckConstraint(
                condition=Q(own_share__gte=0) & Q(own_share__lt=100), name="award_share_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="award_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(status_reason=""),
                name="award_cancelled_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "status", "id"], name="award_of_call"),
            models.Index(fields=["organisation"], name="award_of_company"),
            models.Index(fields=["status", "report_due_on"], name="award_by_report"),
            models.Index(fields=["report_due_on", "id"], name="award_by_report_day"),
            models.Index(fields=["status", "voided_at", "id"], name="award_counted"),
            models.Index(
                fields=["unit", "status", "voided_at", "report_due_on"], name="award_report_of_unit"
            ),
            models.Index(fields=["id"], condition=~Q(voided_at=None), name="award_voided"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        """The award's page at the desk."""
        return reverse("award", args=[self.pk])


class AwardCategory(models.Model):
    """A heading of an award with a cap of its own: a category of cost, or a voucher's service."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="categories")
    category = models.ForeignKey(
        CostCategory, models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    ceiling = models.OneToOneField(Ceiling, models.PROTECT, related_name="category")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "category"],
                condition=Q(category__isnull=False),
                name="award_category_once",
            ),
            models.UniqueConstraint(
                fields=["award", "service"],
                condition=Q(service__isnull=False),
                name="award_service_once",
            ),
            models.CheckConstraint(
                condition=Q(category=None) ^ Q(service=None), name="award_category_of_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.category or self.service)


class Amendment(models.Model):
    """A change of what was granted: a raised cap is an amendment, not an edit.

    An officer asks for it and an approver decides; an approver's own is in force at once. It gets
    its number when it comes into force, so that an award's amendments are numbered without gaps.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for approval")
        IN_FORCE = "in_force", _("Amended")
        REFUSED = "refused", _("Amendment not approved")

    award = models.ForeignKey(Award, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    on = models.DateField(help_text="the day it counts from")
    reason = models.CharField(max_length=500)
    changes = models.JSONField(
        default=dict,
        help_text="amount, cap:<heading>, days: [before, after]; money in won",
    )
    remark = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=100, unique=True, help_text="the same asked twice is one")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="amendment_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_reason"),
            models.CheckConstraint(
                condition=Q(state="in_force", number__isnull=False)
                | (~Q(state="in_force") & Q(number=None)),
                name="amendment_in_force_is_numbered",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="amendment_waiting")]

    def __str__(self) -> str:
        return f"{self.award}.{self.number or '-'}"


class Advance(models.Model):
    """Money paid out before there are costs to show: approved by one, paid by another."""

    class State(models.TextChoices):
        APPROVED = "approved", _("Approved")
        PAID = "paid", _("Paid")
        CANCELLED = "cancelled", _("Cancelled")

    award = models.ForeignKey(Award, models.PROTECT, related_name="advances")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    key = models.CharField(max_length=100, unique=True, help_text="the same approved twice is one")
    state = models.CharField(max_length=10, choices=State, default=State.APPROVED)
    state_reason = models.CharField(max_length=500, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField()
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="advance_above_zero"),
            models.CheckConstraint(
                condition=~Q(paid_by=F("approved_by")) | Q(paid_by=None),
                name="advance_payer_is_not_approver",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="advance_waiting")]

    def __str__(self) -> str:
        return f"{self.award} {self.amount:,}"
