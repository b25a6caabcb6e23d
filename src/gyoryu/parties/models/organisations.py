"""Organisations, and what companies export and make."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, in_language
from gyoryu.base.money import CURRENCIES
from gyoryu.parties import business_number
from gyoryu.parties.models.listed import STANDS, shown
from gyoryu.parties.models.regions import Region

CURRENCY_CHOICES = [(code, code) for code in CURRENCIES]


class Organisation(Record):
    """A government, agency, company, association, university, centre, medium, venue or provider."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        AGENCY = "agency", _("Public agency")
        COMPANY = "company", _("Company")
        ASSOCIATION = "association", _("Association")
        UNIVERSITY = "university", _("University")
        CENTRE = "centre", _("Centre")
        MEDIA = "media", _("Media")
        VENUE = "venue", _("Venue")
        PROVIDER = "provider", _("Service provider")

    class Size(models.TextChoices):
        SMALL = "small", _("Small enterprise")
        MEDIUM = "medium", _("Medium enterprise")
        MIDSIZE = "midsize", _("Mid-sized company")
        LARGE = "large", _("Large company")

    kind = models.CharField(max_length=12, choices=Kind)
    name_ko = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    name_native = models.CharField(max_length=200, blank=True)
    shown_ko = shown("name_ko", "name_en", 200)
    shown_en = shown("name_en", "name_ko", 200)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="divisions"
    )
    business_number = models.CharField(max_length=10, blank=True)
    size = models.CharField(max_length=8, choices=Size, blank=True)
    website = models.URLField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    # Nearly always empty: an index on it would only lure lists away from the order they need.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    merges = {"region": "move", "parent": "move", "merged_into": "stay"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["business_number"],
                condition=~Q(business_number="") & Q(voided_at=None) & Q(merged_into=None),
                name="business_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(name_ko="") | ~Q(name_en=""), name="organisation_has_name"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("id")),
                name="organisation_not_its_own_parent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["shown_ko", "id"], condition=STANDS, name="organisation_by_name_ko"
            ),
            models.Index(
                fields=["shown_en", "id"], condition=STANDS, name="organisation_by_name_en"
            ),
            models.Index(
                fields=["kind", "shown_ko"], condition=STANDS, name="organisation_by_kind"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The organisation's page."""
        return reverse("organisation", args=[self.pk])

    @property
    def written_number(self) -> str:
        """The business number as people write it: 123-45-67890."""
        return business_number.written(self.business_number)


class Exports(models.Model):
    """A company's exports in a year, as it declared them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="exports")
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES)

    merges = {"organisation": "move"}

    class Meta:
        ordering = ["-year", "currency"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="exports_not_negative"),
            models.UniqueConstraint(
                fields=["organisation", "year", "currency"], name="exports_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.currency} {self.amount}"


class Product(models.Model):
    """Something a company makes, with its Harmonised System heading (2 to 10 digits)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="products")
    hs = models.CharField(max_length=10, blank=True)
    name_ko = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)

    merges = {"organisation": "move"}
    merge_once = ("organisation", "hs", "name_ko", "name_en")

    class Meta:
        ordering = ["hs", "id"]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)
