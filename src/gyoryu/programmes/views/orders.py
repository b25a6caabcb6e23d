"""The screens of orders at the desk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.programmes.actions import orders as actions
from gyoryu.programmes.forms import orders as forms
from gyoryu.programmes.forms.sanctions import ReasonForm
from gyoryu.programmes.models import Order
from gyoryu.programmes.queries import orders as queries
from gyoryu.programmes.queries import vouchers
from gyoryu.programmes.rules import orders as rules
from gyoryu.programmes.rules.vouchers import check_usable
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

SEE, CHANGE = "programmes.applicants", "programmes.change"
Status = Order.Status
COLUMNS = [
    export.Column(gettext_lazy("Number"), lambda row: row.number),
    export.Column(gettext_lazy("What is delivered"), lambda row: row.title),
    export.Column(gettext_lazy("Voucher"), lambda row: row.voucher.award.number),
    export.Column(gettext_lazy("Company"), lambda row: row.voucher.award.name),
    export.Column(gettext_lazy("Provider"), lambda row: str(row.provider)),
    export.Column(gettext_lazy("Service"), lambda row: str(row.heading.service)),
    export.Column(gettext_lazy("Price without VAT (won)"), lambda row: row.amount),
    export.Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
    export.Column(gettext_lazy("Since"), lambda row: row.status_since),
    export.Column(gettext_lazy("Reason"), lambda row: row.status_reason),
    export.Column(gettext_lazy("Quoted on"), lambda row: row.quoted_on),
    export.Column(gettext_lazy("Delivered by"), lambda row: row.due_on),
    export.Column(gettext_lazy("Accepted on"), lambda row: row.accepted_on),
    export.Column(gettext_lazy("Delivered on"), lambda row: row.delivered_on),
    export.Column(gettext_lazy("Confirmed on"), lambda row: row.confirmed_on),
]
SHEET = export.Sheet("orders", COLUMNS)


@may(SEE)
def orders(request: Request) -> Any:
    listing = forms.order_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET, clock.today()):
        return file
    context = {"listing": listing, "heading": _("Orders")}
    return render(request, "programmes/vouchers/orders.html", context)


def _found(request: Request, pk: int) -> Order:
    return get_object_or_404(queries.in_full(queries.seen(request.user)), pk=pk)


@may(SEE)
def order(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    claim = queries.claim_of(row)
    context = {
        "row": row,
        "steps": list(queries.steps(row)),
        "confirm_by": queries.confirm_by(row),
        "claim": claim,
        "may_claim": rules.can_claim(row, claim),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "may_deliver": Status.DELIVERED in rules.MOVES[row.status],
        "may_cancel": Status.CANCELLED in rules.MOVES[row.status],
        "documents": list(evidence.of_record(row)),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/vouchers/order.html", context)


@may(CHANGE)
def order_new(request: Request, pk: int) -> HttpResponse:
    voucher = get_object_or_404(vouchers.seen(request.user), pk=pk)
    check_may(request.user, CHANGE, voucher.award.unit)
    on = clock.today()
    check_usable(voucher, on)
    page = Page(_("Enter a quote"), voucher, explained=_("As the provider has handed it in."))
    return posting.run(
        request,
        forms.QuoteForm(posting.typed(request), voucher=voucher, on=on),
        "web/small_form.html",
        lambda values: actions.quote(voucher, values, by=request.user, at=clock.now()),
        context={"page": page, "row": voucher},
        done=_("The quote is entered. The company accepts it or declines it."),
    )


def _to_change(request: Request, pk: int) -> Order:
    row = _found(request, pk)
    check_may(request.user, CHANGE, row.unit)
    return row


@may(CHANGE)
def order_deliver(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_move(row, Status.DELIVERED)
    form = forms.DeliverForm(
        posting.typed(request), request.FILES or None, initial={"on": clock.today()}
    )
    return small.run(
        request,
        form,
        lambda _values: actions.deliver(row, **form.values(), by=request.user, at=clock.now()),
        Page(_("Note the delivery"), row),
        done=_("The delivery is noted. The company is asked to confirm it."),
    )


@may(CHANGE)
def order_cancel(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_move(row, Status.CANCELLED)
    page = Page(_("Cancel the order"), row, explained=_("What is held for it is free again."))
    return small.act_on(
        request,
        row,
        ReasonForm,
        actions.cancel,
        page,
        done=_("The order is cancelled. Both sides were told."),
    )
