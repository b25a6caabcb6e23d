"""What becomes of a talk: a deal, its steps by grade with what proves them, the buyer's word."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User
from gyoryu.evidence.models import Document
from gyoryu.parties.models import CURRENCY_CHOICES, Organisation, Product, Region
from gyoryu.trade import declarations
from gyoryu.trade.models.centres import Centre
from gyoryu.trade.models.dealings import Consultation, Grade
from gyoryu.trade.models.events import Event, Leg

STANDS = Q(voided_at=None)
# Where nothing is due, so that it can be sorted by.
FAR_FUTURE = Value(date(9999, 12, 31), output_field=models.DateField())


class Deal(Record):
    """A sale in the making, from talk to goods that left the country.

    The amounts by grade are copies of what its standing steps say (``rules/proofs.reckoned``), in
    the deal's one currency: the first three of the latest step of that grade with an amount,
    ``verified`` the sum of the shipments proven. Empty means that nobody has said; zero is a
    statement. ``version`` counts every change of what a buyer confirms; ``confirmed_version`` is
    the one that the buyer confirmed last.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
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
    due_by = models.GeneratedField(
        expression=Case(
            When(state="open", then=Coalesce(F("next_due"), FAR_FUTURE)), default=FAR_FUTURE
        ),
        output_field=models.DateField(),
        db_persist=True,
        help_text="the next step's day while it is open, else far ahead: to sort by",
    )
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    confirmed_version = models.PositiveIntegerField(null=True, blank=True)

    merges = {"company": "move", "buyer": "move", "country": "stay"}
    guarded_by = "trade.dealings"
    pieces = ("number", "about")

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
            # Each condition of the list has its rows in the order in which they are shown.
            models.Index(fields=["-graded_on", "-id"], condition=STANDS, name="deal_newest"),
            models.Index(
                fields=["event", "-graded_on", "-id"], condition=STANDS, name="deal_of_event"
            ),
            models.Index(
                fields=["company", "-graded_on", "-id"], condition=STANDS, name="deal_of_company"
            ),
            models.Index(
                fields=["buyer", "-graded_on", "-id"], condition=STANDS, name="deal_of_buyer"
            ),
            models.Index(
                fields=["country", "-graded_on", "-id"], condition=STANDS, name="deal_of_country"
            ),
            models.Index(
                fields=["centre", "-graded_on", "-id"], condition=STANDS, name="deal_of_centre"
            ),
            models.Index(
                fields=["grade", "-graded_on", "-id"], condition=STANDS, name="deal_of_grade"
            ),
            models.Index(
                fields=["state", "-graded_on", "-id"], condition=STANDS, name="deal_of_state"
            ),
            # With what the condition asks in them, these two answer SQLite without the row.
            models.Index(
                fields=["unit", "-graded_on", "-id", "voided_at"],
                condition=STANDS,
                name="deal_newest_of_unit",
            ),
            models.Index(
                fields=["unit", "due_by", "id", "voided_at"],
                condition=STANDS,
                name="deal_due_of_unit",
            ),
            models.Index(fields=["unit", "state", "id"], condition=STANDS, name="deal_counted"),
            models.Index(fields=["due_by", "id"], condition=STANDS, name="deal_by_due"),
            models.Index(fields=["number", "id"], condition=STANDS, name="deal_by_number"),
            # Who sells anything is told by the index alone.
            models.Index(
                fields=["unit", "company", "voided_at"],
                condition=STANDS,
                name="deal_sellers_of_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.company} → {self.buyer}"

    @property
    def of_grade(self) -> Decimal | None:
        """The amount that was told for the grade it has reached."""
        told: Decimal | None = getattr(self, self.grade)
        return told

    def get_absolute_url(self) -> str:
        """The deal's page."""
        return reverse("deal", args=[self.pk])


class DealStep(models.Model):
    """A dated step of a deal to a grade, and what proves it. A wrong one is struck, not changed.

    ``declaration`` is the number of an export declaration (수출신고번호). A shipment counts once
    somebody else than who noted it has looked the declaration up (``verified_by``); until then it
    waits. Where the paper is in another currency, ``paper_amount`` and ``paper_currency`` keep what
    it says and ``rate`` with its day and source how it became ``amount``.
    """

    class Proof(models.TextChoices):
        WORD = "word", _("The company's word")
        EMAIL = "email", _("E-mail")
        MOU = "mou", _("Memorandum of understanding")
        ORDER = "order", _("Purchase order")
        CONTRACT = "contract", _("Contract")
        DECLARATION = "declaration", _("Export declaration")
        BUYER = "buyer", _("Buyer's confirmation")

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="steps")
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
    rate = models.DecimalField(max_digits=24, decimal_places=12, null=True, blank=True)
    rate_on = models.DateField(null=True, blank=True)
    rate_source = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(verified_at=None)
                | Q(grade="verified") & (Q(noted_by=None) | ~Q(verified_by=F("noted_by"))),
                name="deal_step_verified_by_another",
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
        indexes = [
            models.Index(
                fields=["noted_at", "id"],
                condition=Q(grade="verified", verified_at=None, struck_at=None),
                name="deal_step_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.get_grade_display()} {self.on}"

    @property
    def declaration_written(self) -> str:
        """The declaration's number as certificates write it."""
        return declarations.written(self.declaration)

    @property
    def rate_shown(self) -> str:
        """The rate in as many digits as it has."""
        return f"{self.rate.normalize():f}" if self.rate else ""


class Confirmation(models.Model):
    """A buyer asked to confirm one version of a deal by a link that can be used once."""

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Confirmed")
        DISAGREED = "disagreed", _("Not as it was")

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="confirmations")
    version = models.PositiveIntegerField()
    told = models.JSONField(default=dict, help_text="what the buyer was shown")
    email = models.EmailField()
    language = models.CharField(max_length=2, default="en", help_text="of the letter")
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
