"""The screens of articles: the list, and one article with its versions and twins."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.newsroom import marks
from gyoryu.newsroom.forms.sources import article_listing
from gyoryu.newsroom.queries import articles as queries
from gyoryu.web import clock, export
from gyoryu.web.access import Request, may

COLUMNS = [
    export.Column(gettext_lazy("Headline"), lambda row: row.title),
    export.Column(gettext_lazy("Published"), lambda row: row.published),
    export.Column(gettext_lazy("Source"), lambda row: row.source.name),
    export.Column(gettext_lazy("Language"), lambda row: row.language),
    export.Column(gettext_lazy("Facts waiting"), lambda row: row.waiting),
    export.Column(gettext_lazy("Address"), lambda row: row.address),
]


@may("newsroom.view")
def articles(request: Request) -> HttpResponse:
    listing = article_listing(request, clock.today())
    if kind := request.GET.get("export"):
        reply: HttpResponse = export.answer(kind, "articles", COLUMNS, listing.chosen.iterator())
        return reply
    context = {
        "listing": listing,
        "heading": _("Articles"),
        "may_review": request.user.access.may("newsroom.review"),
    }
    return render(request, "newsroom/articles.html", context)


@may("newsroom.view")
def article(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.articles(request.user).select_related("original"), pk=pk)
    context = {
        "row": row,
        "paragraphs": list(marks.paragraphs(row.body, [])),
        "candidates": queries.facts_of(row),
        "conflicts": row.conflicts.exclude(state="gone"),
        "revisions": queries.revisions(row),
        "copies": row.copies.order_by("published")[:20],
        "reading": row.readings.defer("items").first(),
        "entries": history.of_record(row)[:30],
        "may_review": request.user.access.may("newsroom.review", row.unit.path),
    }
    return render(request, "newsroom/article.html", context)
