"""Vouchers and orders as the companies and providers see their own."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.evidence import queries as evidence
from gyoryu.parties import business_number
from gyoryu.programmes.actions import bank_accounts
from gyoryu.programmes.actions import orders as actions
from gyoryu.programmes.actions import providers as provider_actions
from gyoryu.programmes.forms import orders as forms
from gyoryu.programmes.forms.claims import AccountForm
from gyoryu.programmes.forms.providers import ApplyForm
from gyoryu.programmes.forms.sanctions import ReasonForm
from gyoryu.programmes.models import Order
from gyoryu.programmes.queries import orders as queries
from gyoryu.programmes.queries import providers, vouchers
from gyoryu.programmes.rules import orders as rules
from gyoryu.programmes.rules.vouchers import check_usable
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, signed_in
from gyoryu.web.records import why_not
from gyoryu.web.serving import served
from gyoryu.web.small import Page

SMALL = "programmes/vouchers/my_small.html"
NEWEST = 50
Status = Order.Status


@signed_in
def my_vouchers(request: Request) -> HttpResponse:
    rows = list(vouchers.own(request.user)[:NEWEST])
    context = {
        "lines": [(row, vouchers.whole(row)) for row in rows],
        "unconfirmed": vouchers.waiting_to_act(request.user),
    }
    return render(request, "programmes/vouchers/my_vouchers.html", context)


@signed_in
def my_voucher(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(vouchers.own(request.user), pk=pk)
    context = {
        "row": row,
        "whole": vouchers.whole(row),
        "uses": vouchers.by_service(row),
        "why_not_order": why_not(check_usable, row, clock.today()),
        "orders": list(queries.own(request.user).filter(voucher=row)[:NEWEST]),
    }
    return render(request, "programmes/vouchers/my_voucher.html", context)


@signed_in
def my_orders(request: Request) -> HttpResponse:
    rows = list(queries.own(request.user)[: NEWEST * 2])
    mine = set(vouchers.represented(request.user).values_list("pk", flat=True))
    lines = [(row, _side(row, mine)) for row in rows]
    context = {
        "due": [(row, side) for row, side in lines if _waits(row, side)],
        "others": [(row, side) for row, side in lines if not _waits(row, side)],
        "provides": list(providers.own(request.user)),
        "programmes": list(providers.open_programmes(clock.today())[:20])
        if vouchers.spoken_for(request.user).exists()
        else [],
        "unconfirmed": vouchers.waiting_to_act(request.user),
    }
    return render(request, "programmes/vouchers/my_orders.html", context)


def _side(row: Order, mine: set[int]) -> str:
    return "company" if row.voucher.award.organisation_id in mine else "provider"


def _waits(row: Order, side: str) -> bool:
    """Tell whether an order's next step is this side's."""
    steps = {"company": {Status.QUOTED, Status.DELIVERED}, "provider": {Status.ACCEPTED}}
    return row.status in steps[side]


def _own(request: Request, pk: int) -> Order:
    return get_object_or_404(queries.own(request.user), pk=pk)


@signed_in
def my_order(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    mine = set(vouchers.represented(request.user).values_list("pk", flat=True))
    claim = queries.claim_of(row)
    context = {
        "row": row,
        "buys": row.voucher.award.organisation_id in mine,
        "sells": row.provider.organisation_id in mine,
        "whole": vouchers.whole(row.voucher),
        "steps": list(queries.steps(row)),
        "confirm_by": queries.confirm_by(row),
        "may_claim": rules.can_claim(row, claim),
        "documents": list(evidence.of_record(row)),
        "may_cancel": row.status in {Status.QUOTED, Status.ACCEPTED},
    }
    return render(request, "programmes/vouchers/my_order.html", context)


@signed_in
def my_order_file(request: Request, pk: int, document: int) -> FileResponse:
    held = get_object_or_404(evidence.of_record(_own(request, pk)), pk=document)
    return served(request, held)


def _step(
    request: Request, form: Any, act: Callable[[dict[str, Any]], Any], page: Page, done: str
) -> HttpResponse:
    return small.run(request, form, act, page, done=done, template=SMALL)


def _page(row: Order, heading: str, explained: str = "", save: str = "") -> Page:
    above = (row.number, reverse("my-order", args=[row.pk]))
    return Page(heading, above=above, explained=explained, save=save)


@signed_in
def my_order_accept(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    rules.check_company(row.voucher, request.user)
    rules.check_move(row, Status.ACCEPTED)
    explained = _("%(won)s KRW is held of your voucher; %(free)s KRW of it is free.") % {
        "won": f"{row.amount:,}",
        "free": f"{vouchers.room(row):,}",
    }
    return _step(
        request,
        forms.NoForm(posting.typed(request)),
        lambda _values: actions.accept(row, by=request.user, at=clock.now()),
        _page(row, _("Accept the quote"), explained, _("Accept")),
        _("You have accepted the quote. The provider was told."),
    )


@signed_in
def my_order_deliver(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    rules.check_provider(row, request.user)
    rules.check_move(row, Status.DELIVERED)
    form = forms.DeliverForm(
        posting.typed(request), request.FILES or None, initial={"on": clock.today()}
    )
    return _step(
        request,
        form,
        lambda _values: actions.deliver(row, **form.values(), by=request.user, at=clock.now()),
        _page(row, _("Say that it was delivered"), save=_("Delivered")),
        _("Noted. The company is asked to confirm it."),
    )


@signed_in
def my_order_confirm(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    rules.check_company(row.voucher, request.user)
    rules.check_move(row, Status.CONFIRMED)
    return _step(
        request,
        forms.ConfirmForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.confirm(row, **values, by=request.user, at=clock.now()),
        _page(
            row,
            _("Confirm the delivery"),
            _("You confirm that you got what was ordered. The provider is paid then."),
            _("Confirm"),
        ),
        _("You have confirmed it. It can now be settled."),
    )


@signed_in
def my_order_back(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    rules.check_company(row.voucher, request.user)
    if row.status != Status.DELIVERED:
        raise Refused(_("Only what was delivered is sent back."))
    return _step(
        request,
        ReasonForm(posting.typed(request)),
        lambda values: actions.send_back(row, **values, by=request.user, at=clock.now()),
        _page(row, _("Send the delivery back"), _("Say what is wrong. The provider reads it.")),
        _("It was sent back. The provider was told why."),
    )


@signed_in
def my_order_cancel(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    rules.check_move(row, Status.CANCELLED)
    return _step(
        request,
        ReasonForm(posting.typed(request)),
        lambda values: actions.cancel(row, **values, by=request.user, at=clock.now()),
        _page(row, _("Cancel the order"), _("The other side reads the reason.")),
        _("The order is cancelled. The other side was told."),
    )


@signed_in
def my_quote_find(request: Request) -> HttpResponse:
    """Find the voucher to quote on by its number and the company's: both have to be known."""

    def found(values: dict[str, Any]) -> Any:
        number = business_number.digits(values["business_number"])
        row = vouchers.called(values["number"].strip().upper(), number)
        if row is None:
            raise Refused(_("No voucher has this number and company."), field="number")
        return row

    if not providers.own(request.user).exists():
        raise Refused(_("Only a provider's people give quotes."))
    form = forms.FindForm(posting.typed(request))
    page = Page(_("Give a quote"), above=(_("My orders"), reverse("my-orders")), save=_("Next"))
    if request.method == "POST" and form.is_valid():
        try:
            row = found(form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            address = reverse("my-quote", args=[row.award.number])
            return HttpResponseRedirect(
                f"{address}?company={row.award.organisation.business_number}"
            )
    form.once = ""  # type: ignore[attr-defined]
    status = 422 if form.errors else 200
    return render(request, SMALL, {"form": form, "page": page}, status=status)


@signed_in
def my_quote(request: Request, number: str) -> HttpResponse:
    voucher = vouchers.called(number, request.GET.get("company", ""))
    if voucher is None or not providers.own(request.user).exists():
        raise Http404
    on = clock.today()
    check_usable(voucher, on)
    page = Page(
        _("Give a quote"),
        above=(_("My orders"), reverse("my-orders")),
        explained=f"{voucher.award.number} · {voucher.award.name}",
        save=_("Send the quote"),
    )
    form = forms.OwnQuoteForm(posting.typed(request), user=request.user, voucher=voucher, on=on)

    def act(values: dict[str, Any]) -> Any:
        made = actions.quote(voucher, values, by=request.user, at=clock.now())
        return _Mine(made)

    return posting.run(
        request, form, SMALL, act, context={"page": page}, done=_("The quote was sent.")
    )


class _Mine:
    """An order whose page is the one of its own people."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def get_absolute_url(self) -> str:
        """The order's page for its people."""
        return reverse("my-order", args=[self.order.pk])


@signed_in
def my_provider_account(request: Request, pk: int) -> HttpResponse:
    """Say to which account a provider one acts for is paid; the number is never shown again."""
    row = get_object_or_404(providers.own(request.user), pk=pk)
    return _step(
        request,
        AccountForm(request.POST or None, initial={"holder": str(row.organisation)}),
        lambda values: bank_accounts.tell_provider(row, **values, by=request.user, at=clock.now()),
        Page(
            _("Bank account"),
            above=(_("My orders"), reverse("my-orders")),
            explained=str(row),
        ),
        "",
    )


@signed_in
def my_provider_apply(request: Request, pk: int) -> HttpResponse:
    on = clock.today()
    programme = get_object_or_404(providers.open_programmes(on), pk=pk)
    if not vouchers.spoken_for(request.user).exists():
        raise Refused(_("Say first for which company you act."))
    page = Page(
        _("Apply as a provider"),
        above=(_("My orders"), reverse("my-orders")),
        explained=str(programme),
        save=_("Apply"),
    )
    return small.run(
        request,
        ApplyForm(posting.typed(request), programme=programme, user=request.user, on=on),
        lambda values: provider_actions.apply(programme, **values, by=request.user, at=clock.now()),
        page,
        done=_("You have applied. The desk decides and tells you."),
        template=SMALL,
    )
