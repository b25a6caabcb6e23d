"""What runs, waits and failed; one job's progress; trying again and cancelling."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gyoryu.jobs import actions, adapters, queries, rules
from gyoryu.jobs.forms import job_listing
from gyoryu.jobs.models import Job
from gyoryu.web import clock
from gyoryu.web.access import Request, signed_in
from gyoryu.web.records import why_not


@signed_in
def jobs(request: Request) -> HttpResponse:
    watches = request.user.access.may("jobs.watch")
    context = {
        "listing": job_listing(request, clock.today()),
        "heading": _("Jobs"),
        "watches": watches,
        "rounds": queries.rounds() if watches else [],
        "may_retry": request.user.access.may("jobs.retry"),
    }
    return render(request, "jobs/jobs.html", context)


@signed_in
def job(request: Request, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    context: dict[str, Any] = {
        "row": row,
        "may_retry": not why_not(rules.check_can_retry, row, by=request.user),
        "why_not_cancel": why_not(rules.check_can_cancel, row, by=request.user),
        "own": row.by_id == request.user.pk,
    }
    return render(request, "jobs/job.html", context)


@signed_in
def progress(request: Request, pk: int) -> HttpResponse:
    """The bar alone, for the page it stands on; once the job is over that page is read anew."""
    row = _seen(request, pk)
    reply = render(request, "jobs/progress.html", {"job": adapters.told(row)})
    if row.over:
        reply["HX-Refresh"] = "true"
    return reply


@signed_in
@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    row = actions.retry(_seen(request, pk), by=request.user, at=clock.now())
    messages.success(request, _("It waits for a worker again."))
    return HttpResponseRedirect(row.get_absolute_url())


@signed_in
@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    row = actions.cancel(_seen(request, pk), by=request.user, at=clock.now())
    messages.success(request, _("It is cancelled. Nothing was done."))
    return HttpResponseRedirect(row.get_absolute_url())


@signed_in
def file(request: Request, pk: int) -> FileResponse:
    """What a job made, for who asked for it alone: it holds what that person may see."""
    row = get_object_or_404(Job, pk=pk, by=request.user)
    if not row.file or not default_storage.exists(row.file):
        raise Http404
    return FileResponse(default_storage.open(row.file), as_attachment=True, filename=row.file_name)


def _seen(request: Request, pk: int) -> Job:
    return get_object_or_404(queries.seen_by(request.user), pk=pk)
