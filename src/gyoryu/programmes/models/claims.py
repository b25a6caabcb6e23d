"""Claims: costs that are to be paid back, and the invoices they rest on."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User
from gyoryu.parties.models import CURRENCY_CHOICES, Organisation
from gyoryu.programmes.models.awards import Award, AwardCategory
from gyoryu.programmes.models.ledger import ExchangeRate
from gyoryu.programmes.models.vouchers import Order


class BankAccount(models.Model):
    """Where an organisation or a team is paid. The number is encrypted; its mark tells it again."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="bank_accounts"
    )
    award = models.ForeignKey(
        Award, models.PROTECT, null=True, blank=True, related_name="bank_accounts"
    )
    bank = models.CharField(max_length=40)
    holder = models.CharField(max_length=80)
    secret = models.BinaryField(help_text="the number, encrypted")
    mark = models.CharField(max_length=64, db_index=True, help_text="keyed digest of bank, number")
    tail = models.CharField(max_length=4, help_text="the last four digits")
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    untold = frozenset({"*"})
    merges = {"organisation": "move"}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) ^ Q(award=None), name="bank_account_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} ···{self.tail}"


class Claim(Record):
    """A cost claimed under one heading of an award, on one invoice.

    ``supply`` and ``vat`` are in the invoice's currency; ``eligible`` is what of it counts, in
    whole won, after VAT, own share and the rate of a stated day; ``approved`` what was granted.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned for completion")
        APPROVED = "approved", _("Approved")
        PAID = "paid", _("Paid")
        REJECTED = "rejected", _("Rejected")

    award = models.ForeignKey(Award, models.PROTECT, related_name="claims")
    heading = models.ForeignKey(AwardCategory, models.PROTECT, related_name="claims")
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="claims")
    number = models.CharField(max_length=20)
    provider = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    provider_name = models.CharField(max_length=200)
    provider_number = models.CharField(
        max_length=10, blank=True, help_text="business number; empty abroad"
    )
    invoice = models.CharField(max_length=40, help_text="number on the invoice")
    invoice_key = models.CharField(
        max_length=120, help_text="issuer and number, folded: the same invoice has the same key"
    )
    invoice_on = models.DateField()
    supply = models.DecimalField(max_digits=18, decimal_places=2)
    vat = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES, default="KRW")
    rate = models.ForeignKey(
        ExchangeRate, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    asked = models.BigIntegerField(
        null=True, blank=True, help_text="in won, when less is claimed than all that counts"
    )
    eligible = models.BigIntegerField(help_text="in won")
    approved = models.BigIntegerField(null=True, blank=True, help_text="in won")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    status_since = models.DateField()
    status_reason = models.CharField(max_length=1000, blank=True)
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(null=True, blank=True)

    merges = {"provider": "move"}
    # Who may see it and its documents: not everybody who may read programmes.
    guarded_by = "programmes.applicants"

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(voided_at=None), name="claim_number_once"
            ),
            # One tax invoice is paid once, whatever the programme.
            models.UniqueConstraint(
                fields=["invoice_key"],
                condition=Q(status__in=["approved", "paid"]) & Q(voided_at=None),
                name="invoice_paid_once",
            ),
            # An order is settled by one claim; what was thrown away or rejected settles nothing.
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(voided_at=None, order__isnull=False) & ~Q(status="rejected"),
                name="order_claimed_once",
            ),
            models.CheckConstraint(
                condition=Q(supply__gt=0)
                & Q(vat__gte=0)
                & Q(eligible__gte=0)
                & (Q(asked=None) | Q(asked__gt=0)),
                name="claim_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "paid"])
                | (Q(approved__gt=0) & Q(approved__lte=models.F("eligible"))),
                name="claim_approved_within_eligible",
            ),
            models.CheckConstraint(
                condition=~Q(paid_by=models.F("approved_by")) | Q(paid_by=None),
                name="claim_payer_is_not_approver",
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | ~Q(status_reason=""),
                name="claim_rejected_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["award", "status"], name="claim_of_award"),
            # With all that the list asks while it counts, so that no row is read for it.
            models.Index(fields=["status", "voided_at", "begun_by", "id"], name="claim_counted"),
            models.Index(
                fields=["unit", "status", "voided_at", "begun_by", "id"],
                name="claim_counted_of_unit",
            ),
            models.Index(fields=["status", "submitted_at", "id"], name="claim_waiting"),
            models.Index(fields=["submitted_at", "id"], name="claim_by_handing"),
            models.Index(fields=["invoice_key"], name="claim_of_invoice"),
            models.Index(fields=["provider_number"], name="claim_of_provider"),
            models.Index(fields=["number"], name="claim_by_number"),
            models.Index(fields=["status", "paid_on", "id"], name="claim_by_payment"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.provider_name}"

    def get_absolute_url(self) -> str:
        """The claim's page at the desk."""
        return reverse("claim", args=[self.pk])


class Cut(models.Model):
    """Part of a claim that was not approved, with its reason by code."""

    class Code(models.TextChoices):
        VAT = "vat", _("Value added tax")
        CEILING = "ceiling", _("Beyond the ceiling")
        PERIOD = "period", _("Outside the period of support")
        CATEGORY = "category", _("Not a cost of this category")
        EVIDENCE = "evidence", _("Not evidenced")
        SHARE = "share", _("The awardee's own share")
        DOUBLE = "double", _("Supported elsewhere")
        OTHER = "other", _("Another reason")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="cuts")
    code = models.CharField(max_length=10, choices=Code)
    amount = models.BigIntegerField(help_text="in won")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="cut_above_zero"),
            models.CheckConstraint(
                condition=~Q(code="other") | ~Q(reason=""), name="cut_other_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.amount:,}"
