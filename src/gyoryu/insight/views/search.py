"""Search over everything the reader may see."""

from django.http import HttpResponse
from django.shortcuts import render

from gyoryu.base import names
from gyoryu.insight.queries import search as searching
from gyoryu.web.access import Request, may


@may("home.view")
def search(request: Request) -> HttpResponse:
    text = names.nfc(request.GET.get("q", ""))[:100]
    found = searching.search(text, request.user) if len(text) > 1 else []
    context = {"text": text, "groups": found, "count": sum(len(group.rows) for group in found)}
    return render(request, "insight/search.html", context)
