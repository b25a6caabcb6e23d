"""The list of jobs: its conditions, its order and its tabs."""

from datetime import date

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus

from gyoryu.base import names
from gyoryu.jobs import queries
from gyoryu.jobs.models import Job
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

_IS = "result__status"
_FAILED = Q(result__status=TaskResultStatus.FAILED)
TABS = [
    Tab("running", _("Being done"), Q(**{_IS: TaskResultStatus.RUNNING})),
    Tab("waiting", _("In the queue"), Q(**{_IS: TaskResultStatus.READY})),
    Tab("failed", _("Failed"), _FAILED & Q(cancelled_at=None), "bad"),
    Tab("done", _("Done"), Q(**{_IS: TaskResultStatus.SUCCESSFUL})),
]


class JobFilter(django_filters.FilterSet):
    """Jobs by their words or by who asked."""

    q = django_filters.CharFilter(label=_("Job or person"), method="by_words")

    def by_words(self, rows: QuerySet[Job], name: str, value: str) -> QuerySet[Job]:
        """Find jobs by what they are called, or by who asked for them."""
        text = names.nfc(value)
        return rows.filter(
            Q(name_ko__icontains=text)
            | Q(name_en__icontains=text)
            | Q(by__name_ko__icontains=text)
            | Q(by__name_en__icontains=text)
        )


def job_listing(request: Request, today: date) -> Listing:
    """Return the jobs that somebody may see, as they ask for them."""
    return Listing(
        request,
        queries.seen_by(request.user),
        JobFilter,
        sorts={"queued": Sort("pk")},
        default="-queued",
        tabs=TABS,
    )


class SureForm(forms.Form):
    """A step that asks only whether it is meant."""
