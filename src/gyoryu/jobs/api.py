"""Jobs as programs watch them, try them again and take them back."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.jobs import actions, adapters, queries
from gyoryu.jobs.forms import SureForm, job_listing
from gyoryu.jobs.models import Job
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE = "jobs.view", "jobs.change"
LIST = "jobs"
desk = Desk(_("Jobs"))
DESKS = [desk]


class JobRow(Shape):
    """Work that a worker carries out: where it stands, and how far it is.

    ``done`` of ``total`` steps, and ``doing`` what is being done; ``trouble`` is why it failed, or
    failed the last time. ``over`` says that nothing more happens by itself.
    """

    id: int
    name: str
    state: Job.State
    over: bool
    done: int
    total: int
    doing: str
    trouble: str
    tries: int
    most: int
    queued_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    by: Named | None
    unit: Named | None

    @staticmethod
    def resolve_name(row: Job) -> str:
        """Say what is done, in the language asked for."""
        return str(row)

    @staticmethod
    def resolve_begun_at(row: Job) -> Any:
        """Return when a worker took it up."""
        return row.result.started_at

    @staticmethod
    def resolve_ended_at(row: Job) -> Any:
        """Return when it was done, failed or was cancelled."""
        return row.result.finished_at


def _seen(call: Call) -> Job:
    return get_object_or_404(queries.seen_by(call.user), pk=call.pk)


def _told(call: Call) -> Job:
    return adapters.told(_seen(call))


desk.lists(LIST, _("Jobs"), JobRow, job_listing, may=VIEW)
desk.shows("jobs/{pk}", _("Job"), JobRow, _told, may=VIEW)
desk.writes(
    "jobs/{pk}/retry", _("Try the job again"), SureForm,
    lambda call, _form: actions.retry(call.row, **call.who), may=CHANGE, find=_seen,
)  # fmt: skip
desk.writes(
    "jobs/{pk}/cancel", _("Cancel the job"), SureForm,
    lambda call, _form: actions.cancel(call.row, **call.who), may=CHANGE, find=_seen,
)  # fmt: skip
