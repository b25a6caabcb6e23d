"""The screens of vouchers at the desk."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.programmes import bundles
from gyoryu.programmes.actions import vouchers as actions
from gyoryu.programmes.forms import vouchers as forms
from gyoryu.programmes.models import Application, Voucher
from gyoryu.programmes.queries import orders
from gyoryu.programmes.queries import terms as terms_queries
from gyoryu.programmes.queries import vouchers as queries
from gyoryu.programmes.rules import vouchers as rules
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, CHANGE, APPROVE = "programmes.applicants", "programmes.change", "programmes.approve"
COLUMNS = [
    export.Column(gettext_lazy("Number"), lambda row: row.award.number),
    export.Column(gettext_lazy("Company"), lambda row: row.award.name),
    export.Column(gettext_lazy("Programme"), lambda row: str(row.award.call.programme)),
    export.Column(gettext_lazy("Terms"), lambda row: str(row.terms)),
    export.Column(gettext_lazy("Rate in percent"), lambda row: row.rate),
    export.Column(gettext_lazy("Subsidy (won)"), lambda row: row.subsidy),
    export.Column(gettext_lazy("Company share (won)"), lambda row: row.share),
    export.Column(gettext_lazy("Share paid on"), lambda row: row.share_paid_on),
    export.Column(gettext_lazy("Reserved (won)"), lambda row: row.award.ceiling.reserved),
    export.Column(gettext_lazy("Used (won)"), lambda row: row.award.ceiling.approved),
    export.Column(gettext_lazy("Paid (won)"), lambda row: row.award.ceiling.paid),
    export.Column(gettext_lazy("Free (won)"), lambda row: row.award.ceiling.free),
    export.Column(gettext_lazy("Last day of use"), lambda row: row.award.ends_on),
    export.Column(gettext_lazy("Closed on"), lambda row: row.closed_on),
    export.Column(gettext_lazy("Left over (won)"), lambda row: row.unused),
    export.Column(gettext_lazy("Of it to the company (won)"), lambda row: row.unused_share),
]
SHEET = export.Sheet("vouchers", COLUMNS)


@may(SEE)
def vouchers(request: Request) -> Any:
    listing = forms.voucher_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET, clock.today()):
        return file
    may_issue = request.user.access.may(APPROVE)
    context = {
        "listing": listing,
        "heading": _("Vouchers"),
        "waiting": list(queries.to_issue(request.user)[:20]) if may_issue else [],
    }
    return render(request, "programmes/vouchers/vouchers.html", context)


@may(SEE)
def voucher(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.seen(request.user), pk=pk)
    access, path, on = request.user.access, row.award.unit.path, clock.today()
    context = {
        "row": row,
        **stands(row),
        "found": rules.reckoned(row),
        "orders": list(orders.in_full(row.orders.filter(voided_at=None)).order_by("-pk")[:50]),
        "why_not_order": why_not(rules.check_usable, row, on),
        "why_not_share": why_not(rules.check_can_pay_share, row),
        "why_not_close": why_not(rules.check_can_close, row),
        "may_change": access.may(CHANGE, path),
        "may_approve": access.may(APPROVE, path),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/vouchers/voucher.html", context)


def stands(row: Voucher) -> dict[str, Any]:
    """Return how a voucher stands, as its pages show it."""
    return {"whole": queries.whole(row), "uses": queries.by_service(row)}


@may(APPROVE)
def voucher_issue(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.to_issue(request.user), pk=pk)
    check_may(request.user, APPROVE, row.unit)
    terms = terms_queries.in_force(row.call.programme, clock.today())
    rules.check_can_issue(row, terms)
    return posting.run(
        request,
        forms.IssueForm(posting.typed(request), application=row, initial=_days(row)),
        "programmes/vouchers/issue.html",
        lambda values: actions.issue(row, values, by=request.user, at=clock.now()),
        context={
            "application": row,
            "terms": terms,
            "values": terms_queries.values_of(terms) if terms else {},
        },
        done=_("The voucher is issued. It can be used once the company's share is paid."),
    )


def _days(row: Application) -> dict[str, Any]:
    """Suggest the rest of the year, ten days to settle and two months to report."""
    on = clock.today()
    ends = date(on.year, 11, 30) if on < date(on.year, 11, 30) else date(on.year, 12, 31)
    return {
        "starts_on": on,
        "ends_on": ends,
        "claims_until": ends + timedelta(days=10),
        "report_due_on": ends + timedelta(days=60),
    }


def _to_change(request: Request, pk: int, capability: str = CHANGE) -> Voucher:
    row = get_object_or_404(queries.seen(request.user), pk=pk)
    check_may(request.user, capability, row.award.unit)
    return row


@may(CHANGE)
def voucher_share(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_can_pay_share(row)
    page = Page(
        _("The company's share came in"),
        row,
        explained=_("%(name)s: %(won)s KRW") % {"name": row.award.name, "won": f"{row.share:,}"},
    )
    return small.run(
        request,
        forms.ShareForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.pay_share(
            row, on=values["on"], account=forms.account_of(values), by=request.user, at=clock.now()
        ),
        page,
        done=_("The share is paid. The voucher can be used."),
    )


@may(APPROVE)
def voucher_close(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk, APPROVE)
    rules.check_can_close(row)
    subsidy, share = bundles.parted(row.award.ceiling.free, row.subsidy, row.share)
    page = Page(
        _("Close the voucher"),
        row,
        explained=_(
            "%(free)s KRW is left: %(subsidy)s KRW go back to the call, "
            "%(share)s KRW to the company."
        )
        % {
            "free": f"{row.award.ceiling.free:,}",
            "subsidy": f"{subsidy:,}",
            "share": f"{share if row.share_paid_on else 0:,}",
        },
    )
    return small.run(
        request,
        forms.CloseForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.close(row, **values, by=request.user, at=clock.now()),
        page,
        done=_("The voucher is closed, and what was left has gone back."),
    )
