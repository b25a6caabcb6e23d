from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gyoryu.accounts.models import Unit, User
from gyoryu.evidence.models import Document


class Batch(models.Model):
    """A file on its way into the register: taken, looked through, saved whole, or undone.

    ``columns`` maps the place of a column (as text) to the field it is read as; ``options`` holds
    what was chosen beside it; ``also`` what was made on the way, such as partners that were not
    known yet, by the model's label.
    """

    class Kind(models.TextChoices):
        AGREEMENTS = "agreements", _("Agreements")
        ORGANISATIONS = "organisations", _("Organisations")
        PEOPLE = "people", _("People")
        ENGAGEMENTS = "engagements", _("Engagements")
        COMMITMENTS = "commitments", _("Commitments")
        CONSULTATIONS = "consultations", _("Consultations")
        DEALS = "deals", _("Deals")
        SALES = "sales", _("Mall sales")
        COSTS = "costs", _("Running costs of centres")
        BUYERS = "buyers", _("Buyers of an event")
        EXHIBITORS = "exhibitors", _("Exhibitors of an event")
        APPLICATIONS = "applications", _("Applications on paper")
        WISHES = "wishes", _("Wishes for meetings")

    class Status(models.TextChoices):
        TAKEN = "taken", _("Columns to be chosen")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Ready to be saved")
        SAVING = "saving", _("Being saved")
        SAVED = "saved", _("Saved")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Discarded")

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("responsible unit")
    )
    kind = models.CharField(max_length=14, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.TAKEN)
    name = models.CharField(max_length=200, help_text="of the file, as it came")
    sha256 = models.CharField(max_length=64, db_index=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    encoding = models.CharField(max_length=8, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    header_lines = models.PositiveSmallIntegerField(default=1)
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    also = models.JSONField(default=dict)
    done_rows = models.PositiveIntegerField(default=0, help_text="of the step that is running")
    rows = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=500, blank=True, help_text="why the last step stopped")
    last_entry = models.PositiveBigIntegerField(
        null=True, help_text="the history's newest entry when it was saved"
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["saved", "undoing", "undone"]) | Q(saved_at__isnull=False),
                name="batch_saved_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status="undone") | Q(undone_at__isnull=False),
                name="batch_undone_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="batch_of_unit")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The import's page."""
        return reverse("import", args=[self.pk])

    @property
    def good(self) -> int:
        """How many rows would add or change something."""
        return self.new + self.changed

    @property
    def running(self) -> bool:
        """Whether something is being done with it now."""
        return self.status in {self.Status.CHECKING, self.Status.SAVING, self.Status.UNDOING}


class Line(models.Model):
    """A row of the file and what it comes to.

    ``errors`` are [field, reason]; ``notes`` what is worth knowing of a row that comes in all the
    same; ``changes`` map a field to [before, after] in words; ``before`` keeps what undoing puts
    back; ``made`` names rows made beside the record, by label.
    """

    class Outcome(models.TextChoices):
        NEW = "new", pgettext_lazy("import", "New")
        SAME = "same", _("The same")
        CHANGED = "changed", _("Would change")
        WRONG = "wrong", _("With errors")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField(help_text="of the spreadsheet, counted from 1")
    outcome = models.CharField(max_length=7, choices=Outcome)
    name = models.CharField(max_length=200, blank=True)
    cells: Any = models.JSONField(default=dict)
    errors: Any = models.JSONField(default=list)
    notes: Any = models.JSONField(default=list)
    changes: Any = models.JSONField(default=dict)
    record = models.PositiveBigIntegerField(null=True)
    before: Any = models.JSONField(default=dict)
    made: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="imported_line_once"),
        ]
        indexes = [models.Index(fields=["batch", "outcome", "row"], name="line_by_outcome")]

    def __str__(self) -> str:
        return f"{self.row} {self.name}"
