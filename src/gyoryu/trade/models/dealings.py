"""What was talked of with buyers, what was published of it, and the sums of both."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gyoryu.accounts.models import Record, User
from gyoryu.parties.models import CURRENCY_CHOICES, Product, Region
from gyoryu.trade.models.centres import Centre
from gyoryu.trade.models.events import Event, Leg, Participant
from gyoryu.trade.models.timetables import Meeting


class Consultation(Record):
    """One talk of an exhibitor with a buyer, logged at the booth or taken from a list.

    ``key`` is made where it was logged (the phone), so that what is sent twice is one row; ``sent``
    is the digest of what was sent with it, which tells the same sending from another.
    ``amount`` is what the buyer spoke of buying; none was spoken of where it is empty, and zero is
    a statement. ``country`` is the buyer's, kept here so that reports need not look it up.
    """

    class Interest(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    class Step(models.TextChoices):
        SAMPLES = "samples", _("Send samples")
        QUOTE = "quote", _("Send a quotation")
        MEET_AGAIN = "meet_again", _("Meet again")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sent = models.CharField(max_length=64, blank=True, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="consultations", db_index=False)
    leg = models.ForeignKey(Leg, models.PROTECT, related_name="consultations", db_index=False)
    exhibitor = models.ForeignKey(
        Participant, models.PROTECT, related_name="consulted", db_index=False
    )
    buyer = models.ForeignKey(Participant, models.PROTECT, related_name="consulted_as_buyer")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    country = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    about = models.CharField(max_length=200, blank=True, help_text="the product in words")
    hs_code = models.CharField(max_length=10, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES, blank=True)
    interest = models.CharField(max_length=6, choices=Interest, blank=True)
    next_steps = models.JSONField(default=list, help_text="samples, quote, meet_again")
    next_due = models.DateField(null=True, blank=True)
    # What has no day comes last in a list by day; kept, because an index needs it.
    due_key = models.GeneratedField(
        expression=Coalesce(F("next_due"), Value(date(9999, 12, 31))),
        output_field=models.DateField(),
        db_persist=True,
    )
    next_done_on = models.DateField(null=True, blank=True, help_text="what was to follow is done")
    reminded = models.PositiveSmallIntegerField(default=0, help_text="1: before, 2: after the day")
    note = models.TextField(blank=True)
    logged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    logged_at = models.DateTimeField()

    # The history is open to readers who may not see what single companies talked of.
    untold = frozenset({"note", "amount", "currency", "about", "hs_code", "product", "interest"})
    # A country is what it is (ISO 3166), and the tallies are kept by it.
    merges = {"country": "stay"}
    # Business secrets of companies: not for everybody who may read the register.
    guarded_by = "trade.dealings"
    # What it was about is looked through; companies and buyers are found by their own names.
    pieces = ("about",)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(amount=None) & Q(currency="")) | (Q(amount__gte=0) & ~Q(currency="")),
                name="consultation_amount_has_currency",
            ),
        ]
        indexes = [
            *(
                models.Index(
                    fields=[*first, "-at", "-id"],
                    condition=Q(voided_at=None),
                    name=f"consultation_{name}",
                )
                for name, first in (
                    ("newest", []),
                    ("of_unit", ["unit"]),
                    ("of_event", ["event"]),
                    ("of_leg", ["leg"]),
                    ("of_exhibitor", ["exhibitor"]),
                    ("of_country", ["country"]),
                    ("by_interest", ["interest"]),
                )
            ),
            models.Index(
                fields=["due_key", "id"], condition=Q(voided_at=None), name="consultation_by_due"
            ),
            models.Index(
                fields=["next_due", "id"],
                condition=Q(next_due__isnull=False, next_done_on=None, voided_at=None),
                name="consultation_next_due",
            ),
            models.Index(
                fields=["unit", "next_due", "id"],
                condition=Q(next_due__isnull=False, next_done_on=None, voided_at=None),
                name="consultation_next_of_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor} × {self.buyer}"

    def get_absolute_url(self) -> str:
        """The consultation's page."""
        return reverse("consultation", args=[self.pk])


class Grade(models.TextChoices):
    """How sure an amount is. Amounts of two grades are never added."""

    CONSULTED = "consulted", _("Consulted")
    PURSUED = "pursued", _("Contract pursued")
    SIGNED = "signed", pgettext_lazy("grade", "Signed")
    VERIFIED = "verified", _("Verified export")


class Published(Record):
    """What a release told of an event's results on a day, beside what the register holds.

    It counts in no report. ``edition`` is 0 for the event itself and -1 for the one before it.
    Amounts are as told, with the grade that the words allow: consulted or pursued.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="published")
    leg = models.ForeignKey(Leg, models.PROTECT, null=True, blank=True, related_name="+")
    edition = models.SmallIntegerField(default=0)
    on = models.DateField()
    companies = models.PositiveIntegerField(null=True, blank=True)
    buyers = models.PositiveIntegerField(null=True, blank=True)
    consultations = models.PositiveIntegerField(null=True, blank=True)
    consulted = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    deals = models.PositiveIntegerField(null=True, blank=True)
    pursued = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES, blank=True)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(consulted=None) & Q(pursued=None)) | ~Q(currency=""),
                name="published_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(edition__in=[0, -1]), name="published_this_edition_or_the_last"
            ),
        ]
        indexes = [models.Index(fields=["event", "-on"], name="published_of_event")]

    def __str__(self) -> str:
        return f"{self.event} {self.on}"

    def get_absolute_url(self) -> str:
        """The figures beside what the register holds."""
        return f"{reverse('event-published', args=[self.event_id])}#published-{self.pk}"


class Tally(models.Model):
    """How many reached a grade and for how much, kept up by the actions that write the rows.

    Reports over a nation's two million consultations read these; ``manage verify_tallies`` counts
    again. A consultation counts as consulted; a deal counts in each grade it has reached, with the
    amount told for that grade, also when it was lost since. ``year`` is the event's, or of the
    deal's last step where it has no event.
    """

    key = models.CharField(max_length=120, unique=True, help_text="what it counts, in one text")
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="tallies")
    leg = models.ForeignKey(Leg, models.PROTECT, null=True, blank=True, related_name="+")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="+")
    country = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=9, choices=Grade)
    currency = models.CharField(max_length=3, blank=True, help_text="none: nothing was said")
    count = models.PositiveIntegerField(default=0)
    said = models.PositiveIntegerField(default=0, help_text="of these, with an amount")
    lost = models.PositiveIntegerField(default=0, help_text="of these, lost since")
    amount = models.DecimalField(max_digits=20, decimal_places=2, default=0)

    merges = {"country": "stay"}

    class Meta:
        indexes = [
            models.Index(fields=["unit", "year", "grade"], name="tally_of_unit"),
            # With all that the board adds up of a nation, in the order of its lines.
            models.Index(
                fields=["country", "grade", "currency", "count", "said", "lost", "amount"],
                name="tally_by_country",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.grade} {self.currency}"
