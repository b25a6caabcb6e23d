"""The screens of sanctions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import home_unit
from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.programmes.actions import sanctions as actions
from gyoryu.programmes.forms import sanctions as forms
from gyoryu.programmes.models import Sanction
from gyoryu.programmes.queries import sanctions as queries
from gyoryu.programmes.rules import sanctions as rules
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

CHANGE = "programmes.sanction"
COLUMNS = [
    export.Column(gettext_lazy("Organisation"), lambda row: str(row.organisation)),
    export.Column(gettext_lazy("Business number"), lambda row: row.organisation.written_number),
    export.Column(gettext_lazy("First day"), lambda row: row.from_on),
    export.Column(gettext_lazy("Last day"), lambda row: row.until_on),
    export.Column(gettext_lazy("Reason"), lambda row: row.reason),
    export.Column(gettext_lazy("Legal basis"), lambda row: row.legal_basis),
    export.Column(gettext_lazy("Lifted on"), lambda row: row.lifted_on),
    export.Column(gettext_lazy("Lifted because"), lambda row: row.lifted_reason),
    export.Column(gettext_lazy("Unit"), lambda row: str(row.unit)),
]
SHEET = export.Sheet("sanctions", COLUMNS)


@may("programmes.view")
def sanctions(request: Request) -> Any:
    listing = forms.sanction_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET, clock.today()):
        return file
    context = {
        "listing": listing,
        "heading": _("Sanctions"),
        "may_change": request.user.access.may(CHANGE),
    }
    return render(request, "programmes/vouchers/sanctions.html", context)


@may("programmes.view")
def sanction(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.seen(request.user), pk=pk)
    on = clock.today()
    context = {
        "row": row,
        "stands": queries.standing([row.organisation_id], on).filter(pk=row.pk).exists(),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "why_not_lift": why_not(rules.check_can_lift, row, max(on, row.from_on)),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/vouchers/sanction.html", context)


@may(CHANGE)
def sanction_new(request: Request) -> HttpResponse:
    unit = home_unit(request.user, CHANGE)
    initial = {"from_on": clock.today()}
    return posting.run(
        request,
        forms.SanctionForm(posting.typed(request), initial=initial),
        "web/small_form.html",
        lambda values: actions.exclude(unit, values, by=request.user, at=clock.now()),
        context={"page": Page(_("New sanction"), above=(_("Sanctions"), reverse("sanctions")))},
        done=_("It is excluded from support in that time."),
    )


def _to_change(request: Request, pk: int) -> Sanction:
    row = get_object_or_404(queries.seen(request.user), pk=pk)
    check_may(request.user, CHANGE, row.unit)
    return row


@may(CHANGE)
def sanction_lift(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_can_lift(row)
    initial = {"on": max(clock.today(), row.from_on)}
    return small.run(
        request,
        forms.LiftForm(posting.typed(request), initial=initial),
        lambda values: actions.lift(row, **values, by=request.user, at=clock.now()),
        Page(_("Lift the sanction"), row),
        done=_("The sanction is lifted from that day on."),
    )


@may(CHANGE)
def sanction_void(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_can_lift(row)
    page = Page(_("Void the sanction"), above=(_("Sanctions"), reverse("sanctions")))
    return small.act_on(
        request,
        row,
        forms.ReasonForm,
        actions.void,
        page,
        done=_("The sanction is void. It stays in the history."),
    )
