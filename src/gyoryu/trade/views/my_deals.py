"""A company's own deals: what became of them, steps with their papers, the buyer's confirmation."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.trade.actions import asking
from gyoryu.trade.actions import deal_steps as steps
from gyoryu.trade.actions import deals as actions
from gyoryu.trade.forms import deals as forms
from gyoryu.trade.models import Deal
from gyoryu.trade.queries import confirmations
from gyoryu.trade.queries import deals as queries
from gyoryu.trade.rules import deals as rules
from gyoryu.trade.rules import proofs
from gyoryu.trade.views.deals import ASKED
from gyoryu.web import clock, posting, serving, small
from gyoryu.web.access import Request, signed_in
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

NEWEST = 200
SMALL = "trade/deals/my_small.html"


@signed_in
def my_deals(request: Request) -> HttpResponse:
    rows = list(queries.own(request.user)[:NEWEST])
    context = {"rows": rows, "today": clock.today()}
    return render(request, "trade/deals/my_deals.html", context)


def _own(request: Request, pk: int) -> Deal:
    return get_object_or_404(queries.own(request.user), pk=pk)


@signed_in
def my_deal(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    held = queries.steps_of(row)
    context = {
        "row": row,
        "way": queries.way(row, held),
        "waiting": [one for one in held if proofs.waits(one)],
        "asked": list(confirmations.of_deal(row)[:20]),
        "why_closed": why_not(rules.check_open, row),
        "own": True,
        "today": clock.today(),
    }
    return render(request, "trade/deals/my_deal.html", context)


class _At:
    """Where a company sees a deal: among its own, not at the desk."""

    def __init__(self, deal: Deal) -> None:
        self.pk = deal.pk

    def get_absolute_url(self) -> str:
        """The deal's page among the company's own."""
        return reverse("my-deal", args=[self.pk])


def _run(request: Request, row: Deal, form: Any, act: Any, page: dict[str, Any]) -> HttpResponse:
    """Show or post a small form about one's own deal; it comes back to the deal."""
    rules.check_open(row)
    template = page.pop("template", SMALL)
    above = (row.number, _At(row).get_absolute_url())
    return small.run(request, form, act, Page(above=above, **page), template=template)


@signed_in
def my_deal_step(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    initial = {"on": clock.today(), "grade": row.grade}
    typed, files = posting.typed(request), request.FILES or None
    form = forms.StepForm(typed, files, initial=initial, currency=row.currency)
    explained = _(
        "Add the contract, purchase order or export declaration. A shipment counts once the "
        "office has looked up its declaration."
    )
    return _run(
        request,
        row,
        form,
        lambda _values: steps.tell(row, form.step(), by=request.user, at=clock.now()),
        {
            "heading": _("Tell what happened"),
            "about": _("What happened, and what proves it"),
            "explained": explained,
            "template": "trade/deals/my_step.html",
        },
    )


@signed_in
def my_deal_next(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    initial = {"next_step": row.next_step, "next_due": row.next_due}
    return _run(
        request,
        row,
        forms.NextForm(posting.typed(request), initial=initial),
        lambda values: actions.plan_next(row, **values, by=request.user, at=clock.now()),
        {"heading": _("Next step")},
    )


@signed_in
def my_deal_lose(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return _run(
        request,
        row,
        forms.LoseForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.lose(row, **values, by=request.user, at=clock.now()),
        {"heading": _("Nothing will come of it")},
    )


@signed_in
def my_deal_ask(request: Request, pk: int) -> HttpResponse:
    row = _own(request, pk)
    last = confirmations.newest(row)
    initial = {"email": last.email, "language": last.language} if last else {"language": "en"}
    return _run(
        request,
        row,
        forms.AskForm(posting.typed(request), initial=initial),
        lambda values: asking.ask(row, **values, by=request.user, at=clock.now()),
        {
            "heading": _("Ask the buyer to confirm"),
            "explained": ASKED,
            "save": _("Send the letter"),
        },
    )


@signed_in
def my_deal_file(request: Request, pk: int, document: int) -> HttpResponse:
    """A paper of one's own deal, as it was handed in."""
    row = _own(request, pk)
    held = get_object_or_404(row.steps.select_related("document"), document=document)
    return serving.served(request, held.document)  # type: ignore[return-value]
