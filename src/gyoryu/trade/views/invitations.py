"""How an officer invites buyers, and hands over or ends a link."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gyoryu.trade.actions import invitations as actions
from gyoryu.trade.actions import links
from gyoryu.trade.queries import participants as queries
from gyoryu.trade.rules import participants as rules
from gyoryu.trade.views.participants import event_of, found, site_address
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.small import Page

CHANGE = "trade.change"


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now()}


@may(CHANGE)
def invite_all(request: Request, pk: int) -> HttpResponse:
    of = event_of(request, pk, CHANGE)
    letters = queries.letters(of)
    n = letters.to_invite
    words = ngettext(
        "A letter with its personal link goes to %d buyer that was never written to.",
        "A letter with its personal link goes to each of %d buyers that were never written to.",
        n,
    )
    address = reverse("event-participants", args=[of.pk])
    return posting.run(
        request,
        Form(posting.typed(request)),
        "web/small_form.html",
        lambda _values: actions.invite_all(of, **_who(request)),
        context={
            "row": None,
            "page": Page(
                _("Invite buyers"),
                above=(_("Participants"), address),
                explained=words % n,
                save=_("Send the letters"),
            ),
        },
        to=f"{address}?tab=buyers",
        done=_("The letters are on their way."),
    )


@may(CHANGE)
def invite(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    rules.check_invite(row)
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.invite(row, **_who(request)),
        Page(
            _("Invite"),
            row,
            explained=_("A letter with the personal link goes to %(address)s.")
            % {"address": row.contact_email},
            save=_("Send the letter"),
        ),
        done=_("The letter is on its way."),
    )


@may(CHANGE)
def link(request: Request, pk: int) -> HttpResponse:
    """Show a buyer's link on a post, because that it was shown is written down."""
    row = found(request, pk, CHANGE)
    context: dict[str, Any] = {"row": row, "address": ""}
    if request.method == "POST":
        actions.hand_out(row, **_who(request))
        row = found(request, pk, CHANGE)
        context = {"row": row, "address": site_address(row)}
    answer = render(request, "trade/participants/link.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@may(CHANGE)
def link_renew(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("participant-link", args=[pk]))
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: links.renew(row, **_who(request)),
        Page(_("A new link"), row),
        done=_("The earlier link no longer works. Hand over the new one."),
    )
