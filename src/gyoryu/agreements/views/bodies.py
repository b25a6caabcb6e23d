"""The screens of consultative bodies."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import bodies as actions
from gyoryu.agreements.forms import bodies as forms
from gyoryu.agreements.models import Agreement, Body, Engagement
from gyoryu.agreements.queries import bodies as queries
from gyoryu.agreements.rules import bodies as rules
from gyoryu.agreements.views.engagements import CHANGE, by_side
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.web import clock, export, lists, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

COLUMNS = [
    export.Column(gettext_lazy("Name in Korean"), lambda row: row.name_ko),
    export.Column(gettext_lazy("Name in English"), lambda row: row.name_en),
    export.Column(gettext_lazy("Agreement"), lambda row: str(row.agreement)),
    export.Column(gettext_lazy("Agreement number"), lambda row: row.agreement.number),
    export.Column(gettext_lazy("Our lead office"), lambda row: str(row.lead_ours or "")),
    export.Column(gettext_lazy("Their lead office"), lambda row: str(row.lead_theirs or "")),
    export.Column(gettext_lazy("Cadence in months"), lambda row: row.cadence_months),
    export.Column(gettext_lazy("Founded on"), lambda row: row.founded_on),
    export.Column(gettext_lazy("Sessions held"), lambda row: row.held),
    export.Column(gettext_lazy("Last session"), lambda row: row.last_on),
    export.Column(gettext_lazy("Next session due"), lambda row: row.next_due_on),
    export.Column(gettext_lazy("Ended on"), lambda row: row.ended_on),
]
SHEET = export.Sheet("bodies", COLUMNS)


@may("agreements.view")
def bodies(request: Request) -> Any:
    listing = forms.body_listing(request, clock.today())
    return lists.show(request, listing, SHEET, "agreements/bodies.html", _("Consultative bodies"))


@may("agreements.view")
def body(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.in_full(request.user), pk=pk)
    sessions = list(queries.sessions(row, request.user))
    promised = list(queries.open_commitments(row, request.user))
    context = {
        "row": row,
        "sessions": sessions,
        "held": sum(one.state == Engagement.State.HELD for one in sessions),
        "planned": [one for one in sessions if one.state == Engagement.State.PLANNED],
        "sides": by_side(promised),
        "promised": promised,
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "why_no_session": records.why_not(rules.check_can_hold, row),
        "documents": evidence.of_record(row),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "agreements/body.html", context)


@may("agreements.change")
def body_new(request: Request, pk: int) -> HttpResponse:
    rows = visible(Agreement.objects.filter(voided_at=None), request.user, "agreements.view")
    agreement = get_object_or_404(rows.select_related("unit"), pk=pk)
    check_may(request.user, CHANGE, agreement.unit)
    rules.check_can_found(agreement)
    initial = {"owner": request.user}
    return posting.run(
        request,
        forms.BodyForm(posting.typed(request), user=request.user, initial=initial),
        "agreements/body_form.html",
        lambda values: actions.found(agreement, values, by=request.user, at=clock.now()),
        context={"agreement": agreement, "heading": _("New consultative body")},
        done=_("The body is founded."),
    )


def _to_change(request: Request, pk: int) -> Body:
    rows = queries.seen(request.user).select_related(
        "unit", "agreement", "lead_ours", "lead_theirs", "owner"
    )
    return records.found(request, rows, pk, CHANGE)


@may("agreements.change")
def body_edit(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_not_ended(row)
    return posting.run(
        request,
        forms.BodyForm(
            posting.typed(request), user=request.user, row=row, initial=forms.edited(row)
        ),
        "agreements/body_form.html",
        lambda values: actions.change(row, values, by=request.user, at=clock.now()),
        context={"row": row, "agreement": row.agreement, "heading": _("Edit the body")},
    )


@may("agreements.change")
def session_new(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_can_hold(row)
    initial = {"session_number": lambda: queries.next_number(row)}
    return posting.run(
        request,
        forms.SessionForm(posting.typed(request), initial=initial),
        "agreements/body_form.html",
        lambda values: actions.hold_session(row, values, by=request.user, at=clock.now()),
        context={
            "row": row,
            "agreement": row.agreement,
            "heading": _("Record a session"),
            "promised": queries.open_commitments(row, request.user),
            "session": True,
        },
        done=_("The session is recorded. Add who was there and what was promised."),
    )


@may("agreements.change")
def body_end(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_not_ended(row)
    page = Page(_("End the body"), row)
    return small.act_on(
        request,
        row,
        forms.EndForm,
        actions.end,
        page,
        done=_("The body has ended. Its sessions and promises stay."),
    )
