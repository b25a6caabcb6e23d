"""Agreements, their parties and the course they take."""

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, Unit, User, in_language
from gyoryu.base.periods import Period, Precision
from gyoryu.parties.models import Organisation, Person, Position, Region


class Side(models.TextChoices):
    """Whose: ours, theirs, or both together."""

    OURS = "ours", _("Our side")
    THEIRS = "theirs", _("Their side")
    JOINT = "joint", _("Together")


PRECISIONS = [
    (Precision.DAY.value, _("Day")),
    (Precision.MONTH.value, _("Month")),
    (Precision.SEASON.value, _("Season")),
    (Precision.QUARTER.value, _("Quarter")),
    (Precision.HALF.value, _("Half-year")),
    (Precision.YEAR.value, _("Year")),
]


def period(first: object, last: object, precision: str) -> Period | None:
    """Put a stored period together again; none when it has no last day."""
    return Period(first or last, last, Precision(precision)) if last else None  # type: ignore[arg-type]


class Area(models.Model):
    """A field of co-operation, such as youth exchange or agricultural technology."""

    name_ko = models.CharField(max_length=80, unique=True)
    name_en = models.CharField(max_length=80, unique=True)
    retired_on = models.DateField(
        null=True, blank=True, help_text="forms offer it no longer; what is filed stays filed"
    )

    class Meta:
        ordering = ["name_ko"]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The page on which it is renamed."""
        return reverse("area-edit", args=[self.pk])


class Status(models.TextChoices):
    """Where an agreement stands. It always stands in one of them, since a day, for a reason."""

    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Reviewed")
    SIGNED = "signed", _("Signed")
    IN_FORCE = "in_force", _("In force")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    ENDED = "ended", _("Ended")
    REPLACED = "replaced", _("Replaced")


class Agreement(Record):
    """Something signed, or about to be signed, with partners abroad."""

    class Kind(models.TextChoices):
        SISTERHOOD = "sisterhood", _("Sisterhood")
        FRIENDSHIP = "friendship", _("Friendship")
        MOU = "mou", _("Memorandum of understanding")
        ACTION_PLAN = "action_plan", _("Action plan")
        LETTER_OF_INTENT = "loi", _("Letter of intent")
        DECLARATION = "declaration", _("Joint declaration")

    class Method(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        LETTER = "letter", _("By letter")
        VIDEO = "video", _("By video")

    class Renewal(models.TextChoices):
        NONE = "none", _("Ends with its term")
        AUTOMATIC = "automatic", _("Renews by itself")
        AGREED = "agreed", _("Renewed by agreement")

    number = models.CharField(
        max_length=20, db_index=True, help_text="of its government: each counts its own"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    title_ko = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    signed_first = models.DateField(null=True, blank=True)
    signed_on = models.DateField(
        null=True, blank=True, help_text="the last day of the period of signing"
    )
    signed_precision = models.CharField(
        max_length=8, choices=PRECISIONS, default=Precision.DAY.value
    )
    place = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    place_note = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=10, choices=Method, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="agreements")
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    renewal = models.CharField(max_length=10, choices=Renewal, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    status_since = models.DateField()
    no_document_reason = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    shared_with = models.ManyToManyField(Unit, blank=True, related_name="+")
    partner_region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    last_contact_on = models.DateField(
        null=True, blank=True, help_text="kept from the engagements, for dormancy and sorting"
    )
    next_duty_on = models.DateField(
        null=True, blank=True, help_text="kept from the open duties, for tabs and sorting"
    )

    merges = {"place": "move", "partner_region": "move"}
    pieces = ("number", "title_ko", "title_en")

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            # What was voided, such as by undoing an import, does not keep its number from others.
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=Q(voided_at=None),
                name="agreement_number_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.REVIEWED])
                | Q(signed_on__isnull=False),
                name="agreement_signed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="agreement_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None)
                | Q(signed_first=None)
                | Q(ends_on__gte=F("signed_first")),
                name="agreement_ends_after_signing",
            ),
        ]
        indexes = [
            # All that the first page and the menu count of agreements, without the rows themselves.
            models.Index(
                fields=["unit", "status", "ends_on", "signed_on", "last_contact_on", "id"],
                condition=Q(voided_at=None),
                name="agreement_of_unit_counted",
            ),
            models.Index(
                fields=["status", "ends_on", "signed_on", "last_contact_on", "id"],
                condition=Q(voided_at=None),
                name="agreement_counted",
            ),
            models.Index(
                fields=["status", "partner_region", "kind", "signed_on", "last_contact_on", "id"],
                condition=Q(voided_at=None),
                name="agreement_by_region",
            ),
            models.Index(fields=["id"], condition=~Q(voided_at=None), name="agreement_voided"),
            models.Index(fields=["signed_on", "id"]),
            models.Index(fields=["last_contact_on", "id"]),
            models.Index(fields=["next_duty_on", "id"]),
            # The order of the list: what is owed soonest, and last what owes nothing.
            models.Index(
                Coalesce("next_duty_on", Value(date.max)), "id",
                condition=Q(voided_at=None), name="agreement_by_duty",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return in_language(self.title_ko, self.title_en)

    def needs_evidence(self) -> bool:
        """Whether it would stand without proof if its last document were declared void."""
        standing = self.status in {Status.SIGNED, Status.IN_FORCE, Status.SUSPENDED}
        return standing and not self.no_document_reason

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return reverse("agreement", args=[self.pk])

    @property
    def signed(self) -> Period | None:
        """The period of signing, as it is known."""
        return period(self.signed_first, self.signed_on, self.signed_precision)


class Party(models.Model):
    """An organisation that is a party to an agreement, on one side."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    side = models.CharField(
        max_length=6,
        choices=[(Side.OURS.value, Side.OURS.label), (Side.THEIRS.value, Side.THEIRS.label)],
    )
    order = models.PositiveSmallIntegerField(default=0)

    merges = {"organisation": "move"}

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Signatory(models.Model):
    """Who signed for a party, with the title held on that day."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="signatories")
    person = models.ForeignKey(Person, models.PROTECT, related_name="signatures")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160, blank=True, help_text="as written on the document")

    merges = {"person": "move"}

    def __str__(self) -> str:
        return f"{self.person} {self.title}".strip()


class StatusChange(models.Model):
    """A step of an agreement's life, on a day and for a reason. The register prints these."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="course")
    status = models.CharField(max_length=10, choices=Status)
    on = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="status_change_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_status_display()}"
