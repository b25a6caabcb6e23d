"""What was published of an event's results, beside what the register holds of it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.trade.actions import published as actions
from gyoryu.trade.forms import published as forms
from gyoryu.trade.forms.consultations import ReasonForm
from gyoryu.trade.models import Event
from gyoryu.trade.queries import published as queries
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import page_of
from gyoryu.web.small import Page

SEE, NAMED, CHANGE = "trade.view", "trade.dealings", "trade.change"


def _event(request: Request, pk: int, capability: str = SEE) -> Event:
    rows = visible(Event.objects.all(), request.user, SEE).select_related("unit", "follows")
    event = get_object_or_404(rows, pk=pk)
    check_may(request.user, capability, event.unit)
    return event


@may(SEE)
def event_published(request: Request, pk: int) -> HttpResponse:
    """The figures of releases beside the register's, and which rows are missing."""
    event = _event(request, pk)
    access, path = request.user.access, event.unit.path
    context = {
        "event": event,
        "event_page": page_of(event),
        "beside": queries.beside(event, named=access.may(NAMED, path)),
        "may_change": access.may(CHANGE, path),
    }
    return render(request, "trade/published/page.html", context)


@may(CHANGE)
def published_new(request: Request, pk: int) -> HttpResponse:
    event = _event(request, pk, CHANGE)
    form = forms.PublishedForm(posting.typed(request), event=event, initial={"on": clock.today()})
    return small.run(
        request,
        form,
        lambda _typed: actions.note(event, form.values(), by=request.user, at=clock.now()),
        Page(
            _("Note published figures"),
            above=(event, reverse("event-published", args=[event.pk])),
            explained=_("They stand beside the register's own and count in no report."),
        ),
        done=_("The figures are noted as they were told."),
    )


@may(CHANGE)
def published_void(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.seen_by(request.user), pk=pk)
    check_may(request.user, CHANGE, row.unit)
    return small.run(
        request,
        ReasonForm(posting.typed(request)),
        lambda told: actions.void(row, reason=told["reason"], by=request.user, at=clock.now()),
        Page(_("Take these figures back"), row, save=_("Take back")),
        done=_("They were taken back."),
    )
