"""The products an exhibitor shows, as an officer keeps them for it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from gyoryu.trade.actions import exhibits as actions
from gyoryu.trade.forms import exhibits as forms
from gyoryu.trade.models import Exhibit
from gyoryu.trade.views.participants import found
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.small import Page

CHANGE = "trade.change"
GROUPED = "trade/events/small_groups.html"


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now()}


def _exhibit(request: Request, pk: int) -> Exhibit:
    one = get_object_or_404(Exhibit.objects.select_related("product"), pk=pk)
    one.participant = found(request, one.participant_id, CHANGE)
    return one


@may(CHANGE)
def exhibit_new(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    return small.run(
        request,
        forms.NewExhibitForm(posting.typed(request), row=row),
        lambda values: actions.add(row, values, **_who(request)),
        Page(_("Show a product"), row, at="#products"),
        template=GROUPED,
    )


@may(CHANGE)
def exhibit_edit(request: Request, pk: int) -> HttpResponse:
    one = _exhibit(request, pk)
    return small.run(
        request,
        forms.ExhibitForm(posting.typed(request), initial=forms.edited(one)),
        lambda values: actions.change(one, values, **_who(request)),
        Page(_("Change: %(what)s") % {"what": one.product}, one.participant, at="#products"),
        template=GROUPED,
    )


@may(CHANGE)
def exhibit_remove(request: Request, pk: int) -> HttpResponse:
    one = _exhibit(request, pk)
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.remove(one, **_who(request)),
        Page(
            _("Take away: %(what)s") % {"what": one.product},
            one.participant,
            at="#products",
            explained=_("It stays a product of the company."),
            save=_("Take away"),
        ),
    )
