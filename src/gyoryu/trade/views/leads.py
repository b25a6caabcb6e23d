"""The pages of buyer leads."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.trade.actions import leads as actions
from gyoryu.trade.forms import leads as forms
from gyoryu.trade.forms.centres import ReasonForm, edited, number
from gyoryu.trade.models import Lead
from gyoryu.trade.queries import centres, enquiries
from gyoryu.trade.queries import leads as queries
from gyoryu.web import clock, export, lists, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

SEE, CHANGE = "trade.view", "trade.change"
COLUMNS = [
    export.Column(gettext_lazy("Buyer"), lambda row: str(row.organisation)),
    export.Column(gettext_lazy("Region"), lambda row: str(row.organisation.region or "")),
    export.Column(gettext_lazy("Centre"), lambda row: str(row.centre)),
    export.Column(gettext_lazy("What it looks for"), lambda row: row.interests),
    export.Column(gettext_lazy("HS codes"), lambda row: ", ".join(row.hs_codes)),
    export.Column(gettext_lazy("Found on"), lambda row: row.found_on),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
]


@may(SEE)
def leads(request: Request) -> Any:
    listing = forms.lead_listing(request, clock.today())
    sheet = export.Sheet(_("Buyer leads"), COLUMNS)
    return lists.show(
        request,
        listing,
        sheet,
        "trade/centres/leads.html",
        _("Buyer leads"),
        may_add=request.user.access.may(CHANGE),
    )


def _found(request: Request, pk: int, capability: str = SEE) -> Lead:
    return records.found(request, queries.seen_by(request.user), pk, capability)


@may(SEE)
def lead(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    asked = enquiries.seen_by(request.user).filter(lead=row).order_by("-received_at", "-pk")
    context = {
        "row": row,
        "enquiries": list(asked[:20]),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/centres/lead.html", context)


@may(CHANGE)
def lead_new(request: Request) -> HttpResponse:
    known = centres.seen_by(request.user, CHANGE).filter(pk=number(request.GET.get("centre", "")))
    form = forms.LeadForm(
        posting.typed(request), user=request.user, centre=known.first(),
        initial={"found_on": clock.today()},
    )  # fmt: skip
    page = Page(_("Add a buyer lead"), above=(_("Buyer leads"), reverse("leads")))
    return posting.run(
        request,
        form,
        "web/small_form.html",
        lambda _values: actions.add(form.centre, form.values(), by=request.user, at=clock.now()),
        context={"page": page, "row": None},
        done=_("The lead is entered."),
    )


@may(CHANGE)
def lead_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.LeadForm(
        posting.typed(request), user=request.user, row=row, initial=edited(row, forms.FIELDS)
    )
    return small.run(
        request,
        form,
        lambda _values: actions.change(row, form.values(), by=request.user, at=clock.now()),
        Page(_("Change the lead"), row),
    )


@may(CHANGE)
def lead_move(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(_("The lead's next step"), row)
    return small.act_on(request, row, forms.LeadMoveForm, actions.move, page)


@may(CHANGE)
def lead_void(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(
        _("Take the lead back"),
        above=(_("Buyer leads"), reverse("leads")),
        about=str(row),
        save=_("Take back"),
    )
    return small.act_on(request, row, ReasonForm, actions.void, page)
