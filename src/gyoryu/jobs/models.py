from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gyoryu.accounts.models import Unit, in_language


class Job(models.Model):
    """Work that somebody asked for and a worker carries out: what the task's own row does not keep.

    ``result`` holds the call, its state and its times. Here stand who asked, what for, who has it
    in hand until when (the lease), how often it was tried and how far it is. A job in hand whose
    lease has run out belongs to a dead worker and is given back. ``key`` is held while it waits, so
    that the same work is not queued twice; it is empty from the moment a worker takes it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("In the queue")
        RUNNING = "running", _("Being done")
        FAILED = "failed", _("Failed")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    result = models.OneToOneField(DBTaskResult, models.CASCADE, related_name="job")
    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    model = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    record = models.PositiveBigIntegerField(null=True)
    link = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 (null is unique)
    queued_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(default=5)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    doing_ko = models.CharField(max_length=200, blank=True)
    doing_en = models.CharField(max_length=200, blank=True)
    trouble_ko = models.CharField(max_length=500, blank=True)
    trouble_en = models.CharField(max_length=500, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["by", "-id"], name="job_of_user"),
            models.Index(fields=["unit", "-id"], name="job_of_unit"),
            models.Index(fields=["model", "record", "-id"], name="job_of_record"),
            models.Index(
                fields=["lease_until"], condition=~Q(lease_until=None), name="job_in_hand"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The job's page, for who asked and for administrators."""
        return reverse("job", args=[self.pk])

    @property
    def state(self) -> "Job.State":
        """Where the job stands."""
        if self.cancelled_at:
            return self.State.CANCELLED
        return {
            TaskResultStatus.READY: self.State.WAITING,
            TaskResultStatus.RUNNING: self.State.RUNNING,
            TaskResultStatus.SUCCESSFUL: self.State.DONE,
        }.get(TaskResultStatus(self.result.status), self.State.FAILED)

    @property
    def over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state not in {self.State.WAITING, self.State.RUNNING}

    @property
    def doing(self) -> str:
        """What is being done now, in the reader's language."""
        return in_language(self.doing_ko, self.doing_en)

    @property
    def trouble(self) -> str:
        """Why it failed, or failed the last time, in the reader's language."""
        return in_language(self.trouble_ko, self.trouble_en)


class Round(models.Model):
    """Work that comes round by the clock: when it is due, who has it in hand, how it went.

    ``name`` is the English text of its label. One worker at a time claims it; a claim whose lease
    has run out is a dead worker's.
    """

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    did = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
