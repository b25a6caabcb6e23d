"""The portfolio: strategies, their programmes, and the budget lines that pay for them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User, in_language
from gyoryu.programmes.models.ledger import Ceiling


class Strategy(Record):
    """A line of policy over some years, under which programmes stand."""

    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    aim = models.TextField(blank=True)

    told = frozenset({"aim"})

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="strategy_years_in_order"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The strategy's page."""
        return reverse("strategy", args=[self.pk])


class Fund(models.TextChoices):
    """Whose money it is."""

    NATIONAL = "national", _("National subsidy")
    PROVINCE = "province", _("Provincial budget")
    LOCAL = "local", _("City or county budget")
    OWN = "own", _("Own funds")


class Programme(Record):
    """Support of one kind for one group, over one or more years."""

    class Kind(models.TextChoices):
        SUPPORT = "support", _("Support of costs")
        VOUCHER = "voucher", _("Vouchers")
        TRAINING = "training", _("Training")
        FAIR = "fair", _("Joint fair participation")
        INCUBATION = "incubation", _("Incubation")

    strategy = models.ForeignKey(
        Strategy, models.PROTECT, null=True, blank=True, related_name="programmes"
    )
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=Kind)
    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    legal_basis = models.CharField(max_length=300, blank=True)
    target = models.CharField(max_length=300, blank=True, help_text="for whom it is")
    summary = models.TextField(blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    told = frozenset({"summary"})

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=Q(voided_at=None),
                name="programme_number_once",
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="programme_years_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(ended_reason=""), name="programme_ended_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The programme's page."""
        return reverse("programme", args=[self.pk])


class BudgetLine(Record):
    """What a year's budget gives a programme under one account code (세목).

    ``ceiling`` holds the amount appropriated; supplementary budgets are entries of the ledger.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="lines")
    year = models.PositiveSmallIntegerField()
    account_code = models.CharField(max_length=20)
    name = models.CharField(max_length=120, help_text="of the account, such as 민간경상사업보조")
    fund = models.CharField(max_length=8, choices=Fund)
    ceiling = models.OneToOneField(Ceiling, models.PROTECT, related_name="line")

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "year", "account_code", "fund"],
                condition=Q(voided_at=None),
                name="budget_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.account_code} {self.name}"

    def get_absolute_url(self) -> str:
        """The line's page."""
        return reverse("budget-line", args=[self.pk])
