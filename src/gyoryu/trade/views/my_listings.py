"""A company's own pages about its goods on online malls: where each stands, and what it sold."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.trade.actions import listings as actions
from gyoryu.trade.forms import malls as forms
from gyoryu.trade.queries import malls as queries
from gyoryu.trade.queries import sales
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, signed_in
from gyoryu.web.small import Page

NEWEST = 200


@signed_in
def my_listings(request: Request) -> HttpResponse:
    rows = list(queries.own(request.user)[:NEWEST])
    sold = sales.of_listings(rows)
    context = {
        "rows": [(row, sold.get(row.pk, [])) for row in rows],
        "may_propose": queries.own_products(request.user).exists(),
    }
    return render(request, "trade/malls/mine.html", context)


@signed_in
def my_listing(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.own(request.user), pk=pk)
    context = {
        "row": row,
        "steps": list(row.steps.all()),
        "sold": sales.of_listings([row]).get(row.pk, []),
        "months": sales.by_month(row.sales.filter(voided_at=None)),
    }
    return render(request, "trade/malls/my_listing.html", context)


@signed_in
def my_listing_new(request: Request) -> HttpResponse:
    form = forms.MyProposeForm(posting.typed(request), user=request.user)
    if not queries.own_products(request.user).exists():
        raise Refused(
            _("Only those whom an officer has confirmed to act for a company propose its products.")
        )

    def act(values: dict[str, Any]) -> Any:
        return actions.propose_own(
            form.channel, values["products"], by=request.user, at=clock.now()
        )

    page = Page(
        _("Propose products to an online mall"),
        above=(_("My goods on online malls"), reverse("my-listings")),
        explained=_("An officer looks through the papers with you before it goes to the mall."),
        save=_("Propose"),
    )
    done = _("The products are proposed.")
    return small.run(request, form, act, page, done=done, template="trade/my/asked.html")
