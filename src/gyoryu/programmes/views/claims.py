"""The desk's screens of claims: what waits, the page of one, and what is decided of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.programmes.actions import claims as actions
from gyoryu.programmes.actions import decisions, payments
from gyoryu.programmes.forms import claims as forms
from gyoryu.programmes.forms.awards import DayForm, ReasonForm
from gyoryu.programmes.models import Award, Claim, Order
from gyoryu.programmes.queries import claims as queries
from gyoryu.programmes.queries import orders, standing
from gyoryu.programmes.rules import claims as rules
from gyoryu.programmes.views.awards import CHANGE, allowed
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, MONEY, PAY = "programmes.applicants", "programmes.approve_money", "programmes.pay"
COLUMNS = [
    export.Column(gettext_lazy("Claim"), lambda row: row.number),
    export.Column(gettext_lazy("Award"), lambda row: row.award.number),
    export.Column(gettext_lazy("Awardee"), lambda row: row.award.name),
    export.Column(gettext_lazy("Claimed under"), lambda row: str(row.heading)),
    export.Column(gettext_lazy("Issuer of the invoice"), lambda row: row.provider_name),
    export.Column(gettext_lazy("Business number of the issuer"), lambda row: row.provider_number),
    export.Column(gettext_lazy("Number on the invoice"), lambda row: row.invoice),
    export.Column(gettext_lazy("Day of the invoice"), lambda row: row.invoice_on),
    export.Column(gettext_lazy("Currency"), lambda row: row.currency),
    export.Column(gettext_lazy("Price without VAT"), lambda row: row.supply),
    export.Column(gettext_lazy("VAT"), lambda row: row.vat),
    export.Column(gettext_lazy("Counts for (KRW)"), lambda row: row.eligible),
    export.Column(gettext_lazy("Approved (KRW)"), lambda row: row.approved),
    export.Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
    export.Column(gettext_lazy("Reason"), lambda row: row.status_reason),
    export.Column(gettext_lazy("Handed in on"), lambda row: row.submitted_at),
    export.Column(gettext_lazy("Paid on"), lambda row: row.paid_on),
    export.Column(gettext_lazy("Unit"), lambda row: str(row.unit)),
]
SHEET = export.Sheet(gettext_lazy("Claims"), COLUMNS)


@may(SEE)
def claims(request: Request) -> Any:
    listing = forms.claim_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {
        "listing": listing,
        "heading": _("Claims"),
        "may_pay": request.user.access.may(PAY),
        "today": clock.today(),
    }
    return render(request, "programmes/claims/claims.html", context)


def found(request: Request, pk: int) -> Claim:
    """Return a claim the reader may see at the desk, with all that its page tells."""
    return get_object_or_404(queries.in_full(queries.seen(request.user)), pk=pk)


def decided(request: Request, pk: int, capability: str) -> Claim:
    """Return a claim about which the reader may decide; refuse one of another unit."""
    row = found(request, pk)
    check_may(request.user, capability, row.unit)
    return row


@may(SEE)
def claim(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    held = list(evidence.of_record(row))
    access, path = request.user.access, row.unit.path
    context = {
        "row": row,
        "counted": rules.counted(row),
        "room": queries.room(row),
        "cuts": list(row.cuts.all()),
        "account": queries.account_of(row),
        "missing": rules.missing(row, {one.kind for one in held}),
        "documents": held,
        "entries": history.of_record(row)[:50],
        "may_change": access.may(CHANGE, path),
        "may_decide": access.may(MONEY, path),
        "may_pay": access.may(PAY, path),
        **_why(request, row),
    }
    return render(request, "programmes/claims/claim.html", context)


def _why(request: Request, row: Claim) -> dict[str, str]:
    """Say why a step is not possible, by the rules themselves."""
    user, today = request.user, clock.today()
    return {
        "why_not_submit": why_not(standing.check, row, user, today)
        if row.status in rules.WRITTEN
        else "",
        "why_not_decide": why_not(rules.check_submitted, row),
        "why_not_approve": why_not(rules.check_can_approve, row, user),
        "why_not_pay": why_not(rules.check_can_pay, row, today, user, today=today),
        "why_not_reverse": why_not(rules.check_can_reverse_payment, row, "-"),
        "why_not_reopen": why_not(rules.check_can_reopen, row, "-"),
    }


def order_asked(request: Request, award: Award) -> Order | None:
    """Return the order that a new claim settles, if the address names one."""
    number = request.GET.get("order", "")
    if not number:
        rules.check_ordered(award, None)
        return None
    rows = orders.to_settle(award)
    return get_object_or_404(rows, pk=int(number) if number.isdecimal() else 0)


@may(CHANGE)
def claim_new(request: Request, pk: int) -> HttpResponse:
    """Enter a claim for an awardee, from its papers, or a benefit in kind with what it cost."""
    award = allowed(request, pk, CHANGE)
    order = order_asked(request, award)
    form = forms.ClaimForm(
        posting.typed(request), award=award, desk=True, initial=forms.of_order(order)
    )

    def begin(values: dict[str, Any]) -> Claim:
        return actions.draft(award, {**values, "order": order}, by=request.user, at=clock.now())

    context = {"award": award, "desk": True}
    template = "programmes/claims/claim_form.html"
    done = _("Now add the documents and hand it in.")
    return posting.run(request, form, template, begin, context=context, done=done)


def _written(request: Request, pk: int) -> Claim:
    """Return a claim that the office writes for an awardee, while it can be written."""
    row = decided(request, pk, CHANGE)
    rules.check_can_write(row)
    return row


@may(CHANGE)
def claim_edit(request: Request, pk: int) -> HttpResponse:
    row = _written(request, pk)
    form = forms.ClaimForm(
        posting.typed(request), award=row.award, desk=True, initial=forms.edited(row)
    )

    def change(values: dict[str, Any]) -> Claim:
        return actions.change(row, values, by=request.user, at=clock.now())

    context = {"award": row.award, "row": row, "desk": True}
    return posting.run(request, form, "programmes/claims/claim_form.html", change, context=context)


@may(CHANGE)
def claim_submit(request: Request, pk: int) -> HttpResponse:
    """Hand in for an awardee what the office has entered."""
    row = _written(request, pk)
    return small.run(
        request,
        forms.NoForm(request.POST if request.method == "POST" else None),
        lambda _values: actions.submit(row, by=request.user, at=clock.now()),
        Page(_("Hand the claim in"), row, save=_("Hand it in")),
    )


@may(CHANGE)
def claim_drop(request: Request, pk: int) -> HttpResponse:
    row = _written(request, pk)
    return small.run(
        request,
        ReasonForm(posting.typed(request)),
        lambda values: actions.drop(row, **values, by=request.user, at=clock.now()) and row.award,
        Page(_("Throw the claim away"), row.award, save=_("Throw it away")),
    )


@may(MONEY)
def claim_approve(request: Request, pk: int) -> HttpResponse:
    row = decided(request, pk, MONEY)
    form = forms.ApproveForm(posting.typed(request))

    def approve(_values: dict[str, Any]) -> Claim:
        key = str(form.post_key)  # type: ignore[attr-defined]
        return decisions.approve(row, form.cuts(), key=key, by=request.user, at=clock.now())

    context = {"row": row, "counted": rules.counted(row), "room": queries.room(row)}
    template = "programmes/claims/approve.html"
    return posting.run(request, form, template, approve, context=context, done=_("Approved."))


@may(CHANGE)
def claim_return(request: Request, pk: int) -> HttpResponse:
    row = decided(request, pk, CHANGE)
    page = Page(_("Return the claim for completion"), row, save=_("Return it"))
    return small.act_on(request, row, forms.ReturnForm, decisions.send_back, page)


@may(MONEY)
def claim_reject(request: Request, pk: int) -> HttpResponse:
    row = decided(request, pk, MONEY)
    page = Page(_("Reject the claim"), row, save=_("Reject it"))
    return small.act_on(request, row, forms.ReturnForm, decisions.reject, page)


@may(MONEY)
def claim_reopen(request: Request, pk: int) -> HttpResponse:
    row = decided(request, pk, MONEY)
    page = Page(
        _("Take the approval back"),
        row,
        explained=_("The award and its heading open again by exactly what was approved."),
    )
    return small.act_on(request, row, ReasonForm, decisions.reopen, page)


@may(PAY)
def claim_pay(request: Request, pk: int) -> HttpResponse:
    row = decided(request, pk, PAY)
    form = DayForm(posting.typed(request), initial={"on": clock.today()})

    def pay(values: dict[str, Any]) -> Claim:
        key = str(form.post_key)  # type: ignore[attr-defined]
        return payments.pay(row, **values, key=key, by=request.user, at=clock.now())

    explained = _("%(amount)s KRW to %(name)s") % {
        "amount": f"{row.approved or 0:,}",
        "name": row.award.name,
    }
    page = Page(_("Claim paid"), row, explained=explained, save=_("It was paid"))
    return small.run(request, form, pay, page)


@may(MONEY)
def claim_reverse(request: Request, pk: int) -> HttpResponse:
    row = decided(request, pk, MONEY)
    page = Page(
        _("Take the payment back"),
        row,
        explained=_("For a payment that did not go out. The claim waits to be paid again."),
    )
    return small.act_on(request, row, ReasonForm, payments.reverse, page)
