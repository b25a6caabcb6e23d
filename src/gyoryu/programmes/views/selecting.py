"""The screen on which the applicants of a call without a panel are selected."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import selecting as actions
from gyoryu.programmes.forms.selecting import SelectForm
from gyoryu.programmes.queries import reviews, screening
from gyoryu.programmes.rules import selecting as rules
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not

APPROVE = "programmes.approve"


@may(APPROVE)
def call_select(request: Request, pk: int) -> HttpResponse:
    """Choose among all that are eligible; as far as there are places, each is ticked at first."""
    call = get_object_or_404(reviews.calls_seen(request.user), pk=pk)
    check_may(request.user, APPROVE, call.unit)
    why = why_not(rules.check_call, call, clock.now()) or why_not(
        rules.check_none_waits, screening.unscreened(call).count()
    )
    rows = list(screening.to_select(call))
    places = len(rows) if call.places is None else call.places
    initial = {"chosen": [str(one.pk) for one in rows[:places]]}
    form = SelectForm(posting.typed(request), rows=rows, initial=initial)
    page = small.Page(
        _("Select applicants"),
        above=(_("Applications"), reverse("call-applications", args=[pk])),
        about=call,
        explained=why
        or _("Without a panel. Everybody gets a letter, and the call is decided by it."),
        save=_("Decide"),
    )
    return small.run(
        request,
        form,
        lambda _values: actions.select(call, **form.values(), by=request.user, at=clock.now()),
        page,
        done=_("The call is decided."),
    )
