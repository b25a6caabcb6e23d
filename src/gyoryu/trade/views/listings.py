"""The pages of listings: a product on a mall, and the states it passes through."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.trade.actions import listings as actions
from gyoryu.trade.forms import malls as forms
from gyoryu.trade.forms.centres import ReasonForm, edited
from gyoryu.trade.models import Listing
from gyoryu.trade.queries import malls as queries
from gyoryu.trade.queries import sales
from gyoryu.web import clock, export, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

SEE, CHANGE = "trade.view", "trade.change"
COLUMNS = [
    export.Column(gettext_lazy("Product"), lambda row: str(row.product)),
    export.Column(gettext_lazy("Company"), lambda row: str(row.product.organisation)),
    export.Column(gettext_lazy("HS code"), lambda row: row.product.hs),
    export.Column(gettext_lazy("Online mall"), lambda row: str(row.channel)),
    export.Column(gettext_lazy("The mall's number for it"), lambda row: row.code),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("Since"), lambda row: row.state_since),
    export.Column(gettext_lazy("Reason"), lambda row: row.state_reason),
    export.Column(gettext_lazy("Price"), lambda row: row.price),
    export.Column(gettext_lazy("Currency"), lambda row: row.channel.currency),
]


@may(SEE)
def listings(request: Request) -> Any:
    listing = forms.listing_listing(request, clock.today())
    sheet = export.Sheet(_("Listings"), COLUMNS)
    if file := export.asked(request, listing.chosen, sheet):
        return file
    return render(
        request, "trade/malls/listings.html", {"listing": listing, "heading": _("Listings")}
    )


def _found(request: Request, pk: int, capability: str = SEE) -> Listing:
    return records.found(
        request,
        queries.listings(request.user).select_related("channel__unit", "proposed_by"),
        pk,
        capability,
    )


@may(SEE)
def listing(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    context = {
        "row": row,
        "steps": list(row.steps.all()),
        "sold": sales.of_listings([row]).get(row.pk, []),
        "campaigns": list(row.campaigns.filter(voided_at=None)[:20]),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/malls/listing.html", context)


@may(CHANGE)
def listing_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.ListingForm(posting.typed(request), initial=edited(row, forms.LISTING_FIELDS))
    return small.run(
        request,
        form,
        lambda values: actions.change(row, values, by=request.user, at=clock.now()),
        Page(_("Change the listing"), row),
    )


@may(CHANGE)
def listing_move(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    asked = request.GET.get("state", "")
    form = forms.MoveForm(
        posting.typed(request), row=row, initial={"on": clock.today(), "state": asked}
    )
    return small.run(
        request,
        form,
        lambda values: actions.move(row, **values, by=request.user, at=clock.now()),
        Page(_("The listing's next step"), row, save=_("Note the step")),
    )


@may(CHANGE)
def listing_void(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(
        _("Take the listing back"),
        above=(_("Listings"), reverse("listings")),
        about=str(row),
        explained=_("Only for what was proposed by mistake."),
        save=_("Take back"),
    )
    return small.act_on(request, row, ReasonForm, actions.void, page)
