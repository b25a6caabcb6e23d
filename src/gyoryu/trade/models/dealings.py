"""What was talked of, what became of it by grade and with which evidence, and who was asked."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User
from gyoryu.evidence.models import Document
from gyoryu.parties.models import CURRENCY_CHOICES, Organisation, Product, Region
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
    SIGNED = "signed", _("Signed")
    VERIFIED = "verified", _("Verified export")


class Deal(Record):
    """A sale in the making, from talk to goods that left the country.

    The amounts by grade are copies of what its standing steps say (``actions/deals``), in the
    deal's one currency: ``pursued`` and ``signed`` of the latest step of that grade, ``verified``
    the sum of the shipments proven. Empty means that nobody has said; zero is a statement.
    ``version`` counts every change of what a buyer confirms; ``confirmed_version`` is the one that
    the buyer confirmed last.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        LOST = "lost", _("Lost")
        DONE = "done", _("Done")

    number = models.CharField(max_length=20)
    company = models.ForeignKey(Organisation, models.PROTECT, related_name="sells")
    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="buys")
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="deals", db_index=False
    )
    leg = models.ForeignKey(Leg, models.PROTECT, null=True, blank=True, related_name="deals")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="deals")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="deals"
    )
    country = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="deals"
    )
    about = models.CharField(max_length=200, blank=True)
    hs_code = models.CharField(max_length=10, blank=True)
    grade = models.CharField(max_length=9, choices=Grade, default=Grade.CONSULTED)
    graded_on = models.DateField()
    state = models.CharField(max_length=4, choices=State, default=State.OPEN)
    lost_on = models.DateField(null=True, blank=True)
    lost_reason = models.CharField(max_length=500, blank=True)
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES)
    consulted = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    pursued = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    signed = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    verified = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    probability = models.PositiveSmallIntegerField(null=True, blank=True, help_text="percent")
    next_step = models.CharField(max_length=300, blank=True)
    next_due = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    confirmed_version = models.PositiveIntegerField(null=True, blank=True)

    merges = {"company": "move", "buyer": "move", "country": "stay"}
    guarded_by = "trade.dealings"

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(voided_at=None), name="deal_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="lost") | (~Q(lost_reason="") & Q(lost_on__isnull=False)),
                name="deal_lost_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(probability=None) | Q(probability__lte=100),
                name="deal_probability_in_bounds",
            ),
            models.CheckConstraint(
                condition=(Q(consulted=None) | Q(consulted__gte=0))
                & (Q(pursued=None) | Q(pursued__gte=0))
                & (Q(signed=None) | Q(signed__gte=0))
                & (Q(verified=None) | Q(verified__gte=0)),
                name="deal_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(grade="verified") | Q(verified__isnull=False),
                name="deal_verified_has_amount",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "grade", "id"], name="deal_of_event"),
            models.Index(fields=["-graded_on", "-id"], name="deal_newest"),
            models.Index(
                fields=["next_due", "id"],
                condition=Q(state="open", next_due__isnull=False, voided_at=None),
                name="deal_next_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.company} → {self.buyer}"

    def get_absolute_url(self) -> str:
        """The deal's page."""
        return reverse("deal", args=[self.pk])


class DealStep(models.Model):
    """A dated step of a deal to a grade, and what proves it. A wrong one is struck, not changed.

    ``declaration`` is the number of an export declaration (수출신고번호). Where the paper is in
    another currency, ``paper_amount`` and ``paper_currency`` keep what it says and ``rate`` with
    its day and source how it became ``amount``.
    """

    class Proof(models.TextChoices):
        WORD = "word", _("The company's word")
        EMAIL = "email", _("E-mail")
        MOU = "mou", _("Memorandum of understanding")
        ORDER = "order", _("Purchase order")
        CONTRACT = "contract", _("Contract")
        DECLARATION = "declaration", _("Export declaration")
        BUYER = "buyer", _("Buyer's confirmation")

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="steps")
    grade = models.CharField(max_length=9, choices=Grade)
    on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    proof = models.CharField(max_length=11, choices=Proof)
    declaration = models.CharField(max_length=20, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="deal_steps"
    )
    paper_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    paper_currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES, blank=True)
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    rate_on = models.DateField(null=True, blank=True)
    rate_source = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="deal_step_not_negative"
            ),
            # What left the country is proven by its declaration, and each proves one shipment.
            models.CheckConstraint(
                condition=~Q(grade="verified")
                | (Q(proof="declaration") & ~Q(declaration="") & Q(amount__isnull=False)),
                name="deal_step_verified_by_declaration",
            ),
            models.UniqueConstraint(
                fields=["declaration"],
                condition=~Q(declaration="") & Q(struck_at=None),
                name="declaration_once",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None) | ~Q(struck_reason=""),
                name="deal_step_struck_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(paper_amount=None) & Q(rate=None) & Q(paper_currency=""))
                | (
                    Q(paper_amount__isnull=False)
                    & ~Q(paper_currency="")
                    & Q(rate__gt=0)
                    & Q(rate_on__isnull=False)
                    & ~Q(rate_source="")
                ),
                name="deal_step_rate_is_stated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.get_grade_display()} {self.on}"


class Confirmation(models.Model):
    """A buyer asked to confirm one version of a deal by a link that can be used once."""

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Confirmed")
        DISAGREED = "disagreed", _("Not as it was")

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="confirmations")
    version = models.PositiveIntegerField()
    told = models.JSONField(default=dict, help_text="what the buyer was shown")
    email = models.EmailField()
    mark = models.CharField(max_length=64, unique=True, help_text="digest of the link's secret")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=9, choices=Answer, blank=True)
    answer_note = models.CharField(max_length=1000, blank=True)

    untold = frozenset({"email", "mark", "told", "answer_note"})

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(answered_at=None) & Q(answer=""))
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="confirmation_answered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} v{self.version}"


class FollowUp(models.Model):
    """An exhibitor asked 3, 6 and 12 months after an event what became of its talks."""

    class State(models.TextChoices):
        DUE = "due", _("To be asked")
        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        SILENT = "silent", _("Did not answer")

    exhibitor = models.ForeignKey(Participant, models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(help_text="after the event: 3, 6 or 12")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    mark = models.CharField(max_length=64, blank=True, help_text="digest of the link's secret")
    asked_at = models.DateTimeField(null=True, blank=True)
    chased = models.PositiveSmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict, help_text="as they were given, by deal")

    untold = frozenset({"mark", "answers"})

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "months"], name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(months__in=[3, 6, 12]), name="follow_up_after_stated_months"
            ),
            models.CheckConstraint(condition=Q(chased__lte=2), name="follow_up_chased_twice"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="follow_up_by_due")]

    def __str__(self) -> str:
        return f"{self.exhibitor} +{self.months}"


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
        indexes = [models.Index(fields=["unit", "year", "grade"], name="tally_of_unit")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.grade} {self.currency}"
