"""What happens to a request besides its view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gyoryu.base.refused import Refused


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
