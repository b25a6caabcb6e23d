"""A programme-year's voucher terms: rates, caps and the menu of services, numbered by version."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, in_language
from gyoryu.programmes.models.portfolio import Programme


class Terms(Record):
    """The rules of vouchers for a year. Once vouchers are issued under them they never change."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="terms")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    in_force_from = models.DateField(null=True, blank=True, help_text="none: being drafted")
    reason = models.CharField(max_length=500, blank=True)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "year", "version"], name="terms_once"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="terms_changed_have_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}.v{self.version}"

    def get_absolute_url(self) -> str:
        """The terms' page."""
        return reverse("voucher-terms", args=[self.pk])


class Band(models.Model):
    """One step of a scale: by last year's sales the subsidy's rate, by its exports the cap."""

    class Scale(models.TextChoices):
        SALES = "sales", _("Sales of last year, in won")
        EXPORTS = "exports", _("Exports of last year, in US dollars")

    terms = models.ForeignKey(Terms, models.CASCADE, related_name="bands")
    scale = models.CharField(max_length=8, choices=Scale)
    below = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True, help_text="none: without end"
    )
    rate = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="percent, of sales"
    )
    most = models.BigIntegerField(
        null=True, blank=True, help_text="of subsidy and share together, in won, of exports"
    )

    class Meta:
        ordering = ["scale", models.F("below").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["terms", "scale", "below"], name="band_once"),
            models.CheckConstraint(
                condition=Q(scale="sales", rate__gt=0, rate__lte=100, most=None)
                | Q(scale="exports", rate=None, most__gt=0),
                name="band_says_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scale} < {self.below}"


class Service(models.Model):
    """An item of the menu that vouchers buy."""

    terms = models.ForeignKey(Terms, models.CASCADE, related_name="services")
    code = models.CharField(max_length=12)
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    most_percent = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="of a voucher that may be spent on it"
    )
    most = models.BigIntegerField(null=True, blank=True, help_text="per voucher, in won")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["terms", "code"], name="service_once")]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)
