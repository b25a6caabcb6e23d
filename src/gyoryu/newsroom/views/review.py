"""The review screen: an article beside what was read from it, decided fact by fact."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gyoryu.accounts.actions import typed
from gyoryu.accounts.queries import visible
from gyoryu.base.refused import Refused
from gyoryu.newsroom import marks
from gyoryu.newsroom.actions import deciding, reading
from gyoryu.newsroom.forms.candidates import FORMS
from gyoryu.newsroom.forms.sources import ReasonForm
from gyoryu.newsroom.models import Article, Candidate, Conflict
from gyoryu.newsroom.queries import articles as queries
from gyoryu.newsroom.queries import proposals
from gyoryu.newsroom.queries import review as sheets
from gyoryu.newsroom.queries import standing as queue
from gyoryu.newsroom.rules import candidates as rules
from gyoryu.web import clock, posting
from gyoryu.web.access import Request, may

REVIEW = "newsroom.review"
AROUND = 200  # letters shown before and after a fact


@may(REVIEW)
def review(request: Request) -> HttpResponse:
    """Go to the newest article with something to decide."""
    first = queue.queue(request.user).values_list("pk", flat=True).first()
    if first is None:
        return render(request, "newsroom/review_empty.html", {})
    return HttpResponseRedirect(reverse("review-article", args=[first]))


@may(REVIEW)
def review_article(request: Request, pk: int) -> HttpResponse:
    return _shown(request, _article(request, pk))


def _article(request: Request, pk: int) -> Article:
    rows = visible(Article.objects.all(), request.user, REVIEW)
    named = ("source", "pair", "original", "unit", "government")
    return get_object_or_404(rows.select_related(*named), pk=pk)


def _shown(
    request: Request, article: Article, refused: dict[str, str] | None = None
) -> HttpResponse:
    refused = refused or {}
    sheet = sheets.sheet(article, next(iter(refused), request.GET.get("at", "")))
    may_write = request.user.access.may("agreements.change", article.unit.path)
    context = {
        "article": article,
        "sheet": sheet,
        "title": marks.pieces(article.title, sheet.title_marks),
        "paragraphs": list(marks.paragraphs(article.body, sheet.marks)),
        "current": next((card.anchor for card in sheet.cards if card.current), ""),
        "standing": queue.standing(article, request.user, clock.today()),
        "copies": article.copies.all()[:5],
        "refused": refused,
        "typed": request.POST,
        "once": {card.anchor: uuid4() for card in sheet.cards},
        "ways": [("text", _("Follow the text")), ("asked", _("Ask the source"))],
        "write_why_not": "" if may_write else _("Only officers let facts into the register."),
    }
    return render(request, "newsroom/review.html", context, status=422 if refused else 200)


def _candidate(request: Request, pk: int) -> Candidate:
    rows = visible(Candidate.objects.all(), request.user, REVIEW)
    named = ("article__source", "article__government", "article__unit", "unit")
    return get_object_or_404(rows.select_related(*named), pk=pk)


def _back(article_id: int, anchor: str = "") -> str:
    return reverse("review-article", args=[article_id]) + (f"#{anchor}" if anchor else "")


@may(REVIEW)
def candidate_accept(request: Request, pk: int) -> HttpResponse:
    row = _candidate(request, pk)
    if request.method != "POST":
        return HttpResponseRedirect(_back(row.article_id, f"c{pk}"))
    choices = {name: request.POST.get(name, "") for name in ("standing", "resolve")}

    def act() -> str:
        said = choices["standing"] == "signed"
        deciding.accept(row, choices, confirm_signed=said, by=request.user, at=clock.now())
        return _back(row.article_id)

    try:
        led = typed.once(posting.key_of(request), act, by=request.user, at=clock.now())
    except Refused as refusal:
        # What the register knows may have moved on; the card then shows what it says now.
        reading.match_again(row.article, by=request.user)
        return _shown(request, _article(request, row.article_id), {f"c{pk}": str(refusal)})
    messages.success(request, _("It is in the register."))
    return HttpResponseRedirect(led.location)


@may(REVIEW)
def candidate_edit(request: Request, pk: int) -> HttpResponse:
    row = _candidate(request, pk)
    rules.check_waiting(row)
    form = FORMS[row.kind](
        posting.typed(request), candidate=row, user=request.user, initial=proposals.of(row)
    )

    def act(_told: dict[str, Any]) -> Candidate:
        values = form.values()
        said = values.get("standing") == "signed"
        return deciding.accept(row, values, confirm_signed=said, by=request.user, at=clock.now())

    first = max(0, row.start - AROUND)
    mark = marks.Mark(row.start, row.end, f"c{row.pk}", 1)
    around = marks.pieces(row.article.body[first : row.end + AROUND], [mark], offset=first)
    return posting.run(
        request,
        form,
        "newsroom/candidate_form.html",
        act,
        context={"row": row, "pieces": around, "record": proposals.record_of(row)},
        done=_("It is in the register, as you corrected it."),
        to=_back(row.article_id),
    )


@may(REVIEW)
def candidate_refuse(request: Request, pk: int) -> HttpResponse:
    row = _candidate(request, pk)
    return posting.run(
        request,
        ReasonForm(posting.typed(request)),
        "newsroom/reason.html",
        lambda told: deciding.refuse(row, reason=told["reason"], by=request.user, at=clock.now()),
        context={"fact": row, "asked": _("Turn this fact down?"), "button": _("Turn down")},
        done=_("It is turned down, with your reason."),
        to=_back(row.article_id),
    )


@may(REVIEW)
def candidate_undo(request: Request, pk: int) -> HttpResponse:
    row = _candidate(request, pk)
    return posting.run(
        request,
        ReasonForm(posting.typed(request)),
        "newsroom/reason.html",
        lambda told: deciding.undo(row, reason=told["reason"], by=request.user, at=clock.now()),
        context={
            "fact": row,
            "asked": _("Undo this decision?"),
            "made": proposals.made_of(row),
            "how": row.undo.get("how", ""),
            "button": pgettext("newsroom", "Undo"),
        },
        done=_("The decision is undone. The fact waits again."),
        to=_back(row.article_id, f"c{pk}"),
    )


@may(REVIEW)
def conflict_settle(request: Request, pk: int) -> HttpResponse:
    rows = visible(Conflict.objects.all(), request.user, REVIEW)
    rows = rows.select_related("unit", "article__government")
    row = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        try:
            deciding.settle(row, request.POST.get("how", ""), by=request.user, at=clock.now())
        except Refused as refusal:
            article = _article(request, row.article_id)
            return _shown(request, article, {f"x{pk}": str(refusal)})
        messages.success(request, _("Noted. The conflict stays visible with the article."))
    return HttpResponseRedirect(_back(row.article_id))


@may(REVIEW)
def accept_certain(request: Request, pk: int) -> HttpResponse:
    article = _article(request, pk)
    if request.method == "POST":
        rows = queries.waiting(request.user).filter(article=article)
        rows = rows.select_related("article__government", "article__source", "unit")
        bulk = deciding.accept_certain(rows, by=request.user, at=clock.now())
        told = ngettext("%d fact accepted.", "%d facts accepted.", bulk.accepted) % bulk.accepted
        messages.success(request, told)
    return HttpResponseRedirect(_back(pk))
