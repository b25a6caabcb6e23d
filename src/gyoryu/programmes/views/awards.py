"""The screens of awards: their list, the board of a call, the page of one, and its steps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.programmes.actions import awards as actions
from gyoryu.programmes.actions import bank_accounts
from gyoryu.programmes.forms import awards as forms
from gyoryu.programmes.forms.claims import AccountForm
from gyoryu.programmes.models import Application, Award, Call
from gyoryu.programmes.queries import awards as queries
from gyoryu.programmes.queries import claims as claim_queries
from gyoryu.programmes.rules import awards as rules
from gyoryu.web import clock, counting, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.listing import Listing
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

VIEW, CHANGE, APPROVE = "programmes.view", "programmes.change", "programmes.approve"
COLUMNS = [
    export.Column(gettext_lazy("Award"), lambda row: row.number),
    export.Column(gettext_lazy("Awardee"), lambda row: row.name),
    export.Column(gettext_lazy("Call"), lambda row: str(row.call)),
    export.Column(gettext_lazy("Kind of support"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
    export.Column(gettext_lazy("Granted (KRW)"), lambda row: row.ceiling.limit),
    export.Column(gettext_lazy("Reserved (KRW)"), lambda row: row.ceiling.reserved),
    export.Column(gettext_lazy("Approved (KRW)"), lambda row: row.ceiling.approved),
    export.Column(gettext_lazy("Paid (KRW)"), lambda row: row.ceiling.paid),
    export.Column(gettext_lazy("Paid in advance (KRW)"), lambda row: row.ceiling.advanced),
    export.Column(gettext_lazy("Left (KRW)"), lambda row: row.ceiling.free),
    export.Column(gettext_lazy("Own share, in percent"), lambda row: row.own_share),
    export.Column(gettext_lazy("Awarded on"), lambda row: row.awarded_on),
    export.Column(gettext_lazy("Signed on"), lambda row: row.agreed_on),
    export.Column(gettext_lazy("Supported from"), lambda row: row.starts_on),
    export.Column(gettext_lazy("Supported until"), lambda row: row.ends_on),
    export.Column(gettext_lazy("Costs can be claimed until"), lambda row: row.claims_until),
    export.Column(gettext_lazy("Report due"), lambda row: row.report_due_on),
    export.Column(gettext_lazy("Unit"), lambda row: str(row.unit)),
]
SHEET = export.Sheet(gettext_lazy("Awards"), COLUMNS)
NEWEST = 50


@may(VIEW)
def awards(request: Request) -> Any:
    listing = forms.award_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {
        "listing": listing,
        "heading": _("Awards"),
        "sums": _sums(listing),
        "may_add": request.user.access.may(APPROVE),
    }
    return render(request, "programmes/awards/awards.html", context)


def _sums(listing: Listing) -> queries.Sums | None:
    """Add up what a list comes to; nothing of one that is too long to be counted."""
    return queries.sums(listing.chosen) if listing.count <= counting.MANY else None


@may(VIEW)
def call_awards(request: Request, pk: int) -> Any:
    """The board of a call: what was granted, spent and left, by category and by awardee."""
    call = get_object_or_404(queries.calls(request.user).select_related("unit"), pk=pk)
    listing = forms.award_listing(request, clock.today(), call)
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    access, path = request.user.access, call.unit.path
    context = {
        "listing": listing,
        "heading": _("Awards of a call"),
        "call": call,
        "sums": _sums(listing),
        "categories": queries.by_category(call),
        "selected": list(queries.selected(request.user).filter(call=call)[:NEWEST])
        if access.may("programmes.applicants", path)
        else [],
        "may_add": access.may(APPROVE, path),
        "may_amend": access.may(APPROVE, path),
    }
    return render(request, "programmes/awards/board.html", context)


def found(request: Request, pk: int) -> Award:
    """Return an award the reader may see, with all that its page tells; else there is none."""
    rows = queries.seen(request.user).select_related(*queries.ON_PAGE)
    return get_object_or_404(rows, pk=pk)


def allowed(request: Request, pk: int, capability: str) -> Award:
    """Return an award with which the reader may do something; refuse one of another unit."""
    row = found(request, pk)
    check_may(request.user, capability, row.unit)
    return row


@may(VIEW)
def award(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    access, path = request.user.access, row.unit.path
    sees = access.may("programmes.applicants", path)
    claims = claim_queries.seen(request.user).filter(award=row).order_by("-pk")
    headings = queries.headings(row)
    amendments = row.amendments.select_related("asked_by", "approved_by")
    context = {
        "row": row,
        "headings": headings,
        "amendments": [(one, queries.told_changes(one, headings)) for one in amendments],
        "advances": list(row.advances.select_related("approved_by", "paid_by")),
        "claims": list(claims[:NEWEST]) if sees else None,
        "documents": list(evidence.of_record(row)),
        "entries": history.of_record(row)[:NEWEST],
        "may_change": access.may(CHANGE, path),
        "may_approve": access.may(APPROVE, path),
        "may_advance": access.may("programmes.approve_money", path),
        "may_pay": access.may("programmes.pay", path),
        "account": claim_queries.standing_account(row) if sees else None,
        **_why(row),
    }
    return render(request, "programmes/awards/award.html", context)


def _why(row: Award) -> dict[str, str]:
    """Say why a step is not possible, by the rules themselves."""
    today = clock.today()
    closed = why_not(rules.check_stands, row)
    return {
        "why_not_sign": why_not(rules.check_can_sign, row, today, today=today),
        "why_not_cancel": closed or why_not(rules.check_can_cancel, row, "-"),
        "why_not_amend": closed,
        "why_not_advance": closed or why_not(rules.check_can_advance, row, 1, "-"),
    }


@may(APPROVE)
def award_new(request: Request) -> HttpResponse:
    """Grant something to a selected application, or to a company under a call."""
    application = _asked(queries.selected(request.user), request, "application")
    call = (
        application.call
        if application
        else _asked(queries.calls(request.user).select_related("unit"), request, "call")
    )
    if call is None:
        raise Refused(_("Open a call's awards first and choose to whom."))
    check_may(request.user, APPROVE, call.unit)
    form = forms.GrantForm(
        posting.typed(request), call=call, whose=application is None,
        initial=_initial(call, application),
    )  # fmt: skip

    def grant(values: dict[str, Any]) -> Award:
        asked = form.grant(key=str(form.post_key), application=application)  # type: ignore[attr-defined]
        return actions.award(asked, by=request.user, at=clock.now())

    context = {"call": call, "application": application}
    template = "programmes/awards/award_form.html"
    return posting.run(request, form, template, grant, context=context, done=_("Granted."))


def _asked(rows: Any, request: Request, name: str) -> Any:
    number = request.GET.get(name, "")
    return rows.filter(pk=int(number)).first() if number.isdecimal() else None


def _initial(call: Call, application: Application | None) -> dict[str, Any]:
    asked = application.asked if application else None
    amount = min(asked or call.award_most or 0, call.award_most or asked or 0)
    return {"amount": amount or None}


@may(CHANGE)
def award_sign(request: Request, pk: int) -> HttpResponse:
    row = allowed(request, pk, CHANGE)
    return small.run(
        request,
        forms.DayForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.sign(row, **values, by=request.user, at=clock.now()),
        Page(_("Grant agreement signed"), row, save=_("It was signed")),
    )


@may(APPROVE)
def award_cancel(request: Request, pk: int) -> HttpResponse:
    row = allowed(request, pk, APPROVE)
    left = f"{row.ceiling.free:,}"
    page = Page(
        _("Cancel the award"),
        row,
        explained=_("%(left)s KRW that was not used goes back to the call.") % {"left": left},
        save=_("Cancel the award"),
    )
    return small.act_on(request, row, forms.ReasonForm, actions.cancel, page)


@may(CHANGE)
def award_account(request: Request, pk: int) -> HttpResponse:
    """Say for an awardee to which account it is paid, from its papers."""
    row = allowed(request, pk, CHANGE)
    return small.run(
        request,
        AccountForm(request.POST or None, initial={"holder": row.name}),
        lambda values: bank_accounts.tell(row, **values, by=request.user, at=clock.now()),
        Page(_("Bank account"), row),
    )
