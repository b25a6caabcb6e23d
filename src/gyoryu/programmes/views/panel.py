"""The office's pages of a panel: who sits on it, who judges what, and how far they are."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import panel as actions
from gyoryu.programmes.actions import reviews as review_actions
from gyoryu.programmes.forms import reviews as forms
from gyoryu.programmes.models import Application, Call, Review, Seat
from gyoryu.programmes.queries import reviews as queries
from gyoryu.programmes.rules import reviews as rules
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.records import page_of, why_not
from gyoryu.web.small import Page

SEE, CHANGE = "programmes.applicants", "programmes.change"
# Lines on a page; all of them are in the file.
SHOWN = 50


def start(request: Request, count: int) -> int:
    """Return from which line on a page is asked for, counted from 0."""
    asked = request.GET.get("from", "")
    place = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0
    return place if place < count else 0


def pages(first: int, count: int) -> dict[str, int | None]:
    """Return which lines a page shows, of how many, and where the ones beside it begin."""
    return {
        "first": first + 1,
        "last": min(first + SHOWN, count),
        "count": count,
        "previous": max(first - SHOWN, 0) if first else None,
        "next": first + SHOWN if first + SHOWN < count else None,
    }


def found(request: Request, pk: int, capability: str = SEE) -> Call:
    """Return a call whose applicants the reader may see; refuse who may not do what they ask."""
    call = get_object_or_404(queries.calls_seen(request.user), pk=pk)
    check_may(request.user, capability, call.unit)
    return call


def _above(call: Call) -> tuple[Any, str]:
    return (_("Panel"), reverse("call-panel", args=[call.pk]))


COLUMNS = [
    export.Column(gettext_lazy("Application"), lambda row: row.application.number),
    export.Column(gettext_lazy("Applicant"), lambda row: row.application.name),
    export.Column(gettext_lazy("Track"), lambda row: str(row.application.track or "")),
    export.Column(gettext_lazy("Panel member"), lambda row: str(row.seat)),
    export.Column(gettext_lazy("Conflict of interest"), lambda row: row.get_conflict_display()),
    export.Column(gettext_lazy("Reason"), lambda row: row.conflict_reason),
    export.Column(gettext_lazy("Handed in"), lambda row: row.submitted_at),
    export.Column(gettext_lazy("Total"), lambda row: row.total),
]


@may(SEE)
def panel(request: Request, pk: int) -> Any:
    call = found(request, pk)
    rows = Review.objects.filter(application__call=call).order_by("application_id", "seat_id")
    rows = rows.select_related("application__track", "seat__user")
    if file := export.asked(request, rows, export.Sheet(_("Reviews"), COLUMNS)):
        return file
    count = queries.judged(call).count()
    first = start(request, count)
    access, path = request.user.access, call.unit.path
    context = {
        "call": call,
        "call_page": page_of(call),
        "seats": list(queries.seats(call)),
        "applications": queries.with_reviews(call)[first : first + SHOWN],
        "pages": pages(first, count),
        "may_change": access.may(CHANGE, path),
        "why_closed": why_not(rules.check_panel_open, call),
        "why_no_criteria": why_not(rules.check_criteria, call),
    }
    return render(request, "programmes/panel/board.html", context)


@may(CHANGE)
def seat_new(request: Request, pk: int) -> HttpResponse:
    call = found(request, pk, CHANGE)
    form = forms.SeatForm(posting.typed(request))
    return small.run(
        request,
        form,
        lambda _values: actions.invite(call, **form.values(), by=request.user, at=clock.now()),
        Page(
            _("Ask somebody onto the panel"),
            above=_above(call),
            explained=call,
            save=_("Ask by letter"),
        ),
        done=_("The letter is on its way."),
    )


@may(CHANGE)
def seat_leave(request: Request, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.select_related("call__unit", "user"), pk=pk)
    call = found(request, seat.call_id, CHANGE)
    return small.run(
        request,
        forms.ReasonForm(posting.typed(request)),
        lambda values: actions.leave(
            seat, **values, on=clock.today(), by=request.user, at=clock.now()
        ),
        Page(
            _("Take off the panel"),
            above=_above(call),
            about=seat,
            explained=_("Reviews that were handed in still count; the others are given up."),
        ),
    )


@may(CHANGE)
def panel_share(request: Request, pk: int) -> HttpResponse:
    call = found(request, pk, CHANGE)
    initial = {"each": call.panel_least, "seed": 1}
    return small.run(
        request,
        forms.DistributeForm(posting.typed(request), initial=initial),
        lambda values: actions.distribute(call, **values, by=request.user, at=clock.now()),
        Page(
            _("Give out applications"),
            above=_above(call),
            explained=_(
                "Equal loads, tracks spread, and nobody gets an applicant with whom a conflict of"
                " interest is known. What is given out already stays."
            ),
            save=_("Give out"),
        ),
        done=_("The applications are given out."),
    )


@may(CHANGE)
def panel_remind(request: Request, pk: int) -> HttpResponse:
    call = found(request, pk, CHANGE)
    late = list(queries.behind(call))
    about = ", ".join(str(one) for one in late) or _("Nobody has anything left to judge.")
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.remind(call, on=clock.today(), by=request.user, at=clock.now()),
        Page(
            _("Remind the panel"),
            above=_above(call),
            explained=_("Once a day, to those who have reviews left: %(names)s") % {"names": about},
            save=_("Send the letters"),
        ),
        done=_("The letters are on their way."),
    )


def _application(request: Request, pk: int, capability: str = SEE) -> Application:
    row = get_object_or_404(
        Application.objects.select_related("call__unit", "call__programme", "track"),
        pk=pk,
        voided_at=None,
    )
    found(request, row.call_id, capability)
    return row


@may(SEE)
def application_reviews(request: Request, pk: int) -> HttpResponse:
    row = _application(request, pk)
    reviews = list(
        row.reviews.select_related("seat__user").prefetch_related("scores").order_by("seat_id")
    )
    criteria = queries.criteria(row.call)
    given = [(one, {score.criterion_id: score for score in one.scores.all()}) for one in reviews]
    context = {
        "row": row,
        "call": row.call,
        "page": page_of(row),
        "lines": [
            (one, [(each, own.get(each.pk)) for each in criteria], _why_not(one))
            for one, own in given
        ],
        "criteria": criteria,
        "may_change": request.user.access.may(CHANGE, row.call.unit.path),
        "why_closed": why_not(rules.check_panel_open, row.call),
    }
    return render(request, "programmes/panel/reviews.html", context)


def _why_not(review: Review) -> dict[str, str]:
    return {
        "reopen": why_not(rules.check_reopen, review, "x"),
        "take_back": why_not(rules.check_take_back, review),
    }


@may(CHANGE)
def review_assign(request: Request, pk: int) -> HttpResponse:
    row = _application(request, pk, CHANGE)
    seats = list(row.call.panel.filter(left_on=None).select_related("user", "call__unit"))
    given = set(row.reviews.values_list("seat", flat=True))
    known = {seat: why for (seat, _row), why in queries.known_conflicts(row.call, [row]).items()}
    form = forms.AssignForm(
        posting.typed(request), seats=[one for one in seats if one.pk not in given], known=known
    )
    return small.run(
        request,
        form,
        lambda _values: actions.assign(form.chosen(), row, by=request.user, at=clock.now()),
        Page(
            _("Give it to a panel member"),
            above=(_("Reviews of %(number)s") % {"number": row.number}, _of(row)),
            explained=_("Known conflicts of interest stand behind the name."),
        ),
    )


def _of(row: Application) -> str:
    return reverse("application-reviews", args=[row.pk])


def _review(request: Request, pk: int) -> Review:
    rows = Review.objects.select_related("seat__user", "seat__call__unit", "application")
    review = get_object_or_404(rows, pk=pk)
    found(request, review.seat.call_id, CHANGE)
    return review


@may(CHANGE)
def review_reopen(request: Request, pk: int) -> HttpResponse:
    review = _review(request, pk)
    return small.act_on(
        request,
        review,
        forms.ReasonForm,
        review_actions.reopen,
        _page(_("Open a review again"), review, _("It counts no longer until it is handed in.")),
    )


@may(CHANGE)
def review_recuse(request: Request, pk: int) -> HttpResponse:
    review = _review(request, pk)
    return small.run(
        request,
        forms.ReasonForm(posting.typed(request)),
        lambda values: review_actions.declare(
            review, Review.Conflict.RECUSED, **values, by=request.user, at=clock.now()
        ),
        _page(
            _("Recuse a member"),
            review,
            _("The points stay on record and count no longer; the ranking is worked out anew."),
        ),
    )


@may(CHANGE)
def review_take_back(request: Request, pk: int) -> HttpResponse:
    review = _review(request, pk)
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.take_back(review, by=request.user, at=clock.now()),
        _page(_("Take the application back"), review, _("The member has not begun with it.")),
    )


def _page(heading: str, review: Review, explained: str) -> Page:
    row = review.application
    above = (_("Reviews of %(number)s") % {"number": row.number}, _of(row))
    return Page(heading, above=above, about=review.seat, explained=explained, save=heading)
