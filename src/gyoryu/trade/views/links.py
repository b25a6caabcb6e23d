"""The pages of a buyer's link: its registration, and that it does not come."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.trade.actions import invitations as actions
from gyoryu.trade.forms import registration as forms
from gyoryu.trade.forms.participants import Meets, edited
from gyoryu.trade.models import Participant
from gyoryu.trade.queries import events, links
from gyoryu.trade.queries import participants as queries
from gyoryu.trade.rules import events as rules
from gyoryu.trade.rules.participants import COMING
from gyoryu.trade.views.linked import opened_by
from gyoryu.web import clock

State, Side = Participant.State, Participant.Side
linked = opened_by(links.participant_of, queries.language_of)


def around(row: Participant, secret: str, here: str) -> dict[str, Any]:
    """Return what every page of a link shows around its content; ``here`` is its address's name."""
    words = {
        "buyer-link": _("Registration"),
        "buyer-wishes": _("Whom to meet"),
        "buyer-timetable": _("My timetable"),
    }
    pages = [(reverse(name, args=[secret]), told, name == here) for name, told in words.items()]
    return {
        "row": row,
        "of": row.event,
        "secret": secret,
        "language": (get_language() or "ko")[:2],
        # Who does not come has nobody to meet.
        "pages": pages if row.state in COMING else [],
        "now": clock.now(),
    }


@linked
def buyer(request: HttpRequest, row: Participant, secret: str) -> HttpResponse:
    """Show what a buyer is invited to and take its registration; again, to change it."""
    form = _form(request, row)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _register(form, row)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return _back(request, secret, "registered")
    if form.errors:
        status = 422
    context = {
        **around(row, secret, "buyer-link"),
        "form": form,
        "places": events.places(row.event),
        "open": rules.registers(row.event, at=clock.now()),
        "done": request.GET.get("done", ""),
    }
    return render(request, "trade/linked/buyer.html", context, status=status)


def _form(request: HttpRequest, row: Participant) -> forms.RegistrationForm:
    first = edited(row, Meets) | {
        "language": queries.language_of(row),
        "consent": row.consented_at is not None,
    }
    return forms.RegistrationForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        half_days=events.half_days(row.event),
        away=events.away(row.absences.all()),
        language=(get_language() or "ko")[:2],
    )


def _register(form: forms.RegistrationForm, row: Participant) -> None:
    consent = form.cleaned_data["consent"]
    actions.register(row, form.values(), form.absences(), consent=consent, by=None, at=clock.now())


def _back(request: HttpRequest, secret: str, done: str) -> HttpResponse:
    language = (get_language() or "ko")[:2]
    address = reverse("buyer-link", args=[secret])
    return HttpResponseRedirect(f"{address}?in={language}&done={done}")


@linked
def decline(request: HttpRequest, row: Participant, secret: str) -> HttpResponse:
    """Take a buyer's word that it does not come."""
    form = forms.DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.decline(row, **form.cleaned_data, by=None, at=clock.now())
        return _back(request, secret, "declined")
    context = {
        **around(row, secret, ""),
        "form": form,
        "open": rules.registers(row.event, at=clock.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "trade/linked/decline.html", context, status=status)
