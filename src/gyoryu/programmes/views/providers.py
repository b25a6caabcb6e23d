"""The screens of providers at the desk, and their public list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.programmes.actions import bank_accounts
from gyoryu.programmes.actions import providers as actions
from gyoryu.programmes.forms import providers as forms
from gyoryu.programmes.forms.claims import AccountForm
from gyoryu.programmes.models import Provider
from gyoryu.programmes.queries import orders, sanctions
from gyoryu.programmes.queries import providers as queries
from gyoryu.programmes.queries.terms import services_named
from gyoryu.programmes.rules import providers as rules
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may, public
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

CHANGE, STOP = "programmes.change", "programmes.sanction"
COLUMNS = [
    export.Column(gettext_lazy("Organisation"), lambda row: str(row.organisation)),
    export.Column(gettext_lazy("Business number"), lambda row: row.organisation.written_number),
    export.Column(gettext_lazy("Programme"), lambda row: str(row.programme)),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("Since"), lambda row: row.state_since),
    export.Column(gettext_lazy("Until"), lambda row: row.state_until),
    export.Column(gettext_lazy("Reason"), lambda row: row.state_reason),
    export.Column(
        gettext_lazy("Services"), lambda row: ", ".join(str(one) for one in row.services.all())
    ),
]
SHEET = export.Sheet("providers", COLUMNS, lambda rows: rows.prefetch_related("services"))


@may("programmes.view")
def providers(request: Request) -> Any:
    listing = forms.provider_listing(request, clock.today())
    listing.dress = lambda rows: rows.prefetch_related("services")
    if file := export.asked(request, listing.chosen, SHEET, clock.today()):
        return file
    context = {
        "listing": listing,
        "heading": _("Providers"),
        "programmes": list(queries.programmes(request.user)[:20])
        if request.user.access.may(CHANGE)
        else [],
    }
    return render(request, "programmes/vouchers/providers.html", context)


@may("programmes.view")
def provider(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.seen(request.user), pk=pk)
    access, on = request.user.access, clock.today()
    sees_orders = access.may("programmes.applicants", row.unit.path)
    own = orders.of_provider(row)
    running = own.filter(orders.RUNNING).select_related(*orders.LISTED)
    context = {
        "row": row,
        "services": list(row.services.all()),
        "performance": orders.performance(own),
        "running": list(running[:50]) if sees_orders else [],
        "sees_orders": sees_orders,
        "sanctions": list(sanctions.standing([row.organisation_id], on)),
        "why_stopped": why_not(rules.check_works, row, on),
        "may_change": access.may(CHANGE, row.unit.path),
        "may_stop": access.may(STOP, row.unit.path),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/vouchers/provider.html", context)


@may(CHANGE)
def provider_new(request: Request, pk: int) -> HttpResponse:
    programme = get_object_or_404(queries.programmes(request.user), pk=pk)
    check_may(request.user, CHANGE, programme.unit)
    page = Page(
        _("Register a provider"),
        above=(_("Providers"), reverse("providers")),
        explained=str(programme),
    )
    return posting.run(
        request,
        forms.ProviderForm(posting.typed(request), programme=programme, on=clock.today()),
        "web/small_form.html",
        lambda values: actions.enter(programme, values, by=request.user, at=clock.now()),
        context={"page": page},
        done=_("The provider is registered."),
    )


def _to_change(request: Request, pk: int, capability: str = CHANGE) -> Provider:
    row = get_object_or_404(queries.seen(request.user), pk=pk)
    check_may(request.user, capability, row.unit)
    return row


def _services(request: Request, row: Provider) -> forms.ServicesForm:
    on = clock.today()
    menu = services_named(row.programme, on)
    chosen = {one.code for one in row.services.all()}
    initial = {"services": [one.pk for one in menu if one.code in chosen]}
    return forms.ServicesForm(
        posting.typed(request), programme=row.programme, on=on, initial=initial
    )


@may(CHANGE)
def provider_register(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_can_register(row)
    return small.run(
        request,
        _services(request, row),
        lambda values: actions.register(row, **values, by=request.user, at=clock.now()),
        Page(_("Register"), row),
        done=_("The provider is registered."),
    )


@may(CHANGE)
def provider_serve(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    return small.run(
        request,
        _services(request, row),
        lambda values: actions.serve(row, **values, by=request.user, at=clock.now()),
        Page(_("Change the services"), row),
    )


@may(CHANGE)
def provider_account(request: Request, pk: int) -> HttpResponse:
    """Say for a provider to which account it is paid, from its papers."""
    row = _to_change(request, pk)
    return small.run(
        request,
        AccountForm(request.POST or None, initial={"holder": str(row.organisation)}),
        lambda values: bank_accounts.tell_provider(row, **values, by=request.user, at=clock.now()),
        Page(_("Bank account"), row),
    )


@may(STOP)
def provider_stop(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk, STOP)
    running = orders.of_provider(row).filter(orders.RUNNING).count()
    explained = (
        _("%(n)d orders are running. They stay; decide about each on its page.") % {"n": running}
        if running
        else _("It takes no new orders meanwhile.")
    )
    return small.run(
        request,
        forms.StopForm(posting.typed(request)),
        lambda values: actions.stop(
            row, values.pop("to"), **values, by=request.user, at=clock.now()
        ),
        Page(_("Suspend or bar"), row, explained=explained),
        done=_("The provider takes no new orders."),
    )


PUBLIC = [COLUMNS[0], COLUMNS[2], COLUMNS[7]]
PUBLIC_SHEET = export.Sheet("voucher-providers", PUBLIC)


@public
def public_providers(request: Request) -> Any:
    """Who takes orders on vouchers, for which services."""
    listing = forms.public_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, PUBLIC_SHEET, clock.today()):
        return file
    context = {"listing": listing, "heading": _("Registered providers")}
    return render(request, "programmes/vouchers/public_providers.html", context)
