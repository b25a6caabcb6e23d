"""What sign-in does not offer here. Its screens are allauth's, in our look (templates/account)."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def closed(request: HttpRequest, **parts: str) -> HttpResponse:
    raise Http404
