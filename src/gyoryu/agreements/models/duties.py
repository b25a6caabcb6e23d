"""Duties: what law or ordinance requires of an agreement."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User, in_language
from gyoryu.agreements.models.agreements import Agreement
from gyoryu.evidence.models import Document


class DutyKind(models.TextChoices):
    """The steps that ordinances know."""

    PRE_REVIEW = "pre_review", _("Pre-review")
    COUNCIL_CONSENT = "council_consent", _("Council consent")
    PUBLICATION = "publication", _("Publication in the register")
    EVALUATION = "evaluation", _("Evaluation meeting")
    COMMITTEE_REPORT = "committee_report", _("Report to the committee")
    RENEWAL_NOTICE = "renewal_notice", _("Notice of renewal")
    REVIEW_SUSPENSION = "review_suspension", _("Review of the suspension")


class DutyTemplate(models.Model):
    """A rule of one government: which agreements owe which duty, and when.

    ``trigger`` and ``months``/``days`` say when the duty falls due: so long before or after
    signing, again every so many months, or after another duty was done. At regular intervals,
    ``days`` is the day of the month by which it is due, or 0 for the day the interval ends on.
    ``since`` is the day the rule took effect: nothing before it is asked for.
    """

    class Trigger(models.TextChoices):
        BEFORE_SIGNING = "before_signing", _("Before signing")
        AFTER_SIGNING = "after_signing", _("After signing")
        EVERY = "every", _("At regular intervals")
        AFTER_EVALUATION = "after_evaluation", _("After each evaluation meeting")
        BEFORE_END = "before_end", _("Before the term ends")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duty_templates")
    kind = models.CharField(max_length=20, choices=DutyKind)
    agreement_kinds = models.JSONField(default=list, blank=True, help_text="empty: all kinds")
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    basis_ko = models.CharField(max_length=200)
    basis_en = models.CharField(max_length=200, blank=True)
    trigger = models.CharField(max_length=16, choices=Trigger)
    months = models.PositiveSmallIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    since = models.DateField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["unit", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(trigger="every") | Q(months__gt=0), name="duty_template_interval"
            ),
            models.CheckConstraint(
                condition=~Q(trigger="every") | Q(days__lte=31), name="duty_template_day_of_month"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """Where the template is changed."""
        return reverse("policy-edit", args=[self.pk])

    @property
    def basis(self) -> str:
        """The ordinance and article, in the reader's language."""
        return in_language(self.basis_ko, self.basis_en)


# Where done and waived duties stand among the open ones: behind them all.
SETTLED = date(9999, 12, 31)


class Duty(models.Model):
    """One dated step that an agreement owes. Done with evidence or waived with a reason."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="duties")
    template = models.ForeignKey(DutyTemplate, models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=20, choices=DutyKind)
    due_on = models.DateField()
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="duties")
    done_on = models.DateField(null=True, blank=True)
    done_note = models.CharField(max_length=300, blank=True)
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    waived_on = models.DateField(null=True, blank=True)
    waived_reason = models.CharField(max_length=300, blank=True)
    # Kept by the database itself, so that a board of all duties is read in its order.
    open_until = models.GeneratedField(
        expression=models.Case(
            models.When(done_on=None, waived_on=None, then=models.F("due_on")),
            default=models.Value(SETTLED),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "template", "due_on"], name="duty_once"),
            models.CheckConstraint(
                condition=Q(waived_on=None) | ~Q(waived_reason=""), name="duty_waived_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(waived_on=None), name="duty_done_or_waived"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(evidence__isnull=False) | ~Q(done_note=""),
                name="duty_done_has_evidence",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"]),
            models.Index(fields=["open_until", "id", "agreement"], name="duty_by_urgency"),
            models.Index(fields=["agreement", "open_until"], name="duty_of_agreement_by_urgency"),
            models.Index(
                fields=["kind", "due_on", "agreement", "done_on", "waived_on"], name="duty_of_kind"
            ),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(done_on=None, waived_on=None),
                name="duty_open_by_due",
            ),
        ]

    def __str__(self) -> str:
        return str(self.template)

    @property
    def open(self) -> bool:
        """Neither done nor waived."""
        return self.done_on is None and self.waived_on is None
