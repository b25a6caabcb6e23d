"""Shop windows at the office: laid out, opened to the public, closed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.trade.actions import shop_windows as actions
from gyoryu.trade.forms import shop_windows as forms
from gyoryu.trade.forms.centres import ReasonForm
from gyoryu.trade.models import ShopWindow
from gyoryu.trade.queries import malls
from gyoryu.trade.queries import shop_windows as queries
from gyoryu.trade.rules import shop_windows as rules
from gyoryu.web import clock, export, lists, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, CHANGE = "trade.view", "trade.change"
COLUMNS = [
    export.Column(gettext_lazy("Title"), lambda row: str(row)),
    export.Column(gettext_lazy("Address"), lambda row: f"/shops/{row.slug}/"),
    export.Column(gettext_lazy("Open since"), lambda row: row.open_since),
]


@may(SEE)
def shop_windows(request: Request) -> Any:
    listing = forms.window_listing(request, clock.today())
    sheet = export.Sheet(_("Shop windows"), COLUMNS)
    return lists.show(
        request,
        listing,
        sheet,
        "trade/malls/windows.html",
        _("Shop windows"),
        may_add=request.user.access.may(CHANGE),
    )


def _found(request: Request, pk: int, capability: str = SEE) -> ShopWindow:
    return records.found(request, queries.seen_by(request.user), pk, capability)


@may(SEE)
def shop_window(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    channels = list(row.channels.all())
    goods = malls.on_sale([one.pk for one in channels])
    context = {
        "row": row,
        "channels": channels,
        "goods": list(goods.order_by("product__organisation", "product", "pk")[:100]),
        "languages": queries.languages(row),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "why_not_open": why_not(rules.check_open, row, channels),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/malls/window.html", context)


@may(CHANGE)
def shop_window_new(request: Request) -> HttpResponse:
    form = forms.WindowForm(posting.typed(request), user=request.user)
    page = Page(_("Lay out a shop window"), above=(_("Shop windows"), reverse("shop-windows")))

    def act(values: dict[str, Any]) -> ShopWindow:
        return actions.add(
            values["unit"], form.values(), form.chosen(), by=request.user, at=clock.now()
        )

    return posting.run(
        request, form, "web/small_form.html", act,
        context={"page": page, "row": None},
        done=_("The window is laid out. Nobody sees it until it is opened."),
    )  # fmt: skip


@may(CHANGE)
def shop_window_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.WindowForm(
        posting.typed(request), user=request.user, row=row, initial=forms.edited(row)
    )
    return small.run(
        request,
        form,
        lambda _values: actions.change(
            row, form.values(), form.chosen(), by=request.user, at=clock.now()
        ),
        Page(_("Change the shop window"), row),
    )


@may(CHANGE)
def shop_window_open(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    return small.act_on(
        request,
        row,
        Form,
        actions.open_window,
        Page(
            _("Open to the public"), row,
            explained=_("Anybody can then read which goods are on sale at these malls."),
            save=_("Open to the public"),
        ),
    )  # fmt: skip


@may(CHANGE)
def shop_window_close(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(_("Close the shop window"), row, save=_("Close the shop window"))
    return small.act_on(request, row, ReasonForm, actions.close_window, page)
