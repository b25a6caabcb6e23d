"""The screens of the calendar: what it is for, and the feed that calendars read."""

from hashlib import sha256

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gyoryu.agreements.actions import calendar as actions
from gyoryu.agreements.queries import calendar, feeds
from gyoryu.web import clock, posting
from gyoryu.web.access import Request, may, public

SHOWN = 20


@may("agreements.view")
def calendar_page(request: Request) -> HttpResponse:
    user, today = request.user, clock.today()
    dues = calendar.due_for(user)
    late = [due for due in dues if due.on < today]
    ahead = [due for due in dues if due.on >= today]
    address = request.build_absolute_uri(reverse("calendar-feed", args=[feeds.token(user)]))
    context = {
        "address": address,
        # Phones and desks open their calendar at addresses of this kind.
        "app_address": f"webcal:{address.partition(':')[2]}",
        "late": late[:SHOWN],
        "late_count": len(late),
        "ahead": ahead[:SHOWN],
        "ahead_count": len(ahead),
    }
    return posting.run(
        request,
        forms.Form(posting.typed(request)),
        "agreements/calendar.html",
        lambda values: actions.rotate(user, by=user, at=clock.now()),
        context=context,
        done=_("Your calendar has a new address. The old one no longer works."),
        to=reverse("calendar"),
    )


@public
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    user, today = feeds.user_of(secret), clock.today()
    if user is None:
        raise Http404
    written = feeds.ics(calendar.due_for(user), to=user, on=today)
    tag = quote_etag(sha256(written).hexdigest())
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        reply = HttpResponse(status=304)
    else:
        reply = HttpResponse(written, content_type="text/calendar; charset=utf-8")
        reply["Content-Disposition"] = 'inline; filename="gyoryu.ics"'
    reply["ETag"] = tag
    patch_cache_control(reply, private=True, no_cache=True)
    return reply
