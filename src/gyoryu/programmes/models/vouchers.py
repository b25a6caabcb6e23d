"""Vouchers, the providers who are registered for them, and what is ordered with them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models.awards import Award, AwardCategory
from gyoryu.programmes.models.portfolio import Programme
from gyoryu.programmes.models.terms import Service, Terms


class Voucher(models.Model):
    """The bundle of subsidy and company share behind an award, and from which figures it came.

    The award's ceiling is the whole bundle; of its allotment it draws the subsidy alone.
    """

    award = models.OneToOneField(Award, models.PROTECT, related_name="voucher")
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="vouchers")
    sales = models.DecimalField(max_digits=18, decimal_places=2, help_text="last year's, in won")
    exports = models.DecimalField(
        max_digits=18, decimal_places=2, help_text="last year's, in US dollars"
    )
    rate = models.DecimalField(max_digits=5, decimal_places=2, help_text="percent of subsidy")
    subsidy = models.BigIntegerField()
    share = models.BigIntegerField()
    share_paid_on = models.DateField(null=True, blank=True)
    share_mark = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="of the account the share came from"
    )
    share_tail = models.CharField(max_length=4, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    unused = models.BigIntegerField(default=0)
    unused_share = models.BigIntegerField(default=0, help_text="given back to the company")

    untold = frozenset({"share_mark", "share_tail"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(subsidy__gt=0) & Q(share__gte=0) & Q(rate__gt=0) & Q(rate__lte=100),
                name="voucher_has_subsidy",
            ),
            models.CheckConstraint(
                condition=Q(unused_share__gte=0)
                & Q(unused__gte=models.F("unused_share"))
                & Q(unused__lte=models.F("subsidy") + models.F("share"))
                & Q(unused_share__lte=models.F("share")),
                name="voucher_unused_within_what_it_was",
            ),
        ]

    def __str__(self) -> str:
        return str(self.award)

    def get_absolute_url(self) -> str:
        """The voucher's page at the desk."""
        return reverse("voucher", args=[self.pk])

    @property
    def bundle(self) -> int:
        """Subsidy and share together, as issued, in won."""
        return self.subsidy + self.share


class Provider(Record):
    """An organisation registered to deliver services of a programme's menu."""

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        REGISTERED = "registered", _("Registered")
        SUSPENDED = "suspended", _("Suspended")
        BARRED = "barred", _("Barred")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="providers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="provides")
    state = models.CharField(max_length=10, choices=State, default=State.APPLIED)
    state_since = models.DateField()
    state_until = models.DateField(null=True, blank=True)
    state_reason = models.CharField(max_length=500, blank=True)
    # Of one version of the menu; a service of the same code in another version is meant too.
    services = models.ManyToManyField(Service, blank=True, related_name="providers")
    about = models.CharField(max_length=500, blank=True, help_text="what it offers, in its words")
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    merges = {"organisation": "move"}
    merge_once = ("programme", "organisation")

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "organisation"],
                condition=Q(voided_at=None),
                name="provider_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["suspended", "barred"]) | ~Q(state_reason=""),
                name="provider_stopped_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="provider_of_programme")]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """The provider's page."""
        return reverse("provider", args=[self.pk])


class Order(Record):
    """A service ordered with a voucher, from the quote to its settlement. Amounts are in won."""

    class Status(models.TextChoices):
        QUOTED = "quoted", _("Quoted")
        ACCEPTED = "accepted", _("Quote accepted")
        DELIVERED = "delivered", _("Delivered")
        CONFIRMED = "confirmed", _("Confirmed by the company")
        SETTLED = "settled", _("Settled")
        CANCELLED = "cancelled", _("Cancelled")

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="orders")
    heading = models.ForeignKey(AwardCategory, models.PROTECT, related_name="orders")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="orders")
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.QUOTED)
    status_since = models.DateField()
    status_reason = models.CharField(max_length=500, blank=True)
    quoted_on = models.DateField()
    due_on = models.DateField(help_text="delivered by")
    accepted_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)

    # Who may see it and its documents: not everybody who may read programmes.
    seen_with = "programmes.applicants"

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(voided_at=None), name="order_number_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="order_amount_above_zero"),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(status_reason=""),
                name="order_cancelled_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "status"], name="order_of_provider"),
            models.Index(fields=["voucher", "status"], name="order_of_voucher"),
            models.Index(fields=["number", "id"], name="order_by_number"),
            models.Index(fields=["due_on", "id"], name="order_by_due"),
            models.Index(fields=["amount", "id"], name="order_by_amount"),
            models.Index(fields=["status", "status_since"], name="order_waiting"),
            # The tabs of the list are counted in it alone.
            models.Index(fields=["status", "voided_at", "due_on"], name="order_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The order's page at the desk."""
        return reverse("order", args=[self.pk])


class OrderStep(models.Model):
    """A change of an order's status, as company, provider and desk may read it.

    A complaint is the company's: what was delivered was sent back.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="steps")
    status = models.CharField(max_length=10, choices=Order.Status)
    reason = models.CharField(max_length=500, blank=True)
    complaint = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(complaint=False) | ~Q(reason=""), name="complaint_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()


class Sanction(Record):
    """A company's or provider's exclusion from support for a time, and why."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sanctions")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=500)
    legal_basis = models.CharField(max_length=300, blank=True)
    lifted_on = models.DateField(null=True, blank=True)
    lifted_reason = models.CharField(max_length=500, blank=True)

    merges = {"organisation": "move"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")) & ~Q(reason=""),
                name="sanction_has_days_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None) | ~Q(lifted_reason=""),
                name="sanction_lifted_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.from_on}–{self.until_on}"

    def get_absolute_url(self) -> str:
        """The sanction's page."""
        return reverse("sanction", args=[self.pk])
