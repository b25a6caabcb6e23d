"""A person's letters, and the outbox of those who watch over it."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from gyoryu.outbox import actions, queries
from gyoryu.outbox.forms import LetterFilter, OutboxFilter
from gyoryu.outbox.models import Letter
from gyoryu.web import clock, export
from gyoryu.web.access import Request, may, signed_in
from gyoryu.web.listing import Listing, Sort, Tab

STATES = Letter.State
OUTBOX_COLUMNS = [
    export.Column(gettext_lazy("Addressee"), lambda row: row.addressee),
    export.Column(gettext_lazy("Address"), lambda row: row.email),
    export.Column(gettext_lazy("Subject"), lambda row: row.subject),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("Queued"), lambda row: row.queued_at),
    export.Column(gettext_lazy("Sent"), lambda row: row.sent_at),
    export.Column(gettext_lazy("Tries"), lambda row: row.attempts),
    export.Column(gettext_lazy("What went wrong"), lambda row: row.trouble),
]
SHEET = export.Sheet("letters", OUTBOX_COLUMNS)


@signed_in
def letters(request: Request) -> HttpResponse:
    listing = Listing(
        request,
        queries.of_user(request.user),
        LetterFilter,
        sorts={"unread": Sort("unread"), "queued": Sort("queued_at")},
        default="-unread",
        tabs=[Tab("unread", gettext_lazy("Unread"), Q(read_at=None))],
    )
    context = {"listing": listing, "heading": _("Letters")}
    return render(request, "outbox/letters.html", context)


@signed_in
def letter(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.of_user(request.user), pk=pk)
    actions.mark_read(row, by=request.user, at=clock.now())
    return render(request, "outbox/letter.html", {"row": row})


@signed_in
@require_POST
def letters_read(request: Request) -> HttpResponse:
    count = actions.mark_all_read(by=request.user, at=clock.now())
    said = ngettext("%d letter marked as read.", "%d letters marked as read.", count) % count
    messages.success(request, said)
    return HttpResponseRedirect(reverse("letters"))


@may("outbox.watch")
def outbox(request: Request) -> HttpResponse:
    listing = Listing(
        request,
        queries.watched_by(request.user),
        OutboxFilter,
        sorts={
            "queued": Sort("queued_at"),
            "to": Sort("to__name_ko", ""),
            "tries": Sort("attempts"),
        },
        default="-queued",
        tabs=[
            Tab("waiting", gettext_lazy("Waiting"), Q(state=STATES.WAITING)),
            Tab("failed", gettext_lazy("Given up"), Q(state=STATES.FAILED), "bad"),
            Tab("sent", gettext_lazy("Sent"), Q(state=STATES.SENT)),
        ],
    )
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    may_retry = request.user.access.may("outbox.retry")
    context = {"listing": listing, "heading": _("Outbox"), "may_retry": may_retry}
    return render(request, "outbox/outbox.html", context)


@may("outbox.retry")
@require_POST
def outbox_retry(request: Request) -> HttpResponse:
    reached = Q(to=None) | Q(to__is_active=True)
    given_up = queries.watched_by(request.user).filter(reached, state=STATES.FAILED)
    if pk := request.POST.get("letter", ""):
        given_up = given_up.filter(pk=int(pk) if pk.isdigit() else 0)
    count = actions.try_again(given_up, by=request.user, at=clock.now())
    said = ngettext("%d letter is waiting again.", "%d letters are waiting again.", count) % count
    messages.success(request, said)
    return HttpResponseRedirect(f"{reverse('outbox')}?tab=waiting")
