"""The pages of online malls: their list, the board of what is listed, proposing, tying numbers."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.parties.queries import organisations
from gyoryu.trade.actions import channels as actions
from gyoryu.trade.actions import listings
from gyoryu.trade.forms import malls as forms
from gyoryu.trade.forms.centres import number
from gyoryu.trade.models import Channel, Sale
from gyoryu.trade.queries import malls as queries
from gyoryu.trade.queries import sales
from gyoryu.trade.rules import malls as rules
from gyoryu.web import clock, export, lists, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, CHANGE = "trade.view", "trade.change"
MOST_CODES = 50
COLUMNS = [
    export.Column(gettext_lazy("Name"), lambda row: str(row)),
    export.Column(gettext_lazy("Name in its own language"), lambda row: row.name_native),
    export.Column(gettext_lazy("Region"), lambda row: str(row.region or "")),
    export.Column(gettext_lazy("Currency"), lambda row: row.currency),
    export.Column(gettext_lazy("Website"), lambda row: row.address),
    export.Column(gettext_lazy("Not used since"), lambda row: row.ended_on),
]


@may(SEE)
def channels(request: Request) -> Any:
    listing = forms.channel_listing(request, clock.today())
    sheet = export.Sheet(_("Online malls"), COLUMNS)
    return lists.show(
        request,
        listing,
        sheet,
        "trade/malls/channels.html",
        _("Online malls"),
        may_add=request.user.access.may(CHANGE),
    )


def _found(request: Request, pk: int, capability: str = SEE) -> Channel:
    return records.found(request, queries.channels(request.user), pk, capability)


@may(SEE)
def channel(request: Request, pk: int) -> HttpResponse:
    row, today = _found(request, pk), clock.today()
    sold = Sale.objects.filter(listing__channel=row, voided_at=None, on__year=today.year)
    context = {
        "row": row,
        "lanes": queries.board(row),
        "sold": sales.totals(sold),
        "year": today.year,
        "campaigns": list(row.campaigns.filter(voided_at=None).order_by("-starts_on", "-pk")[:6]),
        "windows": list(row.shop_windows.filter(voided_at=None)),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "why_closed": why_not(rules.check_open, row),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/malls/channel.html", context)


@may(CHANGE)
def channel_new(request: Request) -> HttpResponse:
    form = forms.ChannelForm(posting.typed(request), user=request.user)
    page = Page(_("Add an online mall"), above=(_("Online malls"), reverse("channels")))

    def act(values: dict[str, Any]) -> Channel:
        return actions.add(values.pop("unit"), values, by=request.user, at=clock.now())

    return posting.run(
        request, form, "web/small_form.html", act,
        context={"page": page, "row": None}, done=_("The mall is entered."),
    )  # fmt: skip


@may(CHANGE)
def channel_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.ChannelForm(
        posting.typed(request), user=request.user, row=row, initial=forms.channel_edited(row)
    )
    return small.run(
        request,
        form,
        lambda values: actions.change(row, values, by=request.user, at=clock.now()),
        Page(_("Change the mall"), row),
    )


@may(CHANGE)
def channel_end(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    return small.run(
        request,
        forms.EndForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.end(row, **values, by=request.user, at=clock.now()),
        Page(_("Stop using the mall"), row, save=_("Stop using it")),
    )


@may(CHANGE)
def channel_propose(request: Request, pk: int) -> HttpResponse:
    """First whose products, then which: each a page that works alone."""
    row = _found(request, pk, CHANGE)
    company = organisations().filter(pk=number(request.GET.get("company", ""))).first()
    if company is None:
        return _company(request, row)
    form = forms.ProposeForm(posting.typed(request), channel=row, organisation=company)
    return small.run(
        request,
        form,
        lambda values: listings.propose(
            row, values["products"], by=request.user, at=clock.now()
        ),
        Page(
            _("Propose products of %(company)s") % {"company": company}, row,
            explained=_("All that are ticked are proposed together. What is listed already is "
                        "not shown."),
            save=_("Propose"),
        ),
        template="trade/malls/propose.html",
        company=company,
    )  # fmt: skip


def _company(request: Request, row: Channel) -> HttpResponse:
    form = forms.CompanyForm(request.GET if "organisation" in request.GET else None)
    if form.is_bound and form.is_valid():
        address = reverse("channel-propose", args=[row.pk])
        chosen = urlencode({"company": form.cleaned_data["organisation"].pk})
        return HttpResponseRedirect(f"{address}?{chosen}")
    context = {"row": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "trade/malls/company.html", context, status=status)


@may(CHANGE)
def channel_codes(request: Request, pk: int) -> HttpResponse:
    """Tie the numbers that a file of sales names, and nobody knows, to products."""
    row = _found(request, pk, CHANGE)
    named = list(dict.fromkeys(one[:60] for one in request.GET.getlist("code") if one))
    known = queries.coded(row, named[:MOST_CODES])
    codes = [one for one in named[:MOST_CODES] if one not in known]
    form = forms.TieForm(posting.typed(request), channel=row, codes=codes)
    return small.run(
        request,
        form,
        lambda _values: listings.tie_codes(row, form.ties(), by=request.user, at=clock.now()),
        Page(
            _("Whose numbers are these?"), row,
            explained=_("Check the file again afterwards: its rows then find their products."),
            save=_("Tie them"),
        ),
        template="trade/malls/codes.html",
        known=known,
    )  # fmt: skip
