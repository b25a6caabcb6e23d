from functools import lru_cache

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, Unit, User, in_language
from gyoryu.base.money import CURRENCIES
from gyoryu.parties import business_number

CURRENCY_CHOICES = [(code, code) for code in CURRENCIES]

# What lists show, and so what their indexes hold.
STANDS = Q(voided_at=None, merged_into=None)


def shown(first: str, other: str, length: int) -> models.GeneratedField:
    """Return a column to sort by: one name, or the other where it is empty; the database's work."""
    return models.GeneratedField(
        expression=Coalesce(NullIf(first, Value("")), other),
        output_field=models.CharField(max_length=length),
        db_persist=True,
    )


@lru_cache(maxsize=4_096)
def _page_of_region(pk: int) -> str:
    """Return a region's address; the map links to a thousand of them at once."""
    return reverse("region", args=[pk])


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
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    # How a merge treats each tie to a record that goes (parties.actions.merging): "move" points
    # it to the record that is kept, "stay" leaves it.
    merges = {"parent": "move", "merged_into": "stay"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="region_code_once")
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The region's page."""
        return _page_of_region(self.pk)


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


class Person(Record):
    """Somebody who holds positions. Private addresses are not kept here."""

    name_ko = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name_native = models.CharField(max_length=120, blank=True)
    shown_ko = shown("name_ko", "name_en", 120)
    shown_en = shown("name_en", "name_ko", 120)
    note = models.TextField(blank=True)
    # Nearly always empty: an index on it would only lure lists away from the order they need.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    merges = {"merged_into": "stay"}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name_ko="") | ~Q(name_en=""), name="person_has_name"
            ),
        ]
        indexes = [
            models.Index(fields=["shown_ko", "id"], condition=STANDS, name="person_by_name_ko"),
            models.Index(fields=["shown_en", "id"], condition=STANDS, name="person_by_name_en"),
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
    # Two rows alike in these are one: a merge does not leave both standing.
    merge_once = ("person", "organisation", "title_ko", "title_en", "since", "until")

    class Meta:
        ordering = ["-since", "-id"]
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
    merge_once = ("person", "organisation", "kind", "value")

    class Meta:
        ordering = ["kind", "id"]
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

    # The names of a record that goes stay with it; the kept one is given copies.
    merges = {"region": "stay", "organisation": "stay", "person": "stay"}
    pieces = ("name", "key")

    class Meta:
        ordering = ["id"]

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


KINDS = [
    ("region", _("Region")),
    ("organisation", _("Organisation")),
    ("person", _("Person")),
]


class Merge(models.Model):
    """Two records found to be one: what was moved, so that it can be moved back.

    ``moved`` is what parties.actions.merging wrote down, ``left`` what an undo could not put back.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    kept = models.PositiveBigIntegerField()
    gone = models.PositiveBigIntegerField()
    kept_name = models.CharField(max_length=200)
    gone_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    moved = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"

    def get_absolute_url(self) -> str:
        """The page that says what was moved."""
        return reverse("merge-done", args=[self.pk])


class Double(models.Model):
    """Two records that may be one, and why; ``one`` has the lower number of the two.

    Somebody's word that they are two stays, so that the pair is not suspected again.
    """

    class Reason(models.TextChoices):
        NUMBER = "number", _("Same business number")
        NAME = "name", _("Same name")
        WORDS = "words", _("Same name in another order or script")
        PLACE = "place", _("Government of the same place")
        WEBSITE = "website", _("Same website")
        POSITION = "position", _("Same title at the same organisation")
        CLOSE = "close", _("Nearly the same name in the same region")

    kind = models.CharField(max_length=12, choices=KINDS)
    one = models.PositiveBigIntegerField()
    other = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=10, choices=Reason)
    found_at = models.DateTimeField()
    dismissed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    dismissed_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "one", "other"], name="double_once"),
            models.CheckConstraint(
                condition=Q(one__lt=models.F("other")), name="double_lower_number_first"
            ),
        ]
        indexes = [models.Index(fields=["kind", "other"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.one} / {self.other}"
