"""Follow-ups: board and response rates at the desk, and the exhibitor's page by its link."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.history import queries as history
from gyoryu.trade.actions import follow_ups as actions
from gyoryu.trade.forms import follow_ups as forms
from gyoryu.trade.forms.deals import NoForm
from gyoryu.trade.models import FollowUp
from gyoryu.trade.queries import follow_ups as queries
from gyoryu.trade.rules import follow_ups as rules
from gyoryu.trade.rules.deals import CHANGE, SEE
from gyoryu.trade.views.by_link import by_link
from gyoryu.web import clock, export, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

COLUMNS = [
    export.Column(gettext_lazy("Exhibitor"), lambda row: str(row.exhibitor)),
    export.Column(gettext_lazy("Event"), lambda row: str(row.event)),
    export.Column(gettext_lazy("Round, in months"), lambda row: row.months),
    export.Column(gettext_lazy("Due"), lambda row: row.due_on),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("Asked"), lambda row: row.asked_at),
    export.Column(gettext_lazy("Reminded, times"), lambda row: row.chased),
    export.Column(gettext_lazy("Answered"), lambda row: row.answered_at),
    export.Column(gettext_lazy("Talks answered"), lambda row: len(row.answers)),
]
RATES = [
    export.Column(gettext_lazy("Event"), lambda row: str(row.event)),
    export.Column(gettext_lazy("Round, in months"), lambda row: row.months),
    export.Column(gettext_lazy("Asked"), lambda row: row.asked),
    export.Column(gettext_lazy("Answered"), lambda row: row.answered),
    export.Column(gettext_lazy("Did not answer"), lambda row: row.silent),
    export.Column(gettext_lazy("Response rate in percent"), lambda row: row.percent),
]


@may(SEE)
def follow_ups(request: Request) -> Any:
    listing = forms.follow_up_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, export.Sheet(_("Follow-ups"), COLUMNS)):
        return file
    # Of one event all rounds there ever were; of all events those of the last months.
    rated = listing.filtered
    if not request.GET.get("event"):
        rated = rated.filter(due_on__gte=forms.since(clock.today()))
    rates = queries.rates(rated)
    if kind := request.GET.get("rates"):
        return export.answer(kind, _("Response rates"), RATES, rates)
    context = {"listing": listing, "heading": _("Follow-ups"), "rates": rates}
    return render(request, "trade/follow_ups/list.html", context)


def _found(request: Request, pk: int, capability: str = SEE) -> FollowUp:
    row = get_object_or_404(queries.seen(request.user), pk=pk)
    check_may(request.user, capability, row.event.unit)
    return row


@may(SEE)
def follow_up(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    lines = queries.lines(row)
    context = {
        "row": row,
        "lines": [
            (one, queries.in_words(one.told, one.currency) if one.told else "")
            for one in lines
            if one.told or not one.new
        ],
        "reached": queries.addresses(row.exhibitor),
        "may_change": request.user.access.may(CHANGE, row.event.unit.path),
        "why_not_ask": why_not(rules.check_can_ask, row, clock.today()),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/follow_ups/page.html", context)


@may(CHANGE)
def follow_up_ask(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    explained = _("The exhibitor gets the link again. It needs no account and works until %(day)s.")
    form = NoForm(request.POST if request.method == "POST" else None)
    return small.run(
        request,
        form,
        lambda _values: actions.ask_again(row, by=request.user, at=clock.now()),
        Page(_("Send the link"), row, explained=explained % {"day": row.until.isoformat()},
             save=_("Send the letter")),
        done=_("The letter is on its way."),
    )  # fmt: skip


@by_link
def follow_up_link(request: HttpRequest, secret: str) -> HttpResponse | None:
    """The exhibitor's page: each talk in plain words, saved as often as wanted, sent once."""
    row = queries.of_link(secret, clock.today())
    if row is None:
        return None
    posted = request.POST if request.method == "POST" else None
    form = forms.AnswerForm(posted, lines=queries.lines(row))
    if request.method == "POST" and form.is_valid():
        send = "send" in request.POST
        try:
            actions.answer(row, form.told(), send=send, by=None, at=clock.now())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return HttpResponseRedirect(f"{request.path}?{'sent' if send else 'saved'}=1")
    context = {
        "row": row,
        "form": form,
        "sent": "sent" in request.GET,
        "saved": "saved" in request.GET,
    }
    status = 422 if form.errors else 200
    return render(request, "trade/links/follow_up.html", context, status=status)
