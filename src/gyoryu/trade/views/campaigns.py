"""The pages of promotions, and the reports of what was sold."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.trade.actions import campaigns as actions
from gyoryu.trade.forms import campaigns as forms
from gyoryu.trade.forms.centres import ReasonForm, number
from gyoryu.trade.models import Campaign, Channel
from gyoryu.trade.queries import malls as queries
from gyoryu.trade.queries import sales as sold
from gyoryu.trade.rules import campaigns as rules
from gyoryu.web import clock, export, lists, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

SEE, CHANGE = "trade.view", "trade.change"
COLUMNS = [
    export.Column(gettext_lazy("Name"), lambda row: str(row)),
    export.Column(gettext_lazy("Online mall"), lambda row: str(row.channel)),
    export.Column(gettext_lazy("Begins"), lambda row: row.starts_on),
    export.Column(gettext_lazy("Ends"), lambda row: row.ends_on),
    export.Column(gettext_lazy("Spent"), lambda row: row.spend),
    export.Column(gettext_lazy("Currency"), lambda row: row.currency),
    export.Column(gettext_lazy("Times shown"), lambda row: row.impressions),
    export.Column(gettext_lazy("Clicks"), lambda row: row.clicks),
    export.Column(gettext_lazy("Orders, as the mall told"), lambda row: row.orders),
    export.Column(
        gettext_lazy("Cost of an order"), lambda row: rules.cost_per_order(row.spend, row.orders)
    ),
    export.Column(
        gettext_lazy("Click rate in percent"),
        lambda row: rules.click_rate(row.clicks, row.impressions),
    ),
]
SALE_COLUMNS = [
    export.Column(gettext_lazy("Day"), lambda row: row.on),
    export.Column(gettext_lazy("Order number"), lambda row: row.order),
    export.Column(gettext_lazy("Online mall"), lambda row: str(row.listing.channel)),
    export.Column(gettext_lazy("Product"), lambda row: str(row.listing.product)),
    export.Column(gettext_lazy("The mall's number for it"), lambda row: row.listing.code),
    export.Column(gettext_lazy("Pieces"), lambda row: row.quantity),
    export.Column(gettext_lazy("Amount"), lambda row: row.amount),
    export.Column(gettext_lazy("Currency"), lambda row: row.currency),
    export.Column(gettext_lazy("Promotion"), lambda row: str(row.campaign or "")),
    export.Column(gettext_lazy("Source"), lambda row: row.source_note),
]
REPORTS = {
    "channel": (gettext_lazy("By mall"), sold.by_channel),
    "product": (gettext_lazy("By product"), sold.by_product),
    "month": (gettext_lazy("By month"), sold.by_month),
    "campaign": (gettext_lazy("By promotion"), sold.by_campaign),
}
LINE_COLUMNS = [
    export.Column(gettext_lazy("What is counted"), lambda line: line.label or _("No promotion")),
    export.Column(gettext_lazy("Currency"), lambda line: line.currency),
    export.Column(gettext_lazy("Number of orders"), lambda line: line.orders),
    export.Column(gettext_lazy("Pieces"), lambda line: line.quantity),
    export.Column(gettext_lazy("Amount"), lambda line: line.amount),
]


@may(SEE)
def campaigns(request: Request) -> Any:
    listing = forms.campaign_listing(request, clock.today())
    sheet = export.Sheet(_("Promotions"), COLUMNS)
    return lists.show(
        request,
        listing,
        sheet,
        "trade/malls/campaigns.html",
        _("Promotions"),
        may_add=request.user.access.may(CHANGE),
    )


def _found(request: Request, pk: int, capability: str = SEE) -> Campaign:
    return records.found(
        request, queries.campaigns(request.user).select_related("channel__unit"), pk, capability
    )


@may(SEE)
def campaign(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    context = {
        "row": row,
        "found": sold.counted(row),
        "goods": list(row.listings.select_related("product__organisation", "channel")[:50]),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/malls/campaign.html", context)


def _asked(request: Request) -> Channel | None:
    asked = request.GET.get("channel", "") or request.POST.get("channel", "")
    rows = queries.used(request.user, CHANGE)
    return rows.filter(pk=number(asked)).first()


@may(CHANGE)
def campaign_new(request: Request) -> HttpResponse:
    form = forms.CampaignForm(posting.typed(request), user=request.user, channel=_asked(request))
    page = Page(_("Add a promotion"), above=(_("Promotions"), reverse("campaigns")))
    return posting.run(
        request,
        form,
        "web/small_form.html",
        lambda _values: actions.add(
            form.channel, form.values(), form.chosen(), by=request.user, at=clock.now()
        ),
        context={"page": page, "row": None},
        done=_("The promotion is entered."),
    )


@may(CHANGE)
def campaign_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.CampaignForm(
        posting.typed(request), user=request.user, row=row, initial=forms.campaign_edited(row)
    )
    return small.run(
        request,
        form,
        lambda _values: actions.change(
            row, form.values(), form.chosen(), by=request.user, at=clock.now()
        ),
        Page(_("Change the promotion"), row),
    )


@may(CHANGE)
def campaign_void(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(
        _("Take the promotion back"),
        above=(_("Promotions"), reverse("campaigns")),
        about=str(row),
        save=_("Take back"),
    )
    return small.act_on(request, row, ReasonForm, actions.void, page)


@may(SEE)
def sales(request: Request) -> Any:
    listing = forms.sale_listing(request, clock.today())
    sheet = export.Sheet(_("Mall sales"), SALE_COLUMNS)
    if file := export.asked(request, listing.chosen, sheet):
        return file
    context = {
        "listing": listing,
        "heading": _("Mall sales"),
        "totals": sold.totals(listing.chosen),
        "may_import": request.user.access.may("imports.make"),
    }
    return render(request, "trade/malls/sales.html", context)


@may(SEE)
def sales_report(request: Request) -> Any:
    """Add up exactly the sales that are listed under the same conditions."""
    listing = forms.sale_listing(request, clock.today())
    by = request.GET.get("by", "")
    by = by if by in REPORTS else "channel"
    title, group = REPORTS[by]
    lines = group(listing.chosen)
    if kind := request.GET.get("export"):
        return export.answer(kind, f"{_('Mall sales')}-{title}", LINE_COLUMNS, lines)
    query = request.GET.copy()
    query.pop("by", None)
    context = {
        "listing": listing,
        "heading": _("Mall sales"),
        "lines": lines,
        "totals": sold.totals(listing.chosen),
        "by": by,
        "title": title,
        "query": query.urlencode(),
        "tabs": [(name, words) for name, (words, _group) in REPORTS.items()],
        "most": sold.MOST,
    }
    return render(request, "trade/malls/report.html", context)
