"""Who is asked, 3, 6 and 12 months after an event, what became of its talks."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.trade.models.dealings import Grade
from gyoryu.trade.models.deals import Deal
from gyoryu.trade.models.events import Event, Participant


class FollowUp(models.Model):
    """An exhibitor asked 3, 6 and 12 months after an event what became of its talks.

    ``answers`` are kept as they were given, line by line; they may be saved and completed up to
    ``until``, the day before the next round. What was sent has become steps of deals.
    """

    class State(models.TextChoices):
        DUE = "due", _("To be asked")
        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        SILENT = "silent", _("Did not answer")

    exhibitor = models.ForeignKey(Participant, models.PROTECT, related_name="follow_ups")
    event = models.ForeignKey(
        Event, models.PROTECT, related_name="follow_ups", db_index=False, help_text="its own"
    )
    months = models.PositiveSmallIntegerField(help_text="after the event: 3, 6 or 12")
    due_on = models.DateField()
    until = models.DateField(help_text="the last day on which it can be answered")
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    mark = models.CharField(max_length=64, blank=True, help_text="digest of the link's secret")
    asked_at = models.DateTimeField(null=True, blank=True)
    chased = models.PositiveSmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True, help_text="begun, and not sent yet")
    answered_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict, help_text="as they were given, by line")

    untold = frozenset({"mark", "answers"})

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "months"], name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(months__in=[3, 6, 12]), name="follow_up_after_stated_months"
            ),
            models.CheckConstraint(condition=Q(chased__lte=2), name="follow_up_chased_twice"),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False),
                name="follow_up_answered_at",
            ),
            models.UniqueConstraint(
                fields=["mark"], condition=~Q(mark=""), name="follow_up_link_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="follow_up_by_due"),
            models.Index(fields=["state", "due_on", "id"], name="follow_up_by_state"),
            models.Index(fields=["event", "due_on", "id"], name="follow_up_of_event"),
            models.Index(fields=["months", "due_on", "id"], name="follow_up_of_round"),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor} +{self.months}"

    def get_absolute_url(self) -> str:
        """The follow-up's page."""
        return reverse("follow-up", args=[self.pk])


class Unproven(models.Model):
    """That a company says a deal has reached a grade, by its word alone: the paper is missing.

    It waits while the deal is open and below that grade; once the paper is there, or nothing comes
    of the deal, it waits no more. The amount is in the deal's currency.
    """

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="unproven")
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="+")
    says = models.CharField(max_length=9, choices=Grade)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    on = models.DateField(help_text="when it was so, as the company says")
    at = models.DateTimeField(help_text="when it said so")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "follow_up"], name="unproven_once_a_round"),
            models.CheckConstraint(
                condition=Q(says__in=["signed", "verified"]), name="unproven_needs_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.says}"
