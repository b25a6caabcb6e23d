"""Voucher terms, vouchers, providers, orders and sanctions, as the desk's programs use them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import home_unit
from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import orders as order_actions
from gyoryu.programmes.actions import providers as provider_actions
from gyoryu.programmes.actions import sanctions as sanction_actions
from gyoryu.programmes.actions import vouchers as actions
from gyoryu.programmes.forms import orders as order_forms
from gyoryu.programmes.forms import providers as provider_forms
from gyoryu.programmes.forms import sanctions as sanction_forms
from gyoryu.programmes.forms import terms as terms_forms
from gyoryu.programmes.forms import vouchers as forms
from gyoryu.programmes.models import Order, Provider, Voucher
from gyoryu.programmes.queries import orders as order_queries
from gyoryu.programmes.queries import providers as provider_queries
from gyoryu.programmes.queries import sanctions as sanction_queries
from gyoryu.programmes.queries import terms as terms_queries
from gyoryu.programmes.queries import vouchers as queries
from gyoryu.programmes.rules import orders as order_rules
from gyoryu.programmes.rules import providers as provider_rules
from gyoryu.programmes.rules import sanctions as sanction_rules
from gyoryu.programmes.rules import vouchers as rules
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, SEE, CHANGE = "programmes.view", "programmes.applicants", "programmes.change"
APPROVE, SANCTION = "programmes.approve", "programmes.sanction"
desk = Desk(_("Vouchers and orders"))


class TermsRow(Shape):
    """The voucher terms of a year, by version."""

    id: int
    programme: Named
    year: int
    version: int
    in_force_from: date | None
    reason: str
    issued: int


class StepShape(Shape):
    """A band: up to which figure it holds, and the rate in percent or the cap in won."""

    below: Decimal | None
    value: Decimal


class ServiceShape(Shape):
    """A service of the menu."""

    id: int
    code: str
    name_ko: str
    name_en: str
    most_percent: int | None
    most: int | None


class TermsPage(TermsRow):
    """Terms with their bands and their menu."""

    sales: list[StepShape]
    exports: list[StepShape]
    services: list[ServiceShape]


class VoucherRow(Shape):
    """A voucher; amounts are in won."""

    id: int
    number: str
    name: str
    terms: Named
    rate: Decimal
    subsidy: int
    share: int
    share_paid_on: date | None
    ends_on: date
    reserved: int
    used: int
    paid: int
    free: int
    closed_on: date | None
    unused: int
    unused_share: int

    @staticmethod
    def resolve_number(row: Voucher) -> str:
        """Return the number of its award."""
        return row.award.number

    @staticmethod
    def resolve_name(row: Voucher) -> str:
        """Return whose it is."""
        return row.award.name

    @staticmethod
    def resolve_ends_on(row: Voucher) -> date:
        """Return until when it can be used."""
        return row.award.ends_on

    @staticmethod
    def resolve_reserved(row: Voucher) -> int:
        """Return what is held for orders."""
        return row.award.ceiling.reserved

    @staticmethod
    def resolve_used(row: Voucher) -> int:
        """Return what was approved."""
        return row.award.ceiling.approved

    @staticmethod
    def resolve_paid(row: Voucher) -> int:
        """Return what was paid."""
        return row.award.ceiling.paid

    @staticmethod
    def resolve_free(row: Voucher) -> int:
        """Return what is left to order with."""
        return row.award.ceiling.free


class UseShape(Shape):
    """What a service of a voucher holds, in won. ``heading`` is what a quote names."""

    heading: Named
    most: int
    reserved: int
    used: int
    paid: int
    free: int


class VoucherPage(VoucherRow):
    """A voucher by service."""

    uses: list[UseShape]

    @staticmethod
    def resolve_uses(row: Voucher) -> Any:
        """Return how each service stands."""
        return queries.by_service(row)


class ProviderRow(Shape):
    """A provider of services."""

    id: int
    organisation: Named
    programme: Named
    state: Provider.State
    state_since: date
    state_until: date | None
    state_reason: str
    about: str


class ProviderPage(ProviderRow):
    """A provider with its services, and how it has kept its orders."""

    services: list[ServiceShape]
    performance: "PerformanceShape"

    @staticmethod
    def resolve_services(row: Provider) -> Any:
        """Return what it is registered for."""
        return row.services.all()

    @staticmethod
    def resolve_performance(row: Provider) -> Any:
        """Return how it has kept its orders."""
        return order_queries.performance(order_queries.of_provider(row))


class PerformanceShape(Shape):
    """How a provider has kept its orders."""

    orders: int
    running: int
    delivered: int
    on_time: int
    confirmed: int
    complaints: int
    cancelled: int
    settled: int


ProviderPage.model_rebuild()


class OrderRow(Shape):
    """An order; its amount is in won without VAT."""

    id: int
    number: str
    title: str
    voucher: Named
    provider: Named
    heading: Named
    amount: int
    status: Order.Status
    status_since: date
    status_reason: str
    quoted_on: date
    due_on: date
    accepted_on: date | None
    delivered_on: date | None
    confirmed_on: date | None


class SanctionRow(Shape):
    """An exclusion from support."""

    id: int
    organisation: Named
    from_on: date
    until_on: date
    reason: str
    legal_basis: str
    lifted_on: date | None
    lifted_reason: str
    unit: Named


def _terms(call: Call) -> dict[str, Any]:
    row = get_object_or_404(terms_queries.listed(call.user), pk=call.pk)
    values = terms_queries.values_of(row)
    told = {name: getattr(row, name) for name in TermsRow.model_fields}
    bands = {
        name: [{"below": below, "value": value} for below, value in values[name]]
        for name in ("sales", "exports")
    }
    return {**told, **bands, "services": list(row.services.all())}


def _voucher(call: Call) -> Voucher:
    return get_object_or_404(queries.seen(call.user), pk=call.pk)


def _voucher_to(capability: str) -> Any:
    def find(call: Call) -> Voucher:
        row = _voucher(call)
        check_may(call.user, capability, row.award.unit)
        return row

    return find


def _usable(call: Call) -> Voucher:
    row: Voucher = _voucher_to(CHANGE)(call)
    rules.check_usable(row, call.today)
    return row


def _provider(call: Call) -> Provider:
    return get_object_or_404(provider_queries.seen(call.user), pk=call.pk)


def _provider_to(capability: str) -> Any:
    def find(call: Call) -> Provider:
        row = _provider(call)
        check_may(call.user, capability, row.unit)
        return row

    return find


def _to_register(call: Call) -> Provider:
    row: Provider = _provider_to(CHANGE)(call)
    provider_rules.check_can_register(row)
    return row


def _order(call: Call) -> Order:
    return get_object_or_404(order_queries.in_full(order_queries.seen(call.user)), pk=call.pk)


def _order_towards(to: str) -> Any:
    def find(call: Call) -> Order:
        row = _order(call)
        check_may(call.user, CHANGE, row.unit)
        order_rules.check_move(row, to)
        return row

    return find


def _sanction(call: Call) -> Any:
    return get_object_or_404(sanction_queries.seen(call.user), pk=call.pk)


def _to_lift(call: Call) -> Any:
    row = _sanction(call)
    check_may(call.user, SANCTION, row.unit)
    sanction_rules.check_can_lift(row)
    return row


def _share_form(call: Call) -> Any:
    if call.row:
        rules.check_can_pay_share(call.row)
    return forms.ShareForm(initial={"on": call.today})


def _services_form(call: Call) -> Any:
    programme = call.row.programme if call.row else None
    return provider_forms.ServicesForm(programme=programme, on=call.today)


def _stop(call: Call, form: Any) -> Any:
    values = dict(form.cleaned_data)
    return provider_actions.stop(call.row, values.pop("to"), **values, **call.who)


desk.lists("voucher-terms", _("Voucher terms"), TermsRow, terms_forms.terms_listing, may=VIEW)
desk.shows("voucher-terms/{pk}", _("Terms of a year"), TermsPage, _terms, may=VIEW)
desk.lists("vouchers", _("Vouchers"), VoucherRow, forms.voucher_listing, may=SEE)
desk.shows("vouchers/{pk}", _("Voucher"), VoucherPage, _voucher, may=SEE)
desk.writes(
    "vouchers/{pk}/share", _("The company's share came in"), _share_form,
    lambda call, form: actions.pay_share(
        call.row, on=form.cleaned_data["on"], account=forms.account_of(form.cleaned_data),
        **call.who,
    ),
    may=CHANGE, find=_voucher_to(CHANGE),
)  # fmt: skip
desk.writes(
    "vouchers/{pk}/close", _("Close the voucher"), forms.CloseForm,
    lambda call, form: actions.close(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=_voucher_to(APPROVE),
)  # fmt: skip
desk.writes(
    "vouchers/{pk}/orders", _("Enter a quote"),
    lambda call: order_forms.QuoteForm(voucher=call.row, on=call.today),
    lambda call, form: order_actions.quote(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_usable, creates="orders",
)  # fmt: skip
desk.lists("orders", _("Orders"), OrderRow, order_forms.order_listing, may=SEE)
desk.shows("orders/{pk}", _("Order"), OrderRow, _order, may=SEE)
desk.writes(
    "orders/{pk}/deliver", _("Note the delivery"),
    lambda call: order_forms.DeliverForm(initial={"on": call.today}),
    lambda call, form: order_actions.deliver(call.row, **form.values(), **call.who),
    may=CHANGE, find=_order_towards(Order.Status.DELIVERED),
)  # fmt: skip
desk.writes(
    "orders/{pk}/cancel", _("Cancel the order"), sanction_forms.ReasonForm,
    lambda call, form: order_actions.cancel(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_order_towards(Order.Status.CANCELLED),
)  # fmt: skip
desk.lists("providers", _("Providers"), ProviderRow, provider_forms.provider_listing, may=VIEW)
desk.shows("providers/{pk}", _("Provider of services"), ProviderPage, _provider, may=VIEW)
desk.writes(
    "providers/{pk}/register", _("Register"), _services_form,
    lambda call, form: provider_actions.register(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_to_register,
)  # fmt: skip
desk.writes(
    "providers/{pk}/stop", _("Suspend or bar"), provider_forms.StopForm, _stop,
    may=SANCTION, find=_provider_to(SANCTION),
)  # fmt: skip
desk.lists("sanctions", _("Sanctions"), SanctionRow, sanction_forms.sanction_listing, may=VIEW)
desk.shows("sanctions/{pk}", _("Sanction"), SanctionRow, _sanction, may=VIEW)
desk.writes(
    "sanctions", _("New sanction"), sanction_forms.SanctionForm,
    lambda call, form: sanction_actions.exclude(
        home_unit(call.user, SANCTION), form.cleaned_data, **call.who
    ),
    may=SANCTION, creates="sanctions",
)  # fmt: skip
desk.writes(
    "sanctions/{pk}/lift", _("Lift the sanction"), sanction_forms.LiftForm,
    lambda call, form: sanction_actions.lift(call.row, **form.cleaned_data, **call.who),
    may=SANCTION, find=_to_lift,
)  # fmt: skip
