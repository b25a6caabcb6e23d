"""Trade events: where and when, who exhibits, who buys, and who is there to help."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User, in_language
from gyoryu.parties.models import CURRENCY_CHOICES, Organisation, Product, Region
from gyoryu.programmes.models import Application, Call, Programme

# Spoken at meetings, by their codes (ISO 639-1).
LANGUAGES = {
    "ko": _("Korean"), "en": _("English"), "zh": _("Chinese"), "ja": _("Japanese"),
    "vi": _("Vietnamese"), "th": _("Thai"), "id": _("Indonesian"), "ms": _("Malay"),
    "hi": _("Hindi"), "ru": _("Russian"), "uz": _("Uzbek"), "kk": _("Kazakh"),
    "mn": _("Mongolian"), "ar": _("Arabic"), "fa": _("Persian"), "tr": _("Turkish"),
    "es": _("Spanish"), "pt": _("Portuguese"), "fr": _("French"), "de": _("German"),
    "it": _("Italian"), "pl": _("Polish"), "nl": _("Dutch"),
}  # fmt: skip


class Event(Record):
    """An exhibition, a trade mission over several cities, a business meeting fair, an online one.

    ``cost`` is the public money spent on the event itself, in whole won; what its exhibitors were
    paid stands in the awards of its call. ``follows`` is last year's edition. ``meeting_slots`` is
    how many slots a meeting takes where nothing else is said; None is one. ``results_since`` is
    when the organiser confirmed its results: companies correct nothing any more.
    """

    class Kind(models.TextChoices):
        EXHIBITION = "exhibition", _("Exhibition")
        MISSION = "mission", _("Trade mission")
        MEETING_FAIR = "meeting_fair", _("Business meeting fair")
        ONLINE = "online", _("Online event")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open to register")
        RUNNING = "running", _("Under way")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(max_length=20)
    title_ko = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    state_since = models.DateField()
    state_reason = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    register_until = models.DateTimeField(null=True, blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="events"
    )
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="events")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    host = models.CharField(max_length=200, blank=True, help_text="who organises it")
    cost = models.BigIntegerField(null=True, blank=True, help_text="of public money, in won")
    meeting_slots = models.PositiveSmallIntegerField(null=True, blank=True)
    about_ko = models.TextField(blank=True, help_text="on the catalogue's page")
    about_en = models.TextField(blank=True)
    catalogue_since = models.DateTimeField(null=True, blank=True)
    results_since = models.DateTimeField(null=True, blank=True)

    told = frozenset({"about_ko", "about_en"})
    pieces = ("number", "title_ko", "title_en")

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(voided_at=None), name="event_number_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="event_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""),
                name="event_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="event_cost_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_on", "id"], name="event_by_start"),
            models.Index(fields=["unit", "starts_on"], name="event_of_unit"),
        ]

    def __str__(self) -> str:
        return in_language(self.title_ko, self.title_en)

    def get_absolute_url(self) -> str:
        """The event's page."""
        return reverse("event", args=[self.pk])


class Leg(models.Model):
    """A place where an event is held for some days: a mission has one for each city.

    ``timezone`` is an IANA name; ``tables`` is how many meetings there can be at once.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField(default=1)
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    venue = models.CharField(max_length=200, blank=True)
    hall = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    timezone = models.CharField(max_length=40, default="Asia/Seoul")
    tables = models.PositiveSmallIntegerField(default=1)

    merges = {"region": "move"}

    class Meta:
        ordering = ["event", "position"]
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="leg_position_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="leg_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(tables__gt=0), name="leg_has_tables"),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The place on its event's page."""
        return f"{self.event.get_absolute_url()}#leg-{self.pk}"


