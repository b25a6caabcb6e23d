"""The money ledger: ceilings that hold in the database, and entries that only grow in number.

All money is whole won, counted as integers: exact on both databases, and no sum is ever rounded.
What was invoiced in another currency is converted once, on its claim, at a rate that is stated.

Ceilings form a tree: budget line → allotment to a call → award → category of cost. What a node has
given out is ``committed``, and never more than ``limit``: a line's allotments, an allotment's
awards (``drawn`` of each), an award's reservations and approvals, a category's the same.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User


class Ceiling(models.Model):
    """What may be spent under one heading, and how much of it is given out.

    ``reserved`` is the part of ``committed`` that is held for orders not yet settled. ``paid`` went
    out against approvals, ``advanced`` before them, ``returned`` came back (unused or clawed back).
    ``drawn`` is what it takes of its parent: less than ``limit`` for a voucher, whose rest the
    company pays, and nothing for a category, because caps of categories may overlap.
    """

    class Level(models.TextChoices):
        LINE = "line", _("Budget line")
        ALLOTMENT = "allotment", _("Allotment")
        AWARD = "award", _("Award")
        CATEGORY = "category", _("Category")

    level = models.CharField(max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    limit = models.BigIntegerField(default=0)
    drawn = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    advanced = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(limit__gte=0) & Q(drawn__gte=0) & Q(drawn__lte=F("limit")),
                name="ceiling_limit_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(committed__gte=0) & Q(committed__lte=F("limit")),
                name="ceiling_never_passed",
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("committed")),
                name="ceiling_reserved_is_committed",
            ),
            models.CheckConstraint(
                condition=Q(paid__gte=0) & Q(paid__lte=F("committed") - F("reserved")),
                name="ceiling_paid_is_approved",
            ),
            # What went out and has not come back: an advance whose rest was returned can be closed.
            models.CheckConstraint(
                condition=Q(advanced__gte=0)
                & Q(limit__gte=F("paid") + F("advanced") - F("returned")),
                name="ceiling_advanced_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(returned__gte=0) & Q(returned__lte=F("paid") + F("advanced")),
                name="ceiling_returned_was_paid",
            ),
            models.CheckConstraint(
                condition=Q(level="line", parent=None)
                | (~Q(level="line") & Q(parent__isnull=False)),
                name="ceiling_line_is_the_top",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.pk}"

    @property
    def free(self) -> int:
        """What may still be given out."""
        return self.limit - self.committed

    @property
    def approved(self) -> int:
        """What was approved, paid or not."""
        return self.committed - self.reserved

    @property
    def out(self) -> int:
        """What went out and has not come back."""
        return self.paid + self.advanced - self.returned


class LedgerEntry(models.Model):
    """One movement of money, never changed and never deleted; a mistake is reversed by another.

    Triggers keep the rows as they are (docs/decisions/0090-the-ledger-is-kept-by-the-database.md).
    ``amount`` is above zero, but for what lowers a limit and for reversals, which carry the amount
    they undo with its sign turned. ``key`` makes the same call twice one entry. An order that is
    settled is two entries: its reservation reversed, and what was approved.
    """

    class Kind(models.TextChoices):
        APPROPRIATED = "appropriated", _("Appropriated")
        ALLOTTED = "allotted", _("Allotted")
        AWARDED = "awarded", _("Awarded")
        CAPPED = "capped", _("Ceiling set")
        RESERVED = "reserved", _("Reserved")
        APPROVED = "approved", _("Approved")
        PAID = "paid", _("Paid")
        ADVANCED = "advanced", _("Paid in advance")
        RETURNED = "returned", _("Returned")
        CLAWED_BACK = "clawed_back", _("Clawed back")

    ceiling = models.ForeignKey(Ceiling, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind)
    amount = models.BigIntegerField()
    drawn = models.BigIntegerField(
        default=0, help_text="how much of it was taken of the parent's ceiling"
    )
    key = models.CharField(max_length=100, unique=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    on = models.DateField(help_text="the day it counts for")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_entry_moves_something"),
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                | Q(reverses__isnull=False)
                | Q(kind__in=["appropriated", "allotted", "awarded", "capped"]),
                name="ledger_entry_above_zero",
            ),
        ]
        indexes = [
            models.Index(fields=["ceiling", "kind"], name="ledger_of_ceiling"),
            models.Index(fields=["on", "id"], name="ledger_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount:,}"


class ExchangeRate(models.Model):
    """Won for one unit of a currency on a day, with the source that stated it."""

    currency = models.CharField(max_length=3)
    day = models.DateField()
    source = models.CharField(max_length=80, help_text="such as 서울외국환중개 매매기준율")
    rate = models.DecimalField(max_digits=14, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "day", "source"], name="rate_once"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.day} {self.rate}"
