"""What happens to a request besides its view."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts import queries, rules
from gyoryu.base.refused import Refused


class ForEverybodyMiddleware:
    """Lets a cache keep what is the same for everybody: no cookie, no difference by who asks.

    A view says so by ``answer.for_everybody = True``; it stands outside sessions and languages,
    which add their marks to every answer, whether the view has asked them or not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and take the marks off such an answer."""
        answer = self.get_response(request)
        if getattr(answer, "for_everybody", False):
            answer.cookies.clear()
            del answer.headers["Vary"]
        return answer


class RefusedMiddleware:
    """Turns a rule's refusal that no form has caught into a page with its reason (403)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        if isinstance(exception, Refused):
            return render(request, "web/refused.html", {"reason": exception.reason}, status=403)
        return None


class SecondFactorMiddleware:
    """Leads a person who has to have a second factor, and has none, to set one up.

    It stands here and not in accounts because it is about requests; who has to is a rule there.
    """

    # Setting it up, signing out and reading the page in one's language stay possible without.
    OPEN = ("account_", "mfa_", "language")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any
    ) -> HttpResponse | None:
        """Send to the second factor's page; leave everybody else alone."""
        # Not even asked who it is: a page for everybody is read by everybody.
        if not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        user = request.user
        if not user.is_authenticated or name.startswith(self.OPEN):
            return None
        if not rules.needs_second_factor(user) or queries.has_second_factor(user):
            return None
        messages.warning(request, _("Set up a second factor to go on."))
        return HttpResponseRedirect(reverse("mfa_index"))
