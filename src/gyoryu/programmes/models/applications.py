"""Applications: who asks for what, and how far it has come."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record, User
from gyoryu.evidence.models import Document
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models.calls import Call, EligibilityRule, RequiredDocument, Track


class Representative(models.Model):
    """Somebody who acts for an organisation on the applicants' pages.

    The first is taken at their word and confirmed by an officer before money moves; those who
    come later are let in by one who is there, or by an officer.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="represents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="representatives")
    since = models.DateField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    merges = {"organisation": "move"}
    merge_once = ("user", "organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="representative_once")
        ]
        indexes = [
            models.Index(
                fields=["since", "id"],
                condition=Q(confirmed_at=None, ended_on=None),
                name="representative_unconfirmed",
            )
        ]

    def __str__(self) -> str:
        # Without the person: the history keeps it for ever, and says who did it beside it.
        return str(self.organisation)


class Admission(models.Model):
    """Somebody who asks to act for an organisation that has representatives already."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked to be let in")
        LET_IN = "let_in", _("Let in")
        REFUSED = "refused", _("Turned away")

    user = models.ForeignKey(User, models.PROTECT, related_name="admissions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="admissions")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    merges = {"organisation": "move"}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(state="asked"),
                name="admission_asked_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="admission_refused_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Application(Record):
    """One applicant's answer to a call."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned for completion")
        ELIGIBLE = "eligible", _("Eligible")
        INELIGIBLE = "ineligible", _("Not eligible")
        IN_REVIEW = "in_review", _("In review")
        INTERVIEW = "interview", _("Invited to present")
        SELECTED = "selected", _("Selected")
        RESERVE = "reserve", _("On the reserve list")
        REJECTED = "rejected", _("Not selected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RUNNING = "running", _("Under way")
        REPORTED = "reported", _("Reported")
        CLOSED = "closed", _("Closed")

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    track = models.ForeignKey(
        Track, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    number = models.CharField(max_length=20, blank=True, help_text="given when it is submitted")
    applicant = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    name = models.CharField(max_length=200, help_text="of the company, team or person, as applied")
    business_number = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    status_since = models.DateField()
    status_reason = models.CharField(max_length=1000, blank=True)
    complete_until = models.DateTimeField(
        null=True, blank=True, help_text="when it was returned: until when it can be completed"
    )
    typed = models.JSONField(
        default=dict, help_text="the form as it was last typed: lists of texts by field"
    )
    answers = models.JSONField(default=dict, help_text="as they were submitted")
    asked = models.BigIntegerField(null=True, blank=True, help_text="in won")
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)

    untold = frozenset({"answers", "typed", "name"})
    merges = {"organisation": "move"}
    # Who may see it and its documents: not everybody who may read programmes.
    guarded_by = "programmes.applicants"

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=~Q(number="") & Q(voided_at=None),
                name="application_number_once",
            ),
            models.UniqueConstraint(
                fields=["call", "business_number"],
                condition=~Q(business_number="") & ~Q(status="withdrawn") & Q(voided_at=None),
                name="application_once_per_company",
            ),
            models.UniqueConstraint(
                fields=["call", "applicant"],
                condition=Q(organisation=None, applicant__isnull=False)
                & ~Q(status="withdrawn")
                & Q(voided_at=None),
                name="application_once_per_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | Q(complete_until__isnull=False),
                name="application_returned_until",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="application_past_draft_is_submitted",
            ),
            models.CheckConstraint(
                condition=Q(asked=None) | Q(asked__gte=0), name="application_asks_no_less_than_zero"
            ),
        ]
        indexes = [
            models.Index(fields=["call", "status", "id"], name="application_of_call"),
            models.Index(fields=["call", "submitted_at", "id"], name="application_of_call_by_day"),
            models.Index(
                fields=["status", "voided_at", "number", "id"], name="application_counted"
            ),
            models.Index(
                fields=["unit", "status", "voided_at"], name="application_counted_of_unit"
            ),
            models.Index(fields=["organisation"], name="application_of_company"),
            models.Index(fields=["business_number"], name="application_of_number"),
            models.Index(fields=["number"], name="application_by_number"),
            models.Index(fields=["submitted_at", "id"], name="application_by_submission"),
        ]

    def __str__(self) -> str:
        # Never the name: a record's name stands in the history, in titles and before blind panels.
        return self.number or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """The application's page at the desk."""
        return reverse("application", args=[self.pk])


class Member(models.Model):
    """Somebody in a team that applies."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="members")
    name = models.CharField(max_length=80)
    office = models.CharField(max_length=120, blank=True)
    leads = models.BooleanField(default=False)

    untold = frozenset({"*"})

    class Meta:
        ordering = ["-leads", "id"]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A document handed in with an application, as the answer to a required paper or on its own."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    paper = models.ForeignKey(
        RequiredDocument, models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.CharField(
        max_length=30, blank=True, help_text="code of the question that it answers, if one asks"
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.document)


class PaperHeld(models.Model):
    """A required paper, or the file that a question asks for, that lies in the office on paper."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers_held")
    paper = models.ForeignKey(
        RequiredDocument, models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.CharField(
        max_length=30, blank=True, help_text="code of the question that asks for it"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False, question="") | Q(paper=None) & ~Q(question=""),
                name="paper_held_for_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.paper or self.question)


class Finding(models.Model):
    """What a rule of eligibility said of an application, or what an officer decided instead."""

    class Outcome(models.TextChoices):
        MET = "met", _("Met")
        NOT_MET = "not_met", _("Not met")
        NOT_KNOWN = "not_known", _("Not known yet")

    application = models.ForeignKey(Application, models.CASCADE, related_name="findings")
    rule = models.ForeignKey(EligibilityRule, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    code = models.CharField(max_length=40, blank=True, help_text="the engine's reason, as a key")
    values = models.JSONField(default=dict, help_text="the values in the engine's reason")
    reason = models.CharField(max_length=500, blank=True, help_text="the officer's own")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["rule__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "rule"], name="finding_once"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(reason=""), name="finding_decided_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reason or self.get_outcome_display()


class Step(models.Model):
    """A change of an application's status, as the applicant may read it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    status = models.CharField(max_length=10, choices=Application.Status)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_status_display()
