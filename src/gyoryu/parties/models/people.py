"""People, the positions they hold, and how they are reached."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, in_language
from gyoryu.parties.models.listed import STANDS, shown
from gyoryu.parties.models.organisations import Organisation


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
