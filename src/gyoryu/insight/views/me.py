"""My account: who I am here, in which language, and how I get in."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts import queries as accounts
from gyoryu.accounts import rules
from gyoryu.accounts.actions import people
from gyoryu.insight.forms.people import MeForm
from gyoryu.outbox import queries as outbox
from gyoryu.web import clock, posting
from gyoryu.web.access import Request, signed_in


@signed_in
def me(request: Request) -> HttpResponse:
    user = request.user
    initial = {name: getattr(user, name) for name in MeForm.base_fields}
    context = {
        "memberships": user.memberships.select_related("unit").order_by("unit__path", "role"),
        "has_factor": accounts.has_second_factor(user),
        "needs_factor": rules.needs_second_factor(user),
        "passkeys": accounts.passkeys(user),
        "unread": outbox.unread(user),
        "calendar": reverse("calendar") if user.access.may("agreements.view") else "",
        "provider": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
    reply = posting.run(
        request,
        MeForm(posting.typed(request), initial=initial),
        "insight/people/me.html",
        lambda values: people.change_user(user, values, by=user, at=clock.now()),
        context=context,
        to=reverse("me"),
        done=_("Saved."),
    )
    if reply.status_code == 302:
        reply.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=31_536_000,
            samesite="Lax",
            secure=settings.SECURE,
        )
    return reply
