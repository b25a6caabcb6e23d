"""The screens of voucher terms, and the menu as the public reads it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.programmes.actions import terms as actions
from gyoryu.programmes.forms import terms as forms
from gyoryu.programmes.models import Terms
from gyoryu.programmes.queries import terms as queries
from gyoryu.programmes.rules import terms as rules
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may, public
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

CHANGE = "programmes.terms"
FORM = "programmes/vouchers/terms_form.html"
COLUMNS = [
    export.Column(gettext_lazy("Programme"), lambda row: str(row.programme)),
    export.Column(gettext_lazy("Year"), lambda row: row.year),
    export.Column(gettext_lazy("Version"), lambda row: row.version),
    export.Column(gettext_lazy("In force from"), lambda row: row.in_force_from),
    export.Column(gettext_lazy("Reason"), lambda row: row.reason),
    export.Column(gettext_lazy("Vouchers issued"), lambda row: row.issued),
]
SHEET = export.Sheet("voucher-terms", COLUMNS)


@may("programmes.view")
def terms_list(request: Request) -> Any:
    listing = forms.terms_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {
        "listing": listing,
        "heading": _("Voucher terms"),
        "may_change": request.user.access.may(CHANGE),
    }
    return render(request, "programmes/vouchers/terms_list.html", context)


@may("programmes.view")
def terms(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.listed(request.user), pk=pk)
    context = {
        "row": row,
        **shown(row),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "why_not_change": why_not(rules.check_can_change, row),
        "why_not_enforce": why_not(rules.check_can_enforce, row),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/vouchers/terms.html", context)


def shown(row: Terms) -> dict[str, Any]:
    """Return bands and menu of terms as pages show them."""
    scales = rules.scales(row.bands.all())
    return {"sales": scales.sales, "exports": scales.exports, "services": list(row.services.all())}


def _to_change(request: Request, pk: int) -> Terms:
    row = get_object_or_404(queries.seen(request.user), pk=pk)
    check_may(request.user, CHANGE, row.unit)
    return row


@may(CHANGE)
def terms_new(request: Request) -> HttpResponse:
    return posting.run(
        request,
        forms.NewTermsForm(
            posting.typed(request), user=request.user, initial={"year": clock.today().year}
        ),
        FORM,
        lambda values: actions.draft(
            values.pop("programme"), values.pop("year"), values, by=request.user, at=clock.now()
        ),
        done=_("The terms are drafted. They hold once they are put in force."),
    )


@may(CHANGE)
def terms_edit(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_can_change(row)
    return posting.run(
        request,
        forms.TermsForm(posting.typed(request), initial=forms.edited(row)),
        FORM,
        lambda values: actions.change(row, values, by=request.user, at=clock.now()),
        context={"row": row},
    )


@may(CHANGE)
def terms_enforce(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    rules.check_can_enforce(row)
    return small.run(
        request,
        forms.EnforceForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.enforce(row, **values, by=request.user, at=clock.now()),
        Page(_("Put in force"), row),
        done=_("The terms are in force from that day on."),
    )


@may(CHANGE)
def terms_renew(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    return posting.run(
        request,
        forms.RenewForm(posting.typed(request)),
        "web/small_form.html",
        lambda values: actions.renew(row, **values, by=request.user, at=clock.now()),
        context={
            "page": Page(
                _("New version"),
                row,
                explained=_("A copy to be changed. Vouchers issued so far keep their version."),
            ),
            "row": row,
        },
        done=_("The new version is drafted."),
    )


@may(CHANGE)
def terms_copy(request: Request, pk: int) -> HttpResponse:
    row = _to_change(request, pk)
    return posting.run(
        request,
        forms.CopyForm(posting.typed(request), initial={"year": row.year + 1}),
        "web/small_form.html",
        lambda values: actions.copy(row, **values, by=request.user, at=clock.now()),
        context={"page": Page(_("Copy to another year"), row), "row": row},
        done=_("The terms are drafted. They hold once they are put in force."),
    )


@public
def voucher_menu(request: HttpRequest) -> HttpResponse:
    """What vouchers buy this year, for whom at which rate, and up to how much."""
    found = [(row, shown(row)) for row in queries.menus(clock.today())]
    return render(request, "programmes/vouchers/menu.html", {"menus": found})
