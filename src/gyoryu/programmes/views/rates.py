"""The screens of exchange rates."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.agreements.forms.engagements import ReasonForm
from gyoryu.programmes.actions import rates as actions
from gyoryu.programmes.forms import rates as forms
from gyoryu.programmes.models import ExchangeRate
from gyoryu.programmes.queries import rates as queries
from gyoryu.programmes.rules import rates as rules
from gyoryu.programmes.sheets import rates as sheets
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.small import Page

COLUMNS = [
    export.Column(gettext_lazy("Currency"), lambda row: row.currency),
    export.Column(gettext_lazy("Day"), lambda row: row.day),
    export.Column(gettext_lazy("Exchange rate"), lambda row: row.rate),
    export.Column(gettext_lazy("Source of the rate"), lambda row: row.source),
]


@may("programmes.view")
def rates(request: Request) -> Any:
    listing = forms.rate_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, export.Sheet("rates", COLUMNS)):
        return file
    context = {
        "listing": listing,
        "heading": _("Exchange rates"),
        "may_change": request.user.access.may("programmes.change"),
    }
    return render(request, "programmes/portfolio/rates.html", context)


def _page(heading: str, about: str = "") -> Page:
    return Page(heading, above=(_("Exchange rates"), reverse("rates")), explained=about)


@may("programmes.change")
def rate_new(request: Request) -> HttpResponse:
    form = forms.RateForm(posting.typed(request), initial={"day": clock.today()})
    return small.run(
        request,
        form,
        lambda _values: actions.enter(form.stated(), by=request.user, at=clock.now()),
        _page(_("Enter a rate")),
    )


@may("programmes.change")
def rates_import(request: Request) -> HttpResponse:
    form = forms.FileForm(request.POST or None, request.FILES or None)
    return small.run(
        request,
        form,
        lambda values: actions.enter_all(
            sheets.read(values["file"].read()), by=request.user, at=clock.now()
        ),
        _page(_("Take in a file of rates"), _("All rows of the file are taken in, or none.")),
        done=_("The rates are taken in."),
    )


def _unused(pk: int) -> ExchangeRate:
    row = get_object_or_404(ExchangeRate, pk=pk)
    rules.check_unused(row, queries.used(row))
    return row


@may("programmes.change")
def rate_correct(request: Request, pk: int) -> HttpResponse:
    row = _unused(pk)
    return small.run(
        request,
        forms.CorrectForm(posting.typed(request), initial={"rate": row.rate.normalize()}),
        lambda values: actions.correct(row, **values, by=request.user, at=clock.now()),
        _page(_("Correct the rate"), f"{row.currency} {row.day} · {row.source}"),
    )


@may("programmes.change")
def rate_drop(request: Request, pk: int) -> HttpResponse:
    row = _unused(pk)
    return small.act_on(
        request,
        row,
        ReasonForm,
        actions.drop,
        _page(_("Take the rate out"), f"{row.currency} {row.day} · {row.source}"),
    )
