from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, Unit, User, in_language
from gyoryu.base.money import CURRENCIES

CURRENCY_CHOICES = [(code, code) for code in CURRENCIES]


class Region(models.Model):
    """A country (ISO 3166-1), a province or state (ISO 3166-2), or a city under one.

    Regions are shared by the whole deployment. ``path`` holds the ids from the country down.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        SUBDIVISION = "subdivision", _("Province or state")
        CITY = "city", _("City or county")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(
        max_length=12, blank=True, help_text="ISO 3166 code, such as CN or CN-JS"
    )
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    name_native = models.CharField(max_length=120, blank=True)

    # How a merge treats each tie to a record that goes (parties.actions.merge).
    merges = {"parent": "move"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="region_code_once")
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The region's page."""
        return reverse("region", args=[self.pk])


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
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    merges = {"region": "move", "parent": "move", "merged_into": "stay"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["business_number"],
                condition=~Q(business_number="") & Q(voided_at=None),
                name="business_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(name_ko="") | ~Q(name_en=""), name="organisation_has_name"
            ),
        ]
        indexes = [models.Index(fields=["name_ko"]), models.Index(fields=["name_en"])]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The organisation's page."""
        return reverse("organisation", args=[self.pk])


class Person(Record):
    """Somebody who holds positions. Private addresses are not kept here."""

    name_ko = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name_native = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    merges = {"merged_into": "stay"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name_ko="") | ~Q(name_en=""), name="person_has_name"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The person's page."""
        return reverse("person", args=[self.pk])


class Position(models.Model):
    """A person's title at an organisation for a time; an empty end means until now."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="positions")
    title_ko = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    merges = {"person": "move", "organisation": "move"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=models.F("since")),
                name="position_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(title_ko="") | ~Q(title_en=""), name="position_has_title"
            ),
        ]

    def __str__(self) -> str:
        return f"{in_language(self.title_ko, self.title_en)} · {self.organisation}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.title_ko, self.title_en)


class Contact(models.Model):
    """How an organisation or a person is reached at work."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Telephone")
        ADDRESS = "address", _("Address")
        MESSENGER = "messenger", _("Messenger")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=300)

    merges = {"person": "move", "organisation": "move"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) ^ Q(person=None), name="contact_of_one"
            ),
        ]

    def __str__(self) -> str:
        return self.value


class Alias(models.Model):
    """A spelling under which a region, organisation or person is found, folded to a key.

    Every name of a record has its row, and so has every name of a record merged into it.
    """

    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_index=True)
    given = models.BooleanField(
        default=False, help_text="added by hand or by a merge, not one of the record's own names"
    )

    merges = {"region": "move", "organisation": "move", "person": "move"}

    def __str__(self) -> str:
        return self.name


class Exports(models.Model):
    """A company's exports in a year, as it declared them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="exports")
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES)

    merges = {"organisation": "move"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "currency"], name="exports_once_a_year"
            )
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

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)


class Merge(models.Model):
    """Two records found to be one: what was moved, so that it can be moved back."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=12,
        choices=[
            ("region", _("Region")),
            ("organisation", _("Organisation")),
            ("person", _("Person")),
        ],
    )
    kept = models.PositiveBigIntegerField()
    gone = models.PositiveBigIntegerField()
    kept_name = models.CharField(max_length=200)
    gone_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    moved = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"
