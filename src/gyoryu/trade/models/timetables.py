"""Who wants to meet whom, the plans made of it, and the meetings that were published."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.trade.models.events import HalfDay, Interpreter, Leg, Participant


class Wish(models.Model):
    """One participant's wish to meet another, or not to: ``worth`` from 1 to 5, 0 for never.

    ``slots`` is how long the two shall meet; None leaves it to the participants and the event.
    """

    class Part(models.TextChoices):
        ANY = "any", _("At any time")
        MORNING = "morning", _("Mornings only")
        AFTERNOON = "afternoon", _("Afternoons only")

    by = models.ForeignKey(Participant, models.CASCADE, related_name="wishes")
    to = models.ForeignKey(Participant, models.CASCADE, related_name="wished_by")
    worth = models.PositiveSmallIntegerField(default=3)
    part = models.CharField(max_length=9, choices=Part, default=Part.ANY)
    slots = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-worth", "id"]
        constraints = [
            models.UniqueConstraint(fields=["by", "to"], name="wish_once"),
            models.CheckConstraint(condition=~Q(by=F("to")), name="wish_for_another"),
            models.CheckConstraint(condition=Q(worth__lte=5), name="wish_worth_in_bounds"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} → {self.to_id}"

    @property
    def unit(self) -> Unit:
        """The unit that looks after the event."""
        return self.by.event.unit


class Sequence(models.Model):
    """That a participant meets one before another, if it meets the other at all."""

    of = models.ForeignKey(Participant, models.CASCADE, related_name="sequences")
    first = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    then = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["of", "first", "then"], name="sequence_once"),
            models.CheckConstraint(
                condition=~Q(first=F("then")) & ~Q(of=F("first")) & ~Q(of=F("then")),
                name="sequence_of_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_id}: {self.first_id} < {self.then_id}"


class Timetable(models.Model):
    """A plan of one place's meetings. A draft lives in ``places`` until it is published.

    ``places`` holds {"exhibitor", "buyer", "half_day", "slot", "table", "fixed", "interpreter",
    "slots"} with the rows' ids; half-days are rows, slots and tables count from 1. ``value`` and
    ``bound`` are in points of wishes, ``breaks`` and ``least_breaks`` are idle runs between
    meetings of one participant. Publishing turns places into meetings: after that the meetings are
    the truth, and ``to_tell`` are the participants whose letters are still to be written.
    What ``mends`` was made of the published meetings and moves as few of them as possible;
    ``proven`` says that no plan moves fewer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be planned")
        PLANNING = "planning", _("Being planned")
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Made public")
        SUPERSEDED = "superseded", _("Superseded")
        FAILED = "failed", _("Could not be planned")

    leg = models.ForeignKey(Leg, models.PROTECT, related_name="timetables")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=500, blank=True)
    places = models.JSONField(default=list)
    value = models.PositiveIntegerField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    breaks = models.PositiveIntegerField(null=True, blank=True)
    least_breaks = models.PositiveIntegerField(null=True, blank=True)
    table_changes = models.PositiveIntegerField(null=True, blank=True)
    least_table_changes = models.PositiveIntegerField(null=True, blank=True)
    first_come = models.PositiveIntegerField(
        null=True, blank=True, help_text="the value of first come, first served"
    )
    short = models.JSONField(default=list, help_text="participants left below their least")
    mends = models.BooleanField(default=False)
    proven = models.BooleanField(null=True, blank=True)
    seed = models.PositiveIntegerField(default=1)
    seconds_most = models.PositiveSmallIntegerField(default=60)
    seconds = models.FloatField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)
    to_tell = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    # What was made of it is told as counts, not as a thousand places.
    untold = frozenset({"places", "short", "to_tell"})

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["leg", "version"], name="timetable_version_once"),
            models.UniqueConstraint(
                fields=["leg"], condition=Q(state="published"), name="timetable_published_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="timetable_published_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leg} · {self.version}"

    def get_absolute_url(self) -> str:
        """The plan's grid."""
        return reverse("timetable", args=[self.pk])


class Meeting(models.Model):
    """A published meeting of an exhibitor and a buyer. Slots and tables count from 1.

    ``slot`` is the first of the ``slots`` that it takes, one after the other.
    """

    class State(models.TextChoices):
        SET = "set", _("Arranged")
        HELD = "held", _("Took place")
        MISSED = "missed", _("Did not take place")
        CANCELLED = "cancelled", _("Cancelled")

    class Absent(models.TextChoices):
        EXHIBITOR = "exhibitor", _("The exhibitor did not come")
        BUYER = "buyer", _("The buyer did not come")
        BOTH = "both", _("Neither came")

    class Side(models.TextChoices):
        EXHIBITOR = "exhibitor", _("The exhibitor")
        BUYER = "buyer", _("The buyer")
        OFFICE = "office", _("The office")
        PLAN = "plan", _("A later plan")

    leg = models.ForeignKey(Leg, models.PROTECT, related_name="meetings")
    exhibitor = models.ForeignKey(Participant, models.PROTECT, related_name="meetings_with_buyers")
    buyer = models.ForeignKey(Participant, models.PROTECT, related_name="meetings_with_exhibitors")
    half_day = models.ForeignKey(HalfDay, models.PROTECT, related_name="meetings")
    slot = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    slots = models.PositiveSmallIntegerField(default=1)
    interpreter = models.ForeignKey(
        Interpreter, models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    fixed = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.SET)
    absent = models.CharField(max_length=9, choices=Absent, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    cancelled_by = models.CharField(max_length=9, choices=Side, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True, help_text="since it was published")
    came_exhibitor = models.DateTimeField(null=True, blank=True)
    came_buyer = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["half_day", "slot", "table"]
        constraints = [
            models.UniqueConstraint(
                fields=["leg", "exhibitor", "buyer"],
                condition=~Q(state="cancelled"),
                name="meeting_once",
            ),
            models.UniqueConstraint(
                fields=["half_day", "slot", "table"],
                condition=~Q(state="cancelled"),
                name="meeting_table_once",
            ),
            models.UniqueConstraint(
                fields=["half_day", "slot", "exhibitor"],
                condition=~Q(state="cancelled"),
                name="meeting_exhibitor_once",
            ),
            models.UniqueConstraint(
                fields=["half_day", "slot", "buyer"],
                condition=~Q(state="cancelled"),
                name="meeting_buyer_once",
            ),
            models.CheckConstraint(condition=Q(slots__gt=0), name="meeting_takes_slots"),
            models.CheckConstraint(
                condition=~Q(state="missed") | ~Q(absent=""), name="meeting_missed_says_who"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | (~Q(reason="") & ~Q(cancelled_by="")),
                name="meeting_cancelled_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor} × {self.buyer}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("meeting", args=[self.pk])

    @property
    def begins(self) -> datetime:
        """When it begins by the clocks of its place, without a time zone."""
        first = datetime.combine(self.half_day.day, self.half_day.begins)
        return first + timedelta(minutes=self.half_day.minutes * (self.slot - 1))

    @property
    def ends(self) -> datetime:
        """When it ends by the clocks of its place, without a time zone."""
        return self.begins + timedelta(minutes=self.half_day.minutes * self.slots)