class HalfDay(models.Model):
    """Slots that follow each other without a pause: a morning or an afternoon at one place."""

    class Part(models.TextChoices):
        MORNING = "morning", _("Morning")
        AFTERNOON = "afternoon", _("Afternoon")

    leg = models.ForeignKey(Leg, models.CASCADE, related_name="half_days")
    day = models.DateField()
    part = models.CharField(max_length=9, choices=Part)
    begins = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=30, help_text="of one slot")
    slots = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["day", "begins"]
        constraints = [
            models.UniqueConstraint(fields=["leg", "day", "part"], name="half_day_once"),
            models.CheckConstraint(
                condition=Q(slots__gt=0) & Q(minutes__gte=5), name="half_day_has_slots"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_part_display()}"


class Interpreter(models.Model):
    """Somebody at hand in every slot of a place who speaks these languages (ISO 639-1)."""

    leg = models.ForeignKey(Leg, models.CASCADE, related_name="interpreters")
    name = models.CharField(max_length=120)
    languages = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def spoken(self) -> str:
        """The languages in words."""
        return ", ".join(str(LANGUAGES.get(code, code)) for code in self.languages)


class Participant(Record):
    """Who takes part in an event: a company that exhibits, or a buyer.

    Both sides are one kind of row, because either may ask for a meeting with the other. A buyer
    registers, says its wishes and sees its timetable by a link of its own; ``link_mark`` is the
    digest of the link's secret, and ``link_number`` is counted up to end an earlier link. From
    ``invite_asked_at`` to ``invited_at`` its letter is on its way.
    ``hs_codes`` are what it is looking for, or shows, as prefixes of the Harmonised System's code.
    ``most`` and ``most_a_day`` limit its meetings; ``meeting_slots`` is how many slots each of them
    takes (a delegation's take two), None as the event says.
    """

    class Side(models.TextChoices):
        EXHIBITOR = "exhibitor", _("Exhibitor")
        BUYER = "buyer", _("Buyer")

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        REGISTERED = "registered", _("Registered")
        CONFIRMED = "confirmed", _("Confirmed to come")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    event = models.ForeignKey(Event, models.PROTECT, related_name="participants")
    side = models.CharField(max_length=9, choices=Side)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="takes_part")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="exhibits"
    )
    state = models.CharField(max_length=10, choices=State, default=State.CONFIRMED)
    state_since = models.DateField()
    state_reason = models.CharField(max_length=300, blank=True)
    booth = models.CharField(max_length=20, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, blank=True, help_text="its letters are written in")
    languages = models.JSONField(default=list, help_text="spoken, ISO 639-1")
    interests = models.TextField(blank=True)
    hs_codes = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    most_a_day = models.PositiveSmallIntegerField(null=True, blank=True)
    meeting_slots = models.PositiveSmallIntegerField(null=True, blank=True)
    link_mark = models.CharField(max_length=64, blank=True)
    link_number = models.PositiveSmallIntegerField(default=0)
    invite_asked_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    in_catalogue = models.BooleanField(default=False)

    untold = frozenset({"contact_name", "contact_email", "link_mark", "link_number"})
    merges = {"organisation": "move"}
    merge_once = ("event", "side", "organisation")

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["event", "side", "organisation"],
                condition=Q(voided_at=None),
                name="takes_part_once",
            ),
            models.UniqueConstraint(
                fields=["link_mark"], condition=~Q(link_mark=""), name="participant_link_once"
            ),
            models.CheckConstraint(
                condition=Q(application=None) | Q(side="exhibitor"),
                name="participant_applied_exhibits",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(state_reason=""),
                name="participant_withdrawn_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "side", "state"], name="participant_of_event"),
            # Who exhibited, and whether a company ever did, is told by an index alone.
            models.Index(
                fields=["unit", "side", "voided_at", "organisation"], name="participant_of_unit"
            ),
            models.Index(fields=["organisation", "side", "voided_at"], name="participant_anywhere"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """The participant's page."""
        return reverse("participant", args=[self.pk])


class Absence(models.Model):
    """When a participant is not there: a slot, counted from 1, or 0 for the whole half-day."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="absences")
    half_day = models.ForeignKey(HalfDay, models.CASCADE, related_name="absences")
    slot = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["half_day", "slot"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "half_day", "slot"], name="absence_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.half_day_id}"


class Exhibit(models.Model):
    """A product that an exhibitor shows at an event, as the catalogue tells of it."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="exhibits")
    product = models.ForeignKey(Product, models.PROTECT, related_name="exhibits")
    about_ko = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, choices=CURRENCY_CHOICES, blank=True)

    told = frozenset({"about_ko", "about_en"})

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "product"], name="exhibit_once"),
            models.CheckConstraint(
                condition=(Q(price=None) & Q(currency="")) | (Q(price__gte=0) & ~Q(currency="")),
                name="exhibit_price_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} · {self.product_id}"
