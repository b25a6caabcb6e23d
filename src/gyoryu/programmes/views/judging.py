"""The pages of panel members: what they judge, conflicts of interest, points.

Whoever is signed in comes here; each query narrows to the member's own reviews.
"""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.base.refused import Refused
from gyoryu.programmes.actions import reviews as actions
from gyoryu.programmes.forms.reviews import ConflictForm, ScoreForm
from gyoryu.programmes.models import Review
from gyoryu.programmes.queries import contents
from gyoryu.programmes.queries import reviews as queries
from gyoryu.programmes.rules import reviews as rules
from gyoryu.web import clock, posting
from gyoryu.web.access import Request, signed_in
from gyoryu.web.records import why_not
from gyoryu.web.serving import served


@signed_in
def my_reviews(request: Request) -> HttpResponse:
    rounds = [
        (one, [(row, contents.who(row.application, one.call)) for row in one.reviews])
        for one in queries.rounds(request.user)
    ]
    return render(request, "programmes/judging/list.html", {"rounds": rounds})


@signed_in
def my_review(request: Request, pk: int) -> HttpResponse:
    review = _own(request, pk)
    if review.conflict != Review.Conflict.NONE:
        return _declaring(request, review)
    form = _score_form(request, review)
    if request.headers.get("HX-Request") and request.method == "POST":
        return _kept(request, review, form)
    context = _page(review, form)
    if context["locked"]:
        return render(request, "programmes/judging/review.html", context)
    if "hand_in" in request.POST:
        following = queries.next_of(review)
        to = reverse("my-review", args=[following.pk]) if following else reverse("my-reviews")
        act, done = actions.submit, _("The review is handed in.")
    else:
        to, act, done = request.path, actions.score, _("Kept. It is not handed in yet.")
    return posting.run(
        request,
        form,
        "programmes/judging/review.html",
        lambda values: act(
            review, form.points(), values["remark"], by=request.user, at=clock.now()
        ),
        context=context,
        to=to,
        done=done,
    )


@signed_in
def my_conflict(request: Request, pk: int) -> HttpResponse:
    return _declaring(request, _own(request, pk))


@signed_in
def my_paper(request: Request, pk: int, number: int) -> FileResponse:
    review = _own(request, pk)
    if review.conflict != Review.Conflict.NONE:
        raise Http404
    papers = {one.number: one for one in contents.contents(review).papers}
    paper = papers.get(number)
    if paper is None:
        raise Http404
    return served(request, paper.document, name=paper.name)


def _own(request: Request, pk: int) -> Review:
    review = get_object_or_404(queries.own_reviews(request.user), pk=pk)
    rules.check_is_reviewer(review, request.user)
    return review


def _declaring(request: Request, review: Review) -> HttpResponse:
    """Ask for the conflict of interest, before anything of the application is shown."""
    recused = review.conflict == Review.Conflict.RECUSED
    initial = {
        "conflict": "" if review.conflict == Review.Conflict.UNDECLARED else review.conflict,
        "reason": review.conflict_reason,
    }
    return posting.run(
        request,
        ConflictForm(posting.typed(request), initial=initial),
        "programmes/judging/conflict.html",
        lambda values: actions.declare(review, **values, by=request.user, at=clock.now()),
        context={
            "review": review,
            "call": review.seat.call,
            "who": contents.who(review.application, review.seat.call),
            "recused": recused,
            "why_closed": why_not(rules.check_judged, review),
        },
        to=reverse("my-review", args=[review.pk])
        if request.POST.get("conflict") == Review.Conflict.NONE
        else reverse("my-reviews"),
        done=_("Your declaration is kept."),
    )


def _score_form(request: Request, review: Review) -> ScoreForm:
    given = queries.points_of(review)
    initial: dict[str, Any] = {"remark": review.remark}
    criteria = queries.criteria(review.seat.call)
    for one in criteria:
        if one.pk in given:
            # Written as people do: 40 and 40.5, not 40.00.
            initial[rules.field_of(one)] = f"{given[one.pk].points.normalize():f}"
    typed = request.POST if request.method == "POST" else None
    form = ScoreForm(typed, criteria=criteria, initial=initial)
    for one in criteria if typed is None else ():
        # Shown as needed, because handing in needs them; keeping them for later does not.
        form.fields[rules.field_of(one)].required = True
    return form


def _page(review: Review, form: ScoreForm) -> dict[str, Any]:
    given = queries.points_of(review)
    return {
        "review": review,
        "call": review.seat.call,
        "row": review.application,
        "contents": contents.contents(review),
        "locked": why_not(rules.check_open, review),
        "points": [(one, given.get(one.pk)) for one in form.criteria],
        "lacking": sum(one.pk not in given for one in form.criteria),
        "total": sum(one.points for one in given.values()),
    }


def _kept(request: Request, review: Review, form: ScoreForm) -> HttpResponse:
    """Keep what was typed so far, and answer with the total and what is wrong."""
    trouble = ""
    if form.is_valid():
        try:
            actions.score(
                review,
                form.points(),
                form.cleaned_data["remark"],
                by=request.user,
                at=clock.now(),
            )
        except Refused as refusal:
            trouble = str(refusal)
    context = {**_page(review, form), "form": form, "trouble": trouble, "saved_at": clock.now()}
    return render(request, "programmes/judging/total.html", context)
