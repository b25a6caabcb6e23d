"""The pages of outcomes: what came of support, one by one and for a programme."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import activities as actions
from gyoryu.programmes.forms.activities import OutcomeForm, outcome_listing
from gyoryu.programmes.forms.reviews import ReasonForm
from gyoryu.programmes.models import Application
from gyoryu.programmes.queries import activities as queries
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import page_of
from gyoryu.web.small import Page

SEE, CHANGE, WHO = "programmes.view", "programmes.change", "programmes.applicants"
COLUMNS = [
    export.Column(gettext_lazy("Application"), lambda row: row.application.number),
    export.Column(gettext_lazy("Applicant"), lambda row: row.application.name),
    export.Column(gettext_lazy("Programme"), lambda row: str(row.application.call.programme)),
    export.Column(gettext_lazy("Outcome"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Number"), lambda row: row.amount),
    export.Column(gettext_lazy("As of"), lambda row: row.on),
    export.Column(gettext_lazy("Reason"), lambda row: row.reason),
    export.Column(gettext_lazy("Taken back because"), lambda row: row.voided_reason),
]


@may(WHO)
def outcomes(request: Request) -> Any:
    listing = outcome_listing(request, clock.today())
    sheet = export.Sheet(_("Outcomes of support"), COLUMNS)
    if file := export.asked(request, listing.chosen, sheet):
        return file
    context = {
        "listing": listing,
        "heading": _("Outcomes of support"),
        "may_change": request.user.access.may(CHANGE),
    }
    return render(request, "programmes/activities/outcomes.html", context)


@may(CHANGE)
def outcome_new(request: Request, pk: int) -> HttpResponse:
    rows = visible(Application.objects.filter(voided_at=None), request.user, WHO)
    application = get_object_or_404(rows.select_related("unit"), pk=pk)
    check_may(request.user, CHANGE, application.unit)
    return small.run(
        request,
        OutcomeForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.note_outcome(application, **values, by=request.user, at=clock.now()),
        Page(
            _("Note an outcome"),
            above=(_("Outcomes of support"), reverse("outcomes")),
            explained=f"{application.number} {application.name}",
        ),
        done=_("The outcome is noted."),
    )


@may(CHANGE)
def outcome_void(request: Request, pk: int) -> HttpResponse:
    outcome = get_object_or_404(queries.outcomes_seen(request.user), pk=pk)
    check_may(request.user, CHANGE, outcome.unit)
    page = Page(
        _("Take an outcome back"),
        above=(_("Outcomes of support"), reverse("outcomes")),
        about=f"{outcome.application.number} · {outcome}",
    )
    return small.act_on(request, outcome, ReasonForm, actions.void_outcome, page)


@may(SEE)
def report(request: Request, pk: int) -> HttpResponse:
    programme = get_object_or_404(queries.programmes(request.user).select_related("unit"), pk=pk)
    access, path = request.user.access, programme.unit.path
    context = {
        "row": programme,
        "page": page_of(programme),
        "report": queries.report(programme),
        "may_see_who": access.may(WHO, path),
        "may_change": access.may(CHANGE, path),
    }
    return render(request, "programmes/activities/report.html", context)
