"""The first page, search, and what every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language

from gyoryu.web.access import may, public


@may("home.view")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "insight/home.html")


@may("home.view")
def search(request: HttpRequest) -> HttpResponse:
    return render(request, "insight/home.html")


@public
def language(request: HttpRequest, code: str) -> HttpResponse:
    to = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}):
        to = "/"
    reply = HttpResponseRedirect(to)
    if check_for_language(code):
        reply.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=31_536_000,
            samesite="Lax",
            secure=settings.SECURE,
        )
    return reply


def around(request: HttpRequest) -> dict[str, Any]:
    """Return the menu, for the shell of every page."""
    return {"navigation": []}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/problem.html", {"heading": "404", "reason": ""}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "web/problem.html", {"heading": "500", "reason": ""}, status=500)
