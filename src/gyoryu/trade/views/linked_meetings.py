"""A buyer's wishes and timetable, by its personal link and without an account."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.trade.actions import meetings as actions
from gyoryu.trade.actions import wishes
from gyoryu.trade.forms import timetables as forms
from gyoryu.trade.forms.wishes import WishesForm
from gyoryu.trade.models import Meeting, Participant
from gyoryu.trade.queries import meetings as queries
from gyoryu.trade.queries import wishes as wish_queries
from gyoryu.trade.rules import wishes as rules
from gyoryu.trade.views import calendars
from gyoryu.trade.views.links import around, linked
from gyoryu.trade.views.my_meetings import agenda
from gyoryu.web import clock
from gyoryu.web.records import why_not


def _back(name: str, secret: str, done: str) -> HttpResponse:
    language = (get_language() or "ko")[:2]
    return HttpResponseRedirect(f"{reverse(name, args=[secret])}?in={language}&done={done}")


@linked
def buyer_wishes(request: HttpRequest, row: Participant, secret: str) -> HttpResponse:
    asked = request.GET.get("q", "")
    candidates = wish_queries.candidates(row, asked, own=True)
    form = WishesForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if request.method == "POST" and form.is_valid():
        try:
            wishes.keep(row, form.wanted(), own=True, by=None, at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back("buyer-wishes", secret, "kept")
    context = {
        **around(row, secret, "buyer-wishes"),
        "form": form,
        "asked": asked,
        "done": request.GET.get("done", ""),
        "why_not": why_not(rules.check_open, row, own=True),
        "most": wish_queries.MOST,
    }
    return render(request, "trade/wishes/linked.html", context, status=422 if form.errors else 200)


@linked
def buyer_timetable(request: HttpRequest, row: Participant, secret: str) -> HttpResponse:
    context = {
        **around(row, secret, "buyer-timetable"),
        **agenda(row),
        "done": request.GET.get("done", ""),
    }
    return render(request, "trade/meetings/linked.html", context)


@linked
def buyer_timetable_ics(request: HttpRequest, row: Participant, secret: str) -> HttpResponse:
    return calendars.answer("meetings", request.get_host(), queries.of_party(row), row)


@linked
def buyer_meeting_cancel(
    request: HttpRequest, row: Participant, secret: str, meeting: int
) -> HttpResponse:
    rows = Meeting.objects.select_related(*queries.WITH)
    found = rows.filter(pk=meeting, buyer=row).first()
    if found is None:
        raise Refused(_("This meeting is not yours."))
    form = forms.CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(found, **form.cleaned_data, party=row, by=None, at=clock.now())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return _back("buyer-timetable", secret, "cancelled")
    context = {
        **around(row, secret, "buyer-timetable"),
        "form": form,
        "meeting": found,
    }
    status = 422 if form.errors else 200
    return render(request, "trade/meetings/linked_cancel.html", context, status=status)
