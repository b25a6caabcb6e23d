"""The screens of articles: the list, and one article with its versions and twins."""

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.newsroom import marks
from gyoryu.newsroom.forms.sources import ArticleFilter
from gyoryu.newsroom.models import Candidate, Conflict
from gyoryu.newsroom.queries import articles as queries
from gyoryu.web import export
from gyoryu.web.access import Request, may
from gyoryu.web.listing import Listing, Sort, Tab

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
    waiting = Candidate.objects.filter(article=OuterRef("pk"), state="waiting")
    conflicts = Conflict.objects.filter(article=OuterRef("pk"), state="open")
    listing = Listing(
        request,
        queries.articles(request.user),
        ArticleFilter,
        sorts={"published": Sort("published", queries.LONG_AGO), "title": Sort("title")},
        default="-published",
        tabs=[
            Tab("waiting", _("To decide"), Q(Exists(waiting))),
            Tab("conflicts", _("In conflict"), Q(Exists(conflicts)), "bad"),
            Tab("copies", _("Repeats"), Q(original__isnull=False)),
        ],
    )
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
